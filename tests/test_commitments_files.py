"""Commitments as files: what the page shows is what each kind of file holds, and nothing else."""

import csv
import io
import json

import openpyxl
import pytest
import rispy
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import decisions, exports
from letters.exports import COLUMNS, reading
from letters.filters.commitments import CommitmentList
from letters.models import CommitmentMention, Letter
from tests.exported import FORMATS, download
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_submission,
    make_topic,
)
from tests.reading import text
from tests.test_commitments_page import FULFILS, PROMISE, REFERS, World
from tests.test_exports import words_in
from tests.test_exports_docx import footnotes_of, paragraphs_of

pytestmark = pytest.mark.django_db

FILTERS = [
    "soort=nieuw",
    "soort=verwijst",
    "onderwerp=oekraine",
    "bewindspersoon=kajsa-ollongren",
    "tot=2023",
    "briefdatum-van=2024",
    "q=commissiedebat",
    "sorteer=oudste",
    "onderwerp=china&soort=nieuw",
]


@pytest.fixture
def world():
    world = World()
    for letter, number in [(world.promise.letter, "kst-28676-446"), (world.fulfils.letter, "kst-28676-460")]:
        make_submission(letter, paper_number=number, session_year="2023-2024")
    return world


def items_in(client, query="") -> list[dict]:
    return json.loads(download(client, f"/toezeggingen/?format=json{query and '&' + query}"))["items"]


def on_page(client, query="") -> list[str]:
    return [row.sentence for row in client.get(f"/toezeggingen/{query and '?' + query}").context["items"]]


@pytest.mark.parametrize("query", ["", *FILTERS])
def test_a_file_has_what_the_page_has_in_its_order(client, world, query):
    make_follow_up(world.promise, world.fulfils)
    address = "/toezeggingen/?" + "&".join(sorted(filter(None, [query, "format=json"])))

    response = client.get(address, follow=True)
    found = json.loads(response.getvalue())

    assert [item["citaat"] for item in found["items"]] == on_page(client, query)
    assert found["metadata"]["aantal"] == len(found["items"])


def test_a_promise_says_what_took_it_up_and_a_mention_what_it_takes_up(client, world):
    make_follow_up(world.promise, world.fulfils)

    fulfils, refers, promise = items_in(client)

    later = "Kamerstukken II 2023/24, 28676, nr. 460, al. 1 http://testserver/brieven/verslag/#al-1"
    earlier = "Kamerstukken II 2023/24, 28676, nr. 446, al. 1 http://testserver/brieven/agenda/#al-1"
    assert (promise["laterIn"], promise["eerder"]) == ([later], [])
    assert (fulfils["laterIn"], fulfils["eerder"]) == ([], [earlier])
    assert (refers["laterIn"], refers["eerder"]) == ([], [])
    assert promise["laterNummers"] == [str(fulfils["vermeldingsnummer"])] == [str(world.fulfils.pk)]
    assert fulfils["eerderNummers"] == [str(promise["standpuntnummer"])] == [str(world.promise.pk)]


def test_a_row_has_what_researchers_need(client, world):
    CommitmentMention.objects.filter(pk=world.refers.pk).update(
        named="het commissiedebat", rule="zoals toegezegd"
    )

    item = items_in(client, "soort=verwijst")[0]

    assert list(item) == [column.key for column in COLUMNS["commitments"]]
    wanted = {
        "citaat": REFERS,
        "toezegging": ["verwijst naar een toezegging"],
        "toezeggingcode": ["verwijst"],
        "genoemdAls": "het commissiedebat",
        "status": "nagekeken",
        "onderwerpen": ["Oekraïne"],
        "bijeenkomsten": ["NAVO-ministers van Buitenlandse Zaken, 15 februari 2024"],
        "soort": "verslag",
        "briefdatum": "2024-02-20",
        "bronvermelding": "Kamerstukken II 2023/24, 28676, nr. 460, al. 2",
        "adres": "http://testserver/brieven/verslag/#al-2",
        "standpuntnummer": None,
        "vermeldingsnummer": world.refers.pk,
        "regel": ["zoals toegezegd"],
        "nagekeken": None,
        "brief": "verslag",
        "alinea": "2",
        "begin": 0,
        "einde": len(REFERS),
    }
    assert {key: item[key] for key in wanted} == wanted


def test_a_sentence_that_promises_and_refers_is_one_row_with_both(client):
    paragraph = make_paragraph(make_section(make_letter()), REFERS)
    promise = make_position(paragraph, stance="promise", rule="promise.volgt")
    mention = make_mention(paragraph, kind="refers", rule="zoals toegezegd", named="het commissiedebat")
    make_note("De brief kwam er.", position=promise, organisation="Redactie")

    [item] = items_in(client)

    assert item["toezegging"] == ["nieuwe toezegging", "verwijst naar een toezegging"]
    assert item["toezeggingcode"] == ["nieuw", "verwijst"]
    assert (item["standpuntnummer"], item["vermeldingsnummer"]) == (promise.pk, mention.pk)
    assert (item["genoemdAls"], item["regel"]) == (
        "het commissiedebat",
        ["promise.volgt", "zoals toegezegd"],
    )
    assert item["toelichting"] == ["De brief kwam er. (Redactie)"]


def test_a_mention_has_the_topics_by_which_it_is_found(client):
    own, of_section, unchecked = make_topic("china"), make_topic("oekraine"), make_topic("ruimte")
    paragraph = make_paragraph(make_section(make_letter(), topics=[of_section]), f"{REFERS} China is groot.")
    make_mention(paragraph, REFERS, kind="refers")
    make_position(paragraph, "China is groot.", topics=[own])
    make_position(paragraph, "China", topics=[unchecked], status="unchecked")

    [item] = items_in(client, "onderwerp=china")

    assert item["onderwerpcodes"] == ["oekraine", "china"]
    assert on_page(client, "onderwerp=ruimte") == []


def test_a_spreadsheet_has_the_rows_and_says_what_they_are(client, world):
    make_follow_up(world.promise, world.fulfils)

    rows, explanation = openpyxl.load_workbook(
        io.BytesIO(download(client, "/toezeggingen/?format=xlsx&onderwerp=oekraine"))
    ).worksheets
    facts = {row[0].value: row[1].value for row in explanation.iter_rows() if row[0].value}

    assert rows.title == "Passages over toezeggingen"
    assert [cell.value for cell in rows[1]] == [str(column.name) for column in COLUMNS["commitments"]]
    assert [row[0].value for row in rows.iter_rows(min_row=2)] == [REFERS, PROMISE]
    assert facts["Weergave"] == "Toezeggingen in brieven · Oekraïne"
    assert (facts["Aantal"], facts["Toezeggingen"]) == ("2", "alleen wat is nagekeken")
    assert facts["Adres van de weergave"] == "http://testserver/toezeggingen/?onderwerp=oekraine"


def test_a_table_has_human_names(client, world):
    make_follow_up(world.promise, world.fulfils)
    content = download(client, "/toezeggingen/?format=csv&soort=nieuw")

    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")

    assert (row["Citaat"], row["Soort toezegging"]) == (PROMISE, "nieuwe toezegging")
    assert row["Later in"].endswith("al. 1 http://testserver/brieven/verslag/#al-1")


def test_a_briefing_quotes_whole_with_what_people_linked_in_footnotes(client, world):
    make_follow_up(world.promise, world.fulfils)

    content = download(client, "/toezeggingen/?format=docx&onderwerp=oekraine&sorteer=oudste")

    assert [one for one in paragraphs_of(content) if one[0] != "Gegevens"] == [
        ("Title", "Toezeggingen in brieven · Oekraïne"),
        ("Heading 1", "Oekraïne"),
        ("Heading 2", "NAVO-ministers van Buitenlandse Zaken, 28 november 2023"),
        ("Heading 3", "Inzet: geannoteerde agenda, 20 november 2023"),
        ("Label", "Nieuwe toezegging"),
        ("Quote", PROMISE),
        ("Toelichting", f"Later in: verslag, 20 februari 2024 · komt een toezegging na: “{FULFILS}”"),
        ("Heading 2", "NAVO-ministers van Buitenlandse Zaken, 15 februari 2024"),
        ("Heading 3", "Inbreng: verslag, 20 februari 2024"),
        ("Label", "Verwijst naar een toezegging"),
        ("Quote", REFERS),
    ]
    assert footnotes_of(content) == {
        "1": "Kamerstukken II 2023/24, 28676, nr. 446, al. 1",
        "2": "Kamerstukken II 2023/24, 28676, nr. 460, al. 1",
        "3": "Kamerstukken II 2023/24, 28676, nr. 460, al. 2",
    }


@pytest.mark.parametrize("format", ["docx", "xlsx", "json"])
def test_a_file_says_that_it_is_not_the_register(client, world, format):
    said = "Dit is niet het register van de Kamer."

    assert said in words_in(download(client, f"/toezeggingen/?format={format}"))
    assert said not in words_in(download(client, f"/standpunten/?format={format}"))


def test_references_have_a_letter_once_with_its_sentences_as_notes(client, world):
    report, agenda = rispy.loads(download(client, "/toezeggingen/?format=ris").decode())

    assert (report["id"], agenda["id"]) == ("verslag", "agenda")
    assert report["notes"][1:] == [
        f"“{FULFILS}” (Kamerstukken II 2023/24, 28676, nr. 460, al. 1) http://testserver/brieven/verslag/#al-1",
        f"“{REFERS}” (Kamerstukken II 2023/24, 28676, nr. 460, al. 2) http://testserver/brieven/verslag/#al-2",
    ]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("query", ["", "&ongecontroleerd=ja"])
def test_nothing_that_is_not_public_is_in_a_file(client, world, format, query):
    letter = world.promise.letter
    for status in ("draft", "withdrawn"):
        paragraph = make_paragraph(make_section(make_letter(status=status)), f"GEHEIM {status}.")
        make_follow_up(world.promise, make_mention(paragraph, named="GEHEIM"))
        make_follow_up(make_position(paragraph, stance="promise"), world.refers)
    rejected = make_paragraph(make_section(letter), "GEHEIM afgewezen.")
    make_follow_up(world.promise, make_mention(rejected, status="rejected"))
    make_position(rejected, stance="promise", status="rejected")
    orphan = make_mention(make_paragraph(make_section(letter), "GEHEIM verdwenen."))
    CommitmentMention.objects.filter(pk=orphan.pk).update(paragraph=None)
    make_note("GEHEIM", is_public=False, position=world.promise)
    make_mention(make_paragraph(make_section(letter), "ONGEZIEN."), status="unchecked")

    words = words_in(download(client, f"/toezeggingen/?format={format}{query}"))

    assert "GEHEIM" not in words
    assert ("ONGEZIEN" in words) == bool(query) <= ("door computer herkend, niet nagekeken" in words)
    assert "Kamerstukken II 2023/24, 28676, nr. 446" in words


@pytest.mark.parametrize("status", ["unchecked", "rejected"])
def test_a_link_that_nobody_confirmed_is_in_no_file(client, world, status):
    make_follow_up(world.promise, world.fulfils, status=status)

    assert [item["laterIn"] + item["eerder"] for item in items_in(client)] == [[], [], []]


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_no_longer_called_a_promise_is_in_no_file(client, world, format):
    make_follow_up(world.promise, world.fulfils)

    decisions.decide([world.promise], "checked", by=None, corrections={"stance": "action"})

    assert PROMISE not in words_in(download(client, f"/toezeggingen/?format={format}"))


@pytest.mark.parametrize("format", FORMATS)
def test_a_list_without_items_is_a_file_too(client, format):
    assert client.get(f"/toezeggingen/?format={format}").getvalue() is not None


@pytest.mark.parametrize(
    "query", ["format=pdf", "format=csv&format=json", "format=csv&pagina=2", "format=csv&soort=verslag"]
)
def test_a_file_that_cannot_be_is_a_400(client, world, query):
    assert client.get(f"/toezeggingen/?{query}").status_code == 400


def test_a_file_is_named_for_its_view_and_kept_from_robots(client, world):
    whole = client.get("/toezeggingen/?format=csv")
    chosen = client.get("/toezeggingen/?format=csv&onderwerp=oekraine&soort=nieuw")

    assert whole["Content-Disposition"] == 'attachment; filename="toezeggingen-in-brieven.csv"'
    assert chosen["Content-Disposition"] == (
        'attachment; filename="passages-over-toezeggingen-oekraine-nieuwe-toezegging.csv"'
    )
    assert whole["X-Robots-Tag"] == "noindex"


def test_the_page_leads_to_its_files_and_says_what_it_cites(client, world):
    response = client.get("/toezeggingen/?onderwerp=oekraine")
    html = response.content.decode()

    assert [download["url"] for download in response.context["downloads"]] == [
        f"/toezeggingen/?format={format}&onderwerp=oekraine"
        for format in ["docx", "xlsx", "csv", "json", "ris", "bib", "csl"]
    ]
    assert "De hele weergave, niet alleen deze bladzijde: 2 passages in 2 brieven." in text(response)
    assert html.count('class="Z3988"') == 2
    assert client.get("/toezeggingen/?tot=2001").content.decode().count('class="Z3988"') == 0


def test_in_english_a_file_is_in_english_and_quotes_in_dutch(client, world):
    found = json.loads(download(client, "/en/toezeggingen/?format=json&soort=nieuw"))

    [item] = found["items"]
    assert found["metadata"]["weergave"] == "Commitments in letters · New commitment"
    assert (item["citaat"], item["toezegging"]) == (PROMISE, ["new commitment"])
    assert item["adres"] == "http://testserver/en/brieven/agenda/#al-1"


def export_of(query="") -> exports.Export:
    filtered = CommitmentList(QueryDict(query), path="/toezeggingen/")
    assert filtered.is_valid()
    return exports.Export(filtered, "https://brieven.example.nl", timezone.now())


def add_linked_pairs(number: int) -> None:
    for _number in range(number):
        order = Letter.objects.count()
        section = make_section(make_letter(meetings=[make_meeting()]), topics=[make_topic(f"t-{order}")])
        promise = make_position(make_paragraph(section, PROMISE), stance="promise")
        later = make_section(make_letter("report", meetings=[make_meeting()]))
        make_follow_up(promise, make_mention(make_paragraph(later, REFERS), kind="refers"))


@pytest.mark.parametrize("format", FORMATS)
def test_more_rows_cost_no_more_queries_as_long_as_they_are_one_part(format):
    counted = []

    for number in (3, 9):
        add_linked_pairs(number)
        with CaptureQueriesContext(connection) as queries:
            b"".join(exports.write(export_of(), exports.FORMATS[format]))
        counted.append(len(queries))

    assert counted[0] == counted[1] < 60  # most of which read the corpus: within a transaction it is not kept


def test_a_file_says_the_same_however_few_rows_are_read_at_a_time(monkeypatch, world):
    def written(format):
        return b"".join(exports.write(export_of("ongecontroleerd=ja"), exports.FORMATS[format]))

    add_linked_pairs(3)
    make_follow_up(world.promise, world.fulfils)
    whole = written("csv"), written("ris")
    monkeypatch.setattr(reading, "PART", 1)

    assert (written("csv"), written("ris")) == whole
