"""A meeting in the making: what the sentences of a letter say of it, before its days are settled."""

import re
from dataclasses import dataclass, field

from letters.parsing.dates import DateMention, find_dates
from letters.parsing.meeting_names import LEADERS, NATO, MeetingName

# "de brief van 3 mei", "d.d. 12 november", "het commissiedebat van 9 juni": the date of something else
OTHER_DATE = re.compile(
    r"\b(?:d\.d\.|(?:kamer)?brief(?:\s+\w+){0,3}\s+(?:van|d\.d\.)|(?:commissie|nota|plenaire?\s+)?debat(?:\s+\w+){0,3}\s+(?:van|op)|overleg(?:\s+\w+){0,3}\s+(?:van|op)|motie\s+.{0,30}van)\s+(?:\w+dag\s+)?$",
    re.IGNORECASE,
)
TAKES_PLACE = re.compile(
    r"\b(?:vond|vonden|vindt|vinden|plaats|plaatsvond(?:en)?|plaatsvindt|plaatsvinden|plaatsgevonden|vergader\w*|bijeen|bijeenkomst(?:en)?|kwamen?|komen|gehouden|houden|deel)\b",
    re.IGNORECASE,
)
FORMATS = (
    (re.compile(r"\binformele?\b", re.IGNORECASE), "informeel"),
    (re.compile(r"\b(?:ingelaste?|buitengewone?|extra)\b", re.IGNORECASE), "ingelast"),
)


@dataclass(frozen=True, slots=True)
class Statements:
    """Where a letter says which meeting it is about, the surest first.

    ``headline``: subject and title; ``cover``: sentences of the cover letter; ``opening``: sentences of the first
    paragraphs; ``text``: all paragraphs of the letter; ``sections``: headings, each with the sentences of the first
    paragraph below it.
    """

    headline: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class Candidate:
    body: str
    levels: tuple[str, ...]
    format: str = ""
    dates: list[DateMention] = field(default_factory=list)
    follows: bool = False  # told to meet on the occasion of another meeting
    told: tuple[str, ...] = ()  # the sentence in the body that tells of it, for a meeting named nowhere else


def is_same_meeting(one: MeetingName, other: MeetingName) -> bool:
    return one.body == other.body and have_level_in_common(one.levels, other.levels)


def have_level_in_common(known: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return not known or not named or bool(set(known) & set(named))


def format_of(text: str, name: MeetingName) -> str:
    if name.levels == (LEADERS,) and name.body == NATO:
        return "top"
    before = text[max(0, name.start - 40) : name.end]
    return next((code for pattern, code in FORMATS if pattern.search(before)), "")


def own_dates(text: str) -> list[DateMention]:
    """The dates in a sentence that may be a meeting's, not those of a letter or a debate."""
    return [
        mention
        for mention in find_dates(text)
        if not OTHER_DATE.search(text[max(0, mention.start - 70) : mention.start])
    ]


def assign_dates(candidates: list[Candidate], names: list[MeetingName], dates: list[DateMention]) -> None:
    """Give every named meeting its date: the one that follows its name, or precedes it where the sentence starts so."""
    if not dates:
        return
    dates_first = dates[0].start < names[0].start and len(dates) > 1
    for name in names:
        before = [date for date in dates if date.end <= name.start]
        after = [date for date in dates if date.start >= name.end]
        choice = (before[-1:] or after[:1]) if dates_first else (after[:1] or before[-1:])
        for candidate in candidates:
            if candidate.body == name.body and have_level_in_common(candidate.levels, name.levels):
                candidate.dates += choice
