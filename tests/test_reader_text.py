import time

import pytest

from letters.parsing.document import BlockKind, Mark, MarkKind, Note
from letters.parsing.readers.text import read


def texts(source: str | bytes) -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    return [block.text for block in read(data).blocks]


def test_bookmarks_of_word_disappear():
    assert texts("[bookmark: _Hlk150342748]\n\n[bookmark: _Hlk1]De ministers spraken.") == [
        "De ministers spraken."
    ]


def test_a_footnote_of_word_leaves_its_mark_and_becomes_a_note():
    document = read(
        b"Het tegengaan van dreigingen[footnoteRef:2]. Dit werkt. [2:  Zie ook\nKamerstuk 1. ] \n\nVerder."
    )

    assert [block.text for block in document.blocks] == [
        "Het tegengaan van dreigingen. Dit werkt.",
        "Verder.",
    ]
    assert document.blocks[0].marks == (Mark(MarkKind.FOOTNOTE, 28, 28, "2"),)
    assert document.notes == (Note("2", "Zie ook Kamerstuk 1."),)


def test_a_footnote_that_cuts_a_paragraph_is_put_back_at_its_mark():
    source = "Dreiging jegens troepen.¹ Verder hebben zij mandaten\n\n¹ Kamerbrief, nr. 353\n\nen vullen zij aan.\n\nSlot."

    document = read(source.encode())

    assert [block.text for block in document.blocks] == [
        "Dreiging jegens troepen. Verder hebben zij mandaten en vullen zij aan.",
        "Slot.",
    ]
    assert document.blocks[0].marks == (Mark(MarkKind.FOOTNOTE, 24, 24, "1"),)
    assert document.notes == (Note("1", "Kamerbrief, nr. 353"),)


def test_numbers_that_a_web_page_glued_to_words_become_marks_when_their_notes_follow():
    source = "Dit helpt beschermen.1 De NAVO2030-agenda blijft2.\n\n1 Kamerstuk 28 676, nr. 1.\n\n2 Zie ook de brief."

    document = read(source.encode())

    assert [block.text for block in document.blocks] == ["Dit helpt beschermen. De NAVO2030-agenda blijft."]
    assert [(mark.value, mark.start) for mark in document.blocks[0].marks] == [("1", 21), ("2", 47)]
    assert document.notes == (Note("1", "Kamerstuk 28 676, nr. 1."), Note("2", "Zie ook de brief."))


def test_notes_between_brackets_are_tied_to_their_marks():
    document = read(b"Over beide bijeenkomsten.[1] Verder niets.\n\n[1] Kamerstuk 28 676, nr. 437.\n")

    assert [block.text for block in document.blocks] == ["Over beide bijeenkomsten. Verder niets."]
    assert document.notes == (Note("1", "Kamerstuk 28 676, nr. 437."),)


def test_notes_of_an_old_web_page_are_taken_from_its_end():
    document = read(b"De missie.\n\nX Noot\n1\n\nTer inzage gelegd.\n")

    assert [block.text for block in document.blocks] == ["De missie."]
    assert document.notes == (Note("1", "Ter inzage gelegd."),)


def test_a_number_glued_to_a_word_is_the_mark_of_the_note_with_that_number():
    text = (
        "Hierover bent u geïnformeerd.1 De COVID19 hield aan2.\n\nX Noot\n1\n\nKamerstuk 36 045, nr. 125.\n"
    )

    document = read(text.encode())

    assert [block.text for block in document.blocks] == [
        "Hierover bent u geïnformeerd. De COVID19 hield aan2."
    ]
    assert document.blocks[0].marks == (Mark(MarkKind.FOOTNOTE, 29, 29, "1"),)


def test_emphasis_between_asterisks_becomes_a_mark_and_a_whole_bold_line_is_bold():
    document = read("**Oekraïne**\n\nHet *commitment* van de VS.".encode())

    heading, paragraph = document.blocks
    assert (heading.text, heading.bold) == ("Oekraïne", True)
    assert (paragraph.text, paragraph.marks) == (
        "Het commitment van de VS.",
        (Mark(MarkKind.EMPHASIS, 4, 14),),
    )


WRAPPED = """\
Bondgenoten spraken over de noodzaak van het op korte termijn invullen van de
capaciteitsdoelstellingen ten behoeve van afschrikking en verdediging, zoals
afgelopen zomer vastgesteld.
Oekraïne
De ministers spraken met hun Oekraïense collega over de situatie aan het front
en over de behoefte aan luchtverdediging.
Nederland zal daarnaast bijdragen aan een fonds voor de aankoop van munitie en
aan de opleiding van piloten.
"""


def test_wrapped_lines_without_blank_lines_become_paragraphs_and_headings():
    assert texts(WRAPPED) == [
        "Bondgenoten spraken over de noodzaak van het op korte termijn invullen van de capaciteitsdoelstellingen ten "
        "behoeve van afschrikking en verdediging, zoals afgelopen zomer vastgesteld.",
        "Oekraïne",
        "De ministers spraken met hun Oekraïense collega over de situatie aan het front en over de behoefte aan "
        "luchtverdediging.",
        "Nederland zal daarnaast bijdragen aan een fonds voor de aankoop van munitie en aan de opleiding van piloten.",
    ]


def test_a_compound_broken_at_the_end_of_a_line_stays_one_word():
    source = (
        WRAPPED
        + "Bondgenoten bespraken verder ook de samenwerking met de partners in de Indo-\nPacific regio.\n"
    )

    assert texts(source)[-1].endswith("in de Indo-Pacific regio.")


def test_lines_that_are_whole_paragraphs_stay_apart():
    first, second = "De eerste alinea is lang. " * 9, "De tweede alinea ook. " * 10

    assert texts(f"Kop\n{first}\n{second}\n") == ["Kop", first.strip(), second.strip()]


def test_a_pipe_table_gives_rows_with_cells():
    document = read(b"Datum | 24 maart 2025 |\n> Retouradres Postbus 20701 | |\n")

    assert [(block.kind, block.text) for block in document.blocks] == [
        (BlockKind.TABLE_ROW, "Datum\t24 maart 2025"),
        (BlockKind.TABLE_ROW, "Retouradres Postbus 20701"),
    ]


def test_a_list_number_stands_apart_from_its_text():
    document = read("1. Algemeen\n– een streepje\nJ. S. J. Hillen\n".encode())

    assert [(block.label, block.text) for block in document.blocks] == [
        ("1.", "Algemeen"),
        ("–", "een streepje"),
        ("", "J. S. J. Hillen"),
    ]


def test_running_heads_and_page_numbers_do_not_leak_into_the_text():
    source = "De ministers.\nTweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1\nPagina 4 van 5\nRusland.\n2\n\fVerder."

    assert texts(source) == ["De ministers.", "Rusland.", "Verder."]


def test_what_a_web_copy_prints_above_the_letter_is_left_out():
    source = "[overzicht] [activiteiten]\n\nNummer: 2024D41170\n\nPreview document (🔗 origineel)\n\nGeachte voorzitter,"

    assert texts(source) == ["Geachte voorzitter,"]


@pytest.mark.parametrize(
    "data",
    [
        "Oekraïne één".encode(),
        "Oekraïne één".encode("utf-8-sig"),
        "Oekraïne één".encode("utf-16"),
        "Oekraïne één".encode("cp1252"),
        "Oekra├»ne ├®├®n".encode(),  # UTF-8 that was read as code page 850
        "OekraÃ¯ne Ã©Ã©n".encode(),  # … as Windows-1252
        "OekraÃ¯ne Ã©Ã©n".encode("utf-16"),
    ],
)
def test_every_encoding_that_occurs_gives_the_same_letters(data):
    assert texts(data) == ["Oekraïne één"]


def test_letters_that_were_put_right_are_told_to_the_clerk():
    document = read("De SG’s agenda; de ministerâ€™s inzet, geÃ¯nformeerd".encode())

    assert [block.text for block in document.blocks] == ["De SG’s agenda; de minister’s inzet, geïnformeerd"]
    assert len(document.warnings) == 1


@pytest.mark.parametrize("text", ["São Paulo, Ângström, Ærø, Łódź", "één à twee", "«dual track» – € 5"])
def test_letters_that_are_right_stay_as_they_are(text):
    document = read(text.encode())

    assert [block.text for block in document.blocks] == [text]
    assert document.warnings == ()


FIELDS = [
    ('zie HYPERLINK "https://www.nato.int/a" \\h de verklaring.', "zie de verklaring."),
    ('zie HYPERLINK \\l "_Toc12" de agenda.', "zie de agenda."),
    ("zie paragraaf REF _Ref123456 \\h 2 hieronder.", "zie paragraaf 2 hieronder."),
    ("Het woord HYPERLINK staat hier.", "Het woord HYPERLINK staat hier."),
]


@pytest.mark.parametrize(("source", "text"), FIELDS)
def test_fields_of_word_leave_only_what_they_show(source, text):
    assert texts(source) == [text]


@pytest.mark.parametrize("bullet", ["·", "o", "§", "▪", "\uf0b7", "\uf0a7", "•", "–"])
@pytest.mark.parametrize("gap", ["\t", " ", "   "])
def test_a_bullet_of_word_is_a_label(bullet, gap):
    (block,) = read(f"{bullet}{gap}steun aan Oekraïne;".encode()).blocks

    assert (block.label, block.text) == (bullet, "steun aan Oekraïne;")


def test_a_line_of_a_web_page_around_the_letter_is_left_out():
    source = """[overzicht] [activiteiten] [ongeplande activiteiten]
Kamerstuk
Datum publicatie | Organisatie | Vergaderjaar |
---|---|---|
U bent hier:
Bron: https://zoek.officielebekendmakingen.nl/kst-28676-1.html
De ministers spraken.
Naar boven
Bijlagen:
"""

    assert texts(source) == ["De ministers spraken."]


def test_a_running_head_inside_a_line_is_left_out_and_a_reference_is_not():
    source = (
        "De steun Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1 gaat door "
        "(Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 9)."
    )

    assert texts(source) == ["De steun gaat door (Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 9)."]


PARAGRAPH = """De ministers spraken over de voortzetting van de steun, over de gevolgen daarvan voor
de voorraden van de bondgenoten en over de productie van munitie in de komende jaren,
waarvoor langjarige contracten nodig zijn en waarvoor bondgenoten zich inspannen.1
"""


def test_a_heading_in_wrapped_text_stays_apart_behind_the_number_of_a_note():
    source = f"{PARAGRAPH}Westelijke Balkan\n{PARAGRAPH}"

    assert texts(source)[1] == "Westelijke Balkan"


def test_a_title_in_capitals_does_not_run_into_the_line_below_it():
    title = "VERSLAG BIJEENKOMST NAVO-MINISTERS VAN BUITENLANDSE ZAKEN 30 NOVEMBER – 1 DECEMBER 2021"

    assert texts(f"{title}\nIntroductie\n{PARAGRAPH}Rusland\n{PARAGRAPH}")[:2] == [title, "Introductie"]


def test_a_line_that_held_a_bookmark_of_word_was_as_long_as_the_others_when_it_was_wrapped():
    lines = [
        "[bookmark: _Toc99]Munitie",
        "[bookmark: _Hlk150342748]De ministers kwamen bijeen op de basis",
        "Ämari en spraken daar met de bevelhebber over de voorraden van munitie en",
        "over de vraag hoe lang die zouden duren wanneer de aanvoer over zee wordt",
        "verstoord. Zij kwamen overeen dat daarvoor een plan nodig is, waarin elke",
        "bondgenoot laat zien wat in eigen land kan worden vervaardigd en wat niet",
        "zonder hulp van andere landen op tijd te leveren is. Verder wees Estland",
        "op de ligging van de havens.",
    ]

    assert texts("\n".join(lines)) == [
        "Munitie",
        " ".join(["De ministers kwamen bijeen op de basis", *lines[2:]]),
    ]


def test_sessions_that_are_counted_in_a_list_are_no_marks_of_notes():
    assert texts("1. Sessie 1\n\nZij spraken lang.\n\n2. Sessie 2\n\nZij spraken kort.") == [
        "Sessie 1",
        "Zij spraken lang.",
        "Sessie 2",
        "Zij spraken kort.",
    ]


def test_short_paragraphs_on_a_line_each_stay_apart():
    lines = [
        "De ministers spraken over de steun aan Oekraïne en over de productie.",
        "Wapenbeheersing",
        "Bondgenoten bespraken het verdrag en riepen op tot naleving daarvan.",
        "Westelijke Balkan",
        "De situatie in Bosnië-Herzegovina werd besproken met de vertegenwoordiger.",
    ]

    assert texts("\n".join(lines)) == lines


GLUED = [
    ("Dat moeten wij beschermen.1\n\n1 Kamerstuk 28 676, nr. 5", "Dat moeten wij beschermen.", ["1"]),
    ("Aldus de SG.1\n\n1 Kamerstuk 28 676, nr. 5", "Aldus de SG.", ["1"]),
    ("De uitgaven1 stijgen.\n\n1 Kamerstuk 28 676, nr. 5", "De uitgaven stijgen.", ["1"]),
    (
        "Dat eindigt in 2029.1 Daarna niet.\n\n1 Kamerstuk 28 676, nr. 5",
        "Dat eindigt in 2029. Daarna niet.",
        ["1"],
    ),
    # numbers that belong to the text
    ("Over NAVO2030, de G7, nr.1 en 2% is gesproken.", "Over NAVO2030, de G7, nr.1 en 2% is gesproken.", []),
    ("Een F-35, 6,5 miljard en artikel 5.", "Een F-35, 6,5 miljard en artikel 5.", []),
]


@pytest.mark.parametrize(("source", "text", "marks"), GLUED)
def test_a_number_glued_to_a_word_is_a_mark_only_where_a_note_belongs_to_it(source, text, marks):
    document = read(source.encode())

    assert document.blocks[0].text == text
    assert [note.mark for note in document.notes] == marks


@pytest.mark.parametrize(
    "filler", [" ", "\t", "[1: ", "- ", "Kamerstuk ", 'HYPERLINK "a" ', "A. ", "| ", "aan1 ", "nr. 1 "]
)
def test_one_long_line_is_read_in_time_that_grows_with_its_length(filler):
    source = f"x{filler * (300_000 // len(filler))}y".encode()

    start = time.process_time()
    read(source)

    assert time.process_time() - start < 5


@pytest.mark.parametrize("line", ["1 aan1\n", "1\n", "aan1\n1 noot en\n", "Ondertekenaars\n", "Inhoud\n1\n"])
def test_many_short_lines_are_read_in_time_that_grows_with_their_number(line):
    source = (line * 20_000).encode()

    start = time.process_time()
    read(source)

    assert time.process_time() - start < 5


def test_a_row_with_pipes_that_goes_on_in_the_next_line_is_one_row():
    document = read(b"Betreft | Verslag van de bijeenkomsten\nvan 3 mei |\nGeachte voorzitter,\n")

    assert document.blocks[0].text == "Betreft\tVerslag van de bijeenkomsten van 3 mei"


CUT_BY_PAGES = [
    # the note, the foot of the page and its number on lines of their own
    "1 Kamerstuk 29 924, nr. 7.\n\nTweede Kamer, vergaderjaar 2018–2019, 28 676, nr. 310\n\n2\n\n",
    "1 Kamerstuk 29 924, nr. 7.\nTweede Kamer, vergaderjaar 2018–2019, 28 676, nr. 310\n2\n",
    # the page number behind it
    "1 Kamerstuk 29 924, nr. 7.\n\nEerste Kamer, vergaderjaar 2018–2019, 28 676, nr. 310 2\n\n",
    # without the number of the paper
    "1 Kamerstuk 29 924, nr. 7.\n\nTweede Kamer, vergaderjaar 2018–2019, 28 676\n\n2\n\n",
    # another page number in front of a form feed
    "1 Kamerstuk 29 924, nr. 7.\n\n3\n\f",
]


@pytest.mark.parametrize("cut", CUT_BY_PAGES)
def test_a_paragraph_that_a_note_and_the_foot_of_a_page_cut_comes_back_whole(cut):
    source = (
        "Patrouilles\n\nNederland wil dat de regie over de patrouilles bij de vlootvoogd ligt1 en dat de\n\n"
        f"{cut}kustwachten van alle landen aansluiten. Noorwegen steunde dit.\n\nDe ministers namen geen besluit.\n"
    )

    document = read(source.encode())

    assert [block.text for block in document.blocks] == [
        "Patrouilles",
        "Nederland wil dat de regie over de patrouilles bij de vlootvoogd ligt en dat de kustwachten van alle landen "
        "aansluiten. Noorwegen steunde dit.",
        "De ministers namen geen besluit.",
    ]
    assert [(note.mark, note.text) for note in document.notes] == [("1", "Kamerstuk 29 924, nr. 7.")]
    assert document.blocks[1].marks == (Mark(MarkKind.FOOTNOTE, 69, 69, "1"),)


NUMBERS_ABOVE_NOTES = [
    "1\nDit is de vloot van de noordelijke landen.\n2\nZie Kamerstuk 29 924, nr. 7.",
    "1\n\nDit is de vloot van de noordelijke landen.\n\n2\n\nZie Kamerstuk 29 924, nr. 7.\n\n",
    # with what the site puts below
    "1\nDit is de vloot van de noordelijke landen.\n2\nZie Kamerstuk 29 924, nr. 7.\nOndertekenaars\nEerste ondertekenaar\n"
    "P.Q. Verzonnen, minister van Defensie\nTweede ondertekenaar\nR. Bedacht\nTerug naar boven\nDownload als pdf\nDeel deze pagina",
]


@pytest.mark.parametrize("tail", NUMBERS_ABOVE_NOTES)
def test_notes_below_their_numbers_at_the_end_of_a_web_copy_are_notes(tail):
    source = f"De vlootvoogd licht de plannen toe1. De landen steunen hem.2\n{tail}"

    document = read(source.encode())

    assert [block.text for block in document.blocks] == [
        "De vlootvoogd licht de plannen toe. De landen steunen hem."
    ]
    assert [(note.mark, note.text) for note in document.notes] == [
        ("1", "Dit is de vloot van de noordelijke landen."),
        ("2", "Zie Kamerstuk 29 924, nr. 7."),
    ]


NO_NOTES = [
    # numbered questions, and no marks
    "1\nWelke schepen varen uit?\n2\nWanneer komen zij terug?",
    # one mark too many
    "De vlootvoogd sprak1 en de landen ook2.\n1\nWelke schepen varen uit?",
]


@pytest.mark.parametrize("source", NO_NOTES)
def test_numbers_alone_on_a_line_without_marks_stay_in_the_text(source):
    assert read(source.encode()).notes == ()


def test_a_signatory_list_of_a_site_takes_no_sentence_with_it():
    source = "De mede-ondertekenaars:\nOndertekenaars\nDe ministers tekenden de verklaring in de raadzaal."

    assert texts(source)[-1] == "De ministers tekenden de verklaring in de raadzaal."
