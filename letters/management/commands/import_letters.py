import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection
from tqdm import tqdm

from letters.decisions import Refused, publish
from letters.ingest import (
    BeingRead,
    IngestReport,
    NotAccepted,
    Outcome,
    Upload,
    edition_with,
    ingest,
    start_reading,
    vocabulary,
)
from letters.ingest.folders import is_metadata, letters_in
from letters.ingest.problems import SAME_LETTER
from letters.models import Letter

IN_WORDS = {
    Outcome.CREATED: "aangemaakt",
    Outcome.UPDATED: "bijgewerkt",
    Outcome.UNCHANGED: "ongewijzigd",
}
DATABASE_AWAY = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Brought:
    """The files of one letter, being read unless they are held already; or why they cannot be read."""

    paths: tuple[Path, ...]
    uploads: tuple[Upload, ...] = ()
    being_read: BeingRead | None = None
    error: NotAccepted | OSError | None = None

    def __str__(self):
        first, *beside = self.paths
        return f"{first} (met {beside[0].name})" if beside else str(first)


class Command(BaseCommand):
    help = (
        "Lees brieven in uit bestanden en mappen, elk bestand één brief; gegevens (kst-….metadata.xml) horen bij het "
        "bestand ernaast. Nog eens inlezen verandert niets, en gaat verder na een onderbreking."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="bestanden of mappen")
        parser.add_argument("--publish", action="store_true", help="publiceer elke brief die nog concept is")

    def handle(self, *, paths, publish, **options):
        """Say of each letter what became of it. What has been said here is kept, whatever happens next."""
        try:
            letters = letters_in(paths)
        except FileNotFoundError as error:
            raise CommandError(f"{error} bestaat niet.") from error
        counts = Counter()
        with tqdm(total=len(letters), unit="brief", disable=None) as self.progress:
            try:
                with sigterm_as_control_c():
                    for brought in read_ahead(letters):
                        self.say_what_became_of(brought, counts, len(letters), publish=publish)
            except KeyboardInterrupt:
                self.say(
                    f"Onderbroken na {counts.total()} van {len(letters)}. Wat hierboven staat, is bewaard; van de brief die "
                    "aan de beurt was, is alles bewaard of niets. Geef dezelfde opdracht nog eens om verder te gaan.",
                    to=self.stderr,
                )
                sys.exit(130)
        totals = [f"{counts[outcome]} {words}" for outcome, words in IN_WORDS.items()]
        skipped = [f"{counts['skipped']} overgeslagen"] if counts["skipped"] else []
        self.stdout.write(", ".join([*totals, f"{counts['failed']} mislukt", *skipped]))
        if counts["failed"]:
            sys.exit(1)

    def say_what_became_of(self, brought: Brought, counts: Counter, total: int, *, publish: bool) -> None:
        place = f"{counts.total() + 1}/{total}"
        if is_metadata(brought.paths[0]):
            counts["skipped"] += 1
            self.say(f"{place} overgeslagen: {brought}: alleen gegevens, zonder de brief ernaast")
            return
        try:
            report = _import_although_cut_off(brought, publish=publish)
        except (NotAccepted, Refused, OSError) as error:
            counts["failed"] += 1
            self.say(f"{place} mislukt: {brought}: {error}", to=self.stderr)
        else:
            counts[report.outcome] += 1
            address = report.letter.get_absolute_url()
            others = ", ".join(other.get_absolute_url() for other in _maybe_held(report))
            question = (
                f" – concept, misschien dezelfde brief als {others}: beslis in het beheer" if others else ""
            )
            self.say(f"{place} {IN_WORDS[report.outcome]}: {brought}: {address}{question}")

    def say(self, line: str, to=None) -> None:
        with tqdm.external_write_mode():
            (to or self.stdout).write(line)
            (to or self.stdout).flush()
        self.progress.update()


@contextmanager
def sigterm_as_control_c() -> Iterator[None]:
    """Let a request to end roll back, as Ctrl-C does: at once, since a letter is written whole or not at all."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def read_ahead(letters: Iterable[tuple[Path, ...]]) -> Iterator[Brought]:
    """Give each letter in its turn, while as many after it are read as there are processors."""
    ahead, waiting, words = len(os.sched_getaffinity(0)), deque(), vocabulary()
    try:
        for paths in letters:
            waiting.append(_bring(paths, words))
            if len(waiting) > ahead:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        for brought in waiting:
            if brought.being_read:
                brought.being_read.close()


def _bring(paths: tuple[Path, ...], words: dict[str, list[str]]) -> Brought:
    """Take in the files, and have them read unless they are held: then there is nothing to read."""
    if is_metadata(paths[0]):
        return Brought(paths)
    try:
        uploads = tuple(Upload(path.name, path.read_bytes()) for path in paths)
        held = edition_with(uploads)
        return Brought(paths, uploads, None if held else start_reading(uploads, words))
    except (NotAccepted, OSError) as error:
        return Brought(paths, error=error)
    except DATABASE_AWAY:  # in its turn it is read after all
        connection.close()
        return Brought(paths, uploads)


def _import_although_cut_off(brought: Brought, *, publish: bool) -> IngestReport:
    """Import a letter, and once more when the database was restarted meanwhile: what it kept of it, it recognises."""
    try:
        return _import(brought, brought.being_read, publish=publish)
    except DATABASE_AWAY:
        connection.close()
        return _import(brought, None, publish=publish)


def _import(brought: Brought, being_read: BeingRead | None, *, publish: bool) -> IngestReport:
    if brought.error is not None:
        raise brought.error
    report = ingest(brought.uploads, being_read=being_read)
    # A letter that a person withdrew stays withdrawn.
    if publish and report.letter.status == Letter.Status.DRAFT and not _maybe_held(report):
        _publish(report.letter)
    return report


def _maybe_held(report: IngestReport) -> list[Letter]:
    """The letters that this draft may be the same as: a person decides before it is published."""
    if report.outcome == Outcome.CREATED:
        return [match.letter for match in report.matches]
    asked = report.letter.problems.open().filter(code=SAME_LETTER).select_related("other_letter")
    return [problem.other_letter for problem in asked]


def _publish(letter: Letter) -> None:
    try:
        publish(letter, by=None)
    except Refused as error:
        raise Refused(f"ingelezen als concept, maar niet gepubliceerd. {error}") from error
