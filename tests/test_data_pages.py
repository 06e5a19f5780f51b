"""The pages under /gegevens/: what they say is what the letters give, and what is missing is no zero."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters import codebook, coverage
from letters.exports.columns import COLUMNS
from letters.models import Letter, Meeting, Position
from tests.factories import make_letter, make_meeting, make_passage, make_position
from tests.reading import text

pytestmark = pytest.mark.django_db

PAGES = ["/gegevens/", "/gegevens/codeboek/", "/gegevens/kolommen/", "/gegevens/dekking/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_on_an_empty_site(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert f'<link rel="canonical" href="http://testserver{address}">' in response.content.decode()
    assert client.get(f"{address}?kleur=rood").status_code == 400


def test_every_page_leads_to_the_pages_about_the_data(client):
    assert 'href="/gegevens/"' in client.get("/").content.decode()


def test_the_codebook_defines_every_stance_and_moment_once():
    assert [entry.code for entry in codebook.STANCES] == list(Position.Stance)
    assert [entry.code for entry in codebook.MOMENTS] == list(Position.Moment)


def test_an_example_comes_from_a_checked_position_else_it_is_marked_as_made_up(client):
    passage = make_passage("Nederland steunt dit plan. Nederland maakt zich zorgen.")
    make_position(passage, "Nederland steunt dit plan.", stance="support")
    make_position(passage, "Nederland maakt zich zorgen.", stance="concern", status="unchecked")

    page = text(client.get("/gegevens/codeboek/"))

    made_up = {
        entry.code: f"Bedacht voorbeeld, uit geen brief: {entry.example}" for entry in codebook.STANCES
    }
    assert "Nederland steunt dit plan." in page
    assert "Nederland maakt zich zorgen." not in page
    assert {code for code, words in made_up.items() if words in page} == set(Position.Stance) - {
        Position.Stance.SUPPORT
    }


@pytest.mark.parametrize(
    ("route", "path"), [("positions", "/standpunten/"), ("commitments", "/toezeggingen/")]
)
def test_the_columns_are_those_of_the_files(client, route, path):
    make_position(make_passage(), stance="promise")
    response = client.get("/gegevens/kolommen/")
    file = client.get(f"{path}?format=csv")

    named = [str(column.name) for column in COLUMNS[route]]
    rows = csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")), delimiter=";")

    assert set(named) <= set(next(rows))
    assert [name for name in named if name not in text(response)] == []


def test_each_list_is_offered_whole_in_each_kind_of_file(client):
    html = client.get("/gegevens/").content.decode()

    for path in ["/brieven/", "/zoeken/", "/standpunten/", "/toezeggingen/"]:
        for kind in ["docx", "xlsx", "csv", "json", "ris", "bib", "csl"]:
            assert f'href="{path}?format={kind}"' in html


def test_totals_count_what_is_public():
    passage = make_passage("Nederland steunt dit. Nederland vreest dat.")
    make_position(passage, "Nederland steunt dit.")
    make_position(passage, "Nederland vreest dat.", stance="concern", status="unchecked")
    make_letter(status="draft")

    assert coverage.totals() == {"letters": 1, "meetings": 1, "passages": 1, "positions": 1, "unchecked": 1}


def test_years_run_without_gaps_and_a_letter_about_two_years_counts_in_both():
    agenda = make_letter(
        "annotated_agenda", meetings=[make_meeting("2019-12-01"), make_meeting("2021-03-23")]
    )
    make_letter("report", meetings=[make_meeting("2021-06-14")])

    years = coverage.years()

    assert [(year.year, year.meetings, year.of_kinds) for year in years] == [
        (2021, 2, [1, 0, 1, 0]),
        (2020, 0, [0, 0, 0, 0]),
        (2019, 1, [1, 0, 0, 0]),
    ]
    assert agenda.kind == Letter.Kind.ANNOTATED_AGENDA


def test_positions_are_counted_with_the_year_of_their_meeting():
    make_position(make_passage(meeting=make_meeting("2021-03-23")))
    make_position(make_passage(meeting=make_meeting("2021-03-23")), status="unchecked")
    make_position(make_passage(meeting=make_meeting(None)))

    assert [(year.year, year.positions) for year in coverage.years()] == [(2021, 1), (None, 1)]


def test_a_letter_that_is_not_held_is_said_to_be_not_in_this_collection(client):
    meeting = make_meeting("2021-03-23")
    make_letter("report", slug="verslag", meetings=[meeting])

    page = client.get("/gegevens/dekking/2021/")

    assert [
        [[letter.slug for letter in letters] for letters in held.of_kinds]
        for held in page.context["meetings"]
    ] == [[[], [], ["verslag"], []]]
    assert text(page).count("niet in deze verzameling") == 2


def test_of_a_cancelled_meeting_no_letter_is_missed(client):
    make_meeting("2021-03-23", status=Meeting.Status.CANCELLED, is_announced=True)

    page = text(client.get("/gegevens/dekking/2021/"))

    assert page.count("niet gehouden") == 3


@pytest.mark.parametrize("year", [0, 2020, 99999])
def test_a_year_without_meetings_is_a_404(client, year):
    assert client.get(f"/gegevens/dekking/{year}/").status_code == 404


def test_pages_about_the_data_ask_as_many_questions_however_much_there_is(client):
    def asked(address):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    def add(number):
        for one in range(number):
            make_position(make_passage(meeting=make_meeting(f"20{10 + one}-03-23")))
            make_passage(kind="report", meeting=make_meeting("2021-06-14"))

    addresses = [*PAGES, "/gegevens/dekking/2021/"]
    add(2)
    few = [asked(address) for address in addresses]
    add(8)

    assert [asked(address) for address in addresses] == few
