"""The files of a letter as they are brought, and as they are held."""

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import originals
from letters.models import Edition, File, Letter, Submission

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

#: "kst-28676-446.metadata.xml", "kst-21501-28-275.xml"
PAPER_IN_NAME = re.compile(r"kst-\d{3,6}(?:-[0-9A-Z]{1,6}){1,2}")

#: What most file systems allow, and the database holds
LONGEST_NAME = 255
NAMELESS = "naamloos"

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
    """A file as it was brought: its name, as far as it can be stored and shown, and its bytes."""

    name: str
    data: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _plain_name(self.name))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def _plain_name(name: str) -> str:
    """The last part of a path, without what no screen shows, what turns the order of letters, and half characters."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    suffix = Path(printable).suffix[:20]
    if len(printable) > LONGEST_NAME:
        return printable[: LONGEST_NAME - len(suffix)] + suffix
    return printable or NAMELESS


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
    with_first = set(
        File.objects.filter(sha256=uploads[0].sha256).order_by().values_list("edition", flat=True)
    )
    if not with_first:
        return None
    held = Edition.objects.filter(pk__in=with_first).select_related("letter").defer("reading")
    editions = [
        (len(files), edition.pk, edition)
        for edition in held
        if digests <= (files := set(edition.files.values_list("sha256", flat=True)))
    ]
    return min(editions, default=(0, 0, None))[2]


def only_metadata(uploads: Sequence[Upload]) -> NotAccepted:
    """What to say of files that tell about a letter but hold none; their names may tell whether we hold it."""
    names = ", ".join(f"“{upload.name}”" for upload in uploads)
    papers = [found.group() for upload in uploads if (found := PAPER_IN_NAME.search(upload.name))]
    held = Submission.objects.filter(paper_number__in=papers).select_related("letter").first()
    if held is None:
        message = _(
            "%(names)s bevat alleen gegevens over een brief, niet de tekst. Kies dit bestand samen met het bestand van de brief "
            "zelf (XML, HTML, PDF of Word)."
        )
    else:
        message = _(
            "%(names)s bevat alleen gegevens over een brief die er al is. Kies het samen met de tekst (XML, HTML of PDF): dan komt "
            "het als editie bij die brief. Of neem de gegevens daar zelf over."
        )
    return NotAccepted(message % {"names": names}, held and held.letter)
