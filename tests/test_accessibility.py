"""Every kind of public page in a real browser: axe finds nothing, nothing scrolls sideways, nothing breaks the policy."""

from pathlib import Path

import pytest
from django.core.management import call_command

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MEETING, LETTER = "2021-03-23-navo-buitenlandse-zaken", "2021-04-01-verslag-navo-buitenlandse-zaken"
PAGES = [
    "/",
    "/zoeken/",
    "/zoeken/?onderwerp=china&q=dialoog",
    "/zoeken/?q=zeepaardje",
    "/zoeken/?onderwerp=bestaat-niet",
    "/zoeken/filter/onderwerp/?onderwerp=china&zoek=a",
    "/standpunten/",
    "/brieven/",
    f"/brieven/{LETTER}/",
    "/bijeenkomsten/",
    f"/bijeenkomsten/{MEETING}/",
    "/onderwerpen/",
    "/onderwerpen/china/",
    "/gegevens/",
    "/gegevens/codeboek/",
    "/gegevens/kolommen/",
    "/gegevens/dekking/",
    "/gegevens/dekking/2021/",
    "/bestaat-niet/",
]


@pytest.mark.browser
def test_every_kind_of_page_is_accessible_in_both_schemes_and_reflows(site, page):
    call_command("load_topics")
    call_command("load_samples")
    found = {}

    for address in PAGES:
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(site + address)
            page.evaluate(AXE)
            result = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
            if wrong := [violation["id"] for violation in result["violations"]]:
                found[address, scheme] = wrong
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[address, "320 px"] = ["scrolls sideways"]

    assert found == {}
