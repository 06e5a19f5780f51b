"""Dates in running Dutch text: single days, ranges and lists of days, with or without a year."""

import dataclasses
import datetime
import re
from dataclasses import dataclass

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan."),
            ("februari", "february", "feb."),
            ("maart", "march", "mrt."),
            ("april", "apr."),
            ("mei", "may"),
            ("juni", "june"),
            ("juli", "july"),
            ("augustus", "august", "aug."),
            ("september", "sept.", "sep."),
            ("oktober", "october", "okt."),
            ("november", "nov."),
            ("december", "dec."),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_MONTH = "(?:" + "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True)) + ")"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + r")(?:ochtend|middag|avond)?"
_DAY = r"\d{1,2}(?:ste|de|e|st|nd|rd|th)?"
_AND = r"(?:\s*[-–—‑−/&]\s*|\s+(?:en(?:\s+op)?(?:\s+de)?|tot\s+en\s+met|t/m|tot|resp\.|respectievelijk)\s+)"

# "23 en 24 maart 2021", "28-29 november", "28, 29 en 30 juni 2022", "10/11 juni 2010", "9 TOT 11 JULI", "op de 29e mei",
# "dinsdag 23 maart en woensdag 24 maart", "30 november en 1 december 2021", "november2023" glued
DATE = re.compile(
    rf"""
    (?<![\d.,/-])
    (?:(?P<weekday>{_WEEKDAY}),?\s+)?
    (?P<day>{_DAY})
    (?:\s+(?P<month>{_MONTH})(?:,?\s*(?P<year>(?:19|20)\d\d)\b)?)?
    (?:
        (?:,\s*(?:{_WEEKDAY}\s+)?{_DAY}){{0,4}}
        {_AND}
        (?:{_WEEKDAY}\s+)?(?P<last_day>{_DAY})\s+(?P<last_month>{_MONTH})(?:,?\s*(?P<last_year>(?:19|20)\d\d)\b)?
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "2023-11-28", "28-11-2023", "28/11/2023"
NUMERIC_DATE = re.compile(r"(?<![\d/-])(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[-/](\d{1,2})[-/](\d{4}))(?![\d/-])")
# "15 juni jl.", "11 juni aanstaande"
RELATIVE = re.compile(
    r"(?:\s*,)?\s+(?:(?P<past>jl\b\.?|j\.l\.|jongstleden)|(?P<future>aanstaande|a\.s\.|as\.))", re.IGNORECASE
)

LONGEST_MEETING = 8  # days between the first and the last


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or a period in a text, at ``[start:end]``. ``year`` is that of the last day, ``None`` if not printed.

    ``weekday`` is that of the first day, Monday 0. ``relative`` is -1 for "jl.", 1 for "aanstaande", otherwise 0.
    """

    first: tuple[int, int]  # day, month
    last: tuple[int, int]
    year: int | None
    start: int
    end: int
    weekday: int | None = None
    relative: int = 0
    first_year: int | None = None  # only where the text prints one of its own

    def period(self, year: int | None = None) -> tuple[datetime.date, datetime.date] | None:
        """The days, in ``year`` (that of the last day) where the text prints none; ``None`` if there are no such days."""
        last_year = self.year or year
        if last_year is None:
            return None
        first_year = self.first_year or (last_year - 1 if self.first[1] > self.last[1] else last_year)
        try:
            first = datetime.date(first_year, self.first[1], self.first[0])
            last = datetime.date(last_year, self.last[1], self.last[0])
        except ValueError:
            return None
        return (first, last) if first <= last else None

    def fits_weekday(self, year: int) -> bool:
        """Whether the printed weekday, if any, is right in that year."""
        period = self.period(year)
        return period is not None and (self.weekday is None or period[0].weekday() == self.weekday)


def find_dates(text: str) -> list[DateMention]:
    """All dates in ``text``, in order, that exist in some year."""
    found = [mention for match in DATE.finditer(text) for mention in _mentions(match, text)]
    found += [mention for match in NUMERIC_DATE.finditer(text) if (mention := _numeric(match))]
    return sorted(found, key=lambda mention: mention.start)


def _mentions(match: re.Match, text: str) -> list[DateMention]:
    month = match["last_month"] or match["month"]
    if month is None:
        return []
    last_month = MONTHS[month.lower()]
    first_month = MONTHS[match["month"].lower()] if match["month"] else last_month
    first = (_number(match["day"]), first_month)
    last = (_number(match["last_day"] or match["day"]), last_month)
    year = match["last_year"] if match["last_month"] else match["year"]
    relative = RELATIVE.match(text, match.end())
    weekday = match["weekday"] and match["weekday"].lower()
    mention = DateMention(
        first=first,
        last=last,
        year=int(year) if year else None,
        start=match.start(),
        end=match.end(),
        weekday=next(
            (number for number, name in enumerate(WEEKDAYS) if weekday and weekday.startswith(name)), None
        ),
        relative=(-1 if relative["past"] else 1) if relative else 0,
        first_year=int(match["year"]) if match["year"] and match["last_month"] else None,
    )
    period = mention.period(2024)
    if not period:
        return []
    if (period[1] - period[0]).days <= LONGEST_MEETING:
        return [mention]
    alone = {"first_year": None, "relative": mention.relative, "year": mention.year}
    return [  # "op 20 augustus en 28 oktober": two days, not a period
        dataclasses.replace(
            mention, last=first, end=match.end("month") if match["month"] else match.end("day"), **alone
        ),
        dataclasses.replace(mention, first=last, start=match.start("last_day"), weekday=None, **alone),
    ]


def _number(day: str) -> int:
    return int(re.match(r"\d+", day).group())


def _numeric(match: re.Match) -> DateMention | None:
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    if not 1 <= int(month) <= 12:
        return None
    when = (int(day), int(month))
    mention = DateMention(when, when, int(year), match.start(), match.end())
    return mention if mention.period() else None
