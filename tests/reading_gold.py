"""What the gold of a letter says that its blocks must be."""

import json
import re
from pathlib import Path

HERE = Path(__file__).parent

#: "Sessie 1: " in front of a heading, which gold leaves out
SESSION = re.compile(r"^sessie \d+: ")
#: "1. " in front of a paragraph, which gold leaves out when it compares
NUMBER = re.compile(r"^\d+\. ")


def fold(text: str) -> str:
    """Make white space, dashes, quotes and case equal, as the gold's README says."""
    text = re.sub("[‐-―−]", "-", text)
    text = re.sub("[“”„«»]", '"', text)
    text = re.sub("[‘’‚‛]", "'", text)
    return " ".join(text.split()).casefold()


def gold(letter: str) -> dict:
    return json.loads((HERE / "gold" / f"{letter}.json").read_text())


def gold_blocks(letter: str) -> list[str]:
    """The headings and paragraphs of a letter, in order."""
    blocks = []
    for section in gold(letter)["sections"]:
        if section["heading"]:
            blocks.append(fold(section["heading"]))
        blocks.extend(NUMBER.sub("", fold(paragraph), count=1) for paragraph in section["paragraphs"])
    return blocks


def body_blocks(document, first: str) -> list[str]:
    """The blocks of a document from the one that reads ``first``, in the same form."""
    blocks = [SESSION.sub("", fold(block.text), count=1) for block in document.blocks]
    return blocks[blocks.index(first) :]
