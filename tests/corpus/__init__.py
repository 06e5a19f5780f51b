"""Letters that we wrote ourselves, in the formats in which real ones come: ``letters/`` holds one readable source per letter.

``python -m tests.corpus DIR`` (``script/corpus DIR``) writes ``DIR/letters`` and ``DIR/gold``; the tests do the same into a
temporary folder. README.md says which letter shows what.
"""

import json
from collections.abc import Callable
from pathlib import Path

from tests.corpus import docx, html, kamerstuk_xml, odt, pdf, plain
from tests.corpus.gold import gold_of
from tests.corpus.source import Kind, Letter, read_letters

__all__ = ["gold_of", "held_out", "read_letters", "write"]

COVER = (Kind.COVER, Kind.SIGNATURE)

#: Format → writer of one file. The key is also how the file's name ends.
SENT: dict[str, Callable[[Letter], bytes]] = {
    "docx": docx.sent,
    "odt": odt.sent,
    "pdf": pdf.sent,
    "blank.txt": lambda letter: plain.sent(letter, "blank"),
    "single.txt": lambda letter: plain.sent(letter, "single"),
    "wrapped.txt": lambda letter: plain.sent(letter, "wrapped"),
}
PUBLISHED: dict[str, Callable[[Letter], bytes]] = {
    "html": html.published,
    "saved.html": html.saved,
    "xml": kamerstuk_xml.published,
    "kamerwrk.xml": kamerstuk_xml.kamerwrk,
    "metadata.xml": kamerstuk_xml.metadata,
    "kst.pdf": pdf.published,
    "blank.txt": lambda letter: plain.published(letter, "blank"),
    "single.txt": lambda letter: plain.published(letter, "single"),
    "wrapped.txt": lambda letter: plain.published(letter, "wrapped"),
}
#: A letter that goes out as a cover and an annex: two files together are one letter.
IN_TWO: dict[str, Callable[[Letter], bytes]] = {
    "aanbieding.docx": lambda letter: docx.sent(
        letter, tuple(block for block in letter.edition("sent") if block.kind in COVER)
    ),
    "bijlage.docx": lambda letter: docx.sent(
        letter, tuple(block for block in letter.edition("sent") if block.kind not in COVER), letterhead=False
    ),
}


def write(folder: Path) -> None:
    """Write every letter in every one of its formats to ``folder``/letters, and gold to ``folder``/gold."""
    letters, gold = folder / "letters", folder / "gold"
    letters.mkdir(parents=True, exist_ok=True)
    gold.mkdir(exist_ok=True)
    for letter in read_letters():
        sent, published = _editions(letter)
        for name, data in _files(letter).items():
            (letters / name).write_bytes(data)
        text = json.dumps(gold_of(letter, sent, published), ensure_ascii=False, indent=1)
        (gold / f"{letter.name}.json").write_text(text + "\n", encoding="utf-8")


def held_out() -> frozenset[str]:
    """The names of the letters that who makes the rules of reading does not look at."""
    return frozenset(letter.name for letter in read_letters() if letter.held_out)


def _file(letter: Letter, edition: str, form: str) -> str:
    """``sent`` keeps the letter's own name, ``published`` has the paper's, as such files do."""
    return f"{letter.name if edition == 'sent' else letter.name + '.' + letter.published['paper']}.{form}"


def _editions(letter: Letter) -> tuple[list[str], list[str]]:
    """The files of both editions; files that are one letter together are one entry, with " + " between their names."""

    def names(edition: str, formats: list[str]) -> list[str]:
        return [" + ".join(_file(letter, edition, form) for form in entry.split(" + ")) for entry in formats]

    return (
        names("sent", letter.sent.get("formats", [])),
        names("published", letter.published.get("formats", [])),
    )


def _files(letter: Letter) -> dict[str, bytes]:
    written: dict[str, bytes] = {}
    for edition, writers, formats in (
        ("sent", SENT | IN_TWO, letter.sent.get("formats", [])),
        ("published", PUBLISHED, letter.published.get("formats", [])),
    ):
        for form in dict.fromkeys(form for entry in formats for form in entry.split(" + ")):
            written[_file(letter, edition, form)] = writers[form](letter)
    return written
