import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from letters.decisions import Refused, publish
from letters.ingest import NotAccepted, Outcome, Upload, ingest
from letters.models import Letter


class Command(BaseCommand):
    help = "Lees brieven in uit bestanden en mappen, elk bestand één brief. Nog eens inlezen verandert niets."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="bestanden of mappen")
        parser.add_argument("--publish", action="store_true", help="publiceer elke brief die nog concept is")

    def handle(self, *, paths, publish, **options):
        files = [file for path in paths for file in _files_in(path)]
        counts, failures = Counter(), []
        for file in tqdm(files, unit="brief", file=self.stderr, disable=not sys.stderr.isatty()):
            try:
                counts[_import(file, publish=publish)] += 1
            except (NotAccepted, Refused, OSError) as error:
                failures.append(f"{file}: {error}")
        for failure in failures:
            self.stderr.write(failure)
        self.stdout.write(
            f"{counts[Outcome.CREATED]} aangemaakt, {counts[Outcome.UPDATED]} bijgewerkt, "
            f"{counts[Outcome.UNCHANGED]} ongewijzigd, {len(failures)} mislukt"
        )
        if failures:
            sys.exit(1)


def _files_in(path: Path) -> list[Path]:
    """The file itself, or all files below the folder in order of name, without hidden ones."""
    if not path.exists():
        raise CommandError(f"{path} bestaat niet.")
    if path.is_file():
        return [path]
    below = sorted(file for file in path.rglob("*") if file.is_file())
    return [file for file in below if not any(part.startswith(".") for part in file.relative_to(path).parts)]


def _import(file: Path, *, publish: bool) -> Outcome:
    report = ingest([Upload(file.name, file.read_bytes())])
    # A letter that a person withdrew stays withdrawn.
    if publish and report.letter.status == Letter.Status.DRAFT:
        _publish(report.letter)
    return report.outcome


def _publish(letter: Letter) -> None:
    try:
        publish(letter, by=None)
    except Refused as error:
        raise Refused(f"ingelezen als concept, maar niet gepubliceerd. {error}") from error
