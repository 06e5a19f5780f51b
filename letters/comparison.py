"""Two lists of sentences laid side by side: what is repeated, what is in other words, what stands on one side only.

It says how the words differ, and nothing about what that means. Sentences are laid beside each other only when their words
say so: those of two letters on one subject share its names anyway ("Oekraïne", "Russische agressie"), so a sentence without
a clear counterpart stands alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from rapidfuzz.distance import Indel, LCSseq

from letters.parsing.folding import fold
from letters.parsing.likeness import content_words

#: Two sentences are one in other words from here on, of 1: the share of all their words that stand in both, in the same order,
#: and that share of the words that say what they are about. Of the 2,412 made-up sentences in ``tests/positions_*.toml`` it
#: brings 117 pairs together, nearly all meant as variants of one; at 0.5 it would be 262, with pairs that only begin alike
#: ("Ik heb mijn Turkse collega aangesproken op", "Ik heb mijn Amerikaanse collega bedankt voor").
ALIKE = 0.65
#: And so many of the words that say what it is about are in both: "Nederland steunt dit voorstel" is the beginning of anything.
SHARED = 3
#: Or with so many of these words in the same order, which is no chance any more, this share of both together, and of neither less
#: than half: "Het kabinet hecht aan een realistisch groeipad en vindt dat de uitvoering van het actieplan …" where the other
#: goes on in its own way. Of those made-up sentences it brings two more pairs together, both meant as variants of one.
MANY, ALIKE_WITH_MANY, LEAST = 5, 0.6, 0.5
#: Or the one holds the other: all that the shorter says it is about, at least so many words, and this share of all its words, in
#: the same order. "zoeken naar dialoog met China waar dat mogelijk is" stands in one with a clause put in and one behind it.
HELD, HELD_SHARE = 5, 0.8

#: A word with what is inside it ("F-16’s", "defensie-uitgaven", "2,5"), else one sign: "(", ",".
TOKEN = re.compile(r"\w+(?:[-‐‑'’.,/]\w+)*|[^\w\s]")
#: A token that is no word: a difference in it is marked, but it does not hold words apart.
SIGN = re.compile(r"[^\w\s]")


class Relation(Enum):
    """How a row's sides are related."""

    REPEATED = "repeated"
    CHANGED = "changed"
    ONLY_FIRST = "only-first"
    ONLY_SECOND = "only-second"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``differs`` when the other sentence does not have it there. Pieces joined are the sentence."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences beside each other: their places in the two lists, or None where a side has none.

    ``is_moved``: in both lists, but not in the order of the others.
    """

    relation: Relation
    first: int | None = None
    second: int | None = None
    is_moved: bool = False
    first_pieces: tuple[Piece, ...] = ()
    second_pieces: tuple[Piece, ...] = ()


def compare(first: Sequence[str], second: Sequence[str]) -> list[Row]:
    """Lay two lists of sentences side by side, each sentence once, in the order of the first list.

    What only the second has follows what it follows there. Dashes, quotes, spaces and capitals, which editions of a letter
    write differently, are no difference.
    """
    pairs = _pairs(first, second)
    in_order = _longest_in_order(pairs)
    return list(_rows(first, second, dict(pairs), in_order))


def likeness(first: str, second: str) -> float:
    """How far two sentences are the same in other words: 0 when they are not to be laid side by side, else up to 1."""
    return _likeness(_Sentence.of(first), _Sentence.of(second))


def pieces(first: str, second: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two sentences, each in parts that the other has too and parts that it does not have there."""
    found, others = list(TOKEN.finditer(first)), list(TOKEN.finditer(second))
    matcher = SequenceMatcher(None, _folded(found), _folded(others), autojunk=False)
    same, same_of_other = set(), set()
    for start, other, length in matcher.get_matching_blocks():
        same.update(range(start, start + length))
        same_of_other.update(range(other, other + length))
    return _joined(first, found, same), _joined(second, others, same_of_other)


# Which belong together


@dataclass(frozen=True, slots=True)
class _Sentence:
    folded: str
    words: tuple[str, ...]
    content: tuple[str, ...]  # in their order
    subject: frozenset[str]  # the same, each once

    @classmethod
    def of(cls, text: str) -> "_Sentence":
        words = tuple(word for word in _folded(TOKEN.finditer(text)) if not SIGN.fullmatch(word))
        content = tuple(word for word in words if content_words(word))
        return cls(fold(text), words, content, frozenset(content))


def _likeness(one: _Sentence, other: _Sentence) -> float:
    if one.folded == other.folded:
        return 1.0
    if len(one.subject & other.subject) < SHARED:
        return 0.0
    words = Indel.normalized_similarity(one.words, other.words)
    content = Indel.normalized_similarity(one.content, other.content)
    together = (words + content) / 2
    is_alike = (
        min(words, content) >= ALIKE
        or (
            min(words, content) >= LEAST
            and together >= ALIKE_WITH_MANY
            and LCSseq.similarity(one.content, other.content) >= MANY
        )
        or _holds(one, other)
        or _holds(other, one)
    )
    return together if is_alike else 0.0


def _holds(longer: _Sentence, shorter: _Sentence) -> bool:
    """Whether the one says what the other says, and more."""
    return (
        len(shorter.subject) >= HELD
        and shorter.subject <= longer.subject
        and LCSseq.similarity(longer.content, shorter.content) == len(shorter.content)
        and LCSseq.similarity(longer.words, shorter.words) >= HELD_SHARE * len(shorter.words)
    )


def _pairs(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The sentences that belong together, each at most once: the most alike first, of equals those nearest in place."""
    ones, others = [_Sentence.of(text) for text in first], [_Sentence.of(text) for text in second]
    alike = []
    for place, one in enumerate(ones):
        for other_place, other in enumerate(others):
            if found := _likeness(one, other):
                alike.append((-found, abs(place - other_place), place, other_place))
    taken, taken_of_other, pairs = set(), set(), []
    for _likeness_of_pair, _distance, place, other_place in sorted(alike):
        if place not in taken and other_place not in taken_of_other:
            taken.add(place)
            taken_of_other.add(other_place)
            pairs.append((place, other_place))
    return sorted(pairs)


def _longest_in_order(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Of pairs in the order of the first list the longest part that is in the order of the second too, by their first place.

    The others were moved.
    """
    ends: list[int] = []  # for each length the lowest second place with which a part of that length ends
    holders: list[int] = []  # and the pair that ends there
    before: dict[int, int | None] = {}
    for number, (_first, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before[number] = holders[length - 1] if length else None
        ends[length : length + 1], holders[length : length + 1] = [second], [number]
    found, number = set(), holders[-1] if holders else None
    while number is not None:
        found.add(pairs[number][0])
        number = before[number]
    return found


# Rows


def _rows(
    first: Sequence[str], second: Sequence[str], other_of: dict[int, int], in_order: set[int]
) -> Iterator[Row]:
    waiting = [place for place in range(len(second)) if place not in set(other_of.values())]
    for place, text in enumerate(first):
        other = other_of.get(place)
        if other is None:
            yield Row(Relation.ONLY_FIRST, place, first_pieces=(Piece(text),))
            continue
        if place in in_order:
            while waiting and waiting[0] < other:
                yield _only_second(second, waiting.pop(0))
        yield _side_by_side(first, second, place, other, is_moved=place not in in_order)
    for other in waiting:
        yield _only_second(second, other)


def _side_by_side(first, second, place: int, other: int, *, is_moved: bool) -> Row:
    if fold(first[place]) == fold(second[other]):
        parts = (Piece(first[place]),), (Piece(second[other]),)
        return Row(Relation.REPEATED, place, other, is_moved, *parts)
    return Row(Relation.CHANGED, place, other, is_moved, *pieces(first[place], second[other]))


def _only_second(second: Sequence[str], place: int) -> Row:
    return Row(Relation.ONLY_SECOND, second=place, second_pieces=(Piece(second[place]),))


# Words


def _folded(tokens) -> list[str]:
    return [fold(token[0]) for token in tokens]


def _joined(text: str, tokens: list[re.Match], same: set[int]) -> tuple[Piece, ...]:
    """The text in pieces. White space between two words that differ is part of what differs."""
    found: list[Piece] = []
    end, differed = 0, False
    for number, token in enumerate(tokens):
        differs = number not in same
        gap, word = text[end : token.start()], token[0]
        if found and differs == differed:
            found[-1] = Piece(found[-1].text + gap + word, differs)
        elif differs:
            found += [Piece(gap)] * bool(gap) + [Piece(word, True)]
        else:
            found.append(Piece(gap + word))
        end, differed = token.end(), differs
    if text[end:]:
        found.append(Piece(text[end:]))
    return tuple(found)
