"""Between Dutch and English in a real browser: the switch follows the view, and what one saved is there in both languages."""

import pytest

from letters.models import TopicName
from tests.factories import make_meeting, make_passage, make_position, make_topic


@pytest.fixture
def collection(site):
    """A topic with a name in both languages, and one without passages."""
    ukraine = make_topic("oekraine", "Oekraïne")
    TopicName.objects.create(topic=ukraine, name="Ukraine", language="en", is_preferred=True)
    meeting = make_meeting("2021-03-23")
    make_position(
        make_passage("Nederland steunt Oekraïne.", topics=[ukraine], meeting=meeting, slug="agenda")
    )
    make_passage("Over iets anders.", meeting=meeting, kind="report")
    return site


@pytest.mark.browser
def test_the_switch_leads_to_the_view_that_was_chosen_meanwhile(collection, page):
    page.goto(f"{collection}/zoeken/")
    page.get_by_label("Oekraïne 1").check()
    page.locator("#aantal", has_text="1 passage in 1 brief").wait_for()

    page.get_by_role("link", name="English").click()

    page.wait_for_url(f"{collection}/en/zoeken/?onderwerp=oekraine")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Ukraine"
    assert page.get_by_label("Ukraine 1").is_checked()

    page.get_by_label("Annotated agenda 1").check()
    page.locator(".chip", has_text="Annotated agenda").wait_for()
    page.get_by_role("link", name="Nederlands").click()

    page.wait_for_url(f"{collection}/zoeken/?onderwerp=oekraine&soort=geannoteerde-agenda")
    assert page.locator("html").get_attribute("lang") == "nl"


@pytest.mark.browser
def test_the_switch_keeps_the_place_in_a_letter(collection, page):
    page.goto(f"{collection}/brieven/agenda/#al-1")

    page.get_by_role("link", name="English").click()

    page.wait_for_url(f"{collection}/en/brieven/agenda/#al-1")


@pytest.mark.browser
def test_without_script_the_switch_leads_to_the_view_of_the_page(collection, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{collection}/zoeken/?onderwerp=oekraine")

    page.get_by_role("link", name="English").click()

    assert page.url == f"{collection}/en/zoeken/?onderwerp=oekraine"
    context.close()


@pytest.mark.browser
def test_what_a_browser_saved_in_one_language_is_listed_in_the_other(collection, page):
    page.goto(f"{collection}/en/zoeken/?onderwerp=oekraine")
    page.locator(".star__link", has_text="Save this view").click()
    page.get_by_text("Saved in this browser.").wait_for()
    page.goto(f"{collection}/onderwerpen/oekraine/")
    page.locator(".star__link", has_text="Bewaar deze weergave").click()
    page.get_by_text("Bewaard in deze browser.").wait_for()

    page.goto(f"{collection}/en/bewaard/")
    page.get_by_text("Topic: Ukraine").wait_for()
    page.get_by_text("Passages: Ukraine").wait_for()
    links = page.locator(".saved__name a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "/onderwerpen/oekraine/",
        "/en/zoeken/?onderwerp=oekraine",
    ]

    page.goto(f"{collection}/bewaard/")
    page.get_by_text("Onderwerp: Oekraïne").wait_for()
    page.get_by_text("Passages: Oekraïne").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_header_with_its_switch_fits_a_phone(collection, page, prefix):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{collection}{prefix}/")

    name, switch = page.locator(".site-name"), page.locator(".site-language")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert switch.bounding_box()["y"] < name.bounding_box()["y"] + name.bounding_box()["height"]
    assert switch.bounding_box()["height"] >= 24
