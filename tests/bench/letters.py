"""Hundreds of letters from our own: of another year, under other numbers, and each without some of its sentences."""

import random
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.corpus import docx, html, kamerstuk_xml
from tests.corpus.source import LETTERS as SOURCES
from tests.corpus.source import read_letter
from tests.kill_test.letters import REFERENCE, YEAR

TEXTS = Path(__file__).parent.parent / "letters"
YEARS_LATER = range(-20, 60)
#: The committee's questions without answers: refused, as no letter of a minister.
NO_LETTERS = {"own-inbreng-2032"}

#: "Nr. 1049": the first of a letter is its own number, as in "kst-28676-1049".
NUMBER = re.compile(r"\b[Nn]r\. ?(\d{2,4})\b")
#: A sentence inside a paragraph that is not a quotation or a list.
SENTENCE = re.compile(r"(?<=[a-z]\. )[A-Z][a-z][^.\n“”{}|\[]{40,200}\.(?= [A-Z])")
LEFT_OUT = 0.15  # of the sentences


def write_letters(folder: Path, number: int, seed: int = 1) -> list[Path]:
    """Write so many letters, as text, DOCX, HTML and official XML, and return their files in order."""
    folder.mkdir(parents=True)
    chance, numbers, written = random.Random(seed), count(2000), []  # noqa: S311 - the same letters each time
    sources = [*sorted(TEXTS.glob("*.txt")), *sorted(SOURCES.glob("*.md"))]
    sources = [source for source in sources if source.stem not in NO_LETTERS]
    for years in YEARS_LATER:
        for source in sources:
            for data, suffix in _editions(source, years, next(numbers), chance):
                written.append(folder / f"{len(written) + 1:05}-{source.stem}{suffix}")
                written[-1].write_bytes(data)
                if len(written) == number:
                    return written
    raise ValueError(f"{number} letters; at most {len(written)} are different")


def _editions(source: Path, years: int, number: int, chance: random.Random) -> Iterator[tuple[bytes, str]]:
    """The letter of another year, in one of the formats that it has; nothing when that year has no such day, or it none of them."""
    text = _varied(source.read_text(encoding="utf-8", errors="replace"), years, number, chance)
    if source.suffix == ".txt":
        yield text.encode(), ".txt"
        return
    with TemporaryDirectory() as folder:
        varied = Path(folder, source.name)
        varied.write_text(text, encoding="utf-8")
        try:
            letter = read_letter(varied)
        except ValueError:  # 29 February
            return
    writers = {
        ".docx": (docx.sent, "docx" in letter.sent.get("formats", [])),
        ".html": (html.published, "html" in letter.published.get("formats", [])),
        ".xml": (kamerstuk_xml.published, "xml" in letter.published.get("formats", [])),
    }
    possible = [(writer, suffix) for suffix, (writer, has) in writers.items() if has]
    if possible:
        writer, suffix = possible[number % len(possible)]
        yield writer(letter), suffix


def _varied(text: str, years: int, number: int, chance: random.Random) -> str:
    own = NUMBER.search(text)
    if own:
        text = re.sub(rf"\b([Nn]r\. ?|kst-\d{{5}}-){own[1]}\b", rf"\g<1>{number}", text)
    text = REFERENCE.sub(lambda found: f"{found[1]}{number:05}", text)
    text = YEAR.sub(lambda year: str(int(year[0]) + years), text)
    return SENTENCE.sub(lambda found: "" if chance.random() < LEFT_OUT else found[0], text)
