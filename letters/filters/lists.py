"""The three lists over one form: passages, positions and letters. Pages, feeds, files and API read them from here."""

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from letters import search
from letters.filters import choices
from letters.filters.corpus.packed import columns
from letters.filters.facets import POSITION
from letters.filters.filtered_list import FilteredList, Items
from letters.filters.hits import Hits
from letters.models import IndexedLetter, IndexedPassage, IndexedPosition, Letter, Paragraph, Position
from letters.models.index import WordsOfParagraph, WordsOfPosition


class ListOfPassages(FilteredList):
    """A list whose items are found by their passages."""

    shown_facets = (
        "onderwerp", "soort", "niveau", "standpunt", "moment", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip

    @property
    def table(self):
        return self.corpus.passages

    @property
    def rows_with_words(self) -> np.ndarray:
        """The passages that hold the words."""
        rows = IndexedPassage.objects.alias(search=WordsOfParagraph("paragraph"))
        found = rows.filter(search=search.passages_query(self.words))
        return self.corpus.words.rows(
            "passages", self.words, lambda: self.table.rows_of(*columns(found, "pk"))
        )

    def with_words(self):
        return self.table.flagged(self.rows_with_words) if self.words else None

    @property
    def unchecked_count(self):
        positions = self.corpus.positions
        passages = self.table.flagged(self.hits(without=POSITION).rows)
        found = passages[positions.passage] & ~positions.is_checked
        chosen = self.filters["standpunt"].having(positions, self.cleaned, True)
        return int(np.count_nonzero(found if chosen is None else found & chosen))

    def relevance_of_passages(self, rows: np.ndarray) -> np.ndarray:
        """How well each of these passages answers the words."""
        found = Paragraph.objects.filter(key_is_one_of(self.table.keys[rows]))
        keys, ranks = columns(found, "pk", search.paragraph_rank(self.words))
        return in_order_of(self.table.keys[rows], keys, ranks)


class PassageList(ListOfPassages):
    """Paragraphs of published letters."""

    route = "search"
    all_items = _("Alle passages")
    model = Paragraph

    def relevance(self, rows):
        return self.relevance_of_passages(rows)


class PositionList(FilteredList):
    """Dutch positions: checked ones, with ``ongecontroleerd=ja`` also those that nobody looked at."""

    route = "positions"
    all_items = _("Alle standpunten")
    model = Position

    shown_facets = (
        "onderwerp", "standpunt", "moment", "soort", "niveau", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip

    @property
    def table(self):
        return self.corpus.positions

    @property
    def rows_with_words(self) -> np.ndarray:
        """The positions that hold the words, whoever looked at them."""
        rows = IndexedPosition.objects.alias(search=WordsOfPosition("position"))
        found = rows.filter(search=search.words_query(self.words))
        return self.corpus.words.rows(
            "positions", self.words, lambda: self.table.rows_of(*columns(found, "pk"))
        )

    def with_words(self):
        return self.table.flagged(self.rows_with_words) if self.words else None

    def find(self, without):
        rows = super().find(without).rows
        return Hits(self.table, rows if self.shows_unchecked else rows[self.table.is_checked[rows]])

    def still_public(self, rows):
        return rows.filter(
            **{} if self.shows_unchecked else {"indexed__is_checked": True}, indexed__isnull=False
        )

    def items_by_meeting(self, rows: QuerySet) -> Items:
        """The items in another order: the latest meeting first and of one meeting the latest letter, or the earliest."""
        earliest = self.order == choices.OLDEST
        order = self.table.earliest_meeting_first if earliest else self.table.latest_meeting_first
        return Items(self.table.keys[self.in_order(order)], self.still_public(rows))

    def relevance(self, rows):
        found = Position.objects.filter(key_is_one_of(self.table.keys[rows]))
        keys, ranks = columns(found, "pk", search.rank(self.words))
        return in_order_of(self.table.keys[rows], keys, ranks)

    @property
    def unchecked_count(self):
        return int(np.count_nonzero(~self.table.is_checked[super().find("").rows]))


class LetterList(ListOfPassages):
    """Letters with a passage that satisfies the filters. Words may stand in the letter's subject instead."""

    route = "letters"
    all_items = _("Alle brieven")
    model = Letter

    @property
    def item_table(self):
        return self.corpus.letters

    @property
    def item_rows(self):
        return self.hits().letter_rows

    @property
    def letters_about(self) -> np.ndarray:
        """For each letter whether its subject holds the words."""
        letters = self.corpus.letters
        found = IndexedLetter.objects.alias(subject_vector=F("subject")).filter(
            search.subjects_with(self.words)
        )
        rows = self.corpus.words.rows("letters", self.words, lambda: letters.rows_of(*columns(found, "pk")))
        return letters.flagged(rows)

    def with_words(self):
        """Of a letter with the words in its subject every passage counts."""
        return super().with_words() | self.letters_about[self.table.letter] if self.words else None

    def find(self, without):
        rows = super().find(without).rows
        found = self.corpus.letters.flagged(self.table.letter[rows])
        if not self.of_rows.keys() - {without}:  # else a passage must satisfy something
            bare = ~self.corpus.letters.has_passages
            letters = self._all_of(self.of_letters, without)
            for flags in (letters, self.letters_about if self.words else None):
                bare = bare if flags is None else bare & flags
            found |= bare
        return Hits(self.table, rows, np.flatnonzero(found))

    def relevance(self, rows):
        """That of the best of a letter's passages that hold the words; of one with the words in its subject only, none."""
        best = np.full(len(self.corpus.letters), -np.inf)
        passages = self.rows_with_words
        np.maximum.at(best, self.table.letter[passages], self.relevance_of_passages(passages))
        return best[rows]


def key_is_one_of(keys: np.ndarray) -> Func:
    """A condition on rows. ``pk__in`` has a parameter for each key, and there may be a hundred thousand."""
    among = Value(keys.tolist(), ArrayField(BigIntegerField()))
    return Func(
        F("pk"), among, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField()
    )


def in_order_of(wanted: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values that belong to keys, in the order of the ``wanted`` ones; -inf for those that are not among the keys."""
    found = dict(zip(keys.tolist(), values.tolist(), strict=True))
    return np.array([found.get(key, -np.inf) for key in wanted.tolist()])
