"""Every kind of public page in a real browser, for everyone. What stands at /toegankelijkheid/ is what is done here."""

import re

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from letters.urls import pages
from tests.accessibility import (
    AXE,
    ENLARGED,
    SMALLEST,
    WIDE,
    faults_of_focus,
    faults_of_structure,
    scrolls_sideways,
    scrolls_sideways_with_large_text,
    violations,
)
from tests.screenshots.filling import BEFORE, MEETING, fill

AGENDA = "geannoteerde-agenda"
SIDES = f"eerste={BEFORE}&eerste-soort={AGENDA}&tweede={MEETING}&tweede-soort={AGENDA}"
#: By the name of their route; "" is what belongs to none.
PAGES = {
    "start": ["/"],
    "search": ["/zoeken/", "/zoeken/?onderwerp=china&q=dialoog", "/zoeken/?q=zeepaardje", "/zoeken/?onderwerp=bestaat-niet"],
    "search-facet": ["/zoeken/filter/onderwerp/?onderwerp=china&zoek=a"],
    "positions": ["/standpunten/", "/standpunten/?ongecontroleerd=ja"],
    "positions-facet": ["/standpunten/filter/onderwerp/"],
    "commitments": ["/toezeggingen/", "/toezeggingen/?soort=komt-na"],
    "letters": ["/brieven/"],
    "letters-facet": ["/brieven/filter/onderwerp/"],
    "letter": [
        "/brieven/kst-28676-446/",
        "/brieven/kst-28676-446/?lijst=zoeken&q=dialoog&treffer=7",
        "/brieven/2021-04-01-verslag-navo-buitenlandse-zaken/",
    ],
    "meetings": ["/bijeenkomsten/", "/bijeenkomsten/?niveau=defensie"],
    "comparison": ["/vergelijken/", f"/vergelijken/?{SIDES}"],
    "meeting": [f"/bijeenkomsten/{MEETING}/", f"/bijeenkomsten/{MEETING}/?toon=achteraf", f"/bijeenkomsten/{BEFORE}/"],
    "topics": ["/onderwerpen/", "/onderwerpen/?per=bijeenkomst"],
    "topic": ["/onderwerpen/oekraine/", "/onderwerpen/oekraine/?standpunt=roept-op"],
    "bookmarks": ["/bewaard/"],
    "bookmark-add": ["/bewaard/nieuw/?weergave=/zoeken/%3Fonderwerp%3Dchina"],
    "bookmarks-login": ["/bewaard/inloggen/"],
    "accessibility": ["/toegankelijkheid/"],
    "data": ["/gegevens/"],
    "data-codebook": ["/gegevens/codeboek/"],
    "data-columns": ["/gegevens/kolommen/"],
    "data-coverage": ["/gegevens/dekking/"],
    "data-coverage-year": ["/gegevens/dekking/2021/"],
    "api-docs": ["/gegevens/api/"],
    "": ["/bestaat-niet/"],
}  # fmt: skip
#: Routes that answer with something else than a page, or only to who is logged in or sends a form.
NO_PAGES = {
    "search-feed", "positions-feed", "letters-feed", "commitments-feed", "topic-feed", "meetings-calendar", "count",
    "bookmarks-export", "bookmarks-import", "bookmarks-logout", "bookmarks-password",
    "bookmark", "bookmark-open", "bookmark-copy", "bookmark-delete",
}  # fmt: skip
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]


@pytest.fixture
def filled(site):
    """A site with the two sample letters, and a meeting of which agenda, answers and report are held."""
    call_command("load_topics")
    fill()
    return site


def test_each_kind_of_page_is_among_those_that_are_tested():
    names = {pattern.name for pattern in pages}

    assert names == (PAGES.keys() - {""}) | NO_PAGES
    assert get_resolver().reverse_dict  # the names above are those of the site


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["Dutch", "English"])
def test_axe_finds_nothing_in_light_and_dark(filled, page, prefix):
    found = {}

    for address in ADDRESSES:
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(filled + prefix + address)
        found[address, "light"] = violations(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found[address, "dark"] = violations(page)

    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.browser
def test_nothing_is_lost_sideways_in_a_small_window_or_enlarged(filled, page):
    found = {}

    for address in ADDRESSES:
        page.goto(filled + address)
        found[address] = [
            *scrolls_sideways(page, SMALLEST),
            *scrolls_sideways(page, ENLARGED),
            *scrolls_sideways_with_large_text(page),
        ]

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.browser
def test_headings_landmarks_and_names_make_sense_to_a_screen_reader(filled, page):
    found = {}

    for address in ADDRESSES:
        page.goto(filled + address)
        found[address] = faults_of_structure(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.browser
def test_who_walks_with_the_tab_key_always_sees_where_they_are(filled, page):
    found = {}

    for address in ADDRESSES:
        page.emulate_media(reduced_motion="reduce")
        page.goto(filled + address)
        found[address] = faults_of_focus(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_the_statement_names_the_version_of_axe_that_is_used(client, db):
    version = re.search(r"axe v(\d+\.\d+)", AXE)[1]

    text = client.get("/toegankelijkheid/").content.decode()

    assert f"axe-core {version}" in text


@pytest.mark.parametrize(
    ("address", "shown"),
    [("redactie@brieven.example.nl", True), ("niet-ingesteld@voorbeeld.invalid", False)],
)
def test_the_statement_says_where_to_write_when_that_was_set(client, db, settings, address, shown):
    settings.CONTACT_EMAIL = address

    text = client.get("/toegankelijkheid/").content.decode()

    assert (f'href="mailto:{address}"' in text) is shown
    assert ("nog geen adres ingesteld" in text) is not shown
