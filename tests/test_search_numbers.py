"""A number that is all that was typed leads to its letter."""

from urllib.parse import urlencode

import pytest

from letters.search import read_number
from tests.factories import make_letter, make_paragraph, make_section, make_submission
from tests.reading import text


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("28676-446", "kst-28676-446"),
        ("kst-28676-446", "kst-28676-446"),
        ("KST-28676-446", "kst-28676-446"),
        ("28 676, nr. 446", "kst-28676-446"),
        ("28676 nr 446", "kst-28676-446"),
        ("28676, 446", "kst-28676-446"),
        ("28676 446", "kst-28676-446"),
        ("Kamerstuk 28676, nr. 446", "kst-28676-446"),
        ("Kamerstukken II 2022/23, 28 676, nr. 446.", "kst-28676-446"),
        ("https://zoek.officielebekendmakingen.nl/kst-28676-446.html", "kst-28676-446"),
        ("28676, B", "kst-28676-B"),  # the Eerste Kamer counts in letters
        ("28676, b", "kst-28676-B"),
        ("28676-B", "kst-28676-B"),
        ("kst-28676-b", "kst-28676-B"),
        ("21501-28-275", "kst-21501-28-275"),
        ("21 501-28, nr. 275", "kst-21501-28-275"),
        ("36410-V-23", "kst-36410-V-23"),
        ("36410 V, nr. 23", "kst-36410-V-23"),
    ],
)
def test_the_number_of_a_paper_is_read_in_every_way_it_is_written(typed, paper):
    assert read_number(typed).paper == paper


@pytest.mark.parametrize("typed", ["BZ2306745", "2024D41170", "MINBUZA-2023.57-12", "bs2024003216"])
def test_the_number_of_a_document_or_ministry_is_kept_as_typed(typed):
    assert (read_number(typed).paper, read_number(typed).reference) == ("", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "28676",
        "oekraïne",
        "F-16",
        "2%",
        "2021-2023",
        "in 2023",
        "28676-446 en 28676-447",
        "steun 28676-446",
        "",
        '"28676-446"',
    ],
)
def test_anything_else_is_no_number(typed):
    assert read_number(typed) is None


def ask(client, path="/zoeken/", **query):
    return client.get(f"{path}?{urlencode(sorted(query.items()))}")


@pytest.fixture
def letter(db):
    letter = make_letter(slug="kst-28676-446", subject="Verslag van de top")
    make_submission(letter, paper_number="kst-28676-446", reference="BZ2306745")
    make_paragraph(make_section(letter), "Zie ook Kamerstuk 28676, nr. 446 en het verslag.")
    return letter


@pytest.mark.parametrize("path", ["/zoeken/", "/standpunten/", "/brieven/"])
@pytest.mark.parametrize("typed", ["28676-446", "28 676, nr. 446", "bz2306745"])
def test_a_number_leads_to_its_letter(client, letter, path, typed):
    response = ask(client, path, q=typed)

    assert response.status_code == 302
    assert response["Location"] == letter.get_absolute_url()


def test_under_a_filter_the_letter_is_offered(client, letter):
    response = ask(client, q="28676-446", soort="verslag")

    assert response.status_code == 200
    assert "Ga naar de brief: kst-28676-446, Verslag van de top" in text(response)


def test_between_quotation_marks_a_number_is_searched_for(client, letter):
    response = ask(client, q='"28676, nr. 446"')

    assert response.status_code == 200
    assert "1 passage in 1 brief" in text(response)


def test_a_number_that_is_not_held_is_told_with_where_it_is(client, letter):
    response = ask(client, q="28676-999")

    assert response.status_code == 200
    assert "kst-28676-999 is hier niet." in text(response)
    assert 'href="https://zoek.officielebekendmakingen.nl/kst-28676-999.html"' in response.content.decode()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_letter_that_is_not_public_is_not_held(client, db, status):
    make_submission(make_letter(status=status), paper_number="kst-28676-500")

    response = ask(client, q="28676-500")

    assert "kst-28676-500 is hier niet." in text(response)


def test_a_reference_that_two_letters_share_leads_to_neither(client, letter):
    make_submission(make_letter(), reference="BZ2306745")

    assert ask(client, q="BZ2306745").status_code == 200
