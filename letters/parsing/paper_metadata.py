"""What an official publication says of itself as data, beside what the letter says in words.

The publisher's data wins for what the publisher gives out: number, dossiers, chamber, session year. The letter wins for its own
date. Every difference is a problem for the clerk; data of another letter is not used at all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from letters.parsing.document import PaperMetadata
from letters.parsing.kinds import OF_A_MEETING, find_kind
from letters.parsing.letterhead import Letterhead
from letters.parsing.letterhead.signatures import offices_in
from letters.parsing.meetings import Statements, find_meetings
from letters.parsing.parsed_letter import LetterKind, Problem, Signatory

#: A letter is registered within days; dates further apart are those of two letters.
DAYS_APART = 14
LINES_OF_HEAD = 40
LONGEST_LINE = 120

# "Vergaderjaar 2023–2024", "Tweede Kamer, vergaderjaar 2014-2015, 28 676, nr. 223 1"; not a reference inside a sentence
SESSION_YEAR = re.compile(
    r"^(?:(?:Eerste|Tweede)\s+Kamer(?:\s+der\s+Staten-Generaal)?,?\s+)?vergaderjaar\s+(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<last>(?:(?:19|20)\d\d|\d\d))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A letterhead filled in from the metadata; ``metadata`` is ``None`` when there is none of this letter."""

    head: Letterhead
    session_year: str | None
    metadata: PaperMetadata | None
    problems: tuple[Problem, ...] = ()


def find_session_year(lines: Iterable[str]) -> str | None:
    """The session year that an official edition prints: "2023-2024"; ``None`` when its lines differ."""
    found = {
        _session_year(match)
        for line in lines
        if len(line) <= LONGEST_LINE and (match := SESSION_YEAR.match(line))
    }
    return found.pop() if len(found) == 1 else None


def _session_year(match: re.Match) -> str:
    first, last = match["first"], match["last"]
    return f"{first}-{last if len(last) == 4 else str(int(first) + 1)}"


def titled(metadata: PaperMetadata | None) -> Statements:
    """What the publisher's title says."""
    return Statements(headline=(metadata.title,) if metadata and metadata.title else ())


def contradict(title: Statements, statements: Statements, kind: LetterKind | None, head: Letterhead) -> bool:
    """Whether title and text are those of two letters: of another kind, or about meetings on other days."""
    if not title.headline:
        return False
    title_kind, _ = find_kind(title, (), (), is_sent=True)
    if kind in OF_A_MEETING and title_kind in OF_A_MEETING and kind is not title_kind:
        return True
    short = replace(statements, text=(), sections=())
    ours, theirs = (
        {meeting.start for meeting in find_meetings(said, kind or LetterKind.OTHER, head.date)[0]} - {None}
        for said in (short, title)
    )
    return bool(ours and theirs and not ours & theirs)


def settle(
    head: Letterhead, lines: Sequence[str], metadata: PaperMetadata | None, is_contradicted: bool = False
) -> Settled:
    """Put the publisher's data beside the letterhead.

    ``lines`` are the first of the letter, and its running heads. ``is_contradicted`` says that the data's title is that of another
    kind of letter, or of another meeting.
    """
    session_year = find_session_year(lines)
    if metadata is None:
        return Settled(head, session_year, None)
    if other := _of_another_letter(head, metadata, is_contradicted):
        return Settled(head, session_year, None, (other,))
    told = [
        _difference("paper", "nummer", head.paper, metadata.paper),
        _difference("chamber", "Kamer", head.chamber, metadata.chamber),
        _difference("session_year", "vergaderjaar", session_year, metadata.session_year),
        _dossiers_differ(head.dossiers, metadata.dossiers),
    ]
    if head.date and metadata.date and head.date != metadata.date:
        told.append(
            Problem(
                "metadata_differs",
                f"De brief is gedateerd op {head.date:%d-%m-%Y}, de metagegevens noemen {metadata.date:%d-%m-%Y}. "
                "De datum van de brief zelf is gebruikt. Controleer de datum.",
                "date",
            )
        )
    filled = replace(
        head,
        paper=metadata.paper or head.paper,
        chamber=metadata.chamber or head.chamber,
        dossiers=_all_dossiers(head.dossiers, metadata.dossiers),
        date=head.date or metadata.date,
        date_is_template=head.date_is_template and metadata.date is None,
    )
    problems = tuple(problem for problem in told if problem)
    return Settled(filled, metadata.session_year or session_year, metadata, problems)


def _of_another_letter(head: Letterhead, metadata: PaperMetadata, is_contradicted: bool) -> Problem | None:
    if head.paper and metadata.paper:
        if head.paper == metadata.paper or _is_same_number(head, metadata.paper):
            return None
        what = f"De metagegevens zijn van {metadata.paper}, deze brief is {head.paper}."
    elif head.date and metadata.date and abs((head.date - metadata.date).days) > DAYS_APART:
        what = (
            f"De metagegevens zijn van een brief van {metadata.date:%d-%m-%Y}, "
            f"deze brief is van {head.date:%d-%m-%Y}."
        )
    elif is_contradicted:
        what = f"De metagegevens zijn van een brief met een andere soort of bijeenkomst: “{metadata.title}”."
    else:
        return None
    return Problem(
        "metadata_of_other_letter",
        f"{what} Ze zijn niet gebruikt. Lever het bestand met metagegevens aan dat bij deze brief hoort.",
        "paper",
    )


def _is_same_number(head: Letterhead, paper: str) -> bool:
    """Whether only the dossier differs, and the letter stands in that dossier too."""
    dossier, _, number = paper.removeprefix("kst-").rpartition("-")
    return dossier in head.dossiers and str(head.paper).endswith(f"-{number}")


def _difference(field: str, name: str, text: str | None, data: str | None) -> Problem | None:
    if not text or not data or text == data:
        return None
    return Problem(
        "metadata_differs",
        f"In de brief staat als {name} {text}, in de metagegevens {data}. "
        "De metagegevens zijn gebruikt. Controleer welke juist is.",
        field,
    )


def _dossiers_differ(text: Sequence[str], data: Sequence[str]) -> Problem | None:
    """A list of dossiers that leaves some out does not contradict the other."""
    if set(text) <= set(data) or set(data) <= set(text):
        return None
    return _difference("dossiers", "dossiers", ", ".join(text), ", ".join(data))


def _all_dossiers(text: Sequence[str], data: Sequence[str]) -> tuple[str, ...]:
    extra = text if set(data) <= set(text) else ()
    return tuple(dict.fromkeys([*data, *extra]))


def signing(
    signatories: Sequence[Signatory], metadata: PaperMetadata | None
) -> tuple[tuple[Signatory, ...], tuple[Problem, ...]]:
    """Who sign, with the names of who submitted the paper where the letter names nobody; and who could not be placed.

    A name goes with an office only when there is one of each, or the data itself names the office.
    """
    signers = [signatory for signatory in signatories if signatory.signs]
    if metadata is None or not metadata.submitters or any(signatory.name for signatory in signers):
        return tuple(signatories), ()
    if len(signers) == len(metadata.submitters) == 1:
        named = replace(signers[0], name=_name(metadata.submitters[0]))
        return tuple(named if signatory is signers[0] else signatory for signatory in signatories), ()
    if signers:
        return tuple(signatories), ()
    offices = {submitter: " en ".join(offices_in(submitter)) for submitter in metadata.submitters}
    submitted = tuple(Signatory(_name(submitter), office) for submitter, office in offices.items() if office)
    problems = tuple(
        Problem(
            "submitter_without_office",
            f"De metagegevens noemen {_name(submitter)} als indiener, maar niet het ambt. "
            "Voeg de ondertekenaar toe als die de brief heeft ondertekend.",
            "signatories",
        )
        for submitter, office in offices.items()
        if not office
    )
    return (*submitted, *signatories), problems


def _name(submitter: str) -> str:
    """ "H.G.J. Bruins Slot, minister van Buitenlandse Zaken" is a name and an office."""
    return submitter.partition(",")[0].strip()
