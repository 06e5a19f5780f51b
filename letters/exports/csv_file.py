"""CSV (RFC 4180) as Dutch spreadsheets open it with a double click: a BOM, ";" between cells, "," in numbers.

A Dutch Excel splits on ";" and puts a line with "," in one cell; R calls this csv2. A first line "sep=;" is for Excel
only, costs it the BOM, and is a row to everyone else.
"""

import csv
import re
from collections.abc import Iterator

from letters.exports.columns import Value, in_words
from letters.exports.export import Export
from letters.exports.parts import joined

BOM = "\ufeff"

#: What a spreadsheet may take for a formula: "=1+1", "@SUM(A1)", "-2+3", and the same after white space or in full width.
#: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


class _Line:
    """A file of which ``csv.writer`` writes one line, that ``write`` gives back."""

    def write(self, line: str) -> str:
        return line


def write(export: Export) -> Iterator[bytes]:
    """All rows under a header of human names."""
    return joined(_lines(export))


def _lines(export: Export) -> Iterator[str]:
    to_line = csv.writer(_Line(), delimiter=";", lineterminator="\r\n").writerow
    yield BOM + to_line([str(column.name) for column in export.columns])
    for item in export.items():
        yield to_line([cell(column.value(item, export)) for column in export.columns])


def cell(value: Value) -> str:
    """A value as a spreadsheet may open it; a share has two decimals. JSON has both as they are.

    Text that would be a formula gets "'" in front.
    """
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    text = value if isinstance(value, str) else in_words(value)
    return f"'{text}" if isinstance(value, str | tuple) and FORMULA.match(text) else text
