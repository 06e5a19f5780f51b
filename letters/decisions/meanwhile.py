"""What somebody saw when they decided, so that nobody overwrites unseen what a colleague or a reading made of it since."""

from collections.abc import Iterable
from hashlib import blake2b

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused
from letters.models import Position

#: What a decision is taken on. Not where the sentence stands: that moves with other words of the letter.
SEEN = ["status", "stance", "verb", "moment", "with_others", "sentence"]
#: How far back is looked for what was seen.
CHANGES = 50


class Overtaken(Refused):
    """Somebody changed the position since it was shown; nothing is written, and the message says who, what and when."""


def version_of(row) -> str:
    """A short digest of what is shown of a position, or of a row of its history; it changes when any of that does."""
    values = [*(str(getattr(row, name)) for name in SEEN), str(row.paragraph_id is None)]
    return blake2b("\x1f".join(values).encode(), digest_size=8).hexdigest()


def overtaken(positions: Iterable[Position], seen: dict[int, str]) -> list[Position]:
    """The positions that are not what was seen of them: ``seen`` has versions by key."""
    return [one for one in positions if one.pk in seen and version_of(one) != seen[one.pk]]


def told(position: Position, version: str) -> str:
    """Who changed what, and when, since ``version`` was shown, in one sentence."""
    newer = []
    for record in position.history.select_related("history_user").order_by("-history_date", "-history_id")[
        :CHANGES
    ]:
        if version_of(record) == version:
            return _tell(newer, record, position)
        newer.append(record)
    return _("Dit standpunt is intussen gewijzigd: het is nu “%(stance)s”, %(status)s.") % {
        "stance": position.get_stance_display(),
        "status": position.get_status_display(),
    }


def _tell(newer: list, before, position: Position) -> str:
    """``before`` is the row of history that was shown, ``newer`` those after it, the latest first."""
    if not newer:  # changed by what keeps no history
        return told_plainly(position, before)
    people = dict.fromkeys(_name(record.history_user) for record in newer)
    return _("%(who)s, %(when)s: %(what)s.") % {
        "who": ", ".join(people),
        "when": date_format(timezone.localtime(newer[0].history_date), "j F H:i"),
        "what": changes(before, position),
    }


def told_plainly(position: Position, before) -> str:
    return _("Intussen gewijzigd: %(what)s.") % {"what": changes(before, position)}


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else _("een nieuwe lezing")


def changes(before, position: Position) -> str:
    """What differs, in words: "status: nog niet nagekeken → afgewezen"."""
    parts = [
        f"{position._meta.get_field(name).verbose_name}: {_shown(before, name)} → {_shown(position, name)}"
        for name in SEEN
        if getattr(before, name) != getattr(position, name)
    ]
    if (before.paragraph_id is None) != (position.paragraph_id is None):
        parts.append(
            _("de zin staat niet meer in de brief")
            if position.paragraph_id is None
            else _("opnieuw geplaatst")
        )
    return "; ".join(parts)


def _shown(row, name: str) -> str:
    if name == "with_others":
        return _("ja") if row.with_others else _("nee")
    display = getattr(row, f"get_{name}_display", None)
    return f"“{display() if display else getattr(row, name)}”"
