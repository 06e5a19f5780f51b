"""From the bytes of a letter to what it says. ``parse_letter`` is the one entrance; nothing here knows Django.

The stages stand in this order in ``understand``: parts, metadata, kind, meetings, outline, sessions, citations, positions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from letters.parsing.annexes import annex_sections, is_text_missing
from letters.parsing.citations import find_citations
from letters.parsing.committee import answered_on, lays_before, opens_questions
from letters.parsing.committee_body import answer_sections, tidy
from letters.parsing.document import Block
from letters.parsing.file_marks import with_printed_marks
from letters.parsing.footnotes import find_footnotes
from letters.parsing.headings import could_be_heading
from letters.parsing.kinds import HANDS_OVER, NOT_A_LETTER, OF_A_MEETING, find_kind, kind_from_time
from letters.parsing.language import language_of
from letters.parsing.leaks import find_leaks, leak_problems
from letters.parsing.letter_files import LetterFiles, put_together, split_files
from letters.parsing.letterhead import SALUTATION
from letters.parsing.markings import find_markings, marking_problems
from letters.parsing.meetings import Statements, find_meetings
from letters.parsing.outline import find_outline
from letters.parsing.paper_metadata import contradict, settle, signing, titled
from letters.parsing.parsed_letter import (
    LetterKind,
    ParsedLetter,
    ParsedSection,
    Problem,
    SectionKind,
    Signatory,
)
from letters.parsing.parts import Parts
from letters.parsing.positions import find_positions
from letters.parsing.readers import read
from letters.parsing.revisions import find_revision
from letters.parsing.sentences import split_sentences
from letters.parsing.sessions import find_sessions
from letters.parsing.signatures import offices_in, on_behalf_of
from letters.parsing.topics import load_vocabulary, match_topics

__all__ = ["parse_letter", "understand"]

OPENING_PARAGRAPHS = 5
LINES_OF_TITLE = 12
LINES_OF_HEAD = 40
TEXT_MISSING = Problem(
    "text_missing",
    "De brief biedt een agenda of verslag aan, maar die tekst staat er niet in. Voeg het bestand met de bijlage toe.",
    "sections",
)


def parse_letter(
    files: Sequence[tuple[str, bytes]], vocabulary: Mapping[str, Sequence[str]] | None = None
) -> ParsedLetter:
    """Read and understand one letter.

    ``files`` are ``(name, bytes)``, the parts of one letter in any order (cover, text, annexes, metadata). ``vocabulary`` maps
    a topic's slug to its names and aliases; by default the list in ``letters/data/topics.toml``. Raises
    ``letters.parsing.readers.NotReadable`` when a file cannot be read, or when the files are no one letter.
    """
    documents = [read(data, name) for name, data in files]
    letter = understand(put_together(documents), load_vocabulary() if vocabulary is None else vocabulary)
    names = [name for name, _ in files]
    pairs = list(zip(documents, names, strict=True))
    markings = tuple(dict.fromkeys(marking for pair in pairs for marking in find_markings(*pair)))
    leaks = tuple(leak for pair in pairs for leak in find_leaks(*pair))
    return replace(
        letter,
        markings=markings,
        leaks=leaks,
        problems=(*letter.problems, *marking_problems(markings), *leak_problems(leaks)),
    )


def understand(files: LetterFiles, vocabulary: Mapping[str, Sequence[str]]) -> ParsedLetter:
    """Say what the files of a letter mean, once they are read."""
    document, parts = files.document, split_files(files)
    lines = [block.text for block in (*files.cover[:LINES_OF_HEAD], *files.text[:LINES_OF_HEAD])]
    statements = _statements(parts)
    kind, kind_problems = _kind(files, parts, statements)
    title = titled(document.metadata)
    paper = settle(
        parts.letterhead,
        [*lines, *document.margins],
        document.metadata,
        is_contradicted=contradict(title, statements, kind, parts.letterhead),
    )
    if paper.metadata is None:
        title = Statements()
    parts = replace(parts, letterhead=paper.head)
    signatories = signing(_signatories(parts), paper.metadata)
    if kind is None and title.headline:
        kind, kind_problems = find_kind(title, (), parts.body, is_sent=True)
    offices = [signatory.office for signatory in signatories if signatory.signs and signatory.office]
    if kind is LetterKind.COMMITTEE_ANSWERS:
        parts = _as_answers(parts)
        statements = _as_laid_before(statements)
        offices = offices or [office for text in statements.cover for office in offices_in(text)][:1]
    head = parts.letterhead
    told = (statements, kind or LetterKind.OTHER, head.date, offices, head.ministry)
    meetings, meeting_problems = find_meetings(*told)
    if title.headline and not any(meeting.start for meeting in meetings):
        with_title = replace(statements, headline=(*statements.headline, *title.headline))
        meetings, meeting_problems = find_meetings(with_title, *told[1:])
    if kind is None and meetings:
        kind = kind_from_time(meetings, head.date, statements.text[:OPENING_PARAGRAPHS])
    settled = _settled(kind, bool(meetings))
    is_no_letter = any(problem.code == NOT_A_LETTER for problem in kind_problems)

    def topics(text: str) -> tuple[str, ...]:
        return tuple(match_topics(text, vocabulary))

    language = language_of(" ".join(block.text for block in parts.body)) or "nl"
    outline = find_outline(
        parts.body, parts.annexes, meetings, language, topics, [block.text for block in parts.cover]
    )
    sessions, sections = (
        find_sessions(outline, meetings)
        if settled in OF_A_MEETING
        else ((), _without_topics(outline.sections))
    )
    if settled is LetterKind.COMMITTEE_ANSWERS:
        sections = answer_sections(sections, parts.body, topics)
    sections = _with_annexes(sections, files.annexes)
    footnotes = find_footnotes(document, sections)
    notes = {footnote.mark: footnote.text for footnote in footnotes}
    headline = (*statements.headline, *filter(HANDS_OVER.search, statements.cover), *title.headline)
    revised = find_revision(
        [*lines, *((head.edition_title,) if head.edition_title else ())],
        headline,
        (*parts.cover, *parts.body),
        notes,
        head.paper,
    )
    sections, footnotes = with_printed_marks(sections, footnotes)
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
        subject=head.subject or parts.title_text or next(iter(title.headline), None),
        signatories=signatories,
        meetings=meetings,
        sessions=sessions,
        sections=sections,
        footnotes=footnotes,
        citations=find_citations([block.text for block in parts.cover], sections, footnotes),
        session_year=paper.session_year,
        revision=revised.revision,
        replaces=revised.replaces,
        roles=files.roles,
        problems=(
            *(Problem("reader", warning) for warning in document.warnings),
            *files.problems,
            *paper.problems,
            *kind_problems,
            *(() if is_no_letter else _letter_problems(parts, kind, bool(meetings))),
            *([TEXT_MISSING] if settled in OF_A_MEETING and is_text_missing(sections) else []),
            *(meeting_problems if meetings and not is_no_letter else ()),
        ),
    )
    return letter if is_no_letter else replace(letter, positions=tuple(find_positions(letter)))


def _kind(
    files: LetterFiles, parts: Parts, statements: Statements
) -> tuple[LetterKind | None, tuple[Problem, ...]]:
    first = files.cover or files.text
    titles = [block.text for block in first[:LINES_OF_TITLE]]
    if parts.letterhead.edition_title:
        titles.append(parts.letterhead.edition_title)
    is_sent = bool(parts.signatories or parts.letterhead.offices) or any(
        SALUTATION.match(block.text) for block in first[:LINES_OF_HEAD]
    )
    return find_kind(statements, titles, parts.body, is_sent)


def _as_answers(parts: Parts) -> Parts:
    """Answers to a committee: the body without what the committee adds, dated by the letter that held the answers."""
    head = parts.letterhead
    date = answered_on([block.text for block in parts.body[:LINES_OF_HEAD]]) or head.date
    body = (*parts.title, *parts.body) if any(map(opens_questions, parts.title)) else parts.body
    title = () if len(body) > len(parts.body) else parts.title
    return replace(parts, title=title, body=tidy(body), letterhead=replace(head, date=date))


def _as_laid_before(statements: Statements) -> Statements:
    """In the committee's own paper the sentence that lays the questions before a minister says which meeting it is."""
    told = tuple(filter(lays_before, statements.opening))
    return statements if statements.cover else replace(statements, cover=told)


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
