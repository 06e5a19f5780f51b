"""Which words of a page nobody sees who looks at it."""

from letters.parsing.readers.pdf.drawings import Drawings
from letters.parsing.readers.pdf.fonts import Font
from letters.parsing.readers.pdf.pieces import Box

#: In points: nobody reads smaller text.
MIN_SIZE = 1.0


class Visibility:
    """What ``sheet`` shows, the visible part of the page, with ``drawn`` on it.

    Invisible text over an image is what a machine recognised in a scan: that is visible, in the image.
    """

    def __init__(self, sheet: Box, drawn: Drawings) -> None:
        self.sheet = sheet
        self._drawn = drawn

    @property
    def image_share(self) -> float:
        """How much of the sheet images cover, from 0 to 1; images that overlap count twice."""
        covered = sum(self._within(image).area for image in self._drawn.images)
        return min(1.0, covered / self.sheet.area) if self.sheet.area else 0.0

    def doubts(self, font: Font, x0: float, x1: float, y: float) -> bool:
        """Whether some of the words from ``x0`` to ``x1`` may be hidden."""
        return (
            not font.is_drawn
            or font.is_white
            or (font.is_black and bool(self._drawn.dark))
            or font.size < MIN_SIZE
            or not self._shows(font, y)
            or x0 < self.sheet.x0
            or x1 > self.sheet.x1
        )

    def hides(self, font: Font, x0: float, x1: float, y: float) -> bool:
        """Whether nobody sees a word from ``x0`` to ``x1`` on baseline ``y``."""
        if not (self.sheet.x0 < x1 and x0 < self.sheet.x1 and self._shows(font, y)) or font.size < MIN_SIZE:
            return True
        place = (x0 + x1) / 2, y + font.size / 4
        if not font.is_drawn:
            return not any(image.holds(*place) for image in self._drawn.images)
        if font.is_white:
            return not any(box.holds(*place) for box in (*self._drawn.coloured, *self._drawn.images))
        return font.is_black and self.covers(x0, x1, y)

    def covers(self, x0: float, x1: float, y: float) -> bool:
        """Whether a black box lies over a word, which someone wanted to take out of the text."""
        middle = (x0 + x1) / 2
        return any(all(box.holds(x, y + 1) for x in (x0 + 1, middle, x1 - 1)) for box in self._drawn.dark)

    def _shows(self, font: Font, y: float) -> bool:
        return self.sheet.y0 - font.size / 2 < y < self.sheet.y1

    def _within(self, box: Box) -> Box:
        sheet = self.sheet
        return Box(max(box.x0, sheet.x0), max(box.y0, sheet.y0), min(box.x1, sheet.x1), min(box.y1, sheet.y1))
