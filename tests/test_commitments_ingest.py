"""Mentions of commitments in what was read: kept with their decisions, and with the promises that they may take up."""

import pytest
from django.core.management import call_command

from letters import decisions
from letters.ingest import Upload, find_commitments, ingest, read_again
from letters.models import CommitmentMention, FollowUp, Letter, Position
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
    make_topic,
)

pytestmark = pytest.mark.django_db

FULFILS = "Hiermee is voldaan aan de toezegging aan het lid Spaans."
REPORT = f"""\
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag

Datum 20 oktober 2023
Betreft Verslag bijeenkomst NAVO-ministers van Defensie 11 en 12 oktober 2023

Geachte voorzitter,

Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 11 en 12 oktober 2023 te Brussel.

Oekraïne

Nederland steunt Oekraïne. {FULFILS}

De minister van Defensie,

K.H. Ollongren
"""


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def promise_in(date, sentence, *, topics=(), status="checked", **fields) -> Position:
    letter = make_letter(date=date, meetings=[make_meeting(date)], **fields)
    paragraph = make_paragraph(make_section(letter, topics=topics), sentence)
    return make_position(paragraph, stance="promise", status=status, verb="informeren")


def mention_in(date, sentence, *, topics=(), status="checked", **fields) -> CommitmentMention:
    letter = make_letter("report", date=date, meetings=[make_meeting(date)], **fields)
    paragraph = make_paragraph(make_section(letter, topics=topics), sentence)
    return make_mention(paragraph, status=status)


def found_in(letter) -> list[tuple]:
    return [(one.sentence, one.kind, one.status) for one in letter.mentions.all()]


def pairs() -> set[tuple]:
    return {(one.promise_id, one.mention_id, one.status) for one in FollowUp.objects.all()}


PROMISE = "Het kabinet zal uw Kamer voor de zomer informeren over de gevolgen van de regionale plannen voor de luchtverdediging."
TAKES_UP = "Hiermee voldoe ik aan de toezegging aan uw Kamer over de gevolgen van de regionale plannen voor de luchtverdediging."


def test_a_letter_that_is_read_in_has_its_mentions_unchecked():
    letter = ingest([Upload("verslag.txt", REPORT.encode())]).letter

    assert found_in(letter) == [(FULFILS, "fulfils", "unchecked")]


def test_reading_a_letter_again_changes_nothing_of_its_mentions():
    letter = ingest([Upload("verslag.txt", REPORT.encode())]).letter
    [mention] = letter.mentions.all()

    report = read_again(letter.text_edition)

    assert report.outcome == "unchanged"
    assert [one.pk for one in letter.mentions.all()] == [mention.pk]


@pytest.mark.parametrize("status", ["checked", "rejected"])
def test_a_decision_survives_reading_again(status):
    letter = ingest([Upload("verslag.txt", REPORT.encode())]).letter
    decisions.decide_mentions(letter.mentions.all(), status, by=None, kind="refers")

    read_again(letter.text_edition)

    assert found_in(letter) == [(FULFILS, "refers", status)]


def test_a_proposal_that_is_no_longer_found_goes_and_a_decision_stays_with_its_words():
    section = make_section(make_letter())
    gone = make_mention(make_paragraph(section, "Dit zegt er niets over."), status="unchecked")
    kept = make_mention(make_paragraph(section, "Dit is toch een vermelding."), status="checked")

    find_commitments(section.letter)

    assert [one.pk for one in section.letter.mentions.all()] == [kept.pk]
    assert gone.pk not in {one.pk for one in CommitmentMention.objects.all()}


def test_a_decision_whose_words_are_gone_waits_for_them():
    section = make_section(make_letter())
    paragraph = make_paragraph(section, FULFILS)
    mention = make_mention(paragraph, status="checked")

    paragraph.delete()
    find_commitments(section.letter)
    mention.refresh_from_db()
    assert (mention.paragraph, mention.status) == (None, "checked")

    again = make_paragraph(section, f"Vooraf. {FULFILS}")
    find_commitments(section.letter)
    mention.refresh_from_db()
    assert (mention.paragraph, mention.start, mention.status) == (again, 8, "checked")


def test_questions_of_the_kamer_and_english_annexes_hold_no_mentions():
    section = make_section(make_letter())
    make_paragraph(section, FULFILS, is_question=True)
    make_paragraph(section, FULFILS, language="en")

    find_commitments(section.letter)

    assert found_in(section.letter) == []


def test_correcting_a_word_of_a_sentence_keeps_the_decision():
    paragraph = make_paragraph(make_section(make_letter()), f"Eerst dit. {FULFILS}")
    make_mention(paragraph, FULFILS, status="checked")
    previous, paragraph.text = (
        paragraph.text,
        paragraph.text.replace("Spaans", "Spaan").replace("Eerst", "Nu"),
    )
    paragraph.save()

    decisions.correct_text(paragraph, previous)

    assert found_in(paragraph.letter) == [(FULFILS.replace("Spaans", "Spaan"), "fulfils", "checked")]


def test_a_sentence_that_says_something_else_after_a_correction_is_checked_again():
    paragraph = make_paragraph(make_section(make_letter()), FULFILS)
    make_mention(paragraph, status="checked")
    previous = paragraph.text
    paragraph.text = "Zoals toegezegd tijdens het commissiedebat van 3 mei komt hierover een brief."
    paragraph.save()

    decisions.correct_text(paragraph, previous)

    assert found_in(paragraph.letter) == [(paragraph.text, "refers", "unchecked")]


def test_a_later_passage_on_the_same_is_proposed_as_follow_up():
    topic = make_topic()
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])

    find_commitments(mention.letter)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


@pytest.mark.parametrize(
    ("date", "topics", "promised"),
    [
        ("2023-10-21", ["oekraine"], PROMISE),  # later than the passage
        ("2023-10-20", ["oekraine"], PROMISE),  # of the same day
        ("2020-02-08", ["oekraine"], PROMISE),  # too long ago
        ("2023-02-08", ["china"], PROMISE),  # on something else
        ("2023-02-08", ["oekraine"], "Ik informeer uw Kamer nader over de regionale bureaus in Afrika."),
        ("2023-02-08", ["oekraine"], "Ik zal uw Kamer hierover nader informeren."),
    ],
)
def test_what_is_no_follow_up_is_not_proposed(date, topics, promised):
    known = {slug: make_topic(slug) for slug in ("oekraine", "china")}
    promise_in(date, promised, topics=[known[slug] for slug in topics])
    mention = mention_in("2023-10-20", TAKES_UP, topics=[known["oekraine"]])

    find_commitments(mention.letter)

    assert pairs() == set()


def test_a_passage_in_an_introduction_is_proposed_by_its_words_alone():
    promise = promise_in("2023-02-08", PROMISE, topics=[make_topic()])
    mention = mention_in("2023-10-20", TAKES_UP)

    find_commitments(mention.letter)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_an_older_letter_that_comes_later_is_proposed_too():
    topic = make_topic()
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])

    find_commitments(promise.letter)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_a_letter_without_a_date_counts_from_its_meeting():
    topic = make_topic()
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])
    Letter.objects.filter(pk=promise.letter_id).update(date=None)
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])

    find_commitments(mention.letter)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_at_most_three_are_proposed_the_most_alike_first():
    topic = make_topic()
    for day in range(1, 6):
        promise_in(f"2023-02-0{day}", PROMISE.replace("gevolgen", "kosten"), topics=[topic])
    best = promise_in("2022-02-08", PROMISE, topics=[topic])
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])

    find_commitments(mention.letter)

    found = list(FollowUp.objects.order_by("-likeness"))
    assert len(found) == 3
    assert found[0].promise == best


@pytest.mark.parametrize("side", ["rejected promise", "rejected mention", "withdrawn letter"])
def test_what_was_rejected_or_withdrawn_is_not_proposed(side):
    topic = make_topic()
    promise = promise_in(
        "2023-02-08",
        PROMISE,
        topics=[topic],
        status="rejected" if side == "rejected promise" else "checked",
    )
    mention = mention_in(
        "2023-10-20",
        TAKES_UP,
        topics=[topic],
        status="rejected" if side == "rejected mention" else "checked",
    )
    if side == "withdrawn letter":
        decisions.withdraw(promise.letter, by=None, reason="Per abuis.")

    find_commitments(mention.letter)

    assert pairs() == set()


def test_what_a_letter_promises_is_proposed_again_when_it_is_published_again():
    topic = make_topic()
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])
    promise.letter.meetings.add(make_meeting())
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])
    decisions.withdraw(promise.letter, by=None, reason="Per abuis.")
    find_commitments(mention.letter)

    decisions.publish(promise.letter, by=None)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


@pytest.mark.parametrize("status", ["checked", "rejected"])
def test_a_decision_on_a_link_is_never_undone_by_the_machine(status):
    topic = make_topic()
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])
    mention = mention_in("2023-10-20", TAKES_UP, topics=[topic])
    make_follow_up(promise, mention, status=status)

    find_commitments(mention.letter)
    promise.letter.paragraphs.update(text="Iets anders.")
    find_commitments(mention.letter)

    assert pairs() == {(promise.pk, mention.pk, status)}


def test_a_proposal_that_holds_no_longer_goes():
    promise = promise_in("2023-02-08", "Ik zal uw Kamer informeren over China.", topics=[make_topic()])
    mention = mention_in("2023-10-20", TAKES_UP)
    make_follow_up(promise, mention, status="unchecked")

    find_commitments(mention.letter)

    assert pairs() == set()


def test_the_command_finds_what_older_versions_did_not_look_for():
    topic = make_topic()
    promise = promise_in("2023-02-08", PROMISE, topics=[topic])
    letter = make_letter("report", date="2023-10-20")
    make_paragraph(make_section(letter, topics=[topic]), TAKES_UP)

    call_command("find_commitments")
    call_command("find_commitments")

    [mention] = letter.mentions.all()
    assert found_in(letter) == [(TAKES_UP, "fulfils", "unchecked")]
    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_the_sample_letters_come_with_a_checked_mention():
    call_command("load_samples")

    assert [(one.kind, one.status) for one in CommitmentMention.objects.all()] == [("refers", "checked")]
