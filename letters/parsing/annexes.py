"""The annexes behind a letter: statements in English, lists, tables."""

import re
from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.dates import find_dates
from letters.parsing.document import Block
from letters.parsing.headings import (
    ANNEX,
    LONGEST_TITLE,
    could_be_heading,
    has_styled_headings,
    is_heading,
    without_numbering,
)
from letters.parsing.language import language_of
from letters.parsing.parsed_letter import ParsedParagraph, ParsedSection, SectionKind
from letters.parsing.sessions.heads import find_session_head

SHORTEST_TEXT = 120  # words
# "Issued by the NATO Foreign Ministers": who gave out a statement, and when, is no paragraph of it
ISSUED = re.compile(r"Issued|Published|Vastgesteld|Uitgegeven")


def annex_sections(blocks: Sequence[Block]) -> list[ParsedSection]:
    """Each annex with its title, its subtitle left out; headings inside it are sections under it."""
    sections: list[ParsedSection] = []
    styled = has_styled_headings(blocks)
    top: int | None = None
    position = 0
    while position < len(blocks):
        block = blocks[position]
        starts = top is None or bool(ANNEX.match(block.text) and could_be_heading(block))
        if starts:
            title, position = _annex_title(blocks, position)
            top = len(sections)
            sections.append(ParsedSection(title, SectionKind.ANNEX))
            continue
        if is_heading(blocks, position, styled) and not find_session_head(block):
            sections.append(
                ParsedSection(without_numbering(block.text), SectionKind.ANNEX, level=2, parent=top)
            )
        else:
            sections[-1] = replace(
                sections[-1], paragraphs=(*sections[-1].paragraphs, ParsedParagraph.of(block))
            )
        position += 1
    whole = _language(sections)
    return [
        replace(section, language=_language([section]) if section.paragraphs else whole)
        for section in sections
    ]


def _annex_title(blocks: Sequence[Block], position: int) -> tuple[str | None, int]:
    block = blocks[position]
    if not could_be_heading(block, LONGEST_TITLE):
        return None, position
    title, position = block.text, position + 1
    annex = ANNEX.match(title)
    if annex and annex["title"]:
        title = annex["title"]
    elif annex and position < len(blocks) and could_be_heading(blocks[position], LONGEST_TITLE):
        title, position = blocks[position].text, position + 1
    if position + 1 < len(blocks) and _is_subtitle(blocks[position]):
        position += 1
    return title, position


def _is_subtitle(block: Block) -> bool:
    if block.label or len(block.text) > LONGEST_TITLE:
        return False
    dated = could_be_heading(block, LONGEST_TITLE) and find_dates(block.text)
    return bool(dated or ISSUED.match(block.text))


def _language(sections: Sequence[ParsedSection]) -> str:
    return language_of(" ".join(part.text for section in sections for part in section.paragraphs)) or "nl"


def is_text_missing(sections: Sequence[ParsedSection]) -> bool:
    """Whether an agenda or a report only hands over a text that stands in another file.

    A letter that says all in a few paragraphs without headings is longer; an annex that is merely mentioned misses nothing.
    """
    has_text = any(section.kind != SectionKind.INTRODUCTION for section in sections)
    words = sum(len(paragraph.text.split()) for section in sections for paragraph in section.paragraphs)
    return not has_text and words < SHORTEST_TEXT
