"""Word: two meetings side by side, in a table of two columns; what differs is struck out or underlined, citations in footnotes."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from letters import licence
from letters.comparison_sides import (
    MOST,
    Columns,
    ComparedRow,
    Comparison,
    comparison,
    counts_in_words,
    elsewhere_in_words,
    relation_in_words,
    shared_in_words,
    title,
)
from letters.exports.briefing_shape import FACTS, LABEL, in_language, new_document
from letters.exports.footnotes import Footnotes, link
from letters.exports.parts import of_file, temporary_file
from letters.exports.refusal import Refused
from letters.exports.xml_text import xml_text
from letters.filters import PositionList
from letters.filters.comparison_query import SIDES, ComparisonQuery
from letters.models import QuotedSentence
from letters.models.corpus import read_once


@dataclass(frozen=True)
class ComparisonExport:
    """What ``letters.exports.write`` is given of a comparison, as ``Export`` of a list."""

    query: ComparisonQuery
    site: str
    made_at: datetime.datetime

    def at_this_moment(self) -> "ComparisonExport":
        with read_once():
            anew = replace(self, query=self.query.anew())
            anew.found.rows  # noqa: B018 - reads them now
        return anew

    @cached_property
    def found(self) -> Comparison:
        return comparison(self.query)

    @property
    def filtered(self) -> PositionList:
        """What is read ahead of it is of both sides."""
        return self.query.on_topics

    @property
    def address(self) -> str:
        return self.site + self.query.address.url

    @property
    def file_name(self) -> str:
        meetings = "-".join(self.query.chosen(side)[0] for side in SIDES)
        topics = "-".join(choice.value for choice in self.query.cleaned["onderwerp"])
        return slugify(f"vergelijking-{topics}-{meetings}")[:100].strip("-")


def check(export: ComparisonExport) -> None:
    """Raise ``Refused`` when a side has more than is compared, or nothing."""
    for side in export.found.sides:
        if side.has_too_many:
            message = _(
                "Vergelijken kan tot %(most)s standpunten aan elke kant; “%(side)s” heeft er %(count)s. "
                "Kies een onderwerp, of één soort brief."
            )
            raise Refused(message % {"most": MOST, "side": side.name, "count": side.count})
        if not side.count:
            message = _("Bij “%(side)s” staat geen nagekeken standpunt om naast te leggen.")
            raise Refused(message % {"side": side.name})


def write(export: ComparisonExport) -> Iterator[bytes]:
    """The whole document; raises ``Refused`` before the first of it."""
    check(export)
    with temporary_file() as file:
        _Document(export).document.save(file)
        yield from of_file(file)


class _Document:
    """A document that is being written, from top to bottom."""

    def __init__(self, export: ComparisonExport):
        self.export, self.found = export, export.found
        self.document = new_document(xml_text(title(export.query)))
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        for style in (LABEL, "Quote"):  # a cell is narrow
            shape = self.document.styles[style].paragraph_format
            shape.left_indent, shape.space_before = Cm(0), Pt(3)
        self.footnotes = Footnotes(self.document)
        self._head()
        self._table()

    def _head(self) -> None:
        export = self.export
        self.document.add_paragraph(xml_text(_("Formuleringen vergeleken")), "Title")
        if topics := export.query.topics_in_words:
            self.document.add_paragraph(xml_text(topics), FACTS)
        self.document.add_paragraph(date_format(localtime(export.made_at), "j F Y, H:i"), FACTS)
        address = self.document.add_paragraph("", FACTS)
        address._p.append(link(self.document.part, xml_text(export.address), export.address))
        legend = _(
            "Doorgehaald: woorden die alleen in de eerste staan. Onderstreept: woorden die alleen in de tweede staan. "
            "Een programma legde de zinnen naast elkaar; wat een verschil betekent, staat hier niet."
        )
        self.document.add_paragraph(xml_text(legend), FACTS)
        if self.found.shared:
            self.document.add_paragraph(xml_text(shared_in_words(self.found)), FACTS)
        self.document.add_paragraph(xml_text(licence.in_words()), FACTS)

    def _table(self) -> None:
        table = self.document.add_table(rows=1, cols=2)
        table.style, table.autofit = "Table Grid", False
        _marked(table.rows[0], "w:tblHeader")  # at the top of every page
        for cell, side in zip(table.rows[0].cells, self.found.sides, strict=True):
            cell.width = Cm(12.3)
            _write(cell, side.name, "Heading 3")
            cell.add_paragraph(xml_text(counts_in_words(side)), FACTS)
        for part in self.found.parts:
            for rows in part if isinstance(part, Columns) else [[part]]:
                self._rows(table, rows)

    def _rows(self, table, rows: Sequence[ComparedRow]) -> None:
        """Rows that are one thing, below what they are."""
        if not rows:
            return
        label = table.add_row().cells
        _write(label[0].merge(label[1]), relation_in_words(rows[0].row, self.found), LABEL)
        for row in rows:
            quotations = table.add_row()
            _marked(quotations, "w:cantSplit")
            self._row(quotations.cells, row)

    def _row(self, cells, row: ComparedRow) -> None:
        sides = (
            (row.first, row.row.first_pieces, "strike"),
            (row.second, row.row.second_pieces, "underline"),
        )
        for cell, (sentence, pieces, mark) in zip(cells, sides, strict=True):
            cell.width = Cm(12.3)
            if sentence is None:
                _write(cell, "–", LABEL, alone=True)
                continue
            verbs = (one.verb or one.get_stance_display() for one in sentence.positions)
            _write(cell, " · ".join(verbs), LABEL, alone=True)
            self._quote(cell.add_paragraph(style="Quote"), sentence, pieces, mark)
            if row.elsewhere:
                self._elsewhere(cell.add_paragraph(style=FACTS), row)

    def _quote(self, paragraph, sentence: QuotedSentence, pieces, mark: str) -> None:
        position = sentence.position
        language = position.paragraph.language
        if position.before:
            in_language(paragraph.add_run(xml_text(f"{position.before} ")), language)
        for piece in pieces:
            run = paragraph.add_run(xml_text(piece.text))
            in_language(run, language)
            if piece.differs:
                setattr(run.font, mark, True)
        self.footnotes.add(
            paragraph, xml_text(position.citation), self.export.site + position.get_absolute_url()
        )

    def _elsewhere(self, paragraph, row: ComparedRow) -> None:
        before, after = elsewhere_in_words(row, self.found)
        url = self.export.site + row.elsewhere.url
        paragraph.add_run(xml_text(before))
        paragraph._p.append(link(self.document.part, xml_text(row.elsewhere.name), url))
        paragraph.add_run(xml_text(after))


def _write(cell, words: str, style: str, *, alone: bool = False) -> None:
    """``alone``: the row need not stand on one page with the next, or all rows would."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if alone:
        paragraph.paragraph_format.keep_with_next = False
    paragraph.add_run(xml_text(words))


def _marked(row, tag: str) -> None:
    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
