"""References to what was said in parliament, to questions and their answers, and to numbers of the Tweede Kamer itself.

Forms of the identifiers, as published: ``ah-tk-20242025-1028`` (questions with their answers), ``h-tk-20212022-53-5`` (one item of
a sitting), ``kv-tk-2021Z24164`` (questions), ``nds-tk-2025D20112`` (a paper of no dossier), ``2024D41170`` (a document at
tweedekamer.nl). A sitting as a whole has no page, nor had its items before 2011: those went by page ("h-tk-20072008-2417-2418"),
and a letter may cite a part of such pages. These, and the numbers of cases ("2023Z12345"), are kept by name.
"""

import re

from letters.parsing.citations.reference import Group, Reference, Taken
from letters.parsing.parsed_letter import CitationKind

FIRST_ITEMS = 2011  # year in which the first parliamentary year with items began
FIRST_ANSWERS = 1995  # and the first of which answers are published

_CHAMBER = r"(?:,?\s(?P<chamber>II|I|TK|EK|(?:Tweede|Eerste)\sKamer)\b)?"
# "Handelingen II 2021/22, nr. 53, item 5", "Handelingen der Kamer II, vergaderjaar 2005–2006, nr. 95, blz. 5892",
# "Aanhangsel Handelingen II 2023/24, nr. 123", "Aanhangsel der Handelingen, vergaderjaar 2006–2007, nr. 520",
# "Hand. II 2021/22, 53-5"
PROCEEDINGS = re.compile(
    rf"""
    \b(?P<appendix>(?:Aanhangsel|Aanh\.)\s(?:(?:van|bij|der|tot)\s)?(?:de\s)?)?
    (?:Handelingen|Hand\.)
    (?:\s(?:der|van\sde)\s(?:Kamer|Staten-Generaal))?
    {_CHAMBER}
    ,?\s{{0,2}}(?:(?:vergader|zittings)jaar\s)?
    (?P<year>(?:19|20)\d\d)\s?[-–‑/]\s?(?P<next_year>\d\d(?:\d\d)?)(?!\d)
    (?P<appendix_behind>,?\s(?:Aanhangsel|Aanh\.))?
    (?:,?\s{{0,2}}(?:nr\.?|nummer)|,)\s{{0,2}}
    (?P<number>\d{{1,4}})(?!\d)
    (?:(?:,?\s{{0,2}}(?:item|agendapunt)\s{{0,2}}|-)(?P<item>\d{{1,3}})(?!\d))?
    (?:(?:,?\s{{0,2}}(?:blz\.|p\.|pp\.|pagina)\s{{0,2}}|-)\d{{1,5}}(?:\s?[-–‑]\s?\d{{1,5}})?(?!\d))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "ah-tk-20232024-123", "h-tk-20212022-53-5", "kv-tk-2021Z24164", "nds-tk-2025D20112"
IDENTIFIER = re.compile(
    r"\b(?:(?P<proceedings>ah-[te]k-\d{8}-\d{1,4}|h-[te]k-\d{8}-\d{1,3}-\d{1,3})|kv-tk-\d{4}Z\d{5}|nds-tk-\d{4}D\d{5})\b(?!-)"
)
# "2023D12345"
DOCUMENT = re.compile(r"\b20\d\dD\d{5}\b")
# "2023Z12345", but not in "https://www.tweedekamer.nl/…?id=2023Z12345"
CASE = re.compile(r"(?<![\w=/-])20\d\dZ\d{5}\b")


def proceedings_groups(text: str, taken: Taken) -> list[Group]:
    """The references of these kinds, each by itself; what they take up is marked in ``taken``."""
    found: list[Reference] = []
    for match in PROCEEDINGS.finditer(text):
        found.append(_proceedings(match))
    for match in IDENTIFIER.finditer(text):
        kind = CitationKind.PROCEEDINGS if match["proceedings"] else CitationKind.PAPER
        found.append(Reference(*match.span(), match.group(), kind))
    found += [Reference(*match.span(), match.group()) for match in DOCUMENT.finditer(text)]
    found += [Reference(*match.span(), name=match.group()) for match in CASE.finditer(text)]
    return [Group(one.start, one.end, (one,)) for one in found if taken.take(one.start, one.end)]


def _proceedings(match: re.Match) -> Reference:
    paper = _identifier(match)
    name = "" if paper else " ".join(match.group().split())
    return Reference(*match.span(), paper, CitationKind.PROCEEDINGS, name)


def _identifier(match: re.Match) -> str | None:
    """The address that is sure to exist, or None. Answers of which no chamber is told are those of the Tweede Kamer."""
    year = int(match["year"])
    if (year + 1) % 100 != int(match["next_year"]) % 100:
        return None
    chamber = match["chamber"] and ("ek" if match["chamber"].upper() in {"I", "EK", "EERSTE KAMER"} else "tk")
    years, number = f"{year}{year + 1}", int(match["number"])
    if match["appendix"] or match["appendix_behind"]:
        return f"ah-{chamber or 'tk'}-{years}-{number}" if year >= FIRST_ANSWERS else None
    if match["item"] and chamber and year >= FIRST_ITEMS:
        return f"h-{chamber}-{years}-{number}-{int(match['item'])}"
    return None
