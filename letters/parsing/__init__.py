"""From the bytes of a letter to what it says. ``parse_letter`` is the one entrance; nothing here knows Django.

The stages stand in this order in ``understand``: parts, kind, meetings, outline, sessions, citations, positions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from letters.parsing.citations import find_citations
from letters.parsing.document import Document
from letters.parsing.footnotes import find_footnotes
from letters.parsing.headings import could_be_heading
from letters.parsing.kinds import find_kind, kind_from_time
from letters.parsing.language import language_of
from letters.parsing.meetings import Statements, find_meetings
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import (
    LetterKind,
    ParsedLetter,
    ParsedSection,
    Problem,
    SectionKind,
    Signatory,
)
from letters.parsing.parts import Parts, split_parts
from letters.parsing.positions import find_positions
from letters.parsing.readers import read
from letters.parsing.sentences import split_sentences
from letters.parsing.sessions import find_sessions
from letters.parsing.signatures import on_behalf_of
from letters.parsing.topics import load_vocabulary, match_topics

__all__ = ["parse_letter", "understand"]

OPENING_PARAGRAPHS = 5
OF_A_MEETING = frozenset({LetterKind.ANNOTATED_AGENDA, LetterKind.REPORT})


def parse_letter(
    files: Sequence[tuple[str, bytes]], vocabulary: Mapping[str, Sequence[str]] | None = None
) -> ParsedLetter:
    """Read and understand one letter.

    ``files`` are ``(name, bytes)``, parts of one letter in reading order (cover, annex). ``vocabulary`` maps a topic's
    slug to its names and aliases; by default the list in ``letters/data/topics.toml``. Raises
    ``letters.parsing.readers.NotReadable`` when a file cannot be read.
    """
    documents = [read(data, name) for name, data in files]
    return understand(_joined(documents), load_vocabulary() if vocabulary is None else vocabulary)


def _joined(documents: Sequence[Document]) -> Document:
    return Document(
        media_type=documents[0].media_type,
        blocks=tuple(block for document in documents for block in document.blocks),
        notes=tuple(note for document in documents for note in document.notes),
        warnings=tuple(warning for document in documents for warning in document.warnings),
    )


def understand(document: Document, vocabulary: Mapping[str, Sequence[str]]) -> ParsedLetter:
    """Say what a document that was read means."""
    parts = split_parts(document.blocks)
    head = parts.letterhead
    body_text = [block.text for block in parts.body]
    language = language_of(" ".join(body_text)) or "nl"
    statements = _statements(parts)
    signatories = _signatories(parts)
    titles = [block.text for block in document.blocks[:12]] + (
        [head.edition_title] if head.edition_title else []
    )
    kind, kind_problems = find_kind(statements, titles, body_text)
    offices = [signatory.office for signatory in signatories if signatory.signs]
    meetings, meeting_problems = find_meetings(
        statements, kind or LetterKind.OTHER, head.date, offices, head.ministry
    )
    if kind is None and meetings:
        kind = kind_from_time(meetings, head.date, statements.text[:OPENING_PARAGRAPHS])
    outline = find_outline(
        parts.body,
        parts.annexes,
        meetings,
        language,
        lambda heading: tuple(match_topics(heading, vocabulary)),
    )
    settled = _settled(kind, bool(meetings))
    sessions, sections = (
        find_sessions(outline, meetings)
        if settled in OF_A_MEETING
        else ((), _without_topics(outline.sections))
    )
    footnotes = find_footnotes(document, sections)
    problems = [Problem("reader", warning) for warning in document.warnings]
    problems += [
        *kind_problems,
        *_letter_problems(parts, kind, bool(meetings)),
        *(meeting_problems if meetings else ()),
    ]
    letter = ParsedLetter(
        kind=settled,
        language=language,
        date=head.date,
        reference=head.reference,
        paper=head.paper,
        dossiers=head.dossiers,
        chamber=head.chamber,
        ministry=head.ministry,
        department=head.department,
        subject=head.subject or parts.title_text,
        signatories=signatories,
        meetings=meetings,
        sessions=sessions,
        sections=sections,
        footnotes=footnotes,
        citations=find_citations([block.text for block in parts.cover], sections, footnotes),
        problems=tuple(problems),
    )
    return replace(letter, positions=tuple(find_positions(letter)))


def _statements(parts: Parts) -> Statements:
    """The texts that may say which meeting the letter is about."""
    headline = [text for text in (parts.letterhead.subject, parts.title_text) if text]
    opening = [block.text for block in parts.body if len(block.text.split()) > 6][:OPENING_PARAGRAPHS]
    return Statements(
        headline=tuple(headline),
        cover=_sentences(block.text for block in parts.cover),
        opening=_sentences(opening),
        text=tuple(block.text for block in parts.body),
        sections=tuple(
            (heading.text, _sentences([below.text]))
            for heading, below in pairwise(parts.body)
            if could_be_heading(heading)
        ),
    )


def _sentences(paragraphs) -> tuple[str, ...]:
    return tuple(sentence.text for paragraph in paragraphs for sentence in split_sentences(paragraph))


def _signatories(parts: Parts) -> tuple[Signatory, ...]:
    """Who sign, and behind them on whose behalf as well; the edition's title helps out where nobody signs."""
    signing = parts.signatories or tuple(Signatory(None, office) for office in parts.letterhead.offices)
    first_lines = [block.text for block in (*parts.cover, *parts.body[:2])]
    behalf = [signatory for text in first_lines for signatory in on_behalf_of(text)]
    offices = {signatory.office for signatory in signing}
    return tuple(
        dict.fromkeys([*signing, *(signatory for signatory in behalf if signatory.office not in offices)])
    )


def _settled(kind: LetterKind | None, has_meeting: bool) -> LetterKind:
    """An agenda or a report is one of a meeting; without a meeting the letter is something else."""
    if kind in OF_A_MEETING and not has_meeting:
        return LetterKind.OTHER
    return kind or LetterKind.OTHER


def _without_topics(sections: Sequence[ParsedSection]) -> tuple[ParsedSection, ...]:
    """The sections of a letter that prepares or reports no meeting: its headings are no agenda topics."""
    on_an_agenda = {SectionKind.AGENDA_TOPIC, SectionKind.SESSION}
    return tuple(
        replace(section, kind=SectionKind.INTRODUCTION) if section.kind in on_an_agenda else section
        for section in sections
    )


def _letter_problems(parts: Parts, kind: LetterKind | None, has_meeting: bool) -> list[Problem]:
    problems: list[Problem] = []
    if kind is None:
        problems.append(
            Problem("kind_unknown", "De soort brief blijkt niet uit de tekst. Kies de soort.", "kind")
        )
    if not has_meeting and kind is not LetterKind.OTHER:
        problems.append(
            Problem("meeting_missing", "Over welke bijeenkomst deze brief gaat, is niet herkend.", "meetings")
        )
    if parts.letterhead.date_is_template:
        problems.append(
            Problem(
                "date_is_template", "De datum van de brief is nog een invulplek. Vul de datum in.", "date"
            )
        )
    elif parts.letterhead.date is None:
        problems.append(Problem("date_missing", "De brief noemt geen datum van de brief zelf.", "date"))
    return problems
