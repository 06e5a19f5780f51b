"""A number that stands for a letter, when it is all that was typed: of a paper, of a document, or the ministry's own."""

import re
from dataclasses import dataclass

from letters.parsing.citations import find_papers

#: "https://zoek.officielebekendmakingen.nl/kst-28676-446.html", "KST-28676-b"
_IDENTIFIER = re.compile(
    r"(?:https?://zoek\.officielebekendmakingen\.nl/(?:[a-z]+/)?)?kst-(?P<rest>[\dA-Z-]{5,20})(?:\.(?:html|pdf|xml))?",
    re.IGNORECASE,
)
#: "28676 446": as people type it who know what they want
_BARE = re.compile(r"(?P<dossier>\d{5})\s(?P<number>\d{1,4})")
#: "2024D41170": a document of the Tweede Kamer
_DOCUMENT = re.compile(r"\d{4}D\d{5}", re.IGNORECASE)
#: "BZ2306745", "BS2024003216", "MINBUZA-2023.57-12": one word with a row of digits
_REFERENCE = re.compile(r"(?=.{0,30}\d{4})(?=.{0,39}[A-Za-z])[\w./-]{6,40}")
#: What a letter of the Eerste Kamer is counted by, typed small: "28676, b"
_SMALL_LETTER = re.compile(r"(?<=[\d,\s-])[a-z]{1,2}$")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """``paper``: as published, "kst-28676-446", or "" when it is no paper's; ``reference``: as typed, or ""."""

    paper: str = ""
    reference: str = ""

    @property
    def official_url(self) -> str:
        """Where the number leads when no letter here has it; "" for a ministry's own."""
        if self.paper:
            return f"https://zoek.officielebekendmakingen.nl/{self.paper}.html"
        if _DOCUMENT.fullmatch(self.reference):
            number = self.reference.upper()
            return f"https://www.tweedekamer.nl/kamerstukken/detail?id={number}&did={number}"
        return ""


def read_number(text: str) -> TypedNumber | None:
    """What number a text is, in any of the ways that letters write it: "28676-446", "Kamerstuk 28 676, nr. 446".

    None when it is anything else, or more than a number: a dossier alone, words, two papers.
    """
    text = " ".join(text.split()).strip(" .,;()[]")
    if paper := _paper(text):
        return TypedNumber(paper=paper)
    if _DOCUMENT.fullmatch(text) or _REFERENCE.fullmatch(text):
        return TypedNumber(reference=text)
    return None


def _paper(text: str) -> str:
    if match := _IDENTIFIER.fullmatch(text):
        text = f"kst-{match['rest'].upper()}"
    elif match := _BARE.fullmatch(text):
        text = f"{match['dossier']}, nr. {match['number']}"
    capital = _SMALL_LETTER.sub(lambda letter: letter[0].upper(), text)
    # Behind the word itself a bare number is enough, and "28676-B" is part of an identifier.
    for wording in dict.fromkeys([text, capital, f"Kamerstuk {capital}", f"kst-{capital}"]):
        found = find_papers(wording)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(wording)):
            return found[0].paper
    return ""
