"""The three lists over one form: passages, positions and letters. Pages, feeds, files and API read them from here."""

# ruff: noqa: S608 - pieces of the query that counts: names in the code; values are parameters

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from letters import search
from letters.filters.facets import POSITION
from letters.filters.filtered_list import FilteredList, letters_with
from letters.models import IndexedLetter, IndexedPassage, IndexedPosition, Letter, Paragraph, Position
from letters.models.index import WordsOfParagraph, WordsOfPosition


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

    def published(self):
        rows = self.matching().annotate(published_at=F("letter__published_at"))
        return rows.order_by("-published_at", "-pk")

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
        return self.letters.order_by("-published_at", "-pk")

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
            return letters_with(numbers), []
        bare = IndexedLetter.objects.filter(*conditions.values(), has_passages=False)
        if self.words:
            bare = bare.filter(pk__in=_letters_about(self.words).values("pk"))
        sql, params = bare.values_list("pk").query.get_compiler(self.database).as_sql()
        return letters_with(f"{numbers} UNION SELECT letter_id, 1 FROM ({sql}) AS bare (letter_id)"), params


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
