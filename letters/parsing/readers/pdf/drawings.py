"""What else is on a page than text: rules, images, filled boxes."""

import ctypes
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from letters.parsing.readers.pdf.fonts import BLACK, WHITE
from letters.parsing.readers.pdf.pieces import Box, Rule, Turn

#: A page with more drawing than this is not searched further.
MAX_OBJECTS = 5_000
MAX_RULES = 200
#: A rule is thinner than this, in points, and longer than that; what is thicker is a box.
MAX_RULE_HEIGHT = 1.6
MIN_RULE_LENGTH = 3.0
#: Forms within forms are searched for images no deeper than this.
MAX_DEPTH = 3
#: How much of a box's opacity, up to 255, hides what is below it.
OPAQUE = 200


@dataclass(slots=True)
class Drawings:
    """``dark`` are boxes filled with black, which hide black text; ``coloured`` what white text shows up on."""

    rules: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    coloured: list[Box] = field(default_factory=list)


def drawings(page: pdfium.PdfPage, turn: Turn) -> Drawings:
    """Look at the objects of a page, and turn them as its text is turned."""
    found = Drawings()
    sides = tuple(ctypes.c_float() for _ in range(4))
    count = raw.FPDFPage_CountObjects(page.raw)
    for at in range(min(count, MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(item, *sides):
            continue
        box = turn.box(*(side.value for side in sides))
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(found, item, box)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.images.append(box)
        else:
            if kind == raw.FPDF_PAGEOBJ_FORM and _holds_image(item, 1):
                found.images.append(box)
            found.coloured.append(box)
    return found


def _add_path(found: Drawings, item: object, box: Box) -> None:
    if box.y1 - box.y0 <= MAX_RULE_HEIGHT:
        if box.x1 - box.x0 >= MIN_RULE_LENGTH and len(found.rules) < MAX_RULES:
            found.rules.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    colour = _colour(item) if fill.value else None
    if not fill.value or (colour is not None and colour[3] < OPAQUE):
        return
    if colour is None or min(colour[:3]) < WHITE:
        found.coloured.append(box)
    if colour is not None and max(colour[:3]) <= BLACK:
        found.dark.append(box)


def _holds_image(form: object, depth: int) -> bool:
    for at in range(min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)):
        item = raw.FPDFFormObj_GetObject(form, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH and _holds_image(item, depth + 1):
            return True
    return False


def _colour(item: object) -> tuple[int, int, int, int] | None:
    """Give the colour that an object is filled with, and its opacity; None for a pattern."""
    parts = [ctypes.c_uint() for _ in range(4)]
    return tuple(part.value for part in parts) if raw.FPDFPageObj_GetFillColor(item, *parts) else None
