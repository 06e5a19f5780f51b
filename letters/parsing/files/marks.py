"""Footnotes of several files of one letter: note 1 of the cover letter is not note 1 of the annex.

While a letter is being understood every mark also says of which file it is; afterwards it is as printed again.
"""

from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.document import Document, Mark, MarkKind
from letters.parsing.parsed_letter import ParsedFootnote, ParsedSection

#: Between the number of a file and the mark of a footnote in it.
_OF_FILE = "\x1f"


def with_own_marks(document: Document, number: int) -> Document:
    """The document with the number of its file in the marks of its footnotes; those of file 0 stay as they are."""
    if number == 0:
        return document
    blocks = tuple(
        replace(block, marks=tuple(_owned(mark, number) for mark in block.marks)) for block in document.blocks
    )
    notes = tuple(replace(note, mark=f"{number}{_OF_FILE}{note.mark}") for note in document.notes)
    return replace(document, blocks=blocks, notes=notes)


def _owned(mark: Mark, number: int) -> Mark:
    return replace(mark, value=f"{number}{_OF_FILE}{mark.value}") if mark.kind == MarkKind.FOOTNOTE else mark


def with_printed_marks(
    sections: Sequence[ParsedSection], footnotes: Sequence[ParsedFootnote]
) -> tuple[tuple[ParsedSection, ...], tuple[ParsedFootnote, ...]]:
    """Marks of footnotes as printed, once each is tied to its place in its own file."""
    return (
        tuple(
            replace(
                section,
                paragraphs=tuple(
                    replace(paragraph, marks=tuple(map(_printed, paragraph.marks)))
                    for paragraph in section.paragraphs
                ),
            )
            for section in sections
        ),
        tuple(replace(note, mark=_printed_value(note.mark)) for note in footnotes),
    )


def _printed(mark: Mark) -> Mark:
    return replace(mark, value=_printed_value(mark.value)) if mark.kind == MarkKind.FOOTNOTE else mark


def _printed_value(mark: str) -> str:
    return mark.rpartition(_OF_FILE)[2]
