"""The days of a meeting, as sentences name them: by date or weekday, by their place in the meeting, or from the day told before.

"op dinsdag 23 maart", "de tweede dag", "diezelfde avond", "de volgende ochtend"
"""

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from letters.parsing.dates import WEEKDAYS, find_dates

#: The days of a meeting, in order; empty when they are not known
Days = Sequence[datetime.date]

SENTENCES_AT_HAND = 256
_ORDER = ("eerste", "tweede", "derde", "vierde")
# "op woensdagmiddag", "donderdag twee keer"
WEEKDAY = re.compile(
    r"\b(?P<day>" + "|".join(WEEKDAYS) + r")(?:ochtend|middag|avond)?\b(?!\s+\d)", re.IGNORECASE
)
# "op de 29e"
DAY_NUMBER = re.compile(r"\bop\s+de\s+(?P<day>\d{1,2})(?:e|ste|de)\b", re.IGNORECASE)
# "op de eerste dag", "de eerste avond", "Dag 2", "de slotdag"
WHICH_DAY = re.compile(
    rf"""\b(?:
        (?P<which>{"|".join(_ORDER)})\s+(?:vergader)?dag
      | (?P<first>eerste\s+(?:middag|avond)|openingsdag)
      | (?P<last>(?:laatste|afsluitende)\s+(?:vergader)?dag|slotdag)
      | dag\s+(?P<number>[1-4])
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "diezelfde avond", "later die dag", "’s avonds", "in de middag", and "Aansluitend", which leaves no night between
SAME_DAY = re.compile(
    r"""\b(?:
        (?:die|de)zelfde\s+(?:dag|ochtend|middag|avond) | (?:op\s+)?die\s+(?:dag|ochtend|middag|avond)
      | de\s+dag\s+(?:werd|wordt|is|eindigde|eindigt|sloot|sluit)
      | in\s+de\s+(?:loop\s+van\s+de\s+)?(?:(?:na)?middag|(?:voor)?avond)(?!\s+van\b)
    )\b | [’'‘]s\s+(?:middags|avonds)\b | \b(?:aansluitende?|direct\s+daarna|meteen\s+daarna)\b(?!\s+(?:aan|op)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
# "de volgende ochtend", "een dag later", "de ochtend daarop", "daags erna"; not "de avond daarop", which may be the same day's
NEXT_DAY = re.compile(
    r"""(?<!\w)(?:
        (?:(?:de|een)\s+(?:eerst|daarop)?|(?<=\())volgende\s+(?:vergader)?(?:dag|ochtend|morgen|middag|avond)
      | (?:de|een)\s+(?:dag|ochtend|morgen)\s+(?:daarop|daarna|erop|erna|nadien|later)
      | daags\s+(?:daarna|erna|nadien)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def days_in(
    sentence: str, meeting: Days, before: datetime.date | None = None
) -> list[tuple[int, datetime.date]]:
    """Places where a sentence names a day of the meeting. ``before``: the day told last in front of the sentence."""
    if not meeting:
        return []
    found = list(_named(sentence, tuple(meeting)))
    relative = [(match.start(), 0) for match in SAME_DAY.finditer(sentence)]
    relative += [(match.start(), 1) for match in NEXT_DAY.finditer(sentence)]
    for place, later in sorted(relative):
        day = _from(next((day for start, day in reversed(found) if start < place), before), later, meeting)
        if day:
            found = sorted([*found, (place, day)])
    return found


def last_day_told(sentence: str, meeting: Days, before: datetime.date | None) -> datetime.date | None:
    """The day from which a next sentence may count on, which need not be one of the meeting.

    The last that this sentence names or, naming none, the one told ``before``; ``None`` where that is not clear.
    """
    days = days_in(sentence, meeting, before)
    if days:
        return days[-1][1]
    periods = [mention.period(meeting[-1].year) for mention in find_dates(sentence)] if meeting else []
    if periods:
        return periods[-1][1] if periods[-1] and periods[-1][1] not in meeting else None
    return None if NEXT_DAY.search(sentence) else before


def _from(day: datetime.date | None, later: int, meeting: Days) -> datetime.date | None:
    """The day of the meeting so many days ``later``. Of two days only the second follows on one that nobody told."""
    if day is None:
        return meeting[1] if later and len(meeting) == 2 else None
    found = day + datetime.timedelta(days=later)
    return found if found in meeting else None


@lru_cache(maxsize=SENTENCES_AT_HAND)  # the same sentences are asked for their days several times
def _named(sentence: str, meeting: tuple[datetime.date, ...]) -> tuple[tuple[int, datetime.date], ...]:
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
        place = -1 if match["last"] else _place(match)
        if place < len(meeting):
            found.append((match.start(), meeting[place]))
    return tuple(sorted(found))


def _place(match: re.Match) -> int:
    if match["number"]:
        return int(match["number"]) - 1
    return _ORDER.index(match["which"].lower()) if match["which"] else 0
