"""From the bytes of a letter to what it says. ``parse_letter`` is the one entrance; nothing here knows Django.

The stages, in this order: reading, putting files together, parts, what the letter is about (metadata, kind, meetings), its
structure (outline, sessions), footnotes, revision, citations, positions.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from letters.parsing.about import About, find_about, head_lines
from letters.parsing.annexes import annex_sections, is_text_missing
from letters.parsing.citations import find_citations
from letters.parsing.committee.body import answer_sections
from letters.parsing.document import Block, Leak
from letters.parsing.files import LetterFiles, put_together, split_files
from letters.parsing.files.marks import with_printed_marks
from letters.parsing.footnotes import find_footnotes
from letters.parsing.hedges import with_hedges
from letters.parsing.kinds import HANDS_OVER, OF_A_MEETING
from letters.parsing.language import language_of
from letters.parsing.leaks import find_leaks, leak_problems
from letters.parsing.letterhead import SALUTATION
from letters.parsing.markings import find_markings, marking_problems, without_markings
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import (
    LetterKind,
    ParsedFootnote,
    ParsedLetter,
    ParsedSection,
    ParsedSession,
    Problem,
    SectionKind,
)
from letters.parsing.parts import Parts
from letters.parsing.positions import find_positions
from letters.parsing.readers import read
from letters.parsing.revisions import Revised, find_revision, revision_problems
from letters.parsing.sessions.finding import find_sessions
from letters.parsing.topics import find_topics, load_vocabulary
from letters.parsing.topics.matching import Topics

__all__ = ["parse_letter", "understand"]

KIND_UNKNOWN = Problem("kind_unknown", "De soort brief blijkt niet uit de tekst. Kies de soort.", "kind")
MEETING_MISSING = Problem(
    "meeting_missing", "Over welke bijeenkomst deze brief gaat, is niet herkend.", "meetings"
)
DATE_IS_TEMPLATE = Problem(
    "date_is_template", "De datum van de brief is nog een invulplek. Vul de datum in.", "date"
)
DATE_MISSING = Problem("date_missing", "De brief noemt geen datum van de brief zelf.", "date")
# "21-03-2008 | Kamerstuk": what a site shows above its copy of a letter
PUBLISHED_ON = re.compile(r"\d\d-\d\d-\d{4}(?= \|)")
TEXT_MISSING = Problem(
    "text_missing",
    "De brief biedt een agenda of verslag aan, maar die tekst staat er niet in. Voeg het bestand met de bijlage toe.",
    "sections",
)


SECOND_LETTER = Problem(
    "second_letter",
    "Halverwege deze tekst begint een tweede brief (“Geachte …”). Lever elke brief als eigen bestand aan.",
    "sections",
)
#: From here on a salutation is no longer that of the letter itself.
PARAGRAPHS_OF_OPENING = 4


def parse_letter(
    files: Sequence[tuple[str, bytes]], vocabulary: Mapping[str, Sequence[str]] | None = None
) -> ParsedLetter:
    """Read and understand one letter.

    ``files`` are ``(name, bytes)``, the parts of one letter in any order (cover, text, annexes, metadata). ``vocabulary`` maps
    a topic's slug to its names and aliases; by default the list in ``letters/data/topics.toml``. Raises
    ``letters.parsing.readers.NotReadable`` when a file cannot be read, or when the files are no one letter.
    """
    documents = [read(data, name) for name, data in files]
    letter = understand(
        put_together([*map(without_markings, documents)]),
        load_vocabulary() if vocabulary is None else vocabulary,
    )
    markings: list[str] = []
    leaks: list[Leak] = []
    asked: list[Problem] = []
    for document, (name, data) in zip(documents, files, strict=True):
        markings += find_markings(document, name)
        found = find_leaks(document, name)
        leaks += found
        asked += leak_problems(found, name, hashlib.sha256(data).hexdigest())
    markings = list(dict.fromkeys(markings))
    return replace(
        letter,
        markings=tuple(markings),
        leaks=tuple(leaks),
        problems=(*letter.problems, *marking_problems(markings), *asked),
    )


def understand(files: LetterFiles, vocabulary: Mapping[str, Sequence[str]]) -> ParsedLetter:
    """Say what the files of a letter mean, once they are read."""
    about = find_about(files, split_files(files))
    parts, head = about.parts, about.parts.letterhead
    topics = find_topics(vocabulary)
    sessions, sections = _structure(files, about, topics)
    footnotes = find_footnotes(files.document, sections)
    revised = _revised(files, about, footnotes)
    sections, footnotes = with_printed_marks(sections, footnotes)
    letter = ParsedLetter(
        kind=about.settled_kind,
        language=_language(parts),
        date=head.date,
        reference=head.reference,
        paper=head.paper,
        dossiers=head.dossiers,
        chamber=head.chamber,
        ministry=head.ministry,
        department=head.department,
        subject=head.subject or parts.title_text or next(iter(about.title.headline), None),
        signatories=about.signatories,
        meetings=about.meetings,
        sessions=sessions,
        sections=sections,
        footnotes=footnotes,
        citations=find_citations([block.text for block in parts.cover], sections, footnotes),
        session_year=about.session_year,
        revision=revised.revision,
        replaces=revised.replaces,
        roles=files.roles,
        problems=(
            *(Problem("reader", warning) for warning in files.document.warnings),
            *files.problems,
            *about.problems,
            *revision_problems(revised),
            *(() if about.is_no_letter else _missing(about, sections, files.document.margins)),
        ),
    )
    if about.is_no_letter:
        return letter
    positions = [replace(found, topics=topics(found.sentence)) for found in find_positions(letter)]
    return replace(letter, positions=tuple(positions))


def _structure(
    files: LetterFiles, about: About, topics: Topics
) -> tuple[tuple[ParsedSession, ...], tuple[ParsedSection, ...]]:
    """The sessions, and the text in its sections."""
    parts, kind = about.parts, about.settled_kind
    cover = [block.text for block in parts.cover]
    outline = find_outline(parts.body, parts.annexes, about.meetings, _language(parts), topics, cover)
    if kind in OF_A_MEETING:
        sessions, sections = find_sessions(outline, about.meetings, topics)
    else:
        sessions, sections = (), _without_topics(outline.sections)
    if kind is LetterKind.ANNOTATED_AGENDA:
        sections = with_hedges(sections, cover)
    if kind is LetterKind.COMMITTEE_ANSWERS:
        sections = answer_sections(sections, parts.body, topics)
    return sessions, _with_annexes(sections, files.annexes)


def _language(parts: Parts) -> str:
    return language_of(" ".join(block.text for block in parts.body)) or "nl"


def _revised(files: LetterFiles, about: About, footnotes: Sequence[ParsedFootnote]) -> Revised:
    parts, head = about.parts, about.parts.letterhead
    headline = (
        *about.statements.headline,
        *filter(HANDS_OVER.search, about.statements.cover),
        *about.title.headline,
    )
    lines = [*head_lines(files), *([head.edition_title] if head.edition_title else [])]
    notes = {footnote.mark: footnote.text for footnote in footnotes}
    return find_revision(lines, headline, (*parts.cover, *parts.body), notes, head.paper)


def _with_annexes(
    sections: Sequence[ParsedSection], annexes: Sequence[Sequence[Block]]
) -> tuple[ParsedSection, ...]:
    """The sections of the letter, and behind them those of each annex in a file of its own."""
    whole = list(sections)
    for blocks in annexes:
        first = len(whole)
        whole += [
            replace(section, parent=section.parent + first) if section.parent is not None else section
            for section in annex_sections(blocks)
        ]
    return tuple(whole)


def _without_topics(sections: Sequence[ParsedSection]) -> tuple[ParsedSection, ...]:
    """The sections of a letter that prepares or reports no meeting: its headings are no agenda topics."""
    on_an_agenda = {SectionKind.AGENDA_TOPIC, SectionKind.SESSION}
    return tuple(
        replace(section, kind=SectionKind.INTRODUCTION) if section.kind in on_an_agenda else section
        for section in sections
    )


def _missing(about: About, sections: Sequence[ParsedSection], margins: Sequence[str]) -> list[Problem]:
    """What a letter should say and this one does not. ``margins`` may tell when a site published it."""
    head = about.parts.letterhead
    problems: list[Problem] = []
    if about.kind is None:
        problems.append(KIND_UNKNOWN)
    if not about.meetings and about.kind is not LetterKind.OTHER:
        problems.append(MEETING_MISSING)
    if head.date_is_template:
        problems.append(DATE_IS_TEMPLATE)
    elif head.date is None:
        problems.append(_date_missing(margins))
    behind_the_opening = (*about.parts.body[PARAGRAPHS_OF_OPENING:], *about.parts.annexes)
    if any(SALUTATION.match(block.text) for block in behind_the_opening):
        problems.append(SECOND_LETTER)
    if about.settled_kind in OF_A_MEETING and is_text_missing(sections):
        problems.append(TEXT_MISSING)
    return problems


def _date_missing(margins: Sequence[str]) -> Problem:
    """A letter has its own date or none: what the page around it shows may be the day on which it was published."""
    shown = next((found.group() for line in margins if (found := PUBLISHED_ON.match(line))), None)
    if shown is None:
        return DATE_MISSING
    ask = f"De webpagina noemt {shown}: controleer of dat de datum van de brief is."
    return replace(DATE_MISSING, message=f"{DATE_MISSING.message} {ask}")
