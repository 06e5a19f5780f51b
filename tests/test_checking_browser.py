"""The checking desk in a real browser, by its keys: nothing here clicks unless the test says so."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from letters import decisions
from letters.ingest import Upload, ingest
from letters.models import Position, Problem
from letters.parsing.folding import fold
from tests.factories import make_letter, make_paragraph, make_position, make_section

HERE = Path(__file__).parent
AXE = (HERE / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TEXT = "Duitsland zweeg. Nederland steunt dit beleid. Het kabinet riep op tot tempo. Nederland is bezorgd."
SUPPORT, CALL, CONCERN = (f"{sentence}." for sentence in TEXT.removesuffix(".").split(". ")[1:])
STANCES = Position.Stance.values
DONE = "#desk:not([aria-busy=true])"

pytestmark = pytest.mark.browser


@pytest.fixture
def letter(site):
    """Keep a letter with three proposals, one on each of its last three sentences."""
    letter = make_letter(status="draft", subject="Proef")
    paragraph = make_paragraph(make_section(letter), TEXT)
    for sentence, stance, confidence in [
        (SUPPORT, "support", 0.95),
        (CALL, "call", 0.9),
        (CONCERN, "view", 0.6),
    ]:
        make_position(
            paragraph, sentence, stance=stance, status="unchecked", confidence=confidence, rule=f"{stance}.x",
            subject="Nederland", read={"stance": stance, "verb": "x"},
        )  # fmt: skip
    return letter


def _log_in(page, site, name="anna"):
    user = User.objects.create_superuser(name, password="x", first_name=name.capitalize())
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def _open(page, site, letter, name="anna"):
    _log_in(page, site, name)
    page.goto(site + reverse("admin:letters_letter_check", args=[letter.pk]))
    page.wait_for_selector(".desk--live")


def _press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_selector(DONE)


def _at(page):
    """The sentence of the card that is open."""
    return page.locator(".is-current .card__quote > :last-child").inner_text()


def _progress(page):
    return page.locator(".bar strong").inner_text()


def _statuses(letter):
    return list(letter.positions.order_by("start").values_list("status", flat=True))


def _select(page, words, *, last=False):
    """Select these words in the text of the letter, as a mouse would."""
    page.evaluate(
        """([words, last]) => {
            for (const text of document.querySelectorAll("[data-paragraph]")) {
                const all = text.textContent;
                const start = last ? all.lastIndexOf(words) : all.indexOf(words);
                if (start < 0) continue;
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                const range = document.createRange();
                let passed = 0, node;
                while ((node = walker.nextNode())) {
                    const end = passed + node.length;
                    if (start >= passed && start < end) range.setStart(node, start - passed);
                    if (start + words.length <= end) { range.setEnd(node, start + words.length - passed); break; }
                    passed = end;
                }
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error(`not in the letter: ${words}`);
        }""",
        [words, last],
    )
    page.wait_for_selector("#gekozen:not([hidden])")


def test_a_letter_is_checked_with_keys_only(site, page, letter):
    _open(page, site, letter)

    _press(page, "Enter", "x", "4", "a")

    assert _statuses(letter) == ["checked", "rejected", "checked"]
    assert letter.positions.get(sentence=CONCERN).stance == "concern"
    assert _progress(page) == "3 van 3"
    assert page.locator("#klaar h2").inner_text() == "Alles is nagekeken"
    assert page.locator("#klaar a").first.get_attribute("href").endswith("/change/#publish-form")


def test_the_sentence_of_the_open_card_is_the_one_that_is_lit_in_the_text(site, page, letter):
    _open(page, site, letter)
    lit = []

    for key in ["j", "j", "k"]:
        _press(page, key)
        lit.append((page.locator(".spot.is-current").inner_text(), _at(page)))

    assert lit == [(CALL, CALL), (CONCERN, CONCERN), (CALL, CALL)]


def test_a_click_on_a_sentence_in_the_text_opens_its_card(site, page, letter):
    _open(page, site, letter)

    page.locator(".spot", has_text=CONCERN).click()

    assert _at(page) == CONCERN


def test_what_was_skipped_and_where_the_clerk_was_survive_a_reload(site, page, letter):
    _open(page, site, letter)
    _press(page, "s", "Enter")

    page.reload()
    page.wait_for_selector(".desk--live")

    assert (_at(page), _progress(page)) == (CONCERN, "1 van 3")
    assert page.locator(".bar__skipped").inner_text() == "1 overgeslagen"


def test_at_the_end_the_skipped_ones_are_offered_again(site, page, letter):
    _open(page, site, letter)
    _press(page, "s", "Enter", "Enter")
    said = page.locator("#klaar h2").inner_text()

    page.keyboard.press("Tab")
    _press(page, "Enter")

    assert (said, _at(page)) == ("Nog 1 na te kijken", SUPPORT)


def test_undo_also_undoes_what_was_done_before_a_reload(site, page, letter):
    _open(page, site, letter)
    _press(page, "Enter", "x")
    page.reload()
    page.wait_for_selector(".desk--live")

    _press(page, "u", "u")

    assert _statuses(letter) == ["unchecked", "unchecked", "unchecked"]
    assert (_at(page), _progress(page)) == (SUPPORT, "0 van 3")


def test_keys_do_nothing_while_typing_or_with_a_modifier_or_held_down(site, page, letter):
    _open(page, site, letter)

    _press(page, "e")
    page.keyboard.type("xas")
    _press(page, "Escape", "Control+x", "Alt+a", "Shift+X")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'x', repeat: true, bubbles: true}))"
    )
    page.wait_for_selector(DONE)

    assert page.locator(".is-current input[name$=verb]").input_value() == "xas"
    assert _statuses(letter) == ["unchecked"] * 3


def test_a_corrected_verb_is_saved_by_enter_in_its_field(site, page, letter):
    _open(page, site, letter)

    _press(page, "e")
    page.keyboard.type("staat achter")
    _press(page, "Enter")

    position = letter.positions.get(sentence=SUPPORT)
    assert (position.verb, position.status) == ("staat achter", "checked")


def test_keys_can_be_turned_off_and_stay_off(site, page, letter):
    _open(page, site, letter)
    _press(page, "?")
    page.locator("#toetsen-aan").press("Space")
    _press(page, "Escape")

    page.reload()
    page.wait_for_selector(".desk--live")
    _press(page, "x", "a", "Enter")

    assert _statuses(letter) == ["unchecked"] * 3


def test_a_sentence_is_added_from_a_selection_where_it_was_selected(site, page, letter):
    paragraph = letter.paragraphs.get()
    make_paragraph(
        paragraph.section, "😀 Vervolgens: wij helpen. Punt. Wij leveren tanks. Klaar. Wij leveren tanks."
    )
    _open(page, site, letter)
    _press(page, "j")

    _select(page, "leveren", last=True)
    page.keyboard.press("n")
    page.wait_for_selector(".card--add.is-current")
    shown = page.locator(".card--add blockquote").inner_text()
    _press(page, "8", "Enter", "Enter")
    page.wait_for_selector(".card--checked")

    added = Position.objects.get(stance="action")
    assert shown == added.sentence == "Wij leveren tanks."
    assert (added.start, added.status) == (added.paragraph.text.rindex("Wij leveren"), "checked")
    assert (_at(page), _progress(page)) == (CALL, "1 van 4")
    assert page.locator(".spot--checked").inner_text() == "Wij leveren tanks."


def test_a_selection_over_two_sentences_is_refused_with_what_to_do(site, page, letter):
    _open(page, site, letter)

    _select(page, "beleid. Het kabinet")
    page.keyboard.press("n")

    page.get_by_text("Selecteer woorden van één zin").wait_for()
    assert letter.positions.count() == 3


def test_an_orphan_comes_first_and_is_placed_on_a_selected_sentence(site, page, letter):
    orphan = make_position(letter.paragraphs.get(), "Duitsland en Nederland zwegen.", stance="oppose")
    Position.objects.filter(pk=orphan.pk).update(paragraph=None)
    _open(page, site, letter)
    first = _at(page)

    _select(page, "Duitsland zweeg")
    _press(page, "p")

    orphan.refresh_from_db()
    assert (first, orphan.sentence, orphan.status) == (
        "Duitsland en Nederland zwegen.",
        "Duitsland zweeg.",
        "checked",
    )
    assert page.locator(".spot").first.inner_text() == "Duitsland zweeg."


def test_a_whole_paragraph_is_selected_with_a_triple_click(site, page, letter):
    long = f"🇳🇱 Wij\u00a0helpen {'met raad en daad ' * 400}onze bondgenoten."  # longer than an address may be
    paragraph = make_paragraph(letter.sections.get(), long, label="12")
    make_paragraph(paragraph.section, "Daarna volgt nog iets.")
    _open(page, site, letter)

    page.locator(f"#alinea-{paragraph.pk}").click(click_count=3)
    page.locator("#gekozen [data-does=add]").click()
    page.wait_for_selector(".card--add.is-current")
    _press(page, "8", "Enter")
    page.wait_for_selector(".card--checked", state="attached")

    assert Position.objects.get(stance="action").sentence == long


def test_a_selection_from_right_to_left_past_the_label_is_the_words_of_the_paragraph(site, page, letter):
    paragraph = make_paragraph(letter.sections.get(), "😀 Wij helpen. Klaar.", label="12")
    _open(page, site, letter)

    page.evaluate(
        """(id) => {
            const [label, text] = document.querySelectorAll(`#${id} > span`);
            getSelection().setBaseAndExtent(text.firstChild, 9, label.firstChild, 0);
        }""",
        f"alinea-{paragraph.pk}",
    )
    page.wait_for_selector("#gekozen:not([hidden])")
    shown = page.locator(".picked__words").inner_text()
    page.keyboard.press("n")
    page.wait_for_selector(".card--add.is-current")

    assert shown == "😀 Wij he"
    assert page.locator(".card--add blockquote").inner_text() == "😀 Wij helpen."


def test_adding_twice_keeps_the_chosen_sentence_and_leads_back(site, page, letter):
    _open(page, site, letter)
    _press(page, "j")
    _select(page, "zweeg")
    page.keyboard.press("n")
    page.wait_for_selector(".card--add.is-current")

    _press(page, "n")
    chosen = page.locator(".card--add blockquote").inner_text()
    _press(page, "Escape")

    assert (chosen, _at(page)) == ("Duitsland zweeg.", CALL)


def test_adding_after_the_login_ended_says_so(site, page, letter):
    _open(page, site, letter)
    page.context.clear_cookies(name="sessionid")

    _select(page, "zweeg")
    page.keyboard.press("n")

    page.get_by_text("Misschien bent u niet meer ingelogd").wait_for()


def test_what_is_added_stands_in_place_also_beside_what_a_colleague_added_meanwhile(site, page, letter):
    letter.positions.filter(sentence=SUPPORT).delete()
    _open(page, site, letter)
    make_position(letter.paragraphs.get(), SUPPORT, status="checked")
    _select(page, "zweeg")
    page.keyboard.press("n")
    page.wait_for_selector(".card--add.is-current")

    _press(page, "2", "Enter")
    page.wait_for_selector(".card--checked", state="attached")

    sentences = page.locator(".card[data-position] .card__quote > :last-child").all_text_contents()
    assert sentences == ["Duitsland zweeg.", CALL, CONCERN]
    assert _progress(page) == "2 van 4"


def test_at_the_end_the_focus_is_on_what_comes_next(site, page, letter):
    _open(page, site, letter)

    _press(page, "Enter", "Enter", "Enter")

    assert page.evaluate("document.activeElement.id") == "klaar"


def test_what_came_after_the_page_is_reached_from_the_end(site, page, letter):
    _open(page, site, letter)
    paragraph = make_paragraph(letter.sections.get(), "Nederland steunt ook dit.")
    make_position(paragraph, paragraph.text, status="unchecked")
    _press(page, "Enter", "Enter", "Enter")

    page.locator("#klaar [data-does=again]").press("Enter")
    page.wait_for_selector(".card.is-current")

    assert _at(page) == paragraph.text


def test_without_a_selection_an_orphan_is_placed_by_typing_and_what_is_typed_wins(site, page, letter):
    orphan = make_position(letter.paragraphs.get(), "Duitsland en Nederland zwegen.", stance="oppose")
    Position.objects.filter(pk=orphan.pk).update(paragraph=None)
    _open(page, site, letter)

    _press(page, "p")
    focused = page.evaluate("document.activeElement.name")
    _select(page, "riep op")
    page.locator("[data-place] textarea").click()
    page.keyboard.type("Duitsland zweeg")
    page.keyboard.press("Tab")
    _press(page, "Enter")

    orphan.refresh_from_db()
    assert (focused, orphan.sentence) == ("quote", "Duitsland zweeg.")


def test_a_question_is_settled_with_its_reason_and_leaves_the_queue(site, page, letter):
    Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    _open(page, site, letter)

    _press(page, "Enter")
    page.keyboard.type("Staat er niet in.")
    _press(page, "Enter")

    assert Problem.objects.get().resolution == "Staat er niet in."
    assert page.locator(".card--question").count() == 0
    assert _at(page) == SUPPORT


def test_of_two_clerks_the_second_is_told_at_the_card_and_decides_again(site, page, letter):
    _open(page, site, letter)
    other = page.context.browser.new_context()
    bram = other.new_page()
    _open(bram, site, letter, "bram")
    _press(bram, "x")
    other.close()

    _press(page, "Enter")
    told = page.locator(".is-current .card__told").inner_text()
    status = letter.positions.get(sentence=SUPPORT).status
    _press(page, "a")

    assert told.startswith("Bram, ")
    assert "“nog niet nagekeken” → “afgewezen”" in told
    assert (status, letter.positions.get(sentence=SUPPORT).status) == ("rejected", "checked")


def test_a_key_that_follows_a_refusal_at_once_was_meant_for_another_card(site, page, letter):
    _open(page, site, letter)
    letter.positions.filter(sentence=SUPPORT).update(status="rejected")
    page.evaluate(
        """new MutationObserver((_changes, observer) => {
            if (!document.querySelector(".is-current .card__told")?.textContent) return;
            observer.disconnect();
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
        }).observe(document.getElementById("desk"), { subtree: true, childList: true, attributes: true })"""
    )

    _press(page, "Enter")

    assert _at(page) == SUPPORT
    assert _statuses(letter) == ["rejected", "unchecked", "unchecked"]


def test_who_types_in_another_card_is_not_taken_away_by_a_refusal(site, page, letter):
    _open(page, site, letter)
    letter.positions.filter(sentence=SUPPORT).update(status="rejected")

    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.type("riep op")
    page.wait_for_selector(DONE)

    assert (_at(page), page.locator(".is-current input[name$=verb]").input_value()) == (CALL, "riep op")
    assert page.locator("#gezegd").inner_text().startswith("Intussen gewijzigd")


def test_a_question_that_a_colleague_settled_is_said_and_leaves_the_queue(site, page, letter):
    bram = User.objects.create_user("bram")
    problem = Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    _open(page, site, letter)
    decisions.resolve(problem, by=bram, reason="Van Bram.")

    _press(page, "Enter")
    page.keyboard.type("Van Anna.")
    _press(page, "Enter")

    assert page.locator("#gezegd").inner_text() == "Dit is intussen al opgelost door bram."
    assert (page.locator(".card--question").count(), _at(page)) == (0, SUPPORT)


def test_what_cannot_be_sent_is_said_and_stays_to_be_decided(site, page, letter):
    _open(page, site, letter)
    page.context.set_offline(True)
    _press(page, "Enter")
    told = page.locator(".is-current .card__told").inner_text()

    page.context.set_offline(False)
    _press(page, "Enter")

    assert told.startswith("Niet bewaard: er is geen verbinding")
    assert _statuses(letter) == ["checked", "unchecked", "unchecked"]


def test_sure_proposals_are_previewed_accepted_and_undone_together(site, page, letter):
    _open(page, site, letter)

    page.get_by_role("link", name="Zekere samen").press("Enter")
    page.wait_for_url("**/zeker/")
    previewed = page.locator(".sure__sentence").all_inner_texts()
    page.get_by_role("button", name="Keur deze 2 goed").press("Enter")
    page.wait_for_selector(".desk--live")
    accepted = _statuses(letter)
    _press(page, "u")

    assert (previewed, accepted) == ([SUPPORT, CALL], ["checked", "checked", "unchecked"])
    assert _statuses(letter) == ["unchecked"] * 3


def test_without_script_everything_is_forms_and_links(site, browser, letter):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _log_in(page, site)
    page.goto(site + reverse("admin:letters_letter_check", args=[letter.pk]))

    page.locator(".card").nth(0).get_by_role("button", name="Klopt").click()
    page.locator(".card").nth(1).get_by_role("button", name="Afwijzen").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    page.locator(".spot__to").nth(2).click()
    address = page.url
    page.locator("#add-position textarea").fill("Duitsland zweeg")
    page.locator("#add-position select[name=stance]").select_option("oppose")
    page.locator("#add-position button[value=add]").click()
    context.close()

    assert address.endswith(f"#standpunt-{letter.positions.get(sentence=CONCERN).pk}")
    assert _statuses(letter) == ["checked", "checked", "unchecked", "unchecked"]


@pytest.mark.parametrize("state", ["open", "add", "end", "help", "orphan", "sure"])
def test_the_desk_is_accessible_in_both_schemes_and_reflows(site, page, letter, state):
    Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    found = {}
    if state == "orphan":
        letter.positions.filter(sentence=SUPPORT).update(paragraph=None, verb="staat pal achter")
    _open(page, site, letter)
    if state == "sure":
        page.goto(page.url.split("#")[0] + "zeker/")
    else:
        _press(
            page,
            *{"open": "j", "add": "n", "end": ["s", "s", "Enter", "x"], "help": "?", "orphan": []}[state],
        )

    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate(AXE)
        result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
        if wrong := [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]:
            found[scheme] = wrong
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found["320 px", scheme] = ["scrolls sideways"]

    assert found == {}


def test_with_colours_of_the_visitor_a_button_still_has_an_edge(site, page, letter):
    page.emulate_media(forced_colors="active")
    _open(page, site, letter)

    edges = page.locator(".is-current .button").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderTopWidth)"
    )

    assert edges == ["1px", "1px", "1px"]


def test_nothing_moves_while_the_page_opens(site, page, letter):
    page.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
        }).observe({ type: "layout-shift", buffered: true });"""
    )

    _open(page, site, letter)
    page.wait_for_load_state("networkidle")

    assert sum(page.evaluate("window.shifts")) < 0.02


#: Key presses that a clerk needs for each proposal, deciding as the gold says; selecting a missed sentence is not a key.
MOST_PRESSES = 1.25


@pytest.mark.parametrize("name", ["agenda-2023-11-28", "verslag-2021-03-23"])
def test_a_sample_letter_is_checked_with_few_key_presses(site, page, name):
    gold = json.loads((HERE / "gold" / f"{name}.json").read_text())["positions"]
    wanted = [(fold(one["sentence"]), one["stance"]) for one in gold]
    letter = ingest([Upload(f"{name}.txt", (HERE / "letters" / f"{name}.txt").read_bytes())]).letter
    proposals, questions, presses = letter.positions.count(), letter.problems.open().count(), Counter()
    _open(page, site, letter)

    _press(page, *["s"] * questions)
    while page.locator("#klaar.is-current").count() == 0:
        what, keys = _clerk(page, wanted)
        presses[what] += len(keys)
        _press(page, *keys)
    for sentence, stances in wanted:
        _select(page, sentence)
        page.keyboard.press("n")
        page.wait_for_selector(".card--add.is-current")
        _press(page, str(STANCES.index(stances[0]) + 1), "Enter")
        page.wait_for_selector(".card--add:not(.is-current)", state="attached")
        presses["added"] += 3

    total = presses.total()
    print(  # noqa: T201
        f"\n{name}: {proposals} proposals, {questions} questions skipped, {total} key presses "
        f"({total / proposals:.2f} each): {dict(presses)}"
    )
    checked = letter.positions.filter(status="checked").values_list("sentence", flat=True)
    assert sorted(map(fold, checked)) == sorted(fold(one["sentence"]) for one in gold)
    assert not letter.positions.awaiting_check().exists()
    assert total <= MOST_PRESSES * proposals


def _clerk(page, wanted):
    """What somebody does with the open card who decides as the gold says, which is taken out of ``wanted``; and the keys."""
    sentence = fold(_at(page))
    stance = page.locator(".is-current select[name$=stance]").input_value()
    asked = [one for one in wanted if one[0] == sentence]
    right = next((one for one in asked if stance in one[1]), None)
    if not asked:
        return "rejected", ["x"]
    wanted.remove(right or asked[0])
    if right:
        return "accepted", ["Enter"]
    return "corrected", [str(STANCES.index(asked[0][1][0]) + 1), "Enter"]
