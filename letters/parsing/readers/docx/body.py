"""Paragraphs, lists and tables of a DOCX part as blocks."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from letters.parsing.document import Block, BlockKind, Mark
from letters.parsing.readers.docx.numbering import Numbering
from letters.parsing.readers.docx.package import MC, W, number, value
from letters.parsing.readers.docx.runs import LINE_BREAK, PAGE_BREAK, Inline, Notes, alternative
from letters.parsing.readers.docx.styles import OFF, Styles
from letters.parsing.readers.rich_text import RichText, Run, compose, split_label

#: A heading is no longer than this; a style for headings on more text is a mistake of the author.
MAX_HEADING = 250
#: Lines within a paragraph that are all shorter than this were meant as lines: an address, a signature.
SHORT_LINE = 60


class Body:
    """Reads the block elements of one part, in order, into ``blocks``."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: Inline, notes: dict[str, Notes]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = inline
        self._notes = notes
        self._carried: list[
            Run
        ] = []  # of a paragraph whose end a tracked change deleted: it runs on in the next

    def read(self, parent: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        for element in self._elements(parent):
            if element.tag == W + "p":
                self._paragraph(element, blocks)
            else:
                blocks.extend(self._table(element))
        return blocks

    def _elements(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs and tables under ``parent``, looking through content controls and the like."""
        for element in parent:
            if element.tag in (W + "p", W + "tbl"):
                yield element
            elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
                yield from self._elements(element)
            elif element.tag == MC + "AlternateContent":
                yield from self._elements(alternative(element))

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element, blocks: list[Block]) -> None:
        properties = paragraph.find(W + "pPr")
        style = value(properties, "pStyle")
        if _is_on(properties, "pageBreakBefore"):
            _break_page(blocks)
        runs = self._carried + self._inline.runs(paragraph)
        self._carried = []
        floating, self._inline.floating = self._inline.floating, []
        for box in floating:
            blocks.extend(self.read(box))
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = runs
            return
        if not self._styles.is_contents(style):
            self._write(runs, properties, style, blocks)
        section = properties.find(W + "sectPr") if properties is not None else None
        if section is not None:
            self._end_section(section, blocks)

    def _write(
        self, runs: list[Run], properties: etree._Element | None, style: str | None, blocks: list[Block]
    ) -> None:
        label = None  # counted at the first text of the paragraph: Word numbers no empty block of ours
        for part, breaks in _pages(runs):
            for lines in _lines(part):
                rich = compose(lines)
                if not rich.text:
                    continue
                if label is None:
                    label = self._label(properties, style)
                    blocks.append(self._block(rich, properties, style, label))
                else:
                    blocks.append(self._block(rich, properties, style, ""))
            if breaks:
                _break_page(blocks)

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        instance, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        from_style, style_level = self._styles.numbering(style)
        instance = instance if instance is not None else from_style
        level = level if level is not None else style_level
        if instance in (None, "0"):
            return ""
        return self._numbering.label(instance, None if level is None else number(level), style)

    def _block(
        self, rich: RichText, properties: etree._Element | None, style: str | None, label: str
    ) -> Block:
        level = self._styles.heading_level(style, properties)
        is_heading = level is not None and len(rich.text) <= MAX_HEADING
        text, marks = rich.text, rich.marks
        if not label:
            label, text, marks = split_label(rich)
        if is_heading:
            kind = BlockKind.HEADING
        elif label and not (rich.bold or rich.italic or rich.underlined):
            kind = BlockKind.LIST_ITEM
        else:
            kind = BlockKind.TEXT
        return Block(
            text=text,
            kind=kind,
            marks=marks,
            label=label,
            level=level if is_heading else None,
            bold=rich.bold,
            italic=rich.italic,
            capitals=rich.capitals,
            underlined=rich.underlined,
            size=rich.size,
        )

    def _end_section(self, section: etree._Element, blocks: list[Block]) -> None:
        for notes in self._notes.values():
            notes.end_section()
        following = section.xpath("following::*[local-name()='sectPr'][1]")
        if following and value(following[0], "type") not in ("continuous", "nextColumn"):
            _break_page(blocks)

    # Tables

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """A row of single paragraphs is a row; cells with several paragraphs are columns of the page, read one by one."""
        rows = [[self.read(cell) for cell in _cells(row)] for row in _rows(table)]
        for row in _without_empty_columns(rows):
            filled = [cell for cell in row if cell]
            if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
                for cell in filled:
                    yield from cell
            else:
                yield _table_row([cell[0] if cell else Block("") for cell in row])


def _table_row(cells: list[Block]) -> Block:
    text = ""
    marks: list[Mark] = []
    for position, cell in enumerate(cells):
        if position:
            text += "\t"
        if cell.label:
            text += f"{cell.label} "
        marks.extend(
            replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in cell.marks
        )
        text += cell.text
    filled = [cell for cell in cells if cell.text]
    return Block(
        text=text.rstrip("\t"),
        kind=BlockKind.TABLE_ROW,
        marks=tuple(marks),
        bold=all(cell.bold for cell in filled),
        italic=all(cell.italic for cell in filled),
        capitals=all(cell.capitals for cell in filled),
        size=filled[0].size,
    )


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == W + "tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _rows(element)


def _cells(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == W + "tc":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(element)


def _without_empty_columns(rows: list[list[list[Block]]]) -> list[list[list[Block]]]:
    """A column that is empty in every row only makes space between others."""
    if len({len(row) for row in rows}) != 1:
        return rows
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def _is_on(properties: etree._Element | None, name: str) -> bool:
    element = properties.find(W + name) if properties is not None else None
    return element is not None and element.get(W + "val") not in OFF


def _break_page(blocks: list[Block]) -> None:
    if blocks:
        blocks[-1] = replace(blocks[-1], before_page_break=True)


def _pages(runs: list[Run]) -> Iterator[tuple[list[Run], bool]]:
    """Cut a paragraph at page breaks: each part, and whether a page break follows it."""
    part: list[Run] = []
    for run in runs:
        if run.text == PAGE_BREAK:
            yield part, True
            part = []
        else:
            part.append(run)
    yield part, False


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Cut a paragraph where its line breaks were meant to end something.

    That is at a blank line, behind a line that is formatted as a heading, and between lines that are all short. Other
    line breaks only lay out the text.
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == LINE_BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    if len(lines) == 1:
        return lines
    shown = [compose(line) for line in lines]
    with_text = [rich for rich in shown if rich.text]
    one_style = len({(rich.bold, rich.italic, rich.capitals) for rich in with_text}) == 1
    titled = one_style and bool(with_text) and (with_text[0].bold or with_text[0].capitals)
    verse = not titled and all(len(rich.text) <= SHORT_LINE for rich in with_text)
    parts: list[list[Run]] = [[]]
    previous: RichText | None = None
    for line, rich in zip(lines, shown, strict=True):
        if previous is not None and (verse or not previous.text or _ends_heading(previous, rich)):
            parts.append([])
        elif previous is not None:
            parts[-1].append(Run(" "))
        parts[-1].extend(line)
        previous = rich
    return parts


def _ends_heading(line: RichText, following: RichText) -> bool:
    stands_out = line.bold or line.italic or line.underlined or line.capitals
    return stands_out and (line.bold, line.italic, line.underlined, line.capitals) != (
        following.bold,
        following.italic,
        following.underlined,
        following.capitals,
    )
