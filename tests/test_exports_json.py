"""JSON of a view, read back with the json module."""

import json

import pytest

from letters.exports import COLUMNS
from tests.exported import LISTS, download, make_known_letter
from tests.factories import make_passage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", LISTS)
def test_a_file_says_what_it_is_and_explains_its_fields(client, address):
    make_known_letter()

    found = json.loads(download(client, f"{address}?format=json&soort=verslag"))

    assert list(found) == ["metadata", "items"]
    assert found["metadata"]["weergave"] == "Verslag"
    assert found["metadata"]["adres"] == f"http://testserver{address}?soort=verslag"
    assert found["metadata"]["aantal"] == len(found["items"]) == 1
    assert [field["sleutel"] for field in found["metadata"]["velden"]] == list(found["items"][0])


def test_a_position_has_what_researchers_need(client):
    position = make_known_letter()

    (item,) = json.loads(download(client, "/standpunten/?format=json"))["items"]

    assert list(item) == [column.key for column in COLUMNS["positions"]]
    wanted = [
        "standpuntnummer",
        "standpuntcode",
        "momentcode",
        "status",
        "herkomst",
        "zekerheid",
        "regel",
        "brief",
        "alinea",
    ]
    assert {key: item[key] for key in wanted} == {
        "standpuntnummer": position.pk,
        "standpuntcode": "roept-op",
        "momentcode": "ingebracht",
        "status": "nagekeken",
        "herkomst": "computer",
        "zekerheid": 0.95,
        "regel": "call.oproepen",
        "brief": "kst-28676-446",
        "alinea": "12",
    }


def test_text_is_as_it_is(client):
    words = '=1+1 "\\ \x07 </script> \u2028'
    make_passage(words)

    (item,) = json.loads(download(client, "/zoeken/?format=json"))["items"]

    assert item["tekst"] == words


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=COLUMNS)
def test_no_two_columns_have_one_key_or_name(columns):
    assert (
        len({column.key for column in columns})
        == len({str(column.name) for column in columns})
        == len(columns)
    )
