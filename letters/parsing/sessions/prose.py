"""What prose tells about the sessions of a meeting: how many there were, on which day, and about what.

"De eerste twee sessies vonden plaats op dinsdag 23 maart", "twee op 28 november en één op 29 november".
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from letters.parsing.dates import MONTHS, WEEKDAYS
from letters.parsing.sessions.days import Days, days_in, last_day_told
from letters.parsing.sessions.heads import COUNTS, ORDINALS, ROMAN

_COUNT = "|".join(COUNTS)
_ORDINAL = "|".join(word for word in ORDINALS if not word.startswith("open"))
_SESSION = r"(?:plenaire\s+|NAR-)?[\w-]{0,40}sessies?"

_FIGURE = rf"(?:\d|[IVX]{{1,4}})\b(?!\s+(?:{'|'.join(map(re.escape, MONTHS))}))"
# "in de tweede sessie", "een vierde werksessie", "de eerste twee sessies", "sessie 2", "de eerste en tweede sessie",
# "Werksessie I en II", "sessies 1, 2 en 3"
MENTION = re.compile(
    rf"""\b(?:
        (?P<first>eerste)\s+(?P<count>{_COUNT})\s+{_SESSION}
      | (?P<ordinals>(?:{_ORDINAL})(?:\s*(?:,|\ben(?:\s+de)?\b)\s*(?:{_ORDINAL})){{0,7}})
        (?:\s+en\s+(?:tevens\s+)?(?:laatste|afsluitende))?\s+{_SESSION}
      | [\w-]{{0,40}}sessies?\s+(?P<figures>{_FIGURE}(?:(?:,\s*|\s+en\s+){_FIGURE}){{0,7}})
      | de\s+(?P<of_them>{_ORDINAL})\s+(?:daarvan|hiervan)
      )""",
    re.VERBOSE | re.IGNORECASE,
)
_VERB = (
    r"vond(?:en)?|vindt|vinden|volgden?|volgt|volgen|gaat|gaan|ging(?:en)?|werd(?:en)?|wordt|worden|betrof(?:fen)?|betreft|betreffen"
    r"|was|waren|zijn|is|staat|staan|stond(?:en)?|had(?:den)?|bestond(?:en)?|begon(?:nen)?"
)
# "en op 29 november de derde", "De derde vond plaats op": the word "sessie" is left out
ELLIPSIS = re.compile(
    rf"\bde\s+(?P<ordinals>(?:{_ORDINAL})(?:\s*(?:,|\ben\b)\s*(?:de\s+)?(?:{_ORDINAL})){{0,4}})(?=\s+(?:{_VERB}|over|op|in|aan|met|een|de|het|diezelfde|dezelfde)\b|[.,]|$)",
    re.IGNORECASE,
)
# "bestaat uit drie werksessies", "in twee sessies", "bestond uit drie werksessies"
TOTAL = re.compile(
    rf"\b(?:bestaat|bestond|kent|kende|telt|telde|omvat|omvatte|bestaan|bestonden|vergader\w*|kwam(?:en)?|komen|spr[ea]k\w*|gesproken|bijeen|verdeeld)\b[^.]{{0,60}}?\b(?P<count>(?!een\b)(?:{_COUNT})|\d)\s+{_SESSION}",
    re.IGNORECASE,
)
# "twee werksessies": a next sentence, or the rest of this one, may tell of "de eerste"
SEVERAL = re.compile(
    rf"\b(?:{'|'.join(word for word, number in COUNTS.items() if number > 1)})\s+(?:\w+\s+)?{_SESSION}",
    re.IGNORECASE,
)
# "twee op 28 november en één op 29 november"
SPREAD = re.compile(
    rf"\b(?P<count>{_COUNT})\s?(?:(?:{_SESSION}|keer|maal)\s+)?(?:vond(?:en)?\s+plaats\s+|vind(?:t|en)\s+plaats\s+)?op\s+(?=\d|\w+dag)",
    re.IGNORECASE,
)
# "op 10 juli vindt een werksessie plaats, op 11 juli volgen twee werksessies"; "op donderdag twee keer, op vrijdag drie keer"
COUNTED = re.compile(rf"\b(?P<count>{_COUNT})(?:\s+{_SESSION}|\s?(?:keer|maal)\b)", re.IGNORECASE)
LONGEST_MENTION = 6  # words: "Zowel de eerste werksessie als"
# ", de derde sessie", " en op 29 november"
CLAUSE = re.compile(
    rf"(?:[,;]|\b(?:en|terwijl)\b)\s+(?=(?:de|het|op|in|een|tijdens|die|diezelfde|(?:{'|'.join(WEEKDAYS)})\w*)\b)",
    re.IGNORECASE,
)
# in front of "Werksessie II in de ochtend van …"
AFTER_COMMA = re.compile(r"(?:[,;]|\b(?:en|terwijl))\s+$", re.IGNORECASE)
# "De Hoge Vertegenwoordiger zal de bespreking over de Westelijke Balkan bijwonen": who, not what
ATTENDANCE = re.compile(
    r"\b(?:bij(?:ge)?wo(?:nen|ond)|wo(?:ont|onde|onden|nen)\b[^.]*\bbij|aan(?:ge)?sch(?:uiven|oven)|(?:schuif|schuift|schuiven|schoof|schoven)\b[^.]*\baan"
    r"|deel\s+te\s+nemen|deel(?:nemen|neemt|nam|namen|genomen|name)|(?:neem|neemt|nemen|nam|namen)\b[^.]*\bdeel"
    r"|aanwezig|uitgenodigd|vertegenwoordigd|vergezel\w*)\b",
    re.IGNORECASE,
)
# ", gevolgd door een werkdiner over de lastenverdeling": what that was about, the session was not
MEAL_BEHIND = re.compile(
    r",?\s(?:gevolgd\s+door|waarna|en\s+(?:daarna|aansluitend|vervolgens)|(?:afge|be)sloten\s+(?:met|door))\s+[^.;]{0,60}?"
    r"\b(?:werk)?(?:diner|lunch|ontbijt)\b[^.;]*",
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
ANOTHER = re.compile(r"^(?:Vervolgens|Daarna|Aansluitend|Tot slot|Daarnaast)")
# ... and to a session that has a name and no number
WITHOUT_NUMBER = re.compile(
    r"\bwerk(?:diner|lunch|ontbijt)\b|\been\s+(?:\w+\s+)?(?:werk)?sessie\b", re.IGNORECASE
)
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


@dataclass(frozen=True, slots=True)
class Told:
    """How many sessions there are, on which days, and with which words each is described.

    ``names`` holds a title or ``None`` for each session that is told without its number, in order; ``texts`` what is
    told about each; ``apart`` the words of what is told behind a session without being one; ``in_order`` whether all of
    them are told one after another without a number; ``meals`` the days of meals, by their last word, and
    ``told_meals`` all that are told as sessions; ``topics`` what the vocabulary finds in the texts.
    """

    total: int
    dates: dict[int, datetime.date]
    words: dict[int, frozenset[str]]
    names: dict[int, str | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    in_order: bool = False
    meals: Mapping[str, datetime.date] = field(default_factory=dict)
    told_meals: frozenset[str] = frozenset()
    topics: Mapping[int, frozenset[str]] = field(default_factory=dict)


def mentioned_sessions(text: str, goes_on: bool = False) -> list[Mention]:
    """Places in ``text`` that name sessions, with their numbers.

    A sentence that ``goes_on`` about sessions may start without the word: "De tweede, op vrijdag, ging over Irak". So may
    what follows on a number of sessions: "twee sessies: de eerste over Irak, de tweede over Kosovo".
    """
    found: list[Mention] = []
    for match in MENTION.finditer(text):
        if match["first"]:
            numbers = tuple(range(1, COUNTS[match["count"].lower()] + 1))
        elif match["figures"]:
            numbers = tuple(
                _value(figure) for figure in re.findall(r"\b(?:\d|[IVXivx]+)\b", match["figures"])
            )
        else:
            numbers = _ordinals(match["ordinals"] or match["of_them"])
        found.append((match.start(), match.end(), tuple(number for number in numbers if number)))
    counted = SEVERAL.search(text)
    if found or goes_on or counted:
        for match in ELLIPSIS.finditer(text):
            is_said = found or (goes_on and match.start() == 0) or (counted and counted.end() < match.start())
            if is_said and not any(match.start() < end and match.end() > start for start, end, _ in found):
                found.append((match.start(), match.end(), _ordinals(match["ordinals"])))
    return sorted(found)


def _value(figure: str) -> int:
    return int(figure) if figure.isdigit() else ROMAN.get(figure.upper(), 0)


def _ordinals(text: str) -> tuple[int, ...]:
    return tuple(ORDINALS[word.lower()] for word in re.findall(_ORDINAL, text, re.IGNORECASE))


def tell_sessions(sentences: Sequence[str], meeting: Days) -> Told:
    """Gather what the sentences of an introduction tell about the sessions of a meeting on these days."""
    total = 0
    dates: dict[int, datetime.date] = {}
    texts: dict[int, list[str]] = {}
    apart: set[str] = set()
    counted_days: list[tuple[int, int, datetime.date]] = []
    reach = 0  # so many sessions were told so far
    goes_on = False
    current: int | None = None
    day: datetime.date | None = None
    for sentence in sentences:
        mentions = mentioned_sessions(sentence, goes_on)
        numbers = [number for _, _, group in mentions for number in group]
        counted = TOTAL.search(sentence)
        if counted:
            count = counted["count"].lower()
            total = max(total, COUNTS.get(count) or int(count))
        total = max([total, *numbers])
        goes_on = bool(total or SEVERAL.search(sentence))
        dated = _dated(sentence, mentions, meeting, day)
        if not mentions and (on_a_day := _counted_on_one_day(sentence, meeting, day)):
            count, when = on_a_day
            counted_days.append((reach, count, when))
            reach += count
        reach = max([reach, *numbers])
        day = [*dated.values()][-1] if dated else last_day_told(sentence, meeting, day)
        for number, date in dated.items():
            total = max(total, number)
            dates.setdefault(number, date)
        if not numbers and any(other.search(sentence) for other in (ANOTHER, ATTENDANCE, WITHOUT_NUMBER)):
            current = None
        for text, number in _shared_out(sentence, mentions, current):
            current = number
            if number:
                texts.setdefault(number, []).append(MEAL_BEHIND.sub("", text))
            elif texts:
                apart |= content_words(text.replace("-", " "))
    if texts:
        counted = {
            number: when
            for before, count, when in counted_days
            if before or when == meeting[0] or count == total
            for number in range(before + 1, min(before + count, total) + 1)
        }
        if all(dates.get(number, when) == when for number, when in counted.items()):
            dates = counted | dates
    return Told(
        total,
        dates,
        words={number: frozenset(content_words(" ".join(said))) for number, said in texts.items()},
        texts={number: " | ".join(said) for number, said in texts.items()},
        apart=frozenset(apart),
    )


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
    return list(zip(subjects_of(sentence, end, len(numbers)), numbers, strict=False))


def subjects_of(sentence: str, start: int, count: int) -> list[str]:
    """What ``count`` sessions named in front of ``start`` were about, one subject each; empty when there are more or fewer."""
    found = SUBJECTS.search(sentence, start)
    for between in (AND_OR_COMMA, AND_ARTICLE, LAST_AND) if found else ():
        parts = between.split(found["subjects"])
        if len(parts) == count:
            return parts
    return []


def _dated(
    sentence: str, mentions: list[Mention], meeting: Days, before: datetime.date | None
) -> dict[int, datetime.date]:
    """Which session a sentence puts on which day of the meeting; ``before`` is the day told last."""
    days = days_in(sentence, meeting, before)
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
        elif (
            len(sentence[start:end].split()) > LONGEST_MENTION
        ):  # it says something else of them than their day
            waiting = []
    return found


def _counted_on_one_day(
    sentence: str, meeting: Days, before: datetime.date | None
) -> tuple[int, datetime.date] | None:
    """How many sessions a sentence puts on its only day: "Op woensdag 1 december volgden twee werksessies"."""
    days = {day for _, day in days_in(sentence, meeting, before)}
    counts = [COUNTS[match["count"].lower()] for match in COUNTED.finditer(sentence)]
    return (counts[0], days.pop()) if len(days) == len(counts) == 1 else None


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


def content_words(text: str) -> set[str]:
    return {word.lower() for word in _CONTENT.findall(text)} - _COMMON
