"""The chart of a topic: for each meeting, or each year, how many positions of each kind, and of how many letters that are held.

Meetings without a letter here stand in it too, unlike those whose letters say nothing on the topic: that is not known.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.filters import Address
from letters.filters.corpus.packed import EPOCH, NO_DAY, days
from letters.filters.tallies import MEETINGS, YEARS, Tallies, stance_tallies
from letters.filters.topic_query import PositionsOnTopic
from letters.models import Meeting, Position
from letters.models.meetings import short_day
from letters.templatetags.facets import grouped

#: More meetings than this are shown as years, unless they are of one year.
MOST_MEETINGS = 24

# Sizes in pixels.
PLOT, LEAST_PLOT, TOP, BELOW = 196, 84, 26, 52
WIDE, NARROW = 104, 84  # what a meeting takes, and a year
BAR = 58
GAP = 2
BLOCK, BLOCK_GAP = 11, 3  # one position, where all fit
SHAPE = 11  # a part that is lower has no shape in it
EMPTY = 34  # the box of a meeting without letter


@dataclass(frozen=True, slots=True)
class Part:
    """Positions of one stance; ``shape_y`` is None where there is no room for its shape."""

    stance: str
    y: float
    height: float
    shape_y: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A meeting or a year. ``counts``: for each stance of the chart; ``url``: its positions, "" where there are none."""

    x: int
    label: str
    title: str
    name: str
    name_url: str
    url: str
    held: int
    with_any: int
    counts: tuple[int, ...]
    total: int
    parts: tuple[Part, ...]
    top: float

    @property
    def letters(self) -> str:
        if not self.held:
            return _("geen brief")
        return ngettext("%(count)s brief", "%(count)s brieven", self.held) % {"count": grouped(self.held)}

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def words(self) -> str:
        """ "28 nov 2023, NAVO-top: 12 standpunten, in 1 van 2 brieven": it begins with what stands below the bar."""
        positions = ngettext("%(count)s standpunt", "%(count)s standpunten", self.total) % {
            "count": grouped(self.total)
        }
        words = ngettext(
            "%(name)s: %(positions)s, in %(with_any)s van %(held)s brief",
            "%(name)s: %(positions)s, in %(with_any)s van %(held)s brieven",
            self.held,
        )
        name = f"{self.label}, {self.title}" if self.title else self.label
        told = {"name": name, "positions": positions, "with_any": self.with_any, "held": self.held}
        return words % told


@dataclass(frozen=True, slots=True)
class Chart:
    by_year: bool
    stances: tuple[tuple[str, str], ...]  # slug and label, of those that are in it
    bars: tuple[Bar, ...]
    step: int
    base: int  # where bars begin

    empty_height = EMPTY

    @property
    def height(self) -> int:
        return self.base + BELOW

    @property
    def label_y(self) -> int:
        return self.base + 22

    @property
    def letters_y(self) -> int:
        return self.base + 42

    @property
    def empty_y(self) -> int:
        return self.base - EMPTY

    @property
    def width(self) -> int:
        return self.step * len(self.bars)

    @property
    def has_gaps(self) -> bool:
        """Whether a meeting or a year stands in it of which no letter is held."""
        return any(not bar.held for bar in self.bars)


@dataclass(frozen=True, slots=True)
class _Place:
    """A meeting or year on the axis."""

    key: int
    label: str
    title: str  # of a meeting, without its date
    name: str
    name_url: str
    url: str


def chart(filtered: PositionsOnTopic, page: Address) -> Chart | None:
    """The chart of a topic's positions; ``page`` is the view on the topic's own page. None when nothing is to be shown.

    It begins where the topic begins, whatever stance or moment was chosen: what is not there stays in sight.
    """
    begin, here = filtered.corpus.letters.beginnings, _within(filtered)
    by_meeting = stance_tallies(filtered.with_choices({"standpunt": (), "moment": ()}), MEETINGS)
    found = begin[here & (by_meeting.with_any > 0)]
    if not len(found):
        return None
    first = found.min()
    shown = begin[here & (by_meeting.held > 0) & (begin >= first)]
    years = _day(first).year, _day(shown.max()).year
    if len(shown) > MOST_MEETINGS and years[0] != years[1]:
        return _drawn(filtered, YEARS, _years(*years, filtered, page), NARROW)
    return _drawn(filtered, MEETINGS, _meetings(_day(first), by_meeting, filtered), WIDE)


def latest_two(filtered: PositionsOnTopic) -> list[int]:
    """The keys of the two latest meetings with such positions, the earlier first; fewer when there are no two."""
    begin, with_any = filtered.corpus.letters.beginnings, stance_tallies(filtered, MEETINGS).with_any
    keys = np.array(filtered.corpus.letters.meetings.sets.values, np.int64)
    rows = np.flatnonzero(_within(filtered) & (with_any > 0))
    return keys[rows[np.lexsort((keys[rows], begin[rows]))]][-2:].tolist()


def _day(days: int) -> datetime.date:
    return EPOCH.date() + datetime.timedelta(days=int(days))


def _within(filtered: PositionsOnTopic) -> np.ndarray:
    """For each meeting of the corpus whether it is dated, and of the period: a letter of that may treat another one as well."""
    begin, start, end = filtered.corpus.letters.beginnings, filtered.cleaned["van"], filtered.cleaned["tot"]
    within = begin != NO_DAY
    if start:
        within &= begin >= days(start.stored)
    if end:
        within &= begin <= days(end.stored)
    return within


def _years(first: int, last: int, filtered: PositionsOnTopic, page: Address) -> list[_Place]:
    """Years with the view of each, which is no longer than the period that was chosen: there the same is counted."""
    start, end = filtered.cleaned["van"], filtered.cleaned["tot"]

    def view(year: int) -> str:
        since = start.value if start and start.stored.year == year else str(year)
        until = end.value if end and end.stored.year == year else str(year)
        return page.setting(van=since, tot=until).url

    return [_Place(year, str(year), "", str(year), "", view(year)) for year in range(first, last + 1)]


def _meetings(first: datetime.date, held: Tallies, filtered: PositionsOnTopic) -> list[_Place]:
    """The meetings from the first one on, those of which no letter is here too: but those ahead, or not held, only with one."""
    start, end = filtered.cleaned["van"], filtered.cleaned["tot"]
    rows = Meeting.objects.public().filter(start__gte=max(first, start.stored) if start else first)
    rows = rows.filter(start__lte=end.stored) if end else rows
    positions = filtered.address.on("positions")
    return [
        _Place(
            meeting.pk,
            short_day(meeting.start),
            meeting.title,
            meeting.name,
            meeting.get_absolute_url(),
            positions.setting(bijeenkomst=meeting.slug).url,
        )
        for meeting in rows.order_by("start", "slug")
        if held.held_of(meeting.pk) or (meeting.start <= localdate() and not meeting.status)
    ]


def _drawn(filtered: PositionsOnTopic, by: str, places: list[_Place], step: int) -> Chart:
    tallies = stance_tallies(filtered, by)
    counts = {
        place.key: [tallies.of(place.key, stance.value)[0] for stance in Position.Stance] for place in places
    }
    present = [
        number
        for number, _stance in enumerate(Position.Stance)
        if any(row[number] for row in counts.values())
    ]
    stances = [list(Position.Stance)[number] for number in present]
    highest = max((sum(row) for row in counts.values()), default=0)
    blocks = highest * (BLOCK + BLOCK_GAP)
    base = TOP + min(PLOT, max(blocks, LEAST_PLOT))
    bars = []
    for number, place in enumerate(places):
        row = tuple(counts[place.key][one] for one in present)
        parts = tuple(_parts(row, [stance.value for stance in stances], highest, base))
        top = parts[-1].y if parts else base
        total, held = sum(row), tallies.held_of(place.key)
        bars.append(
            Bar(
                step * number + (step - BAR) // 2,
                place.label,
                place.title,
                place.name,
                place.name_url,
                place.url if total else "",
                held,
                tallies.with_any_of(place.key),
                row,
                total,
                parts,
                round(top - 8, 1),
            )
        )
    labels = tuple((stance.value, str(stance.label)) for stance in stances)
    return Chart(by == YEARS, labels, tuple(bars), step, base)


def _parts(row: Iterable[int], stances: list[str], highest: int, base: int) -> Iterable[Part]:
    """From the base line upwards: a block for each position where all fit, else a part for each stance."""
    y: float = base
    blocks = highest * (BLOCK + BLOCK_GAP) <= PLOT
    for count, stance in zip(row, stances, strict=True):
        heights = [BLOCK] * count if blocks else [max(PLOT * count / highest - GAP, 1)] if count else []
        for height in heights:
            y -= height
            shape_y = y + (height - SHAPE) / 2 if height >= SHAPE else None
            yield Part(stance, round(y, 1), round(height, 1), None if shape_y is None else round(shape_y, 1))
            y -= BLOCK_GAP if blocks else GAP
