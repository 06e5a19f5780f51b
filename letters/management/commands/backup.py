import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format

from letters.backup import BackupError, back_up, words
from letters.backup.stopping import stop_in_order


class Command(BaseCommand):
    help = (
        "Bewaart de database en alle originelen, van één moment, in één bestand; de site mag draaien. "
        "Niet erin: de geheime sleutel, wie er is ingelogd, en mislukte inlogpogingen."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="bestand dat wordt gemaakt")
        parser.add_argument("--overwrite", action="store_true", help="vervang FILE als het er al is")

    def handle(self, *, file, overwrite, **options):
        start = time.monotonic()
        stop_in_order()
        try:
            made = back_up(file.absolute(), overwrite=overwrite, say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Bewaard in {file}: {words.contents(made.letters, made.originals)}, "
            f"{number_format(made.size / 1_000_000, 1)} MB, {number_format(time.monotonic() - start, 1)} s. "
            "Bewaar de geheime sleutel apart; die zit er niet in."
        )
        if made.lost:
            raise CommandError(f"De back-up is niet volledig: {words.lost(made.lost)}")
