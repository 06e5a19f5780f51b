"""What was understood of one letter: plain data. ``letters.parsing.serialisation`` keeps it as JSON (what an edition
stores as its reading) and writes the form that ``manage.py parse_letter`` prints.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from letters.parsing.document import Block, Leak, Mark

#: Raised when the meaning of a reading changes, so that stored readings can be told apart.
PARSER_VERSION = 4


class LetterKind(StrEnum):
    ANNOTATED_AGENDA = "annotated_agenda"
    REPORT = "report"
    COMMITTEE_ANSWERS = "committee_answers"
    OTHER = "other"


class SectionKind(StrEnum):
    INTRODUCTION = "introduction"
    SESSION = "session"
    AGENDA_TOPIC = "agenda_topic"
    DECISION = "decision"
    ANNEX = "annex"
    CLOSING = "closing"


class FileRole(StrEnum):
    TEXT = "text"
    COVER = "cover"
    ANNEX = "annex"
    METADATA = "metadata"


class Revision(StrEnum):
    """How a letter says that it takes the place of an earlier one."""

    REPRINT = "reprint"  # "herdruk": the same letter, printed again with a correction
    AMENDED = "amended"  # "aangepaste agenda", "gewijzigd verslag"


class Stance(StrEnum):
    SUPPORT = "support"
    OPPOSE = "oppose"
    CALL = "call"
    CONCERN = "concern"
    CONDEMNATION = "condemnation"
    PROPOSAL = "proposal"
    VIEW = "view"
    ACTION = "action"
    PROMISE = "promise"


class Moment(StrEnum):
    PLANNED = "planned"  # "zal benadrukken"
    DELIVERED = "delivered"  # "riep op"
    STATED = "stated"  # "het kabinet acht"


class CitationKind(StrEnum):
    PAPER = "paper"
    MOTION = "motion"
    COMMITMENT = "commitment"  # a toezegging to parliament
    PROCEEDINGS = "proceedings"  # what was said in a sitting, and written answers to questions


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the machine could not settle. ``code`` is stable, ``message`` is a Dutch sentence for the clerk,
    ``field`` names what it is about ("date", "meetings", "sections[3].heading") or is empty.
    """

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str | None
    office: str  # lower case, no article: "minister van Buitenlandse Zaken"
    signs: bool = True  # False for "mede namens"


@dataclass(frozen=True, slots=True)
class ParsedMeeting:
    """``levels`` as in design §2; ``format`` is "" or one of letters.models.Meeting.Format."""

    body: str
    levels: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    place: str | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class ParsedSession:
    number: int
    date: datetime.date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class ParsedFootnote:
    """``after``: the last words of the paragraph in front of the mark. ``paragraph`` and ``offset`` say where it stands."""

    mark: str
    text: str
    after: str
    paragraph: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedCitation:
    """What the text refers to, at ``text[start:end]`` of a paragraph or of a footnote's text.

    Of a range of papers ("nrs. 44 t/m 46") those in between have no words of their own: ``start`` equals ``end``.
    """

    paper: str | None  # "kst-28676-353", "ah-tk-20242025-1028"; None for what only has a name
    text: str
    paragraph: int | None = None
    footnote: int | None = None
    start: int = 0
    end: int = 0
    kind: CitationKind = CitationKind.PAPER
    name: str = ""  # in the letter's words: "motie-Brekelmans c.s."


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    text: str
    marks: tuple[Mark, ...] = ()
    page: int | None = None
    label: str = ""
    is_question: bool = (
        False  # a question or remark of the committee that the letter repeats before it answers
    )

    @classmethod
    def of(cls, block: Block) -> "ParsedParagraph":
        return cls(block.text, block.marks, block.page, block.label)


@dataclass(frozen=True, slots=True)
class ParsedSection:
    """``parent`` is an index into ``ParsedLetter.sections``, ``session`` a session's number. ``topics`` are slugs.

    A session without headings of its own is itself one agenda topic: kind ``agenda_topic`` with its session number.
    ``is_part``: "Nederlandse inzet" belongs to its parent, whose kind it has, and is no agenda topic of its own.
    ``is_hedged``: the agenda says itself that this is treated only perhaps.
    """

    heading: str | None
    kind: SectionKind
    level: int = 1
    parent: int | None = None
    session: int | None = None
    meeting: int = 0  # index into ParsedLetter.meetings
    topics: tuple[str, ...] = ()
    language: str = "nl"
    paragraphs: tuple[ParsedParagraph, ...] = ()
    is_part: bool = False
    is_hedged: bool = False


@dataclass(frozen=True, slots=True)
class ParsedPosition:
    """A Dutch position: the whole sentence at ``[start:end]`` of paragraph ``paragraph`` (counted through the letter).

    ``subject``, ``verb`` and ``rule`` say why the machine thinks so; ``verb`` is the letter's own wording, as the
    chip shows it ("riep op"). ``confidence`` is between 0 and 1. ``topics`` are the slugs that the sentence itself names.
    """

    paragraph: int
    start: int
    end: int
    sentence: str
    stance: Stance
    verb: str
    subject: str
    rule: str
    confidence: float
    moment: Moment
    with_others: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedLetter:
    """Everything that was understood of one letter. What the letter does not say is ``None`` or empty, never a guess."""

    kind: LetterKind = LetterKind.OTHER
    language: str = "nl"
    date: datetime.date | None = None
    reference: str | None = None
    paper: str | None = None
    dossiers: tuple[str, ...] = ()
    chamber: str | None = None  # "Tweede Kamer" or "Eerste Kamer"
    ministry: str | None = None
    department: str | None = None
    subject: str | None = None
    signatories: tuple[Signatory, ...] = ()
    meetings: tuple[ParsedMeeting, ...] = ()
    sessions: tuple[ParsedSession, ...] = ()
    sections: tuple[ParsedSection, ...] = ()
    footnotes: tuple[ParsedFootnote, ...] = ()
    citations: tuple[ParsedCitation, ...] = ()
    positions: tuple[ParsedPosition, ...] = ()
    session_year: str | None = None  # "2023-2024"
    revision: Revision | None = None
    replaces: str | None = None  # the paper that it says it takes the place of: "kst-28676-446"
    roles: tuple[FileRole, ...] = ()  # of each file, in the order in which they were given
    markings: tuple[str, ...] = ()  # as printed: "Departementaal Vertrouwelijk"
    leaks: tuple[Leak, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[ParsedParagraph, ...]:
        """All paragraphs in order; footnotes, citations and positions count in this tuple."""
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)
