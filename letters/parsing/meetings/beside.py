"""Meetings that a letter treats beside its own: told at the start, or under a heading further on."""

import datetime
import re
from collections.abc import Sequence

from letters.parsing.dates import DateMention
from letters.parsing.meetings.candidates import (
    TAKES_PLACE,
    Candidate,
    Statements,
    assign_dates,
    format_of,
    is_same_meeting,
    own_dates,
)
from letters.parsing.meetings.names import (
    MeetingName,
    could_be_of_any_body,
    find_meeting_names,
    meetings_as_heading,
)

# "Aansluitend op de RBZ Defensie zal er een Bestuursraad plaatsvinden": a meeting beside another, on its day
SAME_OCCASION = re.compile(
    r"\b(?:aansluitend|voorafgaand|(?:in\s+de|en)\s+marge|daarna|daarnaast|dezelfde\s+dag|tevens|eveneens|na\s+afloop)\b",
    re.IGNORECASE,
)
BESIDE_EACH_OTHER = datetime.timedelta(days=3)


def find_further(candidates: list[Candidate], statements: Statements) -> list[Candidate]:
    """Meetings of other bodies that the letter treats beside the first: each has a section of its own, or is told at
    the start and returns in the text.
    """
    found: list[Candidate] = []
    known = {candidate.body for candidate in candidates}
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
        if name.body not in known and _returns(name, statements) and not could_be_of_any_body(name, text)
    ]
    for name, texts in (*headed, *told):
        if name.body in {candidate.body for candidate in (*candidates, *found)}:
            continue
        if further := _told_beside(name, texts, candidates, is_headed=(name, texts) in headed):
            found.append(further)
    return found


def _told_beside(
    name: MeetingName, texts: Sequence[str], candidates: Sequence[Candidate], is_headed: bool
) -> Candidate | None:
    """The meeting with the day that a sentence gives it: one of its own, or that of the meeting it follows."""
    for text in texts:
        names = [other for other in find_meeting_names(text) if is_same_meeting(name, other)]
        dates = own_dates(text)
        if not names or not TAKES_PLACE.search(text):
            continue
        further = Candidate(name.body, name.levels, format_of(text, names[0]), told=(text,))
        if dates:
            assign_dates([further], find_meeting_names(text), dates)
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
        text
        for text in statements.text
        if any(is_same_meeting(name, other) for other in find_meeting_names(text))
    ]
    return len(naming) > 1


def _is_near(one: DateMention, other: DateMention) -> bool:
    """Whether two days, of which the year may be left out, are at most a few days apart."""
    if one.year and other.year and one.year != other.year:
        return False
    year = one.year or other.year or 2024
    periods = one.period(year), other.period(year)
    return None not in periods and abs(periods[0][0] - periods[1][0]) <= BESIDE_EACH_OTHER
