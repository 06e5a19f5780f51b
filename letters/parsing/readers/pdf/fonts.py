"""What the characters of one text object share: font, size, baseline, colour."""

import ctypes
import math
import re
from collections.abc import Iterator
from ctypes import addressof, c_double, c_float, c_uint
from dataclasses import dataclass

import pypdfium2.raw as raw

from letters.parsing.readers.pdf.characters import ADDRESS, INT, Characters, declared

_char_origin = declared(raw.FPDFText_GetCharOrigin, INT, ADDRESS, INT, ADDRESS, ADDRESS)
_char_matrix = declared(raw.FPDFText_GetMatrix, INT, ADDRESS, INT, ADDRESS)
_font_size = declared(raw.FPDFText_GetFontSize, c_double, ADDRESS, INT)
_font_of = declared(raw.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
_render_mode = declared(raw.FPDFTextObj_GetTextRenderMode, INT, ADDRESS)
_fill_colour = declared(raw.FPDFPageObj_GetFillColor, INT, ADDRESS, *[ADDRESS] * 4)

BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!tr)", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
#: Font descriptor flags (ISO 32000-1, table 123).
ITALIC_FLAG = 1 << 6
FORCE_BOLD_FLAG = 1 << 18
BOLD_WEIGHT = 600
#: Text is upright or on its side if it is off by no more than this part of a quarter turn; else it lies across the page.
SLANT = 0.12
#: Of each of red, green and blue, up to 255: from here on nobody sees text on white paper, or below, on black.
WHITE = 245
BLACK = 70
MIDDLE = 128
#: Rendering modes that draw nothing (ISO 32000-1, table 106). Text recognised in a scan has the first.
UNDRAWN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True, eq=False)
class Font:
    """The font of one text object, in which a file sets a line, a word or less."""

    x: float  # of the first character's origin, as the page is stored
    y: float
    size: float
    bold: bool
    italic: bool
    turn: int | None  # quarter turns to the left that the text makes; None for text at a slant
    is_drawn: bool  # neither its rendering mode nor its colour makes it invisible
    is_white: bool
    is_black: bool


class Fonts:
    """The fonts of a page, looked up once for each text object."""

    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._fonts: dict[int | None, Font] = {}
        self._faces: dict[int | None, tuple[bool, bool]] = {}
        # For PDFium to write in, time and again: two coordinates; six numbers of a matrix; four parts of a colour.
        self._origin, self._matrix, self._colour = (c_double * 2)(), (c_float * 6)(), (c_uint * 4)()
        self._addresses = tuple(addressof(array) for array in (self._origin, self._matrix, self._colour))

    def of(self, text_object: int | None, place: int) -> Font:
        """Give the font of a text object, of which there is a character at a place."""
        font = self._fonts.get(text_object)
        if font is None:
            font = self._fonts[text_object] = self._look_up(place, text_object)
        return font

    def __iter__(self) -> Iterator[Font]:
        return iter(self._fonts.values())

    def _look_up(self, place: int, text_object: int | None) -> Font:
        page = self._characters.address
        origin, matrix, colour = self._addresses
        _char_origin(page, place, origin, origin + 8)
        _char_matrix(page, place, matrix)
        x, y = self._origin
        a, b, c, d, _, _ = self._matrix
        given = _font_size(page, place)
        if given < 0:  # upside down and mirrored, which the matrix mostly undoes
            a, b = -a, -b
        size = abs(given) * (math.hypot(c, d) or 1)
        bold, italic = self._face(place, text_object)
        mode = _render_mode(text_object) if text_object else raw.FPDF_TEXTRENDERMODE_FILL
        red = green = blue = MIDDLE
        opacity = 255
        # Outlined text shows up whatever it is filled with; a pattern has no one colour.
        if (
            mode == raw.FPDF_TEXTRENDERMODE_FILL
            and text_object
            and _fill_colour(text_object, colour, colour + 4, colour + 8, colour + 12)
        ):
            red, green, blue, opacity = self._colour
        return Font(
            x=x,
            y=y,
            size=round(size, 1) if math.isfinite(size) else 0.0,
            bold=bold
            or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,  # how Word fakes a bold that a font lacks
            italic=italic,
            turn=_quarter_turns(a, b),
            is_drawn=mode not in UNDRAWN and opacity > 0,
            is_white=min(red, green, blue) >= WHITE,
            is_black=max(red, green, blue) <= BLACK,
        )

    def _face(self, place: int, text_object: int | None) -> tuple[bool, bool]:
        """Say whether the face that a text object is set in is bold and whether it is italic."""
        key = _font_of(text_object) if text_object else None
        if key not in self._faces:
            name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
            raw.FPDFText_GetFontInfo(self._characters.raw, place, name, 256, flags)
            spoken = name.value.decode("utf-8", "replace")
            bold = bool(BOLD_NAME.search(spoken) or flags.value & FORCE_BOLD_FLAG)
            self._faces[key] = (
                bold or raw.FPDFText_GetFontWeight(self._characters.raw, place) >= BOLD_WEIGHT,
                bool(ITALIC_NAME.search(spoken) or flags.value & ITALIC_FLAG),
            )
        return self._faces[key]


def _quarter_turns(a: float, b: float) -> int | None:
    """Give the direction of text, from the first row of its matrix, in quarter turns to the left."""
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) <= SLANT else None
