"""The briefing of a view, read back with python-docx, and its parts with lxml."""

import io
import posixpath
import zipfile

import docx
import pytest
from lxml import etree

from tests.exported import LISTS, download, make_known_letter
from tests.factories import make_letter, make_note, make_paragraph, make_passage, make_position, make_section

pytestmark = pytest.mark.django_db

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def paragraphs_of(content: bytes) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in docx.Document(io.BytesIO(content)).paragraphs]


def footnotes_of(content: bytes) -> dict[str, str]:
    root = etree.fromstring(parts_of(content)["word/footnotes.xml"])
    notes = [note for note in root if note.get(f"{W}type") is None]
    return {note.get(f"{W}id"): "".join(note.itertext(f"{W}t")).strip() for note in notes}


def test_a_briefing_quotes_whole_under_topic_and_meeting(client):
    position = make_known_letter()
    make_note("De top volgde in juli.", position=position, organisation="Redactie")

    content = download(client, "/standpunten/?format=docx&soort=verslag")

    assert [one for one in paragraphs_of(content) if one[0] != "Gegevens"] == [
        ("Title", "Verslag"),
        ("Heading 1", "Oekraïne"),
        ("Heading 2", "NAVO-ministers van Buitenlandse Zaken, 28 november 2023"),
        ("Heading 3", "Inbreng: verslag, 5 december 2023"),
        ("Label", "riep op"),
        ("Quote", "Nederland riep op tot steun."),
        ("Toelichting", "Toelichting (Redactie): De top volgde in juli."),
    ]
    assert footnotes_of(content) == {"1": "Kamerstukken II 2023/24, 28676, nr. 446, al. 12"}


def test_a_sentence_that_points_back_has_the_one_before_it(client):
    section = make_section(make_letter())
    make_position(
        make_paragraph(section, "De NAVO steunt Oekraïne. Het kabinet steunt dit beleid."),
        "Het kabinet steunt dit beleid.",
    )

    content = download(client, "/standpunten/?format=docx")

    assert ("Quote", "De NAVO steunt Oekraïne. Het kabinet steunt dit beleid.") in paragraphs_of(content)


@pytest.mark.parametrize("address", LISTS)
def test_every_reference_has_its_footnote_and_every_footnote_its_reference(client, address):
    make_known_letter()
    make_position(make_passage("Nederland steunt China niet."))

    parts = parts_of(download(client, f"{address}?format=docx"))

    referred = etree.fromstring(parts["word/document.xml"]).iter(f"{W}footnoteReference")
    notes = etree.fromstring(parts["word/footnotes.xml"])
    named = etree.fromstring(parts["word/settings.xml"]).findall(f"{W}footnotePr/{W}footnote")
    separators = [note.get(f"{W}id") for note in notes if note.get(f"{W}type")]
    assert [one.get(f"{W}id") for one in referred] == [
        n.get(f"{W}id") for n in notes if not n.get(f"{W}type")
    ]
    assert [one.get(f"{W}id") for one in named] == separators == ["-1", "0"]


@pytest.mark.parametrize("address", LISTS)
def test_all_relationships_lead_somewhere_and_every_part_has_its_type(client, address):
    make_known_letter()

    parts = parts_of(download(client, f"{address}?format=docx"))

    types = etree.fromstring(parts["[Content_Types].xml"])
    overrides = {
        one.get("PartName").lstrip("/"): one.get("ContentType") for one in types if one.get("PartName")
    }
    assert overrides["word/footnotes.xml"] == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )
    for name in [name for name in parts if name.endswith(".rels")]:
        folder, _slash, file = name.rpartition("_rels/")
        known = {one.get("Id"): one for one in etree.fromstring(parts[name])}
        inside = [one.get("Target") for one in known.values() if one.get("TargetMode") != "External"]
        assert [
            one
            for one in inside
            if posixpath.normpath(posixpath.join("/", folder, one)).lstrip("/") not in parts
        ] == []
        source = parts.get(folder + file.removesuffix(".rels"))
        used = (
            set(etree.fromstring(source).xpath("//@r:id", namespaces={"r": R.strip("{}")}))
            if source
            else set()
        )
        assert used <= set(known)


def test_every_style_that_is_used_exists(client):
    make_known_letter()

    parts = parts_of(download(client, "/standpunten/?format=docx"))

    known = {one.get(f"{W}styleId") for one in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for name in ["word/document.xml", "word/footnotes.xml"]
        for one in etree.fromstring(parts[name]).iter(f"{W}pStyle", f"{W}rStyle")
    }
    assert used - known == set()
    assert {"Quote", "FootnoteText", "FootnoteReference", "Hyperlink"} <= used


def test_it_is_in_dutch_and_says_where_it_is_not(client):
    section = make_section(make_letter())
    make_paragraph(section, "The allies met.", language="en")

    parts = parts_of(download(client, "/zoeken/?format=docx"))

    default = etree.fromstring(parts["word/styles.xml"]).find(f"{W}docDefaults//{W}lang")
    said = [one.get(f"{W}val") for one in etree.fromstring(parts["word/document.xml"]).iter(f"{W}lang")]
    assert (default.get(f"{W}val"), said) == ("nl-NL", ["en-GB"])


def test_what_xml_cannot_hold_is_replaced(client):
    make_passage("Steun\x07 aan\ufffe <Oekraïne> & anderen")

    content = download(client, "/zoeken/?format=docx")

    assert ("Quote", "Steun� aan� <Oekraïne> & anderen") in paragraphs_of(content)


def test_a_letter_without_subject_is_named_by_its_kind_and_date_once(client):
    make_letter("report", subject="", date="2021-04-01")
    make_letter("report", subject="De NAVO", date="2021-04-02")

    lines = paragraphs_of(download(client, "/brieven/?format=docx&sorteer=oudste"))

    assert [words for style, words in lines if style == "List Bullet"] == [
        "Verslag, 1 april 2021",
        "Verslag, 2 april 2021: De NAVO",
    ]
