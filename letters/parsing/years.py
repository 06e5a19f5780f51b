"""The year of a date that the text prints without one.

In order: the same day elsewhere in the letter with its year; the letter's own date; and, for a text without a date,
what it tells as past or as planned. A weekday must fit. What stays ambiguous stays ``None``.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from letters.parsing.dates import MONTHS, DateMention, find_dates

_MONTH = "|".join(re.escape(name) for name in MONTHS if not name.endswith("."))
# "juni 2010", "in juli 2023", without a day
MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
FUTURE = re.compile(
    r"\b(?:gepland|voorzien|zal|zullen|volgende|komende|aanstaande|vanaf|uiterlijk|verwachting|verwacht|richting|aanloop|voorbespreking|voorbereiding|vooruit|moet|moeten|dient|dienen)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:jl|hebben|heeft|had|hadden|werd|werden|vond|vonden|was|waren|afgelopen|eerdere?|sinds|vorige?|kwam|kwamen|besloot|besloten|sprak|spraken)\b",
    re.IGNORECASE,
)
# What stands in another sentence says nothing about the date
SENTENCE_END = re.compile(r"(?<=[a-z)]{2})[.?!;]\s")
WINDOW = 70  # characters on each side in which a word tells whether a date is past
#: A report is written up to this long after the meeting, an agenda up to this long before it.
WRITING_TIME = datetime.timedelta(days=60)
NEAR = datetime.timedelta(days=430)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A month with its year that the text tells as past (-1) or as still to come (1)."""

    date: datetime.date
    direction: int


def complete_year(
    mention: DateMention, texts: Iterable[str], letter_date: datetime.date | None, direction: int = 0
) -> int | None:
    """Find the year of ``mention``.

    ``texts`` is the whole letter. ``direction`` is -1 when the letter looks back on the day, 1 when it looks ahead,
    0 when nobody knows. Returns ``None`` when nothing in the letter decides.
    """
    if mention.year:
        return mention.year
    texts = list(texts)
    if (printed := _printed_elsewhere(mention, texts)) is not None:
        return printed
    if letter_date is not None:
        return _nearest(mention, letter_date, mention.relative or direction)
    return _from_evidence(mention, gather_evidence(texts))


def year_of_month(mention: DateMention, headline: Iterable[str]) -> int | None:
    """The year that a subject or title prints with the month only: "agenda Brussel juni 2010"."""
    years = {
        int(match["year"])
        for text in headline
        for match in MONTH_AND_YEAR.finditer(text)
        if MONTHS[match["month"].lower()] in (mention.first[1], mention.last[1])
    }
    return mention.year or (years.pop() if len(years) == 1 else None)


def _printed_elsewhere(mention: DateMention, texts: list[str]) -> int | None:
    years = {
        other.year
        for text in texts
        for other in find_dates(text)
        if other.year
        and (other.first, other.last) == (mention.first, mention.last)
        and mention.fits_weekday(other.year)
    }
    return years.pop() if len(years) == 1 else None


def _nearest(mention: DateMention, anchor: datetime.date, direction: int) -> int | None:
    """The year that brings the day closest to ``anchor``, on the side that ``direction`` says."""
    options: list[tuple[datetime.timedelta, int]] = []
    for year in range(anchor.year - 1, anchor.year + 2):
        period = mention.period(year)
        if period is None or not mention.fits_weekday(year):
            continue
        wrong_side = (direction < 0 and period[0] > anchor) or (direction > 0 and period[1] < anchor)
        if not wrong_side:
            options.append((abs(period[0] - anchor), year))
    if not options and mention.weekday is not None:  # a slip in the weekday: letters have them
        return _nearest(dataclasses.replace(mention, weekday=None), anchor, direction)
    return min(options)[1] if options else None


def gather_evidence(texts: Iterable[str]) -> list[Evidence]:
    """Months with a year that the text calls past or planned."""
    found: list[Evidence] = []
    for text in texts:
        for match in MONTH_AND_YEAR.finditer(text):
            before = text[max(0, match.start() - WINDOW) : match.start()]
            behind = text[match.end() : match.end() + WINDOW]
            around = f"{SENTENCE_END.split(before)[-1]} {SENTENCE_END.split(behind)[0]}"
            future, past = len(FUTURE.findall(around)), len(PAST.findall(around))
            if future != past:
                month = datetime.date(int(match["year"]), MONTHS[match["month"].lower()], 15)
                found.append(Evidence(month, 1 if future > past else -1))
    return found


def _from_evidence(mention: DateMention, evidence: list[Evidence]) -> int | None:
    if not evidence:
        return None
    years = [item.date.year for item in evidence]
    fitting: list[int] = []
    for year in range(min(years) - 1, max(years) + 2):
        period = mention.period(year)
        if period is None or not mention.fits_weekday(year):
            continue
        if all(_agrees(item, period[0]) for item in evidence):
            near = [item for item in evidence if abs(item.date - period[0]) <= NEAR]
            if {item.direction for item in near} == {-1, 1} or len({item.date for item in near}) > 1:
                fitting.append(year)
    return fitting[0] if len(fitting) == 1 else None


def _agrees(item: Evidence, meeting: datetime.date) -> bool:
    if item.direction < 0:
        return item.date <= meeting + WRITING_TIME
    return item.date >= meeting - WRITING_TIME
