"""Saved views in a real browser: of visitors, who keep them themselves, and of staff."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from letters import decisions
from tests.factories import make_passage, make_topic

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEW = "/zoeken/?q=steunt&sorteer=oudste"
NEW = "/bewaard/nieuw/?weergave=%2Fzoeken%2F%3Fq%3Dsteunt%26sorteer%3Doudste"
PASSWORD = "het goede wachtwoord"
BLOCKED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});"
)

pytestmark = pytest.mark.browser


@pytest.fixture
def passage(site):
    return make_passage("Nederland steunt dit.", topics=[make_topic("china", "China")])


def _star(page, site, address=VIEW):
    """Open a view and save it."""
    page.goto(site + address)
    page.locator("[data-star]").click()
    page.get_by_text("Bewaard in deze browser.").wait_for()


def _keep(page, site, *views):
    """Let the browser hold these views, as (name, address)."""
    page.goto(site + "/bewaard/")
    moment = "2026-11-22T00:00:00.000Z"
    kept = [{"name": name, "address": address, "saved": moment, "opened": moment} for name, address in views]
    content = json.dumps({"format": "navo-brieven-bewaard", "version": 1, "views": kept})
    page.evaluate("content => localStorage.setItem('navo-bewaard', content)", content)
    page.reload()


def _row(page, number=0):
    """The words of a row, once it is counted."""
    row = page.locator(".saved__item").nth(number)
    row.locator(".saved__count:not(:empty), .saved__wrong").first.wait_for()
    parts = row.locator(".saved__name, .saved__count, .saved__words, .saved__wrong, .saved__former").all()
    return " | ".join(part.inner_text() for part in parts if part.is_visible())


def _names(page):
    return page.locator(".saved__name").all_inner_texts()


def _say(page):
    return page.locator(".saved__said").inner_text()


def _log_in(page, site, name):
    User.objects.create_user(name, password=PASSWORD, first_name=name.capitalize())
    page.goto(site + "/bewaard/inloggen/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Meld aan").click()
    page.get_by_text(f"U bent aangemeld als {name.capitalize()}.").wait_for()


@contextmanager
def _another_browser(browser, **options):
    context = browser.new_context(locale="nl-NL", **options)
    yield context.new_page()
    context.close()


def test_a_visitor_saves_a_view_and_sees_later_what_is_new_in_it(site, page, passage):
    _star(page, site)
    pressed = page.get_by_role("button", name="Bewaar deze weergave").get_attribute("aria-pressed")
    page.get_by_role("link", name="Bewaard").click()
    at_first = _row(page)
    make_passage("Nederland steunt ook dat.", date="2009-05-01", first_published_at=timezone.now())
    page.reload()
    later = _row(page)
    page.get_by_role("link", name="“steunt”").click()
    opened = page.url
    page.go_back()
    page.reload()

    assert pressed == "true"
    assert at_first == "“steunt” | 1 passage niets nieuws | Passages: “steunt” · oudste eerst"
    assert later == "“steunt” | 2 passages 1 nieuw | Passages: “steunt” · oudste eerst"
    assert opened == site + VIEW
    assert _row(page) == "“steunt” | 2 passages niets nieuws | Passages: “steunt” · oudste eerst"
    assert page.context.cookies() == []


def test_the_star_is_a_button_that_takes_back_what_it_did(site, page, passage):
    _star(page, site)
    page.reload()
    star = page.get_by_role("button", name="Bewaar deze weergave", pressed=True)
    star.focus()
    page.keyboard.press(" ")
    page.get_by_text("Niet meer bewaard.").wait_for()
    page.goto(site + "/bewaard/")

    assert _names(page) == []
    assert page.get_by_text("U hebt nog niets bewaard.").is_visible()


def test_the_star_goes_along_when_a_list_changes_without_a_new_page(site, page, passage):
    _star(page, site)
    page.get_by_role("link", name="Nieuwste eerst").click()
    page.wait_for_url("**/zoeken/?q=steunt")
    other = page.get_by_role("button", name="Bewaar deze weergave", pressed=False)
    other.wait_for()
    of_other = other.get_attribute("data-star")
    page.get_by_role("link", name="Oudste eerst").click()
    page.get_by_role("button", name="Bewaar deze weergave", pressed=True).wait_for()

    assert of_other == "/zoeken/?q=steunt"


@pytest.mark.parametrize("kind", ["letter", "meeting", "topic"])
def test_every_page_can_be_saved(site, page, passage, kind):
    pages = {
        "letter": (passage.letter.get_absolute_url(), "Brief: "),
        "meeting": (passage.letter.meetings.get().get_absolute_url(), "Bijeenkomst: "),
        "topic": ("/onderwerpen/china/", "Onderwerp: "),
    }
    address, words = pages[kind]

    _star(page, site, address)
    page.goto(site + "/bewaard/")

    assert words in _row(page)
    assert page.locator(".saved__name a").get_attribute("href") == address


def test_what_one_browser_exports_another_imports_and_again_adds_nothing(site, page, browser, passage):
    _keep(page, site, ("Steun", VIEW), ("Brieven", "/brieven/"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Uitvoeren naar een bestand").click()
    file = download.value.path()

    with _another_browser(browser) as other:
        _keep(other, site, ("Mijn brieven", "/brieven/"))
        said = []
        for _ in range(2):
            other.get_by_label("Invoeren uit een bestand").set_input_files(file)
            other.locator(".saved__said:not(:empty)").wait_for()
            said.append(_say(other))
            other.reload()
        names = _names(other)

    assert download.value.suggested_filename == "navo-brieven-bewaard.json"
    assert said == ["Toegevoegd: 1, had u al: 1.", "Toegevoegd: 0, had u al: 2."]
    assert names == ["Steun", "Mijn brieven"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("PK", "Dit bestand bevat geen bewaarde weergaven. Kies een bestand dat deze site uitvoerde."),
        (
            '{"format": "navo-brieven-bewaard", "version": 9}',
            "Dit bestand komt van een nieuwere versie van de site. Voer het hier opnieuw uit.",
        ),
        (
            '{"format": "navo-brieven-bewaard", "version": 1, "views": [{"name": "x", "address": "javascript:alert(1)"}]}',
            "Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.",
        ),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(site, page, content, message):
    page.goto(site + "/bewaard/")

    file = {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
    page.get_by_label("Invoeren uit een bestand").set_input_files(file)
    page.locator(".saved__said:not(:empty)").wait_for()

    assert _say(page) == message
    assert _names(page) == []


def test_names_change_and_views_go_and_the_keyboard_stays_where_it_was(site, page, passage):
    _keep(page, site, ("Eerste", VIEW), ("Tweede", "/brieven/"))
    first = page.locator(".saved__item").first

    first.locator("summary").click()
    first.get_by_label("Naam").fill("Anders <b>")
    page.keyboard.press("Enter")
    renamed = (_say(page), _names(page), page.evaluate("document.activeElement.textContent"))
    first.locator("summary").click()
    first.get_by_role("button", name="Verwijder").click()
    removed = (_say(page), _names(page), page.evaluate("document.activeElement.textContent"))

    assert renamed == ("Naam gewijzigd: “Anders <b>”.", ["Anders <b>", "Tweede"], "Anders <b>")
    assert removed == ("Verwijderd: “Anders <b>”.", ["Tweede"], "Tweede")


def test_a_view_that_is_gone_or_follows_its_topic_says_so(site, page, passage):
    decisions.merge_topic(make_topic("azie", "Azië"), passage.section.topics.get())

    _keep(page, site, ("Azië", "/zoeken/?onderwerp=azie"), ("Weg", "/onderwerpen/weg/"))

    assert _row(page, 0) == (
        "Azië | 1 passage 1 nieuw | Passages: China | “Azië” is samengevoegd met “China”."
    )
    assert _row(page, 1) == "Weg | Deze weergave is er niet meer: Dit onderwerp is er niet."
    assert page.get_by_role("link", name="Weg").count() == 0


def test_many_views_are_counted_a_few_at_a_time_as_they_come_into_sight(site, page, passage):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/telling/" in request.url else None)

    _keep(page, site, *[(f"Weergave {number}", f"/zoeken/?q={number}") for number in range(60)])
    _row(page, 0)
    at_first = len(asked)
    page.locator(".saved__item").last.scroll_into_view_if_needed()

    assert at_first < 30
    assert "0 passages" in _row(page, 59)


def test_counting_goes_on_when_the_list_is_drawn_anew_meanwhile(site, page, passage):
    asked = []
    page.route("**/telling/**", lambda route: asked.append(route) if len(asked) < 3 else route.continue_())
    with page.expect_request("**/telling/**"):
        _keep(page, site, *[(f"Weergave {number}", f"/zoeken/?q={number}") for number in range(8)])

    page.locator(".saved__item summary").first.click()
    page.get_by_role("button", name="Verwijder").first.click()
    for route in asked:
        route.continue_()

    assert "0 passages" in _row(page, 0)
    assert "0 passages" in _row(page, 6)


def test_without_script_the_star_leads_to_a_plain_word(site, browser, passage):
    with _another_browser(browser, java_script_enabled=False) as page:
        page.goto(site + VIEW)
        page.get_by_role("link", name="Bewaar deze weergave").click()
        saving = page.locator("main").inner_text()
        page.goto(site + "/bewaard/")
        listing = page.locator("main").inner_text()

    assert "Zonder JavaScript kan deze site in uw browser niets bewaren." in saving
    assert "Passages: “steunt” · oudste eerst" in saving
    assert "Deze lijst heeft JavaScript nodig, en dat staat in uw browser uit." in listing
    assert "niet toe" not in saving + listing


def test_where_the_browser_may_keep_nothing_the_star_leads_to_a_plain_word(site, page, passage):
    page.add_init_script(BLOCKED)
    page.goto(site + VIEW)
    page.get_by_role("link", name="Bewaar deze weergave").click()
    page.wait_for_url("**/bewaard/nieuw/**")
    saving = page.locator("main").inner_text()
    page.goto(site + "/bewaard/")

    assert "Uw browser staat niet toe dat deze site iets bewaart." in saving
    assert "Bewaar in deze browser" not in saving
    assert "Uw browser staat niet toe dat deze site iets bewaart." in page.locator("main").inner_text()


def test_the_page_that_saves_does_so_in_the_browser_of_a_visitor(site, page, passage):
    page.goto(site + NEW)
    page.get_by_label("Naam").fill("Onder mijn naam")
    page.get_by_role("button", name="Bewaar in deze browser").click()
    page.wait_for_url("**/bewaard/")

    assert _row(page) == "Onder mijn naam | 1 passage niets nieuws | Passages: “steunt” · oudste eerst"


def test_staff_saves_on_the_server_and_shares_with_colleagues(site, page, browser, passage):
    _log_in(page, site, "anna")
    page.goto(site + VIEW)
    page.get_by_role("link", name="Bewaar deze weergave").click()
    proposed = page.get_by_label("Naam").input_value()
    page.get_by_label("Deel met collega’s").check()
    page.get_by_role("button", name="Bewaar").click()
    mine = _row(page)

    with _another_browser(browser) as other:
        _log_in(other, site, "bert")
        shared = other.locator(".section", has_text="Van collega’s").inner_text()
        other.get_by_role("button", name="Neem over").click()
        other.get_by_text("Overgenomen: “‘steunt’”.".replace("‘", "“").replace("’", "”")).wait_for()

    assert proposed == "“steunt”"
    assert mine == "“steunt” | 1 passage niets nieuws | Passages: “steunt” · oudste eerst"
    assert "Gedeeld door Anna" in shared
    assert page.evaluate("localStorage.getItem('navo-bewaard')") is None


def test_what_staff_saved_before_logging_in_moves_to_the_account(site, page, passage):
    _star(page, site)
    _log_in(page, site, "anna")
    page.get_by_role("button", name="Zet ze bij mijn weergaven").click()
    page.get_by_text("1 weergave toegevoegd.").wait_for()
    moved = (_names(page), page.get_by_role("button", name="Zet ze bij mijn weergaven").is_visible())
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_text("U hebt nog niets bewaard.").wait_for()
    page.goto(site + VIEW)

    assert moved == (["“steunt”"], False)
    assert page.get_by_role("button", name="Bewaar deze weergave", pressed=False).is_visible()


def test_a_page_tells_only_who_came_by_an_old_address_what_the_topic_was_called(site, page, passage):
    decisions.merge_topic(make_topic("azie", "Azië"), passage.section.topics.get())
    told = page.get_by_text("“Azië” is samengevoegd met “China”.")
    seen = {}

    for address in [
        "/onderwerpen/azie/",
        "/onderwerpen/china/",
        "/zoeken/?onderwerp=azie",
        "/zoeken/?onderwerp=china",
    ]:
        page.goto(site + address)
        seen[address] = (page.url.removeprefix(site), told.is_visible())

    assert seen == {
        "/onderwerpen/azie/": ("/onderwerpen/china/#voorheen-azie", True),
        "/onderwerpen/china/": ("/onderwerpen/china/", False),
        "/zoeken/?onderwerp=azie": ("/zoeken/?onderwerp=china#voorheen-azie", True),
        "/zoeken/?onderwerp=china": ("/zoeken/?onderwerp=china", False),
    }


def test_the_personal_pages_are_accessible_in_both_schemes_and_reflow(site, page, passage):
    decisions.merge_topic(make_topic("azie", "Azië"), passage.section.topics.get())
    views = [
        ("Steun", VIEW),
        ("Azië", "/zoeken/?onderwerp=azie"),
        ("Weg", "/onderwerpen/weg/"),
        ("x" * 200, "/brieven/"),
    ]
    found = {}

    def look(address, who):
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(site + address)
            for summary in page.locator(".saved summary").all():
                summary.click()
            page.evaluate(AXE)
            result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
            if wrong := [violation["id"] for violation in result["violations"]]:
                found[who, address, scheme] = wrong
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[who, address, "320 px"] = ["scrolls sideways"]

    look("/bewaard/", "nobody")
    _keep(page, site, *views)
    for address in ["/bewaard/", NEW, "/bewaard/nieuw/", "/bewaard/inloggen/", VIEW]:
        look(address, "visitor")
    _log_in(page, site, "anna")
    anna, bert = User.objects.get(username="anna"), User.objects.create_user("bert")
    for name, address in views:
        anna.bookmarks.create(name=name, address=address)
        bert.bookmarks.create(name=name, address=address, is_shared=True)
    for address in [
        "/bewaard/",
        "/bewaard/nieuw/?weergave=%2Fbrieven%2F%3Fq%3Dx",
        anna.bookmarks.first().get_absolute_url(),
    ]:
        look(address, "staff")

    assert found == {}
