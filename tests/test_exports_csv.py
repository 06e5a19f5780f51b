"""CSV of a view, read back with the csv module."""

import csv
import io

import pytest

from letters.exports import COLUMNS
from letters.exports.csv_file import cell
from tests.exported import download, make_known_letter
from tests.factories import make_passage

pytestmark = pytest.mark.django_db


def rows_of(content: bytes) -> list[dict]:
    return list(
        csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
    )


def test_a_position_is_a_row_under_human_names(client):
    make_known_letter()

    (row,) = rows_of(download(client, "/standpunten/?format=csv"))

    assert list(row) == [str(column.name) for column in COLUMNS["positions"]]
    wanted = ["Citaat", "Standpunt", "Werkwoord", "Onderwerpen", "Bronvermelding", "Zekerheid", "Adres"]
    assert {name: row[name] for name in wanted} == {
        "Citaat": "Nederland riep op tot steun.",
        "Standpunt": "roept op of vraagt",
        "Werkwoord": "riep op",
        "Onderwerpen": "Oekraïne",
        "Bronvermelding": "Kamerstukken II 2023/24, 28676, nr. 446, al. 12",
        "Zekerheid": "0,95",
        "Adres": "http://testserver/brieven/kst-28676-446/#al-12",
    }


def test_excel_is_told_that_it_is_utf_8(client):
    content = download(client, "/brieven/?format=csv")

    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("+31", "'+31"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        (("=1", "b"), "'=1 | b"),
        ("1=1", "1=1"),
        ("“=1”", "“=1”"),
        (-5, "-5"),  # a number of ours, not somebody's text
        (0.95, "0,95"),
        (0.873456, "0,87"),  # a share, in two decimals
        (1.0, "1,00"),
        (True, "ja"),
        (None, ""),
        (("a", "b"), "a | b"),
    ],
)
def test_no_cell_is_a_formula(value, expected):
    assert cell(value) == expected


def test_quotes_separators_and_lines_stay_in_their_cell(client):
    words = 'Zij zei: "steun; nu".\r\n=1+1\nEinde'
    make_passage(words)

    (row,) = rows_of(download(client, "/zoeken/?format=csv"))

    assert row["Tekst"] == words
