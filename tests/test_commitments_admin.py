"""The pages on which clerks decide what letters say of earlier commitments, and which promise each takes up."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from letters import decisions
from letters.groups import EDITOR
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
def clerk():
    user = User.objects.create_user("redacteur", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    return user


@pytest.fixture
def client(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def mention():
    section = make_section(make_letter("report"))
    return make_mention(make_paragraph(section, f"Eerst. {SENTENCE} Daarna."), SENTENCE, status="unchecked")


@pytest.fixture
def follow_up(mention):
    decisions.decide_mentions([mention], "checked", by=None)
    paragraph = make_paragraph(make_section(make_letter(date="2023-01-01")), "Ik zal uw Kamer informeren.")
    return make_follow_up(
        make_position(paragraph, stance="promise"), mention, status="unchecked", shared=["missie"]
    )


def page_of(model) -> str:
    return reverse(f"admin:letters_{model._meta.model_name}_check")


def press(client, row, decision, **more):
    return client.post(
        page_of(type(row)), {"row": row.pk, "seen": row.status, "decision": decision, **more}, follow=True
    )


def test_the_next_mention_is_shown_in_its_paragraph(client, mention):
    html = client.get(page_of(CommitmentMention)).content.decode()

    assert f"Eerst. <mark>{SENTENCE}</mark> Daarna." in html
    assert [line in html for line in ("Verwijst naar een toezegging", "Komt een toezegging na")] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("decision", "made"),
    [
        ("accept-refers", ("checked", "refers")),
        ("accept-fulfils", ("checked", "fulfils")),
        ("reject", ("rejected", "fulfils")),
    ],
)
def test_a_button_decides_and_the_next_one_follows(client, clerk, mention, decision, made):
    page = press(client, mention, decision)

    mention.refresh_from_db()
    assert (mention.status, mention.kind) == made
    assert mention.decided_by == clerk
    assert page.context["row"] is None


def test_what_a_colleague_decided_meanwhile_is_said_and_kept(client, mention):
    decisions.decide_mentions([mention], "rejected", by=None)

    page = press(client, mention, "accept-fulfils")  # as the page still shows it

    mention.refresh_from_db()
    assert mention.status == "rejected"
    assert "Een collega besliste dit intussen: afgewezen." in page.content.decode()


def test_a_decision_can_be_seen_again_and_mended(client, mention):
    press(client, mention, "accept-refers")
    again = f"{page_of(CommitmentMention)}?voorstel={mention.pk}"

    shown = client.get(again)
    mention.refresh_from_db()
    press(client, mention, "accept-fulfils")
    mention.refresh_from_db()
    mended = (mention.status, mention.kind)
    press(client, mention, "reopen")

    mention.refresh_from_db()
    assert (shown.context["row"], "Toch niet nagekeken" in shown.content.decode()) == (mention, True)
    assert mended == ("checked", "fulfils")
    assert (mention.status, client.get(again).context["is_decided"]) == ("unchecked", False)


@pytest.mark.parametrize("decision", ["accept", "accept-anything", "reject-fulfils", "reopened", ""])
def test_a_decision_on_a_mention_that_the_page_does_not_have_is_not_carried_out(client, mention, decision):
    press(client, mention, decision)

    mention.refresh_from_db()
    assert (mention.status, mention.kind) == ("unchecked", "fulfils")


@pytest.mark.parametrize("decision", ["accept-fulfils", "reject-refers", ""])
def test_a_decision_on_a_link_that_the_page_does_not_have_is_not_carried_out(client, follow_up, decision):
    press(client, follow_up, decision)

    follow_up.refresh_from_db()
    assert follow_up.status == "unchecked"


def test_a_proposal_that_is_gone_is_said(client, mention):
    CommitmentMention.objects.all().delete()

    page = press(client, mention, "accept-fulfils")

    assert "Dit voorstel is er niet meer." in page.content.decode()


def test_what_is_skipped_stays_and_can_be_shown_again(client, mention):
    skip = client.get(page_of(CommitmentMention)).context["skip_url"]
    page = client.get(skip)

    assert (page.context["row"], page.context["skipped"]) == (None, 1)
    assert client.get(page.context["all_url"]).context["row"] == mention


def test_a_link_is_shown_with_both_sentences_and_confirmed(client, clerk, follow_up):
    html = client.get(page_of(FollowUp)).content.decode()
    press(client, follow_up, "accept")

    follow_up.refresh_from_db()
    assert [SENTENCE in html, "Ik zal uw Kamer informeren." in html, "missie" in html] == [True, True, True]
    assert (follow_up.status, follow_up.decided_by) == ("checked", clerk)


def test_a_link_that_is_rejected_is_not_shown_again(client, follow_up):
    page = press(client, follow_up, "reject")

    assert page.context["row"] is None
    assert FollowUp.objects.get().status == "rejected"


def test_lists_decide_about_several_and_tell_who_changed_what(client, mention, follow_up):
    for model, row in [(CommitmentMention, mention), (FollowUp, follow_up)]:
        name = model._meta.model_name
        changelist = reverse(f"admin:letters_{name}_changelist")
        response = client.post(
            changelist, {"action": "mark_rejected", "_selected_action": [row.pk]}, follow=True
        )

        row.refresh_from_db()
        assert (response.status_code, row.status) == (200, "rejected")
        assert client.get(reverse(f"admin:letters_{name}_change", args=[row.pk])).status_code == 200
        assert client.get(reverse(f"admin:letters_{name}_history", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", [CommitmentMention, FollowUp])
def test_who_may_not_check_cannot_open_the_page(client, clerk, model):
    clerk.groups.clear()

    assert client.get(page_of(model)).status_code == 403
    assert client.post(page_of(model), {"row": 1, "decision": "accept"}).status_code == 403
