"""What XML papers and web pages share: bytes become a tree without trust, and a walk over it writes paragraphs."""

import codecs
import html
import re

from lxml import etree

from letters.parsing.document import Block
from letters.parsing.readers.blocks import LINE_BREAK, write_paragraph
from letters.parsing.readers.rich_text import Formatting, Run

PLAIN = Formatting()

#: How official publications name the look of a heading or of words, most prominent first: <tussenkop kopopmaak="vet">,
#: <nadruk type="cur">, <tuskop letat="vet">, h3.tussenkop_cur
LOOKS: dict[str, dict[str, bool]] = {
    "vet": {"bold": True},
    "halfvet": {"bold": True},
    "vetcur": {"bold": True, "italic": True},
    "cur": {"italic": True},
    "ondlijn": {"underlined": True},
    "rom": {},
}
#: <?xml version="1.0" encoding="iso-8859-1"?>, <meta charset="windows-1252">, <meta … content="text/html; charset=…">
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
#: Fields of Word, form feeds, null characters, also written as &#1; or &#x13;: no XML may hold them (XML 1.0, 2.2).
CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0{0,8}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,8}(?:[0-8bcef]|1[0-9a-f]));",
    re.IGNORECASE,
)
#: What is called Latin-1 is Windows-1252 in practice: WHATWG Encoding Standard, 4.2.
LATIN = {"iso8859-1", "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be"}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def as_utf8(data: bytes) -> bytes:
    """Give the text of ``data`` as UTF-8, without byte order mark and control characters.

    A mark decides; then UTF-8 if it is valid, for declarations lie; then the declared encoding; then Windows-1252.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            data = data[len(mark) :].decode(encoding, errors="replace").encode("utf-8", errors="replace")
            return CONTROL.sub(b"", data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode(_declared(data), errors="replace").encode("utf-8", errors="replace")
    return CONTROL.sub(b"", data)


def _declared(data: bytes) -> str:
    found = DECLARED.search(data, 0, 2048)
    try:
        name = codecs.lookup(found[1].decode("ascii", errors="ignore")).name if found else ""
        "".encode(name or "cp1252")  # some names are no text encodings
    except (LookupError, ValueError, TypeError):
        name = ""
    return "cp1252" if not name or name in LATIN else name


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments, instructions and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Walker:
    """Walks a tree in reading order and writes ``blocks``; a subclass says in ``element`` what each element does."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._label = ""  # of the list item whose first paragraph is still to come
        self._level: int | None = None  # inside a heading
        self._link = ""

    def element(self, element: etree._Element, formatting: Formatting) -> None:
        raise NotImplementedError

    def walk(self, parent: etree._Element, formatting: Formatting = PLAIN) -> None:
        """Write the text and the elements in ``parent``."""
        self.text(parent.text, formatting)
        for child in parent:
            if isinstance(child.tag, str):
                self.element(child, formatting)
            elif child.tag is etree.Entity:  # left unexpanded: only those that every browser knows
                self.text(html.unescape(child.text), formatting)
            self.text(child.tail, formatting)

    def text(self, text: str | None, formatting: Formatting = PLAIN) -> None:
        if text:
            self._runs.append(formatting.run(" " if text.isspace() else text, self._link))

    def break_line(self) -> None:
        self._runs.append(Run(LINE_BREAK))

    def refer(self, mark: str) -> None:
        """Put the mark of a note at the place that was reached."""
        self._runs.append(Run(note=mark))

    def end(self) -> None:
        """End the paragraph, if one was begun."""
        if any(run.text and not run.text.isspace() for run in self._runs):
            write_paragraph(self._runs, self.blocks, self._level, self._take_label)
        self._runs = []

    def paragraph(self, parent: etree._Element, formatting: Formatting = PLAIN) -> None:
        """Write ``parent`` as paragraphs of its own."""
        self.end()
        self.walk(parent, formatting)
        self.end()

    def heading(self, parent: etree._Element, level: int, formatting: Formatting = PLAIN) -> None:
        self.end()
        self._level = level
        self.paragraph(parent, formatting)
        self._level = None

    def item(self, parent: etree._Element, label: str, formatting: Formatting = PLAIN) -> None:
        """Write an item of a list; ``label`` stands in front of its first paragraph."""
        self.end()
        self._label = label
        self.paragraph(parent, formatting)
        self._label = ""

    def apart(self, parent: etree._Element, formatting: Formatting = PLAIN) -> list[Block]:
        """Read a cell or a note: its blocks, which do not go into the text."""
        kept = self.blocks, self._runs, self._label, self._level
        self.blocks, self._runs, self._label, self._level = [], [], "", None
        self.paragraph(parent, formatting)
        found = self.blocks
        self.blocks, self._runs, self._label, self._level = kept
        return found

    def text_apart(self, parent: etree._Element) -> str:
        """Read a note: its text on one line."""
        return " ".join(f"{block.label} {block.text}".strip() for block in self.apart(parent))

    def _take_label(self) -> str:
        label, self._label = self._label, ""
        return label
