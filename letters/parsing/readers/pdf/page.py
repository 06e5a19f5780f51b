"""What PDFium sees on a page: pieces of text with their place and font.

A piece is a word, or a part of one where the font changes. Asking PDFium about each character would take three times
as long as reading the text does; the ends of words tell the same.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from letters.parsing.readers.rich_text import PRIVATE_USE

#: What PDFium gives for the hyphen at the end of a line that it took for a break within a word.
LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
#: White space and control characters part words, but not those hyphens, nor a space that ties two words ("28 676").
WORD = re.compile("(?:[^\\s\x00\x01\x03-\x1f\x7f]|\xa0)+")
BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!tr)", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
#: Font descriptor flags (ISO 32000-1, table 123).
ITALIC_FLAG = 1 << 6
FORCE_BOLD_FLAG = 1 << 18
BOLD_WEIGHT = 600
#: Text rendering mode "fill, then stroke": how Word fakes a bold that the font does not have.
FILL_AND_STROKE = 2
#: Text is upright or on its side if it is off by no more than this part of a quarter turn; else it lies across the page.
SLANT = 0.12
#: A page with more drawing than this is not searched for underlines.
MAX_OBJECTS = 5_000
MAX_RULES = 200
#: How far an underline may be off, in points, at either end.
RULE_MARGIN = 2.0
#: A rule is thinner than this, in points; thicker ones are boxes.
MAX_RULE_HEIGHT = 1.6


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one font on one baseline. Lengths in points, ``y`` upwards from the bottom of the page."""

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


@dataclass(frozen=True, slots=True)
class Font:
    """What the pieces of one text object share."""

    x: float  # of the first character's origin, as the page is stored
    y: float
    size: float
    bold: bool
    italic: bool
    turn: int | None  # quarter turns to the left that the text makes; None for text at a slant


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line that is drawn on the page."""

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page, turned so that most of its text is upright. ``height`` in points.

    ``is_turned`` says that the file holds the page or its text otherwise.
    """

    pieces: list[Piece]
    rules: list[Rule]
    height: float
    is_turned: bool
    skipped: tuple[str, ...]  # the words that stand at another angle


@dataclass(frozen=True, slots=True)
class Part:
    """A word, or a part of one in one font: characters ``start`` to ``end`` of the page."""

    start: int
    end: int
    text: str
    font: Font
    glued: bool


class PageReader:
    """Reads the pieces of one page, in the order in which the file holds them."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._fonts: dict[int | None, Font] = {}
        self._box = tuple(ctypes.c_double() for _ in range(4))  # for PDFium to write in, time and again
        self._corner = page.get_mediabox()[2:]
        self._turn = 0

    def read(self) -> PageText:
        """Read the page. The rules are the horizontal ones that underline nothing."""
        parts = [part for word in self._words() for part in self._parts(*word)]
        lengths: Counter[int] = Counter()
        for part in parts:
            if part.font.turn is not None:
                lengths[part.font.turn] += len(part.text)
        self._turn = max(lengths, key=lambda turn: (lengths[turn], -turn), default=0)
        found = [self._piece(part) for part in parts if part.font.turn == self._turn]
        rules = self._rules()
        underlining = [rule for rule in rules if _underlines(rule, found)]
        for at, piece in enumerate(found if underlining else []):
            if any(_lies_under(rule, piece) for rule in underlining):
                found[at] = replace(piece, underlined=True)
        width, height = self._page.get_size()
        if (self._turn + self._page.get_rotation() // 90) % 2:
            width, height = height, width
        return PageText(
            pieces=found,
            rules=[rule for rule in rules if rule not in underlining],
            height=height,
            is_turned=self._turn != 0 or self._page.get_rotation() != 0,
            skipped=tuple(part.text for part in parts if part.font.turn != self._turn),
        )

    def _words(self) -> Iterator[tuple[int, int, str, bool]]:
        count = raw.FPDFText_CountChars(self._raw)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: count * 2].decode("utf-16-le", "replace")
        if (
            written != count + 1 or len(text) != count
        ):  # not one unit for each character: the indexes would be off
            text = "".join(chr(raw.FPDFText_GetUnicode(self._raw, at) or 0) for at in range(count))
        previous_end = 0
        for match in WORD.finditer(text):
            # PDFium puts in white space of its own where it sees a gap or a step up to a raised mark. Whether that is
            # white space between words, the gap itself tells better.
            between = range(previous_end, match.start())
            glued = all(raw.FPDFText_IsGenerated(self._raw, at) == 1 for at in between)
            yield match.start(), match.end(), match[0], glued
            previous_end = match.end()

    def _parts(self, start: int, end: int, text: str, glued: bool) -> Iterator[Part]:
        """Cut a word where its font changes."""
        first = start
        font = self._font(start)
        if self._font(end - 1) is not font:
            for at in range(start + 1, end):
                following = self._font(at)
                if following is not font:
                    yield Part(first, at, text[first - start : at - start], font, glued)
                    first, font, glued = at, following, True
        yield Part(first, end, text[first - start :], font, glued)

    def _piece(self, part: Part) -> Piece:
        font = part.font
        sides = *self._sides(part.start), *self._sides(part.end - 1)
        return Piece(
            text=PRIVATE_USE.sub("•", part.text).translate(LINE_END_HYPHENS),
            x0=min(sides),
            x1=max(sides),
            y=self._upright(font.x, font.y)[1],
            size=font.size,
            bold=font.bold,
            italic=font.italic,
            glued=part.glued,
        )

    def _sides(self, at: int) -> tuple[float, float]:
        left, right, bottom, top = self._box
        raw.FPDFText_GetCharBox(self._raw, at, left, right, bottom, top)
        if not self._turn:
            return left.value, right.value
        return self._upright(left.value, bottom.value)[0], self._upright(right.value, top.value)[0]

    def _upright(self, x: float, y: float) -> tuple[float, float]:
        """Turn a place on the page back by the quarter turns that its text makes."""
        if not self._turn:
            return x, y
        right, top = self._corner
        return {1: (y, right - x), 2: (right - x, top - y), 3: (top - y, x)}[self._turn]

    def _font(self, at: int) -> Font:
        handle = raw.FPDFText_GetTextObject(self._raw, at)
        key = ctypes.cast(handle, ctypes.c_void_p).value
        if key not in self._fonts:
            self._fonts[key] = self._look_up_font(at, handle)
        return self._fonts[key]

    def _look_up_font(self, at: int, handle: object) -> Font:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._raw, at, x, y)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._raw, at, matrix)
        name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._raw, at, name, 256, flags)
        font_name = name.value.decode("utf-8", "replace")
        stroked = bool(handle) and raw.FPDFTextObj_GetTextRenderMode(handle) == FILL_AND_STROKE
        return Font(
            x=x.value,
            y=y.value,
            size=round(raw.FPDFText_GetFontSize(self._raw, at) * (math.hypot(matrix.c, matrix.d) or 1), 1),
            bold=bool(BOLD_NAME.search(font_name))
            or bool(flags.value & FORCE_BOLD_FLAG)
            or raw.FPDFText_GetFontWeight(self._raw, at) >= BOLD_WEIGHT
            or stroked,
            italic=bool(ITALIC_NAME.search(font_name)) or bool(flags.value & ITALIC_FLAG),
            turn=_quarter_turns(matrix.a, matrix.b),
        )

    def _rules(self) -> list[Rule]:
        found = []
        page = self._page.raw
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for at in range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)):
            item = raw.FPDFPage_GetObject(page, at)
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
                continue
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            xs, ys = zip(
                self._upright(left.value, bottom.value), self._upright(right.value, top.value), strict=True
            )
            if max(ys) - min(ys) <= MAX_RULE_HEIGHT and max(xs) - min(xs) >= 3:
                found.append(Rule(sum(ys) / 2, min(xs), max(xs)))
        return found[:MAX_RULES]


def _quarter_turns(a: float, b: float) -> int | None:
    """Give the direction of text, from the first row of its matrix, in quarter turns to the left."""
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) <= SLANT else None


def _underlines(rule: Rule, pieces: list[Piece]) -> bool:
    """Whether a rule runs under words and no further than they do; the border of a table does."""
    above = [piece for piece in pieces if _lies_under(rule, piece)]
    return bool(above) and (
        rule.x0 > min(piece.x0 for piece in above) - RULE_MARGIN
        and rule.x1 < max(piece.x1 for piece in above) + RULE_MARGIN
    )


def _lies_under(rule: Rule, piece: Piece) -> bool:
    is_near = -0.35 * piece.size <= rule.y - piece.y <= 0
    return is_near and rule.x0 - RULE_MARGIN <= piece.x0 and piece.x1 <= rule.x1 + RULE_MARGIN
