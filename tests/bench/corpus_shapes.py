"""The shapes of real letters: how many sections, paragraphs, positions and topics, and how long, as our reader finds them.

A generated letter takes the shape of one of the letters in tests/letters, whole: so lengths, kinds and stances come in the
proportions, and in the company, that they have there.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.parsing import parse_letter
from letters.parsing.parsed_letter import ParsedLetter, ParsedPosition, ParsedSection
from letters.parsing.topics import load_vocabulary
from tests.corpus import source as corpus

LETTERS = Path(__file__).parent.parent / "letters"
METADATA = ".metadata.xml"


@dataclass(frozen=True, slots=True)
class PositionShape:
    stance: str
    moment: str
    verb: str
    subject: str
    rule: str
    confidence: float
    with_others: bool
    topics: int


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    length: int  # characters
    positions: tuple[PositionShape, ...]


@dataclass(frozen=True, slots=True)
class SectionShape:
    heading: str
    kind: str
    level: int
    parent: int | None
    session: int | None
    topics: int
    paragraphs: tuple[ParagraphShape, ...]


@dataclass(frozen=True, slots=True)
class LetterShape:
    kind: str
    chamber: str
    has_paper_number: bool
    ministries: tuple[str, ...]
    department: str
    signatories: int
    sections: tuple[SectionShape, ...]


@cache
def read_letters() -> list[ParsedLetter]:
    """The letters in tests/letters, each file one: those that we hold in several formats count as often."""
    names = {slug: list(aliases) for slug, aliases in load_vocabulary().items()}
    files = sorted(file for file in LETTERS.iterdir() if not file.name.endswith(METADATA))
    return [parse_letter([(file.name, file.read_bytes())], names) for file in files]


def read_texts() -> Iterator[tuple[str, str]]:
    """(language, text) of each paragraph of those letters and of the corpus, each once."""
    seen = set()
    for language, text in [*_texts_of_letters(), *_texts_of_corpus()]:
        if text not in seen:
            seen.add(text)
            yield language, text


def _texts_of_letters() -> Iterator[tuple[str, str]]:
    for letter in read_letters():
        for section in letter.sections:
            for paragraph in section.paragraphs:
                yield section.language, paragraph.text


def _texts_of_corpus() -> Iterator[tuple[str, str]]:
    for letter in corpus.read_letters():
        language = "nl"
        for block in letter.blocks:
            if block.kind == corpus.Kind.HEADING:
                language = block.attributes.get("language", "nl")
            elif block.kind == corpus.Kind.PARAGRAPH:
                yield language, "".join(run.text for run in block.runs)


def shape(letter: ParsedLetter) -> LetterShape:
    positions: dict[int, list[ParsedPosition]] = defaultdict(list)
    for position in letter.positions:
        positions[position.paragraph].append(position)
    sections, number = [], 0
    for section in letter.sections:
        sections.append(_section(section, number, positions))
        number += len(section.paragraphs)
    return LetterShape(
        kind=letter.kind.value,
        chamber="eerste-kamer" if letter.chamber == "Eerste Kamer" else "tweede-kamer",
        has_paper_number=letter.paper is not None,
        ministries=(letter.ministry,) if letter.ministry else (),
        department=letter.department or "",
        signatories=max(1, len(letter.signatories)),
        sections=tuple(sections),
    )


def _section(section: ParsedSection, first: int, positions: dict[int, list[ParsedPosition]]) -> SectionShape:
    paragraphs = [
        ParagraphShape(len(paragraph.text), tuple(map(_position, positions[first + number])))
        for number, paragraph in enumerate(section.paragraphs)
    ]
    return SectionShape(
        heading=section.heading or "",
        kind=section.kind.value,
        level=section.level,
        parent=section.parent,
        session=section.session,
        topics=len(section.topics),
        paragraphs=tuple(paragraphs),
    )


def _position(position: ParsedPosition) -> PositionShape:
    return PositionShape(
        stance=position.stance.value,
        moment=position.moment.value,
        verb=position.verb,
        subject=position.subject,
        rule=position.rule,
        confidence=position.confidence,
        with_others=position.with_others,
        topics=len(position.topics),
    )
