"""What a person decided survives every new reading, wherever the words went."""

from pathlib import Path

import pytest

from letters import decisions, originals
from letters.ingest import Upload, ingest, read_again
from letters.models import AgendaTopic, Note, Paragraph, Position, Section, Topic
from letters.topic_list import load_topics
from tests.factories import make_note

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parent / "letters" / "agenda-2023-11-28.txt").read_text()
SENTENCE = "Het kabinet steunt dit beleid onverkort."
PARAGRAPH_SPLIT = TEXT.replace(f" {SENTENCE}", f"\n\n{SENTENCE}")
SENTENCE_GONE = TEXT.replace(SENTENCE, "Het beleid is bekend.")
_UKRAINE = TEXT.index("Oekraïne\n\nHet verder")
_CHINA = TEXT.index("China en de Indo-Pacific\n")
_SPENDING = TEXT.index("Defensieuitgaven (burden sharing) en defensie-industrie\n")
TOPICS_SWAPPED = TEXT[:_UKRAINE] + TEXT[_CHINA:_SPENDING] + TEXT[_UKRAINE:_CHINA] + TEXT[_SPENDING:]


@pytest.fixture(autouse=True)
def stored_originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letter():
    load_topics()
    return ingest([Upload("agenda.txt", TEXT.encode())]).letter


@pytest.fixture
def position(letter):
    return letter.positions.get(sentence=SENTENCE)


def _read(letter, text=TEXT):
    """Read the letter as if its original, or the reader, now gave this text."""
    letter.text_edition.files.update(sha256=originals.store(text.encode()))
    read_again(letter.text_edition)


def _correct(paragraph, text):
    previous, paragraph.text = paragraph.text, text
    paragraph.save()
    decisions.correct_text(paragraph, previous)


def _held(letter):
    return list(letter.positions.filter(sentence=SENTENCE).values_list("status", "stance"))


@pytest.mark.parametrize("status", ["checked", "rejected"])
def test_a_decision_follows_its_sentence_when_the_paragraph_is_split(letter, position, status):
    decisions.decide([position], status, by=None)

    _read(letter, PARAGRAPH_SPLIT)

    position.refresh_from_db()
    assert _held(letter) == [(status, "support")]
    assert position.paragraph.text[position.start : position.end] == SENTENCE


def test_a_corrected_stance_follows_its_sentence_before_anybody_checked_it(letter, position):
    Position.objects.filter(pk=position.pk).update(stance="action")

    _read(letter, PARAGRAPH_SPLIT)

    assert _held(letter) == [("unchecked", "action")]


def test_a_paragraph_that_moved_keeps_its_anchor_and_its_checked_position(letter, position):
    decisions.publish(letter, by=None)
    decisions.decide([position], "checked", by=None)
    before = dict(letter.paragraphs.values_list("text", "anchor"))

    _read(letter, TOPICS_SWAPPED)

    position.refresh_from_db()
    assert dict(letter.paragraphs.values_list("text", "anchor")) == before
    assert position.paragraph is not None


def test_a_note_keeps_a_proposal_whose_sentence_is_gone_as_an_orphan(letter, position):
    make_note(position=position, is_public=False)

    _read(letter, SENTENCE_GONE)

    assert Note.objects.get().position.paragraph is None
    assert letter.problems.open().filter(code="orphaned-position").count() == 1


def test_a_rejected_position_whose_sentence_is_gone_asks_nothing(letter, position):
    decisions.decide([position], "rejected", by=None)

    _read(letter, SENTENCE_GONE)

    assert letter.problems.open().filter(code="orphaned-position").count() == 0


def test_topics_of_its_own_stay_with_a_proposal_that_is_read_with_another_stance(letter, position):
    position.topics.set([Topic.objects.get(slug="china")])
    Position.objects.filter(pk=position.pk).update(stance="call", read={**position.read, "stance": "call"})

    _read(letter)

    held = letter.positions.get(sentence=SENTENCE)
    assert ([topic.slug for topic in held.topics.all()], held.stance) == (["china"], "support")


def test_a_proposal_that_a_person_changed_into_what_is_read_now_is_not_doubled(letter, position):
    Position.objects.filter(pk=position.pk).update(read={**position.read, "stance": "call"})

    _read(letter)

    assert _held(letter) == [("unchecked", "support")]


def test_what_was_checked_stays_as_it_was_checked(letter, position):
    decisions.decide([position], "checked", by=None)
    read = {**position.read, "verb": "steunde", "moment": "delivered"}
    Position.objects.filter(pk=position.pk).update(verb="steunde", moment="delivered", read=read)

    _read(letter)

    position.refresh_from_db()
    assert (position.verb, position.moment) == ("steunde", "delivered")


def test_a_footnote_in_a_corrected_paragraph_stays_behind_its_word(letter):
    paragraph = letter.paragraphs.get(text__startswith="Een van de prangende")
    _correct(paragraph, f"En ook: {paragraph.text}")

    _read(letter)

    offset = paragraph.footnotes.get().offset
    assert paragraph.text[:offset].endswith("hybride dreigingen")


def test_a_position_in_a_corrected_sentence_keeps_its_whole_sentence(letter, position):
    paragraph = position.paragraph
    _correct(paragraph, paragraph.text.replace(SENTENCE, f"Zoals bekend: {SENTENCE}"))

    _read(letter)

    position.refresh_from_db()
    assert position.sentence == f"Zoals bekend: {SENTENCE}"
    assert paragraph.text[position.start : position.end] == position.sentence


def test_a_conflict_stays_a_problem_until_somebody_decides(letter):
    Section.objects.filter(letter=letter, heading="Oekraïne").update(heading="Steun")
    other = TEXT.replace("\nOekraïne\n", "\nOekraïne en steun\n")

    _read(letter, other)
    _read(letter, other)

    assert letter.problems.open().filter(code="conflict", field__endswith=":heading").count() == 1


def test_a_conflict_about_long_texts_is_kept(letter):
    paragraph = letter.paragraphs.first()
    Paragraph.objects.filter(pk=paragraph.pk).update(text=f"{paragraph.text} Erbij.")

    _read(letter, TEXT.replace(paragraph.text, f"{paragraph.text} Anders."))

    assert letter.problems.open().filter(code="conflict", field__endswith=":text").count() == 1


def test_an_order_that_a_person_chose_stays(letter):
    agenda_topic = AgendaTopic.objects.get(heading="Oekraïne")
    AgendaTopic.objects.filter(pk=agenda_topic.pk).update(order=50)
    paragraph = letter.paragraphs.order_by("order").last()
    Paragraph.objects.filter(pk=paragraph.pk).update(order=0)

    _read(letter)

    agenda_topic.refresh_from_db()
    paragraph.refresh_from_db()
    assert (agenda_topic.order, paragraph.order) == (50, 0)


def test_a_second_section_on_an_agenda_topic_does_not_rename_it(letter):
    agenda_topic = AgendaTopic.objects.get(heading="Oekraïne")
    letter.sections.get(heading="China en de Indo-Pacific").agenda_topics.set([agenda_topic])

    _read(letter)

    agenda_topic.refresh_from_db()
    assert agenda_topic.heading == "Oekraïne"


def test_a_section_that_a_person_changed_is_not_dropped_silently(letter):
    section = letter.sections.get(heading="China en de Indo-Pacific")
    section.topics.set([Topic.objects.get(slug="cyber")])

    _read(letter, TEXT.replace("\nChina en de Indo-Pacific\n", "\n"))

    assert Section.objects.filter(pk=section.pk).exists()
    assert letter.problems.open().filter(code="section-gone").count() == 1


def test_reading_again_without_news_writes_no_history(letter):
    models = [Position, Section, AgendaTopic]
    before = [model.history.count() for model in models]

    _read(letter)

    assert [model.history.count() for model in models] == before
