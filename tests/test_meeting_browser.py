"""The pages of meetings in a real browser: one side at a time on a phone, the tops of both on one line, no barrier."""

import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from letters import decisions
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_topic,
)

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def meeting(site):
    """Two sessions with agenda, answers and report; of one agenda topic it was established that the report is silent."""
    make_meeting(timezone.localdate() + datetime.timedelta(30), is_announced=True)
    make_meeting("2026-03-03", status="afgelast", is_announced=True, levels=["defensie"])
    meeting = make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")
    sessions = [make_session(meeting, number, title=f"Titel {number}") for number in (1, 2)]
    agenda, answers, report = (
        make_letter(kind, meetings=[meeting]) for kind in ["annotated_agenda", "committee_answers", "report"]
    )
    china = make_topic("china", "China")
    for number in range(7):
        session = sessions[number % 2]
        agenda_topic = make_agenda_topic(
            meeting, f"Agendapunt {number}", session=session, topics=[china], order=number
        )
        for letter in [agenda, answers, report][: 3 if number else 1]:
            section = make_section(
                letter, agenda_topic.heading, agenda_topics=[agenda_topic], session=session
            )
            for sentence in ["Nederland steunt dit van harte.", "Nederland wil dat allemaal ook."]:
                make_position(make_paragraph(section, sentence))
    decisions.establish_absence(meeting.agenda_topics.get(heading="Agendapunt 0"), "report", by=None)
    return meeting


def seen(page) -> list[str]:
    """The sides of the second agenda topic that a visitor sees."""
    labels = page.locator(".pair").nth(1).locator(".pair__label")
    return [label.inner_text() for label in labels.all() if label.is_visible()]


ALL = [
    "Vooraf · geannoteerde agenda",
    "Daarna · beantwoording van de commissie",
    "Achteraf · verslag",
]


@pytest.mark.browser
def test_on_a_phone_a_switch_shows_one_side_and_what_was_read_stays_in_sight(site, meeting, page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + meeting.get_absolute_url())
    both = seen(page)
    page.locator(".pair").nth(4).scroll_into_view_if_needed()
    page.evaluate("document.querySelectorAll('.pair')[4].scrollIntoView({behavior: 'instant'})")
    page.get_by_role("link", name="Achteraf", exact=True).click()
    after = seen(page)
    address, top = page.url, page.locator(".pair").nth(4).bounding_box()["y"]
    pressed = page.locator(".switch [aria-current]").inner_text()
    page.reload()

    assert both == ALL
    assert after == seen(page) == ["Achteraf · verslag"]
    assert address == f"{site}{meeting.get_absolute_url()}?toon=achteraf"
    assert pressed == "Achteraf"
    assert -20 < top < 120


@pytest.mark.browser
def test_the_switch_works_without_script(site, meeting, browser):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + meeting.get_absolute_url())
    page.get_by_role("link", name="Vooraf", exact=True).click()

    assert seen(page) == ALL[:2]
    context.close()


@pytest.mark.browser
def test_on_a_wide_screen_the_first_words_of_both_sides_stand_on_one_line(site, meeting, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site + meeting.get_absolute_url())
    pair = page.locator(".pair").nth(1)
    before, _between, after = (box.bounding_box() for box in pair.locator(".pair__content").all())

    assert [before["y"], before["x"] < after["x"]] == [after["y"], True]
    assert page.locator(".switch").is_visible() is False


@pytest.mark.browser
def test_on_a_wide_screen_a_choice_for_one_side_can_be_undone_and_the_focus_stays(site, meeting, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}{meeting.get_absolute_url()}?toon=vooraf")
    before = seen(page)
    page.get_by_role("link", name="Beide", exact=True).press("Enter")

    assert [before, seen(page)] == [ALL[:2], ALL]
    assert page.url == site + meeting.get_absolute_url()
    assert page.evaluate("document.activeElement.textContent") == "Beide"


def wrong(page, address: str) -> list[str]:
    """What axe finds on a page in either scheme, and whether it scrolls sideways at 320 px."""
    found = []
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        page.evaluate(AXE)
        result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
        found += [f"{violation['id']} ({scheme})" for violation in result["violations"]]
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("scrolls sideways")
    return found


@pytest.mark.browser
def test_the_pages_of_meetings_are_accessible_in_both_schemes_and_reflow(site, meeting, page):
    of_meeting = meeting.get_absolute_url()
    addresses = [
        of_meeting,
        f"{of_meeting}?toon=vooraf",
        "/bijeenkomsten/",
        "/bijeenkomsten/?jaar=2023&niveau=defensie",
    ]
    others = [other.get_absolute_url() for other in type(meeting).objects.exclude(pk=meeting.pk)]

    found = {address: wrong(page, site + address) for address in addresses + others}

    assert found == {address: [] for address in found}


@pytest.mark.browser
def test_the_page_of_what_is_not_complete_is_accessible(site, meeting, page):
    User.objects.create_superuser("beheer", password="geheim-genoeg-123")
    page.goto(f"{site}/beheer/")
    page.get_by_label("Gebruikersnaam").fill("beheer")
    page.get_by_label("Wachtwoord").fill("geheim-genoeg-123")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/beheer/")

    assert wrong(page, f"{site}/beheer/letters/meeting/volledigheid/") == []
