"""What stands inside a paragraph of a DOCX: text as it is shown, with its formatting, notes, links and fields.

A walker of our own, because the libraries lose what a letter cannot miss. Tried on one document with all of these:
python-docx 1.2 drops inserted text of tracked changes, text boxes, notes and list numbers; mammoth 1.13 drops headers and
reads a text box after the paragraph that holds it; docx2python 3.7 doubles text boxes, drops no-break hyphens and numbers
notes by their internal id. All three show hidden text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from letters.parsing.readers.docx.numbering import spell
from letters.parsing.readers.docx.package import MC, R, W, number, value
from letters.parsing.readers.docx.styles import Styles
from letters.parsing.readers.rich_text import PRIVATE_USE, Run

#: Line break and page break within a paragraph, as the text of a run of their own.
LINE_BREAK = "\n"
PAGE_BREAK = "\f"

#: HYPERLINK "https://www.rijksoverheid.nl" \h
HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
#: TOC \o "1-3" \h — what such a field shows repeats the headings
CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)

#: Shown as they are; all other unknown elements are passed by, with what is in them.
CONTAINERS = {
    W + name
    for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
}  # fmt: skip
#: Deleted by a tracked change.
DELETED = {W + "del", W + "moveFrom"}
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
    found: list[tuple[str, str]] = field(default_factory=list)  # (mark, identifier)

    def refer(self, identifier: str, custom: str = "") -> str:
        """Count one reference and give the mark that Word prints there."""
        if custom:
            mark = custom
        else:
            mark = spell(self.start + self.count, self.format)
            self.count += 1
        self.found.append((mark, identifier))
        return mark

    def end_section(self) -> None:
        if self.restarts:
            self.count = 0


@dataclass(slots=True)
class Field:
    """A complex field, between its begin and end: first its code, then the result that is shown."""

    code: str = ""
    in_code: bool = True


class Inline:
    """Walks paragraphs. It carries what outlasts one: open fields, counted notes, and what the clerk must be told."""

    def __init__(self, styles: Styles, notes: dict[str, Notes], links: dict[str, tuple[str, str]]) -> None:
        self._styles = styles
        self._notes = notes
        self._links = links
        self._fields: list[Field] = []
        self.floating: list[etree._Element] = []  # text boxes seen since the last paragraph ended
        self.has_changes = False
        self.has_hidden = False

    def runs(self, paragraph: etree._Element) -> list[Run]:
        style = value(paragraph, "pPr/pStyle")
        return list(self._children(paragraph, style, ""))

    def _children(self, parent: etree._Element, style: str | None, link: str) -> Iterator[Run]:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                yield from self._run(element, style, link)
            elif tag in DELETED:
                self.has_changes = True
            elif tag == W + "hyperlink":
                _kind, target = self._links.get(element.get(R + "id"), ("", ""))
                yield from self._children(element, style, target or link)
            elif tag in CONTAINERS:
                self.has_changes = self.has_changes or tag in (W + "ins", W + "moveTo")
                yield from self._children(element, style, link)
            elif tag == MC + "AlternateContent":
                yield from self._children(alternative(element), style, link)
            elif etree.QName(element).localname in ("oMath", "oMathPara"):
                yield Run("".join(t.text or "" for t in element.iter("{*}t")))

    def _run(self, run: etree._Element, style: str | None, link: str) -> Iterator[Run]:
        properties = run.find(W + "rPr")
        formatting = self._styles.run(style, properties)
        if formatting.hidden:
            self.has_hidden = self.has_hidden or any(t.text for t in run.iter(W + "t"))
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
                yield Run(note=self._notes[kind].refer(element.get(W + "id"), custom))
            elif not custom and (text := _text(element)):
                yield Run(
                    text=text,
                    bold=formatting.bold,
                    italic=formatting.italic,
                    underlined=formatting.underlined,
                    capitals=formatting.capitals,
                    size=formatting.size,
                    link=link or self._field_link(),
                )

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
        return PRIVATE_USE.sub("", chr(min(_code_point(element.get(W + "char")), 0x10FFFF)))
    return CHARACTERS.get(element.tag, "")


def _code_point(hexadecimal: str | None) -> int:
    try:
        return int(hexadecimal or "20", 16)
    except ValueError:
        return 0x20


def text_boxes(element: etree._Element) -> list[etree._Element]:
    """Give the contents of the text boxes in a drawing, each once: its fallback for older Word repeats them."""
    found: list[etree._Element] = []
    if element.tag == MC + "AlternateContent":
        element = alternative(element)
    for child in element:
        if child.tag == W + "txbxContent":
            found.append(child)
        else:
            found.extend(text_boxes(child))
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
