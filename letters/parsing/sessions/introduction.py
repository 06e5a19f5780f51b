"""What an introduction tells of sessions, those with a number and those without taken together."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.sessions.days import Days
from letters.parsing.sessions.heads import SessionHead
from letters.parsing.sessions.prose import Told, mentioned_sessions, tell_sessions
from letters.parsing.sessions.sequence import ONE_MORE, ToldSession, tell_in_order


def told_by_introduction(sentences: Sequence[str], days: Days, heads: Sequence[SessionHead] = ()) -> Told:
    """What the introduction tells.

    Sessions that it tells one after another without a number count when there are several, and as many as ``heads``
    if there are any. Beside heads with numbers a working dinner counts that no head names.
    """
    meals = _meals(sentences, days)
    prose = replace(
        tell_sessions(sentences, days),
        meals=_days_of_meals(meals) if heads else {},
        told_meals=frozenset(name for name, _ in meals),
    )
    told = dict(enumerate(tell_in_order(sentences, days), start=1))
    if any(map(mentioned_sessions, sentences)) or (prose.dates and len(told) <= prose.total):
        return _with_further_ones(_with_first_ones(prose, sentences, days), sentences, days)
    if len(told) < 2 or (heads and len(told) != len(heads)):
        return _with_meals_beside(prose, [*told.values()], heads)
    return Told(
        total=len(told),
        dates={number: session.date for number, session in told.items() if session.date},
        words={number: session.words for number, session in told.items() if session.words},
        names={number: session.title for number, session in told.items()},
        texts={number: session.text for number, session in told.items() if session.text},
        in_order=True,
        meals=prose.meals,
        told_meals=prose.told_meals,
    )


def _with_meals_beside(prose: Told, told: Sequence[ToldSession], heads: Sequence[SessionHead]) -> Told:
    """Beside sessions that only heads number, a working dinner without a head takes the next number."""
    highest = max((head.number for head in heads if head.number), default=0)
    named = " ".join(head.title.lower() for head in heads if head.title)
    meals = [session for session in told if session.title and session.title.startswith("Werk")]
    beside = [session for session in meals if session.title.lower() not in named]
    if not highest or not beside or len(beside) < len(meals):
        return prose
    first = max(highest, prose.total) + 1
    names = {number: session.title for number, session in enumerate(beside, start=first)}
    whole = _with(prose, dict(enumerate(beside, start=first)))
    return replace(whole, total=first - 1 + len(beside), names=names)


def _meals(sentences: Sequence[str], days: Days) -> list[tuple[str, datetime.date | None]]:
    """The meals that are told as sessions, with their days: "diner", "lunch"."""
    told = [session for session in tell_in_order(sentences, days, numbered=True) if session.title]
    return [(session.title.lower().removeprefix("werk"), session.date) for session in told]


def _days_of_meals(meals: Sequence[tuple[str, datetime.date | None]]) -> dict[str, datetime.date]:
    """The days of meals that are told once: a head that names no other meal so is that one."""
    names = [name for name, _ in meals]
    return {name: date for name, date in meals if date and names.count(name) == 1}


def _with_first_ones(prose: Told, sentences: Sequence[str], days: Days) -> Told:
    """Sessions told in order in front of the first with a number, if they are as many: "een werksessie … een tweede werksessie".

    Or those that are numbered further on: "op donderdag twee werksessies. De eerste … De tweede …".
    """
    first = next((place for place, text in enumerate(sentences) if mentioned_sessions(text)), 0)
    lowest = min(
        (number for _, _, group in mentioned_sessions(sentences[first]) for number in group), default=1
    )
    told = [session for session in tell_in_order(sentences[:first], days) if not session.title]
    return _with(prose, dict(enumerate(told, start=1))) if len(told) in {lowest - 1, prose.total} else prose


def _with_further_ones(prose: Told, sentences: Sequence[str], days: Days) -> Told:
    """Beside numbered sessions a working dinner that is told apart from them takes the next number, and so does one session more.

    One session more may also be the last of those that were counted: "drie sessies. De eerste … De tweede … Tot slot een sessie …".
    """
    if not prose.total:
        return prose
    first = next((place for place, text in enumerate(sentences) if mentioned_sessions(text)), len(sentences))
    more = {text for text in sentences[first:] if ONE_MORE.search(text) and not mentioned_sessions(text)}
    told = tell_in_order(sentences, days, numbered=True)
    meals = [session for session in told if session.title and session.title.startswith("Werk")]
    others = [
        session
        for session in told
        if not session.title and any(session.text in text for text in more if session.text)
    ]
    highest = max(
        (number for text in sentences for _, _, group in mentioned_sessions(text) for number in group),
        default=0,
    )
    if prose.total > highest:
        if others and len(others) == prose.total - highest:
            prose = _with(prose, dict(enumerate(others, start=highest + 1)))
        others = []
    further = [session for session in told if session in meals or session in others]
    names = {number: session.title for number, session in enumerate(further, start=prose.total + 1)}
    whole = _with(prose, dict(enumerate(further, start=prose.total + 1)))
    return replace(whole, total=prose.total + len(further), names=names)


def _with(prose: Told, sessions: dict[int, ToldSession]) -> Told:
    """``prose`` with these sessions under their numbers, as far as it does not tell of them itself."""
    return replace(
        prose,
        dates={number: session.date for number, session in sessions.items() if session.date} | prose.dates,
        words={number: session.words for number, session in sessions.items() if session.words} | prose.words,
        texts={number: session.text for number, session in sessions.items() if session.text} | prose.texts,
    )
