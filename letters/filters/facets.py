"""The filters that count: which column of the corpus holds the values, once, for choosing and for counting alike.

What a letter is filtered by stands in its own row (``Letters``), the rest in those of its passages or positions.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, fields, topics
from letters.filters.corpus import Letters, OfLetters
from letters.filters.corpus.packed import NO_DAY, days
from letters.filters.hits import Hits
from letters.filters.query import Key
from letters.filters.remembered import remembered
from letters.models import Meeting, Topic
from letters.models.index import STANCE_BITS

#: For values as they are counted: the value in the address, and its words.
Names = dict[str, tuple[str, str]]

#: Stance and moment must hold for one and the same position, so they are one condition.
POSITION = "position"


class Facet(Key):
    """A filter with a count for each value.

    ``named`` gives, for the values that were counted (text) and perhaps for others, the value in the address and its words,
    in the order to show; its second argument is the version of the corpus, by which names that stand in the database are kept.
    Facets of one ``group`` make one condition together.
    """

    def __init__(
        self,
        field: Field,
        label: str,
        named: Callable[[Collection[str], str], Names],
        *,
        by_count: bool = False,  # the most frequent first
    ):
        super().__init__(field, label=label)
        self.named, self.by_count = named, by_count

    @property
    def key(self) -> str:
        return self.field_name

    @property
    def group(self) -> str:
        return self.key

    def chosen(self, cleaned: dict) -> list:
        return [choice.stored for choice in cleaned[self.key]]

    def having(self, table, cleaned: dict, unchecked: bool) -> np.ndarray | None:
        """For each row of a table whether it has what was chosen, or None when nothing was."""
        raise NotImplementedError

    def count(self, hits: Hits, cleaned: dict, unchecked: bool) -> dict[str, int]:
        """How many items have each value, by the value as text. ``unchecked``: with what nobody looked at."""
        raise NotImplementedError


class LetterFacet(Facet):
    """A filter on a column of the letter."""

    def __init__(self, field, label, named, column: str, **options):
        super().__init__(field, label, named, **options)
        self.column = column

    def having(self, table: Letters, cleaned, unchecked):
        chosen = self.chosen(cleaned)
        return getattr(table, self.column).having(chosen) if chosen else None

    def count(self, hits, cleaned, unchecked):
        return getattr(hits.letters, self.column).count_weighed(hits.of_letters)


class RowFacet(Facet):
    """A filter on a column of a letter's rows."""


class TopicFacet(RowFacet):
    def having(self, table: OfLetters, cleaned, unchecked):
        chosen = self.chosen(cleaned)
        return table.topics_of(unchecked).having(chosen) if chosen else None

    def count(self, hits, cleaned, unchecked):
        return hits.count(hits.table.topics_of(unchecked))


class SessionFacet(RowFacet):
    def having(self, table: OfLetters, cleaned, unchecked):
        chosen = self.chosen(cleaned)
        return table.session.having(chosen) if chosen else None

    def count(self, hits, cleaned, unchecked):
        return hits.count(hits.table.session)


class PositionFacet(RowFacet):
    """Stance or moment: of the positions of a row those that also have the other of the two that was chosen."""

    group = POSITION

    def having(self, table: OfLetters, cleaned, unchecked):
        stances, moments = ([one.stored for one in cleaned[key]] for key in ("standpunt", "moment"))
        if not (stances or moments):
            return None
        wanted = [pair for pair in STANCE_BITS if _is_among(pair, stances, moments)]
        return table.stances_of(unchecked).having(wanted)

    def count(self, hits, cleaned, unchecked):
        mine, other = (0, "moment") if self.key == "standpunt" else (1, "standpunt")
        allowed = [one.stored for one in cleaned[other]]

        def value(pair: tuple[str, str]) -> str | None:
            return pair[mine] if not allowed or pair[1 - mine] in allowed else None

        return hits.count(hits.table.stances_of(unchecked).mapped(value))


def _is_among(pair: tuple[str, str], stances: Collection[str], moments: Collection[str]) -> bool:
    return (not stances or pair[0] in stances) and (not moments or pair[1] in moments)


def _of_table(table) -> Callable:
    return lambda found, version: {
        str(member.value): (key, str(member.label)) for key, member in table.items()
    }


def _of_rows(name: str, rows: Callable[[], Names]) -> Callable:
    """Names of rows: all of them, read once for a version of the corpus."""
    return lambda found, version: remembered(version, f"names of {name}", rows)


def _topics() -> Names:
    return {str(topic.pk): (topic.slug, topic.name) for topic in Topic.objects.named()}


def _signatories() -> Names:
    return {slug: (slug, name) for slug, name in choices.signatory_names().items()}


def _meetings() -> Names:
    meetings = Meeting.objects.public().newest_first()
    return {str(meeting.pk): (meeting.slug, meeting.name) for meeting in meetings}


def _session_names(numbers, version) -> Names:
    return {
        number: (number, _("Sessie %(number)s") % {"number": number}) for number in sorted(numbers, key=int)
    }


def kind() -> Facet:
    field = fields.TableField(_("soort brief"), choices.KINDS)
    return LetterFacet(field, _("Soort brief"), _of_table(choices.KINDS), "kind")


def level() -> Facet:
    field = fields.TableField(_("niveau"), choices.LEVELS)
    return LetterFacet(field, _("Niveau"), _of_table(choices.LEVELS), "levels")


def meeting() -> Facet:
    message = _("Er is geen bijeenkomst “%(value)s”. Kies een bijeenkomst van de lijst.")
    field = fields.RowsField(_("bijeenkomst"), choices.meeting_choices, message)
    return LetterFacet(field, _("Bijeenkomst"), _of_rows("meetings", _meetings), "meetings")


def session() -> Facet:
    return SessionFacet(fields.NumbersField(_("sessie")), _("Sessie"), _session_names)


def chamber() -> Facet:
    field = fields.TableField(_("kamer"), choices.CHAMBERS)
    return LetterFacet(field, _("Kamer"), _of_table(choices.CHAMBERS), "chambers")


def signatory() -> Facet:
    message = _(
        "Er is geen bewindspersoon “%(value)s” die een brief ondertekende. Kies een naam van de lijst."
    )
    field = fields.RowsField(_("bewindspersoon"), choices.signatory_choices, message)
    return LetterFacet(
        field, _("Bewindspersoon"), _of_rows("signatories", _signatories), "signatories", by_count=True
    )


def topic() -> Facet:
    message = _("Er is geen onderwerp “%(value)s”. Kies een onderwerp van de lijst.")
    field = fields.RowsField(_("onderwerp"), topics.topic_choices, message)
    return TopicFacet(field, _("Onderwerp"), _of_rows("topics", _topics), by_count=True)


def stance() -> Facet:
    field = fields.TableField(_("standpunt"), choices.STANCES)
    return PositionFacet(field, _("Standpunt van Nederland"), _of_table(choices.STANCES))


def moment() -> Facet:
    field = fields.TableField(_("moment"), choices.MOMENTS)
    return PositionFacet(field, _("Moment"), _of_table(choices.MOMENTS))


@dataclass(frozen=True, slots=True)
class Period:
    """The years of a letter's meetings, chosen as a period by ``van`` and ``tot`` (the day a meeting begins)."""

    key: str = "jaar"
    group: str = "jaar"

    def having(self, table: Letters, cleaned, unchecked) -> np.ndarray | None:
        chosen = _between(table.beginnings, cleaned["van"], cleaned["tot"])
        return None if chosen is None else table.meetings.having_those(chosen)

    def count(self, hits, cleaned, unchecked) -> dict[str, int]:
        return hits.letters.years.count_weighed(hits.of_letters)


@dataclass(frozen=True, slots=True)
class LetterDates:
    """When the letter was written (``briefdatum-van``, ``briefdatum-tot``); not counted."""

    group: str = "briefdatum"

    def having(self, table: Letters, cleaned, unchecked) -> np.ndarray | None:
        return _between(table.date, cleaned["briefdatum-van"], cleaned["briefdatum-tot"])


def _between(found: np.ndarray, start, end) -> np.ndarray | None:
    """Which days lie in a period that was chosen; None when none was."""
    if not (start or end):
        return None
    within = found != NO_DAY
    if start:
        within &= found >= days(start.stored)
    if end:
        within &= found <= days(end.stored)
    return within


YEARS, LETTER_DATES = Period(), LetterDates()
