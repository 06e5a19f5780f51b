"""What the two editions of a letter have in common for every format: the ministry's, as sent, and the official one, as published.

The official edition has no letterhead, salutation or subject line, but a dossier line, a number and the sender in capitals,
and its editors change the text: "28-29 november" becomes "28–29 november", "ministers" "Ministers", “eenheid” «eenheid».
"""

import datetime
import re
from dataclasses import replace

from tests.corpus.source import Block, Kind, Letter, Run

EDITORS_CHANGES = (
    (re.compile(r"(?<=\d)-(?=\d{1,2} [a-z])"), "–"),
    (re.compile(r"\bminister(?=s?\b)(?!-)"), "Minister"),
    (re.compile(r"[“\"]([^”\"]*)[”\"]"), r"«\1»"),
)
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def official(text: str) -> str:
    for pattern, replacement in EDITORS_CHANGES:
        text = pattern.sub(replacement, text)
    return text


def published_blocks(letter: Letter) -> tuple[Block, ...]:
    return tuple(_official_block(block) for block in letter.edition("published"))


def published_notes(letter: Letter) -> dict[str, str]:
    return {mark: official(text) for mark, text in letter.notes.items()}


def date_of(letter: Letter) -> datetime.date:
    """The date of the official edition."""
    return letter.gold.get("published", {}).get("date") or letter.gold["date"]


def look(letter: Letter, level: int) -> str:
    """How a heading of this level looks: bold, italic, underlined, capitals or plain."""
    return letter.headings[min(level, len(letter.headings)) - 1]


def _official_block(block: Block) -> Block:
    if block.kind == Kind.TITLE:
        return block
    runs = tuple(Run(official(run.text), run.emphasis, run.note) for run in block.runs)
    return replace(
        block,
        runs=runs,
        cells=tuple(official(cell) for cell in block.cells),
        office=block.office if block.office.isupper() else official(block.office),
    )
