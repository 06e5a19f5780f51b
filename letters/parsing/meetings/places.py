"""The town of a meeting, where the letter says it, and not the town of another meeting that it mentions."""

import re
from collections.abc import Collection, Sequence

from letters.parsing.dates import MONTHS, DateMention, find_dates
from letters.parsing.meetings.names import MeetingName, all_meeting_names
from letters.parsing.names import IN_PLACE, IN_TOWN, NO_TOWNS, PLACES
from letters.parsing.patterns import either

# "te Zwolle" is always a town
AT_TOWN = re.compile(r"\bte\s+(?P<place>[A-ZÀ-Þ][\w’-]{2,}(?:\s[A-ZÀ-Þ][\w’-]+)?)(?![\w-])")
# "in NAVO-verband", "in Benelux-kader"
NO_TOWN = re.compile(
    r".*-?(?:verband|kader|context|samenstelling|formaat|raad|missie|operatie)", re.IGNORECASE
)
_HAPPENING = (
    r"(?:plaats|gehouden|bijeen|komt|komen|kwam|kwamen|vond|vonden|vindt|vinden|wordt|werd|werden|zal|zullen"
    r"|was|waren|is|zijn|volgt|volgde)"
)
# between a name or a day and the town: " jl. ", " plaats ", ", die "
GAP_BEFORE = re.compile(
    rf"(?:\s*(?:jl\.?|j\.l\.|jongstleden|aanstaande|a\.s\.|,|\([^)]*\)|die|dat|eveneens|ook|{_HAPPENING}))*\s*",
    re.IGNORECASE,
)
# between the town and a name or a day: " de informele bijeenkomst van de ", " plaats op "
GAP_BEHIND = re.compile(
    rf"""(?:\s+(?:de|het|een|van|op|met|informele?|formele|reguliere|gezamenlijke|buitengewone|ingelaste|jaarlijkse|ministeriële
        |bijeenkomst|vergadering|zitting|zoge(?:heten|naamde)|{_HAPPENING}))*\s*(?:\b(?:NAVO|EU)-?\s*)?""",
    re.VERBOSE | re.IGNORECASE,
)
# "Op 12 februari volgt op dezelfde plaats de bijeenkomst van …"
SAME_PLACE = re.compile(r"\b(?:op|in)\s+dezelfde\s+(?:plaats|plek|locatie|stad)\b|\baldaar\b", re.IGNORECASE)
# "vergaderen op het NAVO-hoofdkwartier", "in het hoofdkwartier van de NAVO": that stands in Brussels since 1967
AT_HEADQUARTERS = re.compile(
    r"\b(?:op|in)\s+het\s+(?:(?:nieuwe\s+)?(?:NAVO|NATO)-?\s?hoofdkwartier|hoofdkwartier\s+van\s+(?:de\s+)?(?:NAVO|NATO)\b)"
    r"(?!\s+(?:in|te)\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
HEADQUARTERS = "Brussel"
# "NAVO-top Vilnius", "NAVO Top Den Haag": right behind the meeting's name
_TOWNS = "|".join(re.escape(town) for town in sorted(PLACES, key=len, reverse=True))
NEXT_TO_NAME = re.compile(rf"^,?\s+(?:in\s+|te\s+)?(?P<place>{_TOWNS})(?![\w-])")
HAPPENS = either(
    r"\b(?:vond|vonden|vindt|vinden|plaatsvond(?:en)?|plaatsvindt|plaatsvinden|plaats\s+zal\s+vinden|plaatsgevonden|vergader\w*|bijeen\w*|kwamen|komen|gehouden)\b"
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
    happens = [text for text in opening if _tells_of(text, body, levels, days)]
    for text in (*stated, *happens):
        if place := _place_of(body, levels, text):
            return place
    at_headquarters = [
        {_is_ours(name, body, levels) for name in all_meeting_names(text)}
        for text in (*stated, *filter(HAPPENS.search, opening))
        if AT_HEADQUARTERS.search(text)
    ]
    if {True} in at_headquarters:
        return HEADQUARTERS
    for number, text in enumerate(opening):
        if text in happens and SAME_PLACE.search(text):
            before = [match["place"] for other in opening[:number] for match in IN_PLACE.finditer(other)]
            return before[-1] if before else None
    loose = {
        match["place"]
        for text in opening
        if not _tells_of_another(text, body, levels)
        for match in IN_PLACE.finditer(text)
        if not _of_a_noun(text[: match.start()]) and not any(date.year for date in find_dates(text))
    }
    if (
        not loose and set() in at_headquarters
    ):  # "Daar vergaderden de ministers in het hoofdkwartier van de NAVO"
        return HEADQUARTERS
    return loose.pop() if len(loose) == 1 else None


def _tells_of(text: str, body: str, levels: Sequence[str], days: Collection[tuple]) -> bool:
    """Whether a sentence tells that the meeting takes place, on one of its days if these are known."""
    if days and not _has_day(text, days):
        return False
    named = days and any(_is_ours(name, body, levels) for name in all_meeting_names(text))
    return bool(named or HAPPENS.search(text))


def _tells_of_another(text: str, body: str, levels: Sequence[str]) -> bool:
    """Whether a sentence tells that only other meetings take place."""
    names = [name for name in all_meeting_names(text) if name.own]
    return bool(names and HAPPENS.search(text)) and not any(_is_ours(name, body, levels) for name in names)


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
    for pattern in (IN_PLACE, AT_TOWN, IN_TOWN):
        for match in pattern.finditer(text):
            if pattern is not IN_PLACE and not _could_be_town(match, names, text):
                continue
            before = [name for name in names if name.end <= match.start()]
            behind = [name for name in names if GAP_BEHIND.fullmatch(text, match.end(), name.start)]
            candidates = behind[:1] or _listed_together(before, text) or names
            of_noun = OTHER_MEETING.search(text[: match.start()]) and not (
                before and before[-1].end >= match.start() - 1
            )
            ours = not candidates or any(_is_ours(name, body, levels) for name in candidates)
            if ours and not of_noun and match["place"].lower() not in MONTHS:
                return match["place"]
    return None


def _could_be_town(match: re.Match, names: Sequence[MeetingName], text: str) -> bool:
    """Whether capitalised words behind "te", or behind "in" beside a meeting's name or day, are a town unknown so far."""
    place = match["place"]
    if place.split()[0] in NO_TOWNS or NO_TOWN.fullmatch(place):
        return False
    if match.re is AT_TOWN:
        return True
    marks = [*names, *find_dates(text)]
    return any(
        (mark.end <= match.start() and GAP_BEFORE.fullmatch(text, mark.end, match.start()))
        or (mark.start >= match.end() and GAP_BEHIND.fullmatch(text, match.end(), mark.start))
        for mark in marks
    )


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
