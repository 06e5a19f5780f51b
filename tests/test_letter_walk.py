"""From hit to hit: a letter that one reached from a list knows its place there, and leads on in the order of the list."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters import decisions
from letters.models import Position
from tests.factories import (
    make_footnote,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
)
from tests.reading import main, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    """Three letters of different days with eight passages each, of which each holds "steun" once or twice, and a position."""
    for number in range(1, 4):
        letter = make_letter(
            slug=f"brief-{number}", date=f"2023-0{number}-01", meetings=[make_meeting(f"2023-0{number}-09")]
        )
        section = make_section(letter)
        for place in range(8):
            words = "steun en nog eens steun" if (number + place) % 3 == 0 else "steun"
            make_position(make_paragraph(section, f"Nederland geeft {words} aan land {place}."))


def hits_in(page: str) -> list[str]:
    """Where the rows of a list lead, without the words behind ":~:"."""
    links = re.findall(r'<h2[^>]*><a href="([^"]*)"|<p class="quotation__source">.*?<a href="([^"]*)"', page)
    return [unescape("".join(pair)).partition(":~:")[0] for pair in links]


def link(page: str, rel: str) -> str:
    """Where "vorige" or "volgende" leads, or "" when there is none."""
    found = re.search(rf'<a href="([^"]*)" rel="{rel}"', page)
    return unescape(found[1]).partition(":~:")[0] if found else ""


def whole_list(client, path: str) -> list[str]:
    hits, page = [], 1
    while True:
        response = (
            client.get(path, {"pagina": page} if page > 1 else {})
            if "?" not in path
            else client.get(f"{path}&pagina={page}" if page > 1 else path, follow=True)
        )
        if response.status_code == 404:
            return hits
        hits += hits_in(main(response))
        page += 1


@pytest.mark.parametrize(
    "path",
    [
        "/zoeken/?q=steun",
        "/zoeken/?q=steun&sorteer=oudste",
        "/zoeken/?q=steun&sorteer=relevantie",
        "/zoeken/?soort=geannoteerde-agenda",
        "/standpunten/?q=steun",
        "/standpunten/?q=steun&sorteer=oudste",
        "/standpunten/?q=steun&sorteer=relevantie",
        "/brieven/?q=steun",
        "/brieven/?sorteer=oudste",
        "/brieven/?q=steun&sorteer=relevantie",
    ],
)
def test_next_leads_through_the_whole_list_in_its_order_and_previous_back(client, collection, path):
    listed = whole_list(client, path)
    walked, back = [listed[0]], []

    for _step in range(len(listed) - 1):
        page = main(client.get(walked[-1]))
        place = re.search(r"treffer (\d+) van (\d+)", page)
        assert (int(place[1]), int(place[2])) == (len(walked), len(listed))
        back.append(link(page, "prev"))
        walked.append(link(page, "next"))
    last = main(client.get(walked[-1]))

    assert [url.partition("#")[0] for url in walked] == [url.partition("#")[0] for url in listed]
    assert back == ["", *walked[: len(listed) - 2]]
    assert (link(last, "prev"), link(last, "next")) == (walked[-2], "")
    assert "dit is de laatste" in last
    assert len(listed) == (3 if path.startswith("/brieven") else 24)


def test_the_way_back_leads_to_the_page_of_the_list_where_the_hit_stands(client, collection):
    listed = whole_list(client, "/zoeken/?q=steun&sorteer=oudste")

    first, last = main(client.get(listed[0])), main(client.get(listed[21]))

    assert 'class="walk__back" href="/zoeken/?q=steun&amp;sorteer=oudste"' in first
    assert 'class="walk__back" href="/zoeken/?pagina=2&amp;q=steun&amp;sorteer=oudste"' in last
    assert "Terug naar de lijst: “steun”" in text(client.get(listed[0]))


def test_a_hit_leads_to_its_paragraph_and_is_told_from_the_others(client, collection):
    url = hits_in(main(client.get("/zoeken/?q=steun&sorteer=oudste")))[4]

    assert url == "/brieven/brief-1/?lijst=zoeken&q=steun&sorteer=oudste&treffer=5#al-5"
    assert re.findall(r'paragraph--hit" id="(al-\d+)"', main(client.get(url))) == ["al-5"]


def test_a_paragraph_that_came_between_has_a_place_too(client):
    section = make_section(make_letter(slug="brief"))
    make_paragraph(section, "Steun vooraf.", anchor="0a")
    make_paragraph(section, "Steun daarna.", anchor="12za")

    pages = [
        text(client.get(f"/brieven/brief/?lijst=zoeken&q=steun&treffer={hit}")) for hit in ("0a", "12za")
    ]

    assert ["treffer 1 van 2" in pages[0], "treffer 2 van 2" in pages[1]] == [True, True]


def test_a_hit_that_is_no_longer_in_the_list_says_so_and_keeps_the_way_back(client, collection):
    url = hits_in(main(client.get("/standpunten/?q=steun")))[2]
    position = Position.objects.get(pk=re.search(r"treffer=(\d+)", url)[1])
    following = link(main(client.get(url)), "next")
    decisions.decide([position], Position.Status.REJECTED, by=None)

    page, after = client.get(url), main(client.get(following))

    assert page.status_code == 200
    assert "Deze treffer staat niet meer in de lijst." in text(page)
    assert 'class="walk__back" href="/standpunten/?q=steun"' in main(page)
    assert link(main(page), "next") == ""
    assert "treffer 3 van 23" in after


def test_after_a_change_the_place_is_that_of_now(client, collection):
    url = hits_in(main(client.get("/zoeken/?q=steun&sorteer=oudste")))[7]
    newer = make_letter(slug="nieuw", date="2022-01-01", meetings=[make_meeting("2022-01-09")])
    make_paragraph(make_section(newer), "Ook hier steun.")

    assert "treffer 9 van 25" in text(client.get(url))


@pytest.mark.parametrize(
    "hit",
    [
        "lijst=zoeken&q=steun&treffer=99",  # no such paragraph
        "lijst=zoeken&q=zeepaardje&treffer=1",  # it does not hold the words
        "lijst=standpunten&treffer=999999",  # no such position
        "lijst=standpunten&treffer=1a",
        "lijst=brieven&soort=verslag",  # the letter is of another kind
    ],
)
def test_what_the_list_does_not_hold_is_not_given_a_place(client, collection, hit):
    page = client.get(f"/brieven/brief-1/?{hit}")

    assert "Deze treffer staat niet meer in de lijst." in text(page)
    assert "treffer 1 van" not in text(page)


def test_a_position_of_another_letter_is_not_given_a_place_here(client, collection):
    other = Position.objects.filter(letter__slug="brief-2").first()

    page = text(client.get(f"/brieven/brief-1/?lijst=standpunten&treffer={other.pk}"))

    assert "Deze treffer staat niet meer in de lijst." in page


def test_a_position_that_the_list_leaves_out_as_unchecked_is_not_pointed_out(client):
    position = make_position(make_paragraph(make_section(make_letter(slug="brief"))), status="unchecked")

    page = main(client.get(f"/brieven/brief/?lijst=standpunten&treffer={position.pk}"))
    asked = main(client.get(f"/brieven/brief/?lijst=standpunten&ongecontroleerd=ja&treffer={position.pk}"))

    assert ["paragraph--hit" in page, "paragraph--hit" in asked] == [False, True]


def test_without_a_hit_there_is_only_the_way_back(client, collection):
    page = client.get("/brieven/brief-1/?lijst=zoeken&q=steun")

    assert 'class="walk__back" href="/zoeken/?q=steun"' in main(page)
    assert "treffer" not in text(page).replace("Treffers", "")


def test_who_comes_from_nowhere_sees_no_walk(client, collection):
    assert 'class="walk' not in main(client.get("/brieven/brief-1/"))


def test_the_canonical_address_and_what_is_saved_are_those_of_the_bare_letter(client, collection):
    page = client.get("/brieven/brief-1/?lijst=zoeken&markeringen=uit&ongecontroleerd=ja&q=steun&treffer=5")
    html = page.content.decode()

    assert '<link rel="canonical" href="http://testserver/brieven/brief-1/?ongecontroleerd=ja">' in html
    assert 'data-star="/brieven/brief-1/?ongecontroleerd=ja"' in html


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("q=steun&lijst=zoeken&treffer=5", "lijst=zoeken&q=steun&treffer=5"),
        ("lijst=zoeken&q=steun&sorteer=nieuwste&treffer=5", "lijst=zoeken&q=steun&treffer=5"),
        ("lijst=zoeken&utm_source=brief", "lijst=zoeken"),
    ],
)
def test_another_spelling_of_the_way_leads_to_its_one_address(client, collection, asked, canonical):
    response = client.get(f"/brieven/brief-1/?{asked}")

    assert (response.status_code, response["Location"]) == (301, f"/brieven/brief-1/?{canonical}")


@pytest.mark.parametrize(
    "wrong",
    [
        "q=steun",  # of which list?
        "treffer=5",
        "lijst=alles",
        "lijst=zoeken&treffer=x",
        "lijst=zoeken&treffer=5&treffer=6",
        "lijst=zoeken&pagina=2",
        "lijst=zoeken&onderwerp=bestaat-niet",
        "markeringen=misschien",
    ],
)
def test_a_way_that_cannot_be_is_refused_with_what_to_do(client, collection, wrong):
    response = client.get(f"/brieven/brief-1/?{wrong}")

    assert response.status_code == 400
    assert "Toon de weergave zonder dit." in text(response)


def test_an_old_address_keeps_the_way(client, collection):
    response = client.get("/brieven/BRIEF-1/?lijst=zoeken&treffer=5")

    assert response["Location"] == "/brieven/brief-1/?lijst=zoeken&treffer=5"


def test_the_page_asks_as_much_in_a_long_list_as_in_a_short_one(client, collection):
    def queries(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    url = "/brieven/brief-1/?lijst=zoeken&q=steun&sorteer=relevantie&treffer=5"
    before = queries(url)
    for number in range(10):
        letter = make_letter(slug=f"nog-een-{number}", meetings=[make_meeting()])
        make_paragraph(make_section(letter), "Nog meer steun.")

    assert queries(url) == before


# The words that were searched for


@pytest.fixture
def letter():
    letter = make_letter(slug="brief", meetings=[make_meeting()])
    section = make_section(letter)
    first = make_paragraph(section, "De F-16 vliegt. Nederland geeft bondgenoten steun & hulp.")
    make_position(first, "Nederland geeft bondgenoten steun & hulp.")
    make_footnote(first, "Over steun, zie de brief.", offset=15)
    make_paragraph(section, "Bondgenoten gaven niets.")
    make_paragraph(section, "The allies give support.", language="en")
    return letter


def marked(client, query: str) -> list[str]:
    page = main(client.get("/brieven/brief/", query))
    return re.findall(r"<mark>(.*?)</mark>", page)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"lijst": "zoeken", "q": "steun", "treffer": "1"}, ["steun", "steun"]),  # also in the footnote
        ({"lijst": "zoeken", "q": "bondgenoot"}, ["bondgenoten", "Bondgenoten"]),  # other forms of a word
        ({"lijst": "zoeken", "q": "bondgenoten steun"}, ["bondgenoten", "steun"]),  # both in one passage
        ({"lijst": "zoeken", "q": "bondgenoten -steun"}, ["Bondgenoten"]),
        ({"lijst": "zoeken", "q": "F-16"}, ["F-16"]),
        ({"lijst": "zoeken", "q": "ally"}, ["allies"]),  # English by English
        ({"lijst": "brieven", "q": "vliegt"}, ["vliegt"]),
        ({"lijst": "standpunten", "q": "vliegt"}, []),  # not in a position
        ({"lijst": "standpunten", "q": "hulp"}, ["hulp"]),
        ({"lijst": "zoeken"}, []),
        ({}, []),
    ],
)
def test_the_words_are_marked_where_the_list_finds_them(client, letter, query, words):
    assert marked(client, query) == words


def test_marks_stand_within_positions_and_break_nothing(client, letter):
    page = main(client.get("/brieven/brief/?lijst=zoeken&q=steun"))

    assert re.search(
        r'<span class="position [^>]*>Nederland geeft bondgenoten <mark>steun</mark> &amp; hulp\.</span>',
        page,
    )


def test_the_marks_can_be_left_out_without_script_and_stay_so_on_the_way(client, letter):
    other = make_paragraph(make_section(make_letter(slug="ander", date="2020-01-01")), "Ook steun.")
    page = main(client.get("/brieven/brief/?lijst=zoeken&q=steun&treffer=1"))
    without = unescape(re.search(r'marks-link" href="([^"]*)"', page)[1])

    shown = main(client.get(without))

    assert without == "/brieven/brief/?lijst=zoeken&markeringen=uit&q=steun&treffer=1"
    assert ['class="letter letter--unmarked"' in html for html in (page, shown)] == [False, True]
    assert "Met markeringen" in shown
    assert link(shown, "next") == (
        f"/brieven/ander/?lijst=zoeken&markeringen=uit&q=steun&treffer={other.anchor}#al-{other.anchor}"
    )


def test_a_letter_without_marks_has_no_switch(client):
    make_paragraph(make_section(make_letter(slug="kaal")), "Niets bijzonders.")

    page = main(client.get("/brieven/kaal/"))

    assert "marks-switch" not in page
    assert "marks-link" not in page
