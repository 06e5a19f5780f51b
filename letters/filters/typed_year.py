"""A year typed beside words, "Oekraïne 2022", is sought as a word: perhaps the meetings of that year were meant."""

import re
from dataclasses import dataclass

from letters import search
from letters.filters.address import Address
from letters.filters.choices import Choice, day_choice
from letters.filters.filtered_list import FilteredList
from letters.filters.other_views import items_with
from letters.filters.words import periods

#: Since the founding of NATO.
_YEAR = re.compile(r"19[4-9]\d|20\d\d")


@dataclass(frozen=True, slots=True)
class YearHint:
    """``url``: the view of the other ``words`` with the year as its period, with ``count`` items."""

    year: str
    words: str
    url: str
    count: int


def year_hint(filtered: FilteredList, address: Address) -> YearHint | None:
    """The view with the one year that was typed as its period, when that has items."""
    if periods(filtered.cleaned):
        return None
    typed = search.folded(filtered.words)
    asked = search.parse_query(typed).required
    years = [
        group[0]
        for group in asked
        if len(group) == 1 and not group[0].is_phrase and _YEAR.fullmatch(str(group[0]))
    ]
    if len(years) != 1:
        return None
    [year] = years
    words = " ".join(f"{typed[: year.start]} {typed[year.end :]}".split())
    if not search.counting(search.parse_query(words)).required:
        return None
    period = {
        "van": day_choice(year.text, last=False),
        "tot": day_choice(year.text, last=True),
        "q": Choice(words, f"“{words}”", words),
    }
    count = items_with(filtered, period)
    url = address.setting(q=words, van=year.text, tot=year.text).url
    return YearHint(year.text, words, url, count) if count else None
