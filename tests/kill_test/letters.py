"""Hundreds of different letters, from those in tests/letters: the same letter of other years is another letter."""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, product
from pathlib import Path

LETTERS = Path(__file__).parent.parent / "letters"
# Letters with a date of their own, and without a paper number: so each year of each has an address of its own.
TEMPLATES = [
    "own-agenda-defensie-2031",
    "own-agenda-gezamenlijk-2026",
    "own-agenda-letters-2034",
    "own-verslag-top-2033",
    "unseen-agenda-2006-04-27",
    "unseen-agenda-2014-06-24",
    "unseen-agenda-2024-10-17",
    "unseen-verslag-2008-12-02",
    "unseen-verslag-2016-06-14",
    "unseen-verslag-2019-04-03",
    "unseen-verslag-2022-06-28",
    "unseen-verslag-2024-12-03",
]
YEARS_LATER = range(-14, 52)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # "11 juli 2033"
# "BZDOC-1221846327-14", "MINDEF20240038117", "DVB/NW-137/06", "4711815": with the same one it may be the same letter.
REFERENCE = re.compile(r"\b((?:BZDOC|MINDEF|BS|DVB|BZ|D)-?\d*[.-]?|DVB/NW-|\d\d)(\d{5}|\d{3}(?=/\d\d))\b")
EVERY = 6  # of so many letters, one has a second edition


@dataclass(frozen=True)
class LetterFile:
    path: Path
    sha256: str
    size: int


def write_letters(folder: Path):
    """Give one LetterFile after another, written to `folder`; now and then one is a second edition of the one before."""
    folder.mkdir()
    numbers = count(1)
    for number, (years, template) in enumerate(product(YEARS_LATER, TEMPLATES)):
        text = (LETTERS / f"{template}.txt").read_text()
        text = REFERENCE.sub(lambda found, number=number: f"{found[1]}{number:05}", text)
        text = YEAR.sub(lambda year, years=years: str(int(year[0]) + years), text)
        yield _write(folder / f"{next(numbers):04}-{template}.txt", text)
        if number % EVERY == 0:
            yield _write(folder / f"{next(numbers):04}-{template}-again.txt", f"{text}\n\n")


def _write(path: Path, text: str) -> LetterFile:
    data = text.encode()
    path.write_bytes(data)
    return LetterFile(path, sha256(data).hexdigest(), len(data))
