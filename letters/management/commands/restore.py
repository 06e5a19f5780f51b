import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format

from letters.backup import BackupError, restore, words
from letters.backup.stopping import stop_in_order


class Command(BaseCommand):
    help = (
        "Zet een back-up terug: de database en alle originelen, of niets. Stop eerst de site. "
        "Originelen die niet in de back-up zitten blijven staan. Zet alleen een bestand terug dat u vertrouwt."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="bestand dat script/backup maakte")
        parser.add_argument("--replace", action="store_true", help="vervang wat er in de database staat")

    def handle(self, *, file, replace, **options):
        start = time.monotonic()
        stop_in_order()
        try:
            restored = restore(file.absolute(), replace=replace, say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Teruggezet uit {file}: {words.contents(restored.letters, restored.originals)}, "
            f"{number_format(time.monotonic() - start, 1)} s. Iedereen moet opnieuw inloggen."
        )
        if restored.lost:
            raise CommandError(f"De back-up was bij het maken al niet volledig: {words.lost(restored.lost)}")
