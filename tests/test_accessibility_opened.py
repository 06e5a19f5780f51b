"""What opens on a page, in a real browser: menus and folds are as usable as what stands there from the start."""

import pytest
from django.core.management import call_command

from tests.accessibility import SMALLEST, WIDE, scrolls_sideways, violations
from tests.screenshots.filling import MEETING, fill

PAGES = [
    "/zoeken/?onderwerp=china",
    "/toezeggingen/",
    "/brieven/kst-28676-446/",
    f"/bijeenkomsten/{MEETING}/",
    "/bijeenkomsten/",
    "/onderwerpen/oekraine/",
    "/vergelijken/",
]


@pytest.mark.browser
def test_what_is_opened_breaks_no_rule(site, page):
    call_command("load_topics")
    fill()
    found = {}

    for address in PAGES:
        for size in (WIDE, SMALLEST):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(site + address)
            for one in [one for one in page.query_selector_all("details:not([open])") if one.is_visible()]:
                one.evaluate("one => { one.open = true; one.id = 'opened'; }")
                found[address, size, one.get_attribute("class")] = [
                    *violations(page, "#opened"),
                    *scrolls_sideways(page, size),
                ]
                one.evaluate("one => { one.open = false; one.id = ''; }")

    assert {where: wrong for where, wrong in found.items() if wrong} == {}
    assert len(found) > 2 * len(PAGES)
