"""What an official page shows of its paper in a table above the text: "Organisatie", "Vergaderjaar", "Dossier- en ondernummer"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from letters.parsing.document import PaperMetadata
from letters.parsing.readers.xml import metadata

#: A table further down belongs to the text.
FIRST_TABLES = 5
MOST_ROWS = 20
MOST_CELLS = 12
#: So many of the names below make a table of metadata.
FEWEST_NAMES = 2
NAMES = frozenset(
    {"datum publicatie", "organisatie", "vergaderjaar", "dossier- en ondernummer", "dossiernummer", "ondernummer", "publicatie",
     "rubriek", "datum ondertekening", "indiener"}
)  # fmt: skip
#: "28676 nr. 446", "28 676, nr. B", "21501-28-283", "36410-V nr. 23"; "28676; 21501-28 nr. 99" is number 99 in both
DOSSIER_AND_NUMBER = re.compile(
    r"(?P<dossier>\d{2}\s?\d{3}(?:-(?:[IVXLC]+|\d{2})(?!\d))?)(?:(?:,?\s+nr\.?\s*|-)(?P<number>\d{1,5}|[A-Z]{1,3}))?"
)


def find_visible_metadata(body: etree._Element) -> PaperMetadata | None:
    """The metadata in the first table that has its names as heads, above the values or beside them."""
    for number, table in enumerate(body.iter("table", "dl")):
        if number == FIRST_TABLES:
            break
        values = {name.lower().rstrip(":"): value for name, value in _pairs(table)}
        if len(NAMES & values.keys()) >= FEWEST_NAMES:
            return _metadata(values)
    return None


def completed(told: PaperMetadata | None, shown: PaperMetadata | None) -> PaperMetadata | None:
    """What a page tells in its head, completed with what it shows."""
    if told is None or shown is None:
        return told or shown
    return replace(
        told,
        paper=told.paper or shown.paper,
        dossiers=told.dossiers or shown.dossiers,
        chamber=told.chamber or shown.chamber,
        session_year=told.session_year or shown.session_year,
    )


def _pairs(table: etree._Element) -> Iterator[tuple[str, str]]:
    if table.tag == "dl":
        names = table.iter("dt", "dd")
        rows = [[_text(cell) for _, cell in zip(range(MOST_CELLS * 2), names, strict=False)]]
        yield from zip(rows[0][::2], rows[0][1::2], strict=False)
        return
    rows = [
        [_text(cell) for _, cell in zip(range(MOST_CELLS), row.iter("th", "td"), strict=False)]
        for _, row in zip(range(MOST_ROWS), table.iter("tr"), strict=False)
    ]
    if len(rows) > 1 and len(rows[0]) == len(rows[1]) > 1 and _is_name(rows[0][1]):
        yield from zip(rows[0], rows[1], strict=True)
    else:
        yield from ((row[0], row[1]) for row in rows if len(row) == 2)


def _is_name(text: str) -> bool:
    return text.lower().rstrip(":") in NAMES


def _text(cell: etree._Element) -> str:
    return " ".join("".join(cell.itertext()).split())


def _metadata(values: dict[str, str]) -> PaperMetadata:
    listed = values.get("dossier- en ondernummer", "").split(";")
    found = [match for part in listed if (match := DOSSIER_AND_NUMBER.fullmatch(part.strip()))]
    numbers = [match["number"] for match in found if match["number"]]
    dossiers = [metadata.dossier(match["dossier"]) for match in found]
    dossiers = dossiers or [metadata.dossier(values.get("dossiernummer", ""))]
    number = (found[0]["number"] or numbers[0]) if numbers else values.get("ondernummer", "")
    paper = f"kst-{dossiers[0]}-{number}" if dossiers[0] and number else ""
    return PaperMetadata(
        paper=paper if metadata.PAPER.fullmatch(paper) else None,
        dossiers=tuple(dict.fromkeys(filter(None, dossiers))),
        chamber=metadata.chamber(values.get("organisatie", "")),
        session_year=metadata.session_year(values.get("vergaderjaar", "")),
    )
