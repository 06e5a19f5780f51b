"""The three-way merge of a new reading with what is stored: pure functions, no database.

A value is replaced only where it still equals what the machine read before; a person's correction stays, and where
the new reading says something else again there is a conflict for a person to decide.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from letters.parsing.folding import fold

#: Base of a field that the machine never read before.
NEVER_READ = object()

#: Two paragraphs with at least this share of equal text are the same paragraph in other words.
SAME_PARAGRAPH = 0.6


@dataclass(frozen=True, slots=True)
class Merged:
    """``value`` is what must be stored; ``conflict`` says that a person must choose."""

    value: Any
    conflict: bool = False


def merge_value(current: Any, base: Any, new: Any) -> Merged:
    """Merge one value; ``base`` is what the machine read before, or ``NEVER_READ``."""
    if base is NEVER_READ:
        return (
            Merged(new)
            if is_blank(current)
            else Merged(current, conflict=new != current and not is_blank(new))
        )
    if current == base:
        return Merged(new)
    return Merged(current, conflict=new not in (current, base))


def is_blank(value: Any) -> bool:
    return value in ("", None, [], (), False)


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new text the index of the old text that it continues, or ``None``.

    A text that stands once in both is the same text wherever it moved. Between the others the order is kept: first
    equal texts, then texts that share most of their words.
    """
    if not old:
        return [None] * len(new)
    old_folded, new_folded = [fold(text) for text in old], [fold(text) for text in new]
    old_counts, new_counts = Counter(old_folded), Counter(new_folded)
    place = {text: index for index, text in enumerate(old_folded) if old_counts[text] == 1}
    pairs = [place.get(text) if new_counts[text] == 1 else None for text in new_folded]
    taken = {index for index in pairs if index is not None}
    left_old = [index for index in range(len(old)) if index not in taken]
    left_new = [index for index, pair in enumerate(pairs) if pair is None]
    rest = _align_in_order(
        [old_folded[index] for index in left_old], [new_folded[index] for index in left_new]
    )
    for index, pair in zip(left_new, rest, strict=True):
        pairs[index] = None if pair is None else left_old[pair]
    return pairs


def _align_in_order(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Equal texts first, and only among those that stand in both: a text that is gone cannot part what belongs together."""
    pairs: list[int | None] = [None] * len(new)
    of_old, of_new = set(old), set(new)
    in_old = [index for index, text in enumerate(old) if text in of_new]
    in_new = [index for index, text in enumerate(new) if text in of_old]
    equal = SequenceMatcher(
        None, [old[index] for index in in_old], [new[index] for index in in_new], autojunk=False
    )
    for block in equal.get_matching_blocks():
        for offset in range(block.size):
            pairs[in_new[block.b + offset]] = in_old[block.a + offset]
    _align_reworded(old, new, pairs)
    return pairs


def _align_reworded(old: Sequence[str], new: Sequence[str], pairs: list[int | None]) -> None:
    """Pair in ``pairs`` what stands between two equal texts on both sides and shares most of its words."""
    ends = [len(old)]  # for each new text, from the last one on: the old text that the next equal one is
    for pair in reversed(pairs):
        ends.append(ends[-1] if pair is None else pair)
    next_old = 0
    for position, text in enumerate(new):
        if pairs[position] is not None:
            next_old = pairs[position] + 1
            continue
        words = SequenceMatcher(None, (), text.split(), autojunk=False)
        for candidate in range(next_old, ends[len(new) - position]):
            words.set_seq1(old[candidate].split())
            if (
                words.real_quick_ratio() >= SAME_PARAGRAPH
                and words.quick_ratio() >= SAME_PARAGRAPH
                and words.ratio() >= SAME_PARAGRAPH
            ):
                pairs[position] = candidate
                next_old = candidate + 1
                break
