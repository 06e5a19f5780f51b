"""Excel of a view, read back with openpyxl."""

import datetime
import io

import openpyxl
import pytest

from letters.exports import COLUMNS
from tests.exported import LISTS, download, make_known_letter
from tests.factories import make_passage
from tests.reading import text

pytestmark = pytest.mark.django_db


def workbook_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(
    ("address", "route"), list(zip(LISTS, ["search", "positions", "letters"], strict=True))
)
def test_rows_stand_under_a_header_that_stays_in_sight(client, address, route):
    make_known_letter()

    sheet = workbook_of(download(client, f"{address}?format=xlsx")).worksheets[0]

    assert [cell.value for cell in sheet[1]] == [str(column.name) for column in COLUMNS[route]]
    assert sheet.max_row == 2
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_a_day_is_a_day_and_text_is_text(client):
    make_known_letter()

    sheet = workbook_of(download(client, "/standpunten/?format=xlsx")).worksheets[0]

    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert row["Briefdatum"].value == datetime.datetime(2023, 12, 5)
    assert row["Adres"].value == "http://testserver/brieven/kst-28676-446/#al-12"
    assert row["Adres"].hyperlink is None
    assert (row["Zekerheid"].value, row["Zekerheid"].number_format) == (0.95, "0.00")


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "https://example.org", "007", "{=1}"])
def test_what_a_letter_says_is_no_formula_link_or_number(client, words):
    make_passage(words)

    cell = workbook_of(download(client, "/zoeken/?format=xlsx")).worksheets[0]["A2"]

    assert (cell.value, cell.hyperlink) == (words, None)
    assert cell.data_type in {"s", "inlineStr"}


def test_what_xml_cannot_hold_is_replaced(client):
    make_passage("Steun\x07 aan\ufffe Oekraïne")

    sheet = workbook_of(download(client, "/zoeken/?format=xlsx")).worksheets[0]

    assert sheet["A2"].value == "Steun� aan� Oekraïne"


def test_a_second_sheet_tells_what_the_first_is(client):
    make_known_letter()

    sheet = workbook_of(download(client, "/standpunten/?format=xlsx&soort=verslag"))["Toelichting"]

    facts = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
    assert facts["Weergave"] == "Verslag"
    assert facts["Adres van de weergave"] == "http://testserver/standpunten/?soort=verslag"
    assert facts["Citaat"] == "De hele zin uit de brief, onveranderd."


def test_a_cell_that_is_too_long_is_refused_and_not_cut(client):
    make_passage("a" * 32_768)

    response = client.get("/zoeken/?format=xlsx")

    assert response.status_code == 400
    assert "In een cel van Excel passen 32.767 tekens. In rij 2 heeft de kolom Tekst er 32.768." in text(
        response
    )


@pytest.mark.parametrize("address", ["/zoeken/", "/standpunten/"])
def test_the_explanation_names_a_column_that_is_there_for_what_nobody_looked_at(client, address):
    make_known_letter()

    rows, explanation = workbook_of(download(client, f"{address}?format=xlsx&ongecontroleerd=ja")).worksheets

    [said] = [row[1].value for row in explanation.rows if row[0].value == "Standpunten"][:1]
    named = said.rpartition("; kolom ")[2]
    assert named in [cell.value for cell in rows[1]]
