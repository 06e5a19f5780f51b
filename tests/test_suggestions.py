"""When nothing satisfies all filters: which one to drop, and what that gives."""

import pytest
from django.http import QueryDict

from letters.filters import LetterList, PassageList, PositionList, suggestions
from tests.factories import make_meeting, make_passage, make_position, make_topic
from tests.reading import text

pytestmark = pytest.mark.django_db


def suggested(query: str, of=PassageList, path="/zoeken/") -> list[tuple[str, str, int]]:
    filtered = of(QueryDict(query), path=path)
    assert filtered.is_valid(), filtered.errors
    return [(one.label, one.url, one.count) for one in suggestions(filtered, filtered.address)]


@pytest.fixture
def passages():
    china = make_topic("china", "China")
    make_topic("rusland", "Rusland")
    make_passage("Over munitie.", topics=[china], kind="report", meeting=make_meeting("2021-03-23"))
    make_passage("Over munitie.", kind="report", meeting=make_meeting("2023-03-23"))
    make_passage("Over handel.", kind="report", meeting=make_meeting("2023-03-23"))


def test_each_filter_is_tried_without_and_the_one_that_gives_most_comes_first(passages):
    assert suggested("onderwerp=rusland&q=munitie&soort=verslag") == [
        ("Zonder Rusland", "/zoeken/?q=munitie&soort=verslag", 2)
    ]
    assert suggested("onderwerp=china&q=handel") == [
        ("Zonder China", "/zoeken/?q=handel", 1),
        ("Zonder “handel”", "/zoeken/?onderwerp=china", 1),
    ]


def test_values_of_one_filter_and_both_ends_of_a_period_are_dropped_together(passages):
    assert (
        suggested("onderwerp=china&onderwerp=rusland&tot=2024&van=2023")
        == [
            ("Zonder 2023–2024", "/zoeken/?onderwerp=china&onderwerp=rusland", 1),
            ("Zonder China of Rusland", "/zoeken/?tot=2024&van=2023", 2),
        ][::-1]
    )


def test_dropping_the_words_drops_the_order_by_them(passages):
    found = suggested("onderwerp=china&q=handel&sorteer=relevantie")

    assert ("Zonder “handel”", "/zoeken/?onderwerp=china", 1) in found


def test_when_no_single_filter_helps_the_words_alone_are_tried(passages):
    assert suggested("kamer=eerste-kamer&onderwerp=rusland&q=handel") == [
        ("Zonder alle andere filters", "/zoeken/?q=handel", 1)
    ]


def test_the_other_lists_are_named_where_they_have_something(passages):
    make_position(
        make_passage("Nederland steunt granaten."), "Nederland steunt granaten.", status="unchecked"
    )

    assert suggested("q=granaten", PositionList, "/standpunten/") == [
        ("Dezelfde vraag in alle passages", "/zoeken/?q=granaten", 1),
        ("Dezelfde vraag in de brieven", "/brieven/?q=granaten", 1),
    ]
    assert suggested("q=afwezig", LetterList, "/brieven/") == []


def test_the_page_shows_them_as_links_with_numbers(client, passages):
    response = client.get("/zoeken/?onderwerp=rusland&q=munitie")

    assert "Zonder Rusland (2)" in text(response)
    assert 'href="/zoeken/?q=munitie"' in response.content.decode()
