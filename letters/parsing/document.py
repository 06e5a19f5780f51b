"""What a reader makes of a file: blocks of text in reading order, before anyone asks what they mean."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    EMPHASIS = "emphasis"  # italics, a single asterisk in plain text
    STRONG = "strong"  # bold
    FOOTNOTE = "footnote"  # a reference to a footnote; start == end, the place where the mark stood
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that holds for ``text[start:end]`` of a block; offsets count characters.

    ``value`` is the footnote's mark ("2") or the link's target, otherwise empty.
    """

    kind: MarkKind
    start: int
    end: int
    value: str = ""


class BlockKind(StrEnum):
    TEXT = "text"  # a paragraph or a heading: which of the two is for the outline to say
    HEADING = "heading"  # the format itself says that it is a heading
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"  # cells joined by a tab


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, whole: lines and page breaks inside it are already joined.

    ``text`` has its white space folded to single spaces (a table row keeps the tabs between cells) and holds
    no footnote marks: those stand in ``marks``. ``label`` is the list number or bullet in front of the text
    ("1.", "a)", "–"), which is not part of ``text``. ``level`` is the heading level that the format gives,
    from 1. ``bold``, ``italic``, ``capitals`` and ``underlined`` say that the *whole* text is so. ``size`` is in points.
    ``page`` counts from 1.
    """

    text: str
    kind: BlockKind = BlockKind.TEXT
    marks: tuple[Mark, ...] = ()
    label: str = ""
    level: int | None = None
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    size: float | None = None
    page: int | None = None
    before_page_break: bool = False  # the last block before a page break that the author put there
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: the mark as printed ("2", "*") and its text."""

    mark: str
    text: str
    page: int | None = None


class LeakKind(StrEnum):
    """What a file tells that its readers do not see, or that is not meant for them."""

    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden_text"
    AUTHOR = "author"  # names in the file's properties
    ATTACHMENT = "attachment"  # files inside the file
    CONTACT_PERSON = "contact_person"  # a civil servant's name, number or e-mail address in the letterhead


@dataclass(frozen=True, slots=True)
class Leak:
    """``values`` are short pieces of what is there ("J. Jansen"), at most ten of 120 characters; ``file`` its name."""

    kind: LeakKind
    values: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class PaperMetadata:
    """What an official publication says of itself as data; ``None`` or empty is what it does not say.

    ``dossiers`` are written "28676", "21501-28", "36410-V"; ``session_year`` "2023-2024".
    """

    paper: str | None = None  # "kst-28676-446"
    dossiers: tuple[str, ...] = ()
    chamber: str | None = None  # "Tweede Kamer" or "Eerste Kamer"
    date: datetime.date | None = None  # of the letter, not of its publication
    session_year: str | None = None
    title: str | None = None
    submitters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read. ``warnings`` are sentences in Dutch for the clerk.

    ``margins`` are the lines of running headers and footers, each once: they are no text of the letter, but may mark it
    confidential. A file of metadata alone has no blocks.
    """

    media_type: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    warnings: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
    leaks: tuple[Leak, ...] = ()
    metadata: PaperMetadata | None = None
