"""Which letters refer to which: links to what is held, and "aangehaald door" on the letter that is cited."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from letters import decisions
from letters.ingest import Upload, ingest, read_again
from letters.models import Citation
from tests.factories import (
    make_citation,
    make_footnote,
    make_letter,
    make_paragraph,
    make_section,
    make_submission,
)
from tests.reading import main, text

pytestmark = pytest.mark.django_db

OFFICIAL = "https://zoek.officielebekendmakingen.nl"


def a_citing_letter(slug, *, paper="kst-28676-446", papers=None, **fields):
    """A letter that refers to each of the papers in a paragraph of its own."""
    letter = make_letter(slug=slug, subject=f"Brief {slug}", **fields)
    section = make_section(letter)
    for number in papers or [paper]:
        make_citation(make_paragraph(section, f"Zie {number}."), number, number)
    return letter


def a_cited_letter(**fields):
    letter = make_letter(slug="aangehaald", **fields)
    make_submission(letter, paper_number="kst-28676-446")
    return letter


@pytest.fixture
def letter_text(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return """Den Haag, 28 november 2023

Betreft: Verslag NAVO-ministers van Buitenlandse Zaken 28 november 2023

Geachte voorzitter,

Op 28 november 2023 kwamen de NAVO-ministers van Buitenlandse Zaken in Brussel bijeen.

Oekraïne

Nederland voert de motie-Piri c.s. (Kamerstuk 28 676, nr. 401) uit, en ook de motie Van der Staaij. \
Zie verder Kamerstukken 28 676, nrs. 44 t/m 46 en Handelingen II 2021/22, nr. 53.

De minister van Buitenlandse Zaken,

Hanke Bruins Slot
"""


def test_what_a_letter_refers_to_is_stored_with_kind_name_and_place(letter_text):
    letter = ingest([Upload("brief.txt", letter_text.encode())]).letter

    stored = Citation.objects.filter(paragraph__letter=letter).order_by("start", "end")
    assert [(one.kind, one.paper_number, one.name, one.text) for one in stored] == [
        ("motion", "kst-28676-401", "motie-Piri c.s.", "Kamerstuk 28 676, nr. 401"),
        ("motion", "", "motie Van der Staaij", "motie Van der Staaij"),
        ("paper", "kst-28676-44", "", "Kamerstukken 28 676, nrs. 44"),
        ("paper", "kst-28676-45", "", ""),
        ("paper", "kst-28676-46", "", "46"),
        ("proceedings", "", "Handelingen II 2021/22, nr. 53", "Handelingen II 2021/22, nr. 53"),
    ]
    assert all(one.paragraph.text[one.start : one.end] == one.text for one in stored)


def test_a_reference_in_a_paragraph_that_a_person_corrected_stays_at_its_words_after_reading_again(
    letter_text,
):
    letter = ingest([Upload("brief.txt", letter_text.encode())]).letter
    paragraph = letter.paragraphs.get(text__startswith="Nederland voert")
    previous, paragraph.text = paragraph.text, f"In dit jaar: {paragraph.text}"
    paragraph.save()
    decisions.correct_text(paragraph, previous)

    read_again(letter.text_edition)

    stored = paragraph.citations.all()
    assert [paragraph.text[one.start : one.end] for one in stored] == [one.text for one in stored]
    assert len(stored) == 6


def test_a_citation_has_a_number_or_a_name():
    paragraph = make_paragraph(make_section(make_letter()), "Zie de brief.")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_citation(paragraph, "brief", "")


@pytest.mark.parametrize(
    ("paper", "address"),
    [
        ("kst-36410-V-23", f"{OFFICIAL}/kst-36410-V-23.html"),
        ("ah-tk-20242025-1028", f"{OFFICIAL}/ah-tk-20242025-1028.html"),
        ("2024D41170", "https://www.tweedekamer.nl/kamerstukken/detail?id=2024D41170&did=2024D41170"),
    ],
)
def test_a_paper_that_is_not_here_is_to_be_read_on_its_official_page(client, paper, address):
    a_citing_letter("brief", paper=paper)

    html = main(client.get("/brieven/brief/"))

    assert f'Zie <a href="{escape(address)}">{paper}</a>.' in html


def test_a_name_without_a_number_is_recognisable_and_no_link(client):
    paragraph = make_paragraph(make_section(make_letter(slug="brief")), "Conform de motie-Piri.")
    make_citation(paragraph, "motie-Piri", "", kind="motion", name="motie-Piri")

    html = main(client.get("/brieven/brief/"))

    assert 'Conform de <span class="citation">motie-Piri</span>.' in html


def test_each_number_of_one_reference_leads_to_its_own_paper(client):
    paragraph = make_paragraph(make_section(make_letter(slug="brief")), "Zie 28 676, nrs. 446 en 447.")
    a_cited_letter()
    make_citation(paragraph, "28 676, nrs. 446", "kst-28676-446")
    make_citation(paragraph, "447", "kst-28676-447")

    html = main(client.get("/brieven/brief/"))

    assert (
        'Zie <a href="/brieven/aangehaald/">28 676, nrs. 446</a>'
        f' en <a href="{OFFICIAL}/kst-28676-447.html">447</a>.'
    ) in html


def test_links_follow_a_paper_number_that_comes_later(client):
    a_citing_letter("brief")
    letter = make_letter(slug="later", subject="De latere brief")
    before = main(client.get("/brieven/brief/"))
    make_submission(letter, paper_number="kst-28676-446")

    after = main(client.get("/brieven/brief/"))

    assert f'<a href="{OFFICIAL}/kst-28676-446.html">kst-28676-446</a>' in before
    assert '<a href="/brieven/later/">kst-28676-446</a>' in after
    assert "Haalt aan De latere brief" in text(client.get("/brieven/brief/"))
    assert "Aangehaald door" in text(client.get("/brieven/later/"))


def test_the_cited_letter_tells_which_letters_refer_to_it_and_where(client):
    a_cited_letter()
    a_citing_letter("ouder", kind="annotated_agenda", date=datetime.date(2024, 3, 5))
    papers = ["kst-28676-446", "kst-28676-1", "kst-28676-446"]
    a_citing_letter("nieuwer", kind="report", date=datetime.date(2024, 4, 5), papers=papers)

    response = client.get("/brieven/aangehaald/")

    told = text(response).rpartition("Aangehaald door")[2].partition("Geannoteerde agenda")[0]
    assert " ".join(told.split()) == (
        "Verslag 5 april 2024 Brief nieuwer Alinea 1, Brief nieuwer Alinea 3, Brief nieuwer"
    )
    html = main(response)
    for address in ["/brieven/nieuwer/#al-1", "/brieven/nieuwer/#al-3", "/brieven/ouder/#al-1"]:
        assert html.count(f'href="{address}"') == 1
    assert html.index("/brieven/nieuwer/") < html.index("/brieven/ouder/")


def test_a_paragraph_that_refers_twice_is_named_once(client):
    a_cited_letter()
    paragraph = make_paragraph(make_section(make_letter(slug="brief")), "Zie nr. 446 en de noot.")
    make_citation(paragraph, "nr. 446", "kst-28676-446")
    footnote = make_footnote(paragraph, "Kamerstuk 28 676, nr. 446")
    make_citation(paragraph, "Kamerstuk 28 676, nr. 446", "kst-28676-446", footnote=footnote)

    html = main(client.get("/brieven/aangehaald/"))

    assert html.count('href="/brieven/brief/#al-1"') == 1


def test_a_letter_is_cited_by_the_number_of_either_chamber(client):
    letter = a_cited_letter()
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B")
    a_citing_letter("brief", paper="kst-28676-B")

    assert "Brief brief" in text(client.get("/brieven/aangehaald/"))


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_letter_that_is_not_public_tells_nobody_what_it_cites_and_is_not_linked_to(client, status):
    a_cited_letter()
    a_citing_letter("geheim", status=status)
    make_submission(make_letter(slug="ook-geheim", status=status), paper_number="kst-28676-500")
    a_citing_letter("brief", paper="kst-28676-500")

    cited, citing = client.get("/brieven/aangehaald/"), client.get("/brieven/brief/")

    assert "Aangehaald door" not in text(cited)
    assert "geheim" not in main(cited) + main(citing)
    assert f'href="{OFFICIAL}/kst-28676-500.html"' in main(citing)


def test_a_letter_does_not_cite_itself(client):
    letter = a_citing_letter("brief")
    make_submission(letter, paper_number="kst-28676-446")

    page = text(client.get("/brieven/brief/"))

    assert "Aangehaald door" not in page
    assert "Haalt aan" not in page


def test_a_letter_without_a_paper_number_is_cited_by_nobody(client):
    make_submission(make_letter(slug="zonder-nummer"))
    paragraph = make_paragraph(make_section(make_letter(slug="brief")), "Conform de motie-Piri.")
    make_citation(paragraph, "motie-Piri", "", kind="motion", name="motie-Piri")

    assert "Aangehaald door" not in text(client.get("/brieven/zonder-nummer/"))


def test_twenty_letters_that_cite_ask_no_more_than_ten(client):
    a_cited_letter()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/brieven/aangehaald/").status_code == 200
        return len(captured)

    for number in range(10):
        a_citing_letter(f"brief-{number}", papers=["kst-28676-446"] * 2)
    ten = queries()
    for number in range(10, 20):
        a_citing_letter(f"brief-{number}", papers=["kst-28676-446"] * 2)

    assert queries() == ten
