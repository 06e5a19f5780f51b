"""The files of a letter as they are brought, and as they are held."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import originals
from letters.models import Edition, File, Letter, Submission
from letters.parsing.parsed_letter import FileRole, ParsedLetter

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
    """A file that does not become a letter; the message is for the person who brought it.

    ``letter`` is the stored letter that the message speaks of, if any.
    """

    def __init__(self, message: str, letter: Letter | None = None):
        super().__init__(message)
        self.letter = letter


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was brought: its name (of its own choosing, never trusted) and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def store(uploads: Sequence[Upload]) -> None:
    """Keep the bytes, before any row speaks of them, and while nobody waits for this letter to be written."""
    try:
        for upload in uploads:
            originals.store(upload.data)
    except OSError as error:
        logger.error("An original cannot be stored: %s", error)
        raise NotAccepted(STORAGE_FAILS) from error


def original(file: File) -> Upload:
    """The stored bytes of a file. Raises ``NotAccepted`` when they cannot be had."""
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


def edition_with(uploads: Sequence[Upload]) -> Edition | None:
    """The edition that holds all of these bytes already, perhaps beside other files; the smallest one first."""
    digests = {upload.sha256 for upload in uploads}
    held = Edition.objects.filter(files__sha256=uploads[0].sha256).select_related("letter").defer("reading").distinct()
    editions = [
        (len(files), edition.pk, edition)
        for edition in held
        if digests <= (files := set(edition.files.values_list("sha256", flat=True)))
    ]
    return min(editions, default=(0, 0, None))[2]


def require_text(uploads: Sequence[Upload], parsed: ParsedLetter) -> None:
    """Refuse files that tell about a letter but are not the letter, and say what to do with them."""
    roles = set(parsed.roles)
    names = ", ".join(f"“{upload.name}”" for upload in uploads)
    if roles == {FileRole.METADATA}:
        letter = _letter_with(parsed)
        if letter is None:
            message = _(
                "%(names)s bevat alleen gegevens over een brief, niet de tekst. Kies dit bestand samen met het bestand van de "
                "brief zelf (XML, HTML, PDF of Word)."
            )
        else:
            message = _(
                "%(names)s bevat alleen gegevens over een brief die er al is. Kies het bestand samen met de tekst (XML, HTML of "
                "PDF) en lees ze in als editie van die brief, of neem de gegevens daar zelf over."
            )
        raise NotAccepted(message % {"names": names}, letter)
    if roles and roles <= {FileRole.COVER, FileRole.METADATA}:
        message = _(
            "%(names)s is alleen de aanbiedingsbrief; de tekst staat in de bijlage. Kies aanbiedingsbrief en bijlage samen."
        )
        letter = _letter_with(parsed)
        if letter is not None:
            message = _(
                "%(names)s is alleen de aanbiedingsbrief van een brief die er al is. Kies haar samen met de bijlage: dan komt zij "
                "als editie bij die brief."
            )
        raise NotAccepted(message % {"names": names}, letter)


def _letter_with(parsed: ParsedLetter) -> Letter | None:
    """The stored letter with this paper number or reference."""
    for name, value in [("paper_number", parsed.paper), ("reference", parsed.reference)]:
        row = Submission.objects.filter(**{name: value}).select_related("letter").first() if value else None
        if row is not None:
            return row.letter
    return None
