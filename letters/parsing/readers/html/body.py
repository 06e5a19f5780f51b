"""The text of a page as blocks."""

import re

from lxml import etree

from letters.parsing.document import Block, Note
from letters.parsing.readers import text as plain_text
from letters.parsing.readers.blocks import break_page, table_blocks
from letters.parsing.readers.counting import spell
from letters.parsing.readers.html.names import classes, is_within
from letters.parsing.readers.html.notes import PageNotes
from letters.parsing.readers.html.styles import BREAKS_PAGE, formatted
from letters.parsing.readers.markup import LOOKS, PLAIN, Walker
from letters.parsing.readers.rich_text import PRIVATE_USE, Formatting

#: All other elements stand in a line, or only hold such as these.
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "address", "blockquote", "center", "dl", "dt", "dd",
     "fieldset", "legend", "figure", "figcaption", "form", "details", "summary", "hgroup", "caption", "hr", "body", "html",
     "ul", "ol", "nav", "aside", "tr", "td", "th"}
)  # fmt: skip
LEVELS = {f"h{level}": level for level in range(1, 7)}
#: p.MsoTitle is the title of a document in Word
TITLES = frozenset({"msotitle"})
#: The first heading of a letter's text on official pages is an h2.
FIRST_LEVEL = 2
FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
#: On official pages the number of an item is text: <ul class="expliciet"><li><p class="labeled"><span class="ol">a. </span>…
PRINTED_LABEL = frozenset({"ol", "lidnr"})
#: Word writes the number of an item as text as well.
WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
BULLET = "•"
#: Parts of a title or a signature that no space sets apart: <span class="dossiernummer">28 676</span>NAVO
SET_APART = frozenset({"dossiernummer", "stuknummer", "voornaam", "voorvoegsels"})
OUTSIDE = re.compile(r"(?:https?:|mailto:)", re.IGNORECASE)


class PageBody(Walker):
    """Writes the blocks of a page. ``link_shares``: for each block the part of its text that stands in links."""

    def __init__(self, page_notes: PageNotes) -> None:
        super().__init__()
        self.notes: list[Note] = []
        self.link_shares: list[float] = []
        self._page_notes = page_notes
        self._written: set[etree._Element] = set()
        self._linked = 0  # characters of the paragraph that stand in links
        self._within = 0  # characters that stand in links within the page
        self._in_link = ""

    def element(self, element: etree._Element, formatting: Formatting) -> None:
        tag = element.tag
        if element in self._page_notes.marks:
            self._note(element)
            return
        names, style = element.get("class", ""), element.get("style", "")
        if names or style or tag in ("b", "strong", "i", "em", "u", "th", "cite", "dfn", "var"):
            formatting = formatted(formatting, tag, names, style)
        if style and BREAKS_PAGE.search(style):
            self.end()
            break_page(self.blocks)
        if tag == "br":
            self.break_line()
        elif tag == "a":
            self._anchor(element, formatting)
        elif tag == "li":
            self.item(element, BULLET, formatting)
        elif tag in ("ul", "ol"):
            self._list(element, formatting)
        elif tag == "table":
            self._table(element, formatting)
        elif tag == "pre" and "\n" in "".join(element.itertext()).strip():
            self._plain_text(element)
        elif (level := _level(element)) is not None:
            self.heading(element, level, formatting)
        elif tag == "span" and self._is_label(element):
            self._label = _label_text(element)
        elif tag in BLOCKS or (tag == "span" and _is_line_of_signature(element)):
            self.paragraph(element, formatting)
        else:
            self.walk(element, formatting)
            if SET_APART & classes(element):
                self.text(" ")

    def text(self, text: str | None, formatting: Formatting = PLAIN) -> None:
        if text and self._in_link:
            self._linked += len(text.strip())
            self._within += len(text.strip()) if self._in_link == "#" else 0
        super().text(text, formatting)

    def end(self) -> None:
        """End the paragraph; one that only leads to another place on the page is none of the letter."""
        length = sum(len(run.text.strip()) for run in self._runs) if self._linked else 0
        if length and self._within >= length and self._level is None:
            self._runs = []
        before = len(self.blocks)
        super().end()
        share = self._linked / length if length else 0.0
        self.link_shares += [share] * (len(self.blocks) - before)
        self._linked = self._within = 0

    def apart(self, parent: etree._Element, formatting: Formatting = PLAIN) -> list[Block]:
        kept = self.link_shares, self._linked, self._within
        self.link_shares, self._linked, self._within = [], 0, 0
        found = super().apart(parent, formatting)
        self.link_shares, self._linked, self._within = kept
        return found

    def add_unreferred(self) -> None:
        """Keep the notes to which no place in the text refers."""
        for mark, holder in self._page_notes.unreferred:
            self.notes.append(Note(mark or str(len(self.notes) + 1), self.text_apart(holder)))

    def _note(self, element: etree._Element) -> None:
        mark = self._page_notes.marks[element]
        self.refer(mark)
        holder = self._page_notes.holders[element]
        if holder not in self._written:  # the text may refer to it once more
            self._written.add(holder)
            self.notes.append(Note(mark, self.text_apart(holder)))

    def _anchor(self, element: etree._Element, formatting: Formatting) -> None:
        target = element.get("href") or ""
        outer, outer_link = self._in_link, self._link
        self._in_link = "#" if target.startswith("#") else target or outer
        self._link = target if OUTSIDE.match(target) else outer_link
        self.walk(element, formatting)
        self._in_link, self._link = outer, outer_link

    def _list(self, element: etree._Element, formatting: Formatting) -> None:
        self.end()
        style = LIST_STYLE.search(element.get("style", ""))
        kind = style[1].lower() if style else element.get("type") or ("1" if element.tag == "ol" else "")
        count = _number(element.get("start"), 1)
        for child in element:
            if child.tag != "li":
                if isinstance(child.tag, str):
                    self.element(child, formatting)
                continue
            count = _number(child.get("value"), count)
            if "expliciet" in classes(element) or kind == "none":
                label = ""
            else:
                label = f"{spell(count, FORMS[kind])}." if kind in FORMS else BULLET
            self.item(child, label, formatting)
            count += 1

    def _table(self, element: etree._Element, formatting: Formatting) -> None:
        self.end()
        for caption in element.iterchildren("caption"):
            self.paragraph(caption, formatting)
        parts = [element, *element.iterchildren("thead", "tbody", "tfoot")]
        rows = [
            [
                self.apart(cell, formatted(formatting, cell.tag, "", ""))
                for cell in row.iterchildren("td", "th")
            ]
            for part in parts
            for row in part.iterchildren("tr")
        ]
        found = table_blocks(rows)
        self.blocks.extend(found)
        self.link_shares += [0.0] * len(found)

    def _plain_text(self, element: etree._Element) -> None:
        """Text that was laid out with spaces and line breaks."""
        self.end()
        document = plain_text.read("".join(element.itertext()).encode())
        self.blocks.extend(document.blocks)
        self.link_shares += [0.0] * len(document.blocks)
        self.notes.extend(document.notes)

    def _is_label(self, element: etree._Element) -> bool:
        if WORD_LABEL.search(element.get("style", "")):
            return True
        return bool(PRINTED_LABEL & classes(element)) and not self._runs_begun()

    def _runs_begun(self) -> bool:
        return any(run.text.strip() for run in self._runs)


def _level(element: etree._Element) -> int | None:
    level = LEVELS.get(element.tag)
    if level is None and element.tag in ("p", "div"):
        names = classes(element)
        if TITLES & names:
            return 1
        looks = [name.removeprefix("tussenkop_") for name in names if name.startswith("tussenkop")]
        if looks:
            return FIRST_LEVEL + (list(LOOKS).index(looks[0]) if looks[0] in LOOKS else len(LOOKS))
    return level


def _is_line_of_signature(element: etree._Element) -> bool:
    """<p class="ondertekening"><span class="functie">De Minister van …,</span> <span class="naam">…</span></p>"""
    return bool({"functie", "naam"} & classes(element)) and is_within(element, "ondertekening")


def _label_text(element: etree._Element) -> str:
    return PRIVATE_USE.sub(BULLET, " ".join("".join(element.itertext()).split()))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else default
