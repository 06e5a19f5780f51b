"""What a letter is: its papers and date, who signs it, its kind, and the meetings that it is about.

The text says so in its head, title, cover and first lines; the metadata of an official publication helps out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from letters.parsing.committee import answered_on, lays_before, opens_questions
from letters.parsing.committee.body import tidy
from letters.parsing.files import LetterFiles
from letters.parsing.headings import could_be_heading
from letters.parsing.kinds import NOT_A_LETTER, OF_A_MEETING, find_kind, kind_from_time
from letters.parsing.letterhead import SALUTATION
from letters.parsing.letterhead.signatures import offices_in, on_behalf_of
from letters.parsing.meetings import Statements, find_meetings
from letters.parsing.paper_metadata import contradict, settle, signing, titled
from letters.parsing.parsed_letter import LetterKind, ParsedMeeting, Problem, Signatory
from letters.parsing.parts import Parts
from letters.parsing.sentences import split_sentences

OPENING_PARAGRAPHS = 5
LINES_OF_TITLE = 12
LINES_OF_HEAD = 40


@dataclass(frozen=True, slots=True)
class About:
    """``kind`` is ``None`` when the letter does not say it; ``parts`` hold the head as the metadata completes it.

    ``title`` is what the metadata says that the paper is called. ``problems`` are those of papers, kind and meetings.
    """

    parts: Parts
    statements: Statements
    title: Statements
    kind: LetterKind | None
    signatories: tuple[Signatory, ...]
    meetings: tuple[ParsedMeeting, ...]
    session_year: str | None
    problems: tuple[Problem, ...]

    @property
    def settled_kind(self) -> LetterKind:
        """An agenda or a report is one of a meeting; without a meeting the letter is something else."""
        if self.kind in OF_A_MEETING and not self.meetings:
            return LetterKind.OTHER
        return self.kind or LetterKind.OTHER

    @property
    def is_no_letter(self) -> bool:
        return any(problem.code == NOT_A_LETTER for problem in self.problems)


def head_lines(files: LetterFiles) -> list[str]:
    """The first lines of the cover and of the text, where numbers and notes such as HERDRUK stand."""
    return [block.text for block in (*files.cover[:LINES_OF_HEAD], *files.text[:LINES_OF_HEAD])]


def find_about(files: LetterFiles, parts: Parts) -> About:
    """Say what the letter is of which ``parts`` are the parts."""
    document = files.document
    statements = _statements(parts)
    kind, kind_problems = _kind(files, parts, statements)
    title = titled(document.metadata)
    paper = settle(
        parts.letterhead,
        [*head_lines(files), *document.margins],
        document.metadata,
        is_contradicted=contradict(title, statements, kind, parts.letterhead),
    )
    if paper.metadata is None:
        title = Statements()
    parts = replace(parts, letterhead=paper.head)
    signatories, signing_problems = signing(_signatories(parts), paper.metadata)
    if kind is None and title.headline:
        kind, kind_problems = find_kind(title, (), parts.body, is_sent=True)
    offices = [signatory.office for signatory in signatories if signatory.signs and signatory.office]
    if kind is LetterKind.COMMITTEE_ANSWERS:
        parts = _as_answers(parts)
        statements = _as_laid_before(statements)
        offices = offices or [office for text in statements.cover for office in offices_in(text)][:1]
    meetings, meeting_problems = _meetings(statements, title, kind, parts, offices)
    if not meetings or any(problem.code == NOT_A_LETTER for problem in kind_problems):
        meeting_problems = ()
    if kind is None and {problem.code for problem in meeting_problems} == {"meeting_date_missing"}:
        meetings, meeting_problems = (), ()  # neither agenda nor report, and no day: it is only mentioned
    if kind is None and meetings:
        kind = kind_from_time(meetings, parts.letterhead.date, statements.text[:OPENING_PARAGRAPHS])
    return About(
        parts=parts,
        statements=statements,
        title=title,
        kind=kind,
        signatories=signatories,
        meetings=tuple(meetings),
        session_year=paper.session_year,
        problems=(*paper.problems, *signing_problems, *kind_problems, *meeting_problems),
    )


def _meetings(
    statements: Statements, title: Statements, kind: LetterKind | None, parts: Parts, offices: Sequence[str]
) -> tuple[Sequence[ParsedMeeting], Sequence[Problem]]:
    """The meetings that the text speaks of; when it gives no date, those of the metadata's title as well."""
    told = (kind or LetterKind.OTHER, parts.letterhead.date, offices, parts.letterhead.ministry)
    meetings, problems = find_meetings(statements, *told)
    if title.headline and not any(meeting.start for meeting in meetings):
        with_title = replace(statements, headline=(*statements.headline, *title.headline))
        meetings, problems = find_meetings(with_title, *told)
    return meetings, problems


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
