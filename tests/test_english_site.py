"""English under /en/: which language an answer is in, the switch, feeds, files, the API, and what people saved."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language
from docx import Document
from docx.oxml.ns import qn
from lxml import etree, html

from letters.languages import Words, in_language, language_of, marked, quoted
from letters.models import Bookmark, TopicName
from letters.views.saved import read
from navo_site.language import speak_as_addressed
from tests.factories import make_letter, make_meeting, make_passage, make_position, make_topic

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ukraine():
    topic = make_topic("oekraine", "Oekraïne")
    TopicName.objects.create(topic=topic, name="Ukraine", language="en", is_preferred=True)
    make_position(
        make_passage(
            "Nederland steunt Oekraïne.", topics=[topic], slug="agenda", subject="Geannoteerde agenda"
        )
    )
    return topic


# Which language


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/en/", "en"),
        ("/en", "en"),
        ("/en/zoeken/", "en"),
        ("/", "nl"),
        ("/zoeken/", "nl"),
        ("/english/", "nl"),
        ("/nl/zoeken/", "nl"),
        ("/de/", "nl"),
        ("/beheer/en/", "nl"),
        ("/api/v1/brieven", "nl"),
    ],
)
def test_the_address_says_the_language(path, language):
    assert language_of(path) == language


def test_neither_browser_nor_cookie_says_the_language(client):
    client.cookies["django_language"] = "en"

    response = client.get("/", headers={"accept-language": "en"})

    assert html.document_fromstring(response.content).get("lang") == "nl"
    assert "Accept-Language" not in response.get("Vary", "")
    assert "Content-Language" not in response.headers


def test_an_answer_leaves_no_language_behind():
    spoken = []

    def view(request):
        spoken.append(get_language())
        return HttpResponse()

    before = get_language()
    for path in ["/en/", "/", "/en/zoeken/", "/beheer/"]:
        speak_as_addressed(view)(RequestFactory().get(path))

    assert spoken == ["en", "nl", "en", "nl"]
    assert get_language() == before


def test_what_is_made_while_it_is_sent_is_in_the_language_of_its_address():
    def view(request):
        return StreamingHttpResponse(get_language() for _part in range(2))

    responses = [speak_as_addressed(view)(RequestFactory().get(path)) for path in ["/en/", "/"]]
    parts = zip(*(response.streaming_content for response in responses), strict=True)  # both at once

    assert list(parts) == [(b"en", b"nl"), (b"en", b"nl")]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/en", "/en/"),
        ("/en/zoeken", "/en/zoeken/"),
        ("/en/zoeken/?sorteer=nieuwste&q=steun", "/en/zoeken/?q=steun"),
        ("/en/brieven/AGENDA/", "/en/brieven/agenda/"),
        ("/en/onderwerpen/oekraine/feed/", "/en/standpunten/feed/?onderwerp=oekraine"),
        ("/en/bewaard/uitvoer/", "/en/bewaard/inloggen/?next=/en/bewaard/uitvoer/"),
    ],
)
def test_a_redirect_keeps_the_language(client, ukraine, address, leads_to):
    assert client.get(address)["Location"] == leads_to


@pytest.mark.parametrize(
    "address", ["/en/beheer/", "/en/gezondheid/", "/en/api/v1/brieven", "/en/originelen/1/", "/nl/zoeken/"]
)
def test_what_has_one_address_for_all_languages_has_no_other(client, address):
    assert client.get(address).status_code == 404


def test_a_personal_page_is_personal_in_every_language(client):
    assert client.get("/en/bewaard/")["Cache-Control"] == "private, no-store"


def test_a_page_in_english_is_kept_and_asked_about_as_in_dutch(client, ukraine):
    dutch, english = client.get("/onderwerpen/oekraine/"), client.get("/en/onderwerpen/oekraine/")

    again = client.get("/en/onderwerpen/oekraine/", headers={"if-none-match": english["ETag"]})

    assert english["Cache-Control"] == dutch["Cache-Control"] == "no-cache"
    assert english["ETag"] != dutch["ETag"]
    assert again.status_code == 304


# From one language to the other


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("/zoeken/?q=steun&van=2021", "en", "/en/zoeken/?q=steun&van=2021"),
        ("/en/zoeken/?q=steun&van=2021", "nl", "/zoeken/?q=steun&van=2021"),
        ("/en/", "nl", "/"),
        ("/en/zoeken/", "en", "/en/zoeken/"),
        ("/zoeken/?q=a%2Fen%2Fb+%22", "nl", "/zoeken/?q=a%2Fen%2Fb+%22"),
        ("https://brieven.example.nl/", "en", "https://brieven.example.nl/en/"),
    ],
)
def test_the_address_of_a_view_in_another_language(url, language, expected):
    assert in_language(url, language) == expected


@pytest.mark.parametrize(
    ("address", "switch"),
    [
        ("/", ("/en/", "en", "English")),
        ("/en/", ("/", "nl", "Nederlands")),
        (
            "/zoeken/?onderwerp=oekraine&q=steunt",
            ("/en/zoeken/?onderwerp=oekraine&q=steunt", "en", "English"),
        ),
        (
            "/en/brieven/agenda/?ongecontroleerd=ja",
            ("/brieven/agenda/?ongecontroleerd=ja", "nl", "Nederlands"),
        ),
        ("/bewaard/", ("/en/bewaard/", "en", "English")),
    ],
)
def test_the_switch_leads_to_the_same_view(client, ukraine, address, switch):
    page = html.document_fromstring(client.get(address).content.decode())

    (link,) = page.find_class("site-language")

    assert (link.get("href"), link.get("hreflang"), link.text) == switch
    assert link.get("lang") == link.get("hreflang")
    assert link.get("data-keeps-view") is not None


def test_search_engines_find_each_page_in_both_languages(client, ukraine):
    pages = [
        html.document_fromstring(client.get(f"{language}/zoeken/?q=steunt").content)
        for language in ("", "/en")
    ]

    here = "http://testserver/zoeken/?q=steunt"
    there = "http://testserver/en/zoeken/?q=steunt"
    assert [page.xpath("//link[@rel='canonical']/@href") for page in pages] == [[here], [there]]
    for page in pages:
        found = page.xpath("//link[@rel='alternate'][@hreflang]")
        assert [(link.get("hreflang"), link.get("href")) for link in found] == [
            ("nl", here),
            ("en", there),
            ("x-default", here),
        ]


# Words in another language


def test_what_is_quoted_carries_its_language_on_a_page_in_another(ukraine):
    speaking = speak_as_addressed(
        lambda request: HttpResponse(
            f"{quoted('kop <1>')} {quoted('head', 'en')} {marked(Words('Krim', 'nl'))} {marked('Crimea')}"
        )
    )

    shown = [speaking(RequestFactory().get(path)).content.decode() for path in ["/", "/en/"]]

    assert shown == [
        'kop &lt;1&gt; <span lang="en">head</span> Krim Crimea',
        '<span lang="nl">kop &lt;1&gt;</span> head <span lang="nl">Krim</span> Crimea',
    ]


def test_a_topic_without_an_english_name_keeps_its_dutch_one(client, ukraine):
    make_topic("afschrikking", "Afschrikking")

    page = client.get("/en/onderwerpen/").content.decode()

    assert '<span lang="nl">Afschrikking</span>' in page
    assert ">Ukraine<" in page


def test_a_citation_is_the_official_one_in_every_language(client, ukraine):
    letter = make_letter(slug="verslag", subject="Verslag", ministries=["Ministerie van Defensie"])
    letter.signatories.create(name="Kajsa Ollongren", office="minister van Defensie")

    page = html.document_fromstring(client.get("/en/brieven/verslag/").content.decode())

    (source,) = page.find_class("page__source")
    assert source.xpath("span[@lang='nl']")[0].text == "Brief van de minister van Defensie, 20 november 2023"


# Dates, numbers and names


def test_dates_and_names_of_meetings_are_in_the_language_of_the_page(client, ukraine):
    make_meeting("2030-06-24", end="2030-06-25", levels=["regeringsleiders"], format="top", is_announced=True)
    make_meeting("2030-10-21", levels=["defensie"], is_announced=True)

    english, dutch = (
        html.document_fromstring(client.get(one).content).text_content() for one in ("/en/", "/")
    )

    assert "24–25 June 2030" in english
    assert "NATO summit" in english
    assert "NATO ministers of Defence" in english
    assert "NAVO-ministers van Defensie" in dutch


# Feeds, files, the API


def test_a_feed_in_english_quotes_in_dutch(client, ukraine):
    dutch, english = (
        etree.fromstring(client.get(f"{prefix}/zoeken/feed/?onderwerp=oekraine").content)
        for prefix in ("", "/en")
    )

    assert english.find(f"{ATOM}title").text == "Ukraine – NAVO-brieven"
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert english.find(f"{ATOM}id").text != dutch.find(f"{ATOM}id").text
    (entry,) = english.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == dutch.find(f"{ATOM}entry/{ATOM}id").text
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/en/brieven/agenda/#al-1"
    assert (
        '<blockquote lang="nl"><p>Nederland steunt Oekraïne.</p></blockquote>'
        in entry.find(f"{ATOM}content").text
    )
    assert "In this feed: Ukraine." in entry.find(f"{ATOM}content").text


def test_a_file_has_the_same_keys_in_both_languages_and_english_words_in_english(client, ukraine):
    dutch, english = (
        json.loads(client.get(f"{prefix}/standpunten/?format=json").getvalue()) for prefix in ("", "/en")
    )

    (of_dutch,), (of_english,) = (
        next(value for value in file.values() if isinstance(value, list)) for file in (dutch, english)
    )
    assert list(of_dutch) == list(of_english)
    assert (of_dutch["soort"], of_english["soort"]) == ("geannoteerde agenda", "annotated agenda")
    assert of_dutch["citaat"] == of_english["citaat"]


def test_a_briefing_in_english_quotes_in_dutch(client, ukraine):
    content = client.get("/en/standpunten/?format=docx").getvalue()

    document = Document(io.BytesIO(content))

    quoted_runs = [
        run for paragraph in document.paragraphs for run in paragraph.runs if "Nederland steunt" in run.text
    ]
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Page ")
    assert [run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in quoted_runs] == ["nl-NL"]


def test_the_api_is_one_for_all_languages(client, ukraine):
    client.get("/en/onderwerpen/")

    answer = (
        client.get("/api/v1/brieven?soort=nota").json(),
        client.get("/api/v1/onderwerpen/oekraine").content.decode(),
    )

    assert "is geen waarde van het filter" in json.dumps(answer[0], ensure_ascii=False)
    assert "http://testserver/onderwerpen/oekraine/" in answer[1]
    assert "/en/" not in answer[1]


def test_the_page_about_the_api_shows_its_answers_as_they_are(client, ukraine):
    page = client.get("/en/gegevens/api/").content.decode()

    assert "http://testserver/brieven/agenda/" in page
    assert "http://testserver/en/brieven/agenda/" not in page


# What people saved


def test_a_saved_view_keeps_the_language_in_which_it_was_saved(ukraine):
    english = read("/en/zoeken/?onderwerp=oekraine")
    dutch = read("/zoeken/?onderwerp=oekraine")

    assert english.address.url == "/en/zoeken/?onderwerp=oekraine"
    assert dutch.address.url == "/zoeken/?onderwerp=oekraine"
    assert [read(f"/en{path}").address.url for path in ["/onderwerpen/oekraine/", "/brieven/agenda/"]] == [
        "/en/onderwerpen/oekraine/",
        "/en/brieven/agenda/",
    ]


def test_views_saved_in_either_language_open_from_either(client, ukraine):
    anna = User.objects.create_user("anna", password="het goede wachtwoord")
    client.force_login(anna)
    for address in ["/en/zoeken/?onderwerp=oekraine", "/onderwerpen/oekraine/"]:
        Bookmark.objects.create(owner=anna, address=address, name=address)

    page = client.get("/en/bewaard/").content.decode()
    opened = [
        client.get(f"/en/bewaard/{one.pk}/openen/")["Location"] for one in Bookmark.objects.order_by("pk")
    ]

    assert "Passages: Ukraine" in page
    assert "Topic: Ukraine" in page
    assert opened == ["/en/zoeken/?onderwerp=oekraine", "/onderwerpen/oekraine/"]


def test_the_count_of_a_view_is_in_the_language_of_the_page_that_asks(client, ukraine):
    asked = "telling/?weergave=/zoeken/%3Fonderwerp%3Doekraine&sinds=2020-01-01T00:00:00Z"

    dutch, english = client.get(f"/{asked}").json(), client.get(f"/en/{asked}").json()

    assert (dutch["words"], english["words"]) == ("Passages: Oekraïne", "Passages: Ukraine")
    assert dutch["address"] == english["address"] == "/zoeken/?onderwerp=oekraine"


def test_the_admin_is_in_dutch_and_leads_to_dutch_pages(client, admin_client, ukraine):
    client.get("/en/")

    page = html.document_fromstring(admin_client.get("/beheer/").content)

    assert page.get("lang") == "nl"
    assert page.xpath("//a[starts-with(@href, '/en/')]") == []
