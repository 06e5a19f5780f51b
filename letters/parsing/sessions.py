"""The sessions of a meeting: from headings, from prose ("De eerste twee sessies vonden plaats op dinsdag 23 maart"), or both."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from letters.parsing.dates import WEEKDAYS, find_dates
from letters.parsing.outline import Outline
from letters.parsing.parsed_letter import ParsedMeeting, ParsedSection, ParsedSession, SectionKind
from letters.parsing.sentences import split_sentences
from letters.parsing.session_heads import COUNTS, ORDINALS, ROMAN

_COUNT = "|".join(COUNTS)
_ORDINAL = "|".join(word for word in ORDINALS if not word.startswith("open"))
_SESSION = r"(?:plenaire\s+|NAR-)?[\w-]*sessies?"

# "in de tweede sessie", "een vierde werksessie", "de eerste twee sessies", "sessie 2", "de eerste en tweede sessie"
MENTION = re.compile(
    rf"""\b(?:
        (?P<first>eerste)\s+(?P<count>{_COUNT})\s+{_SESSION}
      | (?P<ordinals>(?:{_ORDINAL})(?:\s*(?:,|\ben(?:\s+de)?\b)\s*(?:{_ORDINAL}))*)\s+{_SESSION}
      | [\w-]*sessies?\s+(?P<number>\d|[IVX]{{1,4}})\b
      )""",
    re.VERBOSE | re.IGNORECASE,
)
# "en op 29 november de derde", "De derde vond plaats op": the word "sessie" is left out
ELLIPSIS = re.compile(
    rf"\bde\s+(?P<ordinals>{_ORDINAL})(?=\s+(?:vond|vindt|volgde|volgt|op|in)\b|[.,]|$)", re.IGNORECASE
)
# "bestaat uit drie werksessies", "in twee sessies", "bestond uit drie werksessies"
TOTAL = re.compile(
    rf"\b(?:bestaat|bestond|bestaan|bestonden|vergader\w*|spr[ea]k\w*|gesproken|bijeen|verdeeld)\b[^.]{{0,60}}?\b(?P<count>(?!een\b)(?:{_COUNT})|\d)\s+{_SESSION}",
    re.IGNORECASE,
)
# "twee op 28 november en één op 29 november"
SPREAD = re.compile(
    rf"\b(?P<count>{_COUNT})\s+(?:{_SESSION}\s+)?(?:vond(?:en)?\s+plaats\s+|vind(?:t|en)\s+plaats\s+)?op\s+(?=(?:\w+dag\s+)?\d)",
    re.IGNORECASE,
)
# "op 10 juli vindt een werksessie plaats, op 11 juli volgen twee werksessies"
COUNTED = re.compile(rf"\b(?P<count>{_COUNT})\s+{_SESSION}", re.IGNORECASE)
# "op woensdagmiddag", "op de eerste dag", "op de 29e"
WEEKDAY = re.compile(
    r"\bop\s+(?P<day>" + "|".join(WEEKDAYS) + r")(?:ochtend|middag|avond)?\b(?!\s+\d)", re.IGNORECASE
)
DAY_NUMBER = re.compile(r"\bop\s+de\s+(?P<day>\d{1,2})(?:e|ste|de)\b", re.IGNORECASE)
WHICH_DAY = re.compile(r"\b(?P<which>eerste|tweede|derde)\s+(?:vergader)?dag\b", re.IGNORECASE)
# The parts of a sentence that say something of their own
_CONTENT = re.compile(r"[^\W\d_][\w-]{4,}")
_COMMON = frozenset(
    """
    sessie sessies werksessie tijdens eerste tweede derde vierde ministers bondgenoten stond stonden centraal
    sprak spraken bespraken gesproken over voorstellen organisatie aanwezig waren werden worden zullen
    ontwikkelingen bijeenkomst onderwerpen bod komen plaats vindt vinden vonden middag ochtend november
    december januari februari maart april juni juli augustus september oktober nederland navo-top
    voorbereiding komende buitenlandse zaken defensie
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Prose:
    """What the introduction tells about sessions."""

    total: int
    dates: dict[int, datetime.date]
    words: dict[int, frozenset[str]]


def find_sessions(
    outline: Outline, meetings: Sequence[ParsedMeeting]
) -> tuple[tuple[ParsedSession, ...], tuple[ParsedSection, ...]]:
    """Number the sessions and give every section the number of its session."""
    start, end = (meetings[0].start, meetings[0].end) if meetings else (None, None)
    introduction = _introduction(outline.sections)
    prose = _tell(introduction, start, end)
    numbers = _numbers(outline)
    titles = {
        number: head.title for head, number in zip(outline.heads, numbers, strict=True) if head and number
    }
    sections = [
        replace(section, session=number) for section, number in zip(outline.sections, numbers, strict=True)
    ]
    mentioned = max((number for section in sections for number in _own_mentions(section)), default=0)
    last = max(prose.total, mentioned, *titles)
    sections = _under_heads(sections) if titles or not last else _by_prose(sections, prose, last)
    dates = {**_dates_of_heads(outline, sections, start, end), **prose.dates}
    if start and start == end:
        dates = dict.fromkeys(range(1, last + 1), start)
    sessions = tuple(
        ParsedSession(number, dates.get(number), titles.get(number)) for number in range(1, last + 1)
    )
    return sessions, tuple(sections)


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


# --- prose ----------------------------------------------------------------------------------------------------------


def _mentioned(text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Places in ``text`` that name sessions, with their numbers."""
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for match in MENTION.finditer(text):
        if match["first"]:
            numbers = tuple(range(1, COUNTS[match["count"].lower()] + 1))
        elif match["number"]:
            number = match["number"]
            numbers = (int(number) if number.isdigit() else ROMAN.get(number.upper(), 0),)
        else:
            numbers = tuple(
                ORDINALS[word.lower()] for word in re.findall(_ORDINAL, match["ordinals"], re.IGNORECASE)
            )
        found.append((match.start(), match.end(), tuple(number for number in numbers if number)))
    if found:
        for match in ELLIPSIS.finditer(text):
            if not any(start <= match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), (ORDINALS[match["ordinals"].lower()],)))
    return sorted(found)


def _tell(sentences: Sequence[str], start: datetime.date | None, end: datetime.date | None) -> _Prose:
    total = 0
    dates: dict[int, datetime.date] = {}
    words: dict[int, set[str]] = {}
    current: tuple[int, ...] = ()
    for sentence in sentences:
        mentions = _mentioned(sentence)
        numbers = [number for _, _, group in mentions for number in group]
        counted = TOTAL.search(sentence)
        if counted:
            count = counted["count"].lower()
            total = max(total, COUNTS.get(count) or int(count))
        total = max([total, *numbers])
        for number, date in _dated(sentence, mentions, start, end).items():
            total = max(total, number)
            dates.setdefault(number, date)
        if len(set(numbers)) == 1:
            current = (numbers[0],)
        elif numbers or re.match(r"Vervolgens|Daarna|Aansluitend|Tot slot|Daarnaast", sentence):
            current = ()
        for number in current:
            words.setdefault(number, set()).update(_content(sentence))
    return _Prose(total, dates, {number: frozenset(found) for number, found in words.items()})


def _dated(
    sentence: str,
    mentions: list[tuple[int, int, tuple[int, ...]]],
    start: datetime.date | None,
    end: datetime.date | None,
) -> dict[int, datetime.date]:
    """Which session a sentence puts on which day of the meeting."""
    days = _days(sentence, start, end)
    if not days:
        return {}
    if not mentions:
        return _spread(sentence, days)
    found: dict[int, datetime.date] = {}
    events = sorted(
        [(place, day) for place, day in days] + [(place, group) for place, _, group in mentions],
        key=lambda event: event[0],
    )
    day_first = isinstance(events[0][1], datetime.date)
    waiting: list[int] = []
    current: datetime.date | None = None
    for _, event in events:
        if isinstance(event, datetime.date):
            current = event
            if not day_first:
                found.update(dict.fromkeys(waiting, event))
                waiting = []
        elif day_first and current:
            found.update(dict.fromkeys(event, current))
        else:
            waiting += event
    return found


def _spread(sentence: str, days: list[tuple[int, datetime.date]]) -> dict[int, datetime.date]:
    """The days over which a sentence spreads sessions that it only counts."""
    counts: list[tuple[int, datetime.date]] = []
    for match in SPREAD.finditer(sentence):
        counts += [(COUNTS[match["count"].lower()], day) for place, day in days if place >= match.end() - 1][
            :1
        ]
    if len(counts) < 2:
        counts = []
        for match in COUNTED.finditer(sentence):
            counts += [(COUNTS[match["count"].lower()], day) for place, day in days if place < match.start()][
                -1:
            ]
    if len(counts) < 2:
        return {}
    spread = [day for count, day in counts for _ in range(count)]
    return dict(enumerate(spread, start=1))


def _days(
    sentence: str, start: datetime.date | None, end: datetime.date | None
) -> list[tuple[int, datetime.date]]:
    """Places where a sentence names a day of the meeting."""
    if start is None or end is None:
        return []
    meeting_days = [start + datetime.timedelta(days=number) for number in range((end - start).days + 1)]
    found: list[tuple[int, datetime.date]] = []
    for mention in find_dates(sentence):
        period = mention.period(end.year)
        if period and period[0] == period[1] and period[0] in meeting_days:
            found.append((mention.start, period[0]))
    for match in DAY_NUMBER.finditer(sentence):
        found += [(match.start(), day) for day in meeting_days if day.day == int(match["day"])]
    for match in WEEKDAY.finditer(sentence):
        found += [
            (match.start(), day) for day in meeting_days if WEEKDAYS[day.weekday()] == match["day"].lower()
        ][:1]
    for match in WHICH_DAY.finditer(sentence):
        which = ORDINALS[match["which"].lower()]
        found += [(match.start(), meeting_days[which - 1])] if which <= len(meeting_days) else []
    return sorted(found)


def _content(text: str) -> set[str]:
    return {word for word in _CONTENT.findall(text.lower()) if word not in _COMMON}


def _own_mentions(section: ParsedSection) -> list[int]:
    """The session that the section's own first paragraph names, if it is a topic."""
    if section.kind != SectionKind.AGENDA_TOPIC or not section.paragraphs:
        return []
    for paragraph in section.paragraphs[:2]:
        numbers = {number for _, _, group in _mentioned(paragraph.text) for number in group}
        if numbers:
            return sorted(numbers) if len(numbers) == 1 else []
    return []


def _by_prose(sections: list[ParsedSection], prose: _Prose, last: int) -> list[ParsedSection]:
    """Give topics their session by their own words, the introduction's, or the topic before; never going back."""
    if (
        last == 1 and not prose.total
    ):  # "de eerste sessie" under one topic: of the others the letter tells nothing
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
    if first is not None and first <= 2:  # topics before the first that is known stand in the first session
        opening = [
            place
            for place, section in enumerate(sections)
            if section.kind == SectionKind.AGENDA_TOPIC and assigned[place] is None
        ]
        for place in opening:
            assigned[place] = 1
    elif first is None and last == 1:
        assigned = [1 if section.kind == SectionKind.AGENDA_TOPIC else None for section in sections]
    return [replace(section, session=number) for section, number in zip(sections, assigned, strict=True)]


def _described(section: ParsedSection, prose: _Prose, previous: int | None) -> int | None:
    """The one session, not before the previous, of which the introduction uses the heading's words."""
    words = _content(section.heading or "")
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
    outline: Outline,
    sections: Sequence[ParsedSection],
    start: datetime.date | None,
    end: datetime.date | None,
) -> dict[int, datetime.date]:
    """Days that stand in a session's heading, in a heading above it that is only a date, or in its first sentences."""
    found: dict[int, datetime.date] = {}
    heading_day: datetime.date | None = None
    for head, section in zip(outline.heads, sections, strict=True):
        days = _days(section.heading or "", start, end)
        if head is None:
            if section.kind == SectionKind.INTRODUCTION and days:
                heading_day = days[0][1]
            continue
        first = [
            sentence.text
            for paragraph in section.paragraphs[:1]
            for sentence in split_sentences(paragraph.text)[:2]
        ]
        told = [
            day
            for sentence in first
            if re.search(r"sessie|vond|vindt|diner|lunch", sentence)
            for _, day in _days(sentence, start, end)
        ]
        day = (days[0][1] if days else None) or (told[0] if told else None) or heading_day
        if day and section.session:
            found.setdefault(section.session, day)
    return found
