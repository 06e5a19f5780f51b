"""What PDFium sees on a page: pieces of text with their place and font.

A piece is a word, or a part of one where the font changes. Asking PDFium about each character would take three times
as long as reading the text does; the ends of words tell the same.
"""

import ctypes
import math
import re
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

    y: float
    size: float
    bold: bool
    italic: bool
    upright: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line that is drawn on the page."""

    y: float
    x0: float
    x1: float


class PageReader:
    """Reads the pieces of one page, in the order in which the file holds them."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._fonts: dict[int | None, Font] = {}
        self._box = tuple(ctypes.c_double() for _ in range(4))  # for PDFium to write in, time and again

    def read(self) -> tuple[list[Piece], list[Rule]]:
        """Give the pieces, and the horizontal rules that do not underline one."""
        found = [
            piece
            for start, end, text, glued in self._words()
            for piece in self._pieces(start, end, text, glued)
        ]
        rules = self._rules()
        if not rules:
            return found, []
        underlining = [rule for rule in rules if _underlines(rule, found)]
        for at, piece in enumerate(found):
            if any(_lies_under(rule, piece) for rule in underlining):
                found[at] = replace(piece, underlined=True)
        return found, [rule for rule in rules if rule not in underlining]

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

    def _pieces(self, start: int, end: int, text: str, glued: bool) -> Iterator[Piece]:
        first = start
        font = self._font(start)
        if self._font(end - 1) is not font:
            for at in range(start + 1, end):
                following = self._font(at)
                if following is not font:
                    yield from self._piece(first, at, text[first - start : at - start], font, glued)
                    first, font, glued = at, following, True
        yield from self._piece(first, end, text[first - start :], font, glued)

    def _piece(self, start: int, end: int, text: str, font: Font, glued: bool) -> Iterator[Piece]:
        if not font.upright:  # a word across the page ("CONCEPT"), a label up the margin
            return
        left, _ = self._sides(start)
        _, right = self._sides(end - 1)
        yield Piece(
            text=PRIVATE_USE.sub("•", text).translate(LINE_END_HYPHENS),
            x0=min(left, right),
            x1=max(left, right),
            y=font.y,
            size=font.size,
            bold=font.bold,
            italic=font.italic,
            glued=glued,
        )

    def _sides(self, at: int) -> tuple[float, float]:
        left, right, bottom, top = self._box
        raw.FPDFText_GetCharBox(self._raw, at, left, right, bottom, top)
        return left.value, right.value

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
            y=y.value,
            size=round(raw.FPDFText_GetFontSize(self._raw, at) * (math.hypot(matrix.c, matrix.d) or 1), 1),
            bold=bool(BOLD_NAME.search(font_name))
            or bool(flags.value & FORCE_BOLD_FLAG)
            or raw.FPDFText_GetFontWeight(self._raw, at) >= BOLD_WEIGHT
            or stroked,
            italic=bool(ITALIC_NAME.search(font_name)) or bool(flags.value & ITALIC_FLAG),
            upright=abs(matrix.b) <= 0.2 * abs(matrix.a),
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
            if top.value - bottom.value <= MAX_RULE_HEIGHT and right.value - left.value >= 3:
                found.append(Rule((top.value + bottom.value) / 2, left.value, right.value))
        return found[:MAX_RULES]


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
