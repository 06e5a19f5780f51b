"""Who works with the site: *redacteur*, with the admin, and *medewerker*, with an account for saved views only.

An editor also needs ``is_staff`` ("stafstatus" on the account), without which nobody gets into the admin.
"""

from django.apps import apps as installed

EDITOR, STAFF_MEMBER = "redacteur", "medewerker"

ALL = ["add", "change", "delete", "view"]
#: What clerks do: the admin itself refuses what may not be done to a row. Accounts and groups are not theirs.
EDITORS_MAY = {
    **dict.fromkeys(
        [
            "absence", "agendatopic", "citation", "commitmentmention", "edition", "file", "followup", "footnote", "letter",
            "meeting", "note", "paragraph", "position", "problem", "section", "session", "signatory", "submission", "topic",
            "topicname",
        ],
        ALL,
    ),
    "publication": ["view"],
}  # fmt: skip


def make_groups(apps=installed, using="default", **kwargs) -> None:
    """Make the groups after each migration. What an editor may is added, and never taken away from a group."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # the tables of accounts are not there yet
        return
    names = [f"{action}_{model}" for model, actions in EDITORS_MAY.items() for action in actions]
    wanted = permission.objects.using(using).filter(content_type__app_label="letters", codename__in=names)
    editors, _made = group.objects.using(using).get_or_create(name=EDITOR)
    editors.permissions.add(*wanted)
    group.objects.using(using).get_or_create(name=STAFF_MEMBER)
