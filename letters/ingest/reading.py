"""Have the files of a letter read in another process, and refuse what is no letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from letters.ingest.uploads import NotAccepted, Upload, only_metadata
from letters.models import TopicName
from letters.parsing.kinds import NOT_A_LETTER
from letters.parsing.parsed_letter import LetterKind, ParsedLetter
from letters.parsing.readers import NotReadable
from letters.parsing.readers.errors import OnlyMetadata
from letters.parsing.sandbox import Reading, parsed, start_parsing


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
    return start_reading(uploads).letter()


def start_reading(uploads: Sequence[Upload], words: dict[str, list[str]] | None = None) -> "BeingRead":
    """Begin what ``read`` does, and go on meanwhile. ``words``: the vocabulary, for who knows it already.

    Raises ``NotAccepted`` for what need not be read to refuse it.
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
    files = [(upload.name, upload.data) for upload in uploads]
    return BeingRead(tuple(uploads), start_parsing(files, vocabulary=words or vocabulary()))


@dataclass(frozen=True, slots=True)
class BeingRead:
    """Files that a child process reads at this moment. It is killed when this is closed or thrown away before."""

    uploads: tuple[Upload, ...]
    reading: Reading

    def letter(self) -> ParsedLetter:
        """Wait for the reading, once. Raises ``NotAccepted`` as ``read`` does."""
        try:
            letter = parsed(self.reading)
        except OnlyMetadata as error:
            raise only_metadata(self.uploads) from error
        except NotReadable as error:
            about = f"“{error.file_name}”: " if len(self.uploads) > 1 and error.file_name else ""
            raise NotAccepted(about + str(error)) from error
        for problem in letter.problems:
            if problem.code == NOT_A_LETTER:
                raise NotAccepted(problem.message)
        if letter.kind == LetterKind.OTHER and not (letter.meetings and letter.chamber):
            raise NotAccepted(
                _(
                    "Dit is geen brief van een minister over een NAVO-bijeenkomst: geen geannoteerde agenda, verslag of "
                    "beantwoording herkend. Controleer of u het juiste bestand hebt gekozen."
                )
            )
        return letter

    def close(self) -> None:
        self.reading.close()
