"""Topic, map and comparison in a real browser: accessible in both schemes, by keyboard and without script."""

from pathlib import Path

import pytest

from tests.factories import make_letter, make_meeting, make_paragraph, make_position, make_section, make_topic

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STANCES = ["support", "oppose", "call", "concern", "condemnation", "proposal", "view", "action", "promise"]
FIRST, LAST = "2001-03-23-navo-buitenlandse-zaken", "2020-03-23-navo-buitenlandse-zaken"
COMPARISON = f"/vergelijken/?eerste={FIRST}&tweede={LAST}"
PAGES = [
    "/",
    "/onderwerpen/",
    "/onderwerpen/?per=bijeenkomst&telt=standpunten",
    "/onderwerpen/?zoek=kyiv",
    "/onderwerpen/oekraine/",
    "/onderwerpen/oekraine/?moment=gesteld&standpunt=roept-op&tot=2010&van=2010",
    "/onderwerpen/oekraine/?standpunt=zegt-toe&tot=2001&van=2001",
    "/vergelijken/",
    COMPARISON,
]

pytestmark = pytest.mark.browser


@pytest.fixture
def collection(site):
    """Twenty years of one topic, with every stance, and a year without letter."""
    topic = make_topic("oekraine", "Oekraïne", aliases=["Kyiv"])
    for year in range(2001, 2021):
        meeting = make_meeting(f"{year}-03-23", is_announced=True)
        if year == 2015:
            continue
        section = make_section(make_letter(meetings=[meeting], date=f"{year}-03-01"), topics=[topic])
        for number, stance in enumerate(STANCES[: year % 10]):
            words = f"Nederland zal in {year} benadrukken dat bondgenoten Oekraïne met middel {number} moeten blijven steunen."
            make_position(make_paragraph(section, words), stance=stance, moment="stated")
    return site


@pytest.fixture
def without_script(browser):
    context = browser.new_context(
        java_script_enabled=False, locale="nl-NL", viewport={"width": 700, "height": 900}
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_in_both_schemes_and_nothing_scrolls_sideways(collection, page):
    found = {}

    for address in PAGES:
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(collection + address)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            page.evaluate(AXE)
            result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
            if wrong := [violation["id"] for violation in result["violations"]]:
                found[address, scheme] = wrong
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[address, "320 px"] = ["scrolls sideways"]

    assert found == {}


def within(frame: dict, part: dict) -> bool:
    return frame["x"] - 1 <= part["x"] and part["x"] + part["width"] <= frame["x"] + frame["width"] + 1


@pytest.mark.parametrize(
    ("address", "frame", "part"),
    [
        ("/onderwerpen/oekraine/", ".chart__frame", ".chart__label"),
        ("/onderwerpen/?per=bijeenkomst", ".map__frame", ".map thead th[scope=col]"),
    ],
)
def test_chart_and_map_begin_at_the_latest_without_script(collection, without_script, address, frame, part):
    without_script.goto(collection + address)

    box = without_script.locator(frame).bounding_box()
    parts = without_script.locator(part)

    assert within(box, parts.last.bounding_box())
    assert not within(box, parts.first.bounding_box())


def test_names_of_topics_stay_in_sight_when_the_map_scrolls(collection, page):
    page.set_viewport_size({"width": 500, "height": 900})
    page.goto(f"{collection}/onderwerpen/")
    name = page.locator(".map tbody th").first

    before = name.bounding_box()
    page.locator(".map__frame").evaluate("frame => { frame.scrollLeft = -10000 }")

    assert abs(name.bounding_box()["x"] - before["x"]) <= 2  # the space between cells
    assert within(page.locator(".map__frame").bounding_box(), page.locator(".map td a").first.bounding_box())


def test_a_bar_is_reached_and_followed_by_keyboard(collection, page):
    page.goto(f"{collection}/onderwerpen/oekraine/?tot=2002&van=2002")
    page.locator(".chart__frame").focus()

    page.keyboard.press("Tab")
    told = page.evaluate("document.activeElement.querySelector('title').textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/standpunten/**")

    assert told == "23 mrt 2002, NAVO-ministers van Buitenlandse Zaken: 2 standpunten, in 1 van 1 brief"
    assert page.locator("#aantal").inner_text() == "2 standpunten in 1 brief"


def test_a_stance_is_chosen_and_let_go_by_keyboard(collection, page):
    page.goto(f"{collection}/onderwerpen/oekraine/")

    page.get_by_role("link", name="Roept op of vraagt").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/onderwerpen/oekraine/?standpunt=roept-op")
    chosen = page.locator(".stance--chosen")

    assert chosen.get_attribute("aria-current") == "true"
    chosen.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/onderwerpen/oekraine/")


def test_two_meetings_are_chosen_in_a_plain_form(collection, without_script):
    without_script.goto(f"{collection}/vergelijken/")

    without_script.get_by_label("Bijeenkomst").first.select_option(FIRST)
    without_script.get_by_label("Bijeenkomst").last.select_option("2002-03-23-navo-buitenlandse-zaken")
    without_script.get_by_role("button", name="Vergelijk").click()
    without_script.locator(".compared").last.wait_for()

    assert without_script.url.endswith(
        f"/vergelijken/?eerste={FIRST}&tweede=2002-03-23-navo-buitenlandse-zaken"
    )
    assert without_script.locator(".compared__relation").all_inner_texts() == [
        "In beide, andere woorden",
        "Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 23 maart 2002",
    ]


def test_what_is_read_aloud_around_words_is_not_copied_with_them(collection, page):
    page.goto(f"{collection}/vergelijken/?eerste={FIRST}&tweede=2002-03-23-navo-buitenlandse-zaken")

    selected = page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.compared blockquote')), getSelection().toString()"
    )

    assert selected.strip() == (
        "Nederland zal in 2001 benadrukken dat bondgenoten Oekraïne met middel 0 moeten blijven steunen."
    )
