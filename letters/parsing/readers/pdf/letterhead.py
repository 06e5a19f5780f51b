"""What the first page says above the salutation, by which the headers of the pages after it are known."""

from collections.abc import Iterable

from letters.parsing.readers.pdf.labels import (
    LABEL,
    LABEL_AND_VALUE,
    NAME,
    PAGE_NUMBER,
    REFERENCE,
    SALUTATION,
    SUBJECT,
    UNIT,
)
from letters.parsing.readers.pdf.lines import Line

#: Segments that begin within this many points of each other stand below each other.
EDGE = 3.0
#: "Pagina 2 van 5"
PAGE_NUMBER_WORDS = 4

Words = tuple[str, ...]


class Letterhead:
    """The pieces of a letterhead, except what the letter is about: that may stand above the text again, as its title."""

    def __init__(self, first_page: Iterable[Line]) -> None:
        self._pieces: set[Words] = set()
        subject: Line | None = None
        edges: list[float] = []
        for line in first_page:
            if SALUTATION.match(line.text):
                break
            if SUBJECT.match(line.text):
                subject, edges = line, [line.x0]
            elif subject and NAME.match(line.text) and abs(line.x0 - subject.x0) <= EDGE:
                subject, edges = None, []
            elif subject and NAME.fullmatch(subject.text) and len(edges) == 1 and line.x0 > subject.x1:
                edges.append(line.x0)
            if not any(abs(line.x0 - edge) <= EDGE for edge in edges):
                self._pieces.add(_words(line.text))
        self._longest = max([PAGE_NUMBER_WORDS, *map(len, self._pieces)])

    def says(self, text: str) -> bool:
        """Whether a text consists of whole pieces of the letterhead, labels and page numbers, and not of numbers only."""
        words = _words(text)
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + self._longest), at, -1)
            found = next((end for end in ends if self._is_piece(words[at:end])), None)
            if found is None:
                return False
            at = found
        return bool(words) and not PAGE_NUMBER.fullmatch(" ".join(words))

    def _is_piece(self, words: Words) -> bool:
        text = " ".join(words)
        return words in self._pieces or bool(LABEL.fullmatch(text) or PAGE_NUMBER.fullmatch(text))


def identifies(text: str) -> bool:
    """Whether a text names a reference, or begins with a label that only a letterhead prints."""
    return bool(REFERENCE.search(text) or NAME.fullmatch(text) or LABEL_AND_VALUE.match(text))


def names_sender(line: Line) -> bool:
    """Whether a line of the first page says who writes, or when, or under which reference."""
    return line.page == 0 and bool(UNIT.match(line.text) or identifies(line.text))


def _words(text: str) -> Words:
    stripped = (word.strip(",;:|").casefold() for word in text.split())
    return tuple(word for word in stripped if word)
