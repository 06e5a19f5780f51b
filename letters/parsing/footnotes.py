"""Footnotes tied to the place in a paragraph where their mark stands."""

from collections.abc import Iterator, Sequence

from letters.parsing.document import Document, MarkKind
from letters.parsing.parsed_letter import ParsedFootnote, ParsedSection

WORDS_BEFORE_MARK = 2


def find_footnotes(document: Document, sections: Sequence[ParsedSection]) -> tuple[ParsedFootnote, ...]:
    """Tie every note to the first mark of its name that is still free: numbers may start again in an annex.

    A note whose mark stands in a heading, a title or the cover letter keeps the words before the mark, but no
    paragraph. Notes come in the order of their marks.
    """
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    marks = [
        (mark.value, number, mark.start)
        for number, paragraph in enumerate(paragraphs)
        for mark in paragraph.marks
        if mark.kind == MarkKind.FOOTNOTE
    ]
    elsewhere = dict(_marks_outside(document, {paragraph.text for paragraph in paragraphs}))
    placed: list[ParsedFootnote] = []
    loose: list[ParsedFootnote] = []
    for note in document.notes:
        mark = next((mark for mark in marks if mark[0] == note.mark), None)
        if mark is None:
            loose.append(ParsedFootnote(note.mark, note.text, elsewhere.get(note.mark, "")))
            continue
        marks.remove(mark)
        _, number, offset = mark
        placed.append(
            ParsedFootnote(
                note.mark, note.text, _last_words(paragraphs[number].text[:offset]), number, offset
            )
        )
    return (*sorted(placed, key=lambda note: (note.paragraph, note.offset)), *loose)


def _marks_outside(document: Document, paragraphs: set[str]) -> Iterator[tuple[str, str]]:
    """The marks in blocks that are no paragraphs, with the words before them."""
    for block in document.blocks:
        if block.text not in paragraphs:
            for mark in block.marks:
                if mark.kind == MarkKind.FOOTNOTE:
                    yield mark.value, _last_words(block.text[: mark.start])


def _last_words(text: str) -> str:
    return " ".join(text.split()[-WORDS_BEFORE_MARK:])
