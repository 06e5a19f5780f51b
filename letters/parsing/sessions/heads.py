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

# What stands in front of "sessie" or of a meal
KIND = (
    r"(?:informele?|informeel|formele|besloten|gezamenlijke?|plenaire|afsluitende?|afzonderlijke?|aparte?|gecombineerde?"
    r"|korte?|aansluitende?|nieuwe?|speciale?|bijzondere?|ingelaste?|verdere?)"
)
_SEPARATOR = r"\s*(?:[:.;,–—-]|\bover\b|\binzake\b)?\s*"
# "Sessie 1: …", "Werksessie II – Oekraïne", "NAR-sessie 2", "Werksessie 1 (28 november): …", "Werksessie (I)"
NUMBERED = re.compile(
    rf"""^(?:[\w-]*sessie|zitting)\s+\(?(?P<number>\d{{1,2}}|[IVX]{{1,4}}|{"|".join(COUNTS)})\b\)?(?:\s*\([^)]*\))?
    {_SEPARATOR}(?P<title>.*)$""",
    re.VERBOSE | re.IGNORECASE,
)
# "Eerste sessie – …", "Tweede werksessie: Rusland", "1e werksessie", "Derde (en laatste) zitting"
ORDINAL = re.compile(
    rf"""^(?:(?P<word>{"|".join(ORDINALS)})|(?P<digit>\d)e)\s+(?:\(?en\s+(?:laatste|afsluitende)\)?\s+)?
    (?:{KIND}\s+|NAR-|NUC-){{0,2}}(?:[\w-]*sessie|zitting)\b(?:\s*\([^)]*\))?{_SEPARATOR}(?P<title>.*)$""",
    re.VERBOSE | re.IGNORECASE,
)
# "Werksessie: Afschrikking en verdediging"; a meal keeps its name: "Werkdiner: de trans-Atlantische band"
BARE = re.compile(r"^(?:(?:werk|plenaire\s+))?sessie\s*[:–—]\s*(?P<title>\S.*)$", re.IGNORECASE)
# "Avondsessie met deelname van …", "Informeel werkdiner", "Plenaire sessie over …", "Sessie met partners"
NAMED = re.compile(
    rf"""^(?:{KIND}\s+|laatste\s+){{0,2}}(?:[\w-]*sessie|(?:openings|ochtend|middag|avond|slot)zitting
    |[\w-]*(?:werkdiner|werklunch|werkontbijt)|diner|lunch|ontbijt)\b(?!\s+\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# "A. ", "II. ", "3) " in front of a head
NUMBER_IN_FRONT = re.compile(r"^(?:\d{1,2}|[A-Z]|[IVX]{1,4})[.)]\s+")
# "Donderdag 3 juni, werkdiner", "26 februari, 14.00 uur: sessie 1": behind the day
TIME_BEHIND_DAY = re.compile(
    r"(?:,?\s*\d{1,2}[.:]\d{2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?(?:\s*uur)?)?\s*[:,–—-]\s*(?=\S)"
)

# "NAVO-Rusland Raad (NRR)", "NAVO-Georgië Commissie": beside sessions it is one itself
COUNCIL = re.compile(
    r"(?:NAVO|NATO)[- –](?:Oekraïne|Rusland|Georgië|Ukraine|Russia|Georgia)[- –](?:Raad|Commissie|Council|Commission)"
    r"(?:\s*\([A-Z]{3}\))?"
    r"|Euro-Atlantische\s+Partnerschaps\s?raad(?:\s*\(EAPR\))?",
    re.IGNORECASE,
)
# "Werkdiner (13 mei): …", "Lunch (diezelfde dag)": the day between brackets is no part of a title
BRACKETED = re.compile(r"\s{0,4}\((?P<inside>[^()]{1,40})\)")
_WORDS_OF_DAY = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond)?|(?:dezelfde|diezelfde|volgende|eerste|tweede|derde|de|op|in)"
    r"|dag|ochtend|middag|avond|dag\s+\d)\b",
    re.IGNORECASE,
)
# "Sessie 2, aansluitend: Irak", "Derde sessie – diezelfde avond: Kosovo"
RELATIVE_DAY = re.compile(
    r"^(?:aansluitend|(?:de|die)zelfde\s+(?:dag|middag|avond)|(?:de\s+)?volgende\s+(?:dag|ochtend))\s*[:;,–—-]\s*(?=\S)",
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
    line = block.text.strip()
    if len(line) > 200 or line.endswith((".", ";", ",")):
        return None
    text = _without_day_in_front(NUMBER_IN_FRONT.sub("", line, count=1))
    if found := NUMBERED.match(text):
        number = found["number"]
        value = int(number) if number.isdigit() else ROMAN.get(number.upper()) or COUNTS.get(number.lower())
        return SessionHead(value, _without_day(found["title"]) or None, line)
    if found := ORDINAL.match(text):
        number = ORDINALS[found["word"].lower()] if found["word"] else int(found["digit"])
        return SessionHead(number, _without_day(found["title"]) or None, line)
    if found := BARE.match(text):
        return SessionHead(None, found["title"], line)
    if NAMED.match(text) and len(text.split()) <= 16:
        return SessionHead(None, _without_bracketed_day(text), line)
    return None


def _without_day_in_front(text: str) -> str:
    mention = next(iter(find_dates(text)), None)
    behind = TIME_BEHIND_DAY.match(text, mention.end) if mention and not mention.start else None
    return text[behind.end() :] if behind else text


def _without_bracketed_day(text: str) -> str:
    found = BRACKETED.search(text)
    if not found:
        return text
    inside = found["inside"]
    for mention in reversed(find_dates(inside)):
        inside = inside[: mention.start] + inside[mention.end :]
    is_day = not re.search(r"\w", _WORDS_OF_DAY.sub("", inside))
    return text[: found.start()] + text[found.end() :] if is_day else text


def _without_day(title: str) -> str:
    """The title of "Sessie 2, 1 april: Irak" without its day."""
    title = RELATIVE_DAY.sub("", title, count=1)
    mention = next(iter(find_dates(title)), None)
    if mention is None or title[: mention.start].strip().lower() not in {"", "op"}:
        return title.strip()
    end = DAY_END.match(title, mention.end)
    return title[end.end() :].strip() if end else title.strip()
