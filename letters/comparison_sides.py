"""What stands on the two sides of a comparison: the checked positions of letters about two meetings, in rows.

A sentence in which two things are said is one sentence here, with both positions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.comparison import Relation, Row, compare
from letters.comparison_places import Place, places
from letters.filters import LetterList, PositionList
from letters.filters.comparison_query import SIDES, ComparisonQuery
from letters.models import Letter, Position, QuotedSentence, by_sentence

#: A row with one side only, of the first and of the second.
ALONE = (Relation.ONLY_FIRST, Relation.ONLY_SECOND)
#: Positions of one side: more than this nobody reads beside each other, and the page would become heavy.
MOST = 150
#: Stands in a sentence of the page where a link comes.
PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Side:
    """``letters``: those that there are; ``count``: how many positions, of which ``sentences`` has none when they are too many.

    ``unchecked``: positions that nobody looked at yet; ``positions``: the list of what stands here; ``left_out``: sentences
    that are not compared, for they are of a letter about both meetings.
    """

    name: str
    letters: LetterList
    count: int
    unchecked: int
    positions: PositionList
    sentences: tuple[QuotedSentence, ...] = ()
    left_out: tuple[QuotedSentence, ...] = ()

    @property
    def held(self) -> int:
        return self.letters.counts.items

    @property
    def has_too_many(self) -> bool:
        return self.count > MOST


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """``elsewhere``: where a letter of the other side has the words of a row with one side only all the same."""

    row: Row
    first: QuotedSentence | None
    second: QuotedSentence | None
    elsewhere: Place | None = None


class Columns(NamedTuple):
    """Rows that follow each other with one side only, by their side: above each stands once what they are."""

    first: tuple[ComparedRow, ...]
    second: tuple[ComparedRow, ...]


@dataclass(frozen=True)
class Comparison:
    """``topics``: what is compared is about these, in words; "" for all."""

    first: Side
    second: Side
    topics: str = ""

    @property
    def shared(self) -> int:
        """How many sentences were left out, for they are of a letter about both meetings."""
        return len(self.first.left_out)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second

    @property
    def has_too_many(self) -> bool:
        return any(side.has_too_many for side in self.sides)

    @property
    def is_comparable(self) -> bool:
        """Whether something stands on both sides: beside nothing, everything would seem to be left out there."""
        return all(side.count for side in self.sides) and not self.has_too_many

    @cached_property
    def rows(self) -> list[ComparedRow]:
        if not self.is_comparable:
            return []
        first, second = ([one.text for one in side.sentences] for side in self.sides)
        rows = compare(first, second)
        of_first = _elsewhere([first[row.first] for row in rows if row.second is None], self.second)
        of_second = _elsewhere([second[row.second] for row in rows if row.first is None], self.first)
        return [self._compared(row, of_first, of_second) for row in rows]

    def _compared(self, row: Row, of_first: dict[str, Place], of_second: dict[str, Place]) -> ComparedRow:
        first = None if row.first is None else self.first.sentences[row.first]
        second = None if row.second is None else self.second.sentences[row.second]
        if second is None:
            return ComparedRow(row, first, None, of_first.get(first.text))
        if first is None:
            return ComparedRow(row, None, second, of_second.get(second.text))
        return ComparedRow(row, first, second)

    @property
    def parts(self) -> list[ComparedRow | Columns]:
        """The rows as they are shown: those that follow each other with one side only stand together."""
        shown: list[ComparedRow | Columns] = []
        for is_alone, group in groupby(self.rows, key=lambda one: one.row.relation in ALONE):
            rows = tuple(group)
            shown += [Columns(*(_of(rows, relation) for relation in ALONE))] if is_alone else rows
        return shown

    def count(self, relation: Relation) -> int:
        return sum(one.row.relation is relation for one in self.rows)

    @property
    def moved(self) -> int:
        return sum(one.row.is_moved for one in self.rows)


def comparison(query: ComparisonQuery) -> Comparison:
    """Both sides of a complete query, as the database has them now."""
    sides = [_side(query, side) for side in SIDES]
    of_both = _keys(sides[0]) & _keys(sides[1])
    return Comparison(*(_without(side, of_both) for side in sides), query.topics_in_words)


def title(query: ComparisonQuery) -> str:
    """ "Formuleringen vergeleken: Oekraïne · 28–29 november 2023 – …"."""
    first, second = (query.in_words(side) for side in SIDES)
    words = {"topics": query.topics_in_words, "first": first, "second": second}
    if query.cleaned["onderwerp"]:
        return _("Formuleringen vergeleken: %(topics)s · %(first)s naast %(second)s") % words
    return _("Formuleringen vergeleken: %(first)s naast %(second)s") % words


def relation_in_words(row: Row, found: Comparison) -> str:
    """How the sides of a row are related; not why, nor what it means."""
    if row.relation is Relation.ONLY_FIRST:
        return _("Als nagekeken standpunt alleen in: %(side)s") % {"side": found.first.name}
    if row.relation is Relation.ONLY_SECOND:
        return _("Als nagekeken standpunt alleen in: %(side)s") % {"side": found.second.name}
    if row.relation is Relation.REPEATED:
        return _("Letterlijk herhaald, op een andere plaats") if row.is_moved else _("Letterlijk herhaald")
    return (
        _("In beide, andere woorden, op een andere plaats") if row.is_moved else _("In beide, andere woorden")
    )


def elsewhere_in_words(row: ComparedRow, found: Comparison) -> tuple[str, str]:
    """That a letter of the other side has these words too: what is said before the place, which is a link, and after it."""
    other = found.second if row.second is None else found.first
    if row.elsewhere.is_checked:
        words = ngettext(
            "Deze zin staat ook in de andere brief (%(place)s).",
            "Deze zin staat ook in een van de andere brieven (%(place)s).",
            other.held,
        )
    elif found.topics:
        words = ngettext(
            "Deze zin staat ook in de andere brief (%(place)s), daar niet als nagekeken standpunt over %(topics)s.",
            "Deze zin staat ook in een van de andere brieven (%(place)s), daar niet als nagekeken standpunt over %(topics)s.",
            other.held,
        )
    else:
        words = ngettext(
            "Deze zin staat ook in de andere brief (%(place)s), daar niet als nagekeken standpunt.",
            "Deze zin staat ook in een van de andere brieven (%(place)s), daar niet als nagekeken standpunt.",
            other.held,
        )
    before, _place, after = (words % {"place": PLACE, "topics": found.topics}).partition(PLACE)
    return before, after


def counts_in_words(side: Side) -> str:
    """How many positions stand on a side, and how many do not: nobody looked at those yet."""
    words = ngettext("%(count)s standpunt", "%(count)s standpunten", side.count) % {"count": side.count}
    if not side.unchecked:
        return words
    left = ngettext(
        "Nog %(count)s is niet nagekeken, en staat hier niet.",
        "Nog %(count)s zijn niet nagekeken, en staan hier niet.",
        side.unchecked,
    )
    return f"{words}. {left % {'count': side.unchecked}}"


def shared_in_words(found: Comparison) -> str:
    """That a letter about both meetings is not compared with itself."""
    words = ngettext(
        "%(count)s zin staat in een brief over beide bijeenkomsten; die is hier niet met zichzelf vergeleken.",
        "%(count)s zinnen staan in een brief over beide bijeenkomsten; die is hier niet met zichzelf vergeleken.",
        found.shared,
    )
    return words % {"count": found.shared}


def _side(query: ComparisonQuery, side: str) -> Side:
    filtered = query.positions(side)
    count = filtered.counts.items
    found = filtered.items(Position.objects.with_context())[: MOST + 1] if count <= MOST else []
    return Side(
        query.in_words(side),
        query.letters(side),
        count,
        filtered.unchecked_count,
        filtered,
        tuple(by_sentence(sorted(found, key=_turn))),
    )


def _turn(position: Position) -> tuple:
    """The agenda's before the report's, and of one letter as it has them."""
    letter = position.letter
    kind = Letter.Kind.values.index(letter.kind)
    return kind, str(letter.date or ""), letter.pk, position.paragraph.order, position.start, position.pk


def _keys(side: Side) -> set[int]:
    return {sentence.position.pk for sentence in side.sentences}


def _without(side: Side, keys: set[int]) -> Side:
    kept = tuple(one for one in side.sentences if one.position.pk not in keys)
    left_out = tuple(one for one in side.sentences if one.position.pk in keys)
    return replace(side, sentences=kept, left_out=left_out)


def _elsewhere(sentences: Sequence[str], other: Side) -> dict[str, Place]:
    return places(sentences, [*other.sentences, *other.left_out], other.letters.keys.tolist())


def _of(rows: Sequence[ComparedRow], relation: Relation) -> tuple[ComparedRow, ...]:
    return tuple(one for one in rows if one.row.relation is relation)
