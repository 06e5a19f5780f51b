"""What stands inside a paragraph of a DOCX: text as it is shown, with its formatting, notes, links and fields.

A walker of our own, because the libraries lose what a letter cannot miss. Tried on one document with all of these:
python-docx 1.2 drops inserted text of tracked changes, text boxes, notes and list numbers; mammoth 1.13 drops headers and
reads a text box after the paragraph that holds it; docx2python 3.7 doubles text boxes, drops no-break hyphens and numbers
notes by their internal id. All three show hidden text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from letters.parsing.readers.blocks import LINE_BREAK, PAGE_BREAK
from letters.parsing.readers.counting import spell
from letters.parsing.readers.docx.package import MC, R, W, child, number, value
from letters.parsing.readers.docx.styles import Styles, is_shaded
from letters.parsing.readers.rich_text import PRIVATE_USE, Run

#: HYPERLINK "https://www.rijksoverheid.nl" \h
HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
#: TOC \o "1-3" \h — what such a field shows repeats the headings
CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)

#: Shown as they are; all other elements are passed by, with what is in them: deleted text too (w:del, w:moveFrom).
CONTAINERS = {
    W + name
    for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
}  # fmt: skip
CHARACTERS = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": LINE_BREAK,
    W + "cr": LINE_BREAK,
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes, numbered in the order in which the text refers to them."""

    format: str = "decimal"
    start: int = 1
    restarts: bool = False
    count: int = 0

    def refer(self) -> str:
        """Count one reference and give the mark that Word prints there."""
        self.count += 1
        return spell(self.start + self.count - 1, self.format)

    def end_section(self) -> None:
        if self.restarts:
            self.count = 0


@dataclass(slots=True)
class Field:
    """A complex field, between its begin and end: first its code, then the result that is shown."""

    code: str = ""
    in_code: bool = True


class Inline:
    """Walks paragraphs. It carries what outlasts one: open fields, counted notes, and what nobody can see."""

    def __init__(self, styles: Styles, notes: dict[str, Notes], links: dict[str, tuple[str, str]]) -> None:
        self._styles = styles
        self._notes = notes
        self._links = links
        self._fields: list[Field] = []
        self.floating: list[etree._Element] = []  # text boxes seen since the last paragraph ended
        self.referred: list[tuple[str, str, str]] = []  # kind of note, mark, identifier; in order
        self.hidden: list[str] = []  # text that is not shown, by paragraph
        self.on_paper = True  # and not in a cell or a box, which may have a colour of its own

    def runs(self, paragraph: etree._Element) -> list[Run]:
        properties = child(paragraph, "pPr")
        self._hidden = ""
        self._on_white = self.on_paper and not is_shaded(properties)
        runs = list(self._children(paragraph, value(properties, "pStyle"), ""))
        if self._hidden.strip():
            self.hidden.append(self._hidden)
        return runs

    def _children(self, parent: etree._Element, style: str | None, link: str) -> Iterator[Run]:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                yield from self._run(element, style, link)
            elif tag == W + "hyperlink":
                _kind, target = self._links.get(element.get(R + "id"), ("", ""))
                yield from self._children(element, style, target or link)
            elif tag in CONTAINERS:
                yield from self._children(element, style, link)
            elif tag == MC + "AlternateContent":
                yield from self._children(alternative(element), style, link)
            elif tag.endswith(("}oMath", "}oMathPara")):
                yield Run("".join(t.text or "" for t in element.iter("{*}t")))

    def _run(self, run: etree._Element, style: str | None, link: str) -> Iterator[Run]:
        properties = child(run, "rPr")
        formatting = self._styles.run(style, properties)
        if formatting.hides(self._on_white):
            self._hidden += "".join(_text(element) for element in run)
            return
        custom = None  # the mark of a note that the author typed, in the same run
        for element in run:
            tag = element.tag
            if tag == W + "fldChar":
                self._field(element.get(W + "fldCharType"))
            elif tag == W + "instrText" and self._fields:
                self._fields[-1].code += element.text or ""
            elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                self.floating.extend(text_boxes(element))
            elif not self._is_shown():
                continue
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                custom = self._typed_mark(run, element)
                kind = "footnotes" if tag == W + "footnoteReference" else "endnotes"
                mark = custom or self._notes[kind].refer()
                self.referred.append((kind, mark, element.get(W + "id")))
                yield Run(note=mark)
            elif not custom and (text := _text(element)):
                yield formatting.run(text, link or self._field_link())

    def _typed_mark(self, run: etree._Element, reference: etree._Element) -> str:
        if reference.get(W + "customMarkFollows") in (None, "0", "false", "off"):
            return ""
        return "".join(_text(element) for element in run).strip() or "*"

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_shown(self) -> bool:
        return not any(field.in_code or CONTENTS.match(field.code) for field in self._fields)

    def _field_link(self) -> str:
        for open_field in reversed(self._fields):
            if match := HYPERLINK.match(open_field.code):
                return match[1]
        return ""


def _text(element: etree._Element) -> str:
    """The text that one child of a run shows."""
    if element.tag == W + "t":
        text = element.text or ""
        keeps_space = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        return text if keeps_space else text.strip()
    if element.tag == W + "br" and element.get(W + "type") in ("page", "column"):
        return PAGE_BREAK if element.get(W + "type") == "page" else LINE_BREAK
    if element.tag == W + "sym":
        return PRIVATE_USE.sub("", _character(element.get(W + "char")))
    return CHARACTERS.get(element.tag, "")


def _character(hexadecimal: str | None) -> str:
    """What a w:sym shows: four hexadecimal digits (17.3.3.30), no half of a surrogate pair."""
    try:
        code = int(hexadecimal or "20", 16)
    except ValueError:
        code = 0x20
    return " " if not 0x20 <= code <= 0xFFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def text_boxes(element: etree._Element) -> list[etree._Element]:
    """Give the contents of the text boxes in a drawing, each once: its fallback for older Word repeats them."""
    found: list[etree._Element] = []
    if element.tag == MC + "AlternateContent":
        element = alternative(element)
    for part in element:
        if part.tag == W + "txbxContent":
            found.append(part)
        else:
            found.extend(text_boxes(part))
    return found


def alternative(element: etree._Element) -> etree._Element:
    """Choose from an mc:AlternateContent: the newest form, unless only the fallback holds text."""
    options = element.findall(MC + "Choice") + element.findall(MC + "Fallback")
    with_text = [option for option in options if next(option.iter(W + "t"), None) is not None]
    return (with_text or options or [etree.Element("nothing")])[0]


def numbered(kind: str, settings: etree._Element | None, section: etree._Element | None) -> Notes:
    """Say how notes of one kind ("footnotes", "endnotes") are numbered; a section overrules the settings."""
    name = "footnotePr" if kind == "footnotes" else "endnotePr"

    def setting(item: str) -> str | None:
        return value(section, f"{name}/{item}") or value(settings, f"{name}/{item}")

    return Notes(
        format=setting("numFmt") or ("decimal" if kind == "footnotes" else "lowerRoman"),
        start=number(setting("numStart"), 1),
        restarts=setting("numRestart") == "eachSect",
    )
