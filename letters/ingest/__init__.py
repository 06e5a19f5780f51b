"""From files to rows: the only writer of what the machine read.

A reading is merged with what is stored (``letters.ingest.merge``): what a person decided stays, contradictions become a
``Problem``. Everything happens in one transaction; the report says what became of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from letters.anchors import give_anchors
from letters.ingest.bulk import write_first_history, write_links
from letters.ingest.commitments import find_commitments, write_mentions
from letters.ingest.identity import Match, find_matches, question
from letters.ingest.letter import letter_values, write_fields
from letters.ingest.meetings import write_meetings, write_sessions
from letters.ingest.positions import write_positions
from letters.ingest.problems import OF_EVERY_EDITION, SAME_LETTER, write_problems
from letters.ingest.reading import BeingRead, read, start_reading, vocabulary
from letters.ingest.rows import RowMerger
from letters.ingest.text import write_text
from letters.ingest.uploads import NotAccepted, Upload, edition_with, original, store
from letters.models import Edition, File, Letter, Problem
from letters.parsing.parsed_letter import PARSER_VERSION, FileRole, ParsedLetter
from letters.parsing.readers.detection import detect
from letters.parsing.serialisation import from_json, to_json

__all__ = [
    "BeingRead",
    "IngestReport",
    "NotAccepted",
    "Outcome",
    "Upload",
    "edition_with",
    "find_commitments",
    "ingest",
    "one_at_a_time",
    "read",
    "read_again",
    "start_reading",
    "vocabulary",
    "write_reading",
]

#: Any number, as long as nothing else takes this advisory lock.
WRITE_LOCK = 28676


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the files. ``matches``: letters that this draft may be the same as, for a person to decide.

    ``held``: these bytes were there already, as (part of) an edition of ``letter``.
    """

    letter: Letter
    outcome: Outcome
    new_edition: bool = False
    matches: tuple[Match, ...] = ()
    held: bool = False


def ingest(
    uploads: Sequence[Upload],
    *,
    by: User | None = None,
    attach: bool = True,
    being_read: BeingRead | None = None,
) -> IngestReport:
    """Take in the files of one letter: a new draft, a new edition of a letter we hold, or nothing new.

    With ``attach`` a letter that is surely held already gets these files as an edition; without it, and for weaker
    matches, they become a draft with a question for a person. ``being_read`` is the reading of these files, begun when they
    were not held. Raises ``NotAccepted``; no row is stored then.
    """
    uploads = list({upload.sha256: upload for upload in reversed(uploads)}.values())[::-1]  # each file once
    if being_read is None and (known := edition_with(uploads)):
        store(uploads)  # should an original be lost or damaged: here it is again
        if known.parser_version == PARSER_VERSION:
            return IngestReport(known.letter, Outcome.UNCHANGED, held=True)
        return read_again(known, held=True)
    parsed = being_read.letter() if being_read else read(uploads)
    store(uploads)
    with transaction.atomic():
        one_at_a_time()
        if known := edition_with(uploads):
            return IngestReport(known.letter, Outcome.UNCHANGED, held=True)
        matches = tuple(find_matches(parsed))
        same = next((match.letter for match in matches if match.is_sure), None) if attach else None
        if same is not None:
            letter = Letter.objects.select_for_update().get(pk=same.pk)  # anew: its rows may still change
            write_reading(_add_edition(letter, uploads, parsed, by=by))
            letter.refresh_from_db()
            return IngestReport(letter, Outcome.UPDATED, new_edition=True)
        letter = _new_letter(uploads, parsed)
        letter.text_edition = edition = _add_edition(letter, uploads, parsed, by=by)
        _write_first_reading(letter, edition, parsed)
        _ask(letter, edition, parsed, matches)
    return IngestReport(letter, Outcome.CREATED, new_edition=True, matches=matches)


def read_again(edition: Edition, *, held: bool = False) -> IngestReport:
    """Read an edition's originals once more and merge the reading; what a person decided stays.

    Raises ``NotAccepted``, also when an original is not in the store.
    """
    parsed = read([original(file) for file in edition.files.all()])
    with transaction.atomic():
        one_at_a_time()
        letter = Letter.objects.select_for_update().get(pk=_letter_of(edition))
        _write_roles(edition, parsed, from_json(edition.reading).roles if edition.reading else ())
        edition.reading, edition.parser_version = to_json(parsed), PARSER_VERSION
        edition.save(update_fields=["reading", "parser_version"])
        edition.letter = letter
        changed = write_reading(edition, letter)
    return IngestReport(letter, Outcome.UPDATED if changed else Outcome.UNCHANGED, held=held)


def write_reading(edition: Edition, letter: Letter | None = None) -> bool:
    """Merge an edition's stored reading into its letter; return whether anything changed. Only for who holds the letter.

    Only the edition that supplies the text writes text.
    """
    letter = letter or edition.letter
    parsed, merger = from_json(edition.reading), RowMerger()
    with letter.remembering():
        if letter.text_edition_id == edition.pk:
            _write_all(letter, edition, parsed, merger)
        else:
            write_fields(letter, edition, parsed, merger)
            of_the_file = [problem for problem in parsed.problems if problem.code in OF_EVERY_EDITION]
            write_problems(letter, edition, [*of_the_file, *merger.problems], merger)
    if letter.is_public:
        give_anchors(letter)
    address = letter.slug
    letter.readdress()
    if letter.slug != address:
        if letter.first_published_at:
            letter.save()
        else:  # nobody saw the address: no news for its history
            Letter.objects.filter(pk=letter.pk).update(slug=letter.slug)
    return merger.changed


def _write_first_reading(letter: Letter, edition: Edition, parsed: ParsedLetter) -> None:
    """Write the reading of a letter of which there is only a row yet, and complete that row and its history."""
    merger = RowMerger(new=letter)
    with letter.remembering(write=False):
        _write_all(letter, edition, parsed, merger)
    write_links(letter, merger.links)
    letter.readdress()
    Letter.objects.filter(pk=letter.pk).update(text_edition=edition, read=letter.read, slug=letter.slug)
    write_first_history(letter)


def _write_all(letter: Letter, edition: Edition, parsed: ParsedLetter, merger: RowMerger) -> None:
    """Write what the edition that supplies the text says."""
    write_fields(letter, edition, parsed, merger)
    meetings = write_meetings(letter, parsed, merger)
    sessions = write_sessions(letter, parsed, meetings, merger)
    paragraphs = write_text(letter, parsed, meetings, sessions, merger)
    write_positions(letter, parsed, paragraphs, merger)
    write_mentions(letter, paragraphs, merger)
    write_problems(letter, edition, [*parsed.problems, *merger.problems], merger)


def one_at_a_time() -> None:
    """Wait until no other reading is being written: two letters of one meeting at once would each make that meeting.

    Taken before a letter is locked, never after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])


def _letter_of(edition: Edition) -> int:
    """The letter of an edition now: since its files were read, a person may have added it to another."""
    letter = Edition.objects.filter(pk=edition.pk).values_list("letter", flat=True).first()
    if letter is None:
        raise NotAccepted(_("Dit concept is intussen weggegooid."))
    return letter


def _new_letter(uploads: Sequence[Upload], parsed: ParsedLetter) -> Letter:
    letter = Letter(slug=f"nieuw-{uploads[0].sha256[:16]}")
    letter.skip_history_when_saving = True  # until it is written: ``write_first_history``
    RowMerger().save(letter, letter_values([parsed]))
    return letter


def _add_edition(
    letter: Letter, uploads: Sequence[Upload], parsed: ParsedLetter, *, by: User | None
) -> Edition:
    edition = Edition.objects.create(
        letter=letter, added_by=by, parser_version=PARSER_VERSION, reading=to_json(parsed)
    )
    roles = parsed.roles if len(parsed.roles) == len(uploads) else [FileRole.TEXT] * len(uploads)
    for upload, role in zip(uploads, roles, strict=True):
        File.objects.create(
            edition=edition,
            role=role.value,
            name=upload.name,
            media_type=detect(upload.data),
            size=len(upload.data),
            sha256=upload.sha256,
        )
    return edition


def _write_roles(edition: Edition, parsed: ParsedLetter, before: Sequence[FileRole]) -> None:
    """Give each file the role that is read now, unless a person gave it another than was read ``before``."""
    files = list(edition.files.all())
    if len(parsed.roles) != len(files):
        return
    bases = before if len(before) == len(files) else [FileRole.TEXT] * len(files)
    for file, base, role in zip(files, bases, parsed.roles, strict=True):
        if file.role == base and base != role:
            file.role = role.value
            file.save(update_fields=["role"])


def _ask(letter: Letter, edition: Edition, parsed: ParsedLetter, matches: Sequence[Match]) -> None:
    """Ask a person of each match whether it is the same letter."""
    for match in matches:
        Problem.objects.create(
            letter=letter,
            edition=edition,
            other_letter=match.letter,
            code=SAME_LETTER,
            field=f"letter:{match.letter.pk}",  # two matches may read the same, and are still two questions
            message=question(match, parsed),
        )
