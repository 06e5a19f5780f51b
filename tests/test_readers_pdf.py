"""The small PDFs come from files/pdf/make_pdfs.py, which also says where the two real letters in other layouts are from."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from letters.parsing.document import BlockKind, MarkKind, Note
from letters.parsing.readers import errors
from letters.parsing.readers.hyphenation import Hyphenation
from letters.parsing.readers.pdf import read
from letters.parsing.readers.pdf.furniture import without_furniture
from letters.parsing.readers.pdf.lines import Line
from letters.parsing.readers.pdf.pieces import Piece
from tests.reading_gold import body_blocks, fold, gold, gold_blocks

HERE = Path(__file__).parent
STATEMENT = ["issued by the nato foreign ministers brussels, 23rd-24th march 2021"]

REAL_LETTERS = pytest.mark.parametrize(
    ("file", "letter", "left_out_by_gold"),
    [
        ("letters/agenda-2023-11-28.pdf", "agenda-2023-11-28", []),
        ("letters/verslag-2021-03-23.pdf", "verslag-2021-03-23", STATEMENT),
        ("files/pdf/agenda-zonder-witregels.pdf", "agenda-2023-11-28", []),
        ("files/pdf/verslag-met-afgebroken-woorden.pdf", "verslag-2021-03-23", STATEMENT),
    ],
)


def read_file(name: str):
    return read((HERE / name).read_bytes())


def layout(name: str) -> list[str]:
    """The texts of the blocks of one of the small PDFs, with the label in front."""
    return [f"{block.label} {block.text}".strip() for block in read_file(f"files/pdf/{name}.pdf").blocks]


@REAL_LETTERS
def test_every_paragraph_of_a_real_letter_is_one_block_and_nothing_else_is(file, letter, left_out_by_gold):
    expected = gold_blocks(letter)

    document = read_file(file)

    found = body_blocks(document, expected[0])
    assert [block for block in found if block not in left_out_by_gold] == expected
    assert [block for block in found if block not in expected] == left_out_by_gold


@REAL_LETTERS
def test_the_footnote_of_a_real_letter_is_a_note_and_its_mark_stands_in_the_text(
    file, letter, left_out_by_gold
):
    (footnote,) = gold(letter)["footnotes"]

    document = read_file(file)

    (note,) = document.notes
    assert fold(note.text).startswith(fold(footnote.get("text") or footnote["text_starts"]))
    (mark,) = (mark for block in document.blocks for mark in block.marks if mark.kind is MarkKind.FOOTNOTE)
    assert (mark.value, note.mark) == ("1", "1")


def test_a_footnote_mark_stands_where_it_stood():
    document = read_file("letters/agenda-2023-11-28.pdf")

    (block, mark) = next(
        (block, mark) for block in document.blocks for mark in block.marks if mark.kind is MarkKind.FOOTNOTE
    )
    assert block.text[: mark.start].endswith("het tegengaan van hybride dreigingen")
    assert block.text[mark.end :].startswith(". Het kabinet steunt")


def test_a_page_break_of_the_author_is_told():
    document = read_file("letters/verslag-2021-03-23.pdf")

    at = next(number for number, block in enumerate(document.blocks) if block.before_page_break)
    assert document.blocks[at + 1].text == "NATO Foreign Ministerial Statement"
    assert sum(block.before_page_break for block in document.blocks) == 1


def test_list_numbers_become_labels():
    document = read_file("letters/verslag-2021-03-23.pdf")

    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [block.label for block in items] == ["1.", "2.", "3.", "4."]


def layout_texts(name: str) -> list[str]:
    return [block.text for block in read_file(f"files/pdf/{name}.pdf").blocks]


# Layouts of ministries and of the Kamer


def test_a_column_beside_the_text_is_read_on_its_own_and_only_once():
    blocks = layout("ministerie-met-zijkolom")

    assert blocks[:20] == [
        "Ministerie van Buitenlandse Zaken",
        "> Retouradres Postbus 20061 2500 EB Den Haag",
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Prinses Irenestraat 6",
        "Den Haag",
        "Directie Veiligheidsbeleid",
        "Rijnstraat 8",
        "2515 XP Den Haag",
        "Postbus 20061",
        "Nederland",
        "www.rijksoverheid.nl",
        "Onze referentie",
        "BZ2524001",
        "Uw referentie",
        "2025Z01234",
        "Bijlage(n)",
        "1",
        "Datum\t4 april 2025",
        "Betreft\tVerslag van de bijeenkomst van de NAVO-ministers van Buitenlandse Zaken van 2 en 3 april 2025",
    ]
    assert [
        block for block in blocks[20:] if "referentie" in block or "Pagina" in block or "BZ25" in block
    ] == []


def test_headings_without_white_space_stand_alone_and_paragraphs_run_on_over_the_page():
    blocks = read_file("files/pdf/ministerie-met-zijkolom.pdf").blocks

    assert [
        (block.text, block.italic, block.underlined) for block in blocks if block.italic or block.underlined
    ] == [
        ("Oekraïne", True, False),
        ("Zuidflank", False, True),
        ("China en de Indo-Pacific", True, False),
    ]
    (over_the_page,) = (block for block in blocks if block.text.startswith("De tweede dag begon"))
    assert over_the_page.text.endswith("de samenwerking tussen de EU en de NAVO-landen in het oosten.")
    assert over_the_page.page == 1


def test_several_footnotes_on_several_pages_are_notes():
    document = read_file("files/pdf/ministerie-met-zijkolom.pdf")

    assert document.notes == (
        Note(
            "1",
            "Kamerstuk 28 676, nr. 446, over de voorbereiding van de bijeenkomst van de ministers in Brussel.",
            page=1,
        ),
        Note("2", "Zie ook de brief van 3 juni 2024.", page=1),
        Note("3", "Kamerstuk 28 676, nr. 470.", page=2),
    )
    before = [block.text[: mark.start][-8:] for block in document.blocks for mark in block.marks]
    assert before == ["Brussel.", " munitie", "hap. Het"]


def test_labels_in_the_margin_of_an_official_paper_stay_out_of_its_text():
    blocks = layout("kamerstuk")

    assert blocks[:15] == [
        "Tweede Kamer der Staten-Generaal\t2",
        "Vergaderjaar 2024–2025",
        "kst-28676-500",
        "ISSN 0921 - 7371",
        "’s-Gravenhage 2025",
        "28 676\tNAVO",
        "Nr. 500\tBRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 7 april 2025",
        "Hierbij bieden wij u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 13 en "
        "14 februari 2025.",
        "De Minister van Buitenlandse Zaken,",
        "A.B. de Voorbeeld",
        "De Minister van Defensie,",
        "C. Voorbeeld",
        "Oekraïne",
    ]
    assert [block for block in blocks[15:] if "vergaderjaar" in block or "kst-" in block] == []


def test_hyphens_of_the_author_stay_and_those_of_the_typesetter_go():
    (paragraph,) = (block for block in layout("kamerstuk") if block.endswith("stemden in."))

    assert paragraph == (
        "De bijeenkomst begon met een sessie over Oekraïne. De ministers bespraken de voortzetting van de steun en de "
        "levering van munitie. Nederland riep de bondgenoten op om de productie te versnellen en om de toezeggingen na "
        "te komen. De landen van de NAVO-flank in het oosten vroegen om extra luchtverdediging. De minister-president "
        "sprak met zijn ambtgenoten over de EU-NAVO samenwerking. Defensie- en buitenlandministers kwamen bijeen over "
        "de defensie-industrie, die in het hele bondgenootschap onder druk staat, en besloten tot een plan. De "
        "ministers en hun bondgenoten, defensie- en buitenlandministers bijeen, stemden in."
    )


def test_a_letter_of_one_column_with_a_table_on_top_and_two_signatures_side_by_side():
    blocks = layout("defensie-met-tabel")

    assert blocks[:8] == [
        "> Retouradres Postbus 20701 2500 ES Den Haag",
        "de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Bezuidenhoutseweg 67",
        "2594 AC Den Haag",
        "Datum\t24 maart 2025",
        "Betreft\tGeannoteerde agenda informele bijeenkomst van de NAVO-ministers van Defensie",
        "Onze referentie\tMINDEF20250012350",
        "Geachte voorzitter,",
    ]
    assert [block for block in blocks if block[:2] in ("1.", "2.", "3.")] == [
        "1. Oekraïne",
        "2. China",
        "3. Zuidflank",
    ]
    assert [block for block in blocks if block.startswith("•")] == [
        "• het versnellen van de productie van munitie en het gezamenlijk aankopen daarvan door de landen;",
        "• het vergroten van de weerbaarheid;",
        "• de bescherming van infrastructuur op zee.",
    ]
    assert blocks[-5:] == [
        "Hoogachtend,",
        "De minister van Defensie,",
        "C. Voorbeeld",
        "De minister van Buitenlandse Zaken,",
        "A.B. de Voorbeeld",
    ]
    assert [block for block in blocks[8:] if "MINDEF" in block or "Pagina" in block] == []


def test_short_last_lines_part_paragraphs_where_there_is_no_white_space():
    blocks = layout("zonder-witregels")

    assert [block[:24] for block in blocks] == [
        "Verslag van de bijeenkom",
        "Oekraïne",
        "De bijeenkomst begon met",
        "Tot slot stond de zuidfl",
        "China",
        "Bondgenoten wisselden va",
        "De bijeenkomst begon met",
        "Zuidflank",
        "Tot slot stond de zuidfl",
        "Bondgenoten wisselden va",
        "De bijeenkomst begon met",
        "Tot slot stond de zuidfl",
        "Bondgenoten wisselden va",
    ]
    assert {block[-1] for block in blocks if len(block) > 40} == {"."}


def test_a_header_that_stands_on_the_second_page_only_does_not_cut_the_paragraph_over_the_page_break():
    blocks = layout("kop-alleen-op-bladzijde-twee")

    assert blocks[:10] == [
        "Ministerie van Buitenlandse Zaken",
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Directie Veiligheidsbeleid",
        "Rijnstraat 8",
        "2515 XP Den Haag",
        "Onze Referentie",
        "BZDOC-812345678-12",
        "Datum\t4 april 2025",
        "Betreft\tVerslag van de bijeenkomst van 2 en 3 april 2025",
    ]
    assert [block[:34] for block in blocks[10:]] == [
        "Geachte voorzitter,",
        "Bondgenoten wisselden van gedachte",
        "De bijeenkomst begon met een sessi",
        "Tot slot stond de zuidflank op de ",
        "De minister van Buitenlandse Zaken",
    ]
    assert "de wederopbouw van de energievoorziening." in blocks[12]


def test_a_name_that_a_narrow_sidebar_breaks_is_one_block_and_stays_where_other_pages_repeat_it():
    blocks = layout("directie-over-twee-regels")

    assert blocks[:9] == [
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Den Haag",
        "Directie Veiligheidsbeleid",
        "Bezuidenhoutseweg 67",
        "2594 AC Den Haag",
        "Kenmerk",
        "DVB/NW-812/25",
        "Geachte voorzitter,",
    ]
    assert [block for block in blocks[9:] if "Directie" in block or "Kenmerk" in block] == []
    assert len(blocks) == 9 + 5 + 1


def test_a_subject_of_several_lines_runs_on_beside_the_values_of_a_sidebar():
    blocks = layout("betreft-naast-zijkolom")

    assert blocks[1:13] == [
        "Directie Veiligheidsbeleid",
        "Rijnstraat 8",
        "2515 XP Den Haag",
        "Onze Referentie",
        "BZDOC-812345678-12",
        "Uw Referentie",
        "2025Z01234",
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Den Haag",
        "Datum 16 april 2025",
        "Betreft Verslag van de bijeenkomst van de ministers van Buitenlandse Zaken in Brussel op 2 en 3 april 2025 over "
        "de inzet van het kabinet, en NAVO-vragen van de Kamer",
    ]


FIRST_PAGE = [
    (797, "Ministerie van Defensie"),
    (720, "Onze referentie"),
    (708, "MINDEF20250012350"),
    (680, "Betreft"),
    (680, "Verslag van 2 en 3 april 2025"),
    (640, "Geachte voorzitter,"),
    (600, "Hierbij bied ik u het verslag aan."),
]


@pytest.mark.parametrize(
    ("top", "is_header"),
    [
        ([(797, "MINDEF20250012350")], True),  # a reference
        ([(797, "Onze referentie MINDEF20250012350")], True),
        ([(797, "Ministerie van Defensie"), (786, "Onze referentie"), (766, "MINDEF20250012350")], True),
        ([(797, "Ministerie van Defensie | Onze referentie MINDEF20250012350 | Pagina 2 van 2")], True),
        ([(820, "Verslag van 2 en 4 april 2025")], False),  # higher than the first page, but not its words
        ([(820, "Verslag van 2 en 3 april 2025")], True),  # higher than anything on the first page
        ([(797, "Verslag van 2 en 3 april 2025")], False),  # a title
        ([(770, "Ministerie van Defensie")], False),  # a heading, for all that is known
        ([(770, "Bijlage")], False),
        ([(797, "In brief MINDEF20250012350 staat meer.")], False),
        ([(756, "MINDEF20250012350")], False),  # a line of the paragraph below it
    ],
)
def test_the_top_of_a_second_page_is_a_header_if_it_says_the_letterhead_again(top, is_header):
    text = [
        (744, "De ministers spraken over Oekraïne en"),
        (732, "over de zuidflank."),
        (720, "Daarna sloot de SG af."),
    ]

    first, second = without_furniture([lines(FIRST_PAGE, page=0), lines([*top, *text], page=1)], [842, 842])

    kept = [line.text for line in second]
    assert kept == [said for _, said in (text if is_header else [*top, *text])]
    assert [line.text for line in first] == [said for _, said in FIRST_PAGE]


def lines(texts: list[tuple[int, str]], page: int) -> list[Line]:
    found = []
    for y, text in texts:
        words, x = [], 300 if text.startswith("Verslag") and page == 0 else 79
        for word in text.split():
            words.append(Piece(word, x, x + 5 * len(word), y, 10))
            x += 5 * len(word) + 3
        found.append(Line(page, tuple(words)))
    return found


# Pages and words at an angle


def test_what_stands_at_an_angle_is_told():
    document = read_file("files/pdf/gedraaide-bladzijde.pdf")

    assert document.warnings == (
        "Gedraaide bladzijden: 2. De tekst is rechtop gelezen; controleer of die klopt.",
        "Op bladzijde 1 staat tekst dwars op de rest. Die is niet gelezen: “CONCEPT”. "
        "Controleer of die bij de brief hoort.",
    )
    assert [block.text[:30] for block in document.blocks] == [
        "De bijeenkomst begon met een s",
        "China",
        "Bondgenoten wisselden van geda",
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_letter_whose_pages_are_turned_reads_the_same(degrees):
    pdf = pdfium.PdfDocument((HERE / "files/pdf/defensie-met-tabel.pdf").read_bytes())
    for page in pdf:
        page.set_rotation(degrees)
    turned = BytesIO()
    pdf.save(turned)

    document = read(turned.getvalue())

    assert document.blocks == read_file("files/pdf/defensie-met-tabel.pdf").blocks
    assert document.warnings == (
        "Gedraaide bladzijden: 1, 2. De tekst is rechtop gelezen; controleer of die klopt.",
    )


@pytest.mark.parametrize("matrix", [(0, 1, -1, 0, 842, 0), (-1, 0, 0, -1, 595, 842), (0, -1, 1, 0, 0, 595)])
def test_text_on_its_side_reads_the_same(matrix):
    pdf = pdfium.PdfDocument((HERE / "files/pdf/defensie-met-tabel.pdf").read_bytes())
    for page in pdf:
        for item in page.get_objects():
            item.transform(pdfium.PdfMatrix(*matrix))
        if not matrix[0]:
            page.set_mediabox(0, 0, 842, 595)
        page.gen_content()
    turned = BytesIO()
    pdf.save(turned)

    document = read(turned.getvalue())

    assert [block.text for block in document.blocks] == layout_texts("defensie-met-tabel")


# Hyphens at the end of a line


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("de inzet van de NAVO-", "troepen in Mazar", "-"),  # capitals before it
        ("China en de Indo-", "Pacific, en de", "-"),  # a capital behind it
        ("in het kader van de G7-", "verklaring", "-"),  # a digit before it
        ("de defensie-", "en veiligheidsraad", "- "),  # stands for the rest of a word
        ("de bondge-", "noten spraken", ""),  # stands whole elsewhere in the document
        ("het Open Deur-", "beleid", "-"),  # stands with its hyphen elsewhere in the document
        ("de secretaris-", "generaal", "-"),  # a title
        ("de defensie-", "industrie", "-"),  # vowels that would be read as one
        ("voortvloei-", "end uit", ""),  # an ending
        ("de onder-", "handelingen", ""),  # nothing known: the typesetter was breaking words
        ("onder\xad", "handelingen", ""),  # a soft hyphen
        ("de samenwerking", "met de EU", " "),
        ("BUITEN-", "LANDSE ZAKEN", ""),  # capitals everywhere prove nothing
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_the_authors_or_the_typesetters(line, following, expected):
    typeset = [
        "bondgenoten",
        "Open Deur-beleid",
        "wer-",
        "bespre-",
        "kaar-",
        "lande-",
        "spreek-",
        "BUITENLANDSE",
    ]

    assert Hyphenation(typeset).join(line, following) == expected


def test_a_hyphen_is_the_authors_where_no_words_are_broken():
    assert Hyphenation(["geen", "enkel", "woord"] * 20).join("de lange-", "termijnsteun") == "-"


# What is refused


@pytest.mark.parametrize(
    ("name", "error"),
    [("versleuteld.pdf", errors.EncryptedPdf), ("scan-zonder-tekst.pdf", errors.ScanWithoutText)],
)
def test_what_has_no_readable_text_is_refused(name, error):
    with pytest.raises(error):
        read_file(f"files/pdf/{name}")


@pytest.mark.parametrize("damage", [lambda data: data[:3000], lambda data: b"%PDF-1.7\n" + b"x" * 500])
def test_a_damaged_file_is_refused(damage):
    data = (HERE / "letters/agenda-2023-11-28.pdf").read_bytes()

    with pytest.raises(errors.BrokenFile):
        read(damage(data))
