"""The map: topics by years or by meetings, in each cell how many passages or positions there are, of how many letters held."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from letters.filters import FilteredList, NamedTopic, PassageList
from letters.filters.remembered import remembered
from letters.filters.tallies import MEETINGS, YEARS, Tallies, topic_tallies
from letters.models import Letter, Meeting
from letters.models.meetings import short_day
from letters.templatetags.facets import grouped

#: Shades of cells: each has as many of the cells with a number in them, as far as equal numbers allow.
SHADES = 5
#: Of the start page.
TOPICS, LATEST_YEARS = 12, 10


@dataclass(frozen=True, slots=True)
class Column:
    """A year or a meeting; ``url`` is "" where nothing is to be seen. What chooses it in a list stands before or after the
    topic, for keys are sorted.
    """

    key: int
    label: str
    name: str
    url: str
    held: int
    before_topic: str = ""
    after_topic: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """``shade``: 1 to ``SHADES``, 0 for no number; None where no letter is held."""

    number: int
    shade: int | None
    url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """What a shade stands for on this map: the numbers from ``lowest`` to ``highest``."""

    shade: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Line:
    topic: NamedTopic
    level: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Overview:
    """A map, for ``pieces/_map.html``. ``counts_positions``: of checked positions; else of passages."""

    by_meeting: bool
    counts_positions: bool
    columns: list[Column]
    lines: list[Line]
    shades: list[Shade]

    @property
    def has_gaps(self) -> bool:
        return any(not column.held for column in self.columns)


def tallies(every: FilteredList, by: str) -> Tallies:
    """The whole list by topic, counted once for a version of the corpus: numbers only."""
    return remembered(
        every.version, f"topics of {type(every).__name__} by {by}", lambda: topic_tallies(every, by)
    )


def overview(
    every: FilteredList, columns: list[Column], by: str, topics: Iterable[tuple[NamedTopic, int]]
) -> Overview:
    """The map of a whole list; ``topics`` in their order, each with its level. One on which there is nothing is left out."""
    counted, is_passages = tallies(every, by), isinstance(every, PassageList)
    present = {key for key, place in counted.values.items() if counted.items[:, place].any()}
    topics = [(topic, level) for topic, level in topics if topic.pk in present]
    found = [
        [counted.of(column.key, topic.pk)[0] if column.held else 0 for column in columns]
        for topic, _level in topics
    ]
    shade_of = _shades([number for row in found for number in row if number])
    path = reverse(every.route)
    in_words = _in_words(is_passages)
    lines = []
    for (topic, level), row in zip(topics, found, strict=True):
        cells = []
        for column, number in zip(columns, row, strict=True):
            if not number:
                cells.append(Cell(0, 0 if column.held else None))
                continue
            letters = counted.of(column.key, topic.pk)[1]
            url = f"{path}?{column.before_topic}onderwerp={topic.slug}{column.after_topic}"
            words = f"{topic.name}, {column.name}: {in_words(number, letters, column.held)}"
            cells.append(Cell(number, shade_of[number], url, words))
        lines.append(Line(topic, level, cells))
    return Overview(by == MEETINGS, not is_passages, columns, lines, _legend(shade_of))


def years(every: FilteredList, latest: int | None = None) -> list[Column]:
    """The years from the first to the last of which a letter is held, or the ``latest`` of them."""
    counted = tallies(every, YEARS)
    known = sorted(year for year in counted.groups if counted.held_of(year))
    if not known:
        return []
    path = reverse(every.route)
    shown = range(known[0], known[-1] + 1)[-latest:] if latest else range(known[0], known[-1] + 1)
    return [
        Column(
            year,
            str(year),
            str(year),
            f"{path}?tot={year}&van={year}" if counted.held_of(year) else "",
            counted.held_of(year),
            after_topic=f"&tot={year}&van={year}",
        )
        for year in shown
    ]


def meetings_shown():
    """The public meetings with a day, the latest first: those ahead, and those not held, only when a letter treats them."""
    treated = Exists(Letter.objects.public().filter(meetings=OuterRef("pk")))
    was_held = Q(start__lte=localdate(), status=Meeting.Status.AS_DATED)
    return Meeting.objects.public().filter(was_held | treated, start__isnull=False).newest_first()


def columns_of(meetings: Iterable[Meeting], every: FilteredList) -> list[Column]:
    """Columns of meetings, in the order of time."""
    counted = tallies(every, MEETINGS)
    return [
        Column(
            meeting.pk,
            short_day(meeting.start),
            meeting.name,
            meeting.get_absolute_url(),
            counted.held_of(meeting.pk),
            before_topic=f"bijeenkomst={meeting.slug}&",
        )
        for meeting in sorted(meetings, key=lambda meeting: (meeting.start, meeting.slug))
    ]


def most_frequent(every: FilteredList, topics: Iterable[NamedTopic]) -> list[tuple[NamedTopic, int]]:
    """The topics with the most items, the first most; those without any are left out."""
    counted = tallies(every, YEARS)
    totals = {key: int(counted.items[:, place].sum()) for key, place in counted.values.items()}
    found = [topic for topic in topics if totals.get(topic.pk)]
    found.sort(key=lambda topic: -totals[topic.pk])
    return [(topic, 0) for topic in found[:TOPICS]]


def _shades(numbers: list[int]) -> dict[int, int]:
    """By each of these numbers its shade."""
    bounds = np.quantile(numbers, [place / SHADES for place in range(1, SHADES)]) if numbers else []
    return {number: 1 + int(np.searchsorted(bounds, number)) for number in set(numbers)}


def _legend(shade_of: dict[int, int]) -> list[Shade]:
    """The shades that are used, the lightest first."""
    numbers = defaultdict(list)
    for number, shade in shade_of.items():
        numbers[shade].append(number)
    return [Shade(shade, min(found), max(found)) for shade, found in sorted(numbers.items())]


def _in_words(is_passages: bool) -> Callable[[int, int, int], str]:
    """How many items, in how many of the letters held: "12 passages in 5 van 8 brieven". Thousands of cells say a few things."""

    @cache
    def items(number: int) -> str:
        if is_passages:
            words = ngettext("%(count)s passage", "%(count)s passages", number)
        else:
            words = ngettext("%(count)s standpunt", "%(count)s standpunten", number)
        return words % {"count": grouped(number)}

    @cache
    def of_letters(letters: int, held: int) -> str:
        words = ngettext("in %(letters)s van %(held)s brief", "in %(letters)s van %(held)s brieven", held)
        return words % {"letters": grouped(letters), "held": grouped(held)}

    return lambda number, letters, held: f"{items(number)} {of_letters(letters, held)}"
