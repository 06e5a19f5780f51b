"""A mutant: a letter with damage, the same one each time for the same seed, reader and number."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.fuzz import of_archives, of_bytes, of_pdfs, of_text, of_trees
from tests.fuzz.letters import letters

#: Part of the mutants that are damaged with no eye for their format; the others within it.
BLINDLY = 0.2
#: Part of the latter to which both happens.
BOTH = 0.05

WAYS: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {
    "pdf": of_pdfs.damaged,
    "docx": of_archives.damaged,
    "odt": of_archives.damaged,
    "html": partial(of_trees.damaged, is_html=True),
    "xml": of_trees.damaged,
    "txt": of_text.damaged,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    reader: str
    number: int
    name: str
    data: bytes


def make(seed: int, reader: str, number: int) -> Mutant:
    """Give mutant ``number`` of a reader."""
    chance = random.Random(f"{seed} {reader} {number}")  # noqa: S311 - to do the same again
    name, whole = chance.choice(letters()[reader])
    data = whole
    _name, other = chance.choice(letters()[reader])
    blindly = chance.random() < BLINDLY
    if not blindly:
        data = WAYS[reader](data, other, chance)
    if blindly or chance.random() < BOTH:
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = of_bytes.damaged(data, other, chance)
    while data == whole:  # some damage is none
        data = of_bytes.damaged(data, other, chance)
    return Mutant(reader, number, name, data)
