"""How a letter, a passage and a position are cited: Aanwijzing 3.43, and what is done before a paper has its number."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.citing import paper_citation, session_year_on
from letters.models import Edition, File, Letter, Paragraph, Position
from letters.templatetags.citing import unbroken
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_submission,
)

PAPERS = [
    ("kst-28676-446", "2023-2024", None, "Kamerstukken II 2023/24, 28676, nr. 446"),
    ("kst-28676-B", "2008-2009", True, "Kamerstukken I 2008/09, 28676, B"),
    # A budget has chapters; "VI" is one, "IXB" too
    ("kst-31700-VI-D", "2008-2009", True, "Kamerstukken I 2008/09, 31700 VI, D"),
    ("kst-36410-V-23", "2023-2024", False, "Kamerstukken II 2023/24, 36410 V, nr. 23"),
    ("kst-35925-IXB-3", "2021-2022", False, "Kamerstukken II 2021/22, 35925 IXB, nr. 3"),
    # A dossier that starts again every so many papers
    ("kst-21501-28-275", "2024-2025", False, "Kamerstukken II 2024/25, 21501-28, nr. 275"),
    # An act of the Kingdom has a number of that series too
    ("kst-31700-R2019-3", "2008-2009", False, "Kamerstukken II 2008/09, 31700 (R2019), nr. 3"),
    ("kst-31700-(R2019)-A", "2008-2009", True, "Kamerstukken I 2008/09, 31700 (R2019), A"),
    # The chamber is not known: the Eerste Kamer numbers with letters
    ("kst-28676-AB", "2021-2022", None, "Kamerstukken I 2021/22, 28676, AB"),
    # Before 2000 the Eerste Kamer had numbers with a letter behind
    ("kst-23700-188B", "1995-1996", True, "Kamerstukken I 1995/96, 23700, nr. 188B"),
    ("kst-26800-3", "1999-2000", False, "Kamerstukken II 1999/2000, 26800, nr. 3"),
    ("kst-28676-446", "", False, "Kamerstukken II, 28676, nr. 446"),
    # In no dossier (yet)
    ("kst-1027341", "2021-2022", False, "Kamerstukken II 2021/22, kst-1027341"),
    ("", "2021-2022", False, ""),
]

SESSION_YEARS = [
    ("2023-09-18", "2022-2023"),
    ("2023-09-19", "2023-2024"),  # Prinsjesdag
    ("2023-12-31", "2023-2024"),
    ("2024-01-01", "2023-2024"),
    ("2020-09-14", "2019-2020"),
    (
        "2020-09-15",
        "2020-2021",
    ),  # the first of September is a Tuesday: the earliest Prinsjesdag that there is
    ("2021-09-20", "2020-2021"),
    ("2021-09-21", "2021-2022"),  # the first is a Wednesday: the latest
    ("1999-10-01", "1999-2000"),
]


@pytest.mark.parametrize(("number", "session_year", "in_senate", "expected"), PAPERS)
def test_a_paper_is_cited_by_its_number(number, session_year, in_senate, expected):
    assert paper_citation(number, session_year=session_year, in_senate=in_senate) == expected


@pytest.mark.parametrize(("day", "expected"), SESSION_YEARS)
def test_a_session_year_starts_on_the_third_tuesday_of_september(day, expected):
    assert session_year_on(datetime.date.fromisoformat(day)) == expected


@pytest.mark.django_db
def test_a_letter_to_both_chambers_is_cited_by_its_number_in_the_tweede_kamer():
    letter = make_letter(date="2023-11-20")
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B")
    make_submission(letter, "tweede-kamer", paper_number="kst-28676-446")

    assert letter.citation == "Kamerstukken II 2023/24, 28676, nr. 446"
    assert letter.official_url == "https://zoek.officielebekendmakingen.nl/kst-28676-446.html"


@pytest.mark.django_db
def test_a_letter_with_a_number_in_the_eerste_kamer_alone_is_cited_by_that():
    letter = make_letter(date="2023-11-20")
    make_submission(letter, "tweede-kamer", reference="BZ2400001")
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B")

    assert letter.citation == "Kamerstukken I 2023/24, 28676, B"


@pytest.mark.django_db
def test_the_session_year_that_was_published_goes_before_that_of_the_day():
    letter = make_letter(date="2023-09-18")
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")

    assert letter.citation == "Kamerstukken II 2023/24, 28676, nr. 446"


@pytest.mark.django_db
def test_the_day_of_the_submission_tells_the_session_year_before_the_date_of_the_letter():
    letter = make_letter(date="2023-09-18")
    make_submission(letter, paper_number="kst-28676-446", date=datetime.date(2023, 9, 20))

    assert letter.citation == "Kamerstukken II 2023/24, 28676, nr. 446"


@pytest.mark.django_db
def test_without_a_number_a_letter_is_cited_by_office_chamber_date_and_reference():
    letter = make_letter(date="2023-11-20")
    make_signatory(letter, "Hanke Bruins Slot", "minister van Buitenlandse Zaken")
    make_signatory(letter, "Kajsa Ollongren", "minister van Defensie", order=1)
    make_signatory(letter, "Dick Schoof", "minister-president", signs=False, order=2)
    make_submission(letter, reference="BZ2400001")

    assert letter.citation == (
        "Brief van de minister van Buitenlandse Zaken en de minister van Defensie, Tweede Kamer, "
        "20 november 2023, kenmerk BZ2400001"
    )
    assert letter.official_url == ""


@pytest.mark.django_db
def test_the_reference_goes_with_the_chamber_that_it_was_sent_to():
    letter = make_letter(date="2023-11-20")
    make_submission(letter, "tweede-kamer")
    make_submission(letter, "eerste-kamer", reference="BZ2400002")

    assert letter.citation == "Geannoteerde agenda, Eerste Kamer, 20 november 2023, kenmerk BZ2400002"


@pytest.mark.django_db
def test_a_letter_of_which_nothing_is_known_is_cited_by_kind_and_meeting():
    letter = make_letter("report", date=None, meetings=[make_meeting("2023-11-28")])

    assert letter.citation == f"Verslag, {letter.meetings.get().name}"


def numbered_letter(**fields):
    letter = make_letter(date="2023-11-20", **fields)
    make_submission(letter, "tweede-kamer", paper_number="kst-28676-446", session_year="2023-2024")
    return letter


def read_from(letter, name, *, media_type="application/pdf", session_year="2023-2024", reference=None):
    """Let the letter have its text from a file of this name, in which this was read."""
    edition = Edition.objects.create(
        letter=letter, reading={"session_year": session_year, "reference": reference}
    )
    File.objects.create(edition=edition, name=name, media_type=media_type, size=1, sha256="0" * 64)
    letter.text_edition = edition
    letter.save()
    return edition


@pytest.mark.django_db
def test_a_passage_and_a_position_are_cited_with_our_paragraph():
    paragraph = make_paragraph(make_section(numbered_letter()), anchor="12a")
    position = make_position(paragraph)

    assert paragraph.citation == "Kamerstukken II 2023/24, 28676, nr. 446, al. 12a"
    assert position.citation == "Kamerstukken II 2023/24, 28676, nr. 446, al. 12a"


@pytest.mark.django_db
def test_a_paragraph_without_an_anchor_is_cited_as_the_letter():
    paragraph = make_paragraph(make_section(numbered_letter()), anchor="")

    assert paragraph.citation == "Kamerstukken II 2023/24, 28676, nr. 446"


@pytest.mark.django_db
def test_a_position_whose_words_are_gone_is_cited_as_the_letter():
    position = make_position(make_paragraph(make_section(numbered_letter())))
    position.paragraph = None

    assert position.citation == "Kamerstukken II 2023/24, 28676, nr. 446"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["kst-28676-446.pdf", "KST-28676-446.PDF", "kst-28676-446 (1).pdf"])
def test_the_page_is_cited_when_the_text_comes_from_the_official_pdf(name):
    letter = numbered_letter()
    read_from(letter, name)
    paragraph = make_paragraph(make_section(letter), page=3)

    assert paragraph.citation == "Kamerstukken II 2023/24, 28676, nr. 446, p. 3"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("geannoteerde-agenda.pdf", {}),
        ("kst-28676-447.pdf", {}),  # the PDF of another paper
        ("kst-28676-446.pdf", {"session_year": None}),  # it prints no session year: the ministry's own
        ("kst-28676-446.pdf", {"reference": "BZ2400001"}),  # which prints its reference
        ("kst-28676-446.docx", {"media_type": "application/msword"}),
    ],
)
def test_a_page_of_any_other_file_is_never_cited(name, read):
    letter = numbered_letter()
    read_from(letter, name, **read)
    paragraph = make_paragraph(make_section(letter), page=3)

    assert paragraph.citation == "Kamerstukken II 2023/24, 28676, nr. 446, al. 1"


@pytest.mark.django_db
def test_the_page_of_an_edition_that_no_longer_gives_the_text_is_not_cited():
    letter = numbered_letter()
    read_from(letter, "kst-28676-446.pdf")
    letter.text_edition = None
    letter.save()
    paragraph = make_paragraph(make_section(letter), page=3)

    assert paragraph.citation == "Kamerstukken II 2023/24, 28676, nr. 446, al. 1"


def citing_queries(model) -> int:
    with CaptureQueriesContext(connection) as queries:
        rows = list(model.objects.with_context())
        found = [row.citation for row in rows]
    assert len(set(found)) == len(found)
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Letter, Paragraph, Position])
def test_citing_a_list_takes_as_many_queries_for_one_row_as_for_five(model):
    def add(number):
        letter = make_letter(date="2023-11-20", meetings=[make_meeting(f"2023-11-{number:02}")])
        make_signatory(letter)
        make_submission(letter, paper_number=f"kst-28676-{number}")
        read_from(letter, f"kst-28676-{number}.pdf")
        make_position(make_paragraph(make_section(letter), page=3))

    add(1)
    once = citing_queries(model)
    for number in range(2, 6):
        add(number)

    assert citing_queries(model) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kamerstukken II 2023/24, 28676, nr. 446",
            "Kamerstukken II 2023/24, 28676, nr.\N{NO-BREAK SPACE}446",
        ),
        ("al. 12", "al.\N{NO-BREAK SPACE}12"),
        ("28676, nr. 188B, p. 3", "28676, nr.\N{NO-BREAK SPACE}188B, p.\N{NO-BREAK SPACE}3"),
        ("China · vanaf 2021 · “steun”", "China\N{NO-BREAK SPACE}· vanaf 2021\N{NO-BREAK SPACE}· “steun”"),
        ("Kamerstukken I 2008/09, 28676, B", "Kamerstukken I 2008/09, 28676, B"),
        ("in het signaal. De top. 3 bondgenoten", "in het signaal. De top. 3 bondgenoten"),
    ],
)
def test_no_line_ends_between_an_abbreviation_and_its_number_or_begins_with_a_dot(text, expected):
    assert unbroken(text) == expected


@pytest.mark.django_db
def test_a_citation_is_shown_unbroken_and_copied_plain(client):
    letter = make_letter()
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")

    html = client.get(letter.get_absolute_url()).content.decode()

    assert ">Kamerstukken II 2023/24, 28676, nr.\N{NO-BREAK SPACE}446</a>" in html
    assert 'data-cite="Kamerstukken II 2023/24, 28676, nr. 446"' in html
