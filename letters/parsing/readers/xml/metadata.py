"""What official publications say of themselves as data: ``metadata.xml``, and the <meta> elements of their pages.

The names are those of the standard "OWMS for official publications": ``OVERHEIDop.dossiernummer`` and so on.
"""

import datetime
import re
from collections.abc import Iterable

from lxml import etree

from letters.parsing.document import Block, Note, PaperMetadata

#: "kst-28676-446", "kst-21501-28-283", "kst-36410-V-23", "kst-28676-B", "nds-tk-2025D20112"
PAPER = re.compile(r"(?:kst|nds-tk|blg|ah-tk|h-tk)-[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,4}")
#: "28676", "28 676", "21501-28", "21 501-28", "36410-V", "36 410 V"
DOSSIER = re.compile(r"(?P<number>\d{2}\s?\d{3})(?:[\s-]*(?P<addition>[IVXLC]+|\d{1,2}))?")
#: "Tweede Kamer der Staten-Generaal"
CHAMBER = re.compile(r"\b(Eerste|Tweede)\s+Kamer\b", re.IGNORECASE)
#: "2023-2024", "Vergaderjaar 2001–2002", "1999/2000", "2004-05"
SESSION_YEAR = re.compile(r"\b(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<second>(?:19|20)?\d\d)\b")


def read_tree(root: etree._Element) -> tuple[list[Block], list[Note], PaperMetadata]:
    """Read <metadata_gegevens><metadata name= scheme= content=/>…"""
    return (
        [],
        [],
        from_pairs((item.get("name", ""), item.get("content", "")) for item in root.iter("{*}metadata")),
    )


def from_pairs(pairs: Iterable[tuple[str, str]]) -> PaperMetadata:
    """Make metadata of names with their contents; a field that contradicts itself is left empty."""
    values: dict[str, list[str]] = {}
    for name, content in pairs:
        if content and content.strip():
            values.setdefault(name.strip().lower(), []).append(" ".join(content.split()))

    def only(name: str) -> str:
        found = dict.fromkeys(values.get(name, ()))
        return next(iter(found)) if len(found) == 1 else ""

    numbers = [part for content in values.get("overheidop.dossiernummer", ()) for part in content.split(";")]
    return PaperMetadata(
        paper=identifier if PAPER.fullmatch(identifier := only("dc.identifier")) else None,
        dossiers=tuple(dict.fromkeys(filter(None, map(dossier, numbers)))),
        chamber=chamber(only("dc.creator")),
        date=date(only("overheidop.datumbrief")),
        session_year=session_year(only("overheidop.vergaderjaar")),
        title=only("overheidop.documenttitel") or None,
        submitters=tuple(dict.fromkeys(values.get("overheidop.indiener", ()))),
    )


def dossier(text: str) -> str | None:
    """Write a dossier's number the one way: "21 501-28" gives "21501-28", "36 410 V" "36410-V"."""
    found = DOSSIER.fullmatch(" ".join(text.split()))
    if not found:
        return None
    number = re.sub(r"\s", "", found["number"])
    return f"{number}-{found['addition']}" if found["addition"] else number


def chamber(text: str) -> str | None:
    """The one chamber that the text names, as "Tweede Kamer"; None when it names none, or both."""
    found = {match.capitalize() for match in CHAMBER.findall(text)}
    return f"{found.pop()} Kamer" if len(found) == 1 else None


def date(text: str) -> datetime.date | None:
    """Read "2023-11-20"; anything else gives ``None``."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def session_year(text: str) -> str | None:
    """Write a session year the one way: "1999/00" gives "1999-2000"."""
    found = SESSION_YEAR.search(text)
    if not found:
        return None
    first = int(found["first"])
    return f"{first}-{first + 1}" if (first + 1) % 100 == int(found["second"]) % 100 else None
