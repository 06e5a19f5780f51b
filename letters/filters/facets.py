"""The filters that count: which column of the search index holds the values, once, for choosing and for counting alike.

A *hit* is a row of the index of a list (``letters.models.index``); what a letter is filtered by stands in its own row.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, fields, topics
from letters.filters.query import Key
from letters.filters.remembered import remembered
from letters.models import Letter, Meeting, Topic, TopicSet
from letters.models.index import STANCE_BITS, stance_bits

#: For values as they are counted: the value in the address, and its words.
Names = dict[str, tuple[str, str]]

#: Stance and moment must hold for one and the same position, so they are one condition.
POSITION = "position"


class Facet(Key):
    """A filter with a count for each value.

    ``named`` gives, for values as they are counted (text), the value in the address and its words, in the order to show;
    its second argument is the version of the corpus, by which names that stand in the database are kept.
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

    def condition(self, cleaned: dict, unchecked: str = "") -> Q | None:
        """The condition on rows for what was chosen, or None when nothing was. ``unchecked``: "" or "_unchecked"."""
        raise NotImplementedError


class LetterFacet(Facet):
    """A filter on a column of the letter."""

    def __init__(self, field, label, named, column: str, *, is_array: bool = True, **options):
        super().__init__(field, label, named, **options)
        self.column, self.is_array = column, is_array

    def condition(self, cleaned, unchecked=""):
        chosen = self.chosen(cleaned)
        lookup = "overlap" if self.is_array else "in"
        return Q(**{f"{self.column}__{lookup}": chosen}) if chosen else None


class HitFacet(Facet):
    """A filter on a column of the hit itself."""


class TopicFacet(HitFacet):
    def condition(self, cleaned, unchecked=""):
        chosen = self.chosen(cleaned)
        if not chosen:
            return None
        return Q(**{f"topic_set{unchecked}__in": TopicSet.objects.filter(topics__overlap=chosen)})


class SessionFacet(HitFacet):
    def condition(self, cleaned, unchecked=""):
        chosen = self.chosen(cleaned)
        return Q(session__in=chosen) if chosen else None


class PositionFacet(HitFacet):
    """Stance or moment: of the positions of a hit those that also have the other of the two that was chosen."""

    group = POSITION

    def condition(self, cleaned, unchecked=""):
        stances, moments = ([one.stored for one in cleaned[key]] for key in ("standpunt", "moment"))
        if not (stances or moments):
            return None
        bits = F(f"stances{unchecked}").bitand(stance_bits(stances, moments))
        return Q(GreaterThan(bits, 0))

    def values(self, found: dict[int, int], cleaned: dict) -> dict[str, int]:
        """How many hits have each value, from how many have each combination of positions (bits to number)."""
        mine, other = (0, "moment") if self.key == "standpunt" else (1, "standpunt")
        allowed = [one.stored for one in cleaned[other]]
        counted = {}
        for value in {pair[mine] for pair in STANCE_BITS}:
            bits = stance_bits(*(({value}, allowed) if mine == 0 else (allowed, {value})))
            number = sum(number for combination, number in found.items() if combination & bits)
            if number:
                counted[value] = number
        return counted


def _of_table(table) -> Callable:
    return lambda found, version: {
        str(member.value): (key, str(member.label)) for key, member in table.items()
    }


def _of_rows(name: str, rows: Callable[[], Names]) -> Callable:
    """Names of rows: all of them are read once for a version of the corpus, and those that were found are picked."""

    def named(found, version):
        every = remembered(version, f"names of {name}", rows)
        return {stored: words for stored, words in every.items() if stored in found}

    return named


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
    return LetterFacet(field, _("Soort brief"), _of_table(choices.KINDS), "kind", is_array=False)


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


#: Of a longer period the years are not written out.
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Period:
    """The years of a letter's meetings, chosen as a period by ``van`` and ``tot`` (the day a meeting begins).

    Of whole years the letter's own row knows enough; for days its meetings are asked.
    """

    key: str = "jaar"
    group: str = "jaar"
    column: str = "years"
    is_array: bool = True

    def condition(self, cleaned, unchecked="") -> Q | None:
        start, end = cleaned["van"], cleaned["tot"]
        if start and end and len(start.value) == len(end.value) == 4:
            years = range(start.stored.year, end.stored.year + 1)
            if len(years) <= MOST_YEARS:
                return Q(years__overlap=list(years))
        bounds = {"meeting__start__gte": start, "meeting__start__lte": end}
        chosen = {lookup: choice.stored for lookup, choice in bounds.items() if choice}
        if not chosen:
            return None
        return Q(pk__in=Letter.meetings.through.objects.filter(**chosen).values("letter"))


@dataclass(frozen=True, slots=True)
class LetterDates:
    """When the letter was written (``briefdatum-van``, ``briefdatum-tot``); not counted."""

    group: str = "briefdatum"

    def condition(self, cleaned, unchecked="") -> Q | None:
        bounds = {"date__gte": cleaned["briefdatum-van"], "date__lte": cleaned["briefdatum-tot"]}
        chosen = {lookup: choice.stored for lookup, choice in bounds.items() if choice}
        return Q(**chosen) if chosen else None


YEARS, LETTER_DATES = Period(), LetterDates()
