"""Every public page: title, language, breadcrumbs, one address. What is public at all: ``test_what_is_public``."""

import datetime

import pytest
from django.utils import timezone

from letters.models import Topic
from tests.factories import (
    make_meeting,
    make_passage,
    make_position,
    make_topic,
)
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


@pytest.fixture
def pages(meeting):
    """The address of one page of every kind, with the title that a browser shows for it."""
    topic = make_topic("oekraine", "Oekraïne")
    make_passage(
        "Nederland steunt Oekraïne.",
        slug="brief",
        subject="Agenda van de top",
        meeting=meeting,
        topics=[topic],
    )
    return {
        "/": "Wat het kabinet de Kamer schrijft over de NAVO",
        "/zoeken/": "Alle passages",
        "/standpunten/": "Alle standpunten",
        "/brieven/": "Alle brieven",
        "/brieven/brief/": "Agenda van de top",
        "/bijeenkomsten/": "Bijeenkomsten",
        meeting.get_absolute_url(): "NAVO-ministers van Buitenlandse Zaken, 28–29 november 2023",
        "/onderwerpen/": "Onderwerpen",
        topic.get_absolute_url(): "Oekraïne",
    }


def test_every_page_has_a_title_a_language_and_one_address(client, pages):
    for address, title in pages.items():
        html = client.get(address).content.decode()

        assert f"<title>{title} – NAVO-brieven</title>" in html
        assert '<html lang="nl"' in html
        assert html.count("<h1") == 1
        assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_every_page_but_the_start_has_breadcrumbs(client, pages):
    for address in pages:
        crumbs = 'aria-label="Kruimelpad"' in client.get(address).content.decode()

        assert crumbs == (address != "/")


def test_every_page_refuses_what_it_does_not_know_and_drops_how_someone_came(client, pages):
    for address in pages:
        assert client.get(f"{address}?kleur=rood").status_code == 400
        response = client.get(f"{address}?utm_source=brief")
        assert (response.status_code, response["Location"]) == (301, address)


def test_a_page_that_searches_nothing_offers_no_search_for_words_it_does_not_know(client, pages):
    letter = client.get("/brieven/brief/?q=top")
    found = client.get(f"/zoeken/?q={'a' * 301}")

    assert [response.status_code for response in (letter, found)] == [400, 400]
    assert ["Deze weergave bestaat niet" in text(letter), "Deze zoekvraag kan niet" in text(letter)] == [
        True,
        False,
    ]
    assert "Deze zoekvraag kan niet" in text(found)


def test_of_several_wrong_values_one_link_drops_all(client):
    html = client.get("/zoeken/?soort=nota&van=gisteren").content.decode()

    assert '<a href="/zoeken/">Begin opnieuw, zonder filters</a>' in html


def test_a_topic_and_a_meeting_lead_to_their_briefing(client, pages, meeting):
    make_position(
        make_passage("Wij steunen dat.", slug="tweede", meeting=meeting, topics=Topic.objects.all())
    )

    topic_page = client.get("/onderwerpen/oekraine/").content.decode()
    meeting_page = client.get(meeting.get_absolute_url()).content.decode()

    for html, filter_ in [
        (topic_page, "format=docx&amp;onderwerp=oekraine"),
        (meeting_page, f"bijeenkomst={meeting.slug}&amp;format=docx"),
    ]:
        assert f'href="/standpunten/?{filter_}"' in html
        assert client.get(f"/standpunten/?{filter_.replace('&amp;', '&')}").status_code == 200
    assert 'href="/standpunten/feed/?onderwerp=oekraine"' in topic_page


def test_no_page_takes_anything_but_reading(client, pages):
    for address in pages:
        assert client.post(address).status_code == 405


def test_an_unknown_address_is_a_dutch_404(client):
    for address in [
        "/brieven/niets/",
        "/bijeenkomsten/niets/",
        "/onderwerpen/niets/",
        "/originelen/7/",
        "/niets/",
    ]:
        response = client.get(address)

        assert response.status_code == 404
        assert "Deze pagina is er niet" in text(response)


@pytest.mark.parametrize("path", ["/originelen/99999999999999999999/", "/brieven/a%00b/", "/brieven/é/"])
def test_a_crooked_address_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_bytes_that_are_no_text_are_no_words(client):
    response = client.get("/zoeken/?q=%FF%ED%A0%80")

    assert response.status_code == 301
    assert response["Location"] == "/zoeken/"


def test_more_keys_than_the_server_reads_is_a_dutch_400(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5

    response = client.get("/zoeken/?a=1&b=1&c=1&d=1&e=1&f=1")

    assert response.status_code == 400
    assert "Dit verzoek klopt niet" in text(response)


def test_the_start_page_shows_topics_letters_and_meetings_ahead_and_behind(client):
    topic = make_topic("oekraine", "Oekraïne")
    make_topic("china", "China")
    make_passage(
        topics=[topic], meeting=make_meeting("2023-11-28"), subject="De oudere brief", date="2023-11-20"
    )
    make_passage(
        topics=[topic], meeting=make_meeting("2024-04-03"), subject="De nieuwere brief", date="2024-03-25"
    )
    ahead = timezone.localdate() + datetime.timedelta(days=30)
    make_meeting(ahead, is_announced=True)

    response = client.get("/")
    page = text(response)

    assert "Oekraïne 2" in page
    assert "China" not in page
    assert page.index("De nieuwere brief") < page.index("De oudere brief")
    assert [meeting.start for meeting in response.context["ahead"]] == [ahead]
    assert [meeting.start.year for meeting in response.context["behind"]] == [2024, 2023]


def test_an_empty_site_has_every_page(client):
    for address in ["/", "/zoeken/", "/standpunten/", "/brieven/", "/bijeenkomsten/", "/onderwerpen/"]:
        assert client.get(address).status_code == 200


def test_pages_are_sent_compressed_to_who_can_read_that(client):
    response = client.get("/zoeken/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"


def test_robots_are_kept_from_the_many_addresses_of_one_letter(client, db):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /*lijst=" in response.content.decode().splitlines()
