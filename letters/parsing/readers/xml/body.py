"""The text of a Kamerstuk in XML, in both dialects: the elements that official publications use, and tolerance for others.

op-consolidated 2014-05-15 (2010 and later) and the DTD of the SDU (``kamerwrk``, 1995-2009) name most things alike. What
neither names becomes text, so that nothing is lost.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from letters.parsing.document import Note
from letters.parsing.readers.blocks import table_blocks
from letters.parsing.readers.counting import spell
from letters.parsing.readers.markup import LOOKS, Walker, local_name
from letters.parsing.readers.rich_text import Formatting

#: No text of the paper: data about it, its table of contents, the layout of tables. ``noot.nr`` and ``li.nr`` are read by
#: the elements around them.
LEFT_OUT = frozenset(
    {"metadata", "kamerstukkop", "kamervraagkop", "tekstregel", "officiele-inhoudsopgave", "colspec", "spanspec",
     "sys.gegevens", "versie", "ordernr", "vergjaar", "witreg", "noot.nr", "li.nr", "voetnoot"}
)  # fmt: skip
INLINE = frozenset(
    {"sup", "inf", "extref", "intref", "dossierref", "extref-groep", "intref-groep", "datum", "ondernummer", "herdruk",
     "voornaam", "voorvoegsels", "achternaam", "tekstcorrectie", "dossiernr", "begrotingshoofdstuk"}
)  # fmt: skip
#: Elements that make a paragraph wherever they stand; one that holds any of them is no part of a line.
BLOCKS = frozenset(
    {"al", "al-groep", "lijst", "li", "table", "tussenkop", "tuskop", "kop", "divisie", "bijlage", "tekst", "vrije-tekst",
     "algemeen", "ondertekening", "ondtek", "functie", "naam", "box", "definitielijst", "definitie-item", "term", "definitie",
     "stuk", "dossier", "titel", "subtitel", "datumtekst", "dagtekening", "plaats", "tekst-sluiting", "structuurtekst"}
)  # fmt: skip
LOOK_ATTRIBUTES = ("kopopmaak", "type", "letat", "opmaak")
FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
UNNUMBERED = "•"
WITHOUT_MARK = frozenset({"geen", "none"})
#: The parts of the line with the paper's number: <stuknr>Nr. <ondernummer>446</ondernummer></stuknr><titel>BRIEF …</titel>;
#: in the old dialect <ltrlabel>Nr.</ltrlabel><nummer>1</nummer><titel>…</titel>
PAPER_LINE = ("stuknr", "ltrlabel", "nummer", "letter", "titel")
DOSSIER_NUMBER = frozenset({"dossiernummer", "nummer"})
#: The head of an official edition takes no longer title for a dossier's line.
LONGEST_TITLE = 150


class PaperBody(Walker):
    """Writes the blocks of a paper, and its notes in the order of their marks."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Note] = []
        self._depth = 0
        #: Elements that hold paragraphs, and whether words stand between the elements in an element
        self._with_blocks: set[etree._Element] | None = None
        self._has_words: dict[etree._Element, bool] = {}
        self._handlers = {
            "nadruk": self._emphasis, "extref": self._reference, "br": self._line_break, "noot": self._note,
            "nootref": self._note_again, "voetref": self._note_again, "tussenkop": self._flat_heading,
            "tuskop": self._flat_heading, "kop": self._heading, "lijst": self._list, "table": self._table,
            "naam": self._name, "dossier": self._dossier, "onderw": self._dossier, "stuk": self._paper,
        }  # fmt: skip

    def element(self, element: etree._Element, formatting: Formatting) -> None:
        name = local_name(element)
        if name in LEFT_OUT:
            return
        if handler := self._handlers.get(name):
            handler(element, formatting)
        elif name in INLINE or (name not in BLOCKS and self._is_part_of_line(element)):
            self.walk(element, formatting)
        else:
            has_heading = any(local_name(child) == "kop" for child in element)
            self._depth += has_heading
            self.paragraph(element, formatting)
            self._depth -= has_heading

    def _is_part_of_line(self, element: etree._Element) -> bool:
        """Whether an unknown element stands among words, and holds nothing that makes paragraphs."""
        if self._with_blocks is None:
            self._with_blocks = set()
            for block in element.getroottree().iter(*(f"{{*}}{name}" for name in BLOCKS)):
                for outer in block.iterancestors():
                    if outer in self._with_blocks:
                        break
                    self._with_blocks.add(outer)
        if element in self._with_blocks:
            return False
        parent = element.getparent()
        if parent not in self._has_words:
            texts = [parent.text, *(child.tail for child in parent)]
            self._has_words[parent] = any(text and not text.isspace() for text in texts)
        return self._has_words[parent]

    # Inside a line

    def _emphasis(self, element: etree._Element, formatting: Formatting) -> None:
        self.walk(element, replace(formatting, **_look(element)))

    def _reference(self, element: etree._Element, formatting: Formatting) -> None:
        outer = self._link
        self._link = element.get("doc", "") if element.get("soort") == "URL" else outer
        self.walk(element, formatting)
        self._link = outer

    def _line_break(self, element: etree._Element, formatting: Formatting) -> None:
        self.break_line()

    def _note(self, element: etree._Element, formatting: Formatting) -> None:
        number = next((child for child in element if local_name(child) == "noot.nr"), None)
        mark = mark_of("".join(number.itertext())) if number is not None else ""
        mark = mark or str(len(self.notes) + 1)
        self.refer(mark)
        self.notes.append(Note(mark, self.text_apart(element)))

    def _note_again(self, element: etree._Element, formatting: Formatting) -> None:
        if mark := mark_of("".join(element.itertext()) or element.get("nr", "")):
            self.refer(mark)

    # Headings and lists

    def _flat_heading(self, element: etree._Element, formatting: Formatting) -> None:
        look = next((element.get(name) for name in LOOK_ATTRIBUTES if element.get(name)), "vet")
        rank = list(LOOKS).index(look) if look in LOOKS else len(LOOKS)
        self.heading(element, self._depth + 1 + rank, replace(formatting, **_look(element)))

    def _heading(self, element: etree._Element, formatting: Formatting) -> None:
        """<kop><label>Bijlage</label><nr>1</nr><titel>…</titel><subtitel>…</subtitel></kop>"""
        names = [local_name(child) for child in element]
        self.end()
        self._level = max(self._depth, 1)
        self.text(element.text, formatting)
        for child, name in zip(element, names, strict=True):
            if name == "subtitel":
                self.end()
            if name == "nr" and "label" not in names and "titel" in names:
                self._label = " ".join("".join(child.itertext()).split())
            else:
                self.walk(child, formatting)
                self.text(" ")
            self.text(child.tail, formatting)
        self.end()
        self._level, self._label = None, ""

    def _list(self, element: etree._Element, formatting: Formatting) -> None:
        self.end()
        form = FORMS.get(element.get("type", ""))
        count = int(start) if (start := element.get("start", "1")).isdecimal() and len(start) < 5 else 1
        for child in element:
            if local_name(child) != "li":
                self.element(child, formatting)
                continue
            number = next((part for part in child if local_name(part) == "li.nr"), None)
            if number is not None:
                label = " ".join("".join(number.itertext()).split())
            elif form:
                label = f"{spell(count, form)}."
            else:
                label = "" if element.get("type") in WITHOUT_MARK else UNNUMBERED
            self.item(child, label, formatting)
            count += 1

    def _table(self, element: etree._Element, formatting: Formatting) -> None:
        """A table of the CALS model: tgroup, thead and tbody, row, entry."""
        self.end()
        for child in element:
            if local_name(child) == "title":
                self.paragraph(child, formatting)
        rows = [
            [self.apart(entry, formatting) for entry in row if local_name(entry) == "entry"]
            for row in _rows(element)
        ]
        self.blocks.extend(table_blocks(rows))

    # The head and the signatures

    def _name(self, element: etree._Element, formatting: Formatting) -> None:
        """<naam><voornaam>A.B.</voornaam><achternaam>…</achternaam></naam>, or a name as plain text"""
        self.end()
        self._joined(element, formatting)
        self.end()

    def _dossier(self, element: etree._Element, formatting: Formatting) -> None:
        """Write the number and the title of each dossier as one line, unless the title is long.

        <dossier><dossiernummer><dossiernr>28 676</dossiernr></dossiernummer><titel>NAVO</titel></dossier>, in the old
        dialect <onderw><nummer>28 676</nummer><naam>NAVO</naam></onderw>
        """
        self.end()
        for child in element:
            if local_name(child) in DOSSIER_NUMBER or len("".join(child.itertext())) > LONGEST_TITLE:
                self.end()
            self._joined(child, formatting)
        self.end()

    def _paper(self, element: etree._Element, formatting: Formatting) -> None:
        """Write the line with number and title, and then the paper."""
        self.end()
        line = [child for child in element if local_name(child) in PAPER_LINE]
        number = "".join(line[0].itertext()).strip() if line else ""
        if number[:1].isdigit():
            self.text("Nr. ")
        for child in line:
            self.walk(child, formatting)
            self.text(" ")
        self.end()
        for child in element:
            if child not in line and isinstance(child.tag, str):
                self.element(child, formatting)
            self.text(child.tail, formatting)
        self.end()

    def _joined(self, parent: etree._Element, formatting: Formatting) -> None:
        """Write the parts of ``parent`` on one line, with spaces between."""
        self.text(parent.text, formatting)
        for child in parent:
            self.text(" ")
            self.element(child, formatting)
            self.text(child.tail, formatting)
        self.text(" ")


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, without those of tables in its cells."""
    for child in parent:
        if local_name(child) == "row":
            yield child
        elif local_name(child) not in ("entry", "title"):
            yield from _rows(child)


def mark_of(text: str) -> str:
    """The mark of a note without what printers put around it: "1)", "[1]"."""
    return " ".join(text.split()).strip("()[]. ")


def _look(element: etree._Element) -> dict[str, bool]:
    return next(
        (LOOKS[value] for name in LOOK_ATTRIBUTES if (value := element.get(name)) in LOOKS), LOOKS["rom"]
    )
