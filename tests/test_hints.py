"""What is said on top of results about words that do not count, and about a year among the words."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from letters.filters import LetterList, PassageList, hints
from letters.filters.typed_year import YearHint, year_hint
from tests.factories import make_meeting, make_passage
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def passages():
    make_passage("Steun aan Oekraïne.", meeting=make_meeting("2022-03-23"))
    make_passage("De steun aan Oekraïne in 2022.", meeting=make_meeting("2023-03-23"))
    make_passage("Over handel.", meeting=make_meeting("2022-06-29"))


def asked(query: str, of=PassageList, path="/zoeken/"):
    filtered = of(QueryDict(query), path=path)
    assert filtered.is_valid(), filtered.errors
    return filtered


@pytest.mark.parametrize("words", ["de het", '"de het"'])
def test_stop_words_alone_give_the_list_without_words_and_say_so(client, passages, words):
    response = client.get("/zoeken/", {"q": words})

    shown = text(response)
    assert "“de” en “het” staan in bijna elke alinea en tellen daarom niet mee." in shown
    assert "Dit is de lijst zonder zoekwoorden." in shown
    assert "3 passages in 3 brieven" in shown
    assert response.context["q"] == words  # what was typed stays in the box


def test_one_english_stop_word_is_told_of_too(client, passages):
    shown = text(client.get("/zoeken/?q=the"))

    assert "“the” staat in bijna elke alinea en telt daarom niet mee. Dit is de lijst" in shown


def test_a_stop_word_with_a_minus_is_told_of_and_left_out_of_the_reasons(client, passages):
    response = client.get("/zoeken/?q=steun+-de")

    assert "“de” staat in bijna elke alinea en telt daarom niet mee." in text(response)
    assert "Dit is de lijst zonder zoekwoorden." not in text(response)
    assert [passage.why for passage in response.context["items"]] == [
        ["Gevonden: “steun”"],
        ["Gevonden: “Steun”"],
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("F16", "Gevonden: “F16”"),
        ("F-16", "Gevonden: “F”, “F-16” (gezocht: F16)"),
        ("16 van F", "Gevonden: “F”, “16”"),
    ],
)
def test_two_words_found_as_one_are_told_as_one(client, written, why):
    make_passage(f"Nederland levert {written}.")

    response = client.get("/zoeken/?q=F+16")

    assert [passage.why for passage in response.context["items"]] == [[why]]


def test_beside_other_words_nothing_is_said_of_a_stop_word(client, passages):
    assert "telt daarom niet mee" not in text(client.get("/zoeken/?q=de+steun"))


@pytest.mark.parametrize("path", ["/zoeken/", "/standpunten/", "/brieven/"])
def test_stop_words_are_no_words_to_order_by(client, passages, path):
    response = client.get(f"{path}?q=de+het&sorteer=relevantie")

    assert response.status_code == 200
    assert [link["label"] for link in response.context["sort_links"] if link["current"]] == ["Nieuwste eerst"]


def test_a_year_beside_words_is_offered_as_a_period(passages):
    filtered = asked("q=Oekraïne+2022")

    assert hints(filtered, filtered.address).year == YearHint(
        "2022", "Oekraïne", "/zoeken/?q=Oekra%C3%AFne&tot=2022&van=2022", 1
    )


def test_the_page_says_where_the_year_leads(client, passages):
    response = client.get("/zoeken/", {"q": "2022 Oekraïne"})

    assert "Zonder 2022 als woord: Oekraïne, bijeenkomsten in 2022 (1 resultaat)" in text(response)


@pytest.mark.parametrize(
    "query",
    [
        "q=Oekraïne",
        "q=2022",  # no words beside it
        "q=de+2022",
        "q=Oekraïne+2022&van=2021",  # a period was chosen already
        "q=Oekraïne+2022&briefdatum-tot=2023",
        "q=Oekraïne+2019",  # nothing then
        "q=Oekraïne+2040",
        "q=handel+2023",
        "q=Oekraïne+2022+2023",  # which of the two?
        "q=Oekraïne+-2022",
        'q=Oekraïne+"2022"',  # asked for as a word
        "q=Oekraïne+OR+2022",
        "q=Oekraïne+1800",
        "q=Oekraïne+20225",
    ],
)
def test_no_year_is_offered_when_it_was_not_meant_or_gives_nothing(passages, query):
    filtered = asked(query)

    assert year_hint(filtered, filtered.address) is None


def test_a_year_keeps_the_other_filters_and_asks_only_for_its_words(passages):
    filtered = asked("q=steun+2022&soort=geannoteerde-agenda", LetterList, "/brieven/")
    filtered.hits()

    with CaptureQueriesContext(connection) as captured:
        found = year_hint(filtered, filtered.address)

    assert found.url == "/brieven/?q=steun&soort=geannoteerde-agenda&tot=2022&van=2022"
    assert len(captured) == 2  # in passages, and in subjects
