"""How parliamentary papers are cited in Dutch: Aanwijzing 3.43 of the Aanwijzingen voor de regelgeving."""

import datetime
import re

#: The number of a paper as published: "kst-28676-446", "kst-21501-28-275", "kst-31700-VI-D", "kst-33328-R1981-3".
#: A dossier of several papers by year has a second number ("21501-28"), a budget a chapter ("31700 VI"), an act of the
#: Kingdom the number of its own series ("33328 (R1981)").
PAPER = re.compile(
    r"kst-(?P<dossier>\d{3,6})(?:-(?:(?P<series>\d{1,3})|\(?(?P<kingdom>R\d{1,4})\)?|(?P<chapter>[A-Z]{1,6})))?-(?P<number>\d{1,5}[A-Z]?|[A-Z]{1,3})",
    re.IGNORECASE,
)


def session_year_on(date: datetime.date) -> str:
    """The vergaderjaar in which a day lies, "2023-2024". It starts on Prinsjesdag, the third Tuesday of September."""
    start = date.year if date >= prinsjesdag(date.year) else date.year - 1
    return f"{start}-{start + 1}"


def days_of_session_year(session_year: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a vergaderjaar, "2023-2024"."""
    start, end = map(int, session_year.split("-"))
    return prinsjesdag(start), prinsjesdag(end) - datetime.timedelta(days=1)


def prinsjesdag(year: int) -> datetime.date:
    first = datetime.date(year, 9, 1)
    return first.replace(day=15 + (1 - first.weekday()) % 7)


def short_session_year(session_year: str) -> str:
    """ "2023/24" for "2023-2024"; the year of the turn of the century is whole: "1999/2000"."""
    first, _dash, last = session_year.partition("-")
    return f"{first}/{last if last.endswith('00') else last[2:]}"


def paper_citation(paper_number: str, *, session_year: str = "", in_senate: bool | None = None) -> str:
    """ "Kamerstukken II 2023/24, 28676, nr. 446"; of the Eerste Kamer "Kamerstukken I 2008/09, 31700 VI, D".

    Numbers of the Eerste Kamer are letters, without "nr."; ``in_senate=None`` leaves the chamber to be told from that.
    A paper without dossier keeps its number as published. "" without a number.
    """
    if not paper_number:
        return ""
    found = PAPER.fullmatch(paper_number)
    number = found["number"].upper() if found else ""
    if in_senate is None:
        in_senate = number.isalpha()
    series = "Kamerstukken I" if in_senate else "Kamerstukken II"
    volume = f"{series} {short_session_year(session_year)}" if session_year else series
    if found is None:
        return f"{volume}, {paper_number}"
    dossier = found["dossier"]
    if found["series"]:
        dossier += f"-{found['series']}"
    elif found["kingdom"]:
        dossier += f" ({found['kingdom'].upper()})"
    elif found["chapter"]:
        dossier += f" {found['chapter'].upper()}"
    return f"{volume}, {dossier}, {'nr. ' if number[0].isdigit() else ''}{number}"
