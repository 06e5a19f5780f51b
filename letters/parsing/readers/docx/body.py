"""Paragraphs, lists and tables of a DOCX part as blocks."""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from letters.parsing.document import Block
from letters.parsing.readers.blocks import break_page, table_blocks, write_paragraph
from letters.parsing.readers.docx.numbering import Numbering
from letters.parsing.readers.docx.package import MC, W, child, number, value
from letters.parsing.readers.docx.runs import Inline, Notes, alternative
from letters.parsing.readers.docx.styles import OFF, Styles
from letters.parsing.readers.rich_text import Run


class Body:
    """Reads the block elements of one part, in order, into ``blocks``."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: Inline, notes: dict[str, Notes]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = inline
        self._notes = notes
        self._following: dict[etree._Element, etree._Element] = {}  # the section behind each
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
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle")
        if _is_on(properties, "pageBreakBefore"):
            break_page(blocks)
        runs = self._carried + self._inline.runs(paragraph)
        self._carried = []
        floating, self._inline.floating = self._inline.floating, []
        for box in floating:
            blocks.extend(self.read_inside(box))
        if child(properties, "rPr/del") is not None:
            self._carried = runs
            return
        if not self._styles.is_contents(style):
            level = self._styles.heading_level(style, properties)
            write_paragraph(runs, blocks, level, lambda: self._label(properties, style))
        section = child(properties, "sectPr")
        if section is not None:
            self._end_section(section, blocks)

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        instance, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        from_style, style_level = self._styles.numbering(style)
        instance = instance if instance is not None else from_style
        level = level if level is not None else style_level
        if instance in (None, "0"):
            return ""
        return self._numbering.label(instance, None if level is None else number(level), style)

    def _end_section(self, section: etree._Element, blocks: list[Block]) -> None:
        for notes in self._notes.values():
            notes.end_section()
        if not self._following:
            sections = [
                found
                for found in section.getroottree().iter(W + "sectPr")
                if found.getparent().tag != W + "sectPrChange"  # how it was before a tracked change
            ]
            self._following = dict(pairwise(sections))
        following = self._following.get(section)
        if following is not None and value(following, "type") not in ("continuous", "nextColumn"):
            break_page(blocks)

    # Tables

    def _table(self, table: etree._Element) -> list[Block]:
        rows = []
        for row in _rows(table):
            cells = [self.read_inside(cell) for cell in _cells(row)]
            if _is_on(child(row, "trPr"), "hidden"):
                self._inline.hidden.extend(block.text for cell in cells for block in cell)
            else:
                rows.append(cells)
        return table_blocks(rows)

    def read_inside(self, parent: etree._Element) -> list[Block]:
        """Read a cell, a text box or a header: there may be another colour than white behind the words."""
        around, self._inline.on_paper = self._inline.on_paper, False
        blocks = self.read(parent)
        self._inline.on_paper = around
        return blocks


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == W + "tr":
            if child(element, "trPr/del") is None:
                yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _rows(element)


def _cells(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == W + "tc":
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(element)


def _is_on(properties: etree._Element | None, name: str) -> bool:
    element = child(properties, name)
    return element is not None and element.get(W + "val") not in OFF
