"""The three lists over one form: passages, positions and letters. Pages, feeds, files and API read them from here.

They read the search index (``letters.models.index``) for what satisfies the filters, in which order, and how many there
are; only of what is shown they read the rows themselves.
"""

# ruff: noqa: S608 - pieces of the query that counts: names in the code; values are parameters

from collections.abc import Iterable
from functools import cached_property

from django.db.models import F, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from letters import search
from letters.filters import choices, facets
from letters.filters.counts import COLUMNS_OF_LETTER, FIRST, Counts, count
from letters.filters.facets import LETTER_DATES, POSITION, YEARS, Facet, LetterFacet, Period
from letters.filters.query import ListQuery
from letters.filters.remembered import remembered
from letters.models import (
    CorpusVersion,
    IndexedLetter,
    IndexedPassage,
    IndexedPosition,
    Letter,
    Paragraph,
    Position,
)
from letters.models.index import WordsOfParagraph, WordsOfPosition


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
    def words(self) -> str:
        return self.cleaned["q"].value if self.cleaned["q"] else ""

    @property
    def shows_unchecked(self) -> bool:
        return bool(self.cleaned["ongecontroleerd"])

    @property
    def order(self) -> str:
        return self.cleaned["sorteer"].value if self.cleaned["sorteer"] else choices.NEWEST

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
        """The items with the moment at which each became public (``published_at``), the latest first: a letter of 2009
        that was added today comes before one of last year.
        """
        found = self.model.objects.filter(indexed__in=self.matching())
        return found.annotate(published_at=F(self.publication)).order_by("-published_at", "-pk")

    publication = "indexed__letter__published_at"

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
        return remembered(self.version, f"{what} of {self.route}, {self.address.without('sorteer')}", make)

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
        return _letters_with(numbers), []


def _letters_with(numbers: str) -> str:
    columns = f"SELECT number, {COLUMNS_OF_LETTER}"
    return f"{columns} FROM ({numbers}) AS numbers JOIN letters_indexedletter USING (letter_id)"


class ListOfPassages(FilteredList):
    """A list whose items are found by their passages."""

    index = IndexedPassage
    shown_facets = (
        "onderwerp", "soort", "niveau", "standpunt", "moment", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip

    @property
    def unchecked_columns(self):
        return "_unchecked" if self.shows_unchecked else ""

    def rows_with_words(self):
        return _passages_with(self.words)

    @property
    def columns(self):
        return super().columns | {"unchecked": "unchecked"}

    @property
    def sums_unchecked(self):
        return POSITION not in self.groups

    def unchecked(self):
        passages = self.matching(without=POSITION)
        rows = IndexedPosition.objects.filter(is_checked=False, paragraph__in=passages.values("pk"))
        condition = self.of_rows.get(POSITION)
        return rows if condition is None else rows.filter(self.filters["standpunt"].condition(self.cleaned))


class PassageList(ListOfPassages):
    """Paragraphs of published letters."""

    route = "search"
    all_items = _("Alle passages")
    model = Paragraph
    order_in_letter = ("order", "paragraph_id")

    def by_relevance(self, rows, path):
        words = "" if path else "paragraph__"
        return rows.order_by(
            search.paragraph_rank(self.words, words).desc(),
            F(f"{path}ordered_on").desc(nulls_last=True),
            f"{path}letter_id",
            *self._in_letter(path),
        )


class PositionList(FilteredList):
    """Dutch positions: checked ones, with ``ongecontroleerd=ja`` also those that nobody looked at."""

    route = "positions"
    all_items = _("Alle standpunten")
    model = Position
    index = IndexedPosition
    publication = "indexed__published_at"
    order_in_letter = ("order", "start", "position_id")

    shown_facets = (
        "onderwerp", "standpunt", "moment", "soort", "niveau", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip

    def rows_with_words(self):
        rows = (
            IndexedPosition.objects.all()
            if self.shows_unchecked
            else IndexedPosition.objects.filter(is_checked=True)
        )
        return _positions_with(rows, self.words)

    @property
    def by_meeting(self) -> QuerySet:
        """The keys in another order: the latest meeting first, and of one meeting the latest letter."""
        return (
            self.matching()
            .order_by(
                F("letter__begun_on").desc(nulls_last=True),
                F("letter__date").desc(nulls_last=True),
                "-letter_id",
                *self.order_in_letter,
            )
            .values_list("pk", flat=True)
        )

    def rows(self, *, without="", rows=None):
        if rows is None and not self.words:
            rows = self.rows_with_words()
        return super().rows(without=without, rows=rows)

    def by_relevance(self, rows, path):
        words = "" if path else "position__"
        return rows.order_by(
            search.rank(self.words, words).desc(),
            F(f"{path}ordered_on").desc(nulls_last=True),
            f"{path}letter_id",
            *self._in_letter(path),
        )

    def unchecked(self):
        rows = IndexedPosition.objects.filter(is_checked=False)
        return self.rows(rows=_positions_with(rows, self.words))


class LetterList(ListOfPassages):
    """Letters with a passage that satisfies the filters. Words may stand in the letter's subject instead."""

    route = "letters"
    all_items = _("Alle brieven")
    model = Letter
    counts_letters = True
    publication = "indexed__published_at"

    @property
    def letters(self) -> QuerySet:
        """The rows of the letters that satisfy everything."""
        letters = IndexedLetter.objects.filter(*self.of_letters.values())
        asked = IndexedPassage.objects.filter(*self.of_rows.values())
        if self.words:
            by_passage = Q(pk__in=self.rows(rows=_passages_with(self.words)).values("letter"))
            by_subject = Q(pk__in=_letters_about(self.words).values("pk"))
            if self.of_rows:
                by_subject &= Q(pk__in=asked.values("letter"))
            return letters.filter(by_passage | by_subject)
        return letters.filter(pk__in=asked.values("letter")) if self.of_rows else letters

    @property
    def keys(self):
        return self.ordered(self.letters).values_list("pk", flat=True)

    @property
    def qs(self):
        return self.ordered(Letter.objects.filter(indexed__in=self.letters), "indexed__")

    def published(self):
        found = Letter.objects.filter(indexed__in=self.letters)
        return found.annotate(published_at=F(self.publication)).order_by("-published_at", "-pk")

    def by_relevance(self, rows, path):
        passages = _passages_with(self.words).filter(letter=OuterRef("pk")).order_by()
        ranked = passages.values("letter").annotate(
            best=Max(search.paragraph_rank(self.words, "paragraph__"))
        )
        return rows.order_by(
            Subquery(ranked.values("best")).desc(nulls_last=True),
            F(f"{path}date").desc(nulls_last=True),
            "-pk",
        )

    def found(self):
        """Of a letter with the words in its subject every passage counts."""
        if not self.words:
            return None
        passages = _passages_with(self.words)
        others = IndexedPassage.objects.filter(letter__in=_letters_about(self.words).values("pk"))
        return passages.union(others.exclude(pk__in=passages.values("pk")), all=True)

    def letters_of(self, hits, without):
        numbers = f"SELECT DISTINCT letter_id, 1 AS number FROM {hits}"
        conditions = {group: one for group, one in self.of_letters.items() if group != without}
        if self.of_rows.keys() - {without}:
            return _letters_with(numbers), []
        bare = IndexedLetter.objects.filter(*conditions.values(), has_passages=False)
        if self.words:
            bare = bare.filter(pk__in=_letters_about(self.words).values("pk"))
        sql, params = bare.values_list("pk").query.get_compiler(self.database).as_sql()
        return _letters_with(f"{numbers} UNION SELECT letter_id, 1 FROM ({sql}) AS bare (letter_id)"), params


def _passages_with(words: str) -> QuerySet[IndexedPassage]:
    rows = IndexedPassage.objects.all()
    if not words:
        return rows
    return rows.alias(search=WordsOfParagraph("paragraph")).filter(search=search.passages_query(words))


def _positions_with(rows: QuerySet[IndexedPosition], words: str) -> QuerySet[IndexedPosition]:
    if not words:
        return rows
    return rows.alias(search=WordsOfPosition("position")).filter(search=search.words_query(words))


def _letters_about(words: str) -> QuerySet[IndexedLetter]:
    return IndexedLetter.objects.alias(subject_vector=F("subject")).filter(search.subjects_with(words))
