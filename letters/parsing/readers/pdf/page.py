"""What PDFium sees on a page: pieces of text with their place and font.

Asking PDFium about each character would take longer than reading the text does; the ends of words tell the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

import pypdfium2 as pdfium

from letters.parsing.readers.hyphenation import SET_APART, SOFT
from letters.parsing.readers.pdf.characters import Characters
from letters.parsing.readers.pdf.drawings import drawings
from letters.parsing.readers.pdf.fonts import Font, Fonts
from letters.parsing.readers.pdf.pieces import GLUED_GAP, TOUCHING_GAP, Piece, Rule, Turn
from letters.parsing.readers.pdf.visibility import Visibility

#: One that is drawn apart from its word may be one that a word processor put in.
HYPHENS = frozenset({"-", "\u2010", SOFT, SET_APART})
#: Letters that a font draws as one (Unicode, Alphabetic Presentation Forms): "ﬁnanciën"
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
#: What is read for a word under a black box.
COVERED = "█"
#: How far an underline may be off, in points, at either end.
RULE_MARGIN = 2.0
#: In ems: words of one text object that stand no further apart are one piece; what is set further apart may be in columns.
PIECE_GAP = 0.65
#: In ems: words of one piece overlap no more than this.
OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page, turned so that most of its text is upright. ``height`` in points.

    ``is_turned`` says that the file holds the page or its text otherwise.
    """

    pieces: list[Piece]
    rules: list[Rule]  # the horizontal ones that underline nothing
    height: float
    is_turned: bool
    skipped: tuple[str, ...]  # the words that stand at another angle
    hidden: tuple[str, ...]  # the words that nobody sees who looks at the page
    image_share: float  # how much of the page images cover; 0 to 1

    @property
    def length(self) -> int:
        """How many characters the page says, whatever their angle."""
        return sum(len(piece.text) for piece in self.pieces) + sum(map(len, self.skipped))


@dataclass(slots=True)
class Span:
    """The words that one text object has on one line, given by the places of their first and behind their last character.

    ``behind`` is the end of the word before them. ``sides`` are where they begin and end, ``y`` is their baseline. ``covered``
    are those of them that lie under a black box.
    """

    font: Font
    words: list[tuple[int, int]]
    behind: int
    sides: list[float] = field(default_factory=list)
    y: float = 0.0
    covered: set[int] = field(default_factory=set)


class PageReader:
    """Reads the pieces of one page, in the order in which the file holds them."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._characters = Characters(page)

    @property
    def length(self) -> int:
        """How many characters there are."""
        return self._characters.count

    def read(self) -> PageText:
        spans = list(self._spans())
        turn = Turn(_most_used_turn(spans), *self._page.get_mediabox()[2:])
        upright = [span for span in spans if span.font.turn == turn.quarters]
        self._place(upright, turn)
        drawn = drawings(self._page, turn)
        visibility = Visibility(turn.box(*self._page.get_bbox()), drawn)
        hidden = [word for span in upright for word in self._take_hidden(span, visibility)]
        rules = [rule for rule in drawn.rules if not _underlines(rule, upright)]
        underlining = [rule for rule in drawn.rules if rule not in rules]
        width, height = self._page.get_size()
        if (turn.quarters + self._page.get_rotation() // 90) % 2:
            width, height = height, width
        return PageText(
            pieces=[piece for span in upright for piece in self._pieces(span, underlining)],
            rules=rules,
            height=height,
            is_turned=turn.quarters != 0 or self._page.get_rotation() != 0,
            skipped=tuple(
                self._characters.text[start:end]
                for span in spans
                if span.font.turn != turn.quarters
                for start, end in span.words
            ),
            hidden=tuple(hidden),
            image_share=visibility.image_share,
        )

    def _spans(self) -> Iterator[Span]:
        fonts = Fonts(self._characters)
        behind = 0
        for text_object, start, end in self._characters.text_objects():
            words = self._characters.words(start, end)
            if words:
                yield Span(fonts.of(text_object, words[0][0]), words, behind)
                behind = words[-1][1]

    def _place(self, spans: Sequence[Span], turn: Turn) -> None:
        """Find where the words stand."""
        boxes = self._characters.boxes([word for span in spans for word in span.words])
        if turn.quarters:
            both = zip(*[iter(boxes)] * 4, strict=True)
            turned = [turn.box(left, bottom, right, top) for left, top, right, bottom in both]
            lefts, rights = [box.x0 for box in turned[::2]], [box.x1 for box in turned[1::2]]
        else:
            lefts, rights = boxes[::8], boxes[6::8]
        at = 0
        for span in spans:
            end = at + len(span.words)
            span.sides = [side for word in zip(lefts[at:end], rights[at:end], strict=True) for side in word]
            span.y = turn.place(span.font.x, span.font.y)[1]
            at = end

    def _take_hidden(self, span: Span, visibility: Visibility) -> list[str]:
        """Take the words off a span that nobody sees, and give them."""
        font, y, sides = span.font, span.y, span.sides
        if not visibility.doubts(font, sides[0], sides[-1], y):
            return []
        hides = [visibility.hides(font, x0, x1, y) for x0, x1 in zip(sides[::2], sides[1::2], strict=True)]
        hidden = [self._characters.text[start:end] for start, end in compress(span.words, hides)]
        seen = [at for at, is_hidden in enumerate(hides) if not is_hidden]
        if seen:  # the sentence around a black box goes on behind it
            seen = [
                at
                for at in range(len(hides))
                if not hides[at] or visibility.covers(*sides[2 * at : 2 * at + 2], y)
            ]
        span.covered = {number for number, at in enumerate(seen) if hides[at]}
        span.words = [span.words[at] for at in seen]
        span.sides = [side for at in seen for side in sides[2 * at : 2 * at + 2]]
        return hidden

    def _pieces(self, span: Span, underlining: Sequence[Rule]) -> Iterator[Piece]:
        """Put the words of a span together that stand close to each other."""
        text, words, sides, size = self._characters.text, span.words, span.sides, span.font.size
        said = [text[start:end] for start, end in words]
        for at in span.covered:
            said[at] = COVERED
        gaps = [x0 - x1 for x1, x0 in zip(sides[1::2], sides[2::2], strict=False)]
        underlined = {at for rule in underlining for at in _above(rule, span)}
        near, far = GLUED_GAP * size, PIECE_GAP * size
        first = 0
        if not gaps or (
            near < min(gaps) and max(gaps) <= far and not underlined and HYPHENS.isdisjoint(said)
        ):
            gaps = []  # nearly always: all of it is one piece
        for at, gap in enumerate(gaps, start=1):
            if (
                not -OVERLAP * size <= gap <= far
                or (at in underlined) != (first in underlined)
                or said[at] in HYPHENS
            ):
                yield self._piece(span, said, first, at, first in underlined)
                first = at
            elif gap <= near and (
                gap <= TOUCHING_GAP * size or self._characters.are_generated(words[at - 1][1], words[at][0])
            ):
                said[at - 1 : at + 1] = "", said[at - 1] + said[at]
                sides[2 * at - 2 : 2 * at + 1] = None, None, sides[2 * at - 2]
        if said:
            yield self._piece(span, said, first, len(said), first in underlined)

    def _piece(self, span: Span, said: Sequence[str], first: int, end: int, is_underlined: bool) -> Piece:
        """Make a piece of the words from ``first`` to ``end``; those that went up into the next one are empty."""
        behind = span.words[first - 1][1] if first else span.behind
        words, sides = said[first:end], span.sides[2 * first : 2 * end]
        if None in sides:
            words, sides = list(filter(None, words)), [side for side in sides if side is not None]
        text = " ".join(words)
        return Piece(
            text=text if text.isascii() else text.translate(LIGATURES),
            x0=sides[0],
            x1=sides[-1],
            y=span.y,
            size=span.font.size,
            bold=span.font.bold,
            italic=span.font.italic,
            underlined=is_underlined,
            glued=self._characters.are_generated(behind, span.words[first][0]),
            sides=tuple(sides) if len(words) > 1 else (),
        )


def _most_used_turn(spans: Sequence[Span]) -> int:
    lengths: Counter[int] = Counter()
    for span in spans:
        if span.font.turn is not None:
            lengths[span.font.turn] += sum(end - start for start, end in span.words)
    return max(lengths, key=lambda turn: (lengths[turn], -turn), default=0)


def _underlines(rule: Rule, spans: Sequence[Span]) -> bool:
    """Whether a rule runs under words and no further than they do; the border of a table does."""
    sides = [side for span in spans for at in _above(rule, span) for side in span.sides[2 * at : 2 * at + 2]]
    return bool(sides) and rule.x0 > min(sides) - RULE_MARGIN and rule.x1 < max(sides) + RULE_MARGIN


def _above(rule: Rule, span: Span) -> list[int]:
    """Say which words of a span a rule runs under."""
    if not -0.35 * span.font.size <= rule.y - span.y <= 0:
        return []
    return [
        at
        for at in range(len(span.words))
        if rule.x0 - RULE_MARGIN <= span.sides[2 * at] and span.sides[2 * at + 1] <= rule.x1 + RULE_MARGIN
    ]
