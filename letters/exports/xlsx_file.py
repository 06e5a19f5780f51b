"""Excel: a sheet with all rows and a sheet that explains them, written to a temporary file row by row."""

import datetime
from collections.abc import Iterator

import xlsxwriter
from django.conf import settings
from django.utils.timezone import localtime, make_naive
from django.utils.translation import gettext as _

from letters.exports.about import facts
from letters.exports.columns import Column, Value, in_words
from letters.exports.export import Export
from letters.exports.parts import of_file, temporary_file
from letters.exports.refusal import Refused, dotted
from letters.exports.xml_text import xml_text

#: The format ends at 1,048,576 rows; ours is where writing takes a visitor's patience (half a minute).
MOST_ROWS = 20_000
#: Of the format: https://support.microsoft.com/office/excel-specifications-and-limits
MOST_CHARACTERS = 32_767

#: Text stays text: no formula, link or number is made of what a letter says.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(export: Export) -> Iterator[bytes]:
    """The whole workbook, of at most ``MOST_ROWS``. Raises ``Refused`` before its first byte when a cell does not fit."""
    with temporary_file() as file:
        with xlsxwriter.Workbook(file, OPTIONS | {"tmpdir": str(settings.UPLOADS_DIR)}) as workbook:
            workbook.set_properties({"title": xml_text(export.title)[:255], "author": "NAVO-brieven"})
            formats = {
                "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
                "share": workbook.add_format({"num_format": "0.00", "valign": "top"}),
                "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8ECF1"}),
                "day": workbook.add_format({"num_format": "d-m-yyyy", "valign": "top", "align": "left"}),
                "moment": workbook.add_format({"num_format": "d-m-yyyy h:mm", "valign": "top", "align": "left"}),
            }  # fmt: skip
            _rows(workbook.add_worksheet(export.list_name.capitalize()), export, formats)
            _explanation(workbook.add_worksheet(_("Toelichting")), export, formats)
        yield from of_file(file)


def _rows(sheet, export: Export, formats: dict) -> None:
    columns = export.columns
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, export.count, len(columns) - 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.name), formats["head"])
    for number, item in enumerate(export.items(), start=1):
        for place, column in enumerate(columns):
            _write(sheet, number, place, column.value(item, export), column, formats)


def _write(sheet, row: int, place: int, value: Value, column: Column, formats: dict) -> None:
    if isinstance(value, datetime.datetime):
        sheet.write_datetime(row, place, make_naive(localtime(value)), formats["moment"])
    elif isinstance(value, datetime.date) and value.year >= 1900:  # where Excel's calendar begins
        sheet.write_datetime(row, place, value, formats["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, place, value, formats["share" if isinstance(value, float) else "text"])
    elif text := xml_text(in_words(value)):
        if len(text) > MOST_CHARACTERS:
            message = _(
                "In een cel van Excel passen %(limit)s tekens. In rij %(row)s heeft de kolom %(column)s er %(count)s. "
                "Neem CSV of JSON: die kennen geen grens."
            )
            words = {"limit": dotted(MOST_CHARACTERS), "count": dotted(len(text)), "row": dotted(row + 1)}
            raise Refused(message % (words | {"column": column.name}))
        sheet.write_string(row, place, text, formats["text"])


def _explanation(sheet, export: Export, formats: dict) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    columns = [(str(column.name), str(column.explanation)) for column in export.columns]
    lines = [*facts(export), ("", ""), (_("Kolom"), _("Uitleg")), *columns]
    for number, (name, words) in enumerate(lines):
        sheet.write_string(number, 0, xml_text(name), formats["head" if name else "text"])
        sheet.write_string(number, 1, xml_text(words), formats["text"])
