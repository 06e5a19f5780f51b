import time
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.formats import number_format

from letters.backup import words
from letters.backup.command import BackupCommand
from letters.backup.making import back_up


class Command(BackupCommand):
    help = (
        "Bewaart de database en alle originelen, van één moment, in één bestand; de site mag draaien. Ontbreken er "
        "originelen, dan blijft FILE zoals het was en komt wat er wel is ernaast, met .onvolledig in de naam. "
        "Niet erin: de geheime sleutel, wie er is aangemeld, en mislukte aanmeldpogingen."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="bestand dat wordt gemaakt")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="vervang FILE als het er al is en de nieuwe back-up volledig is",
        )

    def handle(self, *, file, overwrite, **options):
        start = time.monotonic()
        made, manifest = back_up(file.absolute(), overwrite=overwrite, say=self.stdout.write)
        if manifest.lost:
            raise CommandError(
                f"De back-up is niet volledig: {words.lost(manifest.lost)} Wat er wel is staat in {made}; "
                f"{file} is niet gemaakt of vervangen."
            )
        self.stdout.write(
            f"Bewaard in {file}: {words.contents(manifest.letters, len(manifest.originals))}, "
            f"{number_format(made.stat().st_size / 1_000_000, 1)} MB, {number_format(time.monotonic() - start, 1)} s. "
            "Bewaar de geheime sleutel apart; die zit er niet in."
        )
