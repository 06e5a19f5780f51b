"""A meeting in the making: what the sentences of a letter say of it, before its days are settled."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from letters.parsing.dates import DateMention, find_dates
from letters.parsing.meetings.names import LEADERS, NATO, MeetingName, find_meeting_names
from letters.parsing.sessions.days import NEXT_DAY

# "de brief van 3 mei", "d.d. 12 november", "het commissiedebat van 9 juni": the date of something else
OTHER_DATE = re.compile(
    r"\b(?:d\.d\.|(?:kamer)?brief(?:\s+\w+){0,3}\s+(?:van|d\.d\.)|(?:commissie|nota|plenaire?\s+)?debat(?:\s+\w+){0,3}\s+(?:van|op)|overleg(?:\s+\w+){0,3}\s+(?:van|op)|motie\s+.{0,30}van|(?:verzoek|toezegging|schrijven)\b(?:(?!\bdat\b)[^.,;]){0,60}\s(?:van|d\.d\.|op))\s+(?:\w+dag\s+)?$",
    re.IGNORECASE,
)
# Who asks or is told something on a day of its own: "vragen die de commissie op 2 juni heeft gesteld", "Op 3 mei ontving uw Kamer"
_PARLIAMENT = re.compile(r"\b(?:commissie\w*|Kamer|leden|fracties?|\w+-fractie)\b")
_ASKED_OR_TOLD = re.compile(
    r"\b(?:gesteld|stelden?|verzocht(?:en)?|gevraagd|vroeg|vroegen|voorgelegd|legden?|toegezegd|ontving|ontvangen|stuurden?|gestuurd|zond|zonden"
    r"|gezonden|(?:toe|ver)gezonden|verzonden|toegestuurd|aangeboden|informeerden?|geïnformeerd|berichtten?|bericht|aangenomen|debatteerde|gedebatteerd"
    r"|sprak|gesproken|overlegde)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:]|\.\s(?=[A-Z])|\bdat\b"
)  # "bericht ik u dat op 3 mei de ministers bijeenkomen"
TAKES_PLACE = re.compile(
    r"\b(?:vond|vonden|vindt|vinden|plaats|plaatsvond(?:en)?|plaatsvindt|plaatsvinden|plaatsgevonden|vergader\w*|bijeen\w*|kwamen?|komen|gehouden|houden|deel)\b",
    re.IGNORECASE,
)
# "een dag eerder", "de dag ervoor", "daags tevoren"
DAY_BEFORE = re.compile(
    r"\b(?:(?:de|een)\s+dag\s+(?:eerder|ervoor|daarvoor|tevoren)|(?:de\s+)?vorige\s+dag|daags\s+(?:ervoor|daarvoor|tevoren))\b",
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
    """Whether two names may be of one meeting, whatever their dates: one body, and no other level."""
    return one.body == other.body and have_level_in_common(one.levels, other.levels)


def have_level_in_common(known: tuple[str, ...], named: tuple[str, ...]) -> bool:
    """Whether the levels agree; who names none contradicts none."""
    return not known or not named or bool(set(known) & set(named))


def format_of(text: str, name: MeetingName) -> str:
    """The form of the meeting ("top", "informeel" …) by its name and what stands just before it; "" for an ordinary one."""
    if name.levels == (LEADERS,) and name.body == NATO:
        return "top"
    before = text[max(0, name.start - 40) : name.end]
    return next((code for pattern, code in FORMATS if pattern.search(before)), "")


def own_dates(text: str) -> list[DateMention]:
    """The dates in a sentence that may be a meeting's, not those of a letter, a debate or a question.

    What stands in front of a meeting's name says nothing about the date behind that name.
    """
    dates = find_dates(text)
    if not dates:
        return []
    names = find_meeting_names(text)
    own: list[DateMention] = []
    for mention in dates:
        name_end = max((name.end for name in names if name.end <= mention.start), default=None)
        end = min([len(text), *(name.start for name in names if name.start >= mention.end)])
        before, behind = text[name_end or 0 : mention.start], text[mention.end : end]
        beside_name = (
            name_end is not None and before.strip() == "d.d."
        )  # "NAVO-ministeriële d.d. 3 en 4 april"
        if beside_name or not (OTHER_DATE.search(before[-70:]) or _of_parliament(before, behind)):
            own.append(mention)
    return own


def with_dates(sentences: Iterable[str]) -> Iterator[tuple[str, list[DateMention]]]:
    """Sentences with the dates in them that may be a meeting's; "een dag later" counts on from the sentence before."""
    before: list[DateMention] = []
    for text in sentences:
        dates = own_dates(text)
        if not dates and len(before) == 1 and (later := _day_beside(text)):
            dates = _moved(before[0], later)
        before = dates
        yield text, dates


def _day_beside(text: str) -> int:
    """1 for "een dag later", -1 for "een dag eerder", else 0."""
    return 1 if NEXT_DAY.search(text) else -1 if DAY_BEFORE.search(text) else 0


def _moved(mention: DateMention, days: int) -> list[DateMention]:
    """The day so many ``days`` later; none for a period, nor where only the year tells which day that is."""
    options: set[tuple[int, int]] = set()
    for year in (mention.year,) if mention.year else (2023, 2024):  # 28 February is followed by two days
        period = mention.period(year)
        if period and period[0] == period[1]:
            day = period[0] + datetime.timedelta(days=days)
            options.add((day.day, day.month))
    if len(options) != 1:
        return []
    return [replace(mention, first=(when := options.pop()), last=when, weekday=None)]


def _of_parliament(before: str, behind: str) -> bool:
    """Whether parliament asked or was told something on a day, in the clause between ``before`` and ``behind`` it."""
    around = f"{_CLAUSE_END.split(before)[-1]} {_CLAUSE_END.split(behind)[0]}"
    return bool(_PARLIAMENT.search(around) and _ASKED_OR_TOLD.search(around))


def assign_dates(candidates: list[Candidate], names: list[MeetingName], dates: list[DateMention]) -> None:
    """Give every named meeting its date: the one that follows its name, or precedes it where the sentence starts so."""
    if not dates:
        return
    dates_first = dates[0].start < names[0].start and len(dates) > 1
    for name in names:
        before = [date for date in dates if date.end <= name.start]
        after = [date for date in dates if date.start >= name.end]
        if before and not dates_first and any(_is_other(other, name, before[-1]) for other in names):
            before = []  # "de NAVO-ministers op 4 juni en de RBZ": the day of the first only
        choice = (before[-1:] or after[:1]) if dates_first else (after[:1] or before[-1:])
        for candidate in candidates:
            if candidate.body == name.body and have_level_in_common(candidate.levels, name.levels):
                candidate.dates += choice


def _is_other(other: MeetingName, name: MeetingName, date: DateMention) -> bool:
    """Whether another meeting is named in front of the date."""
    return other.end <= date.start and not is_same_meeting(other, name)
