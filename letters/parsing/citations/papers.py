"""References to parliamentary papers, in all the ways letters write them, resolved to ``kst-<dossier>-<number>``.

Form of the identifier: officielebekendmakingen.nl, as in kst-28676-446, kst-21501-28-283, kst-36410-V-23, kst-28676-B. A paper
that is filed in several dossiers has one number, that of the dossier which stands first: kst-26643-971 is printed under
26 643 and 32 761.
"""

import re
from collections.abc import Iterator

from letters.parsing.citations.reference import Group, Reference, Taken
from letters.parsing.dates import MONTHS

LONGEST_RANGE = 20  # papers; more is a slip of the pen
MOST_NUMBERS = 20  # in one reference
#: Of the councils of the European Union: its papers are in dossiers below it (21501-28), none in this one.
DIVIDED_DOSSIER = "21501"

_HYPHEN = r"[-–‑]"
# "28676", "28 676", "28.676": the numbers of dossiers have reached 36 000
_DOSSIER = r"[1-4]\d[\s.]?\d{3}"
# "V", "XVI", "IIA": a chapter of the budget; "A", "K": a fund
_CHAPTER = r"(?:[IVX]{1,5}[A-E]?|(?-i:[A-FHJ-M]))"
# "28 676", "21 501-28", "36 410 V", "36410-X", "35300-A"
_IN = rf"(?P<dossier>{_DOSSIER})(?:\s?{_HYPHEN}\s?(?P<sub>\d{{2}})(?!\d)|(?:\s|\s?{_HYPHEN}\s?)(?P<chapter>{_CHAPTER})\b)?"
# " en 29 521", " / 28676", ", 21 501-28": the other dossiers of one paper
_AND_IN = rf"(?:\s{{0,2}}(?:,|;|/|en|&)\s{{0,2}}{_DOSSIER}(?:\s?{_HYPHEN}\s?\d{{2}}(?!\d)|(?:\s|{_HYPHEN}){_CHAPTER}\b)?){{0,4}}"
# "2022/23", "vergaderjaar 2007–2008"
_YEARS = rf"(?:vergaderjaar\s)?\d{{4}}\s?(?:{_HYPHEN}|/)\s?\d{{2,4}}"
# "Kamerstuk ", "Kamerstukken II 2022/23, ", "Tweede Kamer, vergaderjaar 2007–2008, ", "t.v.v. "
_PAPER = (
    r"(?:Kamer(?:stuk(?:ken|nummers?|nrs?\b\.?)?|brief|brieven|dossier)|TK|EK|Tweede\sKamer|Eerste\sKamer|Kst\.?|t\.v\.v\.)"
    r"(?:\s(?:met\s)?(?:nummers?|nrs?\b\.?))?"
    rf"(?:,?\s(?:II|I|TK|EK)\b)?(?:,?\s{{0,2}}{_YEARS})?,?\s{{0,3}}"
)
# No amount, no part of a longer number
_NO_AMOUNT = r"(?<![\d.,/€$-])(?<!EUR\s)(?<!USD\s)(?<!€\s)"
_NUMBER_WORD = r"(?:nrs?\b\.?|(?:onder)?nummers?\b|No\.)"
_NUMBER = r"(?P<number>\d{1,4}(?!\d|\.\d)|(?-i:[A-Z]{1,3})\b)"

# "Kamerstuk 28676, nr. 353", "(28 676, nr. 141)", "Kamerstukken 28 676 en 29 521, nr. 264", "Kamerstuk 21 501-28 / 28676, nr. 136",
# "Kamerstukken II 2022/23, 28676, nr. 446", "Kamerstuk 36 410 V, nr. 23", "28676 nrs. 353 en 354"
WITH_NUMBER = re.compile(
    rf"(?:\b{_PAPER})?{_NO_AMOUNT}{_IN}{_AND_IN}(?:,\s{_YEARS})?,?\s{{0,3}}(?P<word>{_NUMBER_WORD})\s{{0,3}}{_NUMBER}",
    re.IGNORECASE,
)
# "28676-500", "21501-28-275", "36600-X-12"
_HYPHENATED = (
    rf"(?P<dossier>{_DOSSIER})(?:-(?P<sub>\d{{2}})(?=-)|-(?P<chapter>{_CHAPTER})(?=-))?{_HYPHEN}(?P<number>\d{{1,4}})\b"
    rf"(?!-\d|,?\s{{0,3}}nr|\s?(?:/|en|,)\s?{_DOSSIER}(?:-\d{{2}})?,?\s?nr)"
)
# "Kamerstuk 28676-500", "Kamerstuk 30821-175"; between brackets the number is enough: "(35510-21)"
WITH_HYPHEN = re.compile(rf"(?:\b{_PAPER}|(?<=[(\[])){_HYPHENATED}", re.IGNORECASE)
# " en 28676-501", behind another
ANOTHER_WITH_HYPHEN = re.compile(rf"\s{{0,2}}(?:,|;|en|&)\s{{0,2}}(?:{_PAPER})?{_HYPHENATED}", re.IGNORECASE)
# "Kamerstuk 28 676, G": the First Chamber counts in letters; "(28 676, G)"
WITH_LETTER = re.compile(
    rf"(?:\b{_PAPER}|(?<=\bzie\s)|(?<=[(\[])|(?<=;\s)|^){_IN},\s{{0,2}}(?P<number>(?-i:[A-Z]{{1,2}}))\b(?=\s?(?:[),;.\]]|en\s|$))",
    re.IGNORECASE,
)
# "Kamerstukken II 28676, 353": after the word itself a bare number is enough
WITH_BARE_NUMBER = re.compile(
    rf"\b{_PAPER}{_IN},\s{{0,2}}(?P<number>\d{{1,4}})\b(?![\s.]?\d{{3}}\b|{_HYPHEN}\d|\.\d)", re.IGNORECASE
)
# "kst-28676-446", "https://zoek.officielebekendmakingen.nl/kst-28676-446.html"
IDENTIFIER = re.compile(
    r"\bkst-\d{5}(?:-[IVX]{1,5}[A-E]?(?=-)|-[A-Z](?=-)|-\d{2}(?=-))?-(?:\d{1,4}|[A-Z]{1,3})\b"
)

# ", 354", " en nr. 475", " t/m 46", "; nr. 14", "–46": what may follow the first number
ANOTHER = re.compile(
    rf"\s{{0,3}}(?:(?P<range>t/m|tot\sen\smet|{_HYPHEN})|(?P<joint>,?\s?(?:en|&|alsmede|resp\.|respectievelijk)|[,;/]))\s{{0,3}}"
    rf"(?P<word>{_NUMBER_WORD}\s{{0,3}})?{_NUMBER}"
)
# "29 521" behind "nr. 264 en": the next reference begins
BEGINS_A_DOSSIER = re.compile(r"\d\d[\s.]\d{3}\b")
_MONTH = "|".join(re.escape(month) for month in MONTHS)
# "12 juni", "20 procent", "5 miljoen": a number of something
COUNTS = re.compile(
    rf"\s?%|\s(?:{_MONTH}|procent|miljoen|miljard|mld|mln|euro|jaar|maanden|dagen|uur|landen)\b",
    re.IGNORECASE,
)
# A word, other than the one that joins a further number: "353 en 354 alsmede nr. 360"
WORD_BEHIND = re.compile(
    r"\s?(?!(?:en|t/m|tot\sen\smet|alsmede|resp\.|respectievelijk)\s(?:nrs?\.?\s)?\d)[a-zà-ÿ%€]",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")


def find_papers(text: str) -> list[Reference]:
    """The papers that a text refers to, in order, each at the words of its own number."""
    return [reference for group in paper_groups(text, Taken(text)) for reference in group.references]


def paper_groups(text: str, taken: Taken) -> list[Group]:
    """The wordings that refer to papers, in order; what they take up is marked in ``taken``."""
    found: list[Group] = []
    for pattern in (WITH_HYPHEN, WITH_NUMBER, WITH_LETTER, WITH_BARE_NUMBER, IDENTIFIER):
        for match in pattern.finditer(text):
            if not taken.is_free(*match.span()):
                continue
            references = tuple(_references(text, match))
            if references and taken.take(match.start(), references[-1].end):
                found.append(Group(match.start(), references[-1].end, references))
    return sorted(found, key=lambda group: group.start)


def _references(text: str, match: re.Match) -> Iterator[Reference]:
    start, end = match.span()
    if match.re is IDENTIFIER:
        yield Reference(start, end, match.group())
    elif match.re is WITH_HYPHEN:
        yield from _hyphenated(text, match)
    elif match.re is WITH_BARE_NUMBER and (_is_count(text, match) or YEAR.fullmatch(match["number"])):
        return
    else:
        stem = _stem(match)
        yield Reference(start, end, f"{stem}-{match['number'].upper()}")
        yield from _others(text, match, stem)


def _stem(match: re.Match) -> str:
    dossier = re.sub(r"\D", "", match["dossier"])
    addition = match["sub"] or (match["chapter"] or "").upper()
    return f"kst-{dossier}-{addition}" if addition else f"kst-{dossier}"


def _hyphenated(text: str, match: re.Match | None) -> Iterator[Reference]:
    """The paper of ``match`` and those joined to it; "Kamerstuk 21501-28" is a dossier and no paper."""
    for _turn in range(MOST_NUMBERS):
        if match is None or (stem := _stem(match)) == f"kst-{DIVIDED_DOSSIER}":
            return
        start = match.start() if match.re is WITH_HYPHEN else match.start("dossier")
        yield Reference(start, match.end(), f"{stem}-{match['number']}")
        match = ANOTHER_WITH_HYPHEN.match(text, match.end())


def _others(text: str, first: re.Match, stem: str) -> Iterator[Reference]:
    """The papers behind the first: of a range those in between too, which have no words of their own."""
    before, place = first["number"], first.end()
    is_plural = "word" in first.groupdict() and first["word"].lower().startswith(("nrs", "nummers"))
    for _turn in range(MOST_NUMBERS):
        another = ANOTHER.match(text, place)
        if another is None or not _continues(text, another, before, is_plural):
            return
        if another["range"]:
            yield from (
                Reference(place, place, f"{stem}-{number}")
                for number in range(int(before) + 1, int(another["number"]))
            )
        start = another.start("word") if another["word"] else another.start("number")
        yield Reference(start, another.end(), f"{stem}-{another['number']}")
        before, place = another["number"], another.end()


def _continues(text: str, another: re.Match, before: str, is_plural: bool) -> bool:
    """Whether a number behind another one is a further paper of that dossier."""
    number, is_told = another["number"], bool(another["word"]) or is_plural
    if number.isdigit() != before.isdigit() or _is_count(text, another):
        return False
    if not is_told and (WORD_BEHIND.match(text, another.end()) or YEAR.fullmatch(number)):
        return False
    if another["range"]:
        is_range = number.isdigit() and 0 < int(number) - int(before) <= LONGEST_RANGE
        return is_range and (is_plural or len(another["range"]) > 1)
    return {"/": is_plural, ";": bool(another["word"])}.get(another["joint"], True)


def _is_count(text: str, match: re.Match) -> bool:
    """Whether the number says what day, how many, or which dossier, and not which paper."""
    return bool(BEGINS_A_DOSSIER.match(text, match.start("number")) or COUNTS.match(text, match.end()))
