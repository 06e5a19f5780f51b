"""What stands inside a paragraph of an ODT (OpenDocument 1.2 part 1, chapters 6 and 7)."""

from collections.abc import Iterator

from lxml import etree

from letters.parsing.document import LeakKind, Note
from letters.parsing.readers.blocks import LINE_BREAK
from letters.parsing.readers.leaks import Leaks
from letters.parsing.readers.odt.package import DC, DRAW, OFFICE, TEXT, XLINK, is_true
from letters.parsing.readers.odt.styles import Styles
from letters.parsing.readers.rich_text import Run, compose

PARAGRAPHS = (TEXT + "p", TEXT + "h")
SPACES = (TEXT + "s", TEXT + "tab")
#: Not shown where they stand: comments, deleted text, what was spoken above a word, a list number for old programs
LEFT_OUT = {
    OFFICE + "annotation-end", TEXT + "tracked-changes", TEXT + "ruby-text", TEXT + "number", TEXT + "script",
    OFFICE + "event-listeners", TEXT + "soft-page-break",
}  # fmt: skip


class Inline:
    """Walks paragraphs. It carries what outlasts one: notes, and what is in the file but not shown."""

    def __init__(self, styles: Styles, leaks: Leaks) -> None:
        self._styles = styles
        self._leaks = leaks
        self.notes: list[Note] = []
        self.floating: list[etree._Element] = []  # frames and shapes seen since the last paragraph ended
        self.on_paper = True  # and not in a cell or a box, which may have a colour of its own

    def runs(self, paragraph: etree._Element) -> list[Run]:
        if any(is_true(field, TEXT + "is-hidden") for field in paragraph.iter(TEXT + "hidden-paragraph")):
            self.hide(paragraph)
            return []
        hidden: list[str] = []
        runs = list(self._children(paragraph, (paragraph.get(TEXT + "style-name"), ()), "", hidden))
        if text := "".join(hidden).strip():
            self._leaks.add(LeakKind.HIDDEN_TEXT, text)
        return runs

    def hide(self, element: etree._Element) -> None:
        """Note all text under ``element`` as hidden."""
        parts = ["".join(paragraph.itertext()) for paragraph in element.iter(*PARAGRAPHS)]
        if text := " ".join(parts).strip():
            self._leaks.add(LeakKind.HIDDEN_TEXT, text)

    def _children(
        self, parent: etree._Element, styles: tuple[str | None, tuple], link: str, hidden: list[str]
    ) -> Iterator[Run]:
        formatting = self._styles.formatting(*styles)
        is_hidden = formatting.hides(self.on_paper)

        def shown(text: str) -> Iterator[Run]:
            if is_hidden:
                hidden.append(text)
            else:
                yield formatting.run(text, link)

        if parent.text:
            yield from shown(_text(parent.text))
        for element in parent:
            tag = element.tag
            if tag == TEXT + "line-break":
                yield from shown(LINE_BREAK)
            elif tag in SPACES:
                yield from shown(" ")
            elif is_hidden and tag.startswith(DRAW):
                self.hide(element)
            elif tag == TEXT + "note":
                if not is_hidden:
                    yield Run(note=self._note(element))
            else:
                yield from self._element(element, styles, link, hidden)
            if element.tail:
                yield from shown(_text(element.tail))

    def _element(
        self, element: etree._Element, styles: tuple[str | None, tuple], link: str, hidden: list[str]
    ) -> Iterator[Run]:
        tag = element.tag
        if tag == OFFICE + "annotation":
            self.comment(element)
        elif tag in LEFT_OUT:
            return
        elif tag.startswith(DRAW):
            self.floating.append(element)
        elif _is_hidden_field(element):
            hidden.append(element.get(TEXT + "string-value") or "".join(element.itertext()))
        else:
            if tag == TEXT + "conditional-text":
                hidden.extend(_other_texts(element))
            paragraph, spans = styles
            if tag == TEXT + "span":
                spans = (*spans, element.get(TEXT + "style-name"))
            elif tag == TEXT + "a":
                link = element.get(XLINK + "href", "") or link
                spans = (*spans, element.get(TEXT + "style-name"))
            yield from self._children(element, (paragraph, spans), link, hidden)

    def comment(self, element: etree._Element) -> None:
        text = " ".join("".join(paragraph.itertext()) for paragraph in element.iter(*PARAGRAPHS))
        self._leaks.add_comment(element.findtext(DC + "creator"), text)

    def _note(self, element: etree._Element) -> str:
        """Keep a footnote or endnote and give its mark, which the file holds as it was last printed."""
        citation = element.find(TEXT + "note-citation")
        mark = ""
        if citation is not None:
            mark = (citation.get(TEXT + "label") or "".join(citation.itertext())).strip()
        mark = mark or str(len(self.notes) + 1)
        place = len(self.notes)  # in front of notes that its own text may have
        body = element.find(TEXT + "note-body")
        paragraphs = _paragraphs(body) if body is not None else ()
        text = " ".join(compose(self.runs(paragraph)).text for paragraph in paragraphs)
        self.notes.insert(place, Note(mark, text.strip()))
        return mark


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a note, not those of boxes and notes inside them."""
    for element in parent:
        if element.tag in PARAGRAPHS:
            yield element
        elif element.tag in (TEXT + "list", TEXT + "list-item", TEXT + "list-header", TEXT + "section"):
            yield from _paragraphs(element)


def _text(text: str) -> str:
    """White space in the file is a space, whatever it is (6.1.2); on its own it would pass for a line break."""
    return " " if text.isspace() else text


def _is_hidden_field(element: etree._Element) -> bool:
    if element.tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
        return is_true(element, TEXT + "is-hidden")
    return element.get(TEXT + "display") == "none"


def _other_texts(element: etree._Element) -> list[str]:
    """What a conditional text would show if its condition were otherwise."""
    texts = (element.get(TEXT + name, "") for name in ("string-value-if-true", "string-value-if-false"))
    shown = "".join(element.itertext())
    return [f"{text} " for text in texts if text and text != shown]
