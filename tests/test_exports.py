"""What holds for every file of a list: which rows, which address, which answer when it cannot be made."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import exports
from letters.exports import reading
from letters.exports.references import references
from letters.filters import LetterList, PassageList, PositionList
from letters.filters.choices import FORMATS as WORDS
from letters.models import Letter
from letters.views import exports as views
from tests.exported import FORMATS, LISTS, download, make_known_letter, make_what_is_not_public
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_session,
    make_topic,
)
from tests.listed import items_of
from tests.reading import text
from tests.test_facet_counts import QUERIES, collection  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

QUERY_CLASSES = [PassageList, PositionList, LetterList]


def export_of(query_class, query: str = "") -> exports.Export:
    filtered = query_class(QueryDict(query), path="/")
    assert filtered.is_valid(), query
    return exports.Export(filtered, "https://brieven.example.nl", timezone.now())


def words_in(content: bytes) -> str:
    """All words of a file; those of an Office file are in its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))
        )


def test_addresses_name_the_formats_that_can_be_written():
    assert list(WORDS) == list(exports.FORMATS)


@pytest.mark.parametrize("query_class", QUERY_CLASSES)
def test_a_file_has_the_items_of_the_list_in_its_order(collection, query_class):  # noqa: F811
    for query in [*QUERIES, "q=navo&sorteer=relevantie", "sorteer=oudste"]:
        export = export_of(query_class, query)

        items = list(export.items())

        assert [item.pk for item in items] == [item.pk for item in items_of(export.filtered)], query
        assert export.count == export.filtered.counts.items == len(items), query


@pytest.mark.parametrize("query_class", QUERY_CLASSES)
def test_references_have_the_items_of_a_letter_together(collection, query_class):  # noqa: F811
    for order in ["nieuwste", "oudste", "relevantie"]:
        export = export_of(query_class, f"q=navo&sorteer={order}")

        letters = [one.key for one in references(export)]

        assert len(letters) == len(set(letters)) > 1
        assert sorted(item.pk for item in export.quotations_by_letter()) == sorted(
            item.pk for item in export.items()
        )


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("format", FORMATS)
def test_what_is_not_public_is_in_no_file(client, address, format):
    secrets = make_what_is_not_public()

    words = words_in(download(client, f"{address}?format={format}"))

    assert [secret for secret in secrets if secret in words] == []
    assert "Kamerstukken II 2023/24, 28676, nr. 446" in words


@pytest.mark.parametrize("format", FORMATS)
def test_what_nobody_looked_at_is_in_a_file_on_request_and_marked(client, format):
    secrets = make_what_is_not_public()

    words = words_in(download(client, f"/standpunten/?format={format}&ongecontroleerd=ja"))

    assert [secret for secret in secrets if secret in words] == ["GEHEIMONGEZIEN"]
    assert "door computer herkend, niet nagekeken" in words


@pytest.mark.parametrize("path", ["/zoeken/", "/standpunten/"])
@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_what_a_draft_named_is_in_no_file(client, path, format):
    meeting = make_meeting()
    draft = make_letter("report", meetings=[meeting], status="draft")
    session = make_session(meeting, 4, title="Besloten", read={"letter": draft.pk, "title": "Besloten"})
    agenda_topic = make_agenda_topic(meeting, "Geheim", read={"letter": draft.pk, "heading": "Geheim"})
    letter = make_letter(meetings=[meeting])
    section = make_section(letter, "Openbaar", session=session, agenda_topics=[agenda_topic])
    make_position(make_paragraph(section))

    words = words_in(download(client, f"{path}?format={format}"))

    assert [word in words for word in ("Sessie 4", "Openbaar", "Besloten", "Geheim")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("query_class", QUERY_CLASSES)
@pytest.mark.parametrize("format", FORMATS)
def test_more_rows_cost_no_more_queries_as_long_as_they_are_one_part(query_class, format):
    counted = []

    for rows in (3, 9):
        for _number in range(rows):
            make_position(make_passage(topics=[make_topic(f"onderwerp-{Letter.objects.count()}")]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            b"".join(exports.write(export_of(query_class), exports.FORMATS[format]))
        counted.append(len(queries))

    assert counted[0] == counted[1] < 50  # of which 26 read the corpus: within a transaction it is not kept


def test_rows_come_in_parts_and_each_part_costs_the_same(monkeypatch):
    monkeypatch.setattr(reading, "PART", 2)
    counted = []

    for _times in range(3):
        for _number in range(4):
            make_position(make_passage())
        with CaptureQueriesContext(connection) as queries:
            items = list(export_of(PositionList).items())
        counted.append(len(queries))

    assert len(items) == 12
    assert counted[2] - counted[1] == counted[1] - counted[0] > 0


@pytest.mark.parametrize("query_class", QUERY_CLASSES)
@pytest.mark.parametrize("format", ["csv", "ris"])
def test_a_file_says_the_same_however_few_rows_are_read_at_a_time(
    collection,  # noqa: F811
    monkeypatch,
    query_class,
    format,
):
    def written():
        return b"".join(exports.write(export_of(query_class, "ongecontroleerd=ja"), exports.FORMATS[format]))

    whole = written()
    monkeypatch.setattr(reading, "PART", 1)

    assert written() == whole
    assert len(whole.splitlines()) > 3


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query", ["format=pdf", "format=csv&format=json", "format=csv&pagina=2", "format=csv&soort=notulen"]
)
def test_a_file_that_cannot_be_is_a_400(client, address, query):
    make_known_letter()

    response = client.get(f"{address}?{query}")

    assert response.status_code == 400
    assert "Content-Disposition" not in response


def test_a_wrong_format_is_told_which_there_are(client):
    response = client.get("/zoeken/?format=pdf")

    assert "“pdf” is geen waarde van format. Wel mogelijk: docx, xlsx, csv, json, ris, bib, csl." in text(
        response
    )


def test_a_file_has_no_pages(client):
    response = client.get("/zoeken/?format=csv&pagina=2")

    assert "Een bestand bevat de hele lijst, en heeft geen bladzijden. Laat pagina=2 weg." in text(response)


def test_another_spelling_leads_to_the_one_address_of_the_file(client):
    response = client.get("/zoeken/?soort=verslag&format=csv&q=")

    assert response.status_code == 301
    assert response["Location"] == "/zoeken/?format=csv&soort=verslag"


def test_the_format_is_no_part_of_the_view():
    filtered = PositionList(QueryDict("soort=verslag&format=csv"), path="/standpunten/")

    assert filtered.is_valid()
    assert filtered.address.url == "/standpunten/?soort=verslag"
    assert filtered.asked_address.url == "/standpunten/?format=csv&soort=verslag"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (
            "/standpunten/?format=csv&onderwerp=oekraine&tot=2023&van=2021",
            "standpunten-oekraine-2021-2023.csv",
        ),
        ("/standpunten/?format=csl", "alle-standpunten.csl.json"),
        ("/zoeken/?format=docx&q=%22steun%0D%0Aaan%22+%3B%2F", "passages-steun-aan.docx"),
        ("/brieven/?format=bib&soort=verslag", "brieven-verslag.bib"),
    ],
)
def test_a_file_is_named_for_its_view(client, address, name):
    make_topic("oekraine", "Oekraïne")

    response = client.get(address, follow=True)

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_who_only_asks_after_a_file_gets_its_headers(client):
    make_known_letter()

    response = client.head("/standpunten/?format=csv")

    assert (response.status_code, response.getvalue()) == (200, b"")
    assert "Content-Length" not in response
    assert response["Content-Disposition"] == 'attachment; filename="alle-standpunten.csv"'


@pytest.mark.parametrize(("format", "name"), [("docx", "Word"), ("xlsx", "Excel")])
def test_more_items_than_fit_are_refused_with_what_to_do_whoever_asks(client, monkeypatch, format, name):
    monkeypatch.setitem(exports.FORMATS, format, replace(exports.FORMATS[format], limit=1))
    make_passage()
    make_passage()

    response = client.get(f"/zoeken/?format={format}")
    asked_after = client.head(f"/zoeken/?format={format}")

    assert (response.status_code, asked_after.status_code) == (400, 400)
    assert f"Een {name}-bestand kan hooguit 1 passages bevatten; deze weergave heeft er 2." in text(response)
    assert 'href="/zoeken/?format=csv"' in response.content.decode()


def test_who_only_asks_after_a_file_has_none_made(rf):
    def failing(export):
        raise AssertionError("a file was made")

    kind = replace(exports.FORMATS["docx"], write=failing)

    assert views.as_file(rf.head("/"), export_of(PassageList), kind).status_code == 200


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("format", FORMATS)
def test_a_view_without_items_is_a_file_too(client, address, format):
    response = client.get(f"{address}?format={format}")

    assert response.status_code == 200
    assert response.getvalue() is not None


def test_a_page_lists_the_files_of_its_view():
    make_known_letter()
    view = views.ExportMixin()
    view.query = PositionList(QueryDict("soort=verslag"), path="/standpunten/")
    view.address = view.query.address

    downloads = view.downloads()

    assert [download["name"] for download in downloads] == [
        "Word",
        "Excel",
        "CSV",
        "JSON",
        "RIS",
        "BibTeX",
        "CSL-JSON",
    ]
    assert downloads[2]["url"] == "/standpunten/?format=csv&soort=verslag"
    assert [download["limit"] for download in downloads] == [2000, 20000, None, None, None, None, None]


@pytest.fixture
def kept_connection():
    """What ends a request would close the connection of the test; Django's own client does the same."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def test_more_files_at_once_than_there_is_room_for_are_refused_for_a_minute(rf, kept_connection):
    make_known_letter()
    kind = exports.FORMATS["csv"]
    sent = [views.as_file(rf.get("/"), export_of(PositionList), kind) for _number in range(views.SLOTS)]

    refused = views.as_file(rf.get("/"), export_of(PositionList), kind)
    for response in sent:
        response.close()
    again = views.as_file(rf.get("/"), export_of(PositionList), kind)

    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert again.getvalue()


def test_a_file_that_is_left_halfway_gives_its_place_back(rf, kept_connection):
    section = make_section(make_letter())
    for _number in range(40):
        make_paragraph(section, "Nederland steunt Oekraïne. " * 200)

    for _number in range(views.SLOTS + 1):
        response = views.as_file(rf.get("/"), export_of(PassageList), exports.FORMATS["csv"])
        next(iter(response))
        response.close()

    assert response.status_code == 200


def test_an_error_halfway_breaks_the_file_off_and_gives_its_place_back(rf):
    def failing(export):
        yield b"first"
        raise OSError("the database is gone")

    kind = replace(exports.FORMATS["csv"], write=failing)
    for _number in range(views.SLOTS + 1):
        response = views.as_file(rf.get("/"), export_of(PassageList), kind)

        with pytest.raises(OSError, match="the database is gone"):
            list(response)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_of_one_moment_whatever_is_published_meanwhile(monkeypatch):
    monkeypatch.setattr(reading, "PART", 1)
    for _number in range(4):
        make_passage("Nederland steunt Oekraïne. " * 4000)
    export = export_of(PassageList)
    parts = exports.write(export, exports.FORMATS["json"])

    next(parts)
    isolation = connection.cursor().execute("SHOW transaction_isolation").fetchone()
    parts.close()

    assert isolation == ("repeatable read",)
    assert not connection.in_atomic_block
