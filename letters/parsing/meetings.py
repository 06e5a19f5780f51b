"""Which meetings a letter treats: body, level, days, and place.

The subject, the title and the cover sentence say it; the first paragraphs fill in what these leave out.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from letters.parsing.dates import DateMention, find_dates
from letters.parsing.meeting_names import (
    DEFENCE,
    FOREIGN_AFFAIRS,
    LEADERS,
    NATO,
    MeetingName,
    could_be_of_any_body,
    find_councils,
    find_meeting_names,
    meetings_as_heading,
)
from letters.parsing.parsed_letter import LetterKind, ParsedMeeting, Problem
from letters.parsing.places import find_place
from letters.parsing.years import complete_year, year_of_month

# "de brief van 3 mei", "d.d. 12 november", "het commissiedebat van 9 juni": the date of something else
OTHER_DATE = re.compile(
    r"\b(?:d\.d\.|(?:kamer)?brief(?:\s+\w+){0,3}\s+(?:van|d\.d\.)|(?:commissie|nota|plenaire?\s+)?debat(?:\s+\w+){0,3}\s+(?:van|op)|overleg(?:\s+\w+){0,3}\s+(?:van|op)|motie\s+.{0,30}van)\s+(?:\w+dag\s+)?$",
    re.IGNORECASE,
)
TAKES_PLACE = re.compile(
    r"\b(?:vond|vonden|vindt|vinden|plaats|plaatsvond(?:en)?|plaatsvindt|plaatsvinden|plaatsgevonden|vergader\w*|bijeen|bijeenkomst(?:en)?|kwamen?|komen|gehouden|houden|deel)\b",
    re.IGNORECASE,
)
# "Hierbij bied ik u het verslag aan van de NAVO-top van 28 juni": a cover sentence that stands in the text
HANDS_OVER = re.compile(
    r"\b(?:bied|bieden|ontvangt|stuur|sturen|doe|doen|zend|zenden|treft|vindt)\b[^.]{0,200}\b(?:verslag|agenda|inzet)\b",
    re.IGNORECASE,
)
# "Aansluitend op de RBZ Defensie zal er een Bestuursraad plaatsvinden": a meeting beside another, on its day
SAME_OCCASION = re.compile(
    r"\b(?:aansluitend|voorafgaand|(?:in\s+de|en)\s+marge|daarna|daarnaast|dezelfde\s+dag|tevens|eveneens|na\s+afloop)\b",
    re.IGNORECASE,
)
BESIDE_EACH_OTHER = datetime.timedelta(days=3)
LEVEL_OF_OFFICE = {
    "minister van Buitenlandse Zaken": FOREIGN_AFFAIRS,
    "minister van Defensie": DEFENCE,
    "minister-president": LEADERS,
    "minister-president, minister van Algemene Zaken": LEADERS,
}
LEVEL_OF_MINISTRY = {"Ministerie van Buitenlandse Zaken": FOREIGN_AFFAIRS, "Ministerie van Defensie": DEFENCE}
LEVEL_ORDER = (LEADERS, FOREIGN_AFFAIRS, DEFENCE)
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
class _Candidate:
    body: str
    levels: tuple[str, ...]
    format: str = ""
    dates: list[DateMention] = field(default_factory=list)
    follows: bool = False  # told to meet on the occasion of another meeting
    told: tuple[str, ...] = ()  # the sentence in the body that tells of it, for a meeting named nowhere else


def find_meetings(
    statements: Statements,
    kind: LetterKind,
    letter_date: datetime.date | None,
    offices: Sequence[str] = (),
    ministry: str | None = None,
) -> tuple[tuple[ParsedMeeting, ...], tuple[Problem, ...]]:
    """Find the letter's meetings. ``offices`` are those of who sign: they say who met where the text does not."""
    candidates = _candidates(statements)
    for candidate in candidates:
        if not candidate.levels:
            candidate.levels = _levels_from_context(candidate, statements, offices, ministry)
    _fill_dates(candidates, statements)
    candidates += _further(candidates, statements)
    direction = {LetterKind.REPORT: -1, LetterKind.ANNOTATED_AGENDA: 1}.get(kind, 0)
    meetings: list[ParsedMeeting] = []
    problems: list[Problem] = []
    for candidate in candidates:
        start, end, problem = _period(candidate, statements, letter_date, direction)
        stated = statements.headline + statements.cover
        place = find_place(
            candidate.body, candidate.levels, stated, (*statements.opening, *candidate.told), candidate.dates
        )
        is_summit = candidate.body == NATO and candidate.levels == (LEADERS,)
        format = candidate.format or ("top" if is_summit else "")
        meetings.append(ParsedMeeting(candidate.body, candidate.levels, start, end, place, format))
        problems += [problem] if problem else []
        if not candidate.levels:
            problems.append(
                Problem(
                    "meeting_level_unknown",
                    "Op welk niveau vergaderd is, staat niet in de brief.",
                    "meetings",
                )
            )
    return _distinct(meetings), tuple(dict.fromkeys(problems))


def _distinct(meetings: list[ParsedMeeting]) -> tuple[ParsedMeeting, ...]:
    kept: dict[tuple, ParsedMeeting] = {}
    for meeting in meetings:
        kept.setdefault((meeting.body, meeting.levels, meeting.start), meeting)
    return tuple(kept.values())


def _candidates(statements: Statements) -> list[_Candidate]:
    candidates: list[_Candidate] = []
    for text in statements.headline:
        _add_names(candidates, text, find_meeting_names(text))
    for text in statements.cover:
        _add_names(candidates, text, _additional(candidates, text))
    if not candidates:
        candidates = _councils(statements)
    for text in statements.opening:
        names = find_meeting_names(text)
        own_date = _own_dates(text) and TAKES_PLACE.search(text)
        enumerates = len({(name.body, name.levels) for name in names}) > 1 and own_date
        if enumerates or (own_date and not candidates):
            _add_names(candidates, text, names)
    if not candidates:
        for text in statements.opening:
            if names := find_meeting_names(text):
                _add_names(candidates, text, names[:1])
                break
    return candidates


def _further(candidates: list[_Candidate], statements: Statements) -> list[_Candidate]:
    """Meetings of other bodies that the letter treats beside the first: each has a section of its own, or is told at
    the start and returns in the text.
    """
    found: list[_Candidate] = []
    sentences = (*statements.cover, *statements.opening)
    headed = [
        (name, (*sentences, *below))
        for heading, below in statements.sections
        for name in meetings_as_heading(heading)
    ]
    told = [
        (name, (text,))
        for text in sentences
        if TAKES_PLACE.search(text)
        for name in find_meeting_names(text)
        if _returns(name, statements) and not could_be_of_any_body(name, text)
    ]
    for name, texts in (*headed, *told):
        if name.body in {candidate.body for candidate in (*candidates, *found)}:
            continue
        if further := _told_beside(name, texts, candidates, is_headed=(name, texts) in headed):
            found.append(further)
    return found


def _told_beside(
    name: MeetingName, texts: Sequence[str], candidates: Sequence[_Candidate], is_headed: bool
) -> _Candidate | None:
    """The meeting with the day that a sentence gives it: one of its own, or that of the meeting it follows."""
    for text in texts:
        names = [other for other in find_meeting_names(text) if _is_same(name, other)]
        dates = _own_dates(text)
        if not names or not TAKES_PLACE.search(text):
            continue
        further = _Candidate(name.body, name.levels, _format(text, names[0]), told=(text,))
        if dates:
            _assign([further], find_meeting_names(text), dates)
        elif SAME_OCCASION.search(text):
            further.dates += [
                date for other in candidates for date in other.dates if date.first == date.last
            ][:1]
            further.follows = not further.dates
        if further.dates or further.follows:
            near = any(
                _is_near(date, other)
                for date in further.dates
                for known in candidates
                for other in known.dates
            )
            if is_headed or further.follows or near:
                return further
    return None


def _returns(name: MeetingName, statements: Statements) -> bool:
    """Whether the letter goes on about a meeting: another paragraph than the one that introduces it names it."""
    naming = [
        text for text in statements.text if any(_is_same(name, other) for other in find_meeting_names(text))
    ]
    return len(naming) > 1


def _is_near(one: DateMention, other: DateMention) -> bool:
    """Whether two days, of which the year may be left out, are at most a few days apart."""
    if one.year and other.year and one.year != other.year:
        return False
    year = one.year or other.year or 2024
    periods = one.period(year), other.period(year)
    return None not in periods and abs(periods[0][0] - periods[1][0]) <= BESIDE_EACH_OTHER


def _is_same(one: MeetingName, other: MeetingName) -> bool:
    return one.body == other.body and _same_level(one.levels, other.levels)


def _councils(statements: Statements) -> list[_Candidate]:
    """A council that met by itself: named above the text, or with its day at the start, before any other meeting."""
    for text in (*statements.headline, *statements.cover, *statements.opening):
        if find_meeting_names(text):
            break
        dated = _own_dates(text) and TAKES_PLACE.search(text)
        if text in statements.opening and not dated:
            continue
        if names := find_councils(text):
            return [_Candidate(names[0].body, names[0].levels, names[0].format)]
    return []


def _additional(candidates: list[_Candidate], text: str) -> list[MeetingName]:
    """Names in a cover sentence: all when nothing is known yet, else those of another body or with a date of their own."""
    names = find_meeting_names(text)
    if not candidates:
        return names
    own_date = bool(_own_dates(text))
    known = {candidate.body for candidate in candidates}
    return [name for name in names if own_date and name.body not in known]


def _add_names(candidates: list[_Candidate], text: str, names: list[MeetingName]) -> None:
    names = sorted(names, key=lambda name: could_be_of_any_body(name, text))
    for name in names:
        if candidates and could_be_of_any_body(name, text):
            continue  # the ministers of the meeting that is known already
        known = next(
            (item for item in candidates if item.body == name.body and _same_level(item.levels, name.levels)),
            None,
        )
        if known is None:
            known = _Candidate(name.body, name.levels, _format(text, name))
            candidates.append(known)
        elif len(name.levels) > len(known.levels):
            known.levels = name.levels
        known.format = known.format or _format(text, name)


def _same_level(known: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return not known or not named or bool(set(known) & set(named))


def _format(text: str, name: MeetingName) -> str:
    if name.levels == (LEADERS,) and name.body == NATO:
        return "top"
    before = text[max(0, name.start - 40) : name.end]
    return next((code for pattern, code in FORMATS if pattern.search(before)), "")


def _levels_from_context(
    candidate: _Candidate, statements: Statements, offices: Sequence[str], ministry: str | None
) -> tuple[str, ...]:
    for text in statements.cover + statements.opening:
        for name in find_meeting_names(text):
            if name.body == candidate.body and name.levels:
                return name.levels
    levels = {LEVEL_OF_OFFICE[office] for office in offices if office in LEVEL_OF_OFFICE}
    if not levels and ministry in LEVEL_OF_MINISTRY:
        levels = {LEVEL_OF_MINISTRY[ministry]}
    return tuple(level for level in LEVEL_ORDER if level in levels)


def _own_dates(text: str) -> list[DateMention]:
    """The dates in a sentence that may be a meeting's, not those of a letter or a debate."""
    return [
        mention
        for mention in find_dates(text)
        if not OTHER_DATE.search(text[max(0, mention.start - 70) : mention.start])
    ]


def _fill_dates(candidates: list[_Candidate], statements: Statements) -> None:
    for text in statements.headline + statements.cover:
        dates = _own_dates(text)
        names = find_meeting_names(text)
        if names:
            _assign(candidates, names, dates)
        elif len(candidates) == 1:
            candidates[0].dates += dates
    for text in statements.opening:
        if all(candidate.dates for candidate in candidates):
            return
        dates = _own_dates(text)
        if not dates or not (TAKES_PLACE.search(text) or HANDS_OVER.search(text)):
            continue
        waiting = [candidate for candidate in candidates if not candidate.dates]
        if names := find_meeting_names(text):
            _assign(waiting, names, dates)
        elif len(candidates) == 1:
            waiting[0].dates += dates


def _assign(candidates: list[_Candidate], names: list[MeetingName], dates: list[DateMention]) -> None:
    """Give every named meeting its date: the one that follows its name, or precedes it where the sentence starts so."""
    if not dates:
        return
    dates_first = dates[0].start < names[0].start and len(dates) > 1
    for name in names:
        before = [date for date in dates if date.end <= name.start]
        after = [date for date in dates if date.start >= name.end]
        choice = (before[-1:] or after[:1]) if dates_first else (after[:1] or before[-1:])
        for candidate in candidates:
            if candidate.body == name.body and _same_level(candidate.levels, name.levels):
                candidate.dates += choice


def _widest(dates: Sequence[DateMention]) -> DateMention:
    """The first date, or a period that holds it: a subject may name one of the days only."""
    first = dates[0]
    return next((date for date in dates[1:] if date.first != date.last and _holds(date, first)), first)


def _holds(period: DateMention, other: DateMention) -> bool:
    year = period.year or other.year or 2024
    whole, part = period.period(year), other.period(year)
    return bool(whole and part) and whole[0] <= part[0] and part[1] <= whole[1]


def _period(
    candidate: _Candidate, statements: Statements, letter_date: datetime.date | None, direction: int
) -> tuple[datetime.date | None, datetime.date | None, Problem | None]:
    if not candidate.dates:
        return (
            None,
            None,
            Problem(
                "meeting_date_missing", "De datum van de bijeenkomst staat niet in de brief.", "meetings"
            ),
        )
    mention = _widest(candidate.dates)
    if mention.year is None:
        same = [
            date
            for date in candidate.dates
            if (date.first, date.last) == (mention.first, mention.last) and date.year
        ]
        relative = next((date.relative for date in candidate.dates if date.relative), 0)
        mention = same[0] if same else replace(mention, relative=mention.relative or relative)
    whole = statements.headline + statements.cover + statements.text
    year = year_of_month(mention, statements.headline) or complete_year(
        mention, whole, letter_date, direction
    )
    period = mention.period(year) if year else None
    if period is None:
        message = "Het jaar van de bijeenkomst staat niet in de brief. Vul de datum aan."
        return None, None, Problem("meeting_year_unknown", message, "meetings")
    return *period, None
