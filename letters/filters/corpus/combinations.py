"""For many rows the combination of bits that each has: its positions, of which stance and moment are asked together."""

import numpy as np


class Combinations:
    """Few combinations occur, so each is kept once. ``bits``: for each row."""

    def __init__(self, bits: np.ndarray):
        self.found, of_rows = np.unique(bits, return_inverse=True)
        self.of_rows = of_rows.astype(np.int32)

    def having(self, bits: int) -> np.ndarray:
        """For each row whether it has one of these bits."""
        return ((self.found & bits) != 0)[self.of_rows]

    def count(self, rows: np.ndarray) -> dict[int, int]:
        """How many of these rows have each combination."""
        numbers = np.bincount(self.of_rows[rows], minlength=len(self.found))
        return {int(self.found[place]): int(numbers[place]) for place in np.flatnonzero(numbers)}

    def count_groups(self, rows: np.ndarray, starts: np.ndarray) -> dict[int, int]:
        """How many groups of these rows have each combination together; each group begins at one of ``starts``."""
        if not len(rows):
            return {}
        together = np.bitwise_or.reduceat(self.found[self.of_rows[rows]], starts)
        found, numbers = np.unique(together, return_counts=True)
        return dict(zip(found.tolist(), numbers.tolist(), strict=True))
