"""From files to rows: the only writer of what the machine read.

A reading is merged with what is stored (``letters.ingest.merge``): what a person decided stays, contradictions become a
``Problem``. Everything happens in one transaction; the report says what became of it.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import originals
from letters.anchors import give_anchors
from letters.ingest.identity import find_same_letter
from letters.ingest.letter import fill_blanks, write_fields
from letters.ingest.meetings import write_meetings, write_sessions
from letters.ingest.positions import write_positions
from letters.ingest.problems import write_problems
from letters.ingest.rows import RowMerger
from letters.ingest.text import write_text
from letters.models import Edition, File, Letter, TopicName
from letters.parsing.parsed_letter import PARSER_VERSION, LetterKind, ParsedLetter, Problem
from letters.parsing.readers import NotReadable
from letters.parsing.readers.detection import detect
from letters.parsing.sandbox import parse_in_child
from letters.parsing.serialisation import to_json

#: Any number, as long as nothing else takes this advisory lock.
WRITE_LOCK = 28676

MISSING = gettext_lazy(
    "Het origineel “%(name)s” staat niet in de opslag. Zet de originelen terug uit de reservekopie, of breng "
    "hetzelfde bestand nog eens, en lees de brief dan opnieuw."
)
DAMAGED = gettext_lazy(
    "Het origineel “%(name)s” is beschadigd. Zet het terug uit de reservekopie, of breng hetzelfde bestand nog eens, "
    "en lees de brief dan opnieuw."
)
STORAGE_FAILS = gettext_lazy(
    "De opslag van originelen werkt nu niet: een bestand van deze brief kan niet worden gelezen of bewaard. "
    "Er is niets veranderd. Probeer het over een paar minuten opnieuw, en waarschuw anders de beheerder."
)

logger = logging.getLogger(__name__)


class NotAccepted(Exception):
    """A file that does not become a letter; the message is for the person who brought it."""


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IngestReport:
    letter: Letter
    outcome: Outcome
    new_edition: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was brought: its name (of its own choosing, never trusted) and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def vocabulary() -> dict[str, list[str]]:
    """The names and aliases by which the machine recognises topics, as people keep them."""
    names: dict[str, list[str]] = {}
    for slug, name in TopicName.objects.filter(topic__merged_into=None).values_list("topic__slug", "name"):
        names.setdefault(slug, []).append(name)
    return names


def read(uploads: Sequence[Upload]) -> ParsedLetter:
    """Read the files of one letter in a child process.

    Raises ``NotAccepted`` with a sentence for the clerk when they are too large, unreadable or no letter.
    """
    limit = settings.MAX_UPLOAD_MB
    for upload in uploads:
        if not upload.data:
            raise NotAccepted(_("“%(name)s” is leeg. Kies het bestand met de brief.") % {"name": upload.name})
        if len(upload.data) > limit * 1024 * 1024:
            raise NotAccepted(
                _("“%(name)s” is groter dan %(limit)s MB. Splits het bestand of sla het kleiner op.")
                % {"name": upload.name, "limit": limit}
            )
    try:
        parsed = parse_in_child([(upload.name, upload.data) for upload in uploads], vocabulary=vocabulary())
    except NotReadable as error:
        raise NotAccepted(str(error)) from error
    if parsed.kind == LetterKind.OTHER and not (parsed.meetings and parsed.chamber):
        raise NotAccepted(
            _(
                "Dit is geen brief van een minister over een NAVO-bijeenkomst: geen geannoteerde agenda, verslag of "
                "beantwoording herkend. Controleer of u het juiste bestand hebt gekozen."
            )
        )
    return parsed


def ingest(uploads: Sequence[Upload], *, by: User | None = None) -> IngestReport:
    """Take in the files of one letter: a new draft, a new edition of a letter we hold, or nothing new.

    Raises ``NotAccepted``; no row is stored then.
    """
    uploads = list({upload.sha256: upload for upload in reversed(uploads)}.values())[::-1]  # each file once
    if known := _edition_of(uploads):
        _store(uploads)  # should an original be lost or damaged: here it is again
        if known.parser_version == PARSER_VERSION:
            return IngestReport(known.letter, Outcome.UNCHANGED)
        return read_again(known)
    parsed = read(uploads)
    _store(uploads)
    with transaction.atomic():
        _one_at_a_time()
        if known := _edition_of(uploads):
            return IngestReport(known.letter, Outcome.UNCHANGED)
        letter = find_same_letter(parsed)
        is_new = letter is None
        if letter is None:
            letter = Letter(kind=parsed.kind.value)
            letter.slug = f"nieuw-{uploads[0].sha256[:16]}"
            letter.save()
        edition = _add_edition(letter, uploads, parsed, by=by)
        if letter.text_edition_id is None:
            letter.text_edition = edition
            letter.save(update_fields=["text_edition"])
        _write(letter, edition, parsed)
    return IngestReport(letter, Outcome.CREATED if is_new else Outcome.UPDATED, new_edition=True)


def read_again(edition: Edition) -> IngestReport:
    """Read an edition's originals once more and merge the reading; what a person decided stays.

    Raises ``NotAccepted``, also when an original is not in the store.
    """
    parsed = read([_original(file) for file in edition.files.all()])
    with transaction.atomic():
        _one_at_a_time()
        letter = Letter.objects.select_for_update().get(pk=edition.letter_id)
        edition.reading, edition.parser_version = to_json(parsed), PARSER_VERSION
        edition.save(update_fields=["reading", "parser_version"])
        changed = _write(letter, edition, parsed)
    return IngestReport(letter, Outcome.UPDATED if changed else Outcome.UNCHANGED)


def _store(uploads: Sequence[Upload]) -> None:
    """Keep the bytes, before any row speaks of them, and while nobody waits for this letter to be written."""
    try:
        for upload in uploads:
            originals.store(upload.data)
    except OSError as error:
        logger.error("An original cannot be stored: %s", error)
        raise NotAccepted(STORAGE_FAILS) from error


def _original(file: File) -> Upload:
    try:
        with file.open() as content:
            return Upload(file.name, content.read())
    except FileNotFoundError as error:
        raise NotAccepted(MISSING % {"name": file.name}) from error
    except originals.Damaged as error:
        raise NotAccepted(DAMAGED % {"name": file.name}) from error
    except OSError as error:
        logger.error("An original cannot be read: %s", error)
        raise NotAccepted(STORAGE_FAILS) from error


def _one_at_a_time() -> None:
    """Wait until no other reading is being written: two letters of one meeting at once would each make that meeting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])


def _edition_of(uploads: Sequence[Upload]) -> Edition | None:
    """The edition that holds exactly these bytes already."""
    digests = {upload.sha256 for upload in uploads}
    for file in File.objects.filter(sha256=uploads[0].sha256).select_related("edition__letter"):
        if set(file.edition.files.values_list("sha256", flat=True)) == digests:
            return file.edition
    return None


def _add_edition(
    letter: Letter, uploads: Sequence[Upload], parsed: ParsedLetter, *, by: User | None
) -> Edition:
    edition = Edition.objects.create(
        letter=letter, added_by=by, parser_version=PARSER_VERSION, reading=to_json(parsed)
    )
    for upload in uploads:
        File.objects.create(
            edition=edition,
            name=Path(upload.name).name[:255],
            media_type=detect(upload.data),
            size=len(upload.data),
            sha256=upload.sha256,
        )
    return edition


def _write(letter: Letter, edition: Edition, parsed: ParsedLetter) -> bool:
    """Merge a reading into the letter's rows; only the edition that supplies the text writes text."""
    merger = RowMerger()
    if letter.text_edition_id == edition.pk:
        write_fields(letter, edition, parsed, merger)
        meetings = write_meetings(letter, parsed, merger)
        sessions = write_sessions(letter, parsed, meetings, merger)
        paragraphs = write_text(letter, parsed, meetings, sessions, merger)
        write_positions(letter, parsed, paragraphs, merger)
        write_problems(letter, [*parsed.problems, *merger.problems])
    else:
        fill_blanks(letter, edition, parsed, merger)
        of_the_text = [Problem(row.code, row.message, row.field) for row in letter.problems.open()]
        write_problems(letter, [*of_the_text, *merger.problems])
    if letter.is_public:
        give_anchors(letter)
    address = letter.slug
    letter.readdress()
    if letter.slug != address:
        letter.save()
    return merger.changed
