"""The words of a sentence, as rules about its grammar see them."""

import re
from dataclasses import dataclass

#: "2,4", "1,95%", "F-16-coalitie", "foto’s", "Zr.Ms", "28/29", or one mark of punctuation
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W_]+(?:[-‑'’./&][^\W_]+)*|[,;:()–—?!]")
#: What somebody else says or what is only said in passing: (…), “…”, «…», "…", ‘…’, '…'
_INSERTION = re.compile(
    r"""
    (?P<bracket>\((?P<inside>[^()]*)\))
    | “[^”]{0,1000}” | „[^”“]*[”“] | «[^»]*» | "[^"]*" | ‘[^’]*’(?!\w) | (?<!\w)'[^']{2,}'(?!\w)
    """,
    re.VERBOSE,
)
#: "(waaronder Nederland)" belongs to the sentence.
_NAMES_MEMBERS = re.compile(r"\s*(?:waaronder|onder wie|w\.o\.)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """``low`` is the word in lower case; a dash or a bracket counts as a comma."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def words_of(sentence: str) -> list[Word]:
    """Words and punctuation of a sentence, without what stands in brackets or quotation marks."""
    hidden = [
        match.span()
        for match in _INSERTION.finditer(sentence)
        if not (match["bracket"] and _NAMES_MEMBERS.match(match["inside"]))
    ]
    words = []
    for match in _TOKEN.finditer(sentence):
        while hidden and hidden[0][1] <= match.start():
            hidden.pop(0)
        if hidden and hidden[0][0] <= match.start():
            continue
        text = match.group()
        low = "," if text in "()–—" else text.lower().replace("’", "'").replace("‑", "-")
        words.append(Word(text, low, match.start(), match.end()))
    return words
