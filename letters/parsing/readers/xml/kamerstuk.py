"""A Kamerstuk of 2010 or later: <officiele-publicatie> with a <kamerstuk> (op-consolidated 2014-05-15)."""

import datetime
import re
from dataclasses import replace

from lxml import etree

from letters.parsing.document import Block, Note, PaperMetadata
from letters.parsing.readers.xml import metadata
from letters.parsing.readers.xml.body import PaperBody

CHAMBERS = {"1": "Eerste Kamer", "2": "Tweede Kamer"}
#: "Den Haag, " in front of a date; "Ontvangen " says when it came, and is no letter's own date
PLACE = re.compile(r"(?:['’‘A-Z][\w’‘'. -]{0,60},)?\s*")


def read_tree(root: etree._Element) -> tuple[list[Block], list[Note], PaperMetadata | None]:
    """Give the blocks, the notes and the metadata of a paper; without text there is no metadata either."""
    body = PaperBody()
    body.walk(root)
    body.end()
    return body.blocks, body.notes, _metadata(root) if body.blocks else None


def _metadata(root: etree._Element) -> PaperMetadata:
    pairs = [(item.get("name", ""), item.get("content", "")) for item in root.iter("{*}meta")]
    said = metadata.from_pairs(pairs)
    dossiers = tuple(
        number
        for element in root.iter("{*}dossiernummer")
        if (number := metadata.dossier(" ".join(map(str.strip, element.itertext()))))
    )
    numbers = [element for paper in root.iter("{*}stuknr") for element in paper.iter("{*}ondernummer")]
    number = " ".join("".join(numbers[0].itertext()).split()) if numbers else ""
    lines = {line.get("inhoud"): " ".join(line.itertext()) for line in root.iter("{*}tekstregel")}
    by_attribute = CHAMBERS.get(numbers[0].get("kamer", "")) if numbers else None
    return replace(
        said,
        paper=said.paper
        or _record(pairs)
        or (f"kst-{dossiers[0]}-{number}" if dossiers and number else None),
        dossiers=said.dossiers or tuple(dict.fromkeys(dossiers)),
        chamber=said.chamber or by_attribute or metadata.chamber(lines.get("kameraanduiding", "")),
        date=said.date or _date(root),
        session_year=said.session_year or metadata.session_year(lines.get("vergaderjaar", "")),
    )


def _record(pairs: list[tuple[str, str]]) -> str | None:
    """The paper whose metadata the publication points at: https://zoek.officielebekendmakingen.nl/kst-28676-446/metadata.xml"""
    records = [content for name, content in pairs if name.endswith("externMetadataRecord")]
    found = {part for content in records for part in content.split("/") if metadata.PAPER.fullmatch(part)}
    return found.pop() if len(found) == 1 else None


def _date(root: etree._Element) -> datetime.date | None:
    """The first date given as data that stands alone or behind a place."""
    for element in root.iter("{*}datum"):
        line = element.getparent()
        before = "".join(line.itertext()).partition("".join(element.itertext()))[0]
        if PLACE.fullmatch(before.lstrip()) and (found := metadata.date(element.get("isodatum", ""))):
            return found
    return None
