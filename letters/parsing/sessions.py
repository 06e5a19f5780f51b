"""The sessions of a meeting: from headings, from prose ("De eerste twee sessies vonden plaats op dinsdag 23 maart"), or both."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from letters.parsing.outline import Outline
from letters.parsing.parsed_letter import ParsedMeeting, ParsedSection, ParsedSession, SectionKind
from letters.parsing.sentences import split_sentences
from letters.parsing.session_prose import (
    Days,
    Told,
    content_words,
    days_in,
    mentioned_sessions,
    tell_sessions,
)
from letters.parsing.session_sequence import tell_in_order

ABOUT_THE_SESSION = re.compile(r"sessie|\bvond|\bvind|diner|lunch", re.IGNORECASE)


def find_sessions(
    outline: Outline, meetings: Sequence[ParsedMeeting]
) -> tuple[tuple[ParsedSession, ...], tuple[ParsedSection, ...]]:
    """Number the sessions and give every section the number of its session."""
    days = _days_of(meetings[0]) if meetings else []
    numbers = _numbers(outline)
    titles = {
        number: head.title for head, number in zip(outline.heads, numbers, strict=True) if head and number
    }
    prose = _told(_introduction(outline.sections), days, heads=len(titles))
    sections = [
        replace(section, session=number) for section, number in zip(outline.sections, numbers, strict=True)
    ]
    mentioned = max((number for section in sections for number in _own_mentions(section)), default=0)
    last = max(prose.total, mentioned, *titles)
    sections = _under_heads(sections) if titles or not last else _by_prose(sections, prose, last)
    dates = {**prose.dates, **_dates_of_heads(outline, sections, days)}
    if len(days) == 1:
        dates = dict.fromkeys(range(1, last + 1), days[0])
    sessions = tuple(
        ParsedSession(number, dates.get(number), {**prose.names, **titles}.get(number))
        for number in range(1, last + 1)
    )
    return sessions, tuple(sections)


def _told(sentences: Sequence[str], days: Days, heads: int) -> Told:
    """What the introduction tells.

    Sessions that it tells one after another without a number count when there are several, and as many as ``heads``
    if there are any.
    """
    prose = tell_sessions(sentences, days)
    if prose.dates or any(mentioned_sessions(sentence) for sentence in sentences):
        return prose
    told = dict(enumerate(tell_in_order(sentences, days), start=1))
    if len(told) < 2 or (heads and len(told) != heads):
        return prose
    return Told(
        total=len(told),
        dates={number: session.date for number, session in told.items() if session.date},
        words={number: session.words for number, session in told.items() if session.words},
        names={number: session.title for number, session in told.items()},
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


def _numbers(outline: Outline) -> list[int | None]:
    """The number of each session head; one that has only a name takes the next that no other head prints."""
    printed = {head.number for head in outline.heads if head}
    numbers: list[int | None] = []
    last = 0
    for head in outline.heads:
        number = head.number if head else None
        if head and number is None:
            number = next(candidate for candidate in count(last + 1) if candidate not in printed)
        last = max(last, number or 0)
        numbers.append(number)
    return numbers


def _under_heads(sections: list[ParsedSection]) -> list[ParsedSection]:
    """Topics take the session of the head that they stand under."""
    numbered: list[ParsedSection] = []
    for section in sections:
        parent = (
            numbered[section.parent]
            if section.parent is not None and section.parent < len(numbered)
            else None
        )
        inherits = section.session is None and parent is not None and section.kind == SectionKind.AGENDA_TOPIC
        numbered.append(replace(section, session=parent.session) if inherits else section)
    return numbered


def _own_mentions(section: ParsedSection) -> list[int]:
    """The session that the section's own first paragraph names, if it is a topic."""
    if section.kind != SectionKind.AGENDA_TOPIC or not section.paragraphs:
        return []
    for paragraph in section.paragraphs[:2]:
        numbers = {number for _, _, group in mentioned_sessions(paragraph.text) for number in group}
        if numbers:
            return sorted(numbers) if len(numbers) == 1 else []
    return []


def _by_prose(sections: list[ParsedSection], prose: Told, last: int) -> list[ParsedSection]:
    """Give topics their session by their own words, the introduction's, or the topic before; never going back."""
    if (
        last == 1 and not prose.total
    ):  # one topic names a first session: of the others the letter tells nothing
        return [replace(section, session=next(iter(_own_mentions(section)), None)) for section in sections]
    assigned: list[int | None] = []
    previous: int | None = None
    for section in sections:
        number = None
        if section.kind == SectionKind.AGENDA_TOPIC:
            own = _own_mentions(section)
            number = own[0] if own else _described(section, prose, previous) or previous
            previous = number or previous
        assigned.append(number)
    first = next((number for number in assigned if number), None)
    if (first in (1, 2) and not prose.names) or last == 1:
        # topics before the first whose session is known stand in the first session
        assigned = [
            1 if number is None and section.kind == SectionKind.AGENDA_TOPIC else number
            for number, section in zip(assigned, sections, strict=True)
        ]
    return [replace(section, session=number) for section, number in zip(sections, assigned, strict=True)]


def _described(section: ParsedSection, prose: Told, previous: int | None) -> int | None:
    """The one session, not before the previous, of which the introduction uses the heading's words."""
    words = content_words(section.heading or "")
    scores = {
        number: sum(any(_akin(word, other) for other in said) for word in words)
        for number, said in prose.words.items()
        if number >= (previous or 1)
    }
    highest = max(scores.values(), default=0)
    best = [number for number, score in scores.items() if score == highest]
    return best[0] if highest and len(best) == 1 else None


def _akin(word: str, other: str) -> bool:
    """Whether two words are the same but for an ending or the rest of a compound: "cyber", "cyberdreigingen"."""
    return word.startswith(other) or other.startswith(word)


def _dates_of_heads(
    outline: Outline, sections: Sequence[ParsedSection], meeting: Days
) -> dict[int, datetime.date]:
    """Days that stand in a session's heading, in its first sentences, or in a heading above it that is only a date."""
    found: dict[int, datetime.date] = {}
    heading_day: datetime.date | None = None
    for head, section in zip(outline.heads, sections, strict=True):
        in_heading = days_in(section.heading or "", meeting)
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
