"""For many rows the values that each has of one thing, any number of them: the topics of passages, the years of letters."""

from collections.abc import Callable, Collection, Hashable, Iterable
from functools import cached_property

import numpy as np

WORD = 64  # bits


class Sets:
    """Sets of values, each with a number. Many rows have the same set, so what is asked of values is worked out once for each.

    ``sets``: for each set its key, by which it is known, and its values.
    """

    def __init__(self, sets: Iterable[tuple[Hashable, Collection[Hashable]]]):
        self.by_key = dict(sets)
        self.numbers = {key: number for number, key in enumerate(self.by_key)}
        held = [value for values in self.by_key.values() for value in values]
        self.values = list(dict.fromkeys(held))
        self.place = {value: place for place, value in enumerate(self.values)}
        # A pair of numbers for each value of each set.
        lengths = np.fromiter(map(len, self.by_key.values()), np.int32, len(self))
        self.set_of = np.repeat(np.arange(len(self), dtype=np.int32), lengths)
        self.value_of = np.fromiter(map(self.place.__getitem__, held), np.int32, len(held))

    def __len__(self):
        return len(self.by_key)

    def and_those_of(self, other: "Sets") -> "Sets":
        """These, with the same numbers, and those of the other after them."""
        if other.by_key.keys() <= self.by_key.keys():
            return self
        return Sets((self.by_key | other.by_key).items())

    def mapped(self, change: Callable[[Hashable], Hashable | None]) -> "Sets":
        """The same sets with other values in them; None is left out."""
        changed = {value: change(value) for value in self.values}
        return Sets(
            (key, {changed[value] for value in values} - {None}) for key, values in self.by_key.items()
        )

    @cached_property
    def names(self) -> list[str]:
        """The values as text."""
        return [str(value) for value in self.values]

    @cached_property
    def bits(self) -> np.ndarray:
        """For each set a bit for each value."""
        bits = np.zeros((len(self), -(-len(self.values) // WORD) or 1), "<u8")
        word, bit = np.divmod(self.value_of, WORD)
        np.bitwise_or.at(bits, (self.set_of, word), np.left_shift(np.uint64(1), bit.astype(np.uint64)))
        return bits


class Column:
    """``set_of_row``: for each row the number of its set."""

    def __init__(self, sets: Sets, set_of_row: np.ndarray):
        self.sets, self.set_of_row = sets, set_of_row

    @classmethod
    def of_keys(cls, sets: Sets, keys: np.ndarray) -> "Column":
        """From the key of the set of each row."""
        found, set_of_row = np.unique(keys, return_inverse=True)
        numbers = np.array([sets.numbers[key] for key in found.tolist()], np.int32)
        return cls(sets, numbers[set_of_row])

    def taking(self, rows: np.ndarray) -> "Column":
        """The column of these rows, in this order."""
        return Column(self.sets, self.set_of_row[rows])

    def followed_by(self, other: "Column") -> "Column":
        sets = self.sets.and_those_of(other.sets)
        numbers = np.array([sets.numbers[key] for key in other.sets.by_key], np.int32)
        return Column(sets, np.concatenate([self.set_of_row, numbers[other.set_of_row]]))._pruned()

    def _pruned(self) -> "Column":
        """Without sets that no row has any longer, once those are the most: they cost as much as others."""
        used = np.bincount(self.set_of_row, minlength=len(self.sets)) > 0
        if 2 * np.count_nonzero(used) >= len(used):
            return self
        numbers = np.cumsum(used, dtype=np.int32) - 1
        sets = Sets(pair for pair, is_used in zip(self.sets.by_key.items(), used, strict=True) if is_used)
        return Column(sets, numbers[self.set_of_row])

    def mapped(self, change: Callable[[Hashable], Hashable | None]) -> "Column":
        return Column(self.sets.mapped(change), self.set_of_row)

    # What rows have

    def having(self, wanted: Collection[Hashable]) -> np.ndarray:
        """For each row whether it has one of these values."""
        chosen = np.zeros(len(self.sets.values), bool)
        chosen[[self.sets.place[value] for value in wanted if value in self.sets.place]] = True
        return self.having_those(chosen)

    def having_those(self, chosen: np.ndarray) -> np.ndarray:
        """The same, for values that are chosen by a flag for each of ``sets.values``."""
        having = np.zeros(len(self.sets), bool)
        having[self.sets.set_of[chosen[self.sets.value_of]]] = True
        return having[self.set_of_row]

    # How many have it, by the value as text

    def count(self, rows: np.ndarray) -> dict[str, int]:
        """How many of these rows have each value."""
        return self._counts(np.bincount(self.set_of_row[rows], minlength=len(self.sets)))

    def count_weighed(self, numbers: np.ndarray) -> dict[str, int]:
        """The same over all rows, each counting for a number of its own."""
        return self._counts(np.bincount(self.set_of_row, numbers, len(self.sets)))

    def count_groups(self, rows: np.ndarray, starts: np.ndarray) -> dict[str, int]:
        """How many groups of these rows have each value in any of their rows; each group begins at one of ``starts``."""
        if not len(rows):
            return {}
        of_groups = np.bitwise_or.reduceat(self.sets.bits[self.set_of_row[rows]], starts)
        flags = np.unpackbits(
            of_groups.view(np.uint8), axis=1, bitorder="little", count=len(self.sets.values)
        )
        return self._named(flags.sum(axis=0, dtype=np.int64))

    def _counts(self, of_sets: np.ndarray) -> dict[str, int]:
        sets = self.sets
        return self._named(np.bincount(sets.value_of, of_sets[sets.set_of], len(sets.values)))

    def _named(self, numbers: np.ndarray) -> dict[str, int]:
        places = np.flatnonzero(numbers)
        names = self.sets.names
        return dict(
            zip(
                (names[place] for place in places.tolist()),
                numbers[places].astype(np.int64).tolist(),
                strict=True,
            )
        )
