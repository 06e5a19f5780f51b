"""Which meetings a letter treats: body, level, days, and place.

The subject, the title and the cover sentence say it; the first paragraphs fill in what these leave out.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.dates import DateMention
from letters.parsing.meetings.beside import find_further
from letters.parsing.meetings.candidates import (
    TAKES_PLACE,
    Candidate,
    Statements,
    assign_dates,
    format_of,
    have_level_in_common,
    own_dates,
    with_dates,
)
from letters.parsing.meetings.names import (
    DEFENCE,
    FOREIGN_AFFAIRS,
    LEADERS,
    NATO,
    MeetingName,
    could_be_of_any_body,
    find_councils,
    find_meeting_names,
)
from letters.parsing.meetings.places import find_place
from letters.parsing.parsed_letter import LetterKind, ParsedMeeting, Problem
from letters.parsing.years import complete_year, year_of_month

# "Hierbij bied ik u het verslag aan van de NAVO-top van 28 juni": a cover sentence that stands in the text
HANDS_OVER = re.compile(
    r"\b(?:bied|bieden|ontvangt|stuur|sturen|doe|doen|zend|zenden|treft|vindt)\b[^.]{0,200}\b(?:verslag|agenda|inzet)\b",
    re.IGNORECASE,
)
LEVEL_OF_OFFICE = {
    "minister van Buitenlandse Zaken": FOREIGN_AFFAIRS,
    "minister van Defensie": DEFENCE,
    "minister-president": LEADERS,
    "minister-president, minister van Algemene Zaken": LEADERS,
}
LEVEL_OF_MINISTRY = {"Ministerie van Buitenlandse Zaken": FOREIGN_AFFAIRS, "Ministerie van Defensie": DEFENCE}
LEVEL_ORDER = (LEADERS, FOREIGN_AFFAIRS, DEFENCE)


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
    candidates += find_further(candidates, statements)
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


def _candidates(statements: Statements) -> list[Candidate]:
    candidates: list[Candidate] = []
    for text in statements.headline:
        _add_names(candidates, text, find_meeting_names(text))
    for text in statements.cover:
        _add_names(candidates, text, _additional(candidates, text))
    if not candidates:
        candidates = _councils(statements)
    for text in statements.opening:
        names = find_meeting_names(text)
        own_date = own_dates(text) and TAKES_PLACE.search(text)
        enumerates = len({(name.body, name.levels) for name in names}) > 1 and own_date
        if enumerates or (own_date and not candidates):
            _add_names(candidates, text, names)
    if not candidates:
        for text in statements.opening:
            if names := find_meeting_names(text):
                _add_names(candidates, text, names[:1])
                break
    return candidates


def _councils(statements: Statements) -> list[Candidate]:
    """A council that met by itself: named above the text, or with its day at the start, before any other meeting."""
    for text in (*statements.headline, *statements.cover, *statements.opening):
        if find_meeting_names(text):
            break
        dated = own_dates(text) and TAKES_PLACE.search(text)
        if text in statements.opening and not dated:
            continue
        if names := find_councils(text):
            return [Candidate(names[0].body, names[0].levels, names[0].format)]
    return []


def _additional(candidates: list[Candidate], text: str) -> list[MeetingName]:
    """Names in a cover sentence: all when nothing is known yet, else those of another body or with a date of their own."""
    names = find_meeting_names(text)
    if not candidates:
        return names
    own_date = bool(own_dates(text))
    known = {candidate.body for candidate in candidates}
    return [name for name in names if own_date and name.body not in known]


def _add_names(candidates: list[Candidate], text: str, names: list[MeetingName]) -> None:
    names = sorted(names, key=lambda name: could_be_of_any_body(name, text))
    for name in names:
        if candidates and could_be_of_any_body(name, text):
            continue  # the ministers of the meeting that is known already
        known = next(
            (
                item
                for item in candidates
                if item.body == name.body and have_level_in_common(item.levels, name.levels)
            ),
            None,
        )
        if known is None:
            known = Candidate(name.body, name.levels, format_of(text, name))
            candidates.append(known)
        elif len(name.levels) > len(known.levels):
            known.levels = name.levels
        known.format = known.format or format_of(text, name)


def _levels_from_context(
    candidate: Candidate, statements: Statements, offices: Sequence[str], ministry: str | None
) -> tuple[str, ...]:
    for text in statements.cover + statements.opening:
        for name in find_meeting_names(text):
            if name.body == candidate.body and name.levels:
                return name.levels
    levels = {LEVEL_OF_OFFICE[office] for office in offices if office in LEVEL_OF_OFFICE}
    if not levels and ministry in LEVEL_OF_MINISTRY:
        levels = {LEVEL_OF_MINISTRY[ministry]}
    return tuple(level for level in LEVEL_ORDER if level in levels)


def _fill_dates(candidates: list[Candidate], statements: Statements) -> None:
    for text in statements.headline + statements.cover:
        dates = own_dates(text)
        names = find_meeting_names(text)
        if names:
            assign_dates(candidates, names, dates)
        elif len(candidates) == 1:
            candidates[0].dates += dates
    _narrow_shared(candidates, statements)
    for text, dates in with_dates(statements.opening):
        if all(candidate.dates for candidate in candidates):
            return
        if not dates or not (TAKES_PLACE.search(text) or HANDS_OVER.search(text)):
            continue
        waiting = [candidate for candidate in candidates if not candidate.dates]
        if names := find_meeting_names(text):
            assign_dates(waiting, names, dates)
        elif len(candidates) == 1:
            waiting[0].dates += dates


def _narrow_shared(candidates: Sequence[Candidate], statements: Statements) -> None:
    """Give each meeting its own days, where a subject only says over which days all of them were spread."""
    first = [candidate.dates[:1] for candidate in candidates]
    shared = [
        candidate
        for candidate in candidates
        if candidate.dates
        and first.count(candidate.dates[:1]) > 1
        and candidate.dates[0].first != candidate.dates[0].last
    ]
    for text, dates in with_dates((*statements.cover, *statements.opening)) if shared else ():
        names = find_meeting_names(text)
        if not names or not (TAKES_PLACE.search(text) or HANDS_OVER.search(text)):
            continue
        for candidate in shared:
            own = Candidate(candidate.body, candidate.levels)
            assign_dates([own], names, dates)
            if own.dates and _holds(candidate.dates[0], own.dates[0]):
                candidate.dates = own.dates


def _widest(dates: Sequence[DateMention]) -> DateMention:
    """The first date, or a period that holds it: a subject may name one of the days only."""
    first = dates[0]
    return next((date for date in dates[1:] if date.first != date.last and _holds(date, first)), first)


def _holds(period: DateMention, other: DateMention) -> bool:
    year = period.year or other.year or 2024
    whole, part = period.period(year), other.period(year)
    return bool(whole and part) and whole[0] <= part[0] and part[1] <= whole[1]


def _period(
    candidate: Candidate, statements: Statements, letter_date: datetime.date | None, direction: int
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
