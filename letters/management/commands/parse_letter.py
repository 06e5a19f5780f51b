import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from letters.parsing.readers import NotReadable
from letters.parsing.sandbox import parse_in_child
from letters.parsing.serialisation import to_gold_form


class Command(BaseCommand):
    help = "Lees de bestanden van één brief en druk af wat erin herkend is, als JSON. Er wordt niets bewaard."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="bestanden van één brief")

    def handle(self, *, files, **options):
        try:
            letter = parse_in_child([(file.name, file.read_bytes()) for file in files])
        except OSError as error:
            raise CommandError(f"{error.filename}: kan niet worden geopend ({error.strerror}).") from error
        except NotReadable as error:
            raise CommandError(f"{error.file_name}: {error}") from error
        self.stdout.write(json.dumps(to_gold_form(letter), ensure_ascii=False, indent=1))
