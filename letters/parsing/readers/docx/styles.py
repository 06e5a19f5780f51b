"""What formatting a run or paragraph has, by itself and through its styles (ECMA-376 part 1, 17.7)."""

import re
from dataclasses import replace

from lxml import etree

from letters.parsing.readers.docx.package import W, child, number, value
from letters.parsing.readers.rich_text import Formatting

#: "heading 1" (every Word in any language), "Heading 1" (LibreOffice), "Kop 1", "Kop1" (templates that rename it)
HEADING_NAME = re.compile(r"(?:heading|kop)\s?([1-9])", re.IGNORECASE)
#: "toc 1", "TOC Heading", "inhopg 2": a table of contents repeats headings
CONTENTS_NAME = re.compile(r"(?:toc|inhopg)\b", re.IGNORECASE)
TITLE_NAMES = {"title", "titel"}

#: Styles that are based on one another. Word stops at eleven.
MAX_CHAIN = 20
#: Half points
MAX_SIZE = 10_000
WHITE = "FFFFFF"
OFF = {"0", "false", "off", "none"}
TOGGLES = {"b": "bold", "i": "italic", "caps": "capitals", "smallCaps": "capitals", "vanish": "hidden"}


class Styles:
    """The style sheet of a document. A missing style sheet formats nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {}
        self._default_paragraph_style = None
        self._defaults: dict[str, object] = {}
        for style in root.iterfind(W + "style") if root is not None else ():
            identifier = style.get(W + "styleId")
            self._styles[identifier] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") not in (None, *OFF):
                self._default_paragraph_style = identifier
        if root is not None:
            self._defaults = _own(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._levels: dict[str | None, int | None] = {}
        self._numberings: dict[str | None, tuple[str | None, str | None]] = {}
        self._cache: dict[tuple[str | None, str | None], Formatting] = {}

    def run(self, paragraph_style: str | None, properties: etree._Element | None) -> Formatting:
        """Give the formatting of a run with ``properties`` (w:rPr) in a paragraph of this style."""
        key = (paragraph_style or self._default_paragraph_style, value(properties, "rStyle"))
        if key not in self._cache:
            self._cache[key] = self._inherited(*key)
        own = _own(properties)
        return replace(self._cache[key], **own) if own else self._cache[key]

    def heading_level(self, paragraph_style: str | None, properties: etree._Element | None) -> int | None:
        """Give the heading level of a paragraph from 1, by its outline level or by the name of its style."""
        direct = value(properties, "outlineLvl")
        if direct is not None:
            return _outline(direct)
        if paragraph_style not in self._levels:
            self._levels[paragraph_style] = self._style_level(paragraph_style)
        return self._levels[paragraph_style]

    def _style_level(self, paragraph_style: str | None) -> int | None:
        for style in self._chain(paragraph_style):
            name = value(style, "name") or ""
            if match := HEADING_NAME.fullmatch(name):
                return int(match[1])
            if name.lower() in TITLE_NAMES:
                return 1
            level = value(style, "pPr/outlineLvl")
            if level is not None:
                return _outline(level)
        return None

    def is_contents(self, paragraph_style: str | None) -> bool:
        style = self._styles.get(paragraph_style)
        return bool(CONTENTS_NAME.match(value(style, "name") or ""))

    def numbering(self, paragraph_style: str | None) -> tuple[str | None, str | None]:
        """Give the list that a style puts its paragraphs in: w:numId and the level, where it says one."""
        if paragraph_style not in self._numberings:
            self._numberings[paragraph_style] = self._numbering(paragraph_style)
        return self._numberings[paragraph_style]

    def _numbering(self, paragraph_style: str | None) -> tuple[str | None, str | None]:
        level = None
        for style in self._chain(paragraph_style or self._default_paragraph_style):
            level = level or value(style, "pPr/numPr/ilvl")
            identifier = value(style, "pPr/numPr/numId")
            if identifier is not None:
                return identifier, level
        return None, None

    def _chain(self, identifier: str | None) -> list[etree._Element]:
        """The style and what it is based on, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        while identifier in self._styles and self._styles[identifier] not in chain and len(chain) < MAX_CHAIN:
            chain.append(self._styles[identifier])
            identifier = value(chain[-1], "basedOn")
        return chain

    def _inherited(self, paragraph_style: str | None, character_style: str | None) -> Formatting:
        """A toggle that both styles set is off again: bold within a bold heading is plain (17.7.3)."""
        paragraph, character = self._of_style(paragraph_style), self._of_style(character_style)
        merged = {**self._defaults, **paragraph, **character}
        for quality in set(TOGGLES.values()):
            if quality in paragraph and quality in character:
                merged[quality] = paragraph[quality] != character[quality]
        return Formatting(**merged)

    def _of_style(self, identifier: str | None) -> dict[str, object]:
        merged: dict[str, object] = {}
        for style in reversed(self._chain(identifier)):
            if is_shaded(style.find(W + "pPr")):
                merged["shaded"] = True
            merged.update(_own(style.find(W + "rPr")))
        return merged


def _own(properties: etree._Element | None) -> dict[str, object]:
    """What a w:rPr itself says."""
    found: dict[str, object] = {}
    for element in properties if properties is not None else ():
        name = element.tag.rpartition("}")[2]
        text = element.get(W + "val")
        if name in TOGGLES:
            found[TOGGLES[name]] = text not in OFF
        elif name == "u":
            found["underlined"] = text not in OFF
        elif name == "sz":
            found["size"] = min(number(text), MAX_SIZE) / 2 or None
        elif name == "color":
            found["white"] = (text or "").upper() == WHITE
        elif name == "highlight":
            found["shaded"] = text not in ("white", *OFF)
    if is_shaded(properties):
        found["shaded"] = True
    return found


def _outline(level: str) -> int | None:
    """Level 9 is that of body text (17.3.1.20)."""
    return number(level) + 1 if 0 <= number(level) < 9 else None


def is_shaded(properties: etree._Element | None) -> bool:
    """Whether a w:rPr or w:pPr puts a colour behind the text."""
    shading = child(properties, "shd")
    if shading is None:
        return False
    pattern, fill = shading.get(W + "val"), (shading.get(W + "fill") or "auto").upper()
    return fill not in ("AUTO", WHITE) or pattern not in (None, "clear", "nil")
