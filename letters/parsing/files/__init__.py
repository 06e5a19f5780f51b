"""Several files of one letter: which is the cover letter, which the text, which an annex, and in what order they read.

Files come in any order, since a browser sorts them by name. Since about 2024 a letter is often two documents: a short cover letter
from the ministry, and an annex that holds the whole agenda or report.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, takewhile

from letters.parsing.dates import find_dates
from letters.parsing.document import Block, Document, PaperMetadata
from letters.parsing.files.marks import with_own_marks
from letters.parsing.files.same_text import share_text
from letters.parsing.headings import KIND_WORD, LONGEST_TITLE, could_be_heading
from letters.parsing.language import language_of
from letters.parsing.letterhead import SALUTATION
from letters.parsing.meetings.names import find_meeting_names
from letters.parsing.parsed_letter import FileRole, Problem
from letters.parsing.parts import COVER_FORMULA, PARAGRAPHS_OF_COVER, Parts, split_parts
from letters.parsing.readers.errors import OnlyMetadata, SeveralEditions, SeveralLetters

WORDS_OF_PARAGRAPH = 12
LINES_OF_TITLE = 8
LEAP_YEAR = 2024
# "Bijlage 2", "Annex II – Statement"
ANNEX_NUMBER = re.compile(r"^(?:Bijlage|Annex|Appendix)\s+(\d{1,2})\b", re.IGNORECASE)
# "Ministerie van Defensie", "Bijlage", "Bijlage 1:", "Bijlage bij Kamerbrief 2031D0412"
ABOVE_TITLE = re.compile(
    r"Ministerie\s+van\s+[\w ]{3,60}|Bijlage(?:\s+\d{1,2})?(?:\s+bij\s+.{0,100})?\s*:?|Directie\s+[\w ]{3,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LetterFiles:
    """The files of one letter put together.

    ``document`` holds everything in reading order. ``cover`` and ``annexes`` are the blocks of the files that are a cover letter or
    an annex; ``text`` is the file with the letter's own text, which with a cover is an annex too. ``roles`` are in the
    order in which the files were given.
    """

    document: Document
    text: tuple[Block, ...]
    cover: tuple[Block, ...] = ()
    annexes: tuple[tuple[Block, ...], ...] = ()
    roles: tuple[FileRole, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _File:
    """One file with text: its place among those given, and what it looks like by itself."""

    number: int
    document: Document

    @cached_property
    def parts(self) -> Parts:
        return split_parts(self.blocks)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    @property
    def is_english(self) -> bool:
        return language_of(" ".join(block.text for block in self.blocks)) == "en"

    @property
    def is_sent(self) -> bool:
        """Whether it is a letter by itself: to somebody, and signed or dated."""
        head = self.parts.letterhead
        addressed = bool(head.chamber) or any(SALUTATION.match(block.text) for block in self.blocks[:60])
        return addressed and bool(self.parts.signatories or head.date or head.paper)

    @property
    def length(self) -> int:
        """Words below the letterhead."""
        return sum(len(block.text.split()) for block in self.blocks[self.parts.letterhead.end :])

    @property
    def names_its_subject(self) -> bool:
        """Whether the first lines name an agenda or a report, or a meeting: what a letter is about."""
        lines = [block for block in self.blocks[:LINES_OF_TITLE] if len(block.text.split()) <= 30]
        return any(KIND_WORD.search(block.text) or find_meeting_names(block.text) for block in lines)


def put_together(documents: Sequence[Document]) -> LetterFiles:
    """Tell what each file of one letter is, and put them in reading order.

    Raises ``OnlyMetadata`` when no file holds text, ``SeveralEditions`` when two hold the same, and ``SeveralLetters`` when
    they are letters of their own.
    """
    files = [
        _File(number, with_own_marks(document, number))
        for number, document in enumerate(documents)
        if document.blocks
    ]
    if not files:
        raise OnlyMetadata
    cover, text, annexes, problems = _arrange(files) if len(files) > 1 else (None, files[0], [], ())
    ordered = [*([cover] if cover else []), text, *annexes]
    roles = [FileRole.METADATA] * len(documents)
    for file in ordered:
        roles[file.number] = FileRole.ANNEX
    roles[text.number] = FileRole.ANNEX if cover else FileRole.TEXT
    if cover:
        roles[cover.number] = FileRole.COVER
    return LetterFiles(
        document=_joined([file.document for file in ordered], documents),
        text=text.blocks,
        cover=cover.blocks if cover else (),
        annexes=tuple(file.blocks for file in annexes),
        roles=tuple(roles),
        problems=problems,
    )


def _arrange(files: list[_File]) -> tuple[_File | None, _File, list[_File], tuple[Problem, ...]]:
    """The cover if there is one, the text, the annexes in order."""
    if any(share_text(one.blocks, other.blocks) for one, other in combinations(files, 2)):
        raise SeveralEditions
    sent = [file for file in files if file.is_sent]
    if len(sent) > 1:
        _refuse_letters(sent)
    head = min(sent, key=lambda file: file.length) if sent else None
    others = [file for file in files if file is not head]
    texts = [file for file in others if not file.is_english and file.names_its_subject]
    if head is not None:
        bodies = [file for file in texts if _is_cover_of(head, file)]
        if not bodies:
            return None, head, _in_order(others), _doubts([head, *texts])
        text = _main(bodies, head)
        rest = [file for file in others if file is not text]
        return head, text, _in_order(rest), _doubts(texts)
    candidates = texts or [file for file in others if not file.is_english] or others
    text = candidates[0]
    return None, text, _in_order([file for file in others if file is not text]), _doubts(candidates)


def _is_cover_of(head: _File, text: _File) -> bool:
    """Whether a letter only hands over another file: it says so, holds no agenda or report itself, and is the shorter."""
    said = head.blocks[head.parts.letterhead.end :]
    hands_over = any(COVER_FORMULA.search(block.text) for block in said)
    has_own_text = bool(head.parts.title) or any(map(could_be_heading, head.parts.body))
    paragraphs = sum(map(_is_paragraph, said))
    is_shorter = head.length * 2 < text.length or (paragraphs <= 2 and head.length < text.length)
    return hands_over and not has_own_text and is_shorter and _tells_of(head, text)


def _tells_of(head: _File, text: _File) -> bool:
    """Whether a letter names a day of those in the first lines of another file; no day contradicts nothing."""
    titled = _days(block for block in text.blocks[:LINES_OF_TITLE] if could_be_heading(block, LONGEST_TITLE))
    subject = Block(head.parts.letterhead.subject or "")
    told = _days((subject, *head.blocks[head.parts.letterhead.end :]))
    return not titled or not told or bool(titled & told)


def _days(blocks: Iterable[Block]) -> set[tuple[int, int]]:
    """Month and day, since one of two texts often leaves out the year."""
    periods = (date.period(date.year or LEAP_YEAR) for block in blocks for date in find_dates(block.text))
    return {(day.month, day.day) for period in periods if period for day in period}


def _is_paragraph(block: Block) -> bool:
    return len(block.text.split()) >= WORDS_OF_PARAGRAPH and not could_be_heading(block)


def _main(bodies: list[_File], cover: _File) -> _File:
    """The file that the cover letter names first: that whose title has the kind of paper that it hands over first."""
    said = " ".join(block.text for block in cover.blocks[cover.parts.letterhead.end :])
    named = [
        found.group().casefold()
        for found in KIND_WORD.finditer(f"{cover.parts.letterhead.subject or ''} {said}")
    ]

    def place(file: _File) -> int:
        title = " ".join(block.text for block in file.blocks[:LINES_OF_TITLE]).casefold()
        return next((number for number, word in enumerate(named) if word in title), len(named))

    return min(bodies, key=place)


def _doubts(bodies: Sequence[_File]) -> tuple[Problem, ...]:
    if len(bodies) < 2:
        return ()
    return (
        Problem(
            "several_texts",
            "Meer dan één bestand kan de tekst van de brief zijn. Eén is als tekst gelezen, de andere als bijlage. "
            "Controleer dat, en lever anders de tekst zonder de andere bestanden aan.",
            "sections",
        ),
    )


def _in_order(annexes: Sequence[_File]) -> list[_File]:
    """By the number that annexes print, else as given."""

    def number(file: _File) -> int:
        found = next((match for block in file.blocks[:3] if (match := ANNEX_NUMBER.match(block.text))), None)
        return int(found[1]) if found else 0

    return sorted(annexes, key=number)


# --- two letters --------------------------------------------------------------------------------------------------------


def _refuse_letters(sent: Sequence[_File]) -> None:
    """Two letters with another number, day, reference or subject of their own are no one letter."""
    heads = [file.parts.letterhead for file in sent]
    for name in ("paper", "date", "reference"):
        if len({value for head in heads if (value := getattr(head, name))}) > 1:
            raise SeveralLetters
    if all(file.parts.signatories for file in sent) and not any(
        _is_cover_of(one, other) for one in sent for other in sent if one is not other
    ):
        raise SeveralLetters


# --- one document -------------------------------------------------------------------------------------------------------


def _joined(ordered: Sequence[Document], given: Sequence[Document]) -> Document:
    metadata = _metadata(given)
    return Document(
        media_type=ordered[0].media_type,
        blocks=tuple(block for document in ordered for block in document.blocks),
        notes=tuple(note for document in ordered for note in document.notes),
        warnings=tuple(warning for document in given for warning in document.warnings),
        margins=tuple(dict.fromkeys(line for document in ordered for line in document.margins)),
        leaks=tuple(leak for document in given for leak in document.leaks),
        metadata=metadata,
    )


def _metadata(given: Sequence[Document]) -> PaperMetadata | None:
    """That of a file of its own, else what the letter's own file holds. Raises ``SeveralLetters`` for two papers."""
    alone = [document.metadata for document in given if document.metadata and not document.blocks]
    if len({metadata.paper for metadata in alone if metadata.paper}) > 1:
        raise SeveralLetters
    inside = [document.metadata for document in given if document.metadata and document.blocks]
    return next(iter([*alone, *inside]), None)


# --- the parts of the whole ---------------------------------------------------------------------------------------------


def split_files(files: LetterFiles) -> Parts:
    """The parts of a letter: those of its text, with letterhead, cover and signatures from the cover letter.

    A cover letter that says more than that it hands something over has paragraphs that belong to the introduction.
    """
    if not files.cover:
        return split_parts(files.text)
    text = split_parts(_below_its_head(files.text))
    cover = split_parts(files.cover)
    said = (*cover.cover, *cover.title, *cover.body)
    if sum(map(_is_paragraph, said)) <= PARAGRAPHS_OF_COVER:
        handing_over, introduction = said, ()
    else:
        handing_over, introduction = (*cover.cover, *cover.title, *cover.body[:1]), cover.body[1:]
    return replace(
        text,
        letterhead=replace(cover.letterhead, paper=cover.letterhead.paper or text.letterhead.paper),
        cover=(*handing_over, *text.cover),
        body=(*introduction, *text.body),
        signatories=cover.signatories or text.signatories,
        annexes=(*text.annexes, *cover.annexes),
    )


def _below_its_head(blocks: Sequence[Block]) -> Sequence[Block]:
    """An annex without what a ministry prints above its title."""
    above = takewhile(lambda block: ABOVE_TITLE.fullmatch(block.text), blocks[:LINES_OF_TITLE])
    return blocks[len(list(above)) :]
