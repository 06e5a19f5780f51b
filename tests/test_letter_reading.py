"""What stands around the text of a letter: submissions, versions, filters to follow, and what goes on paper."""

import datetime
import re

import pytest

from letters import originals
from letters.models import Edition, File
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
    make_submission,
)
from tests.reading import main, text, words

pytestmark = pytest.mark.django_db

OFFICIAL = "https://zoek.officielebekendmakingen.nl"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def fact(response, name: str) -> str:
    """What the page says under this name, in words."""
    values = re.findall(r'<div class="facts__item"><dt>(.*?)</dt><dd>(.*?)</dd>', main(response), re.DOTALL)
    return {words(term): words(value) for term, value in values}[name]


def test_each_submission_says_when_and_under_which_numbers(client):
    letter = make_letter(slug="brief")
    make_submission(
        letter,
        date=datetime.date(2023, 11, 21),
        reference="BZDOC-1",
        paper_number="kst-28676-446",
        dossiers=["28676", "21501-28"],
        session_year="2023-2024",
    )
    make_submission(letter, "eerste-kamer", date=datetime.date(2023, 11, 22), dossiers=["28676"])

    page = client.get("/brieven/brief/")

    assert fact(page, "Tweede Kamer") == (
        "aangeboden op 21 november 2023 Kamerstukken II 2023/24, 28676, nr. 446 kenmerk BZDOC-1"
        " dossiers 28676, 21501-28 vergaderjaar 2023-2024"
    )
    assert fact(page, "Eerste Kamer") == "aangeboden op 22 november 2023 dossier 28676 vergaderjaar 2023-2024"
    assert f'<a href="{OFFICIAL}/kst-28676-446.html">' in main(page).partition('id="over-deze-brief"')[2]


def test_versions_say_when_they_came_which_supplies_the_text_and_which_files_are_public(
    client, django_user_model
):
    clerk = django_user_model.objects.create_user("geheime-medewerker")
    letter = make_letter(slug="brief")
    public = make_original(letter, name="brief.pdf")
    make_file(public.edition, "memo-intern.docx", is_public=False)
    supplying = Edition.objects.create(letter=letter, added_by=clerk)
    make_file(supplying, "concept.odt", is_public=False)
    unseen = Edition.objects.create(letter=letter, added_by=clerk)
    make_file(unseen, "verborgen.docx", is_public=False)
    letter.text_edition = supplying
    letter.save()
    for edition, day in [(public.edition, 3), (supplying, 4), (unseen, 5)]:
        Edition.objects.filter(pk=edition.pk).update(
            added_at=datetime.datetime(2024, 5, day, 12, tzinfo=datetime.UTC)
        )

    page = client.get("/brieven/brief/")

    assert fact(page, "Versies") == (
        "toegevoegd op 3 mei 2024: brief.pdf (8 bytes)"
        " toegevoegd op 4 mei 2024, levert de tekst van deze pagina"
    )
    for secret in ["memo-intern", "concept.odt", "verborgen", "geheime-medewerker", "5 mei 2024"]:
        assert secret not in page.content.decode()


def make_file(edition, name, *, is_public):
    content = name.encode()
    return File.objects.create(
        edition=edition,
        name=name,
        media_type="application/octet-stream",
        size=len(content),
        sha256=originals.store(content),
        is_public=is_public,
    )


def test_meeting_and_level_lead_to_the_letters_that_share_them(client):
    meeting = make_meeting("2023-11-28", levels=["buitenlandse-zaken", "defensie"])
    make_letter(slug="brief", meetings=[meeting])

    page = main(client.get("/brieven/brief/"))

    for link in [
        f"/brieven/?bijeenkomst={meeting.slug}",
        "/brieven/?niveau=buitenlandse-zaken",
        "/brieven/?niveau=defensie",
    ]:
        assert f'href="{link}"' in page
        assert client.get(link).status_code == 200
    assert f'<a href="{meeting.get_absolute_url()}">Naar deze bijeenkomst' in page


def test_contents_lead_to_every_section_and_what_stands_under_the_text(client):
    letter = make_letter(slug="brief")
    sections = [make_section(letter, heading) for heading in ("", "Oekraïne", "China")]
    for section in sections:
        make_paragraph(section)

    page = main(client.get("/brieven/brief/"))
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]

    links = re.findall(r'href="#([^"]*)"', contents)
    assert links == [f"onderdeel-{section.pk}" for section in sections] + ["over-deze-brief"]
    assert all(f'id="{link}"' in page for link in links)


def test_a_position_that_another_one_cuts_keeps_one_id(client):
    paragraph = make_passage("Nederland steunt dit en wil dat en doet zo.", slug="brief")
    first = make_position(paragraph, "Nederland steunt dit en wil dat")
    second = make_position(paragraph, "wil dat en doet zo.", stance="action")

    page = main(client.get("/brieven/brief/"))

    for position in (first, second):
        assert page.count(f'id="standpunt-{position.pk}"') == 1
        assert page.count(f'href="#standpunt-{position.pk}"') == 1
    assert page.count(f'data-of="standpunt-{first.pk}"') + page.count(f'data-of="standpunt-{second.pk}"') >= 1


def test_sources_for_paper_have_whole_addresses_each_once_with_the_paragraphs_that_name_them(client):
    make_submission(make_letter(slug="gehouden"), paper_number="kst-28676-353")
    letter = make_letter(slug="brief")
    section = make_section(letter)
    first = make_paragraph(section, "Zie nr. 353 en de motie-Piri.")
    make_citation(first, "nr. 353", "kst-28676-353")
    make_citation(first, "motie-Piri", "", kind="motion", name="motie-Piri")  # has no address
    web = {"kind": "link", "start": 4, "end": 8, "value": "https://www.nato.int/"}
    second = make_paragraph(section, "Zie hier, en de noot.", marks=[web])
    footnote = make_footnote(second, "Kamerstuk 36 410, nr. 2")
    make_citation(second, "36 410, nr. 2", "kst-36410-2", footnote=footnote)
    third = make_paragraph(section, "Nogmaals nr. 353.")
    make_citation(third, "nr. 353", "kst-28676-353")

    page = main(client.get("/brieven/brief/"))
    sources = page.partition('<section class="sources">')[2].partition("</section>")[0]

    assert [words(one) for one in re.findall(r"<li>(.*?)</li>", sources)] == [
        "nr. 353 (al.&nbsp;1, 3) http://testserver/brieven/gehouden/",
        f"36 410, nr. 2 (al.&nbsp;2) {OFFICIAL}/kst-36410-2.html",
        "hier (al.&nbsp;2) https://www.nato.int/",
    ]


def test_the_original_is_offered_here_and_on_the_official_page(client):
    letter = make_letter(slug="brief")
    original = make_original(letter, name="brief.pdf")
    make_submission(letter, paper_number="kst-28676-446")

    tools = main(client.get("/brieven/brief/")).partition("letter-tools")[2].partition("</header>")[0]

    assert f'<a href="/originelen/{original.pk}/" download>brief.pdf</a>' in tools
    assert f'<a href="{OFFICIAL}/kst-28676-446.html">' in tools


def test_a_letter_that_is_not_held_as_a_file_and_has_no_paper_offers_no_original(client):
    make_paragraph(make_section(make_letter(slug="kaal")))

    assert "Origineel" not in text(client.get("/brieven/kaal/"))
