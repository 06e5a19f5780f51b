"""The facets of a view as the page shows them: values with words, counts and what is chosen; years with links."""

from dataclasses import dataclass

from letters.filters.address import Address
from letters.filters.counts import count_within
from letters.filters.facets import Facet
from letters.filters.lists import FilteredList, PassageList

LONG = 10  # values; more are folded
IN_SIGHT = 8  # of a long list


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetOptions:
    """A facet with the values that the view has under the other filters, and those that were chosen."""

    key: str
    label: str
    values: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.selected for option in self.values)

    @property
    def is_long(self) -> bool:
        return len(self.values) > LONG

    @property
    def first(self) -> list[Option]:
        """What stands in sight: all of a short list, of a long one the first and what is chosen."""
        return [
            option
            for place, option in enumerate(self.values)
            if not self.is_long or place < IN_SIGHT or option.selected
        ]

    @property
    def folded(self) -> list[Option]:
        """The rest of a long list."""
        return [option for option in self.values[IN_SIGHT:] if not option.selected] if self.is_long else []


@dataclass(frozen=True, slots=True)
class Year:
    """``share``: 0–100 of the year with the most."""

    year: int
    count: int
    share: int
    url: str
    selected: bool


def options(filtered: FilteredList) -> list[FacetOptions]:
    return [_facet_options(facet, filtered) for facet in filtered.facets]


def _facet_options(facet: Facet, filtered: FilteredList) -> FacetOptions:
    counted = filtered.counts.values.get(facet.key, {})
    chosen = {choice.value: choice for choice in filtered.cleaned[facet.key]}
    values = []
    for stored, (value, label) in facet.named(counted, filtered.version).items():
        if stored in counted or value in chosen:
            values.append(Option(value, label, counted.get(stored, 0), value in chosen))
    shown = {option.value for option in values}
    values += [
        Option(choice.value, choice.label, 0, True) for choice in chosen.values() if choice.value not in shown
    ]
    if facet.by_count:
        values.sort(key=lambda option: (-option.count, option.label.casefold()))
    return FacetOptions(facet.key, facet.label, values)


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
    filtered = filtered or PassageList()
    return count_within(filtered, filtered.filters["onderwerp"])
