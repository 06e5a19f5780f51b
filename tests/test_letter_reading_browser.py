"""Reading a letter in a real browser: contents that follow, marks that go off, and the way from hit to hit."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_submission,
)

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SAID = "Nederland geeft bondgenoten steun."
WALK = "/brieven/brief/?lijst=zoeken&q=steun&treffer=1#al-1"


@pytest.fixture
def letter(site):
    """A letter of thirty sections, more than its contents can show at once, and a letter with one more hit."""
    letter = make_letter(slug="brief", subject="Verslag", meetings=[make_meeting()])
    make_submission(letter, paper_number="kst-28676-446")
    for number in range(30):
        section = make_section(letter, f"Onderdeel {number}")
        if number == 0:
            make_position(make_paragraph(section, f"{SAID} Meer."), SAID)
        make_paragraph(section, f"Alinea {number}. " + "Tekst zonder belang. " * 40)
    other = make_letter(slug="ander", date="2020-01-01", subject="Ander verslag")
    make_paragraph(make_section(other), "Ook hier steun.")
    return letter


def current(page) -> list[str]:
    return page.locator(".contents a[aria-current=location]").all_inner_texts()


def wait_for_current(page, words: str) -> None:
    expect(page.locator(".contents a[aria-current=location]")).to_have_text(words)


def scroll_to(page, words: str) -> None:
    page.get_by_role("heading", name=words, exact=True).evaluate(
        "heading => scrollTo({top: heading.getBoundingClientRect().top + scrollY - 80, behavior: 'instant'})"
    )


def test_the_contents_follow_what_is_read_and_keep_it_in_view(page, site, letter):
    page.goto(f"{site}/brieven/brief/")
    wait_for_current(page, "Onderdeel 0")

    scroll_to(page, "Onderdeel 27")
    wait_for_current(page, "Onderdeel 27")

    inside = """() => {
        const nav = document.querySelector(".contents").getBoundingClientRect();
        const link = document.querySelector(".contents [aria-current]").getBoundingClientRect();
        return link.top >= nav.top && link.bottom <= nav.bottom;
    }"""
    page.wait_for_function(inside)
    scroll_to(page, "Onderdeel 3")
    wait_for_current(page, "Onderdeel 3")
    page.wait_for_function(inside)

    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    wait_for_current(page, "Onderdeel 0")


def test_who_chooses_a_section_sees_that_one_marked_also_where_the_page_ends(page, site, letter):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/brieven/brief/")

    page.locator(".contents a", has_text="Over deze brief").click()

    wait_for_current(page, "Over deze brief")
    assert page.url.endswith("#over-deze-brief")


def test_who_arrives_at_a_paragraph_in_the_middle_of_the_window_sees_its_section_marked(page, site, letter):
    page.set_viewport_size({"width": 1280, "height": 900})
    paragraph = letter.sections.get(heading="Onderdeel 12").paragraphs.first()
    words = quote(paragraph.text.split(".")[0])

    page.goto(f"{site}{letter.get_absolute_url()}#al-{paragraph.anchor}:~:text={words}")

    wait_for_current(page, "Onderdeel 12")


def test_contents_are_folded_on_a_phone_and_lead_there_all_the_same(page, site, letter):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}/brieven/brief/")
    link = page.locator(".contents a", has_text="Onderdeel 12")
    expect(link).to_be_hidden()

    page.locator(".contents summary").click()
    link.click()

    wait_for_current(page, "Onderdeel 12")


def background(page) -> str:
    return page.locator(".position").first.evaluate("one => getComputedStyle(one).backgroundColor")


def test_one_switch_takes_all_marks_off_and_is_remembered(page, site, letter):
    page.goto(site + WALK)
    switch = page.get_by_role("button", name="Markeringen")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".marks-link")).to_be_hidden()
    tinted = background(page)

    switch.focus()
    page.keyboard.press("Space")

    expect(switch).to_have_attribute("aria-pressed", "false")
    assert background(page) == "rgba(0, 0, 0, 0)" != tinted
    word = page.locator(".letter__text mark").first
    assert word.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"

    page.goto(f"{site}/brieven/brief/")

    expect(page.get_by_role("button", name="Markeringen")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Markeringen").click()
    assert background(page) == tinted


def test_marks_that_the_address_leaves_out_come_back_by_the_switch(page, site, letter):
    page.goto(site + WALK.replace("&q=", "&markeringen=uit&q="))
    switch = page.get_by_role("button", name="Markeringen")
    expect(switch).to_have_attribute("aria-pressed", "false")

    switch.click()

    expect(switch).to_have_attribute("aria-pressed", "true")
    assert background(page) != "rgba(0, 0, 0, 0)"
    assert page.url == site + WALK

    page.get_by_role("link", name="volgende treffer").click()

    expect(page.get_by_role("button", name="Markeringen")).to_have_attribute("aria-pressed", "true")


def test_without_script_a_link_leaves_the_marks_out(browser, site, letter):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + WALK)

    expect(page.locator(".marks-switch")).to_be_hidden()
    page.get_by_role("link", name="Zonder markeringen").click()

    assert background(page) == "rgba(0, 0, 0, 0)"
    expect(page.get_by_role("link", name="Met markeringen")).to_be_visible()
    context.close()


def test_the_keyboard_goes_from_hit_to_hit_and_back_to_the_list(page, site, letter):
    page.goto(f"{site}/zoeken/?q=steun")
    page.locator(".passage__heading a").first.click()
    expect(page.locator(".walk__place")).to_have_text("treffer 1 van 2")
    expect(page.locator(".walk")).to_be_in_viewport()
    expect(page.locator("#al-1")).to_be_in_viewport()

    page.get_by_role("link", name="volgende treffer").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".walk__place")).to_have_text("treffer 2 van 2")
    assert page.url.startswith(f"{site}/brieven/ander/?lijst=zoeken&q=steun&treffer=1#al-1")

    page.get_by_role("link", name="Terug naar de lijst").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("“steun”")
    assert page.url == f"{site}/zoeken/?q=steun"


def test_a_position_beside_the_text_leads_to_its_sentence_and_each_points_at_the_other(page, site, letter):
    page.goto(f"{site}/brieven/brief/")
    chip, sentence = page.locator(".margin-positions li").first, page.locator(".position").first

    page.locator(".margin-positions a.stance").first.focus()
    assert "is-pointed-at" in sentence.get_attribute("class")

    page.locator(".site-footer a").first.focus()
    expect(page.locator(".is-pointed-at")).to_have_count(0)

    sentence.hover()
    assert "is-pointed-at" in chip.get_attribute("class")

    page.locator("h1").hover()
    page.locator(".margin-positions a.stance").first.click()
    assert page.evaluate("document.querySelector(':target').textContent") == SAID


def test_on_paper_the_hit_stands_as_the_rest(page, site, letter):
    page.goto(site + WALK)
    page.emulate_media(media="print")

    hit = page.locator(".paragraph--hit .paragraph__body")
    assert hit.evaluate(
        "one => [getComputedStyle(one).backgroundImage, getComputedStyle(one).boxShadow]"
    ) == ["none", "none"]


def test_nothing_moves_while_the_page_comes_up(page, site, letter):
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(one => { window.moved += one.value; }))
            .observe({type: "layout-shift", buffered: true});"""
    )
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}/brieven/brief/?lijst=zoeken&q=steun&treffer=1")
        expect(page.locator(".letter__text .cite-bar").first).to_be_attached()

        assert page.evaluate("moved") < 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_walks_through_hits_meets_no_barrier(page, site, letter, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site + WALK)
    page.locator(".letter-tools summary", has_text="Citeer").click()
    page.evaluate(AXE)

    result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)

    assert [violation["id"] for violation in result["violations"]] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
