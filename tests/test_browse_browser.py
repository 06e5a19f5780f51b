"""The three lists in a real browser: choices applied at once with script, the same by sending the form without."""

import datetime
import re

import pytest
from django.core.management import call_command

from tests.factories import make_meeting, make_passage, make_position, make_topic

SUBMITTED = "Toon resultaten"


@pytest.fixture
def collection(site):
    """Twelve topics of one passage each, a few of them with words and years to choose between."""
    oekraine = make_topic("oekraine", "Oekraïne")
    for year in ("2019", "2021"):
        meeting = make_meeting(f"{year}-03-23")
        make_position(
            make_passage(f"Nederland steunt Oekraïne in {year}.", topics=[oekraine], meeting=meeting)
        )
    for number in range(11):
        topic = make_topic(f"onderwerp-{number}", f"Onderwerp {number:02}")
        make_passage(
            f"Over zaak {number}.", kind="report", topics=[topic], meeting=make_meeting("2020-06-01")
        )
    return site


@pytest.fixture
def without_script(browser):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


def shown(page) -> str:
    return page.locator("#aantal").inner_text()


def wait_for(page, count: str) -> None:
    page.locator("#aantal", has_text=re.compile(rf"^{re.escape(count)}\b")).wait_for()


@pytest.mark.browser
def test_a_choice_is_applied_at_once_announced_and_has_an_address_of_its_own(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.get_by_label("Oekraïne 2").check()
    wait_for(page, "2 passages in 2 brieven")

    assert page.url == f"{collection}/zoeken/?onderwerp=oekraine"
    assert page.title() == "Oekraïne – NAVO-brieven"
    assert page.locator("h1").inner_text() == "Oekraïne"
    assert page.locator("link[rel=canonical]").get_attribute("href") == page.url
    page.locator("#melding", has_text="2 passages in 2 brieven").wait_for()
    assert page.evaluate("document.activeElement.id") == "onderwerp-oekraine"
    assert page.locator("h1, #weergave, #resultaten, form.filters").count() == 4

    page.reload()

    assert shown(page) == "2 passages in 2 brieven"
    assert page.get_by_label("Oekraïne 2").is_checked()


@pytest.mark.browser
def test_back_and_forward_go_through_the_views(collection, page):
    page.goto(f"{collection}/zoeken/")
    page.get_by_label("Oekraïne 2").check()
    wait_for(page, "2 passages")
    page.locator("#jaar-2021").click()
    wait_for(page, "1 passage")

    page.go_back()
    wait_for(page, "2 passages")
    assert page.url.endswith("/zoeken/?onderwerp=oekraine")
    assert page.locator("#onderwerp-oekraine").is_checked()

    page.go_back()
    wait_for(page, "13 passages")
    assert page.url.endswith("/zoeken/")
    assert not page.locator("#onderwerp-oekraine").is_checked()
    assert page.title() == "Alle passages – NAVO-brieven"

    page.go_forward()
    page.go_forward()
    wait_for(page, "1 passage in 1 brief")
    assert page.url.endswith("/zoeken/?onderwerp=oekraine&tot=2021&van=2021")
    assert page.locator("#van").input_value() == "2021"


@pytest.mark.browser
def test_who_comes_back_from_a_letter_finds_the_view_that_was_left(collection, page):
    page.goto(f"{collection}/zoeken/")
    page.get_by_label("Oekraïne 2").check()
    wait_for(page, "2 passages")

    page.locator(".passage__heading a").first.click()
    page.wait_for_url("**/brieven/**")
    page.go_back()
    wait_for(page, "2 passages")

    assert page.locator("#onderwerp-oekraine").is_checked()
    page.go_back()
    wait_for(page, "13 passages")
    assert not page.locator("#onderwerp-oekraine").is_checked()


@pytest.mark.browser
def test_two_choices_in_quick_succession_are_both_kept(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.get_by_label("Oekraïne 2").check()
    page.get_by_label("Onderwerp 00 1").check()
    wait_for(page, "3 passages")

    assert page.url.endswith("/zoeken/?onderwerp=oekraine&onderwerp=onderwerp-0")


@pytest.mark.browser
def test_words_are_sought_when_they_are_sent_and_not_while_they_are_typed(collection, page):
    asked = []
    page.goto(f"{collection}/zoeken/")
    pages = re.compile(rf"{collection}(?!/static/)")
    page.on("request", lambda request: pages.match(request.url) and asked.append(pages.sub("", request.url)))

    page.get_by_label("Zoek in de tekst").press_sequentially("steunt")
    page.wait_for_timeout(600)
    assert asked == []

    page.keyboard.press("Enter")
    wait_for(page, "2 passages")
    assert asked == ["/zoeken/?q=steunt"]
    assert page.evaluate("document.activeElement.id") == "q"


@pytest.mark.browser
def test_a_period_is_chosen_from_the_keyboard(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.locator("#van").focus()
    page.keyboard.type("2020")
    page.keyboard.press("Tab")
    page.keyboard.type("2021")
    page.keyboard.press("Enter")
    wait_for(page, "12 passages")

    assert page.url.endswith("/zoeken/?tot=2021&van=2020")
    assert page.locator(".chip").all_text_contents() == ["Zonder filter 2020–2021"]
    assert page.evaluate("document.activeElement.id") == "tot"


@pytest.mark.browser
def test_a_filter_is_chosen_and_dropped_with_keys_only(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.locator("#onderwerp-oekraine").focus()
    page.keyboard.press("Space")
    wait_for(page, "2 passages")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    wait_for(page, "13 passages")

    assert page.url == f"{collection}/zoeken/"
    assert page.evaluate("document.activeElement.id") == "resultaten"


@pytest.mark.browser
def test_one_searches_within_a_long_filter_whatever_the_accents(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.get_by_text("Zoek in alle 12").click()
    page.get_by_label("Zoek in: Onderwerp").press_sequentially("OEKRAI")

    visible = page.locator("fieldset[data-find=onderwerp] .facet__value:visible .facet__name")
    assert visible.all_inner_texts() == ["Oekraïne"]
    page.locator("#melding", has_text="1 van 12 over").wait_for()

    page.get_by_label("Oekraïne 2").check()
    wait_for(page, "2 passages")
    assert page.get_by_label("Zoek in: Onderwerp").input_value() == "OEKRAI"
    assert visible.all_inner_texts() == ["Oekraïne"]

    page.get_by_label("Zoek in: Onderwerp").fill("")
    assert visible.count() == 12


@pytest.mark.browser
def test_what_goes_wrong_is_said_and_the_list_stays(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.locator("#van").fill("gisteren")
    page.keyboard.press("Enter")
    page.locator("#fout", has_text="“gisteren” is geen datum").wait_for()
    assert shown(page) == "13 passages in 13 brieven"
    assert page.url == f"{collection}/zoeken/"

    page.locator("#van").fill("")
    page.context.set_offline(True)
    page.get_by_label("Oekraïne 2").check()
    page.locator("#fout", has_text="De site is niet te bereiken").wait_for()
    assert shown(page) == "13 passages in 13 brieven"

    page.context.set_offline(False)
    page.locator("#fout a").click()
    wait_for(page, "2 passages")
    assert page.locator("#fout").is_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("status", [429, 503])
def test_an_answer_that_is_no_list_is_said_too(collection, page, status):
    page.goto(f"{collection}/zoeken/")
    page.route("**/zoeken/?*", lambda route: route.fulfill(status=status, body="te druk"))

    page.get_by_label("Oekraïne 2").check()

    page.locator("#fout", has_text=f"de site antwoordde met {status}").wait_for()


@pytest.mark.browser
def test_a_later_page_begins_at_its_top(site, page):
    call_command("load_topics")
    call_command("load_samples")
    page.goto(f"{site}/zoeken/")

    page.get_by_role("link", name="Volgende").click()
    page.wait_for_url("**/zoeken/?pagina=2")
    page.locator(".utrecht-pagination__page-link--current", has_text="2").wait_for()

    assert page.title() == "Alle passages (bladzijde 2) – NAVO-brieven"
    assert abs(page.evaluate("document.getElementById('resultaten').getBoundingClientRect().top")) < 100
    assert page.evaluate("document.activeElement.id") == "resultaten"


@pytest.mark.browser
def test_without_script_the_form_does_the_same(collection, without_script):
    page = without_script
    page.goto(f"{collection}/zoeken/")

    page.get_by_text("Toon alle 12").click()
    page.get_by_label("Onderwerp 09 1").check()
    page.get_by_label("Oekraïne 2").check()
    page.get_by_role("button", name=SUBMITTED).click()

    assert shown(page) == "3 passages in 3 brieven"
    assert page.url == f"{collection}/zoeken/?onderwerp=oekraine&onderwerp=onderwerp-9"

    page.locator("#jaar-2020").click()
    assert shown(page) == "1 passage in 1 brief"

    page.get_by_role("link", name="Standpunten").last.click()
    assert shown(page) == "0 standpunten in 0 brieven"
    assert page.url.endswith("/standpunten/?onderwerp=oekraine&onderwerp=onderwerp-9&tot=2020&van=2020")


@pytest.mark.browser
def test_on_a_phone_the_filters_fold_and_lead_to_what_they_found(collection, page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{collection}/zoeken/?soort=geannoteerde-agenda")

    page.get_by_text("Filters (1)").click()
    page.get_by_label("Oekraïne 2").check()
    page.get_by_text("Filters (2)").wait_for()
    page.get_by_role("link", name="Toon 2 passages in 2 brieven").click()

    assert page.get_by_label("Oekraïne 2").is_hidden()
    assert page.locator("#resultaten").bounding_box()["y"] < 100


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/zoeken/", "/standpunten/", "/brieven/", "/gegevens/"])
def test_no_list_is_wider_than_a_small_phone(collection, page, path):
    make_passage(
        meeting=make_meeting(datetime.date(2022, 1, 1)),
        subject="Geannoteerde agenda’s/Kamerbriefaanbiedingsformulierenvoorbereidingscommissievergadering",
    )
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(collection + path)
    for fold in page.locator("details:not(.cite) > summary:visible").all():
        fold.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda page: page.keyboard.press("Escape"), id="Escape"),
        pytest.param(lambda page: page.locator("h1").click(), id="a click elsewhere"),
        pytest.param(lambda page: page.locator("#van").focus(), id="focus elsewhere"),
    ],
)
def test_the_downloads_close_as_a_menu_does(collection, page, leave):
    page.goto(f"{collection}/zoeken/")
    page.locator(".downloads:not(.follow) summary").click()
    page.locator(".downloads:not(.follow) a").first.focus()
    assert page.locator(".downloads[open]").count() == 1

    leave(page)

    assert page.locator(".downloads[open]").count() == 0


@pytest.mark.browser
def test_escape_leads_back_to_what_opened_the_downloads(collection, page):
    page.goto(f"{collection}/zoeken/")
    page.locator(".downloads:not(.follow) summary").click()
    page.locator(".downloads:not(.follow) a").first.focus()

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.textContent") == "Download"


@pytest.mark.browser
def test_the_downloads_close_once_one_was_chosen(collection, page):
    page.goto(f"{collection}/zoeken/")
    page.locator(".downloads:not(.follow) summary").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()

    assert download.value.suggested_filename.endswith(".csv")
    assert page.locator(".downloads[open]").count() == 0


@pytest.mark.browser
def test_following_a_view_says_what_to_do_with_its_address(collection, page):
    page.goto(f"{collection}/zoeken/?onderwerp=oekraine")

    page.get_by_text("Volg", exact=True).click()

    link = page.locator(".follow a")
    assert link.inner_text() == f"{collection}/zoeken/feed/?onderwerp=oekraine"
    assert page.request.get(link.inner_text()).headers["content-type"].startswith("application/atom+xml")


@pytest.mark.browser
def test_who_uses_keys_may_skip_the_filters(collection, page):
    page.goto(f"{collection}/zoeken/")

    page.locator(".lists__link").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de resultaten"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "star__link"


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/gegevens/dekking/", "/gegevens/dekking/2021/", "/gegevens/api/"])
def test_on_a_phone_no_table_has_columns_out_of_sight(collection, page, path):
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(collection + path)

    tables = page.locator(".table-wrap").all()
    assert tables
    assert [table.evaluate("table => table.scrollWidth - table.clientWidth") for table in tables] == [
        0 for _table in tables
    ]
