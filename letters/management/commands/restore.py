import time
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.formats import number_format

from letters.backup import words
from letters.backup.command import BackupCommand
from letters.backup.restoring import restore


class Command(BackupCommand):
    help = (
        "Zet een back-up terug: de database en alle originelen, of niets. Stop eerst de site: een site die op dat moment "
        "geen verbinding met de database heeft, wordt niet opgemerkt. "
        "Originelen die niet in de back-up zitten blijven staan. Zet alleen een bestand terug dat u vertrouwt."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="bestand dat script/backup maakte")
        parser.add_argument("--replace", action="store_true", help="vervang wat er in de database staat")

    def handle(self, *, file, replace, **options):
        start = time.monotonic()
        manifest = restore(file.absolute(), replace=replace, say=self.stdout.write)
        self.stdout.write(
            f"Teruggezet uit {file}: {words.contents(manifest.letters, len(manifest.originals))}, "
            f"{number_format(time.monotonic() - start, 1)} s. Iedereen moet zich opnieuw aanmelden."
        )
        if manifest.lost:
            raise CommandError(f"De back-up was bij het maken al niet volledig: {words.lost(manifest.lost)}")
