"""Sessions that an introduction tells one after another, by name or by count, without numbering them.

"kwamen op 29 juni in twee sessies bijeen. Diezelfde avond …", "Tijdens het werkdiner … De ochtendzitting van 3 december …"
"""

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from letters.parsing.sessions.heads import COUNTS
from letters.parsing.sessions.prose import Days, content_words, days_in

_SEVERAL = "|".join(word for word, number in COUNTS.items() if number > 1)
_KIND = (
    r"(?:informele?|informeel|formele|besloten|gezamenlijke?|plenaire|afsluitende?|afzonderlijke?|aparte?|gecombineerde?"
    r"|korte?|nieuwe?|speciale?|bijzondere?|ingelaste?|verdere?)"
)
_PART = r"(?:openings|ochtend|middag|namiddag|avond|slot)(?:werk)?(?:sessie|zitting)|(?:NAR|NUC|NRR)-(?:sessie|zitting)"
_MEAL = r"(?:werk)?(?:diner|lunch|ontbijt)"

# "in twee sessies", "een afzonderlijke sessie", "het werkdiner", "De ochtendzitting", "een slotzitting"; not "de sessie", told
# before
OCCURRENCE = re.compile(
    rf"""\b(?:
        (?P<count>{_SEVERAL})\s+(?:{_KIND}\s+)?(?:[\w-]*sessies|(?:\w+)?zittingen)
      | een\s+(?:{_KIND}\s+){{0,2}}(?P<indefinite>[\w-]*sessie|zitting|{_PART}|{_MEAL})
      | een\s+(?P<council>(?:NAVO|NATO)[- –](?:Oekraïne|Georgië|Rusland|Ukraine)[- –](?:Raad|Commissie|Council))
      | (?:de|het)\s+(?:{_KIND}\s+){{0,2}}(?P<definite>{_PART}|{_MEAL})
      )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Na de lunch", "voorafgaand aan het diner", "tussen de ochtendzitting en …": a session that only says when
ONLY_WHEN = re.compile(
    r"\b(?:waaronder|inclusief|na|vóór|voor|sinds|tussen|rond|naast|tot|(?:voorafgaand|aansluitend|in\s+aansluiting)\s+(?:aan|op)|na\s+afloop\s+van|(?:in\s+de|en)\s+marge\s+van)\s+$",
    re.IGNORECASE,
)
# "Daarnaast is er een informele sessie", "gevolgd door een sessie": one more than those that were counted
ONE_MORE = re.compile(
    r"\b(?:daarnaast|ook|tevens|eveneens|verder|voorts|vervolgens|daarna|aansluitend|afsluitend|daarbij|bovendien|tot\s+slot|ten\s+slotte|gevolgd|volgde|volgt"
    r"|nog|extra|afzonderlijke?|aparte?|informele?|na\s+afloop|(?:in\s+de|en)\s+marge)\b",
    re.IGNORECASE,
)
# "Diezelfde avond", "dezelfde dag", "’s avonds"
SAME_DAY = re.compile(
    r"\b(?:die|de)zelfde\s+(?:dag|ochtend|middag|avond)\b|[’'‘]s\s+(?:middags|avonds)\b", re.IGNORECASE
)
# "biedt de president de leiders een diner aan": hospitality, not a session
HOSPITALITY = re.compile(
    r"\b(?:bied(?:t|en)|bood|boden|aangeboden|aan\s+te\s+bieden|genodigd|genoten|genieten)\b", re.IGNORECASE
)
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
        return frozenset(content_words(self.text))


def tell_in_order(
    sentences: Sequence[str], meeting: Days, only_days: Collection[str] = ()
) -> list[ToldSession]:
    """The sessions of a meeting on these days in the order in which the sentences tell them.

    ``only_days`` are those of the sentences that tell the day for the next one, but no session of their own.
    """
    told: list[ToldSession] = []
    names: set[str] = set()
    day: datetime.date | None = None
    is_counted = False
    for sentence in sentences:
        days = days_in(sentence, meeting)
        found = [
            match
            for match in OCCURRENCE.finditer(sentence)
            if sentence not in only_days and _is_told(match, sentence, days)
        ]
        starts = [0, *(match.start() for match in found[1:]), len(sentence)]
        for number, match in enumerate(found):
            text = sentence[starts[number] : starts[number + 1]]
            told_day = _day_of(number, found, days, starts[number + 1])
            if day and SAME_DAY.search(sentence[match.end() : starts[number + 1]]):
                told_day = day
            day = told_day or (None if days else _carried(day, sentence, meeting))
            if match["count"]:
                told += [ToldSession(day, None, "") for _ in range(COUNTS[match["count"].lower()])]
                is_counted = True
                continue
            name = (match["indefinite"] or match["definite"] or match["council"]).lower()
            key = name.removeprefix("werk")  # "een werkdiner", later "het diner"
            if match["definite"] and key in names:
                continue
            if is_counted and name.endswith("sessie") and not days and not ONE_MORE.search(sentence):
                continue  # "voor het eerst in een formele sessie": one of those that were counted
            names.add(key)
            title = name.capitalize() if _IS_MEAL.fullmatch(name) else None
            told.append(ToldSession(day, title, text))
        if not found and days:
            day = days[-1][1]
    return told


def _is_told(match: re.Match, sentence: str, days: Sequence[tuple[int, datetime.date]]) -> bool:
    """Whether a session is told here: "Na een werkdiner op 4 december", not "na de lunch" nor a dinner that is offered."""
    name = match["indefinite"] or match["definite"] or ""
    if _IS_MEAL.fullmatch(name) and not name.lower().startswith(_WORK) and HOSPITALITY.search(sentence):
        return False
    own_day = match["indefinite"] and any(0 <= place - match.end() <= NEAR for place, _ in days)
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
    after = [day for place, day in days if place >= match.end()]
    if days and days[0][0] < found[0].start():
        return before[-1]
    if match["count"] and len({day for _, day in days}) > 1:
        return None  # "drie sessies: twee op 28 november en één op 29 november"
    own = [day for place, day in days if match.end() <= place < end]
    return (own or after or before[-1:] or [None])[0]


def _carried(day: datetime.date | None, sentence: str, meeting: Days) -> datetime.date | None:
    """The day told before, where the sentence says that it is the same or where no later day is left."""
    return day if day and (day == meeting[-1] or SAME_DAY.search(sentence)) else None
