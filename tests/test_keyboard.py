"""The main job without a mouse: from words to a cited sentence, with the keys of a keyboard alone."""

import pytest
from django.core.management import call_command

MOST_STOPS = 120  # of the Tab key, before something counts as out of reach


def walk_to(page, selector: str) -> None:
    """Press Tab until what the selector names has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached with the Tab key on {page.url}")


@pytest.fixture
def samples(site):
    call_command("load_topics")
    call_command("load_samples")
    return site


@pytest.mark.browser
def test_from_words_to_a_sentence_with_its_citation(samples, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{samples}/")

    walk_to(page, "main input[name=q]")
    page.keyboard.type("dialoog")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=dialoog")
    walk_to(page, "input[name=onderwerp][value=china]")
    page.keyboard.press("Space")
    page.wait_for_url("**/zoeken/?onderwerp=china&q=dialoog")
    page.locator("#melding", has_text="passage").wait_for()
    walk_to(page, ".passage__heading a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brieven/**")
    walk_to(page, ".paragraph__margin .cite-bar button")
    page.keyboard.press("Enter")
    page.locator(".cite-status", has_text="gekopieerd").wait_for()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“")
    assert "al. " in copied


@pytest.mark.browser
def test_the_first_stop_leads_past_the_menu(samples, page):
    page.goto(f"{samples}/onderwerpen/china/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.browser
def test_a_meeting_is_read_and_left_for_its_letter(samples, page):
    page.goto(f"{samples}/bijeenkomsten/")

    walk_to(page, "main a[href^='/bijeenkomsten/2021']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bijeenkomsten/2021**")
    walk_to(page, "main a[href^='/brieven/']")
    page.keyboard.press("Enter")

    page.wait_for_url("**/brieven/**")
    assert page.locator("h1").inner_text() != ""
