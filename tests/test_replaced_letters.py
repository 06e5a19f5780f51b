"""A letter that another took the place of says so wherever it is quoted or listed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Letter
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
    make_topic,
)
from tests.reading import main, words

pytestmark = pytest.mark.django_db

REPLACED = "vervangen door een latere brief"
LINK = f'<a href="/brieven/aangepast/">{REPLACED}</a>'

#: Pages that quote or list the letters of ``two_meetings``, with how many times each names the replaced one.
PLACES = {
    "/onderwerpen/oekraine/": 2,
    "/zoeken/": 2,
    "/standpunten/": 2,
    "/brieven/": 1,
    "/": 1,
    "/toezeggingen/": 2,  # as a promise, and as what the later letter takes up
    "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/": 1,  # of two quotations the first names the letter
    "/vergelijken/?eerste=2023-11-28-navo-buitenlandse-zaken&tweede=2024-04-03-navo-buitenlandse-zaken": 2,
}


@pytest.fixture
def old():
    """An agenda with a position and a promise; a report of a next meeting keeps that promise."""
    topic = make_topic("oekraine", "Oekraïne")
    first, second = make_meeting("2023-11-28"), make_meeting("2024-04-03")
    letter = make_letter(slug="oud", meetings=[first])
    section = make_section(letter, topics=[topic])
    make_position(make_paragraph(section, "Nederland steunt Oekraïne."))
    promise = make_position(
        make_paragraph(section, "Het kabinet zal uw Kamer informeren."), stance="promise", verb="informeren"
    )
    report = make_letter("report", slug="verslag", meetings=[second], date="2024-04-10")
    kept = make_paragraph(make_section(report, topics=[topic]), "Hiermee is aan die toezegging voldaan.")
    make_follow_up(promise, make_mention(kept))
    make_position(make_paragraph(kept.section, "Nederland riep op tot meer steun."))
    return letter


def replace(old, **fields) -> Letter:
    """A letter about nothing, so that no page quotes it."""
    return make_letter(slug="aangepast", replaces=old, date="2023-11-24", **fields)


@pytest.mark.parametrize(("address", "times"), PLACES.items())
def test_a_replaced_letter_says_so_with_where_the_newer_is(client, old, address, times):
    replace(old)

    assert main(client.get(address)).count(LINK) == times


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_replaces_nothing_yet(client, old, address, status):
    replace(old, status=status)

    shown = main(client.get(address))

    assert "vervangen" not in shown
    assert "aangepast/" not in shown


@pytest.mark.parametrize("address", PLACES)
def test_a_letter_that_is_supplemented_is_not_replaced(client, old, address):
    make_letter(slug="aangepast", supplements=old)

    assert "vervangen" not in main(client.get(address))


@pytest.mark.parametrize("address", ["/", "/bijeenkomsten/"])
def test_among_the_letters_of_a_meeting_a_word_says_so(client, old, address):
    before = words(main(client.get(address)))
    replace(old)

    after = words(main(client.get(address)))

    assert before.count("(vervangen)") == 0
    assert after.count("(vervangen)") == 1


def test_it_stands_behind_the_citation(client, old):
    replace(old)

    page = main(client.get("/standpunten/?soort=geannoteerde-agenda"))

    source = re.search(r'<p class="quotation__source">.*?</p>', page)[0]
    assert words(source).endswith(f"Geannoteerde agenda, 20 november 2023 · {REPLACED}")


def test_a_meeting_tells_it_beside_the_link_of_the_letter(client, old):
    meeting = old.meetings.get()
    newer = replace(old, meetings=[meeting])

    lead = re.search(r'<p class="lead">.*?</p>', main(client.get(meeting.get_absolute_url())))[0]

    assert words(lead) == (
        "geannoteerde agenda van 20 november 2023 (vervangen) · geannoteerde agenda van 24 november 2023"
    )
    assert newer.get_absolute_url() in lead


def test_of_several_the_latest_is_named(client, old):
    replace(old)
    make_letter(slug="nog-nieuwer", replaces=old, date="2023-11-27")
    make_letter(slug="zonder-datum", replaces=old, date=None)

    assert f'<a href="/brieven/nog-nieuwer/">{REPLACED}</a>' in main(client.get("/standpunten/"))


def test_a_letter_that_was_read_without_its_context_knows_it_too(old):
    replace(old)

    assert Letter.objects.get(slug="oud").newer_url == "/brieven/aangepast/"


@pytest.mark.parametrize("address", [*PLACES, "/bijeenkomsten/"])
def test_a_page_with_replaced_letters_asks_no_more(client, old, address):
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    replace(old)
    make_letter(slug="nieuwer-verslag", replaces=Letter.objects.get(slug="verslag"))
    client.get(address)
    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before)
