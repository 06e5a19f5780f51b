import pytest
from django.utils import timezone

from letters import decisions
from letters.models import Letter, Position, TopicRedirect
from tests.factories import (
    make_agenda_topic,
    make_footnote,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db


def _draft(text="Nederland steunt dit beleid. Frankrijk ook."):
    letter = make_letter(status="draft", meetings=[make_meeting()])
    make_paragraph(make_section(letter), text, anchor="")
    return letter


def test_publishing_makes_a_letter_public_with_anchors_and_an_entry_in_the_log(admin_user):
    letter = _draft()

    decisions.publish(letter, by=admin_user)

    letter.refresh_from_db()
    assert letter.is_public
    assert letter.first_published_at <= timezone.now()
    assert [paragraph.anchor for paragraph in letter.paragraphs.all()] == ["1"]
    assert [(entry.action, entry.by) for entry in letter.publications.all()] == [("published", admin_user)]


def test_a_letter_without_text_is_not_published():
    letter = make_letter(status="draft", meetings=[make_meeting()])

    with pytest.raises(decisions.Refused, match="heeft geen tekst"):
        decisions.publish(letter, by=None)

    assert Letter.objects.public().count() == 0


def test_a_letter_about_no_meeting_is_not_published():
    letter = make_letter(status="draft")
    make_paragraph(make_section(letter))

    with pytest.raises(decisions.Refused, match="hoort nog bij geen bijeenkomst"):
        decisions.publish(letter, by=None)

    assert Letter.objects.public().count() == 0


def test_withdrawing_needs_a_reason():
    letter = make_letter()

    with pytest.raises(decisions.Refused, match="Geef een reden"):
        decisions.withdraw(letter, by=None, reason="  ")

    assert Letter.objects.public().get() == letter


def test_withdrawing_takes_a_letter_off_the_site_and_keeps_the_reason():
    letter = make_letter()

    decisions.withdraw(letter, by=None, reason="Verkeerde versie.")

    assert Letter.objects.public().count() == 0
    assert letter.publications.get().reason == "Verkeerde versie."


def test_a_letter_published_again_keeps_the_moment_of_its_first_publication():
    letter = _draft()
    decisions.publish(letter, by=None)
    first = Letter.objects.get().first_published_at
    decisions.withdraw(letter, by=None, reason="Even weg.")

    decisions.publish(letter, by=None)

    assert Letter.objects.public().get().first_published_at == first


def test_the_address_becomes_the_paper_number_and_the_old_one_leads_on():
    letter = _draft()
    decisions.publish(letter, by=None)
    letter.refresh_from_db()
    old = letter.slug
    make_submission(letter, paper_number="kst-28676-446")

    letter.readdress()
    letter.save()

    assert (old, letter.slug) == ("2023-11-20-geannoteerde-agenda-navo-buitenlandse-zaken", "kst-28676-446")
    assert letter.redirects.get().slug == old


def test_a_position_is_added_by_quoting_part_of_its_sentence_and_counts_as_checked(admin_user):
    letter = _draft()

    position = decisions.add_position(letter, "steunt  DIT beleid", Position.Stance.SUPPORT, by=admin_user)

    assert position.sentence == "Nederland steunt dit beleid."
    assert (position.status, position.decided_by) == ("checked", admin_user)


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("Duitsland steunt dit", "staan niet in één zin"),
        ("an", "Plak de zin"),
        ("steunt dit beleid. Frankrijk", "staan niet in één zin"),
        ("steunt dit", "in 2 zinnen"),
    ],
)
def test_a_quotation_that_is_no_part_of_one_sentence_is_refused_with_what_to_do(quote, message):
    letter = _draft("Nederland steunt dit beleid. Frankrijk steunt dit ook.")

    with pytest.raises(decisions.Refused, match=message):
        decisions.add_position(letter, quote, Position.Stance.SUPPORT, by=None)

    assert Position.objects.count() == 0


def test_a_position_whose_words_are_gone_cannot_be_checked():
    letter = _draft()
    position = make_position(letter.paragraphs.get(), "Nederland steunt dit beleid.", status="unchecked")
    Position.objects.update(paragraph=None)
    position.refresh_from_db()

    with pytest.raises(decisions.Refused, match="staat niet meer in de brief"):
        decisions.decide([position], Position.Status.CHECKED, by=None)


def test_merging_topics_moves_what_is_filed_there_and_the_old_address_leads_on():
    china, prc = make_topic("china", "China"), make_topic("volksrepubliek", "Volksrepubliek China")
    letter = make_letter()
    both, one = make_section(letter, topics=[china, prc]), make_section(letter, topics=[prc])
    agenda_topic = make_agenda_topic(make_meeting(), topics=[prc])
    position = make_position(make_paragraph(one), topics=[prc])

    decisions.merge_topic(prc, china)

    assert [list(row.topics.all()) for row in [both, one, agenda_topic, position]] == [[china]] * 4
    assert {name.name for name in china.names.all()} == {"China", "Volksrepubliek China"}
    assert TopicRedirect.objects.get(slug="volksrepubliek").topic == china


def test_a_topic_is_not_merged_into_one_that_is_merged_itself():
    first, second, third = make_topic("een"), make_topic("twee"), make_topic("drie")
    decisions.merge_topic(second, third)
    second.refresh_from_db()

    with pytest.raises(decisions.Refused, match="Kies een ander onderwerp"):
        decisions.merge_topic(first, second)


def test_a_renamed_topic_keeps_its_old_address():
    topic = make_topic("burden-sharing")
    topic.slug = "lastenverdeling"
    topic.save()

    decisions.rename_topic_address(topic, "burden-sharing")

    assert TopicRedirect.objects.get().slug == "burden-sharing"


def test_a_corrected_text_takes_positions_notes_and_marks_along():
    paragraph = _draft("Duitsland zweeg. Nederland steuntdit beleid. Frankrijk ook.").paragraphs.get()
    position = make_position(paragraph, "Nederland steuntdit beleid.")
    footnote = make_footnote(paragraph, offset=44)
    previous = paragraph.text
    paragraph.text = "Duitsland zweeg. Nederland steunt dit beleid. Frankrijk ook."
    paragraph.save()

    decisions.correct_text(paragraph, previous)

    position.refresh_from_db()
    footnote.refresh_from_db()
    assert position.sentence == "Nederland steunt dit beleid."
    assert paragraph.text[position.start : position.end] == position.sentence
    assert footnote.offset == 45
    assert [mark["start"] for mark in paragraph.marks] == [45]


def test_a_position_whose_sentence_is_taken_out_becomes_an_orphan():
    paragraph = _draft("Nederland steunt dit. Frankrijk ook.").paragraphs.get()
    position = make_position(paragraph, "Frankrijk ook.")
    previous = paragraph.text
    paragraph.text = "Nederland steunt dit."
    paragraph.save()

    decisions.correct_text(paragraph, previous)

    position.refresh_from_db()
    assert position.paragraph is None
