import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from letters.decisions import Refused, publish
from letters.ingest import IngestReport, NotAccepted, Outcome, Upload, ingest
from letters.models import Letter

IN_WORDS = {
    Outcome.CREATED: "aangemaakt",
    Outcome.UPDATED: "bijgewerkt",
    Outcome.UNCHANGED: "ongewijzigd",
}


class Command(BaseCommand):
    help = "Lees brieven in uit bestanden en mappen, elk bestand één brief. Nog eens inlezen verandert niets."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="bestanden of mappen")
        parser.add_argument("--publish", action="store_true", help="publiceer elke brief die nog concept is")

    def handle(self, *, paths, publish, **options):
        """Say of each file what became of it. What has been said here is kept, whatever happens next."""
        files = [file for path in paths for file in _files_in(path)]
        counts = Counter()
        for number, file in enumerate(files, start=1):
            try:
                report = _import_although_cut_off(file, publish=publish)
            except (NotAccepted, Refused, OSError) as error:
                counts["failed"] += 1
                self.stderr.write(f"{number}/{len(files)} mislukt: {file}: {error}")
            else:
                counts[report.outcome] += 1
                address = report.letter.get_absolute_url()
                self.stdout.write(f"{number}/{len(files)} {IN_WORDS[report.outcome]}: {file}: {address}")
                self.stdout.flush()
        totals = [f"{counts[outcome]} {words}" for outcome, words in IN_WORDS.items()]
        self.stdout.write(", ".join([*totals, f"{counts['failed']} mislukt"]))
        if counts["failed"]:
            sys.exit(1)


def _files_in(path: Path) -> list[Path]:
    """The file itself, or all files below the folder in order of name, without hidden ones."""
    if not path.exists():
        raise CommandError(f"{path} bestaat niet.")
    if path.is_file():
        return [path]
    below = sorted(file for file in path.rglob("*") if file.is_file())
    return [file for file in below if not any(part.startswith(".") for part in file.relative_to(path).parts)]


def _import_although_cut_off(file: Path, *, publish: bool) -> IngestReport:
    """Import a file, and once more when the database was restarted meanwhile: what it kept of it, it recognises."""
    try:
        return _import(file, publish=publish)
    except (OperationalError, InterfaceError):
        connection.close()
        return _import(file, publish=publish)


def _import(file: Path, *, publish: bool) -> IngestReport:
    report = ingest([Upload(file.name, file.read_bytes())])
    # A letter that a person withdrew stays withdrawn.
    if publish and report.letter.status == Letter.Status.DRAFT:
        _publish(report.letter)
    return report


def _publish(letter: Letter) -> None:
    try:
        publish(letter, by=None)
    except Refused as error:
        raise Refused(f"ingelezen als concept, maar niet gepubliceerd. {error}") from error
