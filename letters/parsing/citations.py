"""References to parliamentary papers, in all the ways letters write them, resolved to ``kst-<dossier>-<number>``.

Form of the identifier: officielebekendmakingen.nl, as in kst-28676-446, kst-21501-28-283, kst-36410-V-23.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.parsing.parsed_letter import ParsedCitation, ParsedFootnote, ParsedSection

LONGEST_RANGE = 20  # papers

# "28676", "28 676", "21 501-28", "36 410 V", "36410-X", "35 000-XVI"
_DOSSIER = (
    r"(?P<dossier>\d{2}[ .]?\d{3})(?:(?:-|\s?[-–‑]\s?)(?P<sub>\d{2})(?!\d)|[- ](?P<chapter>[IVXLC]+)\b)?"
)
_MORE = r"(?:\s*(?:,|/|en|&)\s*\d{2}\s?\d{3}(?:[-–‑]\d{2}(?!\d)|[- ][IVXLC]+\b)?){0,4}"
_PAPER = r"(?:Kamer(?:stuk(?:ken|nummer|nr\.?)?|brief|brieven)|TK|Tweede Kamer|Eerste Kamer|EK|Kst\.?)"
_YEAR = r"(?:\s+(?:II|I|TK|EK))?(?:,?\s*(?:vergaderjaar\s+)?\d{4}\s?[-–/]\s?\d{2,4})?,?\s*"

# "Kamerstuk 28676, nr. 353", "(28 676, nr. 141)", "Kamerstukken 28 676 en 29 521, nr. 264", "Kamerstuk 21 501-28 / 28676, nr. 136",
# "Kamerstukken II 2022/23, 28676, nr. 446", "Kamerstuk 36 410 V, nr. 23", "28676 nrs. 353 en 354",
# "28 676, nrs. 44 t/m 46"
WITH_NUMBER = re.compile(
    rf"(?:\b{_PAPER}{_YEAR})?(?<![\d.,/-])(?<!EUR )(?<!€ ){_DOSSIER}{_MORE},?\s*(?:,\s*)?(?:nrs?\.?|nummers?|No\.)\s*"
    rf"(?P<number>\d{{1,5}}|(?-i:[A-Z]{{1,3}})\b)(?:\s*(?:t/m|tot\s+en\s+met)\s*(?P<last>\d{{1,5}})(?!\d))?"
    rf"(?P<more>(?:\s*(?:,|en)\s*(?:nr\.\s*)?\d{{1,5}}(?![\d\s]*\d{{3}}|-\d)){{0,9}})",
    re.IGNORECASE,
)
# "Kamerstuk 28676-500", "Kamerstuk 30821-175", "Kamerstuk 21501-28-275"
WITH_HYPHEN = re.compile(
    rf"\b{_PAPER}{_YEAR}(?P<dossier>\d{{2}}\s?\d{{3}})(?:-(?P<sub>\d{{2}})(?=-)|-(?P<chapter>[IVXLC]+)(?=-))?[-–‑](?P<number>\d{{1,5}})\b(?!,?\s*nr|\s*(?:/|en|,)\s*\d{{2}}\s?\d{{3}}(?:-\d{{2}})?,?\s*nr)",
    re.IGNORECASE,
)
# "Kamerstuk 28 676, G": the First Chamber counts in letters
WITH_LETTER = re.compile(rf"\b{_PAPER}{_YEAR}{_DOSSIER},\s*(?P<number>[A-Z]{{1,2}})\b(?!\w)")
# "Kamerstukken II 28676, 353": after the word itself a bare number is enough
WITH_BARE_NUMBER = re.compile(
    rf"\b{_PAPER}{_YEAR}{_DOSSIER},\s*(?P<number>\d{{1,4}})\b(?![ .]?\d{{3}}\b|[-–‑]\d)", re.IGNORECASE
)
# "kst-28676-446"
IDENTIFIER = re.compile(r"\bkst-\d{5}(?:-[IVXLC]+|-\d{2}(?=-))?-(?:\d+|[A-Z]{1,3})\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper that ``[start:end]`` of a text refers to."""

    paper: str
    start: int
    end: int


def find_references(text: str) -> list[Reference]:
    """The papers that a text refers to, in order. Of a paper filed in several dossiers the first gives the name."""
    found: list[Reference] = []
    taken = bytearray(len(text))
    for pattern in (WITH_HYPHEN, WITH_NUMBER, WITH_LETTER, WITH_BARE_NUMBER):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            found += [Reference(paper, match.start(), match.end()) for paper in _papers(match)]
    found += [Reference(match.group(), *match.span()) for match in IDENTIFIER.finditer(text)]
    return sorted(found, key=lambda reference: reference.start)


def _papers(match: re.Match) -> Iterator[str]:
    dossier = re.sub(r"\D", "", match["dossier"])
    addition = match["sub"] or (match["chapter"] or "").upper()
    stem = f"kst-{dossier}-{addition}" if addition else f"kst-{dossier}"
    yield f"{stem}-{match['number'].upper()}"
    groups = match.groupdict()
    if groups.get("last") and match["number"].isdigit():
        first, last = int(match["number"]), int(groups["last"])
        if last - first <= LONGEST_RANGE:  # more is a slip of the pen
            yield from (f"{stem}-{number}" for number in range(first + 1, last + 1))
    for number in re.findall(r"\d+", groups.get("more") or ""):
        yield f"{stem}-{number}"


def find_citations(
    cover: Sequence[str], sections: Sequence[ParsedSection], footnotes: Sequence[ParsedFootnote]
) -> tuple[ParsedCitation, ...]:
    """The references in the cover letter, the paragraphs, and the footnotes, each with its place."""
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    texts = [
        *((text, None, None) for text in cover),
        *((paragraph.text, number, None) for number, paragraph in enumerate(paragraphs)),
        *((footnote.text, None, number) for number, footnote in enumerate(footnotes)),
    ]
    return tuple(
        ParsedCitation(
            found.paper, text[found.start : found.end], paragraph, footnote, found.start, found.end
        )
        for text, paragraph, footnote in texts
        for found in find_references(text)
    )
