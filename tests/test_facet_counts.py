"""Every count of every facet, against counting by hand in Python on a random but seeded collection."""

import random
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from django.db.models import Prefetch
from django.http import QueryDict

from letters.filters import LetterList, PassageList, PositionList, key_of
from letters.models import Letter, Paragraph, Position
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

FACETS = ["onderwerp", "soort", "niveau", "bijeenkomst", "sessie", "kamer", "bewindspersoon"]
QUERIES = [
    "",
    "ongecontroleerd=ja",
    "onderwerp=europa",
    "onderwerp=oekraine&onderwerp=china&soort=verslag",
    "standpunt=steunt",
    "standpunt=steunt&moment=ingebracht",
    "standpunt=steunt&standpunt=roept-op&moment=gesteld&ongecontroleerd=ja",
    "van=2021&tot=2022&niveau=defensie",
    "van=2022",
    "tot=2021&kamer=eerste-kamer&q=navo",
    "q=navo -vrede",
    "q=navo OR vrede&standpunt=vindt&onderwerp=europa",
    "sessie=1&bewindspersoon=anna&niveau=regeringsleiders&niveau=defensie",
    "soort=verslag&soort=andere-brief&kamer=tweede-kamer&briefdatum-van=2021",
    "onderwerp=china&moment=voorgenomen&sessie=2",
]


def cleaned_data(query: str) -> dict:
    form = PassageList(QueryDict(query), path="/")
    assert form.is_valid(), query
    return form.cleaned


@pytest.fixture
def collection():
    """Some letters, drafts among them, with everything that a filter asks about drawn at random."""
    chance = random.Random(28676)  # noqa: S311 - not a secret: the same collection every time
    europe = make_topic("europa")
    balkan = make_topic("balkan", parent=europe)
    topics = [
        europe,
        balkan,
        make_topic("kosovo", parent=balkan),
        make_topic("oekraine"),
        make_topic("china"),
    ]
    levels = ["buitenlandse-zaken", "defensie", "regeringsleiders"]
    meetings = [
        make_meeting(
            f"{2020 + number % 4}-0{1 + number}-15", levels=chance.sample(levels, chance.randint(1, 2))
        )
        for number in range(6)
    ]
    sessions = [make_session(meeting, number) for meeting in meetings for number in (1, 2)]
    for _number in range(25):
        letter = make_letter(
            chance.choice(Letter.Kind.values),
            status=chance.choices(["published", "draft", "withdrawn"], [8, 1, 1])[0],
            meetings=chance.sample(meetings, chance.choice([0, 1, 1, 2])),
            date=f"{chance.randint(2020, 2023)}-05-01",
        )
        for chamber in chance.sample(["tweede-kamer", "eerste-kamer"], chance.randint(0, 2)):
            make_submission(letter, chamber)
        for name in chance.sample(["Anna", "Bram"], chance.randint(0, 2)):
            make_signatory(letter, name)
        for _section in range(chance.randint(0, 3)):
            section = make_section(
                letter,
                topics=chance.sample(topics, chance.randint(0, 2)),
                session=chance.choice([None, *sessions]),
            )
            for _paragraph in range(chance.randint(0, 3)):
                make_random_paragraph(chance, section, topics)


def make_random_paragraph(chance, section, topics):
    words = " ".join(chance.sample(["navo", "vrede", "bondgenoten", "kabinet"], 3))
    paragraph = make_paragraph(section, f"Nederland {words}.")
    for stance in chance.sample(["support", "call", "view"], chance.randint(0, 3)):
        make_position(
            paragraph,
            stance=stance,
            moment=chance.choice(Position.Moment.values),
            status=chance.choices(["checked", "unchecked", "rejected"], [3, 1, 1])[0],
            topics=chance.sample(topics, chance.choice([0, 0, 1])),
        )


@dataclass
class Row:
    """A passage or position as the lists see it: its item, letter, text, values per facet, and positions that count."""

    item: int
    letter: Letter
    text: str
    values: dict[str, set]
    positions: set[tuple[str, str]]


def family(topics) -> set[str]:
    """Keys of topics and of all that they fall under, as text."""
    found = set()
    for topic in topics:
        while topic is not None:
            found.add(str(topic.pk))
            topic = topic.parent
    return found


def letter_values(letter: Letter) -> dict[str, set]:
    meetings = list(letter.meetings.all())
    return {
        "soort": {letter.kind},
        "niveau": {level for meeting in meetings for level in meeting.levels},
        "bijeenkomst": {str(meeting.pk) for meeting in meetings},
        "jaar": {str(meeting.start.year) for meeting in meetings},
        "kamer": {submission.chamber for submission in letter.submissions.all()},
        "bewindspersoon": {signatory.slug for signatory in letter.signatories.all()},
        "onderwerp": set(),
        "sessie": set(),
    }


def passage_row(paragraph: Paragraph, letter: Letter, statuses) -> Row:
    positions = [position for position in paragraph.positions.all() if position.status in statuses]
    section = paragraph.section
    topics = [*section.topics.all(), *(topic for position in positions for topic in position.topics.all())]
    values = letter_values(letter) | {
        "onderwerp": family(topics),
        "sessie": {str(section.session.number)} if section.session else set(),
    }
    pairs = {(position.stance, position.moment) for position in positions}
    return Row(paragraph.pk, letter, paragraph.text, values, pairs)


def position_row(position: Position, passage: Row) -> Row:
    own = position.topics.all() or position.paragraph.section.topics.all()
    values = passage.values | {"onderwerp": family(own)}
    return Row(position.pk, passage.letter, position.sentence, values, {(position.stance, position.moment)})


def rows_of(list_class, statuses) -> list[Row]:
    topics = "topics__parent__parent"
    paragraphs = Prefetch(
        "paragraphs",
        Paragraph.objects.select_related("section__session").prefetch_related(
            f"section__{topics}", f"positions__{topics}"
        ),
    )
    rows = []
    for letter in Letter.objects.filter(status="published").prefetch_related(
        paragraphs, "meetings", "submissions", "signatories"
    ):
        for paragraph in letter.paragraphs.all():
            passage = passage_row(paragraph, letter, statuses)
            if list_class is PassageList:
                rows.append(passage)
            elif list_class is LetterList:
                rows.append(replace(passage, item=letter.pk))
            else:
                positions = [one for one in paragraph.positions.all() if one.status in statuses]
                rows += [position_row(position, passage) for position in positions]
        if list_class is LetterList and not letter.paragraphs.all():
            rows.append(Row(letter.pk, letter, "", letter_values(letter), set()))
    return rows


def satisfies(row: Row, cleaned, chosen, leaving_out: str = "") -> bool:
    """Whether a row passes every filter but one."""
    start, end, written = cleaned["van"], cleaned["tot"], cleaned["briefdatum-van"]
    in_period = any(
        (not start or meeting.start >= start.stored) and (not end or meeting.start <= end.stored)
        for meeting in row.letter.meetings.all()
    )
    about_positions = cleaned["standpunt"] or cleaned["moment"]
    return (
        all(not values or key == leaving_out or row.values[key] & values for key, values in chosen.items())
        and (leaving_out == "jaar" or not (start or end) or in_period)
        and (
            leaving_out in ("standpunt", "moment")
            or not about_positions
            or bool(kept_positions(row, cleaned))
        )
        and (not cleaned["q"] or has_words(row.text, cleaned["q"].value))
        and (not written or row.letter.date >= written.stored)
    )


def chosen_values(cleaned) -> dict[str, set]:
    return {key: {str(choice.stored) for choice in cleaned[key]} for key in FACETS}


def kept_positions(row, cleaned, *, leaving_out="") -> set[tuple[str, str]]:
    stances = {choice.stored for choice in cleaned["standpunt"]} if leaving_out != "standpunt" else set()
    moments = {choice.stored for choice in cleaned["moment"]} if leaving_out != "moment" else set()
    return {
        (stance, moment)
        for stance, moment in row.positions
        if (not stances or stance in stances) and (not moments or moment in moments)
    }


def has_words(text: str, query: str) -> bool:
    return {
        "navo": "navo" in text,
        "navo -vrede": "navo" in text and "vrede" not in text,
        "navo OR vrede": "navo" in text or "vrede" in text,
    }[query]


def counted_by_hand(rows, cleaned, chosen) -> dict[str, dict[str, int]]:
    found = {}
    for facet in [*FACETS, "jaar", "standpunt", "moment"]:
        items = set()
        for row in rows:
            if not satisfies(row, cleaned, chosen, leaving_out=facet):
                continue
            if facet in ("standpunt", "moment"):
                kept = kept_positions(row, cleaned, leaving_out=facet)
                values = {pair[0 if facet == "standpunt" else 1] for pair in kept}
            else:
                values = row.values[facet]
            items |= {(row.item, value) for value in values}
        if items:
            found[facet] = dict(Counter(value for _item, value in items))
    return found


@pytest.mark.parametrize("list_class", [PassageList, PositionList, LetterList])
def test_lists_totals_and_facets_are_what_counting_by_hand_gives(collection, list_class):
    checked, unchecked = rows_of(list_class, ["checked"]), rows_of(list_class, ["checked", "unchecked"])

    for query in QUERIES:
        cleaned = cleaned_data(query)
        filtered = list_class(cleaned=cleaned)
        rows = unchecked if cleaned["ongecontroleerd"] else checked
        chosen = chosen_values(cleaned)
        matching = [row for row in rows if satisfies(row, cleaned, chosen)]
        items = {row.item for row in matching}

        assert sorted(filtered.keys.tolist()) == sorted(items), query
        assert filtered.counts.items == len(items), query
        assert filtered.counts.letters == len({row.letter.pk for row in matching}), query
        assert filtered.counts.values == counted_by_hand(rows, cleaned, chosen), query


def test_the_collection_holds_something_for_every_query(collection):
    for query in QUERIES:
        assert PassageList(cleaned=cleaned_data(query)).counts.items > 0, query


def test_the_words_in_addresses_name_every_kind_stance_and_moment():
    members = [*Letter.Kind, *Position.Stance, *Position.Moment]

    assert len({key_of(member) for member in members}) == len(members)
