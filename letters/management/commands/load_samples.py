import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from letters.decisions import add_position, decide, decide_mentions, publish
from letters.ingest import Upload, ingest
from letters.models import CommitmentMention, Letter, Position

SAMPLES = Path(settings.BASE_DIR) / "letters" / "data" / "samples"


class Command(BaseCommand):
    help = "Zet twee echte brieven in de verzameling, gepubliceerd, met de standpunten die een mens erin las."

    def handle(self, **options):
        letters = sorted(SAMPLES.glob("*.docx"))
        for file in letters:
            report = ingest([Upload(file.name, file.read_bytes())])
            letter = report.letter
            if report.matches:  # beside letters of one's own: a person says whether it is one of those
                self.stdout.write(f"{file.name} lijkt op een brief die er al is: beslis in het beheer")
                continue
            _decide_as_read(letter, json.loads(file.with_suffix(".positions.json").read_text()))
            commitments = file.with_suffix(".commitments.json")
            _decide_mentions_as_read(
                letter, json.loads(commitments.read_text()) if commitments.exists() else []
            )
            publish(letter, by=None)
        self.stdout.write(f"{len(letters)} voorbeeldbrieven gepubliceerd")


def _decide_as_read(letter: Letter, positions: list[dict]) -> None:
    """Check what a person also read; add what the machine did not find, with the first stance that the person gave."""
    for position in positions:
        found = letter.positions.filter(sentence=position["sentence"])
        agreed = found.filter(stance__in=position["stance"])
        if agreed:
            decide(agreed, Position.Status.CHECKED, by=None)
        else:
            add_position(letter, position["sentence"], position["stance"][0], by=None)
        decide(found.exclude(stance__in=position["stance"]), Position.Status.REJECTED, by=None)


def _decide_mentions_as_read(letter: Letter, commitments: list[dict]) -> None:
    """Check the mentions of earlier commitments that a person also read, and reject the others."""
    for commitment in commitments:
        found = letter.mentions.filter(sentence=commitment["sentence"])
        decide_mentions(found, CommitmentMention.Status.CHECKED, by=None, kind=commitment["kind"])
    rest = letter.mentions.filter(status=CommitmentMention.Status.UNCHECKED)
    decide_mentions(rest, CommitmentMention.Status.REJECTED, by=None)
