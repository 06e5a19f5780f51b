"""What people decide of mentions of commitments, and of what takes up what."""

import pytest

from letters import decisions
from letters.models import CommitmentMention, FollowUp
from tests.factories import (
    make_follow_up,
    make_letter,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
)

pytestmark = pytest.mark.django_db

SENTENCE = "Hiermee is voldaan aan de toezegging aan het lid Spaans."


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("redacteur")


@pytest.fixture
def mention():
    return make_mention(make_paragraph(make_section(make_letter("report")), SENTENCE), status="unchecked")


@pytest.fixture
def follow_up(mention):
    decisions.decide_mentions([mention], "checked", by=None)
    paragraph = make_paragraph(make_section(make_letter(date="2023-01-01")), "Ik zal uw Kamer informeren.")
    return make_follow_up(make_position(paragraph, stance="promise"), mention, status="unchecked")


def test_a_mention_is_checked_with_the_kind_that_a_person_gives_it(mention, clerk):
    count = decisions.decide_mentions([mention], "checked", by=clerk, kind="refers")

    mention.refresh_from_db()
    assert count == 1
    assert (mention.status, mention.kind, mention.decided_by) == ("checked", "refers", clerk)
    assert mention.history.latest().history_user == clerk
    assert list(CommitmentMention.objects.public()) == [mention]


def test_a_mention_is_opened_again(mention, clerk):
    decisions.decide_mentions([mention], "rejected", by=clerk)
    decisions.decide_mentions([mention], "unchecked", by=clerk)

    mention.refresh_from_db()
    assert (mention.status, mention.decided_at, mention.decided_by) == ("unchecked", None, None)


def test_what_a_colleague_decided_meanwhile_is_not_overwritten(mention, clerk):
    decisions.decide_mentions([mention], "rejected", by=clerk)

    with pytest.raises(decisions.Overtaken):
        decisions.decide_mentions([mention], "checked", by=clerk, seen={mention.pk: "unchecked"})

    mention.refresh_from_db()
    assert mention.status == "rejected"


def test_a_mention_whose_words_are_gone_cannot_be_checked(mention, clerk):
    CommitmentMention.objects.update(paragraph=None)

    with pytest.raises(decisions.Refused, match="staat niet meer in de brief"):
        decisions.decide_mentions([mention], "checked", by=clerk)


def test_a_mention_that_is_gone_says_so(mention, clerk):
    CommitmentMention.objects.all().delete()

    with pytest.raises(decisions.Refused, match="opnieuw gelezen"):
        decisions.decide_mentions([mention], "checked", by=clerk)


def test_a_link_is_public_once_confirmed(follow_up, clerk):
    assert list(FollowUp.objects.public()) == []
    assert list(FollowUp.objects.awaiting_decision()) == [follow_up]

    decisions.decide_follow_ups([follow_up], "checked", by=clerk)

    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.decided_by) == ("checked", clerk)
    assert list(FollowUp.objects.public()) == [follow_up]
    assert list(FollowUp.objects.awaiting_decision()) == []


@pytest.mark.parametrize("hidden", ["promise", "mention"])
def test_a_link_waits_until_both_sentences_are_checked(follow_up, clerk, hidden):
    row = getattr(follow_up, hidden)
    row.status = "unchecked"
    row.save()

    with pytest.raises(decisions.Refused, match="Kijk eerst"):
        decisions.decide_follow_ups([follow_up], "checked", by=clerk)

    assert list(FollowUp.objects.awaiting_decision()) == []


@pytest.mark.parametrize("side", ["promise", "mention"])
def test_a_confirmed_link_is_hidden_when_a_letter_is_withdrawn(follow_up, clerk, side):
    decisions.decide_follow_ups([follow_up], "checked", by=clerk)

    decisions.withdraw(getattr(follow_up, side).letter, by=clerk, reason="Per abuis.")

    assert list(FollowUp.objects.public()) == []


def test_a_decision_on_a_draft_goes_with_it_to_the_letter_that_it_is(mention, clerk):
    draft = make_letter("report", status="draft")
    make_mention(make_paragraph(make_section(draft), SENTENCE), status="checked", kind="refers")

    decisions.attach(draft, mention.letter, by=clerk)

    mention.refresh_from_db()
    assert (mention.status, mention.kind) == ("checked", "refers")


def test_a_decision_on_a_draft_that_fits_nowhere_stops_it(clerk):
    letter, draft = make_letter("report"), make_letter("report", status="draft")
    make_mention(make_paragraph(make_section(draft), SENTENCE), status="checked")

    with pytest.raises(decisions.Refused, match="vermelding van een toezegging"):
        decisions.attach(draft, letter, by=clerk)
