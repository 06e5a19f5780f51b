"""Which letters are held: per year and per meeting. "Niet in deze verzameling" is no zero: the letter may well exist."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch
from django.db.models.functions import ExtractYear

from letters.models import Letter, Meeting, Paragraph, Position

Kind = Letter.Kind


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


def meetings_of(year: int) -> list[MeetingLetters]:
    """The meetings that began in a year, newest first."""
    letters = Prefetch("letters", Letter.objects.public().in_turn(), to_attr="public_letters")
    meetings = Meeting.objects.public().filter(start__year=year).newest_first().prefetch_related(letters)
    return [
        MeetingLetters(
            meeting,
            [[letter for letter in meeting.public_letters if letter.kind == kind] for kind in Kind.values],
        )
        for meeting in meetings
    ]
