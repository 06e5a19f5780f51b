"""Headings that open a session: numbered, in words, or by name."""

import re
from dataclasses import dataclass

from letters.parsing.dates import find_dates
from letters.parsing.document import Block

ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("eerste", "openings"),
            ("tweede",),
            ("derde",),
            ("vierde",),
            ("vijfde",),
            ("zesde",),
            ("zevende",),
            ("achtste",),
        ),
        start=1,
    )
    for word in words
}
ROMAN = {
    numeral: number
    for number, numeral in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"), start=1)
}
COUNTS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7}

_SEPARATOR = r"\s*(?:[:.;,–—-]|\bover\b|\binzake\b)?\s*"
# "Sessie 1: …", "Werksessie II – Oekraïne", "NAR-sessie 2", "Werksessie 1 (28 november): …"
NUMBERED = re.compile(
    rf"^(?:[\w-]*sessie)\s+(?P<number>\d{{1,2}}|[IVX]{{1,4}}|{'|'.join(COUNTS)})\b(?:\s*\([^)]*\))?{_SEPARATOR}(?P<title>.*)$",
    re.IGNORECASE,
)
# "Eerste sessie – …", "Tweede werksessie: Rusland", "1e werksessie"
ORDINAL = re.compile(
    rf"^(?:(?P<word>{'|'.join(ORDINALS)})|(?P<digit>\d)e)\s+(?:plenaire\s+|NAR-|NUC-)?[\w-]*sessie\b(?:\s*\([^)]*\))?{_SEPARATOR}(?P<title>.*)$",
    re.IGNORECASE,
)
# "Werksessie: Afschrikking en verdediging"; a meal keeps its name: "Werkdiner: de trans-Atlantische band"
BARE = re.compile(r"^(?:(?:werk|plenaire\s+))?sessie\s*[:–—]\s*(?P<title>\S.*)$", re.IGNORECASE)
# "Avondsessie met deelname van …", "Informeel werkdiner", "Plenaire sessie over …", "Sessie met partners"
NAMED = re.compile(
    r"^(?:(?:informele?|formele|besloten|gezamenlijke|plenaire|afsluitende|gecombineerde)\s+)*(?:[\w-]*sessie|(?:openings|ochtend|middag|avond|slot)zitting|[\w-]*(?:werkdiner|werklunch|werkontbijt)|diner|lunch)\b(?!\s+\d)",
    re.IGNORECASE,
)

# behind the day in "Sessie 2, 1 april: Irak"
DAY_END = re.compile(r"\s*(?:[:;,–—-]|$)")


@dataclass(frozen=True, slots=True)
class SessionHead:
    """``number`` is ``None`` for a session that has only a name, ``title`` for one that has only a number.

    ``line`` is the heading as printed, which may give a day that is no part of the title.
    """

    number: int | None
    title: str | None
    line: str = ""


def find_session_head(block: Block) -> SessionHead | None:
    """Read a heading such as "Werksessie II: Oekraïne"; ``None`` for any other line."""
    text = block.text.strip()
    if len(text) > 200 or text.endswith((".", ";", ",")):
        return None
    if found := NUMBERED.match(text):
        number = found["number"]
        value = int(number) if number.isdigit() else ROMAN.get(number.upper()) or COUNTS.get(number.lower())
        return SessionHead(value, _without_day(found["title"]) or None, text)
    if found := ORDINAL.match(text):
        number = ORDINALS[found["word"].lower()] if found["word"] else int(found["digit"])
        return SessionHead(number, _without_day(found["title"]) or None, text)
    if found := BARE.match(text):
        return SessionHead(None, found["title"], text)
    if NAMED.match(text) and len(text.split()) <= 16:
        return SessionHead(None, text, text)
    return None


def _without_day(title: str) -> str:
    """The title of "Sessie 2, 1 april: Irak" without its day."""
    mention = next(iter(find_dates(title)), None)
    if mention is None or title[: mention.start].strip().lower() not in {"", "op"}:
        return title.strip()
    end = DAY_END.match(title, mention.end)
    return title[end.end() :].strip() if end else title.strip()
