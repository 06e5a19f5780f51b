"""Sessions that an introduction tells one after another, by name or by count, without numbering them.

"kwamen op 29 juni in twee sessies bijeen. Diezelfde avond …", "Tijdens het werkdiner … De ochtendzitting van 3 december …"
"""

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from letters.parsing.sessions.days import Days, days_in, last_day_told
from letters.parsing.sessions.heads import COUNTS, KIND
from letters.parsing.sessions.prose import ATTENDANCE, TOTAL, content_words, mentioned_sessions, subjects_of

_SEVERAL = "|".join(word for word, number in COUNTS.items() if number > 1)
_PART = r"(?:openings|ochtend|middag|namiddag|avond|slot)(?:werk)?(?:sessie|zitting)|(?:NAR|NUC|NRR)-(?:sessie|zitting)"
_MEAL = r"(?:werk)?(?:diner|lunch|ontbijt)"

# "in twee sessies", "een afzonderlijke sessie", "het werkdiner", "De ochtendzitting", "een slotzitting", "de laatste sessie", in a
# list "19.00 uur: werkdiner"; not "de sessie", told before
OCCURRENCE = re.compile(
    rf"""(?:^|(?<=:\s))(?P<bare>(?:{KIND}\s+)?{_MEAL})\b | \b(?:
        (?P<count>{_SEVERAL})\s+(?:{KIND}\s+)?(?:[\w-]*sessies|(?:\w+)?zittingen)
      | (?:een|één)\s+(?:{KIND}\s+){{0,2}}(?P<indefinite>[\w-]*sessie|zitting|{_PART}|{_MEAL})
      | (?:de|een)\s+(?:laatste|afsluitende)\s+(?P<last>(?:werk)?sessie)
      | een\s+(?P<council>(?:NAVO|NATO)[- –](?:Oekraïne|Georgië|Rusland|Ukraine)[- –](?:Raad|Commissie|Council))
      | (?:de|het)\s+(?:{KIND}\s+){{0,2}}(?P<definite>{_PART}|{_MEAL})
      )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Na de lunch", "voorafgaand aan het diner", "tussen de ochtendzitting en …": a session that only says when
ONLY_WHEN = re.compile(
    r"\b(?:waaronder|inclusief|na|vóór|(?<!bijeen\s)voor|sinds|tussen|rond|naast|tot|(?:voorafgaand|aansluitend|in\s+aansluiting)\s+(?:aan|op)|na\s+afloop\s+van|(?:in\s+de|en)\s+marge\s+van)\s+$",
    re.IGNORECASE,
)
# "Daarnaast is er een informele sessie", "gevolgd door een sessie": one more than those that were counted
ONE_MORE = re.compile(
    r"\b(?:daarnaast|ook|tevens|eveneens|verder|voorts|vervolgens|daarna|aansluitend|afsluitend|daarbij|bovendien|tot\s+slot|ten\s+slotte|gevolgd|volgde|volgt|(?:afgesloten|besloten)\s+met"
    r"|nog|extra|afzonderlijke?|aparte?|informele?|na\s+afloop|(?:in\s+de|en)\s+marge)\b",
    re.IGNORECASE,
)
# "Aan de vooravond van de top", "in de marge van de bijeenkomst": no part of it
APART = re.compile(
    r"\b(?:aan\s+de\s+vooravond\s+van|voorafgaand\s+aan|(?:in\s+de\s+marges?|en\s+marge|na\s+afloop)\s+van)\s+(?:de|het)\s+"
    r"(?:[\w-]*(?:top|bijeenkomst|ministeriële|vergadering|raad))\b",
    re.IGNORECASE,
)
# Behind a number of sessions: what follows are these sessions
NAMELY = re.compile(r":\s|\b(?:te\s+weten|namelijk|respectievelijk)\b", re.IGNORECASE)
# In front of a meal that a sentence tells beside a session: "vonden twee sessies plaats, gevolgd door een werkdiner"
BESIDE = re.compile(
    r"\b(?:en|gevolgd|waarna|volgden?|volgt|daarna|vervolgens|aansluitend|afgesloten|besloten|alsmede|evenals|tot\s+slot)\b",
    re.IGNORECASE,
)
# "twee werksessies, een werkdiner en een bijeenkomst met de landen die bijdragen": another meeting in the same list
GATHERING = re.compile(
    r"(?:^|,|\ben)\s+(?:ook\s+|tevens\s+)?(?:een|de|het)\s+(?:\w+\s+){0,2}?(?:bijeenkomst|vergadering|zitting|ontmoeting|overleg|bespreking)\b",
    re.IGNORECASE,
)
# The same in a list: "twee werksessies, een lunch met partners en een vergadering van …"; "de tweede sessie, een werkdiner" is one
IN_A_LIST = re.compile(r"\s*,\s*", re.IGNORECASE)
GOES_ON = re.compile(r"[^.;:]{0,80}?(?:,|\ben\b)\s+(?:een|de|het|twee|drie)\b", re.IGNORECASE)
# "biedt de president de leiders een diner aan": hospitality, not a session
HOSPITALITY = re.compile(
    r"\b(?:bied(?:t|en)|bood|boden|aangeboden|aan\s+te\s+bieden|genodigd|genoten|genieten)\b", re.IGNORECASE
)
# ", waaraan ook de Oekraïense president deelnam": who, not what
WHO_ATTENDS = re.compile(rf",\s*waar(?:aan|bij|voor)\b[^,.;]{{0,80}}?(?:{ATTENDANCE.pattern})", re.IGNORECASE)
LATER_PART = re.compile(r"(?:na)?middag|avond")
_WORK = "werk"
_IS_MEAL = re.compile(_MEAL, re.IGNORECASE)
NEAR = 5  # characters between a session and its own day: " op "


@dataclass(slots=True)
class ToldSession:
    """``title`` only for a meal, which is a name; ``text`` is the part of the sentence that tells it."""

    date: datetime.date | None
    title: str | None
    text: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(content_words(WHO_ATTENDS.sub("", self.text)))


def tell_in_order(sentences: Sequence[str], meeting: Days, numbered: bool = False) -> list[ToldSession]:
    """The sessions of a meeting on these days in the order in which the sentences tell them.

    ``numbered``: others have numbers, and are none of these.
    """
    told: list[ToldSession] = []
    by_name: dict[str, ToldSession] = {}
    counted: list[ToldSession] = []
    day: datetime.date | None = None
    for sentence in sentences:
        days = days_in(sentence, meeting, day)
        still = last_day_told(sentence, meeting, day)
        found = _occurrences(sentence, days, numbered, by_name)
        starts = [0, *(match.start() for match in found[1:]), len(sentence)]
        for number, match in enumerate(found):
            start, end = _own_part(sentence, starts[number], match, starts[number + 1])
            text = sentence[start:end]
            told_day = _day_of(number, found, days, starts[number + 1])
            if told_day is None and not days:
                told_day = (
                    still if still in meeting[-1:] or _is_later_that_day(match, still, meeting) else None
                )
            if match["count"]:
                count = _count(match)
                subjects = subjects_of(text, match.end() - start, count) or [""] * count
                counted = [ToldSession(told_day, None, subject) for subject in subjects]
                told += counted
                continue
            name = _name(match)
            key = name.removeprefix(_WORK)  # "een werkdiner", later "het diner"
            before = by_name.get(key)
            if match["last"] and counted and counted[-1].date in {None, told_day}:
                before = counted[-1]
            elif before and before.date and not (match["definite"] and not _has_own_day(match, days)):
                before = None
            if before:
                before.date = before.date or told_day
                before.text += f" | {text}"
                continue
            if counted and name.endswith("sessie") and not days and not ONE_MORE.search(sentence):
                continue  # "voor het eerst in een formele sessie": one of those that were counted
            session = ToldSession(told_day, name.capitalize() if _IS_MEAL.fullmatch(name) else None, text)
            if session.title or match["definite"]:
                by_name[key] = session
            told.append(session)
            still = still if days else told_day
        day = still
    return told


def _own_part(sentence: str, start: int, match: re.Match, end: int) -> tuple[int, int]:
    """The part of ``sentence[start:end]`` that tells the session, without numbered sessions and other meetings beside it."""
    before = [place for _, place, _ in mentioned_sessions(sentence) if place <= match.start()]
    if before or GATHERING.search(sentence, start, match.start()):
        start = match.start()
    other = GATHERING.search(sentence, match.end(), end)
    return start, other.start() if other else end


def _occurrences(
    sentence: str, days: Sequence[tuple[int, datetime.date]], numbered: bool, known: Collection[str]
) -> list[re.Match]:
    """Where a sentence tells sessions; with ``numbered`` only meals where it has numbers. ``known``: names told before."""
    found = [match for match in OCCURRENCE.finditer(sentence) if _is_told(match, sentence, days)]
    if numbered and (mentioned_sessions(sentence) or TOTAL.search(sentence)):
        return [
            match
            for match in found
            if _stands_beside(match, sentence)
            or (match["definite"] and _name(match).removeprefix(_WORK) in known)
        ]
    if len(found) > 1 and found[0]["count"] and NAMELY.search(sentence[found[0].end() : found[1].start()]):
        others = sum(_count(match) if match["count"] else 1 for match in found[1:])
        return found[1:] if others == _count(found[0]) else found[:1]
    return found


def _count(match: re.Match) -> int:
    return COUNTS[match["count"].lower()]


def _name(match: re.Match) -> str:
    """The name as printed in lower case, without what is said of its kind; empty for a number of sessions."""
    names = (match[group] for group in ("indefinite", "definite", "council", "last", "bare"))
    name = next(filter(None, names), "").lower()
    return name.split()[-1] if match["bare"] else name


def _is_later_that_day(match: re.Match, day: datetime.date | None, meeting: Days) -> bool:
    """ "In de middagsessie", behind a sentence that told the ``day``."""
    return day in meeting and bool(LATER_PART.match(_name(match)))


def _has_own_day(match: re.Match, days: Sequence[tuple[int, datetime.date]]) -> bool:
    return any(0 <= place - match.end() <= NEAR for place, _ in days)


def _stands_beside(match: re.Match, sentence: str) -> bool:
    """Whether a sentence that numbers or counts sessions tells a meal beside them: not "De tweede sessie, een werkdiner, ..."."""
    if not _IS_MEAL.fullmatch(_name(match)):
        return False
    numbered = [(start, end) for start, end, _ in mentioned_sessions(sentence)]
    by_count = not numbered
    numbered = numbered or [(found.start(), found.end()) for found in TOTAL.finditer(sentence)]
    for start, end in numbered:
        between = sentence[end : match.start()] if end <= match.start() else sentence[match.end() : start]
        listed = by_count and IN_A_LIST.fullmatch(between) and GOES_ON.match(sentence, match.end())
        if not (BESIDE.search(between) or listed):
            return False
    return True


def _is_told(match: re.Match, sentence: str, days: Sequence[tuple[int, datetime.date]]) -> bool:
    """Whether a session is told here: "Na een werkdiner op 4 december", not "na de lunch" nor a dinner that is offered."""
    name = _name(match)
    if _IS_MEAL.fullmatch(name) and not name.startswith(_WORK) and HOSPITALITY.search(sentence):
        return False
    if not days and APART.search(sentence, 0, match.start()):
        return False
    own_day = match["indefinite"] and _has_own_day(match, days)
    return bool(own_day) or not ONLY_WHEN.search(sentence[: match.start()])


def _day_of(
    number: int, found: Sequence[re.Match], days: Sequence[tuple[int, datetime.date]], end: int
) -> datetime.date | None:
    """The day in front of a session, in a sentence that starts with its day, else the day behind it.

    Of two days between two sessions the first is that of the one in front. ``end`` is where the next session is told.
    """
    match = found[number]
    between = [day for place, day in days if number and found[number - 1].end() <= place < match.start()]
    if len(between) > 1:
        return between[-1]
    before = [day for place, day in days if place < match.start()]
    after = [day for place, day in days if place >= match.start()]
    if days and days[0][0] < found[0].start():
        return before[-1]
    if match["count"] and len({day for _, day in days}) > 1 and not _has_own_day(match, days):
        return None  # "drie sessies: twee op 28 november en één op 29 november"
    own = [day for place, day in days if match.start() <= place < end]
    return (own or after or before[-1:] or [None])[0]
