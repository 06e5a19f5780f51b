"""What reference managers are told: one entry for each letter, with what was found in it as notes.

An entry for each passage would put the same letter into somebody's library a hundred times; they cite it once, with the
paragraph as its place.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst

from letters.authors import Author, authors
from letters.exports.columns import status_of
from letters.exports.export import Export
from letters.exports.reading import Item
from letters.models import CommitmentMention, Letter, Paragraph, Position


@dataclass(frozen=True, slots=True)
class Reference:
    """A letter as a report. ``key`` is the letter's name in addresses: "kst-28676-446"."""

    key: str
    title: str
    kind: str
    authors: list[Author]
    institution: str
    number: str
    date: datetime.date | None
    url: str
    language: str
    citation: str
    notes: list[str]


def references(export: Export) -> Iterator[Reference]:
    """The letters of a view in order of date, each once."""
    for letter, items in groupby(export.quotations_by_letter(), key=_letter):
        notes = [] if export.filtered.route == "letters" else [note(item, export) for item in items]
        yield reference(letter, export, notes)


def reference(letter: Letter, export: Export, notes: list[str]) -> Reference:
    """One letter. ``notes`` are the quotations from it."""
    numbers = [one.paper_number or one.reference for one in letter.submissions.all()]
    return Reference(
        key=letter.slug,
        title=letter.title,
        kind=capfirst(str(letter.get_kind_display())),
        authors=authors(letter),
        institution="; ".join(letter.ministries),
        number=letter.paper_number or next(filter(None, numbers), ""),
        date=letter.date,
        url=export.absolute(letter.get_absolute_url()),
        language=letter.language,
        citation=letter.citation,
        notes=notes,
    )


def note(item: Position | CommitmentMention | Paragraph, export: Export) -> str:
    """ "“Nederland riep op …” (Kamerstukken II 2023/24, 28676, nr. 446, al. 12) https://…#al-12"; no label of a machine."""
    words = item.text if isinstance(item, Paragraph) else item.quotation
    unchecked = not isinstance(item, Paragraph) and not item.is_checked
    mark = f" [{status_of(item)}]" if unchecked else ""
    return f"“{words}” ({item.citation}) {export.absolute(item.get_absolute_url())}{mark}"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which end a field or a file of references."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _letter(item: Item) -> Letter:
    return item if isinstance(item, Letter) else item.letter
