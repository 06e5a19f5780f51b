"""What the layout is made of. All lengths in points, ``y`` upwards from the bottom of the page."""

from dataclasses import dataclass, replace
from typing import NamedTuple

#: In ems: a wider gap is white space, whatever the file says; the narrowest spaces of fonts are 0.2, justified ones less.
GLUED_GAP = 0.15
#: In ems: a narrower gap is none.
TOUCHING_GAP = 0.02


class Word(NamedTuple):
    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one font on one baseline, without wide gaps: mostly a line, sometimes a word or a part of one.

    ``sides`` are where its words begin and end, which are parted by single spaces; it is empty if there is only one.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    raised: bool = False  # smaller and above the baseline: a footnote's mark
    glued: bool = False  # the file has no white space between this and the piece before it
    sides: tuple[float, ...] = ()

    def words(self) -> list[Word]:
        if not self.sides:
            return [Word(self.text, self.x0, self.x1)]
        return list(map(Word, self.text.split(" "), self.sides[::2], self.sides[1::2]))

    def from_word(self, at: int) -> "Piece":
        """Give the piece without its first ``at`` words."""
        sides = self.sides[2 * at :]
        return replace(
            self,
            text=self.text.split(" ", at)[at],
            x0=sides[0],
            glued=False,
            sides=sides if len(sides) > 2 else (),
        )

    def split(self) -> list["Piece"]:
        """Give each word as a piece of its own."""
        return [
            replace(self, text=text, x0=x0, x1=x1, glued=self.glued and at == 0, sides=())
            for at, (text, x0, x1) in enumerate(self.words())
        ]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line that is drawn on the page."""

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Box:
    """An area of the page, such as an image or a filled rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def area(self) -> float:
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Turn:
    """The quarter turns to the left that most text of a page makes, and how to undo them.

    ``right`` and ``top`` are the far corner of the page as it is stored.
    """

    quarters: int
    right: float
    top: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        if not self.quarters:
            return x, y
        return {1: (y, self.right - x), 2: (self.right - x, self.top - y), 3: (self.top - y, x)}[
            self.quarters
        ]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
