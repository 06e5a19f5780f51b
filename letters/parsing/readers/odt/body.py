"""Paragraphs, lists, tables and frames of an ODT part as blocks."""

from collections.abc import Iterator

from lxml import etree

from letters.parsing.document import Block
from letters.parsing.readers.blocks import break_page, table_blocks, write_paragraph
from letters.parsing.readers.odt.inline import PARAGRAPHS, Inline
from letters.parsing.readers.odt.lists import Lists, Place
from letters.parsing.readers.odt.package import DRAW, OFFICE, TABLE, TEXT, is_true, number
from letters.parsing.readers.odt.styles import Styles

#: Repeat the headings, or say nothing of the letter
LEFT_OUT = {
    TEXT + name
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls",
    )
} | {OFFICE + "forms"}  # fmt: skip
#: The cells of a row that stand for more than one are empty; a sheet has up to 16,384.
MAX_REPEATED_CELLS = 16


class Body:
    """Reads the block elements of one part, in order, into blocks."""

    def __init__(self, styles: Styles, inline: Inline) -> None:
        self._styles = styles
        self._inline = inline
        self._lists = Lists(styles)

    def read(self, parent: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        self._read(parent, None, blocks)
        return blocks

    def _read(self, parent: etree._Element, place: Place | None, blocks: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag in PARAGRAPHS:
                self._paragraph(element, place, blocks)
            elif tag == TEXT + "list":
                self._list(element, place, blocks)
            elif tag == TEXT + "numbered-paragraph":
                self._read(element, self._lists.numbered_paragraph(element), blocks)
            elif tag == TABLE + "table":
                if self._styles.starts_page(element.get(TABLE + "style-name")):
                    break_page(blocks)
                blocks.extend(self._table(element))
            elif tag == TEXT + "section":
                if _is_hidden(element):
                    self._inline.hide(element)
                else:
                    self._read(element, place, blocks)
            elif tag == OFFICE + "annotation":
                self._inline.comment(element)
            elif tag.startswith(DRAW):
                blocks.extend(self._boxes(element))

    # Paragraphs and lists

    def _paragraph(self, paragraph: etree._Element, place: Place | None, blocks: list[Block]) -> None:
        name = paragraph.get(TEXT + "style-name")
        style = self._styles.paragraph(name)
        if style.break_before or style.page:
            break_page(blocks)
        runs = self._inline.runs(paragraph)
        floating, self._inline.floating = self._inline.floating, []
        for element in floating:
            blocks.extend(self._boxes(element))
        level = style.level
        if paragraph.tag == TEXT + "h":
            level = number(paragraph.get(TEXT + "outline-level"), 1) or 1
        write_paragraph(runs, blocks, level, lambda: self._label(paragraph, place, level))
        if style.break_after:
            break_page(blocks)

    def _label(self, paragraph: etree._Element, place: Place | None, level: int | None) -> str:
        label = ""
        if place is not None:
            label = self._lists.label(place, paragraph.get(TEXT + "style-name"))
        elif paragraph.tag == TEXT + "h" and self._is_numbered(paragraph):
            label = self._lists.outline_label(level or 1)
        return label or paragraph.findtext(TEXT + "number", "").strip()

    def _is_numbered(self, heading: etree._Element) -> bool:
        """An empty name of a list style takes a heading out of the outline's numbering (16.2)."""
        style = self._styles.paragraph(heading.get(TEXT + "style-name"))
        return style.list_style != "" and not is_true(heading, TEXT + "is-list-header")

    def _list(self, element: etree._Element, around: Place | None, blocks: list[Block]) -> None:
        place = self._lists.open(element, around)
        for item in element:
            if item.tag in (TEXT + "list-item", TEXT + "list-header"):
                start = number(item.get(TEXT + "start-value"), -1)
                here = Place(
                    item.get(TEXT + "style-override") or place.style,
                    place.level,
                    place.counts,
                    start=start if start >= 0 else None,
                    is_counted=item.tag == TEXT + "list-item",
                )
                self._read(item, here, blocks)

    # Tables and boxes

    def _table(self, table: etree._Element) -> list[Block]:
        rows = []
        for row in _rows(table):
            if row.get(TABLE + "visibility") in ("collapse", "filter"):
                self._inline.hide(row)
                continue
            cells: list[list[Block]] = []
            for cell in row:
                if cell.tag == TABLE + "table-cell":
                    repeated = number(cell.get(TABLE + "number-columns-repeated"), 1)
                    cells.append(self.read_inside(cell))
                    cells.extend([[]] * (min(repeated, MAX_REPEATED_CELLS) - 1))
            rows.append(cells)
        return table_blocks(rows)

    def read_inside(self, parent: etree._Element) -> list[Block]:
        """Read a cell, a text box or a header: there may be another colour than white behind the words."""
        around, self._inline.on_paper = self._inline.on_paper, False
        blocks = self.read(parent)
        self._inline.on_paper = around
        return blocks

    def _boxes(self, element: etree._Element) -> Iterator[Block]:
        """The text in a frame or shape. Of a frame's several forms (10.4.2) the first that has text is shown."""
        forms = [child for child in element if child.tag == DRAW + "text-box"]
        yield from self.read_inside(forms[0] if forms else element)


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(element)


def _is_hidden(section: etree._Element) -> bool:
    display = section.get(TEXT + "display")
    return display == "none" or (display == "condition" and is_true(section, TEXT + "is-hidden"))
