"""Read a PDF: PDFium gives the words with their places, the rest of the layout is understood here.

pages within limits (pages.py) → pieces of text that are seen (page.py) → lines (lines.py) → running headers off (furniture.py)
→ reading order (columns.py) → footnotes off (notes.py) → paragraphs (paragraphs.py) → blocks
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from letters.parsing.document import Block, BlockKind, Document, Note
from letters.parsing.readers.blocks import block_of
from letters.parsing.readers.detection import PDF
from letters.parsing.readers.errors import ScanWithoutText
from letters.parsing.readers.hyphenation import Hyphenation, strip
from letters.parsing.readers.pdf.columns import cut_at_columns, in_reading_order
from letters.parsing.readers.pdf.furniture import taken_off, without_furniture
from letters.parsing.readers.pdf.layout import Layout, layout
from letters.parsing.readers.pdf.lines import TAB, Line, merged, segments
from letters.parsing.readers.pdf.notes import FoundNote, split_notes
from letters.parsing.readers.pdf.pages import read_pages
from letters.parsing.readers.pdf.paragraphs import ends_page_early, paragraphs
from letters.parsing.readers.rich_text import RichText, Run, compose

#: "450 km²": here a raised number is no footnote's.
UNITS = {"mm", "cm", "dm", "m", "km"}


def read(data: bytes) -> Document:
    """Read the bytes of a PDF. Raises a NotReadable."""
    pages = read_pages(data)
    cut = [cut_at_columns(segments(page.pieces, number)) for number, page in enumerate(pages.texts)]
    bare = without_furniture(cut, [page.height for page in pages.texts])
    ordered = [in_reading_order(page) for page in bare]
    if not any(ordered):
        raise ScanWithoutText
    bodies, notes = split_notes(ordered, [page.rules for page in pages.texts], layout(ordered).size)
    usual = layout(bodies if any(bodies) else ordered)
    blocks, texts = _blocks(bodies, notes, usual)
    return Document(
        PDF,
        blocks,
        texts,
        warnings=tuple(pages.warnings),
        margins=tuple(
            dict.fromkeys(
                [*taken_off(cut, bare), *(" ".join(page.skipped) for page in pages.texts if page.skipped)]
            )
        ),
        leaks=pages.leaks.found(),
    )


def _blocks(
    bodies: list[list[Line]], notes: list[FoundNote], usual: Layout
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    hyphenation = Hyphenation([line.text for page in bodies for line in page] + [
        line.text for note in notes for line in note.lines
    ])  # fmt: skip
    marks = {note.mark for note in notes}

    def is_note(mark: str, word: str) -> bool:
        known = all(part in marks for part in mark.replace(",", " ").split())
        return known or (mark.isdigit() and word not in UNITS and not word[-1:].isdigit())

    floors: list[float | None] = [None] * len(bodies)
    for note in notes:
        floors[note.page] = max(floors[note.page] or 0.0, note.lines[0].y)
    groups = paragraphs(bodies, floors, usual)
    blocks = []
    for at, group in enumerate(groups):
        rich = compose(_runs(group, hyphenation, is_note))
        if rich.text:
            ends_page = at + 1 < len(groups) and groups[at + 1][0].page > group[-1].page
            blocks.append(_block(rich, group, ends_page and ends_page_early(group, usual)))
    texts = tuple(
        Note(note.mark, compose(_runs(note.lines, hyphenation, is_note)).text, note.page + 1)
        for note in notes
    )
    return tuple(blocks), texts


def _runs(lines: Sequence[Line], hyphenation: Hyphenation, is_note: Callable[[str, str], bool]) -> list[Run]:
    runs: list[Run] = []
    for at, line in enumerate(lines):
        own = line.runs(is_note)
        if at + 1 < len(lines):
            between = hyphenation.join(line.text, lines[at + 1].text)
            last = max((number for number, run in enumerate(own) if not run.note), default=0)
            said = own[last].text if between == " " else strip(own[last].text)
            if own[-1].note:
                own.append(replace(own[last], text=between, note=""))
            else:
                said += between
            own[last] = replace(own[last], text=said)
        runs.extend(own)
    return merged(runs)


def _block(rich: RichText, group: Sequence[Line], before_page_break: bool) -> Block:
    block = block_of(rich)
    if TAB in rich.text:
        block = replace(block, kind=BlockKind.TABLE_ROW, label="", text=rich.text, marks=rich.marks)
    return replace(block, page=group[0].page + 1, before_page_break=before_page_break)
