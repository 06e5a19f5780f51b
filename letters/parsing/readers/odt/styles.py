"""What formatting text has through its styles (OpenDocument 1.2 part 1, chapter 16): all formatting is in styles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from letters.parsing.readers.odt.package import FO, OFFICE, STYLE, TEXT, number
from letters.parsing.readers.rich_text import Formatting

TITLE_NAMES = {"title", "titel"}
#: "Heading 2", "Kop 2": the style of a paragraph that was not made a heading
HEADING_NAME = re.compile(r"(?:heading|kop) ([1-9])", re.IGNORECASE)
#: "12pt", "9.5pt", "80%" (of what the style is based on)
SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(pt|%)")
#: A style's name as it stands in files: "Text_20_body"
ESCAPED = re.compile(r"_([0-9a-f]{2})_")
#: Styles that are based on one another
MAX_CHAIN = 20
BOLD = {"bold", "600", "700", "800", "900"}
WHITE = {"#ffffff", "white"}
NO_FILL = {None, "transparent", *WHITE}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What the style of a paragraph says beside its letters."""

    level: int | None = None
    list_style: str | None = None
    break_before: bool = False
    break_after: bool = False
    page: str | None = None  # the master page on which a new page begins here


class Styles:
    """The styles that hold in one part: its automatic ones and the common ones."""

    def __init__(self, automatic: Iterable[etree._Element], common: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str | None, str | None], etree._Element] = {}
        self.lists: dict[str | None, etree._Element] = {}
        self.outline: etree._Element | None = None
        self._defaults: dict[str | None, etree._Element] = {}
        for style in (*common, *automatic):
            if style.tag == STYLE + "style":
                self._styles[style.get(STYLE + "family"), style.get(STYLE + "name")] = style
            elif style.tag == STYLE + "default-style":
                self._defaults[style.get(STYLE + "family")] = style
            elif style.tag == TEXT + "list-style":
                self.lists[style.get(STYLE + "name")] = style
            elif style.tag == TEXT + "outline-style":
                self.outline = style
        self._formats: dict[tuple[str | None, ...], Formatting] = {}
        self._paragraphs: dict[str | None, Paragraph] = {}

    def formatting(self, paragraph: str | None, spans: tuple[str | None, ...] = ()) -> Formatting:
        """Give the formatting of text in ``spans`` (styles from outside in) of a paragraph with this style."""
        key = (paragraph, *spans)
        if key not in self._formats:
            if spans:
                base, style, family = self.formatting(paragraph, spans[:-1]), spans[-1], "text"
            else:
                base, style, family = self._default(), paragraph, "paragraph"
            for found in reversed(self._chain(family, style)):
                base = _formatted(found, base)
            self._formats[key] = base
        return self._formats[key]

    def paragraph(self, name: str | None) -> Paragraph:
        if name not in self._paragraphs:
            self._paragraphs[name] = self._paragraph(name)
        return self._paragraphs[name]

    def table_page(self, name: str | None) -> str | None:
        """Give the master page on which a table with this style begins a new page."""
        return _page(self._chain("table", name))

    def starts_page(self, table: str | None) -> bool:
        """Whether the style of a table puts it on a new page."""
        return bool(self.table_page(table)) or _breaks(
            self._chain("table", table), "table-properties", "break-before"
        )

    def _default(self) -> Formatting:
        style = self._defaults.get("paragraph")
        return Formatting() if style is None else _formatted(style, Formatting())

    def _paragraph(self, name: str | None) -> Paragraph:
        chain = self._chain("paragraph", name)
        named = (style.get(STYLE + "list-style-name") for style in chain)
        return Paragraph(
            level=_level(chain),
            list_style=next((style for style in named if style is not None), None),
            break_before=_breaks(chain, "paragraph-properties", "break-before"),
            break_after=_breaks(chain, "paragraph-properties", "break-after"),
            page=_page(chain),
        )

    def _chain(self, family: str, name: str | None) -> list[etree._Element]:
        """The style and its parents, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        style = self._styles.get((family, name))
        while style is not None and style not in chain and len(chain) < MAX_CHAIN:
            chain.append(style)
            style = self._styles.get((family, style.get(STYLE + "parent-style-name")))
        return chain


def _level(chain: list[etree._Element]) -> int | None:
    for style in chain:
        name = style.get(STYLE + "display-name") or _unescaped(style.get(STYLE + "name", ""))
        if match := HEADING_NAME.fullmatch(name):
            return int(match[1])
        if name.lower() in TITLE_NAMES:
            return 1
        if outline := style.get(STYLE + "default-outline-level"):
            return number(outline, 0) or None
    return None


def _page(chain: list[etree._Element]) -> str | None:
    """The nearest style that names a master page decides; an empty name is none."""
    names = (style.get(STYLE + "master-page-name") for style in chain)
    return next((name for name in names if name is not None), None) or None


def _unescaped(name: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def _breaks(chain: list[etree._Element], properties: str, attribute: str) -> bool:
    for style in chain:
        found = style.find(STYLE + properties)
        if found is not None and (kind := found.get(FO + attribute)):
            return kind == "page"
    return False


def _formatted(style: etree._Element, base: Formatting) -> Formatting:
    """``base`` as this style changes it."""
    changed: dict[str, object] = {}
    paragraph = style.find(STYLE + "paragraph-properties")
    if paragraph is not None and paragraph.get(FO + "background-color") not in NO_FILL:
        changed["shaded"] = True
    text = style.find(STYLE + "text-properties")
    for attribute, value in text.attrib.items() if text is not None else ():
        if attribute == FO + "font-weight":
            changed["bold"] = value in BOLD
        elif attribute == FO + "font-style":
            changed["italic"] = value in ("italic", "oblique")
        elif attribute == STYLE + "text-underline-style":
            changed["underlined"] = value != "none"
        elif attribute == FO + "text-transform":
            changed["capitals"] = value == "uppercase" or changed.get("capitals", False)
        elif attribute == FO + "font-variant":
            changed["capitals"] = value == "small-caps" or changed.get("capitals", False)
        elif attribute == TEXT + "display":
            changed["hidden"] = value == "none"
        elif attribute == FO + "color":
            changed["white"] = value.lower() in WHITE
        elif attribute == FO + "background-color":
            changed["shaded"] = value not in NO_FILL or changed.get("shaded", False)
        elif attribute == FO + "font-size" and (match := SIZE.fullmatch(value)):
            size = float(match[1])
            changed["size"] = size if match[2] == "pt" else base.size and base.size * size / 100
    return replace(base, **changed) if changed else base


def children(root: etree._Element | None, name: str) -> list[etree._Element]:
    """The styles under ``office:styles`` or ``office:automatic-styles`` of a part."""
    found = root.find(OFFICE + name) if root is not None else None
    return [] if found is None else list(found)
