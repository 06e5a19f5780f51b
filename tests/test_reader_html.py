import time
from pathlib import Path

import pytest

from letters.parsing.document import Block, BlockKind, Mark, MarkKind, Note, PaperMetadata
from letters.parsing.readers import errors, read
from letters.parsing.readers.detection import HTML
from tests.reading_gold import body_blocks, fold, gold, gold_blocks

LETTERS = Path(__file__).parent / "letters"

#: Two paragraphs that are long enough to be the prose of a page.
FIRST = (
    "De ministers spraken tijdens de eerste sessie over de steun aan Oekraïne en over de voortgang daarvan."
)
SECOND = "Nederland benadrukte dat de bondgenoten hun voorraden moeten aanvullen en vroeg aandacht voor de industrie."
LETTER = f"<p>Den Haag, 3 april 2019</p><p>{FIRST}</p><h2>Oekraïne</h2><p>{SECOND}</p>"
LINES = ["Den Haag, 3 april 2019", FIRST, "Oekraïne", SECOND]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Titel van de pagina</title>{head}</head><body>{body}</body></html>".encode()


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "brief.html").blocks]


def blocks(body: str) -> list[Block]:
    return list(read(page(body), "brief.html").blocks)


# The official page of a real letter


def test_every_paragraph_of_a_real_letter_is_one_block_and_nothing_else_is():
    expected = gold_blocks("agenda-2023-11-28")

    document = read((LETTERS / "kst-28676-446.html").read_bytes(), "kst-28676-446.html")

    assert document.media_type == HTML
    assert body_blocks(document, expected[0]) == expected


def test_the_head_of_a_real_letter_is_read_as_the_lines_of_an_official_edition():
    document = read((LETTERS / "kst-28676-446.html").read_bytes(), "kst-28676-446.html")

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
    (footnote,) = gold("agenda-2023-11-28")["editions"]["kst-28676-446.html"]["footnotes"]

    document = read((LETTERS / "kst-28676-446.html").read_bytes(), "kst-28676-446.html")

    (note,) = document.notes
    assert fold(note.text).startswith(fold(footnote["text_starts"]))
    marks = [(block.text[: mark.start], mark) for block in document.blocks for mark in block.marks]
    ((before, mark),) = marks
    assert before.endswith(footnote["after"])
    assert (mark.kind, mark.value) == (MarkKind.FOOTNOTE, "1")


# Text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>De  ministers\n spraken&nbsp;af.</p>", ["De ministers spraken af."]),
        ("<p>Eén <b>twee</b><i>drie</i> vier</p>", ["Eén tweedrie vier"]),
        ("<p>bond&shy;genoten en 10 m<sup>2</sup></p>", ["bondgenoten en 10 m2"]),
        ("Los van een alinea<p>en erin</p>en erna", ["Los van een alinea", "en erin", "en erna"]),
        ("<p>Eerst<p>en dan, zonder einde", ["Eerst", "en dan, zonder einde"]),
        ("<div><p>Niet <b>gesloten</div><p>maar wel gelezen", ["Niet gesloten", "maar wel gelezen"]),
        ("<p>Een &lt;teken&gt; &amp; nog een</p>", ["Een <teken> & nog een"]),
        (f"<p>{FIRST}<br><br>{SECOND}</p>", [FIRST, SECOND]),
        (f"<p>{FIRST}<br>{SECOND}</p>", [f"{FIRST} {SECOND}"]),
        ("<p>Postbus 20061<br>2500 EB Den Haag</p>", ["Postbus 20061", "2500 EB Den Haag"]),
        ("<p>voor</p><!-- niemand ziet dit --><p>na<!-- ook niet -->gekomen</p>", ["voor", "nagekomen"]),
        ("<p>voor</p><script>var a = '<p>x</p>';</script><style>p {}</style><noscript>uit</noscript><p>na</p>",
         ["voor", "na"]),
        ("<p>voor <span style='display:none'>verborgen</span>na</p><p hidden>weg</p><p style='mso-hide: all'>weg</p>",
         ["voor na"]),
        ("<p>voor</p><svg><text>lijn</text></svg><img alt='Een foto van de top'><button>Delen</button>", ["voor"]),
        ("<p>een <del>oude</del><ins>nieuwe</ins> afspraak</p>", ["een nieuwe afspraak"]),
        ("<x-pagina><x-tekst>Onbekend, maar tekst</x-tekst></x-pagina>", ["Onbekend, maar tekst"]),
        ("<blockquote><p>Een</p>Twee</blockquote><address>Drie</address>", ["Een", "Twee", "Drie"]),
    ],
)  # fmt: skip
def test_text_is_read_as_a_browser_shows_it(body, expected):
    assert texts(page(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Oekraïne</h2>", Block("Oekraïne", BlockKind.HEADING, level=2)),
        ("<h4><span>Oekraïne</span></h4>", Block("Oekraïne", BlockKind.HEADING, level=4)),
        ("<h3 class='tussenkop_cur'>China</h3>", Block("China", BlockKind.HEADING, level=3, italic=True)),
        ("<p class='tussenkop_vet'>China</p>", Block("China", BlockKind.HEADING, level=2, bold=True)),
        ("<h2>1. Algemeen</h2>", Block("Algemeen", BlockKind.HEADING, level=2, label="1.")),
        ("<p><b>China</b></p>", Block("China", bold=True)),
        ("<p><span style='font-weight: 700; font-size: 14pt'>China</span></p>", Block("China", bold=True, size=14)),
        ("<p><em class='cur'>China</em>:</p>", Block("China:", italic=True)),
        ("<p><u>China</u></p>", Block("China", underlined=True)),
        ("<p>over <i>burden sharing</i> en</p>",
         Block("over burden sharing en", marks=(Mark(MarkKind.EMPHASIS, 5, 19),))),
        ("<p>zie <a href='https://www.nato.int/x'>hier</a></p>",
         Block("zie hier", marks=(Mark(MarkKind.LINK, 4, 8, "https://www.nato.int/x"),))),
        ("<p>zie <a href='javascript:alert(1)'>hier</a></p>", Block("zie hier")),
    ],
)  # fmt: skip
def test_headings_emphasis_and_links_are_kept(body, expected):
    assert blocks(body) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>een</li><li>twee</li></ul>", [("•", "een"), ("•", "twee")]),
        ("<ol><li>een</li><li>twee</li></ol>", [("1.", "een"), ("2.", "twee")]),
        ("<ol start='3' type='a'><li>een<li value='5'>twee</ol>", [("c.", "een"), ("e.", "twee")]),
        ("<ol style='list-style-type: upper-roman'><li>een</li></ol>", [("I.", "een")]),
        ("<ol><li><p>een</p><p>vervolg</p></li></ol>", [("1.", "een"), ("", "vervolg")]),
        ("<ol><li>een<ul><li>onder</li></ul></li><li>twee</li></ol>", [("1.", "een"), ("•", "onder"), ("2.", "twee")]),
        ("<ul class='expliciet'><li class='li'><p class='labeled'><span class='ol'>a) </span>een</p></li></ul>",
         [("a)", "een")]),
        ("<p class=MsoListParagraph><span style='mso-list:Ignore'>1.<span style='font:7pt'>&nbsp;&nbsp; </span></span>een</p>",
         [("1.", "een")]),
        ("<p>– een</p><p>a. twee</p>", [("–", "een"), ("a.", "twee")]),
    ],
)  # fmt: skip
def test_items_of_lists_have_their_label(body, expected):
    assert [(block.label, block.text) for block in blocks(body)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<table><tr><th>Land</th><th>Bijdrage</th></tr><tr><td>Nederland</td><td>1,95%</td></tr></table>",
         ["Land\tBijdrage", "Nederland\t1,95%"]),
        ("<table><thead><tr><td>A</td><td>B</td></tr></thead><tbody><tr><td><p>1</p></td><td>2</td></tr></tbody></table>",
         ["A\tB", "1\t2"]),
        ("<table><caption>Tabel 1</caption><tr><td>A</td><td></td><td>B</td></tr></table>", ["Tabel 1", "A\tB"]),
        (f"<table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td><td>Menu</td></tr></table>", [FIRST, SECOND, "Menu"]),
        ("<table><tr><td><table><tr><td>A</td><td>B</td></tr></table></td></tr></table>", ["A\tB"]),
    ],
)  # fmt: skip
def test_tables_are_rows_unless_they_only_lay_out_the_page(body, expected):
    assert texts(page(body)) == expected


def test_text_that_was_laid_out_with_line_breaks_is_read_as_plain_text():
    body = f"<pre>Den Haag, 3 april 2019\n\n{FIRST}\n\n{SECOND}\n</pre>"

    assert texts(page(body)) == ["Den Haag, 3 april 2019", FIRST, SECOND]


# Notes


@pytest.mark.parametrize(
    "body",
    [
        # an official page, and an older one
        "<div class='stuk'><h1 class='stuktitel'>Nr. 1 BRIEF</h1><p>dreigingen<sup><a class='nootnum' id='d1' href='#n1'>7</a>"
        "</sup>.</p><div id='noten'><hr><div class='voet noot'><sup><a class='nootnum' id='n1' href='#d1'>7</a></sup> <p>De "
        "noot.</p></div></div></div>",
        "<div class='stuk'><h1 class='stuktitel'>Nr. 1 BRIEF</h1><p>dreigingen<sup><a class='nootnum supernote' href='#ID-1'>7</a>"
        "</sup>.</p></div><div id='noten'><hr/><div class='voet noot snp' id='supernote-ID-1'><h5 class='note-close'><a class="
        "'note-close' href='#close-1'>X</a> Noot</h5><sup><span class='nootnum'><a id='ID-1' name='ID-1'></a>7</span></sup>"
        "<p>De noot.</p></div></div>",
        # a page of which the links were lost
        "<div class='stuk'><h1 class='stuktitel'>Nr. 1 BRIEF</h1><p>dreigingen<sup>7</sup>.</p><div class='voet noot'><h5 class="
        "'note-close'>X Noot</h5><sup>7</sup><p>De noot.</p></div></div>",
        # Word
        "<h1>Nr. 1 BRIEF</h1><p class=MsoNormal>dreigingen<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1' title=''>"
        "<span class=MsoFootnoteReference><span style='vertical-align:super'>[7]</span></span></a>.</p><div><br clear=all><hr "
        "align=left size=1><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1' title=''><span class="
        "MsoFootnoteReference>[7]</span></a> De noot.</p></div></div>",
        # LibreOffice
        "<h1>Nr. 1 BRIEF</h1><p>dreigingen<sup><a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'>7</a></sup>."
        "</p><div id='sdfootnote1'><p class='sdfootnote'><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>7"
        "</a>De noot.</p></div>",
        # Pandoc
        "<h1>Nr. 1 BRIEF</h1><p>dreigingen<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>7</sup></a>.</p>"
        "<section class='footnotes' role='doc-endnotes'><hr/><h2>Noten</h2><ol><li id='fn1'><p>De noot.<a href='#fnref1' "
        "class='footnote-back'>↩︎</a></p></li></ol></section>",
        # by hand, without a name that says so
        "<h1>Nr. 1 BRIEF</h1><p>dreigingen<sup><a name='a' href='#b'>7</a></sup>.</p><p><a name='b' href='#a'>7</a> De noot.</p>",
    ],
    ids=["official", "old official", "without links", "Word", "LibreOffice", "Pandoc", "by hand"],
)  # fmt: skip
def test_a_note_stands_apart_and_its_mark_at_its_place(body):
    document = read(page(body), "brief.html")

    assert [block.text for block in document.blocks] == ["Nr. 1 BRIEF", "dreigingen."]
    assert document.blocks[1].marks == (Mark(MarkKind.FOOTNOTE, 10, 10, "7"),)
    assert document.notes == (Note("7", "De noot."),)


def test_notes_in_a_heading_and_in_a_table_come_in_the_order_of_their_marks():
    body = (
        "<h2>Kop<a id='r2' href='#n2'>2</a></h2><table><tr><td>A<a id='r1' href='#n1'>1</a></td><td>B</td></tr></table>"
        "<div id='n1'><a href='#r1'>1</a> Bij de tabel.</div><div id='n2'><a href='#r2'>2</a> Bij de kop.</div>"
    )

    document = read(page(body), "brief.html")

    assert [(block.text, block.marks[0].value) for block in document.blocks] == [("Kop", "2"), ("A\tB", "1")]
    assert document.notes == (Note("2", "Bij de kop."), Note("1", "Bij de tabel."))


def test_a_note_that_is_the_mark_of_another_one_does_no_harm():
    body = f"<p>{FIRST}</p><div class='noot'><p class='noot nootnum'>1</p>Een noot.</div>"

    assert texts(page(body)) == [FIRST]


def test_a_note_to_which_nothing_refers_is_kept():
    body = f"<p>{FIRST}</p><div class='noot'><sup>3</sup><p>Zonder verwijzing.</p></div>"

    document = read(page(body), "brief.html")

    assert [block.text for block in document.blocks] == [FIRST]
    assert document.notes == (Note("3", "Zonder verwijzing."),)


def test_a_chapter_that_leads_back_to_the_list_of_contents_is_no_note():
    body = f"<p><a id='c1' href='#h1'>1</a></p><div id='h1'><h2><a href='#c1'>1. Algemeen</a></h2><p>{FIRST}</p></div>"

    document = read(page(body), "brief.html")

    assert [block.text for block in document.blocks] == ["Algemeen", FIRST]
    assert document.notes == ()


def test_notes_of_which_the_links_were_lost_follow_the_order_of_their_numbers():
    body = (
        "<p>een<sup>1</sup></p><p class='noot'><sup>1</sup> Bij een.</p>"
        "<p>twee<sup>1</sup></p><p class='noot'><sup>1</sup> Bij twee.</p>"
    )

    document = read(page(body), "brief.html")

    assert [(block.text, len(block.marks)) for block in document.blocks] == [("een", 1), ("twee", 1)]
    assert document.notes == (Note("1", "Bij een."), Note("1", "Bij twee."))


def test_a_note_on_the_next_part_of_a_page_takes_no_text_with_it():
    note = "<p><a name='n' href='#r'>1</a> De noot.</p>"
    body = f"<div><p>een<a name='r' href='#n'>1</a></p></div><div><p>{FIRST}</p>{note}<p>{SECOND}</p></div>"

    document = read(page(body), "brief.html")

    assert [block.text for block in document.blocks] == ["een", FIRST, SECOND]
    assert document.notes == (Note("1", "De noot."),)


def test_a_second_mark_of_the_same_note_gives_no_second_note():
    body = (
        "<p>een<a id='r1' href='#n1'>1</a> en twee<a href='#n1'>1</a></p><p>Tekst.</p>"
        "<div class='footnote' id='n1'><a href='#r1'>1</a> De noot.</div>"
    )

    document = read(page(body), "brief.html")

    assert [mark.start for mark in document.blocks[0].marks] == [3, 11]
    assert document.notes == (Note("1", "De noot."),)


def test_a_number_in_a_list_of_contents_is_no_note():
    body = f"<p><a href='#h1'>1</a></p><h2 id='h1'>1. Algemeen</h2><p>{FIRST}</p>"

    document = read(page(body), "brief.html")

    assert [block.text for block in document.blocks] == ["Algemeen", FIRST]
    assert document.notes == ()


# Pages with what the site puts around the letter


@pytest.mark.parametrize(
    "body",
    [
        # elements that say what they are
        "<header><a href='/'>Site</a><form role='search'><label>Zoek</label><input></form></header><nav><ul><li><a href='/a'>A</a>"
        f"</ul></nav><main><article>{LETTER}</article></main><aside><h2>Zie ook</h2><p>Iets anders</p></aside><footer>Over ons"
        "</footer>",
        # classes that say so
        "<div id='cookieBar'><p>Deze site gebruikt cookies om de werking van de pagina's te verbeteren en te meten."
        f"</p><button>Ja</button></div><div class='main-menu'><a href='/a'>A</a></div><div class='breadcrumb'>U bent hier: "
        f"<a href='/'>Home</a></div><div class='page'><div id='content'>{LETTER}<div class='social-share'>Deel dit</div></div>"
        "</div><div class='site-footer'>Contact</div>",
        # links that lead away, without any name
        f"<p><a href='/'>Home</a> &gt; <a href='/k'>Kamerstukken</a></p><ul><li><a href='/1'>Activiteiten</a><li><a href='/2'>"
        f"Debatten</a></ul>{LETTER}<p><a href='#top'>Naar boven</a></p><ul><li><a href='/3'>Ander stuk</a></ul>",
        # roles, and text for screen readers only
        f"<div role='banner'>Site</div><a class='sr-only' href='#c'>Naar de inhoud</a><div role='main' id='c'>{LETTER}</div>"
        "<div role='contentinfo'>Contact</div>",
        # the whole page in one form, as some servers make it
        f"<form action='/'><input type='hidden'><div class='nav'><a href='/'>Home</a></div><div>{LETTER}</div></form>",
        # a window that hides the page behind it
        f"<div aria-hidden='true'>{LETTER}</div><div role='dialog'><p>Gaat u akkoord?</p></div>",
        # names that promise nothing good, around the letter itself
        f"<div class='no-sidebar menu-page'><div class='nav'><a href='/'>Home</a></div>{LETTER}</div>",
    ],
    ids=["elements", "classes", "links", "roles", "form", "dialog", "misleading names"],
)  # fmt: skip
def test_what_a_site_puts_around_a_letter_is_no_text(body):
    assert texts(page(body)) == LINES


def test_a_line_of_the_head_outside_the_element_of_the_text_is_not_lost():
    body = f"<div><p>Aan de Voorzitter van de Tweede Kamer</p><div class='content'>{LETTER}</div></div>"

    assert texts(page(body)) == ["Aan de Voorzitter van de Tweede Kamer", *LINES]


def test_the_table_above_an_official_page_is_no_text():
    body = (
        "<div class='publicatie'><table class='gegevens'><tr><td>Datum publicatie</td><td>21-11-2023</td></tr></table>"
        "<h1 class='dossiertitel'><span class='dossiernummer'>28 676</span>NAVO</h1>"
        "<h1 class='dossiertitel'><span class='dossiernummer'>21 501-28</span> Defensieraad</h1>"
        f"<div class='stuk'><h1 class='stuktitel'><span class='stuknummer'>Nr. 9</span>BRIEF VAN DE MINISTER</h1><p>{FIRST}</p>"
        "<p class='ondertekening'><span class='functie'>De Minister van Defensie,</span><span class='naam'>A. "
        "<span class='achternaam'>B</span></span></p></div></div><p><a href='#top'>Naar boven</a></p>"
    )

    assert texts(page(body))[-6:] == [
        "28 676 NAVO",
        "21 501-28 Defensieraad",
        "Nr. 9 BRIEF VAN DE MINISTER",
        FIRST,
        "De Minister van Defensie,",
        "A. B",
    ]


def test_the_letterhead_of_an_ordinary_export_stays():
    body = (
        "<table><tr><td>Datum</td><td>24 maart 2025</td></tr><tr><td>Betreft</td><td>Geannoteerde agenda</td></tr></table>"
        f"<p>Geachte voorzitter,</p><p>{FIRST}</p>"
    )

    assert texts(page(body)) == [
        "Datum\t24 maart 2025",
        "Betreft\tGeannoteerde agenda",
        "Geachte voorzitter,",
        FIRST,
    ]


def test_a_record_of_a_debate_is_read_speaker_by_speaker():
    body = f"<h1>NAVO</h1><p><strong>De voorzitter:</strong><br>{FIRST}</p><p>De heer <strong>Jansen</strong>: {SECOND}</p>"

    assert texts(page(body)) == ["NAVO", "De voorzitter:", FIRST, f"De heer Jansen: {SECOND}"]


def test_links_before_the_letter_and_a_list_of_other_pages_behind_it_are_no_text():
    body = (
        f"<h1>Kamerbrief</h1><div><a href='/d.pdf'>Download dit document</a></div>{LETTER}"
        "<h2>Meer hierover</h2><ul><li><a href='/a'>Een andere brief</a></li></ul>"
    )

    assert texts(page(body)) == ["Kamerbrief", *LINES]


def test_a_word_of_the_letter_that_is_called_like_a_part_of_the_site_stays():
    body = "<p>De <span class='tooltip'>NAVO</span> en de <a class='menu' href='https://www.nato.int'>top</a> van dit jaar.</p>"

    assert texts(page(body)) == ["De NAVO en de top van dit jaar."]


# What a page says of itself


def test_the_data_in_the_head_of_a_page_become_metadata():
    head = (
        "<meta name='DC.identifier' content='kst-28676-446'><meta name='OVERHEIDop.dossiernummer' content='28676;21501-28'>"
        "<meta name='DC.creator' content='Tweede Kamer der Staten-Generaal'><meta name='viewport' content='width=1'>"
    )

    document = read(page(LETTER, head), "brief.html")

    assert document.metadata == PaperMetadata("kst-28676-446", ("28676", "21501-28"), "Tweede Kamer")


def test_a_page_that_says_nothing_of_itself_has_no_metadata():
    assert read(page(LETTER), "brief.html").metadata is None


SHOWN = [
    # heads above values, as official pages have it
    "<table><tr><th>Datum publicatie</th><th>Organisatie</th><th>Vergaderjaar</th><th>Dossier- en ondernummer</th></tr>"
    "<tr><td>4-4-2019</td><td>Tweede Kamer der Staten-Generaal</td><td>2018–2019</td><td>28676 nr. 317</td></tr></table>",
    # beside each other, in a table and in a list
    "<table><tr><td>Organisatie</td><td>Tweede Kamer der Staten-Generaal</td></tr><tr><td>Vergaderjaar</td><td>2018-2019</td>"
    "</tr><tr><td>Dossier- en ondernummer:</td><td>28 676, nr. 317</td></tr></table>",
    "<dl><dt>Organisatie</dt><dd>Tweede Kamer</dd><dt>Vergaderjaar</dt><dd>2018/19</dd><dt>Dossiernummer</dt><dd>28676</dd>"
    "<dt>Ondernummer</dt><dd>317</dd></dl>",
]


@pytest.mark.parametrize("table", SHOWN, ids=["above", "beside", "list"])
def test_the_table_above_an_official_page_becomes_metadata(table):
    document = read(page(table + LETTER), "brief.html")

    expected = PaperMetadata("kst-28676-317", ("28676",), "Tweede Kamer", session_year="2018-2019")
    assert document.metadata == expected


LISTED = [
    ("28676 nr. 317", "kst-28676-317", ("28676",)),
    ("28 676, nr. B", "kst-28676-B", ("28676",)),
    ("21501-28-317", "kst-21501-28-317", ("21501-28",)),
    ("36410-V nr. 23", "kst-36410-V-23", ("36410-V",)),
    # filed in two dossiers: the first gives the paper its name
    ("28676; 21501-28 nr. 317", "kst-28676-317", ("28676", "21501-28")),
    ("21501-28, nr. 9; 28676, nr. 317", "kst-21501-28-9", ("21501-28", "28676")),
    ("geen", None, ()),
]


@pytest.mark.parametrize(("listed", "paper", "dossiers"), LISTED)
def test_the_dossiers_and_the_number_of_an_official_page_give_the_paper(listed, paper, dossiers):
    document = read(page(SHOWN[0].replace("28676 nr. 317", listed) + LETTER), "brief.html")

    assert (document.metadata.paper, document.metadata.dossiers) == (paper, dossiers)


def test_a_table_of_the_letter_itself_is_no_metadata():
    table = (
        "<table><tr><th>Vergaderjaar</th><th>Uitgaven</th></tr><tr><td>2018-2019</td><td>3</td></tr></table>"
    )

    assert read(page(LETTER + table), "brief.html").metadata is None


def test_an_official_page_without_the_text_of_the_letter_is_refused():
    body = f"<nav><a href='/'>Home</a></nav>{SHOWN[0]}<h1>Brief regering; verslag van een bijeenkomst</h1><p>Download als pdf</p>"

    with pytest.raises(errors.EmptyFile):
        read(page(body), "brief.html")


def test_what_a_page_says_to_its_reader_and_its_list_of_who_signed_are_no_text():
    body = (
        f"<p>Deel deze pagina</p>{LETTER}<h2>Ondertekenaars</h2><h3>Eerste ondertekenaar</h3>"
        "<p>P.Q. Verzonnen, minister van Defensie</p><p>Terug naar boven</p><p>Download als pdf</p>"
    )

    assert texts(page(body)) == LINES


def test_a_last_paragraph_that_is_mostly_a_link_is_text_when_it_is_a_sentence():
    last = "De verklaring die de ministers hebben aangenomen staat op de site van de NAVO."
    body = f"{LETTER}<p><a href='https://www.nato.int/x'>{last[:-8]}</a>{last[-8:]}</p><p><a href='/'>Naar boven</a></p>"

    assert texts(page(body)) == [*LINES, last]


# Encodings and hostile files


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("", "utf-8"),
        ("windows-1252", "utf-8"),  # declarations lie
        ("utf-8", "cp1252"),
        ("", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("geen-codering", "cp1252"),
        ("hex", "cp1252"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
    ],
)
def test_letters_with_accents_survive_in_every_encoding(declared, encoding):
    declaration = f"<meta charset='{declared}'>" if declared else ""
    text = f"<html><head>{declaration}</head><body><p>Oekraïne en één “top”</p></body></html>"
    text = text.replace("“", "«").replace("”", "»")

    assert texts(text.encode(encoding)) == ["Oekraïne en één «top»"]


def test_text_that_was_garbled_before_stays_as_it_is():
    assert texts(page("<p>geÃ¯nformeerd</p>")) == ["geÃ¯nformeerd"]


@pytest.mark.parametrize(
    "body",
    ["", "<script>alert('Een brief')</script>", "<p hidden>Een brief</p>", "<!-- <p>Een brief</p> -->", "<img alt='Brief'>"],
)  # fmt: skip
def test_a_page_without_text_is_refused(body):
    with pytest.raises(errors.EmptyFile):
        read(page(body), "brief.html")


@pytest.mark.parametrize("depth", [100, 5_000, 200_000])
def test_elements_nested_without_end_do_no_harm(depth):
    try:
        found = texts(b"<html><body>" + b"<div>" * depth + b"<p>Een brief</p>")
    except errors.NotReadable:
        found = []

    assert found in ([], ["Een brief"])


def test_characters_that_no_text_has_are_dropped():
    data = page(f"<p>Een\x13 brief&#1;</p><p hidden>x</p>met&#x1F; meer<p>{FIRST * 3}</p>")

    assert texts(data)[:2] == ["Een brief", "met meer"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<a href='#n'>1</a></p>" * 2_000
        + "<div id='n' class='noot'><a href='#x'>1</a>"
        + "<a href='#y'>b</a>" * 2_000,
        "<div hidden>x</div>y " * 20_000,
        "<p>t<sup>1</sup></p><p class='noot'><sup>1</sup> noot</p>" * 2_000,
        "<div class='content'>" * 200 + f"<p>{FIRST}</p>" + "</div>" * 200 + "<p>x</p>" * 2_000,
    ],
    ids=["many marks of one note", "much hidden", "many notes", "many candidates"],
)
def test_time_grows_with_the_page_and_not_with_its_square(body):
    started = time.process_time()

    read(page(body), "brief.html")

    assert time.process_time() - started < 2


def test_an_entity_or_a_file_from_elsewhere_is_not_read():
    data = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">]><html><body><p>Een &x;&a; brief</p>'
        b"<iframe src='file:///etc/passwd'></iframe></body></html>"
    )

    assert "root:" not in " ".join(texts(data))
