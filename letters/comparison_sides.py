"""What stands on the two sides of a comparison: the checked positions of letters about two meetings, in rows.

A sentence in which two things are said is one sentence here, with both positions.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.comparison import Relation, Row, compare
from letters.filters import PositionList
from letters.filters.comparison_query import SIDES, ComparisonQuery
from letters.models import Letter, Position, QuotedSentence, by_sentence

#: Positions of one side: more than this nobody reads beside each other, and the page would become heavy.
MOST = 150


@dataclass(frozen=True)
class Side:
    """``held``: how many letters there are; ``count``: how many positions, of which ``sentences`` has none when they are too many.

    ``unchecked``: positions that nobody looked at yet; ``positions``: the list of what stands here.
    """

    name: str
    held: int
    count: int
    unchecked: int
    positions: PositionList
    sentences: tuple[QuotedSentence, ...] = ()

    @property
    def has_too_many(self) -> bool:
        return self.count > MOST


@dataclass(frozen=True, slots=True)
class ComparedRow:
    row: Row
    first: QuotedSentence | None
    second: QuotedSentence | None


@dataclass(frozen=True)
class Comparison:
    """``shared``: how many sentences were left out, for they are of a letter about both meetings."""

    first: Side
    second: Side
    shared: int = 0

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
        first, second = self.first.sentences, self.second.sentences
        return [
            ComparedRow(
                row,
                None if row.first is None else first[row.first],
                None if row.second is None else second[row.second],
            )
            for row in compare([one.text for one in first], [one.text for one in second])
        ]

    def count(self, relation: Relation) -> int:
        return sum(one.row.relation is relation for one in self.rows)

    @property
    def moved(self) -> int:
        return sum(one.row.is_moved for one in self.rows)


def comparison(query: ComparisonQuery) -> Comparison:
    """Both sides of a complete query, as the database has them now."""
    sides = [_side(query, side) for side in SIDES]
    if any(side.has_too_many for side in sides):
        return Comparison(*sides)
    of_both = _keys(sides[0]) & _keys(sides[1])
    without = [_without(side, of_both) for side in sides]
    return Comparison(*without, len(sides[0].sentences) - len(without[0].sentences))


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
        return _("Alleen in: %(side)s") % {"side": found.first.name}
    if row.relation is Relation.ONLY_SECOND:
        return _("Alleen in: %(side)s") % {"side": found.second.name}
    if row.relation is Relation.REPEATED:
        return _("Letterlijk herhaald, op een andere plaats") if row.is_moved else _("Letterlijk herhaald")
    return (
        _("In beide, andere woorden, op een andere plaats") if row.is_moved else _("In beide, andere woorden")
    )


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
        query.letters(side).counts.items,
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
    return Side(side.name, side.held, side.count, side.unchecked, side.positions, kept)
