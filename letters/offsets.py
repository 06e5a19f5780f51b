"""Offsets into a text that is corrected: where a place in the old text lies in the new one."""

import re
from difflib import SequenceMatcher

#: A word with the white space after it, or white space at the start: "kabinet ", "\n".
WORD = re.compile(r"\S+\s*|\s+")
#: Replaced words up to this length are compared letter by letter; beyond it the time would grow with the square.
LONGEST_COMPARED = 200


class OffsetCarrier:
    """Maps character offsets of ``old`` to ``new``.

    A place between letters that stayed keeps its letters; a place inside what was replaced lands at the end of that.
    """

    def __init__(self, old: str, new: str):
        self.length = len(new)
        prefix = _shared(old, new)
        suffix = _shared(old[prefix:][::-1], new[prefix:][::-1])
        old_end, new_end = len(old) - suffix, len(new) - suffix
        self.changes = [
            ("equal", 0, prefix, 0, prefix),
            *_changes(old, new, (prefix, old_end, prefix, new_end)),
            ("equal", old_end, len(old), new_end, len(new)),
        ]

    def __call__(self, offset: int) -> int:
        for tag, start, end, new_start, new_end in self.changes:
            if start <= offset < end:
                return new_start + offset - start if tag == "equal" else new_end
        return self.length


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _changes(old: str, new: str, span: tuple[int, int, int, int]):
    """The opcodes of ``SequenceMatcher`` in characters: words are compared first, letters within what was replaced."""
    old_start, old_end, new_start, new_end = span
    old_words, new_words = WORD.findall(old[old_start:old_end]), WORD.findall(new[new_start:new_end])
    old_places, new_places = _places(old_words, old_start), _places(new_words, new_start)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        start, end, into, until = old_places[i1], old_places[i2], new_places[j1], new_places[j2]
        if tag == "replace" and end - start <= LONGEST_COMPARED and until - into <= LONGEST_COMPARED:
            letters = SequenceMatcher(None, old[start:end], new[into:until], autojunk=False)
            for tag_, a, b, c, d in letters.get_opcodes():
                yield tag_, start + a, start + b, into + c, into + d
        else:
            yield tag, start, end, into, until


def _places(words: list[str], start: int) -> list[int]:
    """Where each word begins, and where the last one ends."""
    places = [start]
    for word in words:
        places.append(places[-1] + len(word))
    return places
