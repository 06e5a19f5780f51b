"""The sessions of a meeting: from headings, from prose ("De eerste twee sessies vonden plaats op dinsdag 23 maart"), or both."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from letters.parsing.outline import Outline
from letters.parsing.parsed_letter import ParsedMeeting, ParsedSection, ParsedSession, SectionKind
from letters.parsing.sentences import split_sentences
from letters.parsing.sessions.assignment import assign_sessions, with_sessions
from letters.parsing.sessions.days import Days, days_in, last_day_told
from letters.parsing.sessions.heads import KIND
from letters.parsing.sessions.introduction import told_by_introduction
from letters.parsing.sessions.prose import CLAUSE, Told, mentioned_sessions, tell_sessions
from letters.parsing.topics.sections import Topics

MEAL = re.compile(r"diner|lunch|ontbijt", re.IGNORECASE)
# "Lunch met partners"; a "Werklunch" is a session whatever the introduction tells of it
PLAIN_MEAL = re.compile(rf"(?:{KIND}\s+)?(diner|lunch|ontbijt)\b", re.IGNORECASE)
# "Openingssessie", "Informele avondzitting": a name of its own, not "Werksessie over cyber"
NAME = re.compile(
    rf"(?:{KIND}\s+)?((?!(?:werk)?sessie|zitting)[\w-]+(?:sessie|zitting))\b",
    re.IGNORECASE,
)
ABOUT_THE_SESSION = re.compile(
    r"sessie|zitting|\bvond|\bvind|diner|lunch|ontbijt|\bbijeen\b|vergader", re.IGNORECASE
)


def find_sessions(
    outline: Outline, meetings: Sequence[ParsedMeeting], topics: Topics = lambda text: ()
) -> tuple[tuple[ParsedSession, ...], tuple[ParsedSection, ...]]:
    """Number the sessions and give every section the number of its session.

    ``topics`` finds the topics in a text: a heading may say in other words what the introduction tells.
    """
    days = _days_of(meetings[0]) if meetings else []
    introduction = _introduction(outline.sections)
    prose = told_by_introduction(introduction, days, [*filter(None, outline.heads)])
    prose = replace(prose, topics={number: frozenset(topics(text)) for number, text in prose.texts.items()})
    outline = _without_meals_between(outline, introduction, prose)
    numbers, last = assign_sessions(outline, prose)
    sections = with_sessions(outline, numbers)
    titles = {
        number: head.title for head, number in zip(outline.heads, numbers, strict=True) if head and number
    }
    dates = _dates_of_names(titles, introduction, days)
    dates |= _dates_of_topics(sections, days) | _dates_of_meals(titles, prose)
    dates |= _dates_of_prose(outline, numbers, prose)
    dates |= _dates_of_heads(outline, sections, days, dates)
    if len(days) == 1:
        dates = dict.fromkeys(range(1, last + 1), days[0])
    sessions = tuple(
        ParsedSession(number, dates.get(number), {**prose.names, **titles}.get(number))
        for number in range(1, last + 1)
    )
    return sessions, tuple(sections)


def _without_meals_between(outline: Outline, introduction: Sequence[str], prose: Told) -> Outline:
    """The outline without heads of a lunch that the introduction tells only as before or after one of its sessions,
    where it counts these and each has a head: "Er zijn twee sessies. Voorafgaand aan de tweede is er een lunch."
    """
    numbered = {head.number for head in outline.heads if head and head.number}
    if not prose.total or numbered != set(range(1, prose.total + 1)):
        return outline
    between = {word.lower() for text in introduction for word in MEAL.findall(text)} - set(prose.told_meals)
    heads = [
        None
        if head
        and not head.number
        and section.kind is SectionKind.AGENDA_TOPIC
        and (found := PLAIN_MEAL.match(head.title or ""))
        and found[1].lower() in between
        else head
        for head, section in zip(outline.heads, outline.sections, strict=True)
    ]
    return replace(outline, heads=tuple(heads))


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


def _dates_of_meals(titles: Mapping[int, str | None], prose: Told) -> dict[int, datetime.date]:
    """The days of heads that name a meal that no other head names and the introduction tells once."""
    meals = {
        number: found[0].lower()
        for number, title in titles.items()
        if title and (found := MEAL.search(title))
    }
    names = list(meals.values())
    return {
        number: prose.meals[name]
        for number, name in meals.items()
        if name in prose.meals and names.count(name) == 1
    }


def _dates_of_names(
    titles: Mapping[int, str | None], introduction: Sequence[str], meeting: Days
) -> dict[int, datetime.date]:
    """The days of heads by a name that no other head has, where the clause of the introduction with that name tells one."""
    names = {
        number: found[1].lower() for number, title in titles.items() if title and (found := NAME.match(title))
    }
    dates: dict[int, datetime.date] = {}
    before: datetime.date | None = None
    for sentence in introduction:
        days = days_in(sentence, meeting, before)
        cuts = [0, *(match.end() for match in CLAUSE.finditer(sentence)), len(sentence)]
        for number, name in names.items():
            place = re.search(rf"\b{name}\b", sentence, re.IGNORECASE)
            if place is None or list(names.values()).count(name) > 1:
                continue
            start, end = next((a, b) for a, b in pairwise(cuts) if a <= place.start() < b)
            own = {day for at, day in days if start <= at < end}
            if len(own) == 1:
                dates.setdefault(number, own.pop())
        before = last_day_told(sentence, meeting, before)
    return dates


def _is_meal(title: str) -> bool:
    return bool(MEAL.search(title))


def _in_order(outline: Outline, numbers: Sequence[int | None]) -> bool:
    """Whether the heads stand in the order of their numbers, as prose does that gives days without numbers.

    Not where a session with only a name comes before the first: "Avondsessie met Zweden" above "Werksessie I".
    """
    headed = [number for head, number in zip(outline.heads, numbers, strict=True) if head and number]
    return headed == sorted(headed)


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


def _dates_of_topics(sections: Sequence[ParsedSection], meeting: Days) -> dict[int, datetime.date]:
    """The days that the first paragraphs of topics tell of sessions by their numbers: "In de tweede sessie, op 9 oktober, …"."""
    topics = [section for section in sections if section.kind == SectionKind.AGENDA_TOPIC and section.session]
    paragraphs = [paragraph.text for section in topics for paragraph in section.paragraphs[:2]]
    sentences = [sentence.text for text in paragraphs for sentence in split_sentences(text)]
    if len(meeting) < 2 or not any(map(mentioned_sessions, sentences)):
        return {}
    return tell_sessions(sentences, meeting).dates


def _dates_of_heads(
    outline: Outline,
    sections: Sequence[ParsedSection],
    meeting: Days,
    known: Mapping[int, datetime.date],
) -> dict[int, datetime.date]:
    """Days that stand in a session's heading, in its first sentences, or in a heading above it that is only a date.

    "De volgende ochtend" counts on from the session above, whose day may be ``known``.
    """
    found: dict[int, datetime.date] = {}
    heading_day: datetime.date | None = None
    before: datetime.date | None = None
    for head, section in zip(outline.heads, sections, strict=True):
        in_heading = days_in(head.line if head else section.heading or "", meeting, before)
        if head is None:
            if section.kind == SectionKind.INTRODUCTION and in_heading:
                heading_day = before = in_heading[0][1]
            continue
        days = [day for _, day in in_heading] or _days_of_opening(section, meeting, before)
        day = days[0] if days else heading_day
        if day and section.session:
            found.setdefault(section.session, day)
        before = day or known.get(section.session or 0)
    return found


def _days_of_opening(
    section: ParsedSection, meeting: Days, before: datetime.date | None
) -> list[datetime.date]:
    """The days of which the first two sentences of a session say that it was held on them."""
    found: list[datetime.date] = []
    for paragraph in section.paragraphs[:1]:
        for sentence in split_sentences(paragraph.text)[:2]:
            if ABOUT_THE_SESSION.search(sentence.text):
                found += [day for _, day in days_in(sentence.text, meeting, before)]
            before = last_day_told(sentence.text, meeting, before)
    return found
