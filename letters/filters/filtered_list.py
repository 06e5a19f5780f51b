"""One list under the filters that were asked for: which items, in which order, and how many. ``letters.filters.lists`` has
the three.

It reads the search index (``letters.models.index``); only of what is shown the rows themselves are read.
"""

# ruff: noqa: S608 - pieces of the query that counts: names in the code; values are parameters

from collections.abc import Iterable
from functools import cached_property

from django.db.models import F, Model, Q, QuerySet

from letters import search
from letters.filters import choices, facets
from letters.filters.counts import COLUMNS_OF_LETTER, FIRST, Counts, count
from letters.filters.facets import LETTER_DATES, YEARS, Facet, LetterFacet, Period
from letters.filters.query import ListQuery
from letters.filters.remembered import remembered
from letters.models import CorpusVersion, IndexedLetter


class Items:
    """The items of a list, of which any part can be taken: the index says which, and only those are read."""

    def __init__(self, keys: QuerySet, rows: QuerySet, first: tuple[int, ...] | None = None):
        self.keys, self.rows, self.first = keys, rows, first

    def __getitem__(self, part: slice) -> list:
        first = self.first
        is_known = first is not None and (len(first) < FIRST or part.stop <= FIRST)
        keys = first[part] if is_known else list(self.keys[part])
        found = self.rows.in_bulk(keys)
        return [found[key] for key in keys if key in found]


class FilteredList(ListQuery):
    """What is asked of one list, with the answer.

    ``qs`` are the items in order; ``counts`` the exact totals, and those of every facet. A *row* is a row of the index:
    for each passage or position of a public letter.
    """

    route: str
    all_items: str
    model: type[Model]
    index: type[Model]
    counts_letters = False
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

    @property
    def database(self) -> str:
        return self.index.objects.all().db

    # What is chosen

    @cached_property
    def of_letters(self) -> dict[str, Q]:
        """The filters in use on what a letter has, each as a condition on ``IndexedLetter``."""
        filters = [facet for facet in self.facets if isinstance(facet, LetterFacet)]
        return self._conditions([*filters, YEARS, LETTER_DATES])

    @cached_property
    def of_rows(self) -> dict[str, Q]:
        """The filters in use on what a row itself has. Stance and moment are one: they ask the same position."""
        return self._conditions([facet for facet in self.facets if not isinstance(facet, LetterFacet)])

    def _conditions(self, filters) -> dict[str, Q]:
        found = {one.group: one.condition(self.cleaned, self.unchecked_columns) for one in filters}
        return {group: condition for group, condition in found.items() if condition is not None}

    @property
    def groups(self) -> set[str]:
        return {*self.of_letters, *self.of_rows}

    @property
    def only_group(self) -> str:
        """The one group of filters in use when nothing else is asked, or ""."""
        return next(iter(self.groups)) if len(self.groups) == 1 and not self.words else ""

    @property
    def everything(self) -> "FilteredList":
        """The same list without words and filters."""
        return self.under(ongecontroleerd=self.cleaned["ongecontroleerd"])

    @property
    def unchecked_columns(self) -> str:
        """The end of the names of the columns in which positions count that nobody looked at."""
        return ""

    # Rows

    def rows_with_words(self) -> QuerySet:
        """All rows, or those that hold the words."""
        raise NotImplementedError

    def rows(self, *, without: str = "", rows: QuerySet | None = None) -> QuerySet:
        """Rows under every filter but those of one group; the words are not asked here."""
        rows = self.index.objects.all() if rows is None else rows
        letters = [condition for group, condition in self.of_letters.items() if group != without]
        if letters:
            rows = rows.filter(letter__in=IndexedLetter.objects.filter(*letters).values("pk"))
        return rows.filter(*[condition for group, condition in self.of_rows.items() if group != without])

    def matching(self, *, without: str = "") -> QuerySet:
        """Rows that hold the words, under every filter but those of one group."""
        return self.rows(without=without, rows=self.rows_with_words())

    # Items

    @property
    def keys(self) -> QuerySet:
        """The keys of the items in order. Reads the index only."""
        return self.ordered(self.matching()).values_list("pk", flat=True)

    @property
    def qs(self) -> QuerySet:
        """The items in order. To show some of many, ``items`` is faster."""
        return self.ordered(self.model.objects.filter(indexed__in=self.matching()), "indexed__")

    def items(self, rows: QuerySet) -> "Items":
        """The items in order, each as ``rows`` has it."""
        return Items(self.keys, rows, self.counts.first if self.order == choices.NEWEST else None)

    def published(self) -> QuerySet:
        """The rows of the items, each with the moment at which it became public (``published_at``), the latest first: a
        letter of 2009 that was added today comes before one of last year.
        """
        return self.matching().order_by("-published_at", "-pk")

    def ordered(self, rows: QuerySet, path: str = "") -> QuerySet:
        """Rows of the index, or with a ``path`` to it items, in the order asked for."""
        if self.order == choices.RELEVANCE:
            return self.by_relevance(rows, path)
        if self.order == choices.OLDEST:
            return rows.order_by(
                F(f"{path}ordered_on").asc(nulls_last=True), f"{path}letter_id", *self._in_letter(path)
            )
        return rows.order_by(
            F(f"{path}ordered_on").desc(nulls_last=True), f"-{path}letter_id", *self._in_letter(path)
        )

    def by_relevance(self, rows: QuerySet, path: str) -> QuerySet:
        raise NotImplementedError

    def _in_letter(self, path: str) -> Iterable[str]:
        return [f"{path}{column}" for column in self.order_in_letter]

    order_in_letter: tuple[str, ...] = ()

    # Numbers

    @property
    def counted(self) -> list[Facet | Period]:
        return [*self.facets, YEARS]

    @cached_property
    def version(self) -> str:
        """The version of the corpus, read before anything is counted."""
        return CorpusVersion.current()

    @cached_property
    def counts(self) -> Counts:
        return self._remembered("counts", lambda: count(self, self.counted))

    @cached_property
    def unchecked_count(self) -> int:
        """How many positions that nobody looked at are in what matches: those that ``ongecontroleerd=ja`` would add."""
        if self.sums_unchecked:
            return self.counts.unchecked
        return self._remembered("unchecked", self.unchecked().count)

    @property
    def sums_unchecked(self) -> bool:
        """Whether the rows that are counted anyway tell how many of their positions nobody looked at."""
        return False

    def _remembered(self, what: str, make):
        return remembered(
            self.version, f"{what} of {type(self).__name__}, {self.address.without('sorteer').pairs}", make
        )

    def unchecked(self) -> QuerySet:
        raise NotImplementedError

    def found(self) -> QuerySet | None:
        """The rows that hold the words, for counting; None when there are no words."""
        return self.rows_with_words() if self.words else None

    @property
    def columns(self) -> dict[str, str]:
        """What is counted of a row, and by what it is put in order, with the columns that have it."""
        end = self.unchecked_columns
        counted = {
            "letter_id": "letter_id",
            "topics": f"topic_set{end}_id",
            "stances": f"stances{end}",
            "session": "session",
        }
        return counted | {column: column for column in ["ordered_on", *self.order_in_letter]}

    def letters_of(self, hits: str, without: str) -> tuple[str, list]:
        """SQL for the letters of counted rows, each with the number of its items, and its parameters."""
        numbers = f"SELECT letter_id, count(*)::int AS number FROM {hits} GROUP BY letter_id"
        return letters_with(numbers), []


def letters_with(numbers: str) -> str:
    """SQL for letters, from SQL for their keys and how many items each has."""
    columns = f"SELECT number, {COLUMNS_OF_LETTER}"
    return f"{columns} FROM ({numbers}) AS numbers JOIN letters_indexedletter USING (letter_id)"
