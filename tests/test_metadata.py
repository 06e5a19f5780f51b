"""What a letter's page tells Zotero and harvesters, and what lists do."""

import json
from urllib.parse import parse_qs

import pytest
from lxml import html

from letters.authors import Author
from letters.metadata import catalogued
from tests.factories import (
    make_letter,
    make_meeting,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_submission,
)

AUTHORS = [
    (Author("Veldkamp", "Caspar"), "Veldkamp, Caspar"),
    (Author("Bijleveld-Schouten", "Ank"), "Bijleveld-Schouten, Ank"),
    (Author("Bruins Slot", "H.G.J."), "Bruins Slot, H.G.J."),
    # What stands between stays with the name: Zotero takes "Hoop Scheffer, Jaap de" for two authors
    (Author("Hoop Scheffer", "Jaap", "de"), "de Hoop Scheffer, Jaap"),
    (Author("Plas", "C.", "van der"), "van der Plas, C."),
    # A name that nobody can split is kept whole
    (Author("Hanke Bruins Slot"), "Hanke Bruins Slot,"),
    (Author("Ministerie van Defensie"), "Ministerie van Defensie,"),
    (Author("Ollongren"), "Ollongren"),
]


@pytest.mark.parametrize(("author", "expected"), AUTHORS)
def test_an_author_is_a_surname_and_what_comes_before_it(author, expected):
    assert catalogued(author) == expected


@pytest.fixture
def letter(db):
    letter = make_letter(
        "report",
        date="2021-04-01",
        slug="kst-28676-356",
        subject="Verslag van de <NAVO> & meer </script>",
        ministries=["Ministerie van Buitenlandse Zaken", "Defensie", "Ministerie van Iets Nieuws"],
        meetings=[make_meeting("2021-03-23")],
    )
    make_signatory(letter, "Stef Blok", "minister van Buitenlandse Zaken")
    make_signatory(letter, "Ank Bijleveld-Schouten", "minister van Defensie", order=1)
    make_signatory(letter, "Mark Rutte", "minister-president", signs=False, order=2)
    make_submission(letter, paper_number="kst-28676-356", session_year="2020-2021")
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B", session_year="2020-2021")
    make_position(make_paragraph(make_section(letter)))
    return letter


def page(client, address):
    return html.fromstring(client.get(address).content.decode())


def meta(root) -> list[tuple[str, str]]:
    return [
        (tag.get("name"), tag.get("content"))
        for tag in root.iterfind(".//meta[@name]")
        if tag.get("name").startswith("citation_")
    ]


def test_the_page_of_a_letter_has_the_tags_that_zotero_reads(client, letter):
    assert meta(page(client, "/brieven/kst-28676-356/")) == [
        ("citation_title", "Verslag van de <NAVO> & meer </script>"),
        ("citation_author", "Blok, Stef"),
        ("citation_author", "Bijleveld-Schouten, Ank"),
        ("citation_publication_date", "2021/04/01"),
        (
            "citation_technical_report_institution",
            "Ministerie van Buitenlandse Zaken; Defensie; Ministerie van Iets Nieuws",
        ),
        ("citation_technical_report_number", "kst-28676-356"),
        ("citation_public_url", "http://testserver/brieven/kst-28676-356/"),
        ("citation_language", "nl"),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 1),
        ({"is_public": False}, 0),
        ({"media_type": "application/msword"}, 0),
    ],
)
def test_only_a_public_original_in_pdf_is_offered(client, letter, settings, tmp_path, fields, expected):
    settings.MEDIA_ROOT = tmp_path
    file = make_original(letter, **fields)

    offered = [
        content
        for name, content in meta(page(client, "/brieven/kst-28676-356/"))
        if name == "citation_pdf_url"
    ]

    assert offered == [f"http://testserver/originelen/{file.pk}/"] * expected


def test_a_letter_without_a_number_has_its_reference_for_one(client, db):
    letter = make_letter(slug="brief")
    make_submission(letter, reference="BZ2400001")

    assert ("citation_technical_report_number", "BZ2400001") in meta(page(client, "/brieven/brief/"))


def test_the_page_of_a_letter_holds_it_as_linked_data(client, letter):
    [block] = page(client, "/brieven/kst-28676-356/").iterfind(".//script[@type='application/ld+json']")

    data = json.loads(block.text)

    assert data == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": "http://testserver/brieven/kst-28676-356/",
        "url": "http://testserver/brieven/kst-28676-356/",
        "additionalType": "https://identifier.overheid.nl/tooi/def/thes/kern/c_056a75e1",
        "name": "Verslag van de <NAVO> & meer </script>",
        "genre": "verslag",
        "reportNumber": "kst-28676-356",
        "datePublished": "2021-04-01",
        "inLanguage": "nl",
        "author": [
            {
                "@type": "GovernmentOrganization",
                "name": "Ministerie van Buitenlandse Zaken",
                "@id": "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013",
            },
            {
                "@type": "GovernmentOrganization",
                "name": "Defensie",
                "@id": "https://identifier.overheid.nl/tooi/id/ministerie/mnre1018",
            },
            {"@type": "GovernmentOrganization", "name": "Ministerie van Iets Nieuws"},
        ],
        "contributor": [
            {"@type": "Person", "name": "Stef Blok", "jobTitle": "minister van Buitenlandse Zaken"},
            {"@type": "Person", "name": "Ank Bijleveld-Schouten", "jobTitle": "minister van Defensie"},
        ],
        "about": [{"@type": "Event", "name": letter.meetings.get().name}],
        "sameAs": [
            "https://zoek.officielebekendmakingen.nl/kst-28676-356.html",
            "https://zoek.officielebekendmakingen.nl/kst-28676-B.html",
        ],
    }


@pytest.mark.parametrize("address", ["/zoeken/", "/standpunten/", "/brieven/"])
def test_a_list_has_each_letter_once_for_zotero(client, letter, address):
    make_paragraph(letter.sections.get(), "Nederland steunt ook dit.")
    make_position(letter.paragraphs.last())

    [span] = page(client, address).find_class("Z3988")

    assert parse_qs(span.get("title")) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"],
        "rft.genre": ["report"],
        "rft.btitle": ["Verslag van de <NAVO> & meer </script>"],
        "rft.au": ["Blok, Stef", "Bijleveld-Schouten, Ank"],
        "rft.date": ["2021-04-01"],
        "rft.pub": ["Ministerie van Buitenlandse Zaken; Defensie; Ministerie van Iets Nieuws"],
        "rft.number": ["kst-28676-356"],
        "rft.language": ["nl"],
        "rft_id": ["http://testserver/brieven/kst-28676-356/"],
        "rft.identifier": ["http://testserver/brieven/kst-28676-356/"],
    }


def test_the_page_of_a_letter_has_no_coins_which_would_go_before_its_tags(client, letter):
    assert page(client, "/brieven/kst-28676-356/").find_class("Z3988") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/zoeken/?soort=verslag&sorteer=oudste", "/zoeken/feed/?soort=verslag"),
        ("/standpunten/?soort=verslag", "/standpunten/feed/?soort=verslag"),
        ("/brieven/", "/brieven/feed/"),
    ],
)
def test_a_list_names_its_feed_with_all_its_filters(client, letter, address, expected):
    [link] = page(client, address).iterfind(".//head/link[@type='application/atom+xml']")

    assert link.get("href") == expected
