"""Which letters are held: per year and per meeting. "Niet in deze verzameling" is no zero: the letter may well exist."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from letters.models import Letter, Meeting, Paragraph, Position

Kind = Letter.Kind

#: Which of the two letters that lay intention beside outcome are held, in words.
HELD = {
    "both": _("agenda en verslag"),
    "agenda": _("alleen de agenda"),
    "report": _("alleen het verslag"),
    "none": _("geen agenda en geen verslag"),
}


@dataclass(slots=True)
class Year:
    """What is held about the meetings that began in a year; ``year`` is None where their date is not known."""

    year: int | None
    meetings: int = 0
    positions: int = 0
    letters: dict[str, int] = field(default_factory=dict)

    @property
    def of_kinds(self) -> list[int]:
        """The number of letters of each kind, in the order of ``Letter.Kind``."""
        return [self.letters.get(kind, 0) for kind in Kind.values]


@dataclass(frozen=True, slots=True)
class MeetingLetters:
    """A meeting with the letters about it, in the order of ``Letter.Kind``."""

    meeting: Meeting
    of_kinds: list[list[Letter]]

    @property
    def was_cancelled(self) -> bool:
        return self.meeting.status == Meeting.Status.CANCELLED

    @property
    def year(self) -> int | None:
        return self.meeting.start.year if self.meeting.start else None

    @property
    def letters(self) -> list[Letter]:
        return self.meeting.public_letters

    @property
    def alike(self) -> set[int]:
        """The keys of letters that only their date tells from another of their kind."""
        return {letter.pk for letters in self.of_kinds if len(letters) > 1 for letter in letters}

    @property
    def has_agenda(self) -> bool:
        return bool(self.of_kinds[Kind.values.index(Kind.ANNOTATED_AGENDA)])

    @property
    def has_report(self) -> bool:
        return bool(self.of_kinds[Kind.values.index(Kind.REPORT)])

    @property
    def held(self) -> str:
        """A key of ``HELD``."""
        return {(True, True): "both", (True, False): "agenda", (False, True): "report"}.get(
            (self.has_agenda, self.has_report), "none"
        )

    @property
    def held_in_words(self) -> str:
        return str(HELD[self.held])


def totals() -> dict[str, int]:
    """How much of everything a visitor can see, and how many positions wait to be looked at."""
    return {
        "letters": Letter.objects.public().count(),
        "meetings": Meeting.objects.public().count(),
        "passages": Paragraph.objects.public().count(),
        "positions": Position.objects.public().count(),
        "unchecked": Position.objects.public(unchecked=True).awaiting_check().count(),
    }


def years() -> list[Year]:
    """Newest first, a year without anything too; last what has no year. A letter about two years counts in both."""
    meetings = dict(_by_year(Meeting.objects.public(), "start").values_list("year", "number"))
    positions = dict(
        _by_year(Position.objects.public(), "letter__meetings__start").values_list("year", "number")
    )
    letters = list(
        _by_year(Letter.objects.public(), "meetings__start", "kind").values_list("year", "kind", "number")
    )
    known = {*meetings, *positions, *(year for year, _kind, _number in letters)}
    dated = sorted(known - {None})
    shown = [*reversed(range(dated[0], dated[-1] + 1))] if dated else []
    return [
        Year(
            year,
            meetings.get(year, 0),
            positions.get(year, 0),
            {kind: number for of_year, kind, number in letters if of_year == year},
        )
        for year in [*shown, *({None} & known)]
    ]


def _by_year(rows, date: str, *then: str):
    return rows.order_by().values(*then, year=ExtractYear(date)).annotate(number=Count("pk", distinct=True))


def meetings_by_year(meetings: QuerySet[Meeting]) -> dict[int | None, int]:
    """How many of these meetings began in each year, the latest first; last (None) those without a date."""
    rows = meetings.order_by().values(year=ExtractYear("start")).annotate(number=Count("pk"))
    numbers = dict(rows.values_list("year", "number"))
    return {year: numbers[year] for year in sorted(numbers, key=lambda year: year or 0, reverse=True)}


def meetings_of_years(
    years: Collection[int | None], meetings: QuerySet[Meeting]
) -> dict[int | None, list[MeetingLetters]]:
    """By year those of these meetings that began in it, the latest first; None: those without a date."""
    dated = Q(start__year__in=[year for year in years if year is not None])
    rows = meetings.filter(dated | Q(start=None) if None in years else dated)
    found = {year: [] for year in years}
    for held in with_letters(rows.newest_first()):
        found[held.year].append(held)
    return found


def meetings_of(year: int) -> list[MeetingLetters]:
    """The meetings that began in a year, newest first."""
    return with_letters(Meeting.objects.public().filter(start__year=year).newest_first())


def with_letters(meetings: QuerySet[Meeting]) -> list[MeetingLetters]:
    """Meetings, each with the letters about it, in two queries."""
    letters = Letter.objects.public().with_newer().in_turn().defer("read", "anchors")
    return [
        MeetingLetters(
            meeting,
            [[letter for letter in meeting.public_letters if letter.kind == kind] for kind in Kind.values],
        )
        for meeting in meetings.prefetch_related(Prefetch("letters", letters, to_attr="public_letters"))
    ]
