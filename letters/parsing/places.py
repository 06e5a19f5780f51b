"""The town of a meeting, where the letter says it, and not the town of another meeting that it mentions."""

import re
from collections.abc import Sequence

from letters.parsing.dates import MONTHS, DateMention, find_dates
from letters.parsing.meeting_names import MeetingName, all_meeting_names
from letters.parsing.names import IN_PLACE, PLACES
from letters.parsing.patterns import either

# "te Zwolle" is always a town
AT_TOWN = re.compile(r"\bte\s+(?P<place>[A-ZÀ-Þ][\w’-]{2,}(?:\s[A-ZÀ-Þ][\w’-]+)?)(?![\w-])")
# "NAVO-top Vilnius", "NAVO Top Den Haag": right behind the meeting's name
_TOWNS = "|".join(re.escape(town) for town in sorted(PLACES, key=len, reverse=True))
NEXT_TO_NAME = re.compile(rf"^,?\s+(?:in\s+|te\s+)?(?P<place>{_TOWNS})(?![\w-])")
HAPPENS = either(
    r"\b(?:vond|vonden|vindt|vinden|plaatsvond(?:en)?|plaatsvindt|plaatsvinden|plaats\s+zal\s+vinden|plaatsgevonden|vergader\w*|bijeen|bijeenkomst(?:en)?|kwamen|komen|gehouden)\b"
)
# "A, B en de C"
BETWEEN_NAMES = re.compile(
    r"[\s,;]*(?:\([^)]*\)[\s,;]*)?(?:\ben\b\s*)?(?:\bvan\b\s*)?(?:\b(?:de|het)\b\s*)?(?:NAVO-?)?"
)
# "de top in", "een conferentie te"
OTHER_MEETING = re.compile(r"\b(?:top|conferentie|ministeriële)\s*$", re.IGNORECASE)
#: Characters in front of a town in which its noun stands
NEAR = 200
# "de NAVO-top in", "een conferentie in", "afspraken in": the town belongs to that noun
NOUN_BEFORE = re.compile(
    r"""(?:\b(?:de|het|een|deze|die|dat|onze|haar|zijn|hun|vorige|volgende|komende)\s+(?:[\w’-]+\s+){0,2}[\w’-]+
        |(?<![\w-])[\w-]*(?:top|conferentie|bijeenkomst|ministeriële|raad|overleg|akkoord|missie|ambassade))\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
# "De bijeenkomst zal plaatsvinden in": there the town belongs to the meeting
VERB_BEFORE = re.compile(
    r"\b(?:plaats|plaatsvind(?:t|en)|plaatsvond(?:en)?|plaatsgevonden|vinden|gehouden|bijeen\w*|vergader\w*|waren|was|is|zijn)\s*$",
    re.IGNORECASE,
)


def find_place(
    body: str,
    levels: Sequence[str],
    stated: Sequence[str],
    opening: Sequence[str],
    dates: Sequence[DateMention],
) -> str | None:
    """The town where the meeting of ``body`` at ``levels`` on ``dates`` took or takes place, or ``None``.

    ``stated`` are subject, title and cover; ``opening`` are the sentences of the first paragraphs.
    """
    days = {(date.first, date.last) for date in dates}
    happens = [text for text in opening if HAPPENS.search(text) and (not days or _has_day(text, days))]
    for text in (*stated, *happens):
        if place := _place_of(body, levels, text):
            return place
    loose = {
        match["place"]
        for text in opening
        for match in IN_PLACE.finditer(text)
        if not _of_a_noun(text[: match.start()]) and not any(date.year for date in find_dates(text))
    }
    return loose.pop() if len(loose) == 1 else None


def _of_a_noun(before: str) -> bool:
    near = before[-NEAR:]
    return bool(NOUN_BEFORE.search(near)) and not VERB_BEFORE.search(near)


def _place_of(body: str, levels: Sequence[str], text: str) -> str | None:
    """The town that a sentence gives to this meeting: beside its name, else behind it or its list of meetings."""
    names = all_meeting_names(text)
    for name in names:
        found = NEXT_TO_NAME.match(text[name.end :])
        if found and _is_ours(name, body, levels):
            return found["place"]
    for pattern in (IN_PLACE, AT_TOWN):
        for match in pattern.finditer(text):
            before = [name for name in names if name.end <= match.start()]
            candidates = _listed_together(before, text) or names
            of_noun = OTHER_MEETING.search(text[: match.start()]) and not (
                before and before[-1].end >= match.start() - 1
            )
            ours = not candidates or any(_is_ours(name, body, levels) for name in candidates)
            if ours and not of_noun and match["place"].lower() not in MONTHS:
                return match["place"]
    return None


def _is_ours(name: MeetingName, body: str, levels: Sequence[str]) -> bool:
    return (
        name.own
        and name.body == body
        and (not name.levels or not levels or bool(set(name.levels) & set(levels)))
    )


def _listed_together(names: list[MeetingName], text: str) -> list[MeetingName]:
    """The last name, with those in front of it that only commas and "en" part from it."""
    together = names[-1:]
    for name in reversed(names[:-1]):
        if not BETWEEN_NAMES.fullmatch(text[name.end : together[0].start]):
            break
        together.insert(0, name)
    return together


def _has_day(text: str, days: set) -> bool:
    return any((mention.first, mention.last) in days for mention in find_dates(text))
