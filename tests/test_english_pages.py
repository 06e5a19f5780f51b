"""The site in English: every kind of page, whole, with what is quoted in Dutch marked as such, and nothing mixed."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import URLPattern
from django.utils.translation import override
from lxml import html

from letters.models import Bookmark, Section, TopicName
from letters.urls import pages
from tests.english_pages import QUOTED, untranslated
from tests.factories import (
    make_agenda_topic,
    make_citation,
    make_follow_up,
    make_footnote,
    make_letter,
    make_meeting,
    make_mention,
    make_note,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db

#: The agenda of a meeting beside its report.
COMPARED = (
    "eerste=2023-11-28-navo-buitenlandse-zaken&eerste-soort=geannoteerde-agenda"
    "&tweede=2023-11-28-navo-buitenlandse-zaken&tweede-soort=verslag"
)
COMPARED_ON_TOPIC = COMPARED.replace("&tweede=", "&onderwerp=oekraine&tweede=")
#: By the name of each route what stands after "/en": with as much to show as there can be.
ADDRESSES = {
    "start": ["/"],
    "search": [
        "/zoeken/",
        "/zoeken/?q=steunt",
        "/zoeken/?moment=voorgenomen&onderwerp=oekraine&q=geven&standpunt=steunt",
        "/zoeken/?q=bestaatniet",
        "/zoeken/?kamer=tweede-kamer&q=28676-446",
        "/zoeken/?q=het",
        "/zoeken/?q=ukraine+2023",
        "/zoeken/?tot=2010",
        "/zoeken/?bewindspersoon=stef-blok&briefdatum-van=2020&kamer=tweede-kamer&niveau=buitenlandse-zaken&soort=verslag",
    ],
    "positions": [
        "/standpunten/",
        "/standpunten/?ongecontroleerd=ja&q=steunt&sorteer=relevantie",
        "/standpunten/?tot=2010",
    ],
    "letters": ["/brieven/", "/brieven/?q=steunt", "/brieven/?tot=2010"],
    "letter": [
        "/brieven/agenda/",
        "/brieven/agenda/?ongecontroleerd=ja",
        "/brieven/verslag/",
        "/brieven/vervangen/",
    ],
    "meetings": ["/bijeenkomsten/"],
    "meeting": [
        "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/",
        "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/?ongecontroleerd=ja",
        "/bijeenkomsten/2030-06-01-navo-top-regeringsleiders/",
        "/bijeenkomsten/2010-01-01-navo-defensie/",
    ],
    "search-facet": ["/zoeken/filter/bijeenkomst/", "/zoeken/filter/onderwerp/?q=steunt"],
    "positions-facet": ["/standpunten/filter/onderwerp/"],
    "letters-facet": ["/brieven/filter/bewindspersoon/"],
    "topics": ["/onderwerpen/"],
    "topic": [
        "/onderwerpen/oekraine/",
        "/onderwerpen/oekraine/?ongecontroleerd=ja",
        "/onderwerpen/alleen-nederlands/",
    ],
    "data": ["/gegevens/"],
    "data-codebook": ["/gegevens/codeboek/"],
    "data-columns": ["/gegevens/kolommen/"],
    "data-coverage": ["/gegevens/dekking/"],
    "data-coverage-year": ["/gegevens/dekking/2023/"],
    "api-docs": ["/gegevens/api/"],
    "accessibility": ["/toegankelijkheid/"],
    "commitments": [
        "/toezeggingen/",
        "/toezeggingen/?ongecontroleerd=ja&q=steunt",
        "/toezeggingen/?tot=2010",
    ],
    "comparison": [
        "/vergelijken/",
        f"/vergelijken/?{COMPARED}",
        f"/vergelijken/?{COMPARED_ON_TOPIC}",
    ],
    "bookmarks": ["/bewaard/"],
    "bookmark-add": ["/bewaard/nieuw/?weergave=/en/zoeken/"],
    "bookmarks-login": ["/bewaard/inloggen/"],
}
#: No page: a file, an answer to a script, a form that is sent, or for who is logged in. Tested in test_english_site.py.
NO_PAGE = {
    "search-feed", "positions-feed", "letters-feed", "commitments-feed", "topic-feed", "count", "meetings-calendar",
    "bookmarks-export", "bookmarks-import", "bookmarks-logout", "bookmarks-password",
    "bookmark", "bookmark-open", "bookmark-copy", "bookmark-delete",
}  # fmt: skip
PAGES = [address for addresses in ADDRESSES.values() for address in addresses]
#: What goes wrong: address, status.
WRONG = {
    "/bestaat-niet/": 404,
    "/brieven/bestaat-niet/": 404,
    "/brieven/ingetrokken/": 410,
    "/zoeken/?kleur=rood": 400,
    "/zoeken/?onderwerp=bestaat-niet&van=ooit": 400,
    "/zoeken/?pagina=99": 404,
    "/bewaard/nieuw/?weergave=//elders.nl": 400,
}
#: What a page in English links to: the rest has one address for all languages.
IN_ENGLISH = ("/en/", "/originelen/", "/api/", "/beheer/", "/static/")


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site():
    """An agenda and a report of one meeting, with everything that pages show of them; a meeting to come; one long ago."""
    ukraine = make_topic("oekraine", "Oekraïne", aliases=["Kyiv"])
    TopicName.objects.create(topic=ukraine, name="Ukraine", language="en", is_preferred=True)
    only_dutch = make_topic("alleen-nederlands", f"{QUOTED} onderwerp")
    below = make_topic("onder-oekraine", "Krim", parent=ukraine)
    TopicName.objects.create(topic=below, name="Crimea", language="en", is_preferred=True)
    meeting = make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")
    make_meeting("2030-06-01", levels=["regeringsleiders"], format="top", is_announced=True)
    make_meeting("2010-01-01", levels=["defensie"], is_announced=True, status="afgelast")
    session = make_session(meeting, 1, title=f"{QUOTED} sessie", attendance=f"{QUOTED} partners")
    heading = make_agenda_topic(meeting, f"{QUOTED} agendapunt", session=session, topics=[ukraine])
    letters = {}
    for slug, kind in [
        ("agenda", "annotated_agenda"),
        ("verslag", "report"),
        ("antwoord", "committee_answers"),
    ]:
        letter = letters[slug] = make_letter(
            kind,
            slug=slug,
            subject=f"{QUOTED} onderwerp van de brief",
            meetings=[meeting],
            ministries=["Ministerie van Defensie"],
        )
        make_signatory(letter, office="minister van Buitenlandse Zaken")
        make_signatory(letter, "Jan Jansen", "minister van Defensie", signs=False)
        introduction = make_section(letter, "", kind=Section.Kind.INTRODUCTION)
        make_paragraph(introduction, f"{QUOTED} begin: hierbij stuur ik u deze brief.")
        section = make_section(
            letter, f"{QUOTED} kop", topics=[ukraine, only_dutch], session=session, agenda_topics=[heading]
        )
        words = f"{QUOTED}: Nederland gaf steun. Nederland wil dat. Nederland steunt dit."
        paragraph = make_paragraph(section, words)
        position = make_position(
            paragraph,
            f"{QUOTED}: Nederland gaf steun.",
            verb=f"{QUOTED} gaf",
            moment="planned",
            with_others=True,
        )
        make_position(
            paragraph,
            "Nederland wil dat.",
            stance="call",
            moment="stated",
            verb=f"{QUOTED} wil",
            topics=[below],
        )
        make_position(paragraph, "Nederland steunt dit.", status="unchecked", verb=f"{QUOTED} steunt")
        promised = make_paragraph(section, f"{QUOTED}: ik zal u informeren.")
        promise = make_position(promised, stance="promise", moment="planned", verb=f"{QUOTED} zal")
        kept = make_paragraph(section, f"{QUOTED}: zoals toegezegd informeer ik u.")
        make_follow_up(promise, make_mention(kept))
        make_mention(
            make_paragraph(section, f"{QUOTED}: ook dat is toegezegd."), kind="refers", status="unchecked"
        )
        make_footnote(paragraph, f"{QUOTED} voetnoot")
        make_citation(paragraph, "Nederland wil", "kst-28676-446")
        make_note(
            f"{QUOTED} toelichting bij het citaat.", position=position, organisation=f"{QUOTED} redactie"
        )
        make_note(f"{QUOTED} toelichting bij de brief.", letter=letter, organisation=f"{QUOTED} redactie")
        make_original(letter, content=slug.encode())
    make_submission(
        letters["agenda"], paper_number="kst-28676-446", session_year="2023-2024", reference="BZ-1"
    )
    make_submission(letters["verslag"], "eerste-kamer", reference="BZ-2", date=datetime.date(2023, 12, 1))
    make_letter("report", slug="vervangen", subject=f"{QUOTED} oude brief", meetings=[meeting])
    letters["verslag"].replaces = make_letter(
        "report", slug="oud", subject=f"{QUOTED} oudste", meetings=[meeting]
    )
    letters["verslag"].save()
    question = make_section(letters["antwoord"], f"{QUOTED} vragen", topics=[ukraine])
    make_paragraph(question, f"{QUOTED} vraag van de leden?", is_question=True)
    make_letter(slug="ingetrokken", status="withdrawn", subject=f"{QUOTED} ingetrokken", meetings=[meeting])
    annex = make_section(letters["agenda"], "Annex", language="en")
    make_paragraph(annex, "This annex is in English.", language="en")
    return letters


def test_every_route_is_in_this_file():
    names = {pattern.name for pattern in pages if isinstance(pattern, URLPattern)}

    assert names == set(ADDRESSES) | NO_PAGE


@pytest.mark.parametrize("route", ADDRESSES)
def test_a_page_in_english_says_nothing_in_dutch_but_what_it_quotes(client, site, route):
    shown = {address: client.get(f"/en{address}") for address in ADDRESSES[route]}

    assert {address: response.status_code for address, response in shown.items()} == dict.fromkeys(shown, 200)
    assert {language(response) for response in shown.values()} == {"en"}
    assert {
        address: said for address, response in shown.items() if (said := untranslated(text(response)))
    } == {}


def test_pages_asked_for_in_both_languages_in_turn_are_not_mixed(client, site):
    public = [address for address in PAGES if not address.startswith("/bewaard/")]
    dutch = {address: client.get(address) for address in public}
    english = {address: client.get(f"/en{address}") for address in public}

    again = {
        address: (client.get(address).content, client.get(f"/en{address}").content) for address in public
    }

    assert {language(response) for response in dutch.values()} == {"nl"}
    assert {language(response) for response in english.values()} == {"en"}
    assert [
        address for address in public if again[address] != (dutch[address].content, english[address].content)
    ] == []


def test_links_of_a_page_in_english_stay_in_english(client, site):
    astray = {address: links_elsewhere(client.get(f"/en{address}")) for address in PAGES}

    assert {address: links for address, links in astray.items() if links} == {}


def test_the_pages_of_who_is_logged_in_are_in_english_too(client, site):
    anna = User.objects.create_user("anna", first_name="Anna", password="het goede wachtwoord")
    bert = User.objects.create_user("bert", first_name="Bert")
    mine = Bookmark.objects.create(
        owner=anna, address="/zoeken/?onderwerp=oekraine&sorteer=oudste", name="Mine"
    )
    Bookmark.objects.create(owner=anna, address="/brieven/ingetrokken/", name="Withdrawn")
    Bookmark.objects.create(owner=bert, address="/en/brieven/", name="Shared", is_shared=True)
    client.force_login(anna)

    shown = {
        address: client.get(address)
        for address in [
            "/en/bewaard/",
            f"/en/bewaard/{mine.pk}/",
            "/en/bewaard/wachtwoord/",
            "/en/bewaard/nieuw/?weergave=/zoeken/%3Fonderwerp%3Doekraine%26sorteer%3Doudste",
        ]
    }
    shown["saved"] = client.post(
        "/en/bewaard/nieuw/?weergave=/en/standpunten/", {"name": "Positions"}, follow=True
    )
    shown["without a name"] = client.post(
        "/en/bewaard/nieuw/?weergave=/en/onderwerpen/oekraine/", {"name": ""}
    )
    shown["weak password"] = client.post(
        "/en/bewaard/wachtwoord/",
        {"old_password": "het goede wachtwoord", "new_password1": "1234", "new_password2": "1234"},
    )

    assert {language(response) for response in shown.values()} == {"en"}
    assert {
        address: said for address, response in shown.items() if (said := untranslated(text(response)))
    } == {}


def test_what_goes_wrong_is_told_in_english(client, site):
    shown = {address: client.get(f"/en{address}") for address in WRONG}

    assert {address: response.status_code for address, response in shown.items()} == WRONG
    assert {language(response) for response in shown.values()} == {"en"}
    assert {
        address: said for address, response in shown.items() if (said := untranslated(text(response)))
    } == {}


def text(response) -> str:
    return response.content.decode()


def language(response) -> str:
    return html.document_fromstring(text(response)).get("lang")


def links_elsewhere(response) -> set[str]:
    """Links within the site, but for the switch of languages, that lead out of its English part."""
    page = html.document_fromstring(text(response))
    found = [link.get("href") for link in page.iter("a") if link.get("hreflang") != "nl"]
    found += [form.get("action") for form in page.iter("form")]
    return {one for one in found if one and one.startswith("/") and not one.startswith(IN_ENGLISH)}


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("400.html", {}),
        ("403.html", {}),
        ("403_csrf.html", {}),
        ("413.html", {"stranger": True}),
        ("413.html", {"file_mb": 20, "request_mb": 200}),
        ("429.html", {"minutes": 3}),
        ("500.html", {"request_id": "1"}),
        ("503.html", {"request_id": "1"}),
        ("503.html", {"too_slow": True}),
        ("letters/exports_busy.html", {}),
    ],
)
def test_pages_of_errors_are_in_english_too(template, context):
    with override("en"):
        shown = render_to_string(template, context, request=RequestFactory().get("/en/zoeken/"))

    assert untranslated(shown) == []


def test_the_switch_of_a_page_that_is_not_there_leads_to_the_start_page(client, site):
    missing = html.document_fromstring(client.get("/en/bestaat-niet/").content.decode())
    dutch = html.document_fromstring(client.get("/bestaat-niet/").content.decode())

    assert [link.get("href") for link in missing.find_class("site-language")] == ["/"]
    assert [link.get("href") for link in dutch.find_class("site-language")] == ["/en/"]
