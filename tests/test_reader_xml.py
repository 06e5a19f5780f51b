import datetime
import time
from pathlib import Path

import pytest

from letters.parsing.document import Block, BlockKind, Document, Mark, MarkKind, Note, PaperMetadata
from letters.parsing.readers import errors, read
from letters.parsing.readers.detection import XML
from tests.reading_gold import body_blocks, fold, gold, gold_blocks

LETTERS = Path(__file__).parent / "letters"

HEAD = (
    '<kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2024-2025</tekstregel>'
    '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel></kamerstukkop>'
)
DOSSIER = "<dossier><dossiernummer><dossiernr>28 676</dossiernr></dossiernummer><titel>NAVO</titel></dossier>"
NUMBER = '<stuknr>Nr. <ondernummer kamer="2">500</ondernummer></stuknr>'


def paper(
    body: str, head: str = HEAD, dossiers: str = DOSSIER, title: str = f"{NUMBER}<titel>BRIEF </titel>"
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<officiele-publicatie><kamerstuk>{head}{dossiers}<stuk>{title}'
        f"<algemeen><vrije-tekst><tekst>{body}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    ).encode()


def old_paper(body: str, notes: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kamerwrk kamer="2" publtype="KST"><kop><titel>Tweede Kamer der Staten-Generaal'
        "</titel><subtitel>Vergaderjaar 2002–2003</subtitel></kop><frontm><versie dtd='1.0'/><ordernr>KST65432</ordernr><vergjaar>"
        "2002–2003</vergjaar><onderw><nummer>28 676</nummer><naam>NAVO</naam></onderw></frontm><body><stuk><ltrlabel>Nr.</ltrlabel>"
        f"<nummer>1</nummer><titel>BRIEF VAN DE MINISTER VAN DEFENSIE</titel>{body}</stuk></body>{notes}</kamerwrk>"
    ).encode()


def blocks(data: bytes) -> list[Block]:
    """The blocks behind the dossier and the line with the paper's number."""
    return list(read(data, "brief.xml").blocks[2:])


def texts(data: bytes) -> list[str]:
    return [block.text for block in blocks(data)]


# A real letter


def test_every_paragraph_of_a_real_letter_is_one_block_and_nothing_else_is():
    expected = gold_blocks("agenda-2023-11-28")

    document = read((LETTERS / "kst-28676-446.xml").read_bytes(), "kst-28676-446.xml")

    assert document.media_type == XML
    assert body_blocks(document, expected[0]) == expected


def test_the_head_of_a_real_letter_is_read_as_the_lines_of_an_official_edition():
    document = read((LETTERS / "kst-28676-446.xml").read_bytes(), "kst-28676-446.xml")

    assert [block.text for block in document.blocks[:7]] == [
        "28 676 NAVO",
        "Nr. 446 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 20 november 2023",
        "Hierbij bied ik u aan de geannoteerde agenda voor de NAVO Foreign Ministers Meeting van 28–29 november 2023.",
        "De Minister van Buitenlandse Zaken,",
        "H.G.J. Bruins Slot",
    ]


def test_the_footnote_of_a_real_letter_is_a_note_and_its_mark_stands_in_the_text():
    (footnote,) = gold("agenda-2023-11-28")["editions"]["kst-28676-446.xml"]["footnotes"]

    document = read((LETTERS / "kst-28676-446.xml").read_bytes(), "kst-28676-446.xml")

    (note,) = document.notes
    assert fold(note.text).startswith(fold(footnote["text_starts"]))
    ((before, mark),) = [
        (block.text[: mark.start], mark) for block in document.blocks for mark in block.marks
    ]
    assert before.endswith(footnote["after"])
    assert (mark.kind, mark.value) == (MarkKind.FOOTNOTE, "1")


def test_what_a_real_letter_says_of_itself_as_data_becomes_metadata():
    document = read((LETTERS / "kst-28676-446.xml").read_bytes(), "kst-28676-446.xml")

    assert document.metadata == PaperMetadata(
        paper="kst-28676-446", dossiers=("28676",), chamber="Tweede Kamer", session_year="2023-2024"
    )


# The head and the signatures


@pytest.mark.parametrize(
    ("dossiers", "expected"),
    [
        (DOSSIER + DOSSIER.replace("28 676", "21 501-28").replace("NAVO", "Defensieraad"),
         ["28 676 NAVO", "21 501-28 Defensieraad"]),
        ("<dossier><dossiernummer><dossiernr>36 410</dossiernr><begrotingshoofdstuk>V</begrotingshoofdstuk></dossiernummer>"
         "<titel>Begroting</titel></dossier>", ["36 410 V Begroting"]),
        (DOSSIER.replace("NAVO", "Zeer lange titel " * 12), ["28 676", ("Zeer lange titel " * 12).strip()]),
        ("", []),
    ],
)  # fmt: skip
def test_every_dossier_is_a_line_of_its_own(dossiers, expected):
    document = read(paper("<al>Tekst.</al>", dossiers=dossiers), "brief.xml")

    assert [block.text for block in document.blocks] == [*expected, "Nr. 500 BRIEF", "Tekst."]


def test_a_number_without_its_abbreviation_gets_it():
    document = read(
        paper("<al>T.</al>", title="<stuknr><ondernummer>7</ondernummer></stuknr><titel>BRIEF</titel>"),
        "a.xml",
    )

    assert document.blocks[1].text == "Nr. 7 BRIEF"


def test_several_signatories_give_an_office_and_a_name_each():
    body = (
        "<al>Hierbij bieden wij u het verslag aan.</al><tekst-sluiting><ondertekening><functie>De Minister van Defensie,</functie>"
        "<naam><voornaam>R.P.</voornaam><achternaam>Jansen</achternaam></naam></ondertekening><ondertekening><functie>De Minister "
        "van Buitenlandse Zaken,</functie><naam><voornaam>A.</voornaam><voorvoegsels>van der</voorvoegsels>\n<achternaam>Berg"
        "</achternaam></naam></ondertekening></tekst-sluiting><al>Verder.</al>"
    )

    assert texts(paper(body)) == [
        "Hierbij bieden wij u het verslag aan.",
        "De Minister van Defensie,",
        "R.P. Jansen",
        "De Minister van Buitenlandse Zaken,",
        "A. van der Berg",
        "Verder.",
    ]


# Text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<al>De  ministers\n   spraken\u00a0af.</al>", ["De ministers spraken af."]),
        ("<al>bondge<?xpp afbreek?>noten en <?xpp qa?>anderen</al>", ["bondgenoten en anderen"]),
        ("<al>voor<!-- niemand leest dit -->komen</al>", ["voorkomen"]),
        ("<al>10 m<sup>2</sup>, CO<inf>2</inf></al>", ["10 m2, CO2"]),
        ("<al>Den Haag, <datum isodatum='2019-04-03'>3 april 2019</datum></al>", ["Den Haag, 3 april 2019"]),
        ("<al-groep><al>Een</al><al>Twee</al></al-groep><al>Drie</al>", ["Een", "Twee", "Drie"]),
        ("<al>Postbus 20061<br/>2500 EB Den Haag</al>", ["Postbus 20061", "2500 EB Den Haag"]),
        ("<al>voor</al><plaatje><illustratie naam='kst-1.png'/></plaatje><witreg/><al>na</al>", ["voor", "na"]),
        ("<officiele-inhoudsopgave><al>1 Algemeen</al></officiele-inhoudsopgave><al>Tekst</al>", ["Tekst"]),
        ("<al>Een <onbekend>woord</onbekend> erin</al>", ["Een woord erin"]),
        ("<onbekend>Een</onbekend><onbekend>Twee</onbekend>", ["Een", "Twee"]),
        ("<onbekend><anders><al>Een</al><al>Twee</al></anders></onbekend>", ["Een", "Twee"]),
        ("<box><al>In een kader</al></box>los", ["In een kader", "los"]),
        ("<definitielijst><definitie-item><term>DPAP</term><definitie><al>Een plan</al></definitie></definitie-item>"
         "</definitielijst>", ["DPAP", "Een plan"]),
    ],
)  # fmt: skip
def test_text_is_read_whole(body, expected):
    assert texts(paper(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<tussenkop kopopmaak='vet'>China</tussenkop>", Block("China", BlockKind.HEADING, level=1, bold=True)),
        ("<tussenkop kopopmaak='cur'>China</tussenkop>", Block("China", BlockKind.HEADING, level=4, italic=True)),
        ("<tussenkop kopopmaak='vetcur'>China</tussenkop>",
         Block("China", BlockKind.HEADING, level=3, bold=True, italic=True)),
        ("<tussenkop kopopmaak='ondlijn'>China</tussenkop>",
         Block("China", BlockKind.HEADING, level=5, underlined=True)),
        ("<tussenkop>1. China</tussenkop>", Block("China", BlockKind.HEADING, level=1, label="1.")),
        ("<al><nadruk type='vet'>China</nadruk></al>", Block("China", bold=True)),
        ("<al>over <nadruk type='cur'>burden sharing</nadruk></al>",
         Block("over burden sharing", marks=(Mark(MarkKind.EMPHASIS, 5, 19),))),
        ("<al>zie <extref doc='https://www.nato.int' soort='URL'>hier</extref></al>",
         Block("zie hier", marks=(Mark(MarkKind.LINK, 4, 8, "https://www.nato.int"),))),
        ("<al>zie <extref doc='kst-30821-175' soort='document'>Kamerstuk 30 821, nr. 175</extref></al>",
         Block("zie Kamerstuk 30 821, nr. 175")),
    ],
)  # fmt: skip
def test_headings_emphasis_and_links_are_kept(body, expected):
    assert blocks(paper(body)) == [expected]


def test_nested_divisions_give_the_levels_of_their_headings():
    body = (
        "<divisie><kop><nr>1.</nr><titel>Algemeen</titel></kop><al>A</al><divisie><kop><titel>Oekraïne</titel><subtitel>Steun"
        "</subtitel></kop><tussenkop kopopmaak='vet'>Materieel</tussenkop></divisie></divisie>"
        "<bijlage><kop><label>Bijlage</label><nr>1</nr><titel>Verklaring</titel></kop><al>B</al></bijlage>"
    )

    assert [(block.level, block.label, block.text) for block in blocks(paper(body))] == [
        (1, "1.", "Algemeen"),
        (None, "", "A"),
        (2, "", "Oekraïne"),
        (2, "", "Steun"),
        (3, "", "Materieel"),
        (1, "", "Bijlage 1 Verklaring"),
        (None, "", "B"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<lijst type='expliciet'><li><li.nr>a.</li.nr><al>een</al></li><li><li.nr>b.</li.nr><al>twee</al></li></lijst>",
         [("a.", "een"), ("b.", "twee")]),
        ("<lijst type='expliciet'><li><li.nr>1°</li.nr><al>een</al><al>vervolg</al></li></lijst>",
         [("1°", "een"), ("", "vervolg")]),
        ("<lijst type='expliciet'><li><li.nr>–</li.nr><al>een</al><lijst type='expliciet'><li><li.nr>•</li.nr><al>onder</al></li>"
         "</lijst></li></lijst>", [("–", "een"), ("•", "onder")]),
        ("<lijst type='a' start='3'><li><al>een</al></li><li><al>twee</al></li></lijst>", [("c.", "een"), ("d.", "twee")]),
        ("<lijst type='ongemarkeerd'><li><al>een</al></li></lijst>", [("•", "een")]),
        ("<lijst type='1' start='veel'><li>een</li></lijst>", [("1.", "een")]),
        ("<al>Dit zijn:<lijst type='expliciet'><li><li.nr>1.</li.nr><al>een</al></li></lijst>en meer.</al>",
         [("", "Dit zijn:"), ("1.", "een"), ("", "en meer.")]),
    ],
)  # fmt: skip
def test_items_of_lists_have_their_label(body, expected):
    assert [(block.label, block.text) for block in blocks(paper(body))] == expected


def test_a_table_gives_its_title_and_a_row_per_row_with_notes_at_their_place():
    body = (
        "<table><title>Tabel 1</title><tgroup cols='2'><colspec colname='c1' colnum='1'/><thead><row><entry>Land</entry>"
        "<entry><al>Bijdrage</al></entry></row></thead><tbody><row><entry>Nederland<noot id='t1' type='tabel'><noot.nr>*</noot.nr>"
        "<noot.al>Voorlopig.</noot.al></noot></entry><entry>1,95%</entry></row></tbody></tgroup></table>"
    )

    document = read(paper(body), "brief.xml")

    assert [(block.kind, block.text) for block in document.blocks[2:]] == [
        (BlockKind.TEXT, "Tabel 1"),
        (BlockKind.TABLE_ROW, "Land\tBijdrage"),
        (BlockKind.TABLE_ROW, "Nederland\t1,95%"),
    ]
    assert document.blocks[4].marks == (Mark(MarkKind.FOOTNOTE, 9, 9, "*"),)
    assert document.notes == (Note("*", "Voorlopig."),)


def test_notes_come_in_the_order_of_their_marks_also_in_titles_and_with_several_paragraphs():
    body = (
        "<tussenkop kopopmaak='vet'>China<noot id='b' type='voet'><noot.nr>2)</noot.nr><noot.al>Twee.</noot.al><noot.lijst>"
        "<noot.li><noot.al>En drie.</noot.al></noot.li></noot.lijst></noot></tussenkop><al>Nog eens."
        "<nootref refid='b'>2</nootref></al><al>Zonder nummer.<noot><noot.al>Drie.</noot.al></noot></al>"
    )
    title = f"{NUMBER}<titel>BRIEF<noot id='a' type='voet'><noot.nr>1</noot.nr><noot.al>Een.</noot.al></noot></titel>"

    document = read(paper(body, title=title), "brief.xml")

    assert [[mark.value for mark in block.marks] for block in document.blocks] == [
        [],
        ["1"],
        ["2"],
        ["2"],
        ["3"],
    ]
    assert document.notes == (Note("1", "Een."), Note("2", "Twee. En drie."), Note("3", "Drie."))


# The dialect of 1995 to 2009


def test_an_old_letter_is_read_from_its_head_to_its_notes():
    body = (
        "<al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al><al>Den Haag, <datum>12 november 2002</datum></al>"
        "<witreg/><al>Hierbij bied ik u het verslag aan.<voetref refid='v1' nr='1'/></al><tuskop letat='vet'>Irak</tuskop><al>De "
        "<nadruk type='cur'>Response Force</nadruk> is besproken.</al><lijst><li><li.nr>–</li.nr><al>een</al></li></lijst>"
        "<ondtek><functie>De Minister van Defensie,</functie><naam>A. B. Jansen</naam></ondtek>"
    )
    notes = "<voetnoot id='v1' nr='1'><al>Ter inzage gelegd.</al></voetnoot><voetnoot nr='2'><al>Los.</al></voetnoot>"

    document = read(old_paper(body, notes), "kst65432.xml")

    assert [block.text for block in document.blocks] == [
        "28 676 NAVO",
        "Nr. 1 BRIEF VAN DE MINISTER VAN DEFENSIE",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 12 november 2002",
        "Hierbij bied ik u het verslag aan.",
        "Irak",
        "De Response Force is besproken.",
        "een",
        "De Minister van Defensie,",
        "A. B. Jansen",
    ]
    assert document.blocks[5] == Block("Irak", BlockKind.HEADING, level=1, bold=True)
    assert document.blocks[4].marks == (Mark(MarkKind.FOOTNOTE, 34, 34, "1"),)
    assert document.notes == (Note("1", "Ter inzage gelegd."), Note("2", "Los."))
    assert document.metadata == PaperMetadata("kst-28676-1", ("28676",), "Tweede Kamer", None, "2002-2003")


def test_notes_without_a_place_that_refer_to_each_other_are_kept():
    notes = "<voetnoot nr='1'>Zie<voetref nr='2'/></voetnoot><voetnoot nr='2'>Zie<voetref nr='1'/></voetnoot>"

    document = read(old_paper("<al>Tekst.</al>", notes), "kst.xml")

    assert sorted(document.notes, key=lambda note: note.mark) == [Note("1", "Zie"), Note("2", "Zie")]


@pytest.mark.parametrize(
    "reference",
    ["<voetref refid='v1'>1</voetref>", "<voetref nr='1'/>", "<nootref href='v1'/>", "<voetref>1)</voetref>", "<voetref id='1'/>"],
)  # fmt: skip
def test_a_reference_of_any_make_finds_its_note(reference):
    document = read(
        old_paper(f"<al>Tekst{reference}.</al>", "<voetnoot id='v1' nr='1'>De noot.</voetnoot>"), "kst.xml"
    )

    assert document.blocks[2].marks == (Mark(MarkKind.FOOTNOTE, 5, 5, "1"),)
    assert document.notes == (Note("1", "De noot."),)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<nieuw>Een</nieuw><nieuw>Twee</nieuw>", ["Een", "Twee"]),
        ("<vragen><vraag>Een?</vraag><antw><al>Twee.</al></antw></vragen>", ["Een?", "Twee."]),
        (
            "<ondtek>De Minister van Defensie,<br/>A. Jansen</ondtek>",
            ["De Minister van Defensie,", "A. Jansen"],
        ),
        ("<al>Een <vet>woord</vet> hier</al>", ["Een woord hier"]),
    ],
)
def test_elements_of_the_old_dialect_that_nobody_described_are_text(body, expected):
    assert texts(old_paper(body)) == expected


# Data


@pytest.mark.parametrize(
    ("data", "field", "expected"),
    [
        (paper("<al>T</al>", head=HEAD.replace("Tweede", "Eerste"), title="<stuknr>B</stuknr>"), "chamber", "Eerste Kamer"),
        (paper("<al>T</al>", title="<stuknr><ondernummer kamer='1'>B</ondernummer></stuknr>"), "chamber", "Eerste Kamer"),
        (paper("<al>T</al>", title="<stuknr><ondernummer kamer='1'>B</ondernummer></stuknr>"), "paper", "kst-28676-B"),
        (paper("<al>T</al>", dossiers=""), "paper", None),
        (paper("<al>T</al>", dossiers=DOSSIER.replace("28 676", "21 501-28")), "paper", "kst-21501-28-500"),
        (paper("<al>T</al>", dossiers=DOSSIER + DOSSIER.replace("28 676", "36045")), "dossiers", ("28676", "36045")),
        (paper("<al>T</al>", dossiers="<dossier><dossiernummer><dossiernr>36 410</dossiernr><begrotingshoofdstuk>V"
               "</begrotingshoofdstuk></dossiernummer></dossier>"), "dossiers", ("36410-V",)),
        (paper("<al>T</al>"), "session_year", "2024-2025"),
        (paper("<al>T</al>", head=HEAD.replace("2024-2025", "1999–2000")), "session_year", "1999-2000"),
        (paper("<al>T</al>", head=HEAD.replace("2024-2025", "1998/99")), "session_year", "1998-1999"),
        (paper("<al>T</al>", head=HEAD.replace("2024-2025", "2024-2029")), "session_year", None),
        (paper("<al>Den Haag, <datum isodatum='2025-03-24'>24 maart 2025</datum></al>"), "date", datetime.date(2025, 3, 24)),
        (paper("<al>Ontvangen <datum isodatum='2025-03-26'>26 maart 2025</datum></al>"), "date", None),
        (paper("<al>Den Haag, <datum isodatum='24-03-2025'>24 maart 2025</datum></al>"), "date", None),
    ],
)  # fmt: skip
def test_what_a_paper_gives_as_data_is_metadata(data, field, expected):
    assert getattr(read(data, "brief.xml").metadata, field) == expected


def test_metadata_alone_is_a_document_without_text():
    document = read((LETTERS / "kst-28676-446.metadata.xml").read_bytes(), "metadata.xml")

    assert document == Document(
        XML,
        (),
        metadata=PaperMetadata(
            paper="kst-28676-446",
            dossiers=("28676",),
            chamber="Tweede Kamer",
            date=datetime.date(2023, 11, 20),
            session_year="2023-2024",
            title="Geannoteerde agenda voor de NAVO Foreign Ministers Meeting van 28-29 november 2023",
            submitters=("H.G.J. Bruins Slot",),
        ),
    )


@pytest.mark.parametrize(
    ("items", "field", "expected"),
    [
        ([("OVERHEIDop.dossiernummer", "28676;21501-28"), ("OVERHEIDop.dossiernummer", "36 410 V")], "dossiers",
         ("28676", "21501-28", "36410-V")),
        ([("OVERHEIDop.dossiernummer", "geen")], "dossiers", ()),
        ([("OVERHEIDop.indiener", "A. Jansen"), ("OVERHEIDop.indiener", "B. de Boer")], "submitters",
         ("A. Jansen", "B. de Boer")),
        ([("OVERHEIDop.datumBrief", "2023-11-20"), ("OVERHEIDop.datumBrief", "2023-11-21")], "date", None),
        ([("OVERHEIDop.datumBrief", "20 november")], "date", None),
        ([("DCTERMS.issued", "2023-11-21")], "date", None),
        ([("DC.identifier", "http://elders")], "paper", None),
        ([("DC.creator", "Ministerie van Defensie")], "chamber", None),
        ([], "title", None),
    ],
)  # fmt: skip
def test_metadata_hold_what_is_said_once_and_clearly(items, field, expected):
    content = "".join(f'<metadata name="{name}" scheme="" content="{value}"/>' for name, value in items)

    document = read(f"<metadata_gegevens>{content}</metadata_gegevens>".encode(), "metadata.xml")

    assert getattr(document.metadata, field) == expected


# Encodings and hostile files


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("UTF-8", "cp1252"), ("ISO-8859-1", "cp1252"), ("windows-1252", "cp1252"),
     ("ISO-8859-1", "utf-8"), ("UTF-16", "utf-16"), ("onzin", "cp1252")],
)  # fmt: skip
def test_letters_with_accents_survive_in_every_encoding(declared, encoding):
    text = paper("<al>Oekraïne en één</al>").decode().replace("UTF-8", declared)

    assert texts(text.encode(encoding)) == ["Oekraïne en één"]


def test_namespaces_make_no_difference():
    data = paper("<al>Een</al>").replace(b"<officiele-publicatie>", b'<officiele-publicatie xmlns="urn:op">')

    assert texts(data) == ["Een"]


def test_known_characters_by_name_are_read_where_only_a_far_away_dtd_explains_them():
    data = paper("<al>Oekra&iuml;ne&nbsp;en</al>").replace(
        b"?>\n", b'?>\n<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">'
    )

    assert texts(data) == ["Oekraïne en"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'<?xml version="1.0"?><officiele-publicatie><al>Niet af', errors.BrokenFile),
        (b'<?xml version="1.0"?><kamerwrk><al>Een</wrong></kamerwrk>', errors.BrokenFile),
        (b'<?xml version="1.0"?><kamerstuk><al>&onbekend;</al></kamerstuk>', errors.BrokenFile),
        (b'<?xml version="1.0"?>' + b"<al>" * 5000 + b"</al>" * 5000, errors.BrokenFile),
        (b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]><kamerstuk><al>&x;</al></kamerstuk>',
         errors.BrokenFile),
        (b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><kamerstuk><al>&b;</al></kamerstuk>',
         errors.BrokenFile),
        (b'<?xml version="1.0"?><rss><channel/></rss>', errors.OtherXml),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="urn:w"><w:body>Brief</w:body></w:wordDocument>', errors.OtherXml),
        (b'<?xml version="1.0"?><kamerstuk/>', errors.EmptyFile),
        (paper("", dossiers="", title=""), errors.EmptyFile),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_cause_of_its_own(data, error):
    with pytest.raises(errors.NotReadable) as caught:
        read(data, "brief.xml")

    assert type(caught.value) is error


def test_deep_but_honest_nesting_is_read():
    assert texts(paper("<divisie>" * 60 + "<al>Diep</al>" + "</divisie>" * 60)) == ["Diep"]


@pytest.mark.parametrize(
    "body",
    [
        "<table><tgroup><tbody><row><entry>" * 30 + "x" + "</entry></row></tbody></tgroup></table>" * 30,
        "<b>" * 100 + "<c>x</c>" * 3_000 + "</b>" * 100,
        "<al>t<voetref nr='1'/></al>" * 2_000 + "<voetnoot nr='1'>n</voetnoot>" * 2_000,
    ],
    ids=["tables in tables", "unknown elements", "notes with one number"],
)
def test_time_grows_with_the_paper_and_not_with_its_square(body):
    started = time.process_time()

    read(old_paper(body), "kst.xml")

    assert time.process_time() - started < 2
