"""A Kamerstuk of 1995 to 2009: <kamerwrk>, by the DTD of the SDU.

The header stands in <kop> and <frontm>, the notes apart in <voetnoot>. Public readers of these files and a handful of
fragments are all that is known of them: what is not named here is read as text.
"""

from collections import deque
from dataclasses import replace

from lxml import etree

from letters.parsing.document import Block, Note, PaperMetadata
from letters.parsing.readers.markup import PLAIN, local_name
from letters.parsing.readers.rich_text import Formatting
from letters.parsing.readers.xml import metadata
from letters.parsing.readers.xml.body import PaperBody, mark_of
from letters.parsing.readers.xml.kamerstuk import CHAMBERS


def read_tree(root: etree._Element) -> tuple[list[Block], list[Note], PaperMetadata | None]:
    """Give the blocks, the notes and the metadata of a paper; without text there is no metadata either."""
    body = OldPaperBody(list(root.iter("{*}voetnoot")))
    for child in root:
        if isinstance(child.tag, str) and local_name(child) != "kop":  # the chamber and its session year
            body.element(child, PLAIN)
        body.text(child.tail)
    body.end()
    body.add_unreferred()
    return body.blocks, body.notes, _metadata(root) if body.blocks else None


class OldPaperBody(PaperBody):
    """``footnotes``: the notes of the paper, each to be put where the text refers to it."""

    def __init__(self, footnotes: list[etree._Element]) -> None:
        super().__init__()
        self._waiting = dict.fromkeys(footnotes)
        self._by_id = {note.get("id"): note for note in footnotes if note.get("id")}
        self._by_mark: dict[str, deque[etree._Element]] = {}
        for note in footnotes:
            self._by_mark.setdefault(_mark(note), deque()).append(note)
        self._handlers |= {"voetref": self._footnote, "nootref": self._footnote}

    def _footnote(self, element: etree._Element, formatting: Formatting) -> None:
        """A reference points at the note's id, or else at its number."""
        names = [value for value in element.attrib.values() if value]
        printed = mark_of("".join(element.itertext()) or element.get("nr", ""))
        note = next((self._by_id[name] for name in names if name in self._by_id), None)
        if note is None:
            found = (self._next(name) for name in (printed, *names))
            note = next((note for note in found if note is not None), None)
        mark = printed or (_mark(note) if note is not None else "")
        if not mark:
            return
        self.refer(mark)
        if note in self._waiting:
            del self._waiting[note]
            self.notes.append(Note(mark, self.text_apart(note)))

    def _next(self, mark: str) -> etree._Element | None:
        """The first note with this number that is still waiting: numbers may start again."""
        notes = self._by_mark.get(mark, ())
        while notes and notes[0] not in self._waiting:
            notes.popleft()
        return notes[0] if notes else None

    def add_unreferred(self) -> None:
        """Keep the notes to which no place in the text refers."""
        while self._waiting:  # a note may refer to another one
            note = next(iter(self._waiting))
            del self._waiting[note]
            self.notes.append(Note(_mark(note) or str(len(self.notes) + 1), self.text_apart(note)))


def _mark(note: etree._Element) -> str:
    return mark_of(note.get("nr", ""))


def _metadata(root: etree._Element) -> PaperMetadata:
    said = metadata.from_pairs(
        (item.get("name", ""), item.get("content", "")) for item in root.iter("{*}meta")
    )
    header = " ".join(part for child in root if local_name(child) == "kop" for part in child.itertext())
    front = next(root.iter("{*}frontm"), None)
    subjects = list(front.iter("{*}nummer")) if front is not None else []
    dossiers = [number for element in subjects if (number := metadata.dossier("".join(element.itertext())))]
    paper = next(root.iter("{*}stuk"), None)
    parts = (
        [child for child in paper if local_name(child) in ("nummer", "letter")] if paper is not None else []
    )
    number = mark_of("".join(parts[0].itertext())) if parts else ""
    years = "".join(front.itertext("{*}vergjaar")) if front is not None else ""
    return replace(
        said,
        paper=said.paper or (f"kst-{dossiers[0]}-{number}" if dossiers and number.isalnum() else None),
        dossiers=said.dossiers or tuple(dict.fromkeys(dossiers)),
        chamber=said.chamber or CHAMBERS.get(root.get("kamer", "")) or metadata.chamber(header),
        session_year=said.session_year or metadata.session_year(years) or metadata.session_year(header),
    )
