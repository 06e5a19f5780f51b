"""Fills a site with letters, as clerks would have: published, every proposal checked, one absence established."""

import sys
from pathlib import Path

import django

LETTERS = Path(__file__).parent / "letters"
#: The official text of one of the samples, which gives it its number.
OFFICIAL = Path(__file__).parent.parent / "letters" / "kst-28676-446.xml"
#: Of this meeting the report does not mention China, which the agenda does.
BEFORE = "2025-11-24-navo-buitenlandse-zaken"
MEETING, NOT_MENTIONED = "2026-05-12-navo-buitenlandse-zaken", "China"


def fill() -> None:
    """Fill the site of this process; what clerks decide is decided by nobody in particular."""
    from django.core.management import call_command

    from letters.decisions import decide, decide_follow_ups, decide_mentions, establish_absence
    from letters.models import AgendaTopic, CommitmentMention, FollowUp, Letter, Position

    call_command("load_samples", stdout=sys.stderr)
    call_command("import_letters", str(LETTERS), str(OFFICIAL), publish=True, stdout=sys.stderr)
    decide(Position.objects.awaiting_check(), Position.Status.CHECKED, by=None)
    decide_mentions(CommitmentMention.objects.filter(status="unchecked"), Position.Status.CHECKED, by=None)
    decide_follow_ups(FollowUp.objects.awaiting_decision(), Position.Status.CHECKED, by=None)
    agenda_topic = AgendaTopic.objects.get(meeting__slug=MEETING, heading__startswith=NOT_MENTIONED)
    establish_absence(agenda_topic, Letter.Kind.REPORT, by=None)


if __name__ == "__main__":
    django.setup()
    fill()
