"""Filters with more values than the page of a list holds: what stands there, and the page that has all of them."""

import re
from html import unescape

import pytest

from letters.filters import PassageList, options
from letters.filters.options import MOST
from tests.factories import make_letter, make_meeting, make_paragraph, make_section, make_topic

BOX = re.compile(r'<input [^>]*?type="checkbox" id="[^"]*" name="bijeenkomst" value="([^"]*)"( checked)?')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
ALL = "/zoeken/filter/bijeenkomst/"
OF_1961 = "1961-03-23-navo-oekraine-buitenlandse-zaken"
NUMBER = MOST + 10


@pytest.fixture
def collection(db):
    """Sixty meetings a year apart, in one letter the even years, in another the odd. Returns their addresses, newest first."""
    found = [
        make_meeting(f"{year}-03-23", body="NAVO-Oekraïne" if year == 1961 else "NAVO")
        for year in range(1960, 1960 + NUMBER)
    ]
    make_paragraph(make_section(make_letter(meetings=found[::2])))
    make_paragraph(make_section(make_letter("report", meetings=found[1::2])))
    return [meeting.slug for meeting in found[::-1]]


def boxes(response) -> dict[str, bool]:
    """The meetings that one can choose on a page, each with whether it is chosen."""
    return {value: bool(checked) for value, checked in BOX.findall(response.content.decode())}


def meetings(query_list: PassageList):
    return next(facet for facet in options(query_list) if facet.key == "bijeenkomst")


# The page of a list


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/zoeken/", "/brieven/"])
def test_a_list_holds_the_newest_meetings_and_leads_to_all(collection, client, path):
    response = client.get(f"{path}?sorteer=oudste")

    assert list(boxes(response)) == collection[:MOST]
    assert f'href="{path}filter/bijeenkomst/?sorteer=oudste">Alle 60 …<' in response.content.decode()


@pytest.mark.django_db
def test_what_is_chosen_is_among_them_in_its_place(collection, client):
    oldest = collection[-1]

    response = client.get(f"/zoeken/?bijeenkomst={oldest}")

    assert list(boxes(response)) == [*collection[: MOST - 1], oldest]
    assert boxes(response)[oldest] is True


@pytest.mark.django_db
def test_more_may_be_chosen_than_a_list_holds_otherwise(collection, client):
    chosen = sorted(collection[5:])

    response = client.get("/zoeken/?" + "&".join(f"bijeenkomst={slug}" for slug in chosen))

    assert boxes(response) == dict.fromkeys(collection[5:], True)


@pytest.mark.django_db
def test_no_list_leads_to_a_page_of_a_filter_that_it_holds_whole(client):
    make_letter(meetings=[make_meeting(f"{year}-03-23") for year in range(1960, 1960 + MOST)])

    response = client.get("/brieven/")

    assert len(boxes(response)) == MOST
    assert "/filter/" not in response.content.decode()


@pytest.mark.django_db
def test_every_value_is_counted_however_many_the_page_shows(collection):
    facet = meetings(PassageList())

    assert [option.value for option in facet.values] == collection
    assert {option.count for option in facet.values} == {1}
    assert (facet.total, len(facet.shown), facet.is_cut) == (NUMBER, MOST, True)


@pytest.mark.django_db
def test_the_most_frequent_topics_are_shown_and_with_equal_numbers_in_order_of_name():
    letter = make_letter(meetings=[make_meeting()])
    for number in range(NUMBER):
        section = make_section(letter, topics=[make_topic(f"onderwerp-{number}", f"Onderwerp {number:02}")])
        for _paragraph in range(1 + (number == NUMBER - 1)):
            make_paragraph(section)

    facet = next(facet for facet in options(PassageList()) if facet.key == "onderwerp")

    first = [f"onderwerp-{NUMBER - 1}", *(f"onderwerp-{number}" for number in range(MOST - 1))]
    assert [option.value for option in facet.shown] == first
    assert [option.value for option in facet.first] == first[:8]
    assert facet.first + facet.folded == facet.shown


# The page of a filter


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/zoeken/", "/brieven/"])
def test_a_filters_page_has_all_its_values_under_the_other_filters(collection, client, path):
    everything = client.get(f"{path}filter/bijeenkomst/")
    of_reports = client.get(f"{path}filter/bijeenkomst/?soort=verslag&tot=2030")

    assert list(boxes(everything)) == collection
    assert list(boxes(of_reports)) == [slug for slug in collection if int(slug[:4]) % 2]
    assert "<h1>Bijeenkomst: alle 30 waarden</h1>" in of_reports.content.decode()
    assert "Verder gekozen: Verslag · tot en met 2030." in of_reports.content.decode()
    assert HIDDEN.findall(of_reports.content.decode()) == [("soort", "verslag"), ("tot", "2030")]


@pytest.mark.django_db
def test_a_filters_own_choices_stay_and_do_not_count(collection, client):
    response = client.get(f"{ALL}?bijeenkomst={collection[-2]}&soort=verslag")

    assert boxes(response) == {slug: slug == collection[-2] for slug in collection if int(slug[:4]) % 2}


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["oekraine", "OEKRA%C3%8FNE", "1961 oek", "oekrai%CC%88ne"])
def test_words_narrow_the_values_whatever_their_accents_and_keep_what_is_chosen(collection, client, words):
    response = client.get(f"{ALL}?bijeenkomst={collection[0]}&zoek={words.replace(' ', '+')}")

    assert boxes(response) == {collection[0]: True, OF_1961: False}
    assert "2 van 60, met" in response.content.decode()


@pytest.mark.django_db
def test_words_that_no_value_has_leave_none(collection, client):
    response = client.get(f"{ALL}?zoek=zeepaardje")

    assert boxes(response) == {}
    assert "0 van 60, met “zeepaardje” of gekozen." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "asked", "address"),
    [
        ("/zoeken/filter/bijeenkomst/", "toon=lijst&zoek=brussel", "/zoeken/"),
        ("/standpunten/filter/niveau/", "zoek=&toon=lijst", "/standpunten/"),
        (
            "/brieven/filter/soort/",
            "tot=2020&soort=verslag&onderwerp=oekraine&toon=lijst",
            "/brieven/?onderwerp=oekraine&soort=verslag&tot=2020",
        ),
    ],
)
def test_the_button_below_leads_to_the_list_with_what_is_chosen(client, path, asked, address):
    make_topic("oekraine")

    response = client.get(f"{path}?{asked}")

    assert (response.status_code, response["Location"]) == (301, address)
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["q", "van", "jaar", "pagina", "bestaat-niet"])
def test_what_is_no_filter_has_no_page(client, key):
    assert client.get(f"/zoeken/filter/{key}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("bijeenkomst=x", "Er is geen bijeenkomst “x”."),
        ("pagina=2", "“pagina” kent deze pagina niet."),
        ("format=csv", "“format” kent deze pagina niet."),
        ("toon=alles", "“alles” is geen waarde van toon."),
        ("zoek=" + "a" * 301, "telt 301 tekens"),
        ("zoek=a%00", "een teken dat niet in tekst kan staan"),
    ],
)
def test_what_a_filters_page_does_not_know_is_said(client, query, message):
    response = client.get(f"{ALL}?{query}")

    assert response.status_code == 400
    assert message in unescape(response.content.decode())


@pytest.mark.django_db
def test_a_filters_page_has_one_address(collection, client):
    moved = client.get(f"{ALL}?zoek=++Brussel++&soort=verslag&q=")

    assert (moved.status_code, moved["Location"]) == (301, f"{ALL}?soort=verslag&zoek=Brussel")
    page = client.get(moved["Location"]).content.decode()
    assert f'<link rel="canonical" href="http://testserver{ALL}?soort=verslag&amp;zoek=Brussel">' in page


@pytest.mark.django_db
def test_a_filter_without_values_says_so(client):
    assert "<h1>Bijeenkomst: geen waarden</h1>" in client.get(ALL).content.decode()


# In a browser


@pytest.fixture
def served(site, collection):
    return site


def values(page):
    return page.locator("[data-find=bijeenkomst] .facet__value")


def open_meetings(page, address):
    page.goto(address)
    page.locator("#filter-bijeenkomst > summary").click()


@pytest.mark.browser
def test_who_searches_in_a_long_filter_searches_in_all_its_values(served, page):
    asked = []
    page.on("request", lambda request: "/filter/" in request.url and asked.append(request.url))
    open_meetings(page, f"{served}/zoeken/")
    assert (values(page).count(), asked) == (MOST, [])

    page.get_by_label("Zoek in: Bijeenkomst").focus()
    values(page).nth(NUMBER - 1).wait_for()
    page.get_by_label("Zoek in: Bijeenkomst").press_sequentially("OEKRAI")

    visible = page.locator("[data-find=bijeenkomst] .facet__value:visible .facet__count")
    assert visible.all_inner_texts() == ["1"]
    page.locator("#melding", has_text="1 van 60 over").wait_for()
    assert asked == [f"{served}{ALL}"]
    assert page.locator("[data-find=bijeenkomst]").get_by_role("link").count() == 0

    page.locator("[data-find=bijeenkomst] .facet__value:visible input").check()
    page.locator("#aantal", has_text="1 passage in 1 brief").wait_for()

    assert page.url == f"{served}/zoeken/?bijeenkomst={OF_1961}"
    values(page).nth(NUMBER - 1).wait_for(state="attached")
    assert page.get_by_label("Zoek in: Bijeenkomst").input_value() == "OEKRAI"
    assert visible.all_inner_texts() == ["1"]
    assert asked == [f"{served}{ALL}", f"{served}{ALL}?bijeenkomst={OF_1961}"]


@pytest.mark.browser
def test_values_come_in_their_order_and_what_was_checked_meanwhile_stays(served, collection, page):
    waiting = []
    page.route("**/zoeken/filter/**", lambda route: waiting.append(route))
    page.route("**/zoeken/?*", lambda route: None)  # the list itself is slower still
    open_meetings(page, f"{served}/zoeken/")

    page.get_by_label("Zoek in: Bijeenkomst").focus()
    page.locator(f"#bijeenkomst-{collection[3]}").check()
    page.locator(f"#bijeenkomst-{collection[3]}").focus()
    waiting[0].continue_()
    values(page).nth(NUMBER - 1).wait_for()

    inputs = values(page).locator("input")
    assert inputs.evaluate_all("found => found.map(one => one.value)") == collection
    assert inputs.evaluate_all("found => found.filter(one => one.checked).map(one => one.value)") == [
        collection[3]
    ]
    assert page.evaluate("document.activeElement.value") == collection[3]


@pytest.mark.browser
def test_when_the_values_cannot_be_fetched_the_page_says_so_and_leads_to_them(served, page):
    page.route("**/zoeken/filter/**", lambda route: route.fulfill(status=503, body="te druk"))
    open_meetings(page, f"{served}/zoeken/")

    page.get_by_label("Zoek in: Bijeenkomst").focus()
    page.get_by_text("De andere waarden konden niet worden opgehaald.").first.wait_for()
    page.locator("#melding", has_text="De andere waarden konden niet worden opgehaald.").wait_for()

    page.unroute("**/zoeken/filter/**")
    page.get_by_role("link", name="Alle 60 …").click()
    assert page.url == f"{served}{ALL}"
    assert page.locator("#waarden input").count() == NUMBER


@pytest.mark.browser
def test_after_a_failure_the_next_one_who_comes_to_search_tries_again(served, page):
    page.route("**/zoeken/filter/**", lambda route: route.abort())
    open_meetings(page, f"{served}/zoeken/")
    page.get_by_label("Zoek in: Bijeenkomst").focus()
    page.get_by_text("De andere waarden konden niet worden opgehaald.").first.wait_for()

    page.unroute("**/zoeken/filter/**")
    page.locator("#q").focus()
    page.get_by_label("Zoek in: Bijeenkomst").focus()
    values(page).nth(NUMBER - 1).wait_for()

    assert page.locator("[data-find=bijeenkomst] .facet__rest").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("has_script", [True, False])
def test_one_chooses_on_the_page_of_a_filter_with_and_without_script(served, collection, browser, has_script):
    context = browser.new_context(java_script_enabled=has_script, locale="nl-NL")
    page = context.new_page()
    open_meetings(page, f"{served}/zoeken/?sorteer=oudste")
    page.get_by_role("link", name="Alle 60 …").click()

    page.locator(f"#bijeenkomst-{collection[1]}").check()
    page.get_by_label("Zoek in dit filter").fill("oekraine")
    page.keyboard.press("Enter")
    page.get_by_text("2 van 60").wait_for()
    page.locator(f"#bijeenkomst-{OF_1961}").check()
    page.get_by_role("button", name="Toon resultaten").click()
    page.locator("#aantal", has_text="2 passages in 2 brieven").wait_for()

    chosen = f"bijeenkomst={OF_1961}&bijeenkomst={collection[1]}"
    assert page.url == f"{served}/zoeken/?{chosen}&sorteer=oudste"
    context.close()


@pytest.mark.browser
def test_no_button_lies_over_the_value_that_has_the_focus(served, page):
    page.emulate_media(reduced_motion="reduce")  # scrolled at once
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(served + ALL)
    page.locator("#zoek").focus()
    for _value in range(15):
        page.keyboard.press("Tab")

        box = page.locator(":focus").bounding_box()
        bar = page.locator(".facet-page__submit").bounding_box()
        assert box["y"] + box["height"] <= bar["y"]
