"""What a list has for each meeting or year: how many items with each value, in how many letters, of how many that are held.

The denominator is what is held of the period that was chosen, so that "nothing was said" is told from "we have no letter". A
letter about two meetings counts with both, as it does in the filters that a count links to.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from letters.filters.corpus.columns import Column
from letters.filters.facets import YEARS as PERIOD
from letters.filters.filtered_list import FilteredList

#: Columns of ``Letters``: by the key of a meeting, by the year in which meetings begin.
MEETINGS, YEARS = "meetings", "years"


@dataclass(frozen=True)
class Tallies:
    """``items`` and ``letters_with``: a row for each of ``groups``, a column for each of ``values``; ``with_any`` and ``held``:
    of each group the letters with any item, and all letters of the period.
    """

    groups: dict[Hashable, int]  # to its row
    values: dict[Hashable, int]  # to its column
    items: np.ndarray
    letters_with: np.ndarray
    with_any: np.ndarray
    held: np.ndarray

    def held_of(self, group: Hashable) -> int:
        return int(self.held[self.groups[group]]) if group in self.groups else 0

    def with_any_of(self, group: Hashable) -> int:
        return int(self.with_any[self.groups[group]]) if group in self.groups else 0

    def of(self, group: Hashable, value: Hashable) -> tuple[int, int]:
        """How many items of a group have a value, and in how many letters."""
        if group not in self.groups or value not in self.values:
            return 0, 0
        place = self.groups[group], self.values[value]
        return int(self.items[place]), int(self.letters_with[place])


def topic_tallies(filtered: FilteredList, by: str) -> Tallies:
    """The items of a list by topic; a topic counts what falls under it too."""
    return _tallies(filtered, filtered.table.topics_of(filtered.shows_unchecked), by)


def stance_tallies(filtered: FilteredList, by: str) -> Tallies:
    """The positions of a list by stance."""
    stances = filtered.table.stances_of(filtered.shows_unchecked).mapped(lambda pair: pair[0])
    return _tallies(filtered, stances, by)


def _tallies(filtered: FilteredList, column: Column, by: str) -> Tallies:
    hits = filtered.hits()
    letters: Column = getattr(hits.letters, by)
    number = len(hits.letters)
    values = {value: place for place, value in enumerate(column.sets.values)}
    row_of_pair, value_of_pair = _pairs(column, hits.rows)
    letter_of_pair = hits.table.letter[hits.rows][row_of_pair]
    in_letters = np.bincount(
        letter_of_pair.astype(np.int64) * len(values) + value_of_pair, minlength=number * len(values)
    ).reshape(number, len(values))
    letter, group = _pairs(letters, np.arange(number))
    groups = {value: place for place, value in enumerate(letters.sets.values)}

    def summed(of_letters: np.ndarray) -> np.ndarray:
        return np.bincount(group, of_letters[letter], len(groups)).astype(np.int64)

    def each(of_letters: np.ndarray) -> np.ndarray:
        columns = [summed(of_letters[:, place]) for place in range(len(values))]
        return np.stack(columns, axis=1) if columns else np.zeros((len(groups), 0), np.int64)

    return Tallies(
        groups,
        values,
        items=each(in_letters),
        letters_with=each(in_letters > 0),
        with_any=summed(hits.of_letters > 0),
        held=summed(filtered.of_letters.get(PERIOD.group, np.ones(number)).astype(np.int64)),
    )


def _pairs(column: Column, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A pair for each value of each of these rows: the place of the row among them, and the place of the value."""
    sets = column.sets
    lengths = np.bincount(sets.set_of, minlength=len(sets))
    starts = np.cumsum(lengths) - lengths
    of_row = column.set_of_row[rows]
    many = lengths[of_row]
    place = np.repeat(np.arange(len(rows)), many)
    within = np.arange(len(place)) - np.repeat(np.cumsum(many) - many, many)
    return place, sets.value_of[starts[of_row][place] + within]
