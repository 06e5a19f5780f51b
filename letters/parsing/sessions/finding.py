"""The sessions of a meeting: from headings, from prose ("De eerste twee sessies vonden plaats op dinsdag 23 maart"), or both."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.outline import Outline
from letters.parsing.parsed_letter import ParsedMeeting, ParsedSection, ParsedSession, SectionKind
from letters.parsing.sentences import split_sentences
from letters.parsing.sessions.assignment import assign_sessions, with_sessions
from letters.parsing.sessions.prose import (
    TOTAL,
    Days,
    Told,
    days_in,
    mentioned_sessions,
    tell_sessions,
)
from letters.parsing.sessions.sequence import tell_in_order

MEAL = re.compile(r"diner|lunch|ontbijt", re.IGNORECASE)
ABOUT_THE_SESSION = re.compile(r"sessie|\bvond|\bvind|diner|lunch", re.IGNORECASE)


def find_sessions(
    outline: Outline, meetings: Sequence[ParsedMeeting]
) -> tuple[tuple[ParsedSession, ...], tuple[ParsedSection, ...]]:
    """Number the sessions and give every section the number of its session."""
    days = _days_of(meetings[0]) if meetings else []
    prose = _told(
        _introduction(outline.sections), days, heads=sum(head is not None for head in outline.heads)
    )
    numbers, last = assign_sessions(outline, prose)
    sections = with_sessions(outline, numbers)
    titles = {
        number: head.title for head, number in zip(outline.heads, numbers, strict=True) if head and number
    }
    dates = {**_dates_of_prose(outline, numbers, prose), **_dates_of_heads(outline, sections, days)}
    if len(days) == 1:
        dates = dict.fromkeys(range(1, last + 1), days[0])
    sessions = tuple(
        ParsedSession(number, dates.get(number), {**prose.names, **titles}.get(number))
        for number in range(1, last + 1)
    )
    return sessions, tuple(sections)


def _dates_of_prose(outline: Outline, numbers: Sequence[int | None], prose: Told) -> dict[int, datetime.date]:
    """The days that the introduction tells.

    As many sessions told without a number as there are heads are those heads, in the order in which they stand.
    """
    headed = [(head, number) for head, number in zip(outline.heads, numbers, strict=True) if head and number]
    if prose.in_order and len(headed) == prose.total:
        alike = all(
            title is None or not head.title or _is_meal(title) == _is_meal(head.title)
            for (head, _), title in zip(headed, prose.names.values(), strict=True)
        )
        places = enumerate((number for _, number in headed), start=1)
        return (
            {number: prose.dates[place] for place, number in places if place in prose.dates} if alike else {}
        )
    return prose.dates if prose.texts or _in_order(outline, numbers) else {}


def _is_meal(title: str) -> bool:
    return bool(MEAL.search(title))


def _in_order(outline: Outline, numbers: Sequence[int | None]) -> bool:
    """Whether the heads stand in the order of their numbers, as prose does that gives days without numbers.

    Not where a session with only a name comes before the first: "Avondsessie met Zweden" above "Werksessie I".
    """
    headed = [number for head, number in zip(outline.heads, numbers, strict=True) if head and number]
    return headed == sorted(headed)


def _told(sentences: Sequence[str], days: Days, heads: int) -> Told:
    """What the introduction tells.

    Sessions that it tells one after another without a number count when there are several, and as many as ``heads``
    if there are any.
    """
    prose = tell_sessions(sentences, days)
    if prose.dates or any(mentioned_sessions(sentence) for sentence in sentences):
        return _with_meals(prose, sentences, days)
    told = dict(enumerate(tell_in_order(sentences, days), start=1))
    if len(told) < 2 or (heads and len(told) != heads):
        return prose
    return Told(
        total=len(told),
        dates={number: session.date for number, session in told.items() if session.date},
        words={number: session.words for number, session in told.items() if session.words},
        names={number: session.title for number, session in told.items()},
        texts={number: session.text for number, session in told.items() if session.text},
        in_order=True,
    )


def _with_meals(prose: Told, sentences: Sequence[str], days: Days) -> Told:
    """Beside numbered sessions a working dinner that is told apart from them takes the next number."""
    numbered = [text for text in sentences if mentioned_sessions(text) or TOTAL.search(text)]
    told = tell_in_order(sentences, days, only_days=numbered)
    meals = [session for session in told if session.title and session.title.startswith("Werk")]
    if not prose.total or not meals:
        return prose
    further = list(enumerate(meals, start=prose.total + 1))
    return replace(
        prose,
        total=prose.total + len(meals),
        dates={**prose.dates, **{number: meal.date for number, meal in further if meal.date}},
        words={**prose.words, **{number: meal.words for number, meal in further}},
        names={number: meal.title for number, meal in further},
        texts={**prose.texts, **{number: meal.text for number, meal in further}},
    )


def _days_of(meeting: ParsedMeeting) -> list[datetime.date]:
    if meeting.start is None or meeting.end is None:
        return []
    return [
        meeting.start + datetime.timedelta(days=number)
        for number in range((meeting.end - meeting.start).days + 1)
    ]


def _introduction(sections: Sequence[ParsedSection]) -> list[str]:
    """The sentences before the first session or topic."""
    sentences: list[str] = []
    for section in sections:
        if section.kind in {SectionKind.SESSION, SectionKind.AGENDA_TOPIC, SectionKind.ANNEX}:
            break
        sentences += [
            sentence.text for paragraph in section.paragraphs for sentence in split_sentences(paragraph.text)
        ]
    return sentences


def _dates_of_heads(
    outline: Outline, sections: Sequence[ParsedSection], meeting: Days
) -> dict[int, datetime.date]:
    """Days that stand in a session's heading, in its first sentences, or in a heading above it that is only a date."""
    found: dict[int, datetime.date] = {}
    heading_day: datetime.date | None = None
    for head, section in zip(outline.heads, sections, strict=True):
        in_heading = days_in(head.line if head else section.heading or "", meeting)
        if head is None:
            if section.kind == SectionKind.INTRODUCTION and in_heading:
                heading_day = in_heading[0][1]
            continue
        told = [
            day
            for paragraph in section.paragraphs[:1]
            for sentence in split_sentences(paragraph.text)[:2]
            if ABOUT_THE_SESSION.search(sentence.text)
            for day in days_in(sentence.text, meeting)
        ]
        days = in_heading or told
        day = days[0][1] if days else heading_day
        if day and section.session:
            found.setdefault(section.session, day)
    return found
