"""What a line must look like to be a heading, and what its words say about it."""

import re

from letters.parsing.document import Block, BlockKind

LONGEST_HEADING = 140  # characters
LONGEST_TITLE = 260
MOST_WORDS = 18

# "2.", "1.1", "A.", "II.", "b)" in front of a heading; not "2%", "F-35" or "J. S. J. Hillen"
NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]\s*|\d{1,2}(?:\.\d{1,2})+\s+|[A-Z][.)]\s+(?![A-Z]\.)|[IVX]{1,4}[.)]\s+|[a-z]\)\s+)(?=\S)"
)
# Headings that only open a letter or a part of it
OPENING = re.compile(
    r"(?:algemeen|introductie|inleiding|agenda|(?:geannoteerde\s+)?agenda|samenvatting|ten\s+geleide|vooraf|aanleiding|verslag|achtergrond)",
    re.IGNORECASE,
)
# Headings that only close it
CLOSING = re.compile(
    r"(?:tot\s+slot|slot|afsluiting|afsluitend|overige?|overige\s+(?:onderwerpen|punten|zaken)|diversen|any\s+other\s+business|rondvraag|vooruitblik"
    r"|vervolg|vervolgstappen|slotopmerkingen?)",
    re.IGNORECASE,
)
KIND_WORD = re.compile(
    r"\b(?:verslag|terugkoppeling|uitkomsten|geannoteerde\s+(?:concept)?agenda|conceptagenda|agenda|kabinetsinzet|inzet|beantwoording|antwoorden)\b",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"^(?:Bijlage|Annex|Appendix)(?:\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])\b)?\s*(?P<separator>[:.–-]\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)


def without_numbering(text: str) -> str:
    """The heading without "2.", "A." or "II." in front."""
    return NUMBERING.sub("", text, count=1).strip()


def could_be_heading(block: Block, longest: int = LONGEST_HEADING) -> bool:
    """Whether the block's own form allows it to be a heading: short, no sentence, no row of a table."""
    text = block.text.strip()
    if block.kind == BlockKind.HEADING:
        return bool(text) and len(text) <= LONGEST_TITLE
    if block.kind == BlockKind.TABLE_ROW or not text or len(text) > longest or len(text.split()) > MOST_WORDS:
        return False
    if block.label and not re.match(r"(?:\d|[A-Z]|[IVX]+)", block.label):
        return False
    if text.endswith((".", ";", ",", "!", "…")) and not text.endswith(("D.C.", "a.i.", "jl.")):
        return False
    first = without_numbering(text)[:1]
    return (
        bool(first)
        and (first.isupper() or first.isdigit() or first in "\"'‘“«„(")
        and any(map(str.isalpha, text))
    )


def is_opening(text: str) -> bool:
    """ "Algemeen", "1. Inleiding", "Agenda"."""
    return bool(OPENING.fullmatch(without_numbering(text).rstrip(":")))


def is_closing(text: str) -> bool:
    """ "Tot slot", "Overige onderwerpen"."""
    return bool(CLOSING.fullmatch(without_numbering(text).rstrip(":")))
