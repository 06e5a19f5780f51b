"""What elements, classes and inline style say of how text looks."""

import re
from dataclasses import replace
from functools import lru_cache

from letters.parsing.readers.markup import LOOKS
from letters.parsing.readers.rich_text import Formatting

ELEMENTS: dict[str, dict[str, bool]] = {
    "b": {"bold": True}, "strong": {"bold": True}, "th": {"bold": True}, "i": {"italic": True}, "em": {"italic": True},
    "cite": {"italic": True}, "dfn": {"italic": True}, "var": {"italic": True}, "u": {"underlined": True},
}  # fmt: skip
#: display:none, visibility: hidden; mso-hide:all is hidden text in Word
HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE
)
DECLARATION = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]{1,80})")
POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(pt|px)")
PIXEL = 0.75  # points: CSS Values and Units, 5.2
#: <p style='page-break-before:always'>, <br clear=all style='mso-special-character:line-break;page-break-before:always'>
BREAKS_PAGE = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page)", re.IGNORECASE)


def hides(style: str) -> bool:
    """Whether a ``style`` attribute keeps an element off the screen."""
    return bool(style) and bool(HIDDEN.search(style))


@lru_cache(maxsize=512)
def formatted(outer: Formatting, tag: str, names: str, style: str) -> Formatting:
    """Give the formatting within an element with this tag, these classes and this inline style."""
    changes: dict[str, object] = dict(ELEMENTS.get(tag, ()))
    for name in names.lower().split():
        changes |= LOOKS.get(name.removeprefix("tussenkop_"), {})
    for name, value in DECLARATION.findall(style):
        changes |= _declared(name.lower(), value.strip().lower())
    return replace(outer, **changes) if changes else outer


def _declared(name: str, value: str) -> dict[str, object]:
    if name == "font-weight":
        return {"bold": value in ("bold", "bolder") or (value.isdecimal() and int(value) >= 600)}
    if name == "font-style":
        return {"italic": value in ("italic", "oblique")}
    if name in ("text-decoration", "text-decoration-line"):
        return {"underlined": True} if "underline" in value else {}
    if name in ("text-transform", "font-variant"):
        return {"capitals": value in ("uppercase", "small-caps")}
    if name == "font-size" and (found := POINTS.fullmatch(value)):
        return {"size": float(found[1]) * (PIXEL if found[2] == "px" else 1)}
    return {}
