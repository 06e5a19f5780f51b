"""Commitments in a real browser: the page for visitors, and the clerks' pages by their keys."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from letters.models import CommitmentMention, FollowUp
from tests.accessibility import (
    SMALLEST,
    faults_of_focus,
    faults_of_structure,
    scrolls_sideways,
    violations,
)
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

pytestmark = pytest.mark.browser

PROMISE = (
    "Het kabinet zal uw Kamer voor de zomer informeren over de regionale plannen voor de luchtverdediging."
)
TAKES_UP = "Hiermee voldoe ik aan de toezegging aan het lid Spaans over de regionale plannen."


@pytest.fixture
def linked(site):
    """A promise and a later passage, both checked, with a link that waits for a decision."""
    topic = make_topic()
    agenda = make_letter(date="2023-02-08", meetings=[make_meeting("2023-02-14")], subject="Agenda")
    promise = make_position(
        make_paragraph(make_section(agenda, topics=[topic]), PROMISE), stance="promise", verb="informeren"
    )
    report = make_letter(
        "report", date="2023-10-20", meetings=[make_meeting("2023-10-11")], subject="Verslag"
    )
    mention = make_mention(make_paragraph(make_section(report, topics=[topic]), TAKES_UP))
    return make_follow_up(promise, mention, status="unchecked", shared=["plannen"])


def log_in(page, site):
    client = Client()
    client.force_login(User.objects.create_superuser("anna", password="x"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everyone(linked, site, page, scheme):
    FollowUp.objects.update(status="checked")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}/toezeggingen/")

    assert page.locator(".follow-ups > li").count() == 2
    assert violations(page) == []
    assert faults_of_structure(page) == []
    assert faults_of_focus(page) == []
    assert scrolls_sideways(page, SMALLEST) == []


def test_a_kind_is_chosen_at_once_and_has_an_address(linked, site, page):
    page.goto(f"{site}/toezeggingen/")

    page.get_by_label("Nieuwe toezegging 1").check()
    page.locator("#aantal", has_text="1 passage in 1 brief").wait_for()

    assert page.url == f"{site}/toezeggingen/?soort=nieuw"
    heading = " ".join(page.locator("h1").inner_text().split())  # a dot begins no line
    assert heading == "Toezeggingen in brieven · Nieuwe toezegging"


def test_a_clerk_decides_by_key_until_keys_are_switched_off(linked, site, page):
    CommitmentMention.objects.update(status="unchecked")
    log_in(page, site)
    page.goto(site + reverse("admin:letters_commitmentmention_check"))

    page.get_by_label("Toetsen gebruiken").uncheck()
    page.keyboard.press("n")
    assert page.locator("mark").inner_text() == TAKES_UP
    page.get_by_label("Toetsen gebruiken").check()
    page.keyboard.press("n")
    page.get_by_text("Bewaard.").wait_for()
    assert CommitmentMention.objects.get().status == "checked"

    page.goto(site + reverse("admin:letters_followup_check"))
    page.keyboard.press("j")
    page.get_by_text("Bewaard.").wait_for()
    assert FollowUp.objects.get(pk=linked.pk).status == "checked"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_clerks_are_for_everyone(linked, site, page, scheme):
    log_in(page, site)
    found = {}

    for model in (FollowUp, CommitmentMention):
        if model is CommitmentMention:
            CommitmentMention.objects.update(status="unchecked")
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(site + reverse(f"admin:letters_{model._meta.model_name}_check"))
        found[model.__name__] = [*violations(page), *scrolls_sideways(page, SMALLEST)]

    assert found == {"FollowUp": [], "CommitmentMention": []}
