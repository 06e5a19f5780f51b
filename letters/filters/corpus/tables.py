"""The three tables of the index as columns. A *row* is a place in them; the newest come first, what is of one letter together."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from letters.filters.corpus.columns import Column
from letters.filters.corpus.found_words import FoundWords
from letters.filters.corpus.packed import NO_DAY

#: Later than any day.
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Table:
    """``keys``: the primary key of each row; ``published_at``: microseconds since 2000."""

    keys: np.ndarray
    published_at: np.ndarray

    def __len__(self):
        return len(self.keys)

    def rows_of(self, keys: np.ndarray) -> np.ndarray:
        """The rows with these keys, in their order; keys that are not here are left out."""
        if not len(self):
            return np.empty(0, np.intp)
        places = np.searchsorted(self.keys, keys, sorter=self._by_key)
        rows = self._by_key[np.minimum(places, len(self) - 1)]
        return rows[self.keys[rows] == keys]

    def rows_of_all(self, keys: np.ndarray) -> np.ndarray:
        """The same for keys of which every one must be here: raises ``LookupError``, for the index would contradict itself."""
        rows = self.rows_of(keys)
        if len(rows) != len(keys):
            raise LookupError(
                f"{len(keys) - len(rows)} rows of the search index name a row that it does not have"
            )
        return rows.astype(np.int32)

    def flagged(self, rows: np.ndarray) -> np.ndarray:
        """For each row whether it is among these."""
        flags = np.zeros(len(self), bool)
        flags[rows] = True
        return flags

    @cached_property
    def _by_key(self) -> np.ndarray:
        return np.argsort(self.keys, kind="stable")

    # Orders: all rows, each a permutation of them

    @cached_property
    def oldest_first(self) -> np.ndarray:
        raise NotImplementedError

    @cached_property
    def latest_published_first(self) -> np.ndarray:
        return np.lexsort((-self.keys, -self.published_at))


def latest_first(days: np.ndarray) -> np.ndarray:
    """Numbers by which the latest day comes first, and ``NO_DAY`` last."""
    return -days.astype(np.int64)


@dataclass(frozen=True)
class Letters(Table):
    """Days are days since 2000, or ``NO_DAY``. ``stamps``: each changes with any row of its letter, and never comes back."""

    stamps: np.ndarray
    date: np.ndarray
    ordered_on: np.ndarray
    begun_on: np.ndarray
    has_passages: np.ndarray
    kind: Column
    levels: Column
    meetings: Column
    years: Column
    chambers: Column
    signatories: Column
    meetings_begin: dict[int, int]  # on which day, by the key of a meeting

    @cached_property
    def beginnings(self) -> np.ndarray:
        """For each value of ``meetings`` the day on which it begins."""
        return np.array([self.meetings_begin.get(key, NO_DAY) for key in self.meetings.sets.values], np.int64)

    @cached_property
    def oldest_first(self):
        days = np.where(self.ordered_on == NO_DAY, NEVER, self.ordered_on)
        return np.lexsort((self.keys, days))

    @cached_property
    def latest_meeting_first(self) -> np.ndarray:
        """Of one day the letter that was written last."""
        return np.lexsort((-self.keys, latest_first(self.date), latest_first(self.begun_on)))

    @cached_property
    def earliest_meeting_first(self) -> np.ndarray:
        """Of one day the letter that was written first."""
        date, begun_on = (np.where(days == NO_DAY, NEVER, days) for days in (self.date, self.begun_on))
        return np.lexsort((self.keys, date, begun_on))


@dataclass(frozen=True)
class OfLetters(Table):
    """Rows that each belong to a letter. ``letter``: its row in ``letters``; ``stances``: pairs of stance and moment."""

    letters: Letters
    letter: np.ndarray
    session: Column
    topics: Column
    stances: Column

    def topics_of(self, unchecked: bool) -> Column:
        """The topics of what was checked, or with those of what nobody looked at yet."""
        return self.topics

    def stances_of(self, unchecked: bool) -> Column:
        return self.stances

    @cached_property
    def oldest_first(self):
        return self._by_letter(self.letters.oldest_first)

    @cached_property
    def latest_meeting_first(self) -> np.ndarray:
        return self._by_letter(self.letters.latest_meeting_first)

    @cached_property
    def earliest_meeting_first(self) -> np.ndarray:
        return self._by_letter(self.letters.earliest_meeting_first)

    def _by_letter(self, order: np.ndarray) -> np.ndarray:
        """Letters in some order, with the rows of each as they stand."""
        turn = np.empty(len(order), np.int32)
        turn[order] = np.arange(len(order), dtype=np.int32)
        return np.argsort(turn[self.letter], kind="stable")


@dataclass(frozen=True)
class Passages(OfLetters):
    """``topics`` and ``stances``: of what was checked; the others: with what nobody looked at yet."""

    topics_unchecked: Column
    stances_unchecked: Column

    def topics_of(self, unchecked):
        return self.topics_unchecked if unchecked else self.topics

    def stances_of(self, unchecked):
        return self.stances_unchecked if unchecked else self.stances


@dataclass(frozen=True)
class Positions(OfLetters):
    """``passage``: its row in the passages."""

    passage: np.ndarray
    is_checked: np.ndarray


@dataclass(frozen=True)
class Corpus:
    """What the index held at one moment, with the version of the corpus then."""

    version: str
    letters: Letters
    passages: Passages
    positions: Positions
    words: FoundWords = field(default_factory=FoundWords)
