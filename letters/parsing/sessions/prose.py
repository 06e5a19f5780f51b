"""What prose tells about the sessions of a meeting: how many there were, on which day, and about what.

"De eerste twee sessies vonden plaats op dinsdag 23 maart", "twee op 28 november en één op 29 november".
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from letters.parsing.dates import WEEKDAYS, find_dates
from letters.parsing.sessions.heads import COUNTS, ORDINALS, ROMAN

_COUNT = "|".join(COUNTS)
_ORDINAL = "|".join(word for word in ORDINALS if not word.startswith("open"))
_SESSION = r"(?:plenaire\s+|NAR-)?[\w-]{0,40}sessies?"

# "in de tweede sessie", "een vierde werksessie", "de eerste twee sessies", "sessie 2", "de eerste en tweede sessie"
MENTION = re.compile(
    rf"""\b(?:
        (?P<first>eerste)\s+(?P<count>{_COUNT})\s+{_SESSION}
      | (?P<ordinals>(?:{_ORDINAL})(?:\s*(?:,|\ben(?:\s+de)?\b)\s*(?:{_ORDINAL})){{0,7}})
        (?:\s+en\s+(?:tevens\s+)?(?:laatste|afsluitende))?\s+{_SESSION}
      | [\w-]{{0,40}}sessies?\s+(?P<number>\d|[IVX]{{1,4}})\b
      | de\s+(?P<of_them>{_ORDINAL})\s+(?:daarvan|hiervan)
      )""",
    re.VERBOSE | re.IGNORECASE,
)
# "en op 29 november de derde", "De derde vond plaats op": the word "sessie" is left out
ELLIPSIS = re.compile(
    rf"\bde\s+(?P<ordinals>(?:{_ORDINAL})(?:\s*(?:,|\ben\b)\s*(?:de\s+)?(?:{_ORDINAL})){{0,4}})(?=\s+(?:vond|vindt|volgde|volgt|gaat|gaan|ging|gingen|werd|wordt|betrof|betreft|was|waren|zijn|is|staat|stond|over|op|in)\b|[.,]|$)",
    re.IGNORECASE,
)
# "bestaat uit drie werksessies", "in twee sessies", "bestond uit drie werksessies"
TOTAL = re.compile(
    rf"\b(?:bestaat|bestond|kent|kende|telt|telde|omvat|omvatte|bestaan|bestonden|vergader\w*|kwam(?:en)?|komen|spr[ea]k\w*|gesproken|bijeen|verdeeld)\b[^.]{{0,60}}?\b(?P<count>(?!een\b)(?:{_COUNT})|\d)\s+{_SESSION}",
    re.IGNORECASE,
)
# "twee op 28 november en één op 29 november"
SPREAD = re.compile(
    rf"\b(?P<count>{_COUNT})\s?(?:(?:{_SESSION}|keer|maal)\s+)?(?:vond(?:en)?\s+plaats\s+|vind(?:t|en)\s+plaats\s+)?op\s+(?=\d|\w+dag)",
    re.IGNORECASE,
)
# "op 10 juli vindt een werksessie plaats, op 11 juli volgen twee werksessies"; "op donderdag twee keer, op vrijdag drie keer"
COUNTED = re.compile(rf"\b(?P<count>{_COUNT})(?:\s+{_SESSION}|\s?(?:keer|maal)\b)", re.IGNORECASE)
# "op woensdagmiddag", "donderdag twee keer", "op de eerste dag", "op de 29e"
WEEKDAY = re.compile(
    r"\b(?P<day>" + "|".join(WEEKDAYS) + r")(?:ochtend|middag|avond)?\b(?!\s+\d)", re.IGNORECASE
)
DAY_NUMBER = re.compile(r"\bop\s+de\s+(?P<day>\d{1,2})(?:e|ste|de)\b", re.IGNORECASE)
WHICH_DAY = re.compile(r"\b(?P<which>eerste|tweede|derde)\s+(?:vergader)?dag\b", re.IGNORECASE)
# "op dezelfde dag", "diezelfde middag"
SAME_DAY = re.compile(r"\b(?:die|de)zelfde\s+(?:dag|ochtend|middag|avond)\b", re.IGNORECASE)
# ", de derde sessie", " en op 29 november"
CLAUSE = re.compile(r"(?:[,;]|\b(?:en|terwijl)\b)\s+(?=(?:de|het|op|in|een|tijdens)\b)", re.IGNORECASE)
# in front of "Werksessie II in de ochtend van …"
AFTER_COMMA = re.compile(r"(?:[,;]|\b(?:en|terwijl))\s+$", re.IGNORECASE)
# "De Hoge Vertegenwoordiger zal de bespreking over de Westelijke Balkan bijwonen": who, not what
ATTENDANCE = re.compile(
    r"\b(?:bij(?:ge)?wo(?:nen|ond)|wo(?:ont|onde|onden|nen)\b[^.]*\bbij|aan(?:ge)?sch(?:uiven|oven)|(?:schuif|schuift|schuiven|schoof|schoven)\b[^.]*\baan"
    r"|deel\s+te\s+nemen|deel(?:nemen|neemt|nam|namen|genomen|name)|(?:neem|neemt|nemen|nam|namen)\b[^.]*\bdeel"
    r"|aanwezig|uitgenodigd|vertegenwoordigd|vergezel\w*)\b",
    re.IGNORECASE,
)
# "waren gewijd aan respectievelijk Irak en de zuidelijke flank", "stonden respectievelijk Irak en Libië centraal"
SUBJECTS = re.compile(
    r"\b(?:gewijd\s+aan|gingen\s+(?:in\s+op|over)|over|in\s+het\s+teken\s+van|behandelden|betroffen|stonden|staan)\s+(?:achtereenvolgens\s+|respectievelijk\s+)?(?P<subjects>[^.;]+)",
    re.IGNORECASE,
)
AND_OR_COMMA = re.compile(r", ?(?:en )?| en ")
# "over afschrikking en verdediging en over de zuidflank": only the last "en" parts two subjects
AND_ARTICLE = re.compile(r", ?(?:en )?| en (?=(?:de|het|een|over|aan|met)\b)")
# "Irak, afschrikking en verdediging en Kosovo"
LAST_AND = re.compile(r", ?(?:en )?| en (?!.* en )")
# A sentence that goes on to something else
ANOTHER = re.compile(r"Vervolgens|Daarna|Aansluitend|Tot slot|Daarnaast")
# Words that say what a session is about: long ones, and short ones in capitals ("Irak", "KFOR")
_CONTENT = re.compile(r"[^\W\d_][\w-]{4,}|\b[A-Z]\w{3}\b")
_COMMON_WORDS = """
    sessie sessies werksessie tijdens eerste tweede derde vierde ministers bondgenoten stond stonden centraal
    sprak spraken bespraken gesproken over voorstellen organisatie aanwezig waren werden worden zullen
    ontwikkelingen bijeenkomst onderwerpen bod komen plaats vindt vinden vonden middag ochtend november
    december januari februari maart april juni juli augustus september oktober nederland navo-top
    voorbereiding komende buitenlandse zaken defensie navo nato raad deze
"""
_COMMON = frozenset(_COMMON_WORDS.split())


#: Where sessions are named, ``[start:end]``, with their numbers
Mention = tuple[int, int, tuple[int, ...]]
#: The days of a meeting, in order; empty when they are not known
Days = Sequence[datetime.date]


@dataclass(frozen=True, slots=True)
class Told:
    """How many sessions there are, on which days, and with which words each is described.

    ``names`` holds a title or ``None`` for each session that is told without its number, in order; ``texts`` what is
    told about each; ``apart`` the words of what is told behind a session without being one; ``in_order`` whether all of them are
    told one after another without a number.
    """

    total: int
    dates: dict[int, datetime.date]
    words: dict[int, frozenset[str]]
    names: dict[int, str | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    in_order: bool = False


def mentioned_sessions(text: str, goes_on: bool = False) -> list[Mention]:
    """Places in ``text`` that name sessions, with their numbers.

    A sentence that ``goes_on`` about sessions may start without the word: "De tweede, op vrijdag, ging over Irak".
    """
    found: list[Mention] = []
    for match in MENTION.finditer(text):
        if match["first"]:
            numbers = tuple(range(1, COUNTS[match["count"].lower()] + 1))
        elif match["number"]:
            number = match["number"]
            numbers = (int(number) if number.isdigit() else ROMAN.get(number.upper(), 0),)
        else:
            numbers = _ordinals(match["ordinals"] or match["of_them"])
        found.append((match.start(), match.end(), tuple(number for number in numbers if number)))
    if found or goes_on:
        for match in ELLIPSIS.finditer(text):
            if (found or match.start() == 0) and not any(
                match.start() < end and match.end() > start for start, end, _ in found
            ):
                found.append((match.start(), match.end(), _ordinals(match["ordinals"])))
    return sorted(found)


def _ordinals(text: str) -> tuple[int, ...]:
    return tuple(ORDINALS[word.lower()] for word in re.findall(_ORDINAL, text, re.IGNORECASE))


def tell_sessions(sentences: Sequence[str], meeting: Days) -> Told:
    """Gather what the sentences of an introduction tell about the sessions of a meeting on these days."""
    total = 0
    dates: dict[int, datetime.date] = {}
    texts: dict[int, list[str]] = {}
    apart: set[str] = set()
    counted_on_a_day: dict[int, datetime.date] = {}
    current: int | None = None
    day: datetime.date | None = None
    for sentence in sentences:
        mentions = mentioned_sessions(sentence, goes_on=bool(total))
        numbers = [number for _, _, group in mentions for number in group]
        counted = TOTAL.search(sentence)
        if counted:
            count = counted["count"].lower()
            total = max(total, COUNTS.get(count) or int(count))
        total = max([total, *numbers])
        dated = _dated(sentence, mentions, meeting)
        if not dated and day and SAME_DAY.search(sentence):
            dated = dict.fromkeys(numbers, day)
        day = _day_told(sentence, meeting, dated, day)
        counted_on_a_day |= _counted_on_one_day(sentence, mentions, meeting)
        for number, date in dated.items():
            total = max(total, number)
            dates.setdefault(number, date)
        if not numbers and (ANOTHER.match(sentence) or ATTENDANCE.search(sentence)):
            current = None
        for text, number in _shared_out(sentence, mentions, current):
            current = number
            if number:
                texts.setdefault(number, []).append(text)
            elif texts:
                apart |= content_words(text.replace("-", " "))
    if texts and (day := counted_on_a_day.get(total)):
        dates = {**dict.fromkeys(range(1, total + 1), day), **dates}
    return Told(
        total,
        dates,
        words={number: frozenset(content_words(" ".join(said))) for number, said in texts.items()},
        texts={number: " | ".join(said) for number, said in texts.items()},
        apart=frozenset(apart),
    )


def _day_told(
    sentence: str, meeting: Days, dated: Mapping[int, datetime.date], before: datetime.date | None
) -> datetime.date | None:
    """The day of which a next sentence may say that it is the same: the last that this one names or, naming none, keeps."""
    days = [*dated.values()] or [day for _, day in days_in(sentence, meeting)]
    return days[-1] if days else None if find_dates(sentence) else before


def _shared_out(sentence: str, mentions: list[Mention], current: int | None) -> list[tuple[str, int | None]]:
    """The parts of a sentence, each with the one session that it is about, if any.

    A sentence without a session goes on about the ``current`` one.
    """
    if parts := _one_each(sentence, mentions):
        return [*parts, ("", None)]
    if len({number for _, _, group in mentions for number in group}) < 2:
        return [(sentence, mentions[0][2][0] if mentions and mentions[0][2] else current)]
    parts: list[tuple[str, int | None]] = []
    number = None
    for start, end in _clauses(sentence, mentions):
        groups = [group for place, _, group in mentions if start <= place < end]
        if groups:
            number = groups[0][0] if len(groups) == 1 and len(groups[0]) == 1 else None
        parts.append((sentence[start:end], number))
    return [*parts, ("", None)]  # what follows is about neither


def _one_each(sentence: str, mentions: list[Mention]) -> list[tuple[str, int]]:
    """Sessions named together with as many subjects: "De tweede en derde sessie gingen over Irak en de zuidflank"."""
    if len(mentions) != 1 or len(mentions[0][2]) < 2:
        return []
    _, end, numbers = mentions[0]
    subjects = SUBJECTS.search(sentence, end)
    if not subjects:
        return []
    for between in (AND_OR_COMMA, AND_ARTICLE, LAST_AND):
        parts = between.split(subjects["subjects"])
        if len(parts) == len(numbers):
            return list(zip(parts, numbers, strict=True))
    return []


def _dated(sentence: str, mentions: list[Mention], meeting: Days) -> dict[int, datetime.date]:
    """Which session a sentence puts on which day of the meeting."""
    days = days_in(sentence, meeting)
    if not days or not mentions:
        return _spread(sentence, days)
    found: dict[int, datetime.date] = {}
    waiting: list[int] = []
    day: datetime.date | None = None
    for start, end in _clauses(sentence, mentions):
        numbers = [number for place, _, group in mentions if start <= place < end for number in group]
        named = [when for place, when in days if start <= place < end]
        waiting += numbers
        day = named[0] if named else day
        if day and (numbers or named):
            found.update(dict.fromkeys(waiting, day))
            waiting = []
    return found


def _counted_on_one_day(sentence: str, mentions: list[Mention], meeting: Days) -> dict[int, datetime.date]:
    """How many sessions a sentence puts on its only day: "Op woensdag 1 december volgden twee werksessies"."""
    days = {day for _, day in days_in(sentence, meeting)}
    counts = [COUNTS[match["count"].lower()] for match in COUNTED.finditer(sentence)]
    return {counts[0]: days.pop()} if len(days) == len(counts) == 1 and not mentions else {}


def _clauses(sentence: str, mentions: list[Mention]) -> list[tuple[int, int]]:
    """The parts of a sentence that may put a session on a day each; "de eerste en de tweede sessie" stays whole."""
    cuts = [
        match.end()
        for match in CLAUSE.finditer(sentence)
        if not any(start <= match.start() < end for start, end, _ in mentions)
    ]
    cuts += [start for start, _, _ in mentions if AFTER_COMMA.search(sentence[:start])]
    return list(pairwise(sorted({0, *cuts, len(sentence)})))


def _spread(sentence: str, days: list[tuple[int, datetime.date]]) -> dict[int, datetime.date]:
    """The days over which a sentence spreads sessions that it only counts."""
    counts = [
        (COUNTS[match["count"].lower()], next((day for place, day in days if place >= match.end() - 1), None))
        for match in SPREAD.finditer(sentence)
    ]
    if len(counts) < 2:
        counts = [
            (
                COUNTS[match["count"].lower()],
                next((day for place, day in reversed(days) if place < match.start()), None),
            )
            for match in COUNTED.finditer(sentence)
        ]
    if len(counts) < 2 or not all(day for _, day in counts):
        return {}
    return dict(enumerate((day for count, day in counts for _ in range(count)), start=1))


def days_in(sentence: str, meeting: Days) -> list[tuple[int, datetime.date]]:
    """Places where a sentence names a day of the meeting."""
    if not meeting:
        return []
    found: list[tuple[int, datetime.date]] = []
    for mention in find_dates(sentence):
        period = mention.period(meeting[-1].year)
        if period and period[0] == period[1] and period[0] in meeting:
            found.append((mention.start, period[0]))
    for match in DAY_NUMBER.finditer(sentence):
        found += [(match.start(), day) for day in meeting if day.day == int(match["day"])]
    for match in WEEKDAY.finditer(sentence):
        weekday = WEEKDAYS.index(match["day"].lower())
        found += [(match.start(), day) for day in meeting if day.weekday() == weekday][:1]
    for match in WHICH_DAY.finditer(sentence):
        found += [(match.start(), day) for day in meeting[ORDINALS[match["which"].lower()] - 1 :][:1]]
    return sorted(found)


def content_words(text: str) -> set[str]:
    return {word.lower() for word in _CONTENT.findall(text)} - _COMMON
