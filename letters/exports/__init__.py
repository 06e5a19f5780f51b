"""Files of a whole view: which kinds there are, and how each is written."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from letters.exports import bibtex, comparison_file, csl, csv_file, docx_file, json_file, ris, xlsx_file
from letters.exports.columns import COLUMNS, Column
from letters.exports.export import Export
from letters.exports.reading import snapshot
from letters.exports.refusal import Refused, too_many
from letters.models import Letter


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. ``write`` gives its bytes in parts; above ``limit`` items it refuses."""

    name: str
    purpose: str
    extension: str
    media_type: str
    write: Callable[[Export], Iterator[bytes]]
    limit: int | None = None

    def check(self, export: Export) -> None:
        """Raise ``Refused`` when the view has more items than such a file may hold: nothing is ever left out of one."""
        if self.limit is not None and export.count > self.limit:
            raise too_many(self.name, self.limit, export)


_OFFICE = "application/vnd.openxmlformats-officedocument"

#: By the value of the key ``format`` in addresses (``letters.filters.choices.FORMATS`` has the same).
FORMATS = {
    "docx": Format(
        "Word", _("een stuk met citaten en voetnoten"), "docx",
        f"{_OFFICE}.wordprocessingml.document", docx_file.write, docx_file.MOST_ITEMS,
    ),
    "xlsx": Format(
        "Excel", _("een werkblad, met uitleg bij de kolommen"), "xlsx",
        f"{_OFFICE}.spreadsheetml.sheet", xlsx_file.write, xlsx_file.MOST_ROWS,
    ),
    "csv": Format(
        "CSV", _("een tabel die elk rekenblad opent"), "csv", "text/csv; charset=utf-8; header=present", csv_file.write
    ),
    "json": Format("JSON", _("voor programma’s, met alle velden"), "json", "application/json", json_file.write),
    "ris": Format(
        "RIS", _("de brieven in Zotero of EndNote"), "ris",
        "application/x-research-info-systems; charset=utf-8", ris.write,
    ),
    "bib": Format(
        "BibTeX", _("de brieven in LaTeX"), "bib", "application/x-bibtex; charset=utf-8", bibtex.write
    ),
    "csl": Format(
        "CSL-JSON", _("de brieven in andere citeerprogramma’s"), "csl.json",
        "application/vnd.citationstyles.csl+json", csl.write,
    ),
}  # fmt: skip


class _ComparisonFormat(Format):
    """A side of a comparison has a limit of its own."""

    def check(self, export: comparison_file.ComparisonExport) -> None:
        comparison_file.check(export)


#: What a comparison of two meetings is written as; ``letters.filters.comparison_query.FORMATS`` has its key.
COMPARISON = _ComparisonFormat(
    "Word", _("de twee kanten naast elkaar"), "docx", FORMATS["docx"].media_type, comparison_file.write
)


def write(export: Export, format: Format) -> Iterator[bytes]:
    """The bytes of a file of one moment of the data. Raises ``Refused`` before the first of them, as do errors of the query.

    An error later on breaks the stream off; whoever sends it must not end it as if it were whole.
    """
    export.filtered.corpus  # noqa: B018 - read outside of the transaction it is kept: what follows reads what changed since
    with snapshot(Letter.objects.all().db):
        of_now = export.at_this_moment()
        with closing(format.write(of_now)) as parts:
            format.check(of_now)
            yield from parts


__all__ = ["COLUMNS", "COMPARISON", "FORMATS", "Column", "Export", "Format", "Refused", "write"]
