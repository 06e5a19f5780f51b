"""The page of one letter: its exact words, what is marked in them, and what is known of it."""

import datetime
import re
from html import unescape

import pytest
from django.utils import timezone

from letters.models import LetterRedirect, Publication
from tests.factories import (
    make_citation,
    make_footnote,
    make_letter,
    make_meeting,
    make_original,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_signatory,
    make_submission,
    make_topic,
)
from tests.reading import main, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


def test_an_old_address_of_a_letter_leads_to_it_for_ever(client):
    letter = make_letter(slug="kst-28676-446")
    LetterRedirect.objects.create(slug="2023-11-20-agenda", letter=letter)

    response = client.get("/brieven/2023-11-20-agenda/")

    assert (response.status_code, response["Location"]) == (301, "/brieven/kst-28676-446/")


def test_a_withdrawn_letter_is_gone_with_the_last_date_and_reason(client):
    letter = make_letter(slug="weg", status="withdrawn")
    letter.publications.all().delete()
    for day, reason in [(3, "Eerste reden."), (9, "Laatste reden.")]:
        at = datetime.datetime(2024, 5, day, 12, tzinfo=datetime.UTC)
        Publication.objects.create(letter=letter, action="withdrawn", at=at, reason=reason)
    Publication.objects.create(letter=letter, action="published", at=timezone.now())

    response = client.get("/brieven/weg/")

    assert response.status_code == 410
    assert "9 mei 2024" in text(response)
    assert "Laatste reden." in text(response)
    assert "Eerste reden." not in text(response)


def test_a_letter_is_whole_and_in_order(client):
    letter = make_letter(slug="brief")
    for heading, texts in [("Oekraïne", ["Eerste alinea.", "Tweede alinea."]), ("China", ["Derde alinea."])]:
        section = make_section(letter, heading)
        for one in texts:
            make_paragraph(section, one)

    html = main(client.get("/brieven/brief/"))

    found = re.findall(r'id="al-(\d+)"|<h2>([^<]*)</h2>|paragraph__text">([^<]*)</p>', html)
    assert ["".join(parts) for parts in found] == [
        "Oekraïne", "1", "Eerste alinea.", "2", "Tweede alinea.", "China", "3", "Derde alinea.",
    ]  # fmt: skip


def test_positions_are_marked_in_the_text_and_named_beside_it(client):
    paragraph = make_passage("Ministers spraken. Nederland riep op tot steun.", slug="brief", kind="report")
    position = make_position(paragraph, "Nederland riep op tot steun.", stance="call", verb="riep op")

    response = client.get("/brieven/brief/")

    assert (
        f'Ministers spraken. <span class="position position--call" id="standpunt-{position.pk}">'
        "Nederland riep op tot steun.</span>"
    ) in main(response)
    assert f'<a href="#standpunt-{position.pk}" class="stance stance--call' in main(response)
    assert "riep op (roept op of vraagt) inbreng · nagekeken" in text(response)


def test_footnotes_stand_under_their_paragraph_and_number_through_the_letter(client):
    letter = make_letter(slug="brief")
    section = make_section(letter)
    for _number in range(2):
        make_footnote(make_paragraph(section, "Zie de noot."), "Een noot.", mark="1")

    html = main(client.get("/brieven/brief/"))

    assert re.findall(r'id="(v[mn]-\d)"', html) == ["vm-1", "vn-1", "vm-2", "vn-2"]


def test_a_reference_leads_to_our_letter_when_we_hold_it_and_else_to_the_official_page(client):
    make_submission(make_letter(slug="gehouden"), paper_number="kst-28676-353")
    make_submission(make_letter(slug="concept", status="draft"), paper_number="kst-28676-400")
    paragraph = make_passage("Zie nr. 353, nr. 400 en de noot.", slug="brief")
    make_citation(paragraph, "nr. 353", "kst-28676-353")
    make_citation(paragraph, "nr. 400", "kst-28676-400")
    footnote = make_footnote(paragraph, "Kamerstuk 36 410, nr. 2")
    make_citation(paragraph, "36 410, nr. 2", "kst-36410-2", footnote=footnote)

    html = main(client.get("/brieven/brief/"))

    assert '<a href="/brieven/gehouden/">nr. 353</a>' in html
    assert '<a href="https://zoek.officielebekendmakingen.nl/kst-28676-400.html">nr. 400</a>' in html
    assert (
        'Kamerstuk <a href="https://zoek.officielebekendmakingen.nl/kst-36410-2.html">36 410, nr. 2</a>'
        in html
    )


def test_what_is_known_of_a_letter_leads_to_others_that_share_it(client, meeting, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    older = make_letter(slug="ouder", subject="De eerdere agenda")
    letter = make_letter(slug="brief", kind="report", meetings=[meeting], replaces=older)
    section = make_section(letter, topics=[make_topic("oekraine", "Oekraïne")])
    make_position(make_paragraph(section), topics=[make_topic("rusland", "Rusland")])
    make_position(make_paragraph(section), topics=[make_topic("china", "China")], status="unchecked")
    make_signatory(letter, "Stef Blok")
    make_signatory(letter, "", "minister van Defensie", signs=False)
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B", session_year="2023-2024")
    original = make_original(letter, name="brief.pdf")

    html = main(client.get("/brieven/brief/"))

    for link in [
        '<a href="/brieven/?soort=verslag">Verslag</a>',
        '<a href="/brieven/?kamer=eerste-kamer">Eerste Kamer</a>',
        '<a href="/brieven/?bewindspersoon=stef-blok">Stef Blok, minister van Buitenlandse Zaken</a>',
        '<a href="/brieven/?bewindspersoon=minister-van-defensie">minister van Defensie</a>',
        f'<a href="{meeting.get_absolute_url()}">{meeting.name}</a>',
        '<a href="/onderwerpen/oekraine/">Oekraïne</a>; <a href="/onderwerpen/rusland/">Rusland</a></dd>',
        '<a href="/brieven/?briefdatum-tot=2024-09-16&amp;briefdatum-van=2023-09-19">vergaderjaar 2023-2024</a>',
        '<a href="/brieven/ouder/">De eerdere agenda</a>',
        '<a href="https://zoek.officielebekendmakingen.nl/kst-28676-B.html">Kamerstukken I 2023/24, 28676, B</a>',
        f'<a href="/originelen/{original.pk}/" download>brief.pdf</a>',
    ]:
        assert link in html
    for link in re.findall(r'href="(/brieven/\?[^"]*)"', html):
        assert client.get(unescape(link)).status_code == 200
    assert "Vervangen door" in text(client.get("/brieven/ouder/"))


def test_an_english_annex_says_so(client):
    letter = make_letter(slug="brief")
    section = make_section(letter, "Annex", kind="annex", language="en")
    make_paragraph(section, "The Allies agreed.", language="en")

    html = main(client.get("/brieven/brief/"))

    assert '<div class="paragraph__body" lang="en">' in html


def test_an_address_in_capitals_leads_to_the_letter(client):
    make_letter(slug="kst-28676-b")

    response = client.get("/brieven/kst-28676-B/")

    assert (response.status_code, response["Location"]) == (301, "/brieven/kst-28676-b/")


def test_a_letter_about_two_meetings_leads_to_each_of_them(client):
    meetings = [
        make_meeting("2023-10-11", levels=["defensie"]),
        make_meeting("2023-11-14", levels=["defensie"]),
    ]
    letter = make_letter(meetings=meetings)
    make_paragraph(make_section(letter))

    html = client.get(letter.get_absolute_url()).content.decode()

    links = re.findall(r'letter-tools__meeting"><a href="([^"]+)">(.*?) <span', html)
    assert links == [
        (meetings[1].get_absolute_url(), "Naar de bijeenkomst van 14 november 2023"),
        (meetings[0].get_absolute_url(), "Naar de bijeenkomst van 11 oktober 2023"),
    ]
