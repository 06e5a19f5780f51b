"""What a list has under some filters, as rows of the corpus: what is counted is counted of these."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from letters.filters.corpus import Letters, OfLetters
from letters.filters.corpus.columns import Column


@dataclass(frozen=True)
class Hits:
    """``rows`` of a table, in order. ``as_letters``: the items are letters, each counted once; which those are stands in
    ``letter_rows``, for there are letters without rows.
    """

    table: OfLetters
    rows: np.ndarray
    letter_rows: np.ndarray | None = None

    @property
    def letters(self) -> Letters:
        return self.table.letters

    @property
    def items(self) -> int:
        return len(self.rows) if self.letter_rows is None else len(self.letter_rows)

    @cached_property
    def of_letters(self) -> np.ndarray:
        """How many items each letter has."""
        if self.letter_rows is None:
            return np.bincount(self.table.letter[self.rows], minlength=len(self.letters))
        return self.letters.flagged(self.letter_rows).astype(np.int64)

    def count(self, column: Column) -> dict[str, int]:
        """How many items have each value of a column of the table."""
        if self.letter_rows is None:
            return column.count(self.rows)
        return column.count_groups(self.rows, self._starts)

    @cached_property
    def _starts(self) -> np.ndarray:
        """Where the rows of each letter begin."""
        letter = self.table.letter[self.rows]
        return np.flatnonzero(np.diff(letter, prepend=-1))
