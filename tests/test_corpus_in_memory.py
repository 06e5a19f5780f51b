"""The search index in memory: what is read anew after a change is what a reading of everything gives."""

import random
from dataclasses import fields

import pytest

from letters.filters.corpus import Corpus
from letters.filters.corpus.columns import Column
from letters.filters.corpus.joining import read_since
from letters.filters.corpus.reading import read
from letters.filters.corpus.tables import Table
from letters.models import Letter, Meeting, Paragraph, Position, Section, Topic
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db


def told(corpus: Corpus) -> dict[str, list]:
    """All that a corpus says, whatever numbers its sets have."""
    found = {}
    for name in ("letters", "passages", "positions"):
        table = getattr(corpus, name)
        for field in fields(table):
            value = getattr(table, field.name)
            if isinstance(value, Column):
                sets = [sorted(map(str, values)) for values in value.sets.by_key.values()]
                found[f"{name}.{field.name}"] = [sets[number] for number in value.set_of_row]
            elif not isinstance(value, Table) and field.name != "stamps":
                found[f"{name}.{field.name}"] = value if isinstance(value, dict) else value.tolist()
        for order in (
            "oldest_first",
            "latest_published_first",
            "latest_meeting_first",
            "earliest_meeting_first",
        ):
            found[f"{name}.{order}"] = getattr(table, order).tolist()
    return found


def add_letter(chance: random.Random) -> Letter:
    topics = list(Topic.objects.order_by("pk"))
    meeting = chance.choice(list(Meeting.objects.order_by("pk")))
    letter = make_letter(
        chance.choice(Letter.Kind.values),
        status=chance.choice(["published", "draft"]),
        meetings=[meeting],
        date=chance.choice([None, f"20{chance.randint(10, 25)}-05-01"]),
    )
    make_signatory(letter, chance.choice(["Anna", "Bert"]))
    make_submission(letter, chamber=chance.choice(["lower", "upper"]))
    for _section in range(chance.randint(0, 2)):
        session = make_session(meeting, chance.randint(1, 60)) if chance.random() < 0.3 else None
        section = make_section(letter, topics=chance.sample(topics, chance.randint(0, 2)), session=session)
        for _paragraph in range(2):
            paragraph = make_paragraph(section, "Nederland steunt dit.")
            if chance.random() < 0.7:
                status = chance.choice(["checked", "unchecked"])
                make_position(paragraph, stance=chance.choice(["support", "call"]), status=status)
    return letter


def change_something(chance: random.Random) -> None:
    letter = chance.choice(list(Letter.objects.order_by("pk")))
    position = chance.choice([*Position.objects.order_by("pk"), None])
    section = chance.choice([*Section.objects.order_by("pk"), None])
    topic = chance.choice(list(Topic.objects.order_by("pk")))
    match chance.randrange(9):
        case 0:
            add_letter(chance)
        case 1:
            Letter.objects.filter(pk=letter.pk).update(
                status="published", first_published_at="2026-01-01T12:00:00Z"
            )
        case 2:
            Letter.objects.filter(pk=letter.pk).update(status="withdrawn")
        case 3:
            Letter.objects.filter(pk=letter.pk).update(date=f"20{chance.randint(10, 25)}-06-01")
        case 4 if position:
            Position.objects.filter(pk=position.pk).update(status=chance.choice(["checked", "unchecked"]))
        case 5 if section:
            section.topics.set(chance.sample(list(Topic.objects.order_by("pk")), 2))
        case 6:
            meeting = chance.choice(list(Meeting.objects.order_by("pk")))
            Meeting.objects.filter(pk=meeting.pk).update(start=f"20{chance.randint(10, 25)}-03-02")
        case 7:
            Paragraph.objects.filter(letter=letter).update(text="Nederland steunt iets anders.")
        case 8:
            parent = chance.choice([None, *Topic.objects.filter(parent=None).exclude(pk=topic.pk)])
            if not Topic.objects.filter(parent=topic).exists():
                Topic.objects.filter(pk=topic.pk).update(parent=parent)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_change_what_is_read_of_it_alone_gives_what_reading_everything_gives(seed):
    chance = random.Random(seed)  # noqa: S311 - the same story every time
    for number in range(4):
        make_topic(f"onderwerp-{number}")
        make_meeting(f"201{number}-03-01")
    for _letter in range(20):
        add_letter(chance)
    corpus = read()

    for _turn in range(25):
        for _change in range(chance.randint(0, 2)):
            change_something(chance)
        corpus = read_since(corpus)

        assert told(corpus) == told(read())
