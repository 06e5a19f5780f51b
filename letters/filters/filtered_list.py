"""One list under the filters that were asked for: which items, in which order, and how many. ``letters.filters.lists`` has
the three.

It asks the corpus in memory (``letters.filters.corpus``), and the database for words; only of what is shown the rows are read.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import numpy as np
from django.db.models import Model, QuerySet

from letters import search
from letters.filters import choices, facets
from letters.filters.corpus import Corpus, OfLetters, Table, corpus
from letters.filters.corpus.packed import microseconds, moment
from letters.filters.counts import Counts, count
from letters.filters.facets import LETTER_DATES, YEARS, Facet, LetterFacet, Period
from letters.filters.hits import Hits
from letters.filters.query import ListQuery
from letters.filters.remembered import remembered
from letters.filters.words import title
from letters.models import CorpusVersion


class Items:
    """The items of a list, of which any part can be taken: only those are read."""

    def __init__(self, keys: np.ndarray, rows: QuerySet):
        self.keys, self.rows = keys, rows

    def __getitem__(self, part: slice) -> list:
        keys = self.keys[part].tolist()
        found = self.rows.order_by().in_bulk(keys)  # the keys are in order
        return [found[key] for key in keys if key in found]


class FilteredList(ListQuery):
    """What is asked of one list, with the answer.

    ``items`` are in order; ``counts`` has the exact totals, and those of every facet. A *row* is one of the corpus: for each
    passage or position of a public letter.
    """

    route: str
    all_items: str
    model: type[Model]
    shown_facets: tuple[str, ...]

    soort = facets.kind()
    niveau = facets.level()
    bijeenkomst = facets.meeting()
    sessie = facets.session()
    kamer = facets.chamber()
    bewindspersoon = facets.signatory()
    onderwerp = facets.topic()
    standpunt = facets.stance()
    moment = facets.moment()

    @property
    def facets(self) -> list[Facet]:
        """The filters that are counted, in the order in which the page shows them."""
        return [self.filters[key] for key in self.shown_facets]

    @property
    def in_words(self) -> str:
        """What is chosen: "Oekraïne · 2021"; "" when nothing is."""
        return title(self.cleaned, "")

    @property
    def title(self) -> str:
        """What is chosen, or that it is everything."""
        return title(self.cleaned, self.all_items)

    @property
    def typed(self) -> str:
        return self.cleaned["q"].value if self.cleaned["q"] else ""

    @cached_property
    def words(self) -> str:
        """What was typed, or "" when nothing of it counts: stop words alone are the list without words."""
        return self.typed if search.counting(search.parse_query(self.typed)) else ""

    @property
    def shows_unchecked(self) -> bool:
        return bool(self.cleaned["ongecontroleerd"])

    @property
    def order(self) -> str:
        order = self.cleaned["sorteer"].value if self.cleaned["sorteer"] else choices.NEWEST
        return order if self.words or order != choices.RELEVANCE else choices.NEWEST

    # What is chosen

    @cached_property
    def version(self) -> str:
        """The version of the corpus, read before anything else."""
        return CorpusVersion.current()

    @cached_property
    def corpus(self) -> Corpus:
        return corpus(self.version)

    @property
    def table(self) -> OfLetters:
        """The rows that are asked."""
        raise NotImplementedError

    @cached_property
    def of_letters(self) -> dict[str, np.ndarray]:
        """The filters in use on what a letter has: for each, which letters satisfy it."""
        filters = [facet for facet in self.facets if isinstance(facet, LetterFacet)]
        return self._having(self.corpus.letters, [*filters, YEARS, LETTER_DATES])

    @cached_property
    def of_rows(self) -> dict[str, np.ndarray]:
        """The filters in use on what a row itself has. Stance and moment are one: they ask the same position."""
        return self._having(
            self.table, [facet for facet in self.facets if not isinstance(facet, LetterFacet)]
        )

    def _having(self, table: Table, filters) -> dict[str, np.ndarray]:
        found = {one.group: one.having(table, self.cleaned, self.shows_unchecked) for one in filters}
        return {group: flags for group, flags in found.items() if flags is not None}

    # What satisfies it

    def with_words(self) -> np.ndarray | None:
        """For each row whether it is asked for at all: whether it holds the words. None when every row is."""
        raise NotImplementedError

    @cached_property
    def _asked(self) -> np.ndarray | None:
        return self.with_words()

    @cached_property
    def _hits(self) -> dict[str, Hits]:
        return {}

    def hits(self, *, without: str = "") -> Hits:
        """What satisfies every filter, but those of one group."""
        without = without if without in self.of_letters or without in self.of_rows else ""
        if without not in self._hits:
            self._hits[without] = self.find(without)
        return self._hits[without]

    def find(self, without: str) -> Hits:
        letters, rows = self._all_of(self.of_letters, without), self._all_of(self.of_rows, without)
        flags = [flags for flags in (rows, self._asked) if flags is not None]
        if letters is not None:
            flags.append(letters[self.table.letter])
        together = np.logical_and.reduce(flags) if flags else np.ones(len(self.table), bool)
        return Hits(self.table, np.flatnonzero(together))

    def _all_of(self, conditions: dict[str, np.ndarray], without: str) -> np.ndarray | None:
        found = [flags for group, flags in conditions.items() if group != without]
        return np.logical_and.reduce(found) if found else None

    def anew(self) -> "FilteredList":
        """The same list, of this moment."""
        other = type(self)(cleaned=self.cleaned, path=self.path)
        other.hits()
        return other

    def with_choices(self, changed: dict, of: type["FilteredList"] | None = None) -> "FilteredList":
        """The list under other choices, or ``of`` another of the lists; of the same moment."""
        other = (of or type(self))(cleaned=self.cleaned | changed, path=self.path)
        other.version, other.corpus = self.version, self.corpus
        return other

    # Items

    @property
    def item_table(self) -> Table:
        return self.table

    @property
    def item_rows(self) -> np.ndarray:
        """The rows of the items in their table: the newest first."""
        return self.hits().rows

    @cached_property
    def keys(self) -> np.ndarray:
        """The keys of the items in the order asked for."""
        if self.order == choices.RELEVANCE:
            rows = self.item_rows
            rows = rows[np.argsort(-self.relevance(rows), kind="stable")]
        elif self.order == choices.OLDEST:
            rows = self.in_order(self.item_table.oldest_first)
        else:
            rows = self.item_rows
        return self.item_table.keys[rows]

    def in_order(self, order: np.ndarray) -> np.ndarray:
        """The rows of the items in the order that all rows of their table have there."""
        return order[self.item_table.flagged(self.item_rows)[order]]

    def relevance(self, rows: np.ndarray) -> np.ndarray:
        """How well each of these rows of items answers the words; one that is not better than another comes as by date."""
        raise NotImplementedError

    def items(self, rows: QuerySet) -> Items:
        """The items in order, each as ``rows`` has it."""
        return Items(self.keys, self.still_public(rows))

    def still_public(self, rows: QuerySet) -> QuerySet:
        """Of rows that were found in memory those that are public now: any may have been taken back a moment ago."""
        return rows.filter(indexed__isnull=False)

    def in_letters(self, letters: Iterable[int]) -> dict[int, list[int]]:
        """The keys of the rows in each of these letters, by the letter's key, in the order in which they stand there."""
        rows = self.hits().rows
        of_letter, wanted = (
            self.table.letter[rows],
            self.corpus.letters.rows_of(np.array([*letters], np.int64)),
        )
        starts, ends = (np.searchsorted(of_letter, wanted, side) for side in ("left", "right"))
        return {
            int(self.corpus.letters.keys[letter]): self.table.keys[rows[start:end]].tolist()
            for letter, start, end in zip(wanted, starts, ends, strict=True)
        }

    def published(self, part: slice) -> list[tuple[datetime, int]]:
        """A part of the items with the moment at which each became public, and its key; the latest first: a letter of 2009
        that was added today comes before one of last year.
        """
        table = self.item_table
        rows = self.in_order(table.latest_published_first)[part]
        moments = map(moment, table.published_at[rows].tolist())
        return list(zip(moments, table.keys[rows].tolist(), strict=True))

    def published_since(self, since: datetime) -> int:
        """How many of the items became public after this moment."""
        published_at = self.item_table.published_at[self.item_rows]
        return int(np.count_nonzero(published_at > microseconds(since)))

    # Numbers

    @property
    def counted(self) -> list[Facet | Period]:
        return [*self.facets, YEARS]

    @cached_property
    def counts(self) -> Counts:
        asked = self.address.without("sorteer").pairs
        return remembered(
            self.version, f"counts of {type(self).__name__}, {asked}", lambda: count(self, self.counted)
        )

    @property
    def unchecked_count(self) -> int:
        """How many positions that nobody looked at are in what matches: those that ``ongecontroleerd=ja`` would add."""
        raise NotImplementedError
