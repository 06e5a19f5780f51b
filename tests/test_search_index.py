"""The search index follows everything that it is made of, whoever changes that and however."""

import random

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from letters.decisions.positions import decide
from letters.decisions.publication import publish, withdraw
from letters.decisions.text import correct_text
from letters.decisions.topics import merge_topic
from letters.filters import PassageList
from letters.models import (
    IndexedLetter,
    IndexedPassage,
    IndexedPosition,
    Letter,
    Meeting,
    Paragraph,
    Position,
    Section,
    Session,
    Signatory,
    Submission,
    Topic,
)
from letters.models.index import STANCE_BITS
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)
from tests.listed import items_of

pytestmark = pytest.mark.django_db

VIEWS = {
    "letters_indexedletter": (
        "letters_letter_to_index",
        "letter_id, kind, date, ordered_on, begun_on, published_at, levels, meetings, years, chambers, signatories, has_passages",
    ),
    "letters_indexedpassage": (
        "letters_passage_to_index",
        'paragraph_id, letter_id, ordered_on, "order", language, session, {topics}, stances, stances_unchecked, unchecked',
    ),
    "letters_indexedposition": (
        "letters_position_to_index",
        'position_id, paragraph_id, letter_id, ordered_on, "order", start, published_at, session, {topics}, stances,'
        " is_checked",
    ),
}
#: The columns with topics: as the view has them, and as the index keeps them.
TOPICS = {
    "letters_indexedletter": ("", ""),
    "letters_indexedpassage": (
        "topics, topics_unchecked",
        "(SELECT topics FROM letters_topicset WHERE id = topic_set_id),"
        " (SELECT topics FROM letters_topicset WHERE id = topic_set_unchecked_id)",
    ),
    "letters_indexedposition": ("topics", "(SELECT topics FROM letters_topicset WHERE id = topic_set_id)"),
}


def is_as_made_anew() -> bool:
    """Whether every row of the index is what its view gives now, and no row is missing or left over."""
    for table, (view, columns) in VIEWS.items():
        wanted, kept = (columns.format(topics=topics) for topics in TOPICS[table])
        with connection.cursor() as cursor:
            cursor.execute(
                f"(SELECT {wanted} FROM {view} EXCEPT SELECT {kept} FROM {table})"  # noqa: S608 - names from above
                f" UNION ALL (SELECT {kept} FROM {table} EXCEPT SELECT {wanted} FROM {view})"
            )
            if cursor.fetchall():
                return False
    return True


def found(words: str) -> list[Paragraph]:
    return items_of(PassageList(cleaned=PassageList().cleaned | {"q": _choice(words)}))


def _choice(words):
    return type("Words", (), {"value": words, "label": words})()


def test_a_position_is_one_bit_for_the_database_and_for_python():
    with connection.cursor() as cursor:
        for (stance, moment), bit in STANCE_BITS.items():
            cursor.execute("SELECT letters_stance_bit(%s, %s)", [stance, moment])

            assert cursor.fetchone() == (bit,)


def test_a_draft_is_not_in_the_index():
    make_paragraph(make_section(make_letter(status="draft")))

    assert not IndexedLetter.objects.exists()
    assert not IndexedPassage.objects.exists()


def test_publishing_and_withdrawing_a_letter_adds_and_removes_its_rows(admin_user):
    letter = make_letter(status="draft", meetings=[make_meeting()])
    make_position(make_paragraph(make_section(letter)))

    publish(letter, by=admin_user)
    added = [model.objects.count() for model in (IndexedLetter, IndexedPassage, IndexedPosition)]
    withdraw(Letter.objects.get(), by=admin_user, reason="Per abuis geplaatst.")

    assert added == [1, 1, 1]
    assert not IndexedLetter.objects.exists()
    assert not IndexedPassage.objects.exists()
    assert not IndexedPosition.objects.exists()


def test_corrected_words_are_found_and_the_old_ones_are_not():
    passage = make_passage("Nederland steunt de luchtmacht.")
    Paragraph.objects.filter(pk=passage.pk).update(text="Nederland steunt de marine.")

    assert found("marine") == [passage]
    assert found("luchtmacht") == []


def test_words_corrected_by_a_person_are_found(admin_user):
    passage = make_passage("Nederland steunt de luchtmacht.")
    passage.text = "Nederland steunt de marine."
    passage.save()
    correct_text(passage, "Nederland steunt de luchtmacht.")

    assert found("marine") == [passage]


def test_a_rejected_position_is_gone(admin_user):
    position = make_position(make_passage(), status="unchecked")

    decide([position], Position.Status.REJECTED, by=admin_user)

    assert not IndexedPosition.objects.exists()
    assert IndexedPassage.objects.get().stances_unchecked == 0


def change_of(name: str, chance: random.Random):
    """One of the ways in which the things that the index is made of change."""

    def any_of(model):
        rows = list(model.objects.order_by("pk"))
        return chance.choice(rows) if rows else None

    letter, section, paragraph = any_of(Letter), any_of(Section), any_of(Paragraph)
    position, topic, meeting = any_of(Position), any_of(Topic), any_of(Meeting)
    other = any_of(Topic)
    changes = {
        "status": lambda: Letter.objects.filter(pk=letter.pk).update(
            status=chance.choice(["published", "draft", "withdrawn"]),
        ),
        "kind": lambda: Letter.objects.filter(pk=letter.pk).update(kind=chance.choice(Letter.Kind.values)),
        "date": lambda: Letter.objects.filter(pk=letter.pk).update(date=chance.choice([None, "2021-05-06"])),
        "meetings": lambda: letter.meetings.set(Meeting.objects.order_by("?")[: chance.randint(0, 2)]),
        "start": lambda: Meeting.objects.filter(pk=meeting.pk).update(start="2019-02-03", end=None),
        "levels": lambda: Meeting.objects.filter(pk=meeting.pk).update(levels=["defensie"]),
        "topics": lambda: section.topics.set(Topic.objects.order_by("?")[: chance.randint(0, 2)]),
        "own": lambda: position.topics.set(Topic.objects.order_by("?")[: chance.randint(0, 2)]),
        "decided": lambda: Position.objects.filter(pk=position.pk).update(
            status=chance.choice(["checked", "unchecked", "rejected"])
        ),
        "stance": lambda: Position.objects.filter(pk=position.pk).update(stance="call", moment="planned"),
        "orphan": lambda: Position.objects.filter(pk=position.pk).update(paragraph=None),
        "session": lambda: Section.objects.filter(pk=section.pk).update(
            session=make_session(meeting, number=meeting.sessions.count() + 1)
        ),
        "moved": lambda: Paragraph.objects.filter(pk=paragraph.pk).update(order=paragraph.order + 5),
        "deleted": lambda: paragraph.delete() if Paragraph.objects.count() > 5 else None,
        "added": lambda: make_paragraph(section, "Nieuw.", anchor=""),
        "parent": lambda: (
            Topic.objects.filter(pk=topic.pk).update(parent=other)
            if topic != other and topic not in [other, *other.ancestors]
            else None
        ),
        "merged": lambda: (
            merge_topic(topic, other)
            if topic != other
            and not (topic.merged_into or other.merged_into)
            and topic not in other.ancestors
            and len(other.ancestors) + topic.height <= Topic.LEVELS
            else None
        ),
        "signed": lambda: make_signatory(letter, chance.choice(["Anna", "Bram"])),
        "unsigned": lambda: letter.signatories.all().delete(),
        "submitted": lambda: Submission.objects.update_or_create(
            letter=letter, chamber=chance.choice(["tweede-kamer", "eerste-kamer"])
        ),
        "elsewhere": lambda: (
            Paragraph.objects.filter(pk=paragraph.pk).update(
                section=section, letter=section.letter, anchor=""
            ),
            Position.objects.filter(paragraph=paragraph).update(letter=section.letter),
        ),
        "said elsewhere": lambda: Position.objects.filter(pk=position.pk).update(
            paragraph=paragraph, letter=paragraph.letter, end=1000 + position.pk
        ),
        "all moved": lambda: (
            Paragraph.objects.update(order=F("order") + 1, section=section, letter=section.letter, anchor=""),
            Position.objects.update(letter=section.letter),
        ),
        "all decided": lambda: Position.objects.update(
            status=chance.choice(["checked", "unchecked"]), start=7
        ),
        "first published": lambda: Letter.objects.update(first_published_at=timezone.now()),
        "section gone": lambda: section.delete() if Section.objects.count() > 5 else None,
        "gone": lambda: letter.delete() if Letter.objects.count() > 3 else None,
    }
    return changes[name]


CHANGES = [
    "status", "kind", "date", "meetings", "start", "levels", "topics", "own", "decided", "stance", "orphan", "session",
    "moved", "deleted", "added", "parent", "merged", "signed", "unsigned", "submitted", "gone",
    "elsewhere", "said elsewhere", "all moved", "all decided", "first published", "section gone",
]  # fmt: skip


def make_collection(chance: random.Random) -> None:
    topics = [make_topic(slug) for slug in ("oekraine", "china", "europa", "balkan")]
    meetings = [make_meeting(f"202{number}-05-06") for number in range(3)]
    for number in range(4):
        letter = make_letter(meetings=chance.sample(meetings, 1), date=f"202{number}-05-01")
        make_submission(letter)
        for _section in range(2):
            section = make_section(letter, topics=chance.sample(topics, 1))
            for _paragraph in range(2):
                paragraph = make_paragraph(section, f"Nederland steunt punt {number}.")
                make_position(paragraph, topics=chance.sample(topics, chance.randint(0, 1)))


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_is_followed(change):
    chance = random.Random(change)  # noqa: S311 - the same story every time
    make_collection(chance)

    change_of(change, chance)()

    assert is_as_made_anew()


@pytest.mark.parametrize("seed", range(4))
def test_many_changes_after_each_other_leave_what_making_the_index_anew_gives(seed):
    chance = random.Random(seed)  # noqa: S311 - the same story every time
    make_collection(chance)

    for _change in range(25):
        name = chance.choice(CHANGES)
        change_of(name, chance)()

        assert is_as_made_anew(), name


class Rows:
    """A letter with one of everything that its rows in the index are made of, and topics and a meeting that it does not have."""

    def __init__(self):
        self.topic, self.other = make_topic("oekraine"), make_topic("china")
        self.own, self.above = make_topic("europa"), make_topic("wereld")
        self.meeting, self.later = make_meeting("2023-11-28"), make_meeting("2024-02-14")
        self.session = make_session(self.meeting)
        self.letter = make_letter(meetings=[self.meeting])
        make_submission(self.letter)
        make_signatory(self.letter)
        self.section = make_section(self.letter, topics=[self.topic], session=self.session)
        self.paragraph = make_paragraph(self.section)
        self.position = make_position(self.paragraph, stance="support", moment="stated", topics=[self.own])


#: For each trigger a statement of which nothing else tells the index.
STATEMENTS = {
    ("letters_letter", "insert"): lambda rows: make_letter(),
    ("letters_letter", "update"): lambda rows: Letter.objects.update(kind="report"),
    ("letters_letter", "delete"): lambda rows: rows.letter.delete(),
    ("letters_letter_meetings", "insert"): lambda rows: rows.letter.meetings.add(rows.later),
    ("letters_letter_meetings", "update"): lambda rows: Letter.meetings.through.objects.update(meeting=rows.later),
    ("letters_letter_meetings", "delete"): lambda rows: rows.letter.meetings.clear(),
    ("letters_submission", "insert"): lambda rows: make_submission(rows.letter, "eerste-kamer"),
    ("letters_submission", "update"): lambda rows: Submission.objects.update(chamber="eerste-kamer"),
    ("letters_submission", "delete"): lambda rows: Submission.objects.all().delete(),
    ("letters_signatory", "insert"): lambda rows: make_signatory(rows.letter, "Anna Jansen"),
    ("letters_signatory", "update"): lambda rows: Signatory.objects.update(slug="anna-jansen"),
    ("letters_signatory", "delete"): lambda rows: Signatory.objects.all().delete(),
    ("letters_section", "update"): lambda rows: Section.objects.update(session=None),
    ("letters_section_topics", "insert"): lambda rows: rows.section.topics.add(rows.other),
    ("letters_section_topics", "update"): lambda rows: Section.topics.through.objects.update(topic=rows.other),
    ("letters_section_topics", "delete"): lambda rows: rows.section.topics.clear(),
    ("letters_paragraph", "insert"): lambda rows: make_paragraph(rows.section, anchor=""),
    ("letters_paragraph", "update"): lambda rows: Paragraph.objects.update(order=5),
    ("letters_paragraph", "delete"): lambda rows: rows.paragraph.delete(),
    ("letters_position", "insert"): lambda rows: make_position(rows.paragraph, stance="call"),
    ("letters_position", "update"): lambda rows: Position.objects.update(stance="call"),
    ("letters_position", "delete"): lambda rows: rows.position.delete(),
    ("letters_position_topics", "insert"): lambda rows: rows.position.topics.add(rows.other),
    ("letters_position_topics", "update"): lambda rows: Position.topics.through.objects.update(topic=rows.other),
    ("letters_position_topics", "delete"): lambda rows: rows.position.topics.clear(),
    ("letters_meeting", "update"): lambda rows: Meeting.objects.update(levels=["defensie"]),
    ("letters_session", "update"): lambda rows: Session.objects.update(number=9),
    ("letters_topic", "update"): lambda rows: Topic.objects.filter(pk=rows.own.pk).update(parent=rows.above),
}  # fmt: skip
#: A section that comes has no paragraphs yet; the paragraphs of one that goes have gone before.
BEFORE_AND_AFTER_PARAGRAPHS = {("letters_section", "insert"), ("letters_section", "delete")}


@pytest.mark.parametrize(("table", "event"), STATEMENTS)
def test_each_trigger_is_needed_and_does_its_work(table, event):
    with transaction.atomic(), connection.cursor() as cursor:
        rows = Rows()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER search_index_{event}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        STATEMENTS[table, event](rows)
        without_it = is_as_made_anew()
        transaction.set_rollback(True)

    STATEMENTS[table, event](Rows())

    assert (without_it, is_as_made_anew()) == (False, True)


def test_no_trigger_is_without_a_statement():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, replace(tgname, 'search_index_', '') FROM pg_trigger"
            " WHERE tgfoid = 'letters_index_follow()'::regprocedure"
        )

        assert set(cursor.fetchall()) == set(STATEMENTS) | BEFORE_AND_AFTER_PARAGRAPHS


def test_a_decision_leaves_the_other_rows_of_its_letter_as_they_are():
    section = make_section(make_letter())
    position, *_others = [make_position(make_paragraph(section, anchor=str(number))) for number in range(3)]

    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid FROM letters_indexedposition ORDER BY position_id")
        before = cursor.fetchall()
        Position.objects.filter(pk=position.pk).update(stance="call")
        cursor.execute("SELECT ctid FROM letters_indexedposition ORDER BY position_id")
        after = cursor.fetchall()

    assert [was == now for was, now in zip(before, after, strict=True)] == [False, True, True]


def test_making_the_index_anew_changes_nothing():
    make_collection(random.Random(1))  # noqa: S311 - the same every time
    before = list(IndexedPassage.objects.order_by("pk").values_list("pk", "order", "stances"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_index_rebuild()")

    assert list(IndexedPassage.objects.order_by("pk").values_list("pk", "order", "stances")) == before
    assert is_as_made_anew()
