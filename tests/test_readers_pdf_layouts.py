"""Layouts that ministries and parliament use besides the plain page; the files come from files/pdf/make_pdfs.py."""

from pathlib import Path
from textwrap import wrap

import pytest

from letters.parsing.document import BlockKind, Note
from letters.parsing.readers.hyphenation import Hyphenation
from letters.parsing.readers.pdf import read
from tests.pdf_files import pdf, said, stream

HERE = Path(__file__).parent
UKRAINE = (
    "De bijeenkomst begon met een sessie over de steun. De ministers bespraken de levering van munitie aan het front en de "
    "samenwerking met de Europese Unie en met Canada. Het kabinet riep op om de productie te versnellen en om toezeggingen "
    "na te komen. De Verenigde Staten sloten zich bij deze oproep aan, evenals Duitsland en de landen in het oosten van "
    "Europa. Daarna spraken de ministers over de wederopbouw van de energievoorziening, waar de Noorse minister een "
    "voorstel voor had gedaan dat de meeste landen steunden."
)


def read_file(name: str):
    return read((HERE / f"files/pdf/{name}.pdf").read_bytes())


def begins(document) -> list[str]:
    return [block.text[:24] for block in document.blocks]


def texts(document) -> list[str]:
    return [block.text for block in document.blocks]


def set_in(width: int, *paragraphs: str, y: float = 760) -> str:
    """Set paragraphs in lines of so many characters, with white space between them."""
    lines = [line for paragraph in paragraphs for line in (*wrap(paragraph, width), "")]
    return said(*lines, y=y)


# Two columns


def test_text_in_two_columns_is_read_column_by_column():
    document = read_file("kamerstuk-twee-kolommen")

    assert begins(document) == [
        "Tweede Kamer der Staten-",
        "Vergaderjaar 2003–2004",
        "28 676\tNAVO",
        "Nr. 12\tBRIEF VAN DE MINI",
        "Den Haag, 7 april 2004",
        "Oekraïne",
        "De bijeenkomst begon met",
        "Tot slot stond de zuidfl",
        "China",
        "Bondgenoten wisselden va",
        "Bondgenoten wisselden va",
        "Slot",
        "De bijeenkomst begon met",
        "Tot slot stond de zuidfl",
    ]


def test_a_paragraph_goes_on_at_the_top_of_the_next_column():
    document = read_file("kamerstuk-twee-kolommen")

    (over_the_column,) = (block.text for block in document.blocks[:10] if block.text.startswith("Tot slot"))
    assert over_the_column.endswith(
        "De ministers kwamen overeen om de voortgang ieder half jaar te bespreken."
    )


def test_a_first_page_that_is_narrower_than_the_others_keeps_its_paragraphs():
    letter = pdf(set_in(58, UKRAINE, UKRAINE), set_in(95, UKRAINE, UKRAINE))

    document = read(letter)

    assert texts(document) == [UKRAINE] * 4


# Tables and boxes


def test_a_table_of_three_columns_is_read_row_by_row_also_high_on_the_first_page():
    document = read_file("tabel-en-kaders")

    rows = [block.text for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == [
        "Land\tBijdrage\tJaar",
        "Nederland\t2 miljard euro\t2024",
        "Duitsland\t7 miljard euro\t2024",
        "Letland\t0,3 miljard euro\t2025",
    ]


def test_a_box_beside_the_text_is_read_behind_the_sentence_that_it_stands_beside():
    document = read_file("tabel-en-kaders")

    assert texts(document)[-2:] == [
        "Kader 2: bescherming",
        "De landen beschermen samen de kabels en leidingen op de bodem van de zee, waarover de ministers in een eerdere "
        "bijeenkomst hebben gesproken.",
    ]
    (beside,) = (text for text in texts(document)[7:] if text.startswith("De bijeenkomst begon"))
    assert beside.endswith("de samenwerking tussen de EU en de NAVO-landen in het oosten.")


# Headers, footers, notes


def test_a_note_goes_on_at_the_foot_of_the_next_page():
    document = read_file("noot-over-twee-bladzijden")

    assert document.notes == (
        Note(
            "1",
            "Kamerstuk 28 676, nr. 446, waarin het kabinet uiteen heeft gezet hoe het denkt over de rol van de landen in "
            "Europa en over de gevolgen voor de begroting, zoals ook eerder aan de Kamer is gemeld in de brief van 3 juni "
            "2024.",
            page=1,
        ),
        Note("2", "Zie ook het verslag van de top.", page=2),
    )


def test_a_word_that_is_cut_at_the_end_of_the_page_is_whole():
    document = read_file("noot-over-twee-bladzijden")

    assert texts(document)[-2] == (
        "Nederland steunt dit voorstel en heeft dat in de raad uitgesproken. De bondgenoten waren het daarover eens en "
        "besloten om de onderlinge samenwerking te versterken. Daarbij is gekeken naar de inzet van middelen."
    )


@pytest.mark.parametrize(
    ("name", "margins"),
    [
        ("noot-over-twee-bladzijden", ("Departementaal Vertrouwelijk",)),
        ("kamerstuk", ("Tweede Kamer, vergaderjaar 2024–2025, 28 676, nr. 500",)),
        ("ministerie-met-zijkolom", ("Directie Veiligheidsbeleid", "Onze referentie", "BZ2524001")),
        ("gedraaide-bladzijde", ("CONCEPT",)),  # across the page
        ("zonder-witregels", ()),
    ],
)
def test_what_headers_and_footers_say_is_kept_once_beside_the_text(name, margins):
    assert read_file(name).margins == margins


@pytest.mark.parametrize(
    "footer",
    [
        "Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1".replace("–", "\\226"),
        "Tweede Kamer, vergaderjaar 2008-2009, 21 501-28, nr. 12",
        "Eerste Kamer, vergaderjaar 2021-2022, 28 676, AB",
        "Tweede Kamer, vergaderjaar 2022-2023, 36 200 V, nr. 9 3",
    ],
)
def test_the_foot_of_an_official_page_within_the_text_of_a_copy_cuts_no_sentence(footer):
    lines = wrap(UKRAINE, 80)
    copy = said(*lines[:3]) + said(footer, y=760 - 3 * 13 - 13, size=8) + said(*lines[3:], y=760 - 6 * 13)

    document = read(pdf(copy))

    assert texts(document) == [UKRAINE]
    assert document.margins == (footer.replace("\\226", "–"),)


# Typography


def test_ligatures_become_letters():
    mapping = "1 beginbfchar <41> <FB01> endbfchar 1 beginbfchar <42> <FB00> endbfchar"
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 60 0 R >>"
    )
    cmap = f"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00> <ff> endcodespacerange {mapping}"

    document = read(pdf(said("De Ananciën en de eBecten."), objects={3: font, 60: stream(cmap)}))

    assert texts(document) == ["De financiën en de effecten."]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("2.5 Tc " + said("VERSLAG VAN DE TOP"), "VERSLAG VAN DE TOP"),
        ("0.9 Tc " + said("De ministers waren in Brussel."), "De ministers waren in Brussel."),
        ("-0.2 Tc " + said("De ministers waren in Brussel."), "De ministers waren in Brussel."),
        ("3 Tw " + said("De ministers waren in Brussel."), "De ministers waren in Brussel."),
        (
            "BT /F 10 Tf 79 700 Td (D) Tj /F 8 Tf (E ) Tj /F 10 Tf (M) Tj /F 8 Tf (INISTER ) Tj /F 10 Tf (V) Tj /F 8 Tf (AN) Tj ET",
            "DE MINISTER VAN",  # small capitals
        ),
        ("BT /F 10 Tf 79 700 Td [(De minis) -20 (ters wa) 15 (ren er.)] TJ ET", "De ministers waren er."),  # kerned
        ("BT /F 10 Tf 79 700 Td [(De) -300 (ministers) -300 (waren) -300 (er.)] TJ ET", "De ministers waren er."),
        (  # each word set by itself, as far from the next as the narrow space of Times
            "".join(said(word, x=x) for word, x in (("De", 79), ("ministers", 94.3), ("waren", 139), ("er.", 168))),
            "De ministers waren er.",
        ),
        ("BT /F -10 Tf -1 0 0 -1 79 700 Tm (De ministers) Tj ET", "De ministers"),
    ],
)  # fmt: skip
def test_the_distance_between_letters_is_no_white_space_and_that_between_words_is(content, text):
    assert texts(read(pdf(content))) == [text]


def test_a_cut_within_a_word_of_the_letter_is_the_typesetters():
    hyphenation = Hyphenation(["de ministers en de verdediging", "in de haven"])

    joins = [
        hyphenation.join("de minis-", "teriële raad"),
        hyphenation.join("de luchtver-", "dediging"),
        hyphenation.join("de lange-", "termijnsteun"),
    ]

    assert joins == ["", "", "-"]
