"""The town of a meeting, where the letter says it, and not the town of another meeting that it mentions."""

import re
from collections.abc import Sequence

from letters.parsing.dates import MONTHS, DateMention, find_dates
from letters.parsing.meeting_names import find_meeting_names
from letters.parsing.names import IN_PLACE, PLACES

# "te Zwolle" is always a town
AT_TOWN = re.compile(r"\bte\s+(?P<place>[A-ZÀ-Þ][\w’-]{2,}(?:\s[A-ZÀ-Þ][\w’-]+)?)(?![\w-])")
# "NAVO-top Vilnius", "NAVO Top Den Haag": right behind the meeting's name
_TOWNS = "|".join(re.escape(town) for town in sorted(PLACES, key=len, reverse=True))
NEXT_TO_NAME = re.compile(rf"^,?\s+(?:in\s+|te\s+)?(?P<place>{_TOWNS})(?![\w-])")
HAPPENS = re.compile(
    r"\b(?:vond|vonden|vindt|vinden|plaatsvond(?:en)?|plaatsvindt|bijeen|kwamen|komen|gehouden)\b",
    re.IGNORECASE,
)
# "de NAVO-top in", "een conferentie in", "afspraken in": the town belongs to that noun
NOUN_BEFORE = re.compile(
    r"(?:\b(?:de|het|een|deze|die|dat|onze|haar|zijn|hun|vorige|volgende|komende)\s+(?:[\w’-]+\s+){0,2}[\w’-]+|[\w-]*(?:top|conferentie|bijeenkomst|ministeriële|raad|overleg|akkoord|missie|ambassade))\s*$",
    re.IGNORECASE,
)


def find_place(stated: Sequence[str], opening: Sequence[str], dates: Sequence[DateMention]) -> str | None:
    """The town in which the meeting with these ``dates`` took or takes place, or ``None`` if the letter does not say."""
    for text in stated:
        if place := _beside_name(text) or _stated_place(text):
            return place
    days = {(date.first, date.last) for date in dates}
    happens = [text for text in opening if HAPPENS.search(text) and _has_day(text, days)]
    for text in happens:
        if place := _beside_name(text) or _stated_place(text):
            return place
    loose = {
        match["place"]
        for text in opening
        for match in IN_PLACE.finditer(text)
        if not NOUN_BEFORE.search(text[: match.start()]) and not any(date.year for date in find_dates(text))
    }
    return loose.pop() if len(loose) == 1 else None


def _beside_name(text: str) -> str | None:
    for name in find_meeting_names(text):
        if found := NEXT_TO_NAME.match(text[name.end :]):
            return found["place"]
    return None


def _stated_place(text: str) -> str | None:
    """A town in a sentence about the meeting, unless another meeting stands in front of it."""
    for pattern in (IN_PLACE, AT_TOWN):
        for match in pattern.finditer(text):
            if match["place"].lower() in MONTHS or _belongs_to_another(text, match.start()):
                continue
            return match["place"]
    return None


def _belongs_to_another(text: str, place: int) -> bool:
    """Whether a meeting's name stands right before, that is not one of the letter's own."""
    before = text[:place]
    named = re.search(r"(?:\b(?:NAVO|NATO)[- ]?)?\b(?:top|Top|TOP|conferentie|ministeriële)\s*$", before)
    return bool(named) and not any(name.end >= named.end() - 1 for name in find_meeting_names(before))


def _has_day(text: str, days: set) -> bool:
    return any((mention.first, mention.last) in days or not days for mention in find_dates(text))
