"""Copying in a real browser: words with their citation, a permanent link, both; of a selection too, and without script."""

import pytest
from playwright.sync_api import expect

from tests.factories import (
    make_footnote,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_submission,
)

pytestmark = pytest.mark.browser

CITED = "Kamerstukken II 2023/24, 28676, nr. 446"
BEFORE, SAID = "De NAVO steunt Oekraïne.", "Nederland verwelkomt dit beleid – <nu> & straks."
AGAIN = "Nederland riep op tot een Euro-Atlantische aanpak."


@pytest.fixture
def letter(site):
    letter = make_letter(
        subject="Geannoteerde agenda", slug="kst-28676-446", meetings=[make_meeting("2023-11-28")]
    )
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")
    section = make_section(letter)
    paragraph = make_paragraph(section, f"{BEFORE} {SAID} Duitsland zweeg.", label="a.")
    make_position(paragraph, SAID)
    make_footnote(paragraph, offset=len(BEFORE) - 1)
    make_paragraph(section, f"{AGAIN} Frankrijk sprak eerst.")
    make_paragraph(section, f"Later op de dag nogmaals: {AGAIN} Daarna sloot de SG af.")
    return letter


@pytest.fixture
def address(site, letter):
    return site + letter.get_absolute_url()


def may_copy(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)


def copied(page, kind="text/plain") -> str:
    return page.evaluate(
        """async kind => {
            const [item] = await navigator.clipboard.read();
            return (await item.getType(kind)).text();
        }""",
        kind,
    )


def press(page, where, name, said):
    page.locator(where).get_by_role("button", name=name, exact=True).first.click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def select(page, start, end, within=".letter__text"):
    """Select from the words ``start`` to the words ``end`` in the letter, as a mouse would."""
    page.evaluate(
        """([start, end, within]) => {
            const texts = [];
            const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) texts.push(walker.currentNode);
            const from = texts.find(node => node.data.includes(start));
            const until = texts.slice(texts.indexOf(from)).find(node => node.data.includes(end));
            const range = document.createRange();
            range.setStart(from, from.data.indexOf(start));
            range.setEnd(until, until.data.indexOf(end) + end.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [start, end, within],
    )
    page.wait_for_selector(".cite-bar--selection")


def test_one_click_copies_a_paragraph_whole_with_its_citation_and_without_marks(page, site, address):
    may_copy(page, site)
    page.goto(address)

    press(page, "#al-1 .paragraph__margin > .cite-bar", "citaat", "Citaat gekopieerd.")

    assert copied(page) == f"“{BEFORE} {SAID} Duitsland zweeg.” ({CITED}, al. 1)"
    assert copied(page, "text/html") == (
        f"“{BEFORE} Nederland verwelkomt dit beleid – &lt;nu&gt; &amp; straks. Duitsland zweeg.” "
        f'(<a href="{address}#al-1">{CITED}, al. 1</a>)'
    )


def test_one_click_copies_a_permanent_link_or_both(page, site, address):
    may_copy(page, site)
    page.goto(address)

    press(page, "#al-2", "link", "Permanente link gekopieerd.")
    link = copied(page)
    press(page, "#al-2", "beide", "Citaat en permanente link gekopieerd.")

    assert link == f"{address}#al-2"
    assert copied(page) == f"“{AGAIN} Frankrijk sprak eerst.” ({CITED}, al. 2)\n{address}#al-2"


def test_a_position_is_copied_with_the_sentence_that_it_points_back_to(page, site, address):
    may_copy(page, site)
    page.goto(address)
    page.locator(".margin-positions li").hover()

    press(page, ".margin-positions", "citaat", "Citaat gekopieerd.")

    assert copied(page) == f"“{BEFORE} {SAID}” ({CITED}, al. 1)"


def test_a_letter_is_copied_by_its_title_without_quotation_marks(page, site, address):
    may_copy(page, site)
    page.goto(address)
    page.locator(".letter-tools summary", has_text="Citeer").first.click()

    press(page, ".page__head", "beide", "Citaat en permanente link gekopieerd.")

    assert copied(page) == f"Geannoteerde agenda ({CITED})\n{address}"


@pytest.mark.parametrize("list_address", ["/zoeken/?q=verwelkomt", "/standpunten/?q=verwelkomt"])
def test_what_a_list_shows_is_copied_without_what_it_marks(page, site, letter, list_address):
    may_copy(page, site)
    page.goto(site + list_address)
    page.locator("[data-cited]").first.hover()

    press(page, "[data-cited]", "citaat", "Citaat gekopieerd.")

    after = " Duitsland zweeg." if "zoeken" in list_address else ""
    assert copied(page) == f"“{BEFORE} {SAID}{after}” ({CITED}, al. 1)"


def test_the_buttons_are_one_stop_for_the_keyboard(page, site, address):
    may_copy(page, site)
    page.goto(address)

    page.locator("#al-2 .cite-bar button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="Permanente link gekopieerd.")).to_be_visible()
    assert copied(page) == f"{address}#al-2"
    assert page.locator("#al-2 .cite-bar button[tabindex='0']").count() == 1


def test_a_selection_is_copied_with_a_link_that_leads_to_just_those_words(page, site, address):
    may_copy(page, site)
    page.goto(address)
    select(page, "riep op", "Euro-Atlantische aanpak")

    press(page, ".cite-bar--selection", "beide", "Citaat en permanente link gekopieerd.")

    quotation, link = copied(page).split("\n")
    assert quotation == f"“riep op tot een Euro-Atlantische aanpak” ({CITED}, al. 2)"
    # The words stand twice in the letter: what surrounds them tells which; hyphens are encoded
    assert link == (
        f"{address}#al-2:~:text=Nederland-,riep%20op%20tot%20een%20Euro%2DAtlantische%20aanpak,-.%20Frankrijk%20sprak%20eerst."
    )


def test_on_a_phone_the_buttons_of_a_selection_are_in_sight(page, site, letter, address):
    page.set_viewport_size({"width": 360, "height": 740})
    make_paragraph(letter.sections.first(), "Het kabinet weegt af. " * 100 + "Einde.", order=9)
    page.goto(address)
    page.locator("#al-3").scroll_into_view_if_needed()

    select(page, "Het kabinet", "weegt af")

    expect(page.locator(".cite-bar--selection")).to_be_in_viewport(ratio=1)


def test_the_link_of_a_selection_leads_to_its_words_and_not_to_the_same_ones_elsewhere(page, site, letter):
    may_copy(page, site)
    section = letter.sections.get()
    for number in range(40):
        make_paragraph(section, f"Alinea {number}. " + "Tekst zonder belang. " * 20)
    last = make_paragraph(section, f"Tot slot: {AGAIN} Dat was het eind.")
    page.goto(site + letter.get_absolute_url())
    select(page, "riep op", "aanpak", within=f"#al-{last.anchor}")

    press(page, ".cite-bar--selection", "link", "Permanente link gekopieerd.")
    link = copied(page)
    by_words_alone = link.replace(f"#al-{last.anchor}:~:", "#:~:")

    for address in [by_words_alone, link]:
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_function(
            "anchor => document.getElementById(`al-${anchor}`).getBoundingClientRect().top < innerHeight",
            arg=last.anchor,
        )


def test_a_selection_over_paragraphs_cites_both_and_leaves_footnote_marks_out(page, site, address):
    may_copy(page, site)
    page.goto(address)
    select(page, "De NAVO", "Frankrijk")

    press(page, ".cite-bar--selection", "citaat", "Citaat gekopieerd.")

    assert copied(page) == f"“{BEFORE} {SAID} Duitsland zweeg.\n\n{AGAIN} Frankrijk” ({CITED}, al. 1–2)"


def test_a_selection_that_ends_offers_nothing_more(page, address):
    page.goto(address)
    select(page, "riep op", "aanpak")

    page.keyboard.press("Escape")

    expect(page.locator(".cite-bar--selection")).to_have_count(0)


def test_where_the_browser_refuses_the_text_stands_selected_to_copy_by_hand(page, site, address):
    page.add_init_script(
        "document.execCommand = () => false; Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    )
    page.goto(address)

    page.locator("#al-2").hover()
    page.locator("#al-2").get_by_role("button", name="citaat").click()

    expect(page.get_by_role("status").filter(has_text="staat kopiëren niet toe")).to_be_visible()
    assert (
        page.locator("#al-2 textarea").input_value() == f"“{AGAIN} Frankrijk sprak eerst.” ({CITED}, al. 2)"
    )
    assert page.evaluate("getSelection().toString()") == f"“{AGAIN} Frankrijk sprak eerst.” ({CITED}, al. 2)"


def test_a_site_without_tls_copies_too(page, site, address):
    """There browsers have no ``navigator.clipboard``."""
    may_copy(page, site)
    page.add_init_script("window.ClipboardItem = undefined;")
    page.goto(address)

    press(page, "#al-2", "citaat", "Citaat gekopieerd.")

    assert copied(page) == f"“{AGAIN} Frankrijk sprak eerst.” ({CITED}, al. 2)"


def test_without_script_the_citation_and_the_link_stand_there(browser, site, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    page.locator("#al-2 summary").click()

    assert page.locator("#al-2 .cite p").inner_text() == f"{CITED}, al. 2\n{address}#al-2"
    context.close()


def test_linked_data_breaks_no_policy(page, address):
    """The fixture ``page`` fails when the policy blocks anything."""
    page.goto(address)

    assert (
        page.evaluate(
            "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)['@type']"
        )
        == "Report"
    )
