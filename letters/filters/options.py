"""The facets of a view as the page shows them: values with words, counts and what is chosen; years with links."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from letters.filters.address import Address
from letters.filters.choices import Choice
from letters.filters.counts import count_within
from letters.filters.facets import Facet, Names
from letters.filters.filtered_list import FilteredList
from letters.filters.lists import PassageList

LONG = 10  # values; more are folded
IN_SIGHT = 8  # of a long list
#: Values that the page of a list holds, or as many as are chosen; the others stand on a page of the filter itself.
#: With all 900 meetings of twenty years in it, each page of a list took 300 kB.
MOST = 50

_ACCENTS = re.compile(r"[\u0300-\u036f]")  # "ë" taken apart is "e" and one of these


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetOptions:
    """A facet with the values that the view has under the other filters, and those that were chosen.

    ``names``: of all values, in order, as they are counted; ``chosen_values``: by their value in the address. There may be
    thousands on a page that shows a few, so only those are looked at that are asked for.
    """

    key: str
    label: str
    names: Names
    counted: dict[str, int]
    chosen_values: dict[str, Choice]
    by_count: bool  # the most frequent first
    url: str  # of the page with all values

    @cached_property
    def total(self) -> int:
        counted = sum(stored in self.names for stored in self.counted)
        return counted + sum(str(choice.stored) not in self.counted for choice in self.chosen_values.values())

    @property
    def chosen(self) -> int:
        return len(self.chosen_values)

    @property
    def is_long(self) -> bool:
        return self.total > LONG

    @property
    def is_cut(self) -> bool:
        """Whether there are more values than a list's page holds."""
        return self.total > len(self.shown)

    @property
    def values(self) -> list[Option]:
        """All."""
        return self._options(self.rows())

    @cached_property
    def shown(self) -> list[Option]:
        """What the page of a list holds: what is chosen, and of the others the first."""
        room = MOST - self.chosen
        rows = []
        for row in self.rows():
            if row[0] in self.chosen_values:
                rows.append(row)
            elif room > 0:
                rows.append(row)
                room -= 1
            if len(rows) == max(MOST, self.chosen):
                break
        return self._options(rows)

    @property
    def first(self) -> list[Option]:
        """What stands in sight: all of a short list, of a long one the first and what is chosen."""
        return [
            option
            for place, option in enumerate(self.shown)
            if not self.is_long or place < IN_SIGHT or option.selected
        ]

    @property
    def folded(self) -> list[Option]:
        """The rest of a long list, as far as the page holds it."""
        return [option for option in self.shown[IN_SIGHT:] if not option.selected] if self.is_long else []

    def with_words(self, words: str) -> list[Option]:
        """The values whose label holds each of the words, whatever their accents and capitals, and what is chosen."""
        parts = plain(words).split()
        return self._options(
            row
            for row in self.rows()
            if row[0] in self.chosen_values or all(part in plain(row[1]) for part in parts)
        )

    def rows(self) -> Iterable[tuple[str, str, int]]:
        """Value, label and count of all, in order."""
        return sorted(self._in_order(), key=_frequent_first) if self.by_count else self._in_order()

    def _in_order(self) -> Iterator[tuple[str, str, int]]:
        unnamed = dict(self.chosen_values)
        for stored, (value, label) in self.names.items():
            if stored in self.counted or value in self.chosen_values:
                unnamed.pop(value, None)
                yield value, label, self.counted.get(stored, 0)
        for choice in unnamed.values():
            yield choice.value, choice.label, 0

    def _options(self, rows: Iterable[tuple[str, str, int]]) -> list[Option]:
        return [Option(*row, row[0] in self.chosen_values) for row in rows]


@dataclass(frozen=True, slots=True)
class Year:
    """``share``: 0–100 of the year with the most."""

    year: int
    count: int
    share: int
    url: str
    selected: bool


def options(filtered: FilteredList) -> list[FacetOptions]:
    return [facet_options(filtered, facet) for facet in filtered.facets]


def facet_options(filtered: FilteredList, facet: Facet) -> FacetOptions:
    counted = filtered.counts.values.get(facet.key, {})
    chosen = {choice.value: choice for choice in filtered.cleaned[facet.key]}
    names = facet.named(counted, filtered.version)
    address = filtered.address.on(f"{filtered.route}-facet", facet.key)
    return FacetOptions(facet.key, facet.label, names, counted, chosen, facet.by_count, address.url)


def _frequent_first(row: tuple[str, str, int]) -> tuple[int, str]:
    return -row[2], row[1].casefold()


def plain(text: str) -> str:
    """Without accents and capitals."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text)).casefold()


def years(filtered: FilteredList, address: Address) -> list[Year]:
    """The years from the first to the last that the view has without its period, each with a link to that year."""
    counted = {int(year): number for year, number in filtered.counts.values.get("jaar", {}).items()}
    if not counted:
        return []
    most = max(counted.values())
    start, end = filtered.cleaned["van"], filtered.cleaned["tot"]
    found = []
    for year in range(min(counted), max(counted) + 1):
        chosen = bool(start or end) and _within(year, start, end)
        alone = bool(start and end) and start.value == end.value == str(year)
        link = address.without("van", "tot") if alone else address.setting(van=str(year), tot=str(year))
        number = counted.get(year, 0)
        found.append(Year(year, number, round(100 * number / most), link.url, chosen))
    return found


def _within(year: int, start, end) -> bool:
    return (not start or year >= start.stored.year) and (not end or year <= end.stored.year)


def topic_counts(filtered: FilteredList | None = None) -> dict[str, int]:
    """How many items of a list are on each topic (its key, as text), children counted with their parent; of all passages
    by default.
    """
    if filtered is None:
        return PassageList().counts.values.get("onderwerp", {})
    return count_within(filtered, filtered.filters["onderwerp"])
