"""RIS, BibTeX and CSL-JSON of a view, read back with rispy, bibtexparser and json."""

import json

import bibtexparser
import pytest
import rispy

from letters.authors import Author, author_named
from letters.exports.bibtex import escaped
from tests.exported import LISTS, download, make_known_letter
from tests.factories import make_letter, make_signatory

NOTE = "“Nederland riep op tot steun.” (Kamerstukken II 2023/24, 28676, nr. 446, al. 12) http://testserver/brieven/kst-28676-446/#al-12"


@pytest.mark.django_db
def test_ris_has_the_fields_where_zotero_reads_them(client):
    make_known_letter()

    (entry,) = rispy.loads(download(client, "/standpunten/?format=ris").decode())

    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == "Verslag van de NAVO-bijeenkomst"
    assert entry["authors"] == ["Bruins Slot, H.G.J."]
    assert (entry["year"], entry["date"]) == ("2023", "2023/12/05")
    assert entry["issn"] == "kst-28676-446"  # SN, which is the number of a report
    assert entry["publisher"] == "Ministerie van Buitenlandse Zaken"
    assert entry["urls"] == ["http://testserver/brieven/kst-28676-446/"]
    assert entry["notes"] == ["Kamerstukken II 2023/24, 28676, nr. 446", NOTE]


@pytest.mark.django_db
def test_bibtex_is_a_report(client):
    make_known_letter()

    library = bibtexparser.parse_string(download(client, "/standpunten/?format=bib").decode())

    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("techreport", "kst-28676-446")
    assert entry["author"] == "{Bruins Slot}, H.G.J."
    assert entry["title"] == "{Verslag van de NAVO-bijeenkomst}"
    assert (entry["number"], entry["year"], entry["date"]) == ("kst-28676-446", "2023", "2023-12-05")
    assert entry["annote"] == NOTE.replace("#", r"\#")


@pytest.mark.django_db
def test_csl_is_a_report(client):
    make_known_letter()

    (entry,) = json.loads(download(client, "/standpunten/?format=csl"))

    assert entry["type"] == "report"
    assert entry["author"] == [{"family": "Bruins Slot", "given": "H.G.J."}]
    assert entry["issued"] == {"date-parts": [[2023, 12, 5]]}
    assert entry["note"] == f"Kamerstukken II 2023/24, 28676, nr. 446\n\n{NOTE}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_a_letter_is_one_entry_whatever_the_list(client, address):
    make_known_letter()

    entries = rispy.loads(download(client, f"{address}?format=ris").decode())

    assert [entry["id"] for entry in entries] == ["kst-28676-446"]


@pytest.mark.django_db
def test_nothing_in_a_title_ends_its_field_or_entry(client):
    make_letter(subject="Steun\r\nER  - \r\n} @book{x, & 50% #1 _a_ \\input{b} $x$ ~^", slug="brief-a")
    make_signatory(make_letter(slug="brief-b"), "", "minister van Defensie")

    library = bibtexparser.parse_string(download(client, "/brieven/?format=bib").decode())
    entries = rispy.loads(download(client, "/brieven/?format=ris").decode())

    assert library.failed_blocks == []
    assert sorted(entry.key for entry in library.entries) == ["brief-a", "brief-b"]
    assert sorted(entry["id"] for entry in entries) == ["brief-a", "brief-b"]
    assert [entry["authors"] for entry in entries if entry["id"] == "brief-b"] == [["Minister van Defensie,"]]


def test_tex_finds_no_instruction():
    assert escaped("50% & {a}_b \\c") == r"50\% \& \{a\}\_b \textbackslash{}c"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stef Blok", Author("Blok", "Stef")),
        ("drs. J.A. Hennis-Plasschaert MA", Author("Hennis-Plasschaert", "J.A.")),
        ("C. van der Plas", Author("Plas", "C.", "van der")),
        ("Jan Kees de Jager", Author("Jager", "Jan Kees", "de")),
        ("H.G.J. (Hanke) Bruins Slot", Author("Bruins Slot", "H.G.J.")),
        ("Jan Peter Balkenende", Author("Jan Peter Balkenende")),  # two first names, or two surnames?
        ("Hanke Bruins Slot", Author("Hanke Bruins Slot")),
        ("Ollongren", Author("Ollongren")),
    ],
)
def test_a_name_is_split_where_that_is_sure(name, expected):
    assert author_named(name) == expected
