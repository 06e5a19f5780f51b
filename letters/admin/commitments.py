"""What letters say of earlier commitments, and which promise each takes up: checked, added and linked by clerks."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.admin import commitment_adding, commitment_linking
from letters.admin.commitment_checking import DecidedByButton
from letters.models import CommitmentMention, FollowUp, Letter


@admin.register(CommitmentMention)
class CommitmentMentionAdmin(DecidedByButton):
    """Where letters refer to an earlier commitment, or fulfil one."""

    page, page_title = "mention", _("Vermeldingen van toezeggingen nakijken")
    looks_on_after = "accept"
    list_display = ["sentence", "kind", "status", "rule", "letter"]
    list_filter = [
        "status",
        "kind",
        commitment_linking.LinkedFilter,
        ("paragraph", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["letter"]
    search_fields = ["sentence", "named"]
    fields = readonly_fields = [
        "letter", "sentence", "kind", "named", "rule", "status", "decided_at", "decided_by",
    ]  # fmt: skip

    def get_urls(self):
        view = self.admin_site.admin_view(commitment_linking.link)
        return [
            path("<int:pk>/toezegging/", view, name="letters_commitmentmention_link"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """What the machine missed begins with its letter."""
        return commitment_adding.add(request)

    @staticmethod
    def mention_of(row):
        return row

    def waiting(self):
        rows = CommitmentMention.objects.filter(
            status=CommitmentMention.Status.UNCHECKED, paragraph__isnull=False
        )
        rows = rows.exclude(letter__status=Letter.Status.WITHDRAWN)
        return rows.select_related("letter", "paragraph__section").order_by(
            "-letter__date", "-letter_id", "paragraph__order", "start"
        )

    def decide(self, rows, status, **more):
        return decisions.decide_mentions(rows, status, **more)


@admin.register(FollowUp)
class FollowUpAdmin(DecidedByButton):
    """Which promise a later passage takes up."""

    page, page_title = "follow_up", _("Vervolg op toezeggingen nakijken")
    looks_on_after = "reject"
    list_display = ["earlier", "later", "likeness", "status"]
    list_filter = ["status"]
    list_select_related = ["promise__letter", "mention__letter"]
    fields = readonly_fields = [
        "earlier", "later", "likeness", "shared_words", "status", "decided_at", "decided_by",
    ]  # fmt: skip

    def has_add_permission(self, request):
        return False  # one is made from the later passage

    @staticmethod
    def letter_id(row):
        return row.mention.letter_id

    @staticmethod
    def mention_of(row):
        return row.mention

    def waiting(self):
        rows = FollowUp.objects.awaiting_decision()
        sides = [f"{side}__{what}" for side in ("promise", "mention") for what in ("letter", "paragraph")]
        return rows.select_related(*sides).order_by("-mention__letter__date", "mention_id", "-likeness", "pk")

    def decide(self, rows, status, **more):
        return decisions.decide_follow_ups(rows.select_related("promise", "mention"), status, **more)

    @admin.display(description=_("toezegging"))
    def earlier(self, row):
        return _sentence(row.promise)

    @admin.display(description=_("latere passage"))
    def later(self, row):
        return _sentence(row.mention)

    @admin.display(description=_("gedeelde woorden"))
    def shared_words(self, row):
        return format_html_join(", ", '<span lang="nl">{}</span>', ((word,) for word in row.shared))


def _sentence(row) -> str:
    return format_html('<span lang="nl">{}</span> ({})', row.sentence, row.letter.written_on)
