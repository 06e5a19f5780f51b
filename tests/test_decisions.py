import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from letters import decisions
from letters.models import AgendaTopic, Letter, Position, TopicRedirect
from letters.offsets import OffsetCarrier
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


def _corrected(before, after, *quotes):
    """The paragraph after its text was corrected, and its positions on ``quotes`` as they are then."""
    paragraph = _draft(before).paragraphs.get()
    positions = [make_position(paragraph, quote) for quote in quotes]
    paragraph.text = after
    paragraph.save()
    decisions.correct_text(paragraph, before)
    for position in positions:
        position.refresh_from_db()
    return paragraph, positions


def test_of_two_positions_whose_sentences_are_joined_one_becomes_an_orphan():
    paragraph, positions = _corrected(
        "Nederland steunt A. Nederland steunt B.",
        "Nederland steunt A, Nederland steunt B.",
        "Nederland steunt A.",
        "Nederland steunt B.",
    )

    assert [position.paragraph for position in positions] == [paragraph, None]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Het kabinet is voorstander van deze inzet.", "checked"),
        ("Turkije wees elke uitbreiding van de missie af.", "unchecked"),
    ],
)
def test_a_position_stays_checked_only_while_its_sentence_says_the_same(sentence, status):
    old = "Het kabinet is voorstandr van deze inzet."

    _paragraph, [position] = _corrected(
        f"Duitsland zweeg. {old} Frankrijk ook.", f"Duitsland zweeg. {sentence} Frankrijk ook.", old
    )

    assert (position.sentence, position.status) == (sentence, status)
    assert (position.decided_at is None) or status == "checked"


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("een twee drie", "een twee drie", {0: 0, 4: 4, 13: 13}),
        ("een twee drie", "nul een twee drie", {0: 4, 4: 8, 13: 17}),
        ("een twee drie", "een drie", {0: 0, 9: 4, 13: 8}),
        ("steuntdit beleid", "steunt dit beleid", {6: 7, 10: 11}),
        ("", "nieuw", {0: 5}),
    ],
)
def test_a_place_is_carried_to_the_same_letters(old, new, places):
    carry = OffsetCarrier(old, new)

    assert {place: carry(place) for place in places} == places


def test_a_position_that_was_proposed_takes_all_that_a_person_filled_in():
    letter = _draft("Nederland steunt dit beleid.")
    proposed = make_position(letter.paragraphs.get(), stance="support", status="unchecked")

    decisions.add_position(letter, "steunt dit", "support", by=None, moment="delivered", with_others=True)

    proposed.refresh_from_db()
    assert (proposed.status, proposed.moment, proposed.with_others) == ("checked", "delivered", True)


def test_a_decision_on_a_row_that_was_read_before_leaves_what_changed_since():
    position = make_position(_draft().paragraphs.get(), status="unchecked")
    Position.objects.update(sentence="Zoals opnieuw gelezen.", verb="opnieuw")

    decisions.decide([position], Position.Status.CHECKED, by=None)

    position.refresh_from_db()
    assert (position.status, position.sentence, position.verb) == (
        "checked",
        "Zoals opnieuw gelezen.",
        "opnieuw",
    )


def test_a_decision_on_a_proposal_that_a_reading_took_away_is_refused():
    position = make_position(_draft().paragraphs.get(), status="unchecked")
    Position.objects.all().delete()

    with pytest.raises(decisions.Refused, match="intussen opnieuw gelezen"):
        decisions.decide([position], Position.Status.CHECKED, by=None)


@pytest.mark.django_db(transaction=True)
def test_a_decision_waits_for_who_holds_the_letter():
    position = make_position(_draft().paragraphs.get(), status="unchecked")

    def check():
        try:
            decisions.decide([position], Position.Status.CHECKED, by=None)
        finally:
            connection.close()

    checking = threading.Thread(target=check)
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=position.letter_id)
        checking.start()
        checking.join(timeout=0.5)
        waited = checking.is_alive()
        Position.objects.update(verb="opnieuw gelezen")
    checking.join(timeout=10)

    position.refresh_from_db()
    assert (waited, position.status, position.verb) == (True, "checked", "opnieuw gelezen")


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_letters_of_one_meeting_do_not_wait_for_each_other_for_ever():
    agenda = _draft()
    meeting = agenda.meetings.get()
    report = make_letter(meetings=[meeting])
    make_paragraph(make_section(report), "Nederland levert munitie.")

    def withdraw():
        try:
            decisions.withdraw(report, by=None, reason="Per abuis.")
        finally:
            connection.close()

    withdrawing = threading.Thread(target=withdraw)
    with transaction.atomic():
        decisions.publish(agenda, by=None)
        withdrawing.start()
        withdrawing.join(timeout=0.5)
        waited = withdrawing.is_alive()
        meeting.place = "Brussel"  # what a letter that becomes public completes
        meeting.save()
    withdrawing.join(timeout=10)

    report.refresh_from_db()
    assert (waited, report.status) == (True, "withdrawn")


def test_a_letter_that_was_public_is_not_discarded():
    letter = make_letter(status="withdrawn")
    Letter.objects.update(first_published_at=timezone.now())

    with pytest.raises(decisions.Refused, match="Trek de brief in"):
        decisions.discard_draft(letter)

    assert Letter.objects.count() == 1


def test_a_discarded_draft_leaves_the_agenda_topics_that_another_letter_treats():
    meeting = make_meeting()
    draft, other = make_letter(status="draft", meetings=[meeting]), make_letter(meetings=[meeting])
    shared = make_agenda_topic(meeting, "Oekraïne", read={"letter": draft.pk})
    own = make_agenda_topic(meeting, "China", read={"letter": draft.pk})
    make_section(draft, agenda_topics=[shared, own])
    make_section(other, agenda_topics=[shared])

    decisions.discard_draft(draft)

    assert (Letter.objects.get(), AgendaTopic.objects.get()) == (other, shared)


def test_a_topic_is_not_merged_into_what_falls_under_it():
    top = make_topic("een")
    low = make_topic("drie", parent=make_topic("twee", parent=top))

    with pytest.raises(decisions.Refused, match="valt zelf onder"):
        decisions.merge_topic(top, low)


def test_a_topic_is_not_merged_to_where_its_children_lie_too_deep():
    low = make_topic("drie", parent=make_topic("twee", parent=make_topic("een")))
    topic = make_topic("vier")
    make_topic("vijf", parent=topic)

    with pytest.raises(decisions.Refused, match="te diep"):
        decisions.merge_topic(topic, low)


def test_a_topic_does_not_take_over_an_old_address_of_another():
    first, second = make_topic("een"), make_topic("twee")
    TopicRedirect.objects.create(slug="oud", topic=first)
    second.slug = "oud"
    second.save()

    with pytest.raises(decisions.Refused, match="van een ander onderwerp"):
        decisions.rename_topic_address(second, "twee")

    assert TopicRedirect.objects.get().topic == first
