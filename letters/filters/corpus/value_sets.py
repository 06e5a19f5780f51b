"""For many rows the values that each has of one thing, any number of them: the topics of passages, the years of letters."""

from collections.abc import Collection, Hashable, Sequence
from functools import cached_property

import numpy as np

WORD = 64  # bits


class ValueSets:
    """Rows with the same values share one set of them, so what is asked of values is worked out once for each set.

    ``sets``: the values of each set; ``of_rows``: for each row the number of its set.
    """

    def __init__(self, sets: Sequence[Collection[Hashable]], of_rows: np.ndarray):
        self.of_rows, self.number_of_sets = of_rows.astype(np.int32), len(sets)
        lengths = np.fromiter(map(len, sets), np.int32, len(sets))
        held = [value for values in sets for value in values]
        self.values = list(dict.fromkeys(held))
        self._place = {value: place for place, value in enumerate(self.values)}
        # A pair for each value of each set.
        self._sets = np.repeat(np.arange(len(sets), dtype=np.int32), lengths)
        self._values = np.fromiter(map(self._place.__getitem__, held), np.int32, len(held))

    def having(self, wanted: Collection[Hashable]) -> np.ndarray:
        """For each row whether it has one of these values."""
        places = [self._place[value] for value in wanted if value in self._place]
        chosen = np.zeros(len(self.values), bool)
        chosen[places] = True
        return self.having_those(chosen)

    def having_those(self, chosen: np.ndarray) -> np.ndarray:
        """The same, for values that are chosen by a flag for each of ``values``."""
        sets = np.zeros(self.number_of_sets, bool)
        sets[self._sets[chosen[self._values]]] = True
        return sets[self.of_rows]

    def count(self, rows: np.ndarray) -> dict[str, int]:
        """How many of these rows have each value, by the value as text."""
        return self._counts(np.bincount(self.of_rows[rows], minlength=self.number_of_sets))

    def count_weighed(self, numbers: np.ndarray) -> dict[str, int]:
        """The same over all rows, each counting for a number of its own."""
        return self._counts(np.bincount(self.of_rows, numbers, self.number_of_sets))

    def count_groups(self, rows: np.ndarray, starts: np.ndarray) -> dict[str, int]:
        """How many groups of these rows have each value in any of their rows; each group begins at one of ``starts``."""
        if not len(rows):
            return {}
        of_groups = np.bitwise_or.reduceat(self._bits[self.of_rows[rows]], starts)
        flags = np.unpackbits(of_groups.view(np.uint8), axis=1, bitorder="little", count=len(self.values))
        return self._named(flags.sum(axis=0, dtype=np.int64))

    @cached_property
    def _bits(self) -> np.ndarray:
        """For each set a bit for each value."""
        bits = np.zeros((self.number_of_sets, -(-len(self.values) // WORD) or 1), "<u8")
        word, bit = np.divmod(self._values, WORD)
        np.bitwise_or.at(bits, (self._sets, word), np.left_shift(np.uint64(1), bit.astype(np.uint64)))
        return bits

    def _counts(self, of_sets: np.ndarray) -> dict[str, int]:
        return self._named(np.bincount(self._values, of_sets[self._sets], len(self.values)))

    def _named(self, numbers: np.ndarray) -> dict[str, int]:
        return {str(self.values[place]): int(numbers[place]) for place in np.flatnonzero(numbers)}
