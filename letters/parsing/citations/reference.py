"""What every kind of reference comes down to: a place in a text, and the paper or the name that stands there."""

from dataclasses import dataclass

from letters.parsing.parsed_letter import CitationKind


@dataclass(frozen=True, slots=True)
class Reference:
    """What ``[start:end]`` of a text refers to: ``paper``, or only ``name`` where the text gives no number."""

    start: int
    end: int
    paper: str | None = None
    kind: CitationKind = CitationKind.PAPER
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The references that one wording holds, with the whole wording: "Kamerstukken 28 676, nrs. 353 en 354"."""

    start: int
    end: int
    references: tuple[Reference, ...]


class Taken:
    """The characters of a text that belong to a reference already."""

    def __init__(self, text: str):
        self.marked = bytearray(len(text))

    def is_free(self, start: int, end: int) -> bool:
        return not any(self.marked[start:end])

    def take(self, start: int, end: int) -> bool:
        """Mark them; False when some were marked before."""
        if not self.is_free(start, end):
            return False
        self.marked[start:end] = b"\1" * (end - start)
        return True
