import io
import zipfile
from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block, BlockKind, Mark, MarkKind, Note
from letters.parsing.evaluation import load_gold
from letters.parsing.evaluation.comparison import compare
from letters.parsing.readers import errors
from letters.parsing.readers import read as read_file
from letters.parsing.readers.archive import MAX_PART_BYTES, Archive
from letters.parsing.readers.odt import CHANGES, COMMENTS, HIDDEN, read
from letters.parsing.serialisation import to_gold_form
from tests.reading_gold import body_blocks, gold_blocks

HERE = Path(__file__).parent
LETTERS = HERE / "letters"
GOLD = load_gold(HERE / "gold")
MIMETYPE = "application/vnd.oasis.opendocument.text"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    [
        f'xmlns:{name}="{OASIS}:{name}:1.0"'
        for name in ("office", "text", "table", "style", "meta", "manifest")
    ]
    + [f'xmlns:draw="{OASIS}:drawing:1.0"', f'xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"']
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
)


def odt(body: str, automatic: str = "", common: str = "", pages: str = "", **parts: str) -> bytes:
    """An ODT with this text; ``automatic`` and ``common`` are styles, ``pages`` are master pages."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMESPACES}><office:styles>{common}</office:styles>"
        f"<office:master-styles>{pages}</office:master-styles></office:document-styles>"
    )
    return package(**{"content.xml": content, "styles.xml": styles, **parts})


def package(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE)
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(content: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def span(content: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{content}</text:span>'


def style(
    name: str, text: str = "", *, family: str = "text", parent: str = "", paragraph: str = "", more: str = ""
) -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}" {more}>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


# The two real letters


@pytest.mark.parametrize("name", ["agenda-2023-11-28.odt", "verslag-2021-03-23.odt"])
def test_the_structure_of_a_real_letter_equals_gold_entirely(name):
    letter = parse_letter([(name, (LETTERS / name).read_bytes())])

    scores = compare(to_gold_form(letter), GOLD[name])
    assert {field: score.difference for field, score in scores.items() if score.f1 < 1} == {}


@pytest.mark.parametrize("letter", ["agenda-2023-11-28", "verslag-2021-03-23"])
def test_every_paragraph_of_a_real_letter_is_a_block(letter):
    expected = gold_blocks(letter)

    found = body_blocks(read((LETTERS / f"{letter}.odt").read_bytes()), expected[0])

    assert [block for block in found if block in expected] == expected


@pytest.mark.parametrize("letter", ["agenda-2023-11-28", "verslag-2021-03-23"])
def test_a_real_letter_has_the_same_blocks_and_notes_as_its_docx(letter):
    other = read_file((LETTERS / f"{letter}.docx").read_bytes(), f"{letter}.docx")

    document = read_file((LETTERS / f"{letter}.odt").read_bytes(), f"{letter}.odt")

    def told(document):
        return [(block.text, block.kind, block.label, block.level, block.marks) for block in document.blocks]

    assert told(document) == told(other)
    assert document.notes == other.notes


# Text

BOLD = style("Vet", 'fo:font-weight="bold"')
UNSEEN = style("Weg", 'text:display="none"')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('Het  kabinet\n<text:s text:c="3"/> steunt\u00a0dit.', "Het kabinet steunt dit."),
        ("Datum<text:tab/>1 april 2021", "Datum 1 april 2021"),
        ('NAVO<text:soft-page-break/>-top', "NAVO-top"),
        (span("Oekra", "Vet") + "\n" + span("ïne", "Vet"), "Oekra ïne"),  # white space in the file is a space
        ('in <text:change-start text:change-id="1"/>alle <text:change-end text:change-id="1"/>landen', "in alle landen"),
        ('in <text:change text:change-id="1"/>landen', "in landen"),
        ("zichtbaar" + span("geheim", "Weg"), "zichtbaar"),
        ('een<text:hidden-text text:is-hidden="true" text:string-value="geheim"/> twee', "een twee"),
        ('een<text:hidden-text text:string-value="niet geheim"> niet geheim</text:hidden-text>', "een niet geheim"),
        ('<text:conditional-text text:string-value-if-true="ja" text:string-value-if-false="nee">ja</text:conditional-text>',
         "ja"),
        ("een<office:annotation><dc:creator>J. Jansen</dc:creator><text:p>Klopt dit?</text:p></office:annotation> twee",
         "een twee"),
        ('<text:date text:date-value="2021-05-03">3 mei</text:date>', "3 mei"),
        ("<text:ruby><text:ruby-base>Kyiv</text:ruby-base><text:ruby-text>kief</text:ruby-text></text:ruby>", "Kyiv"),
        ('<text:bookmark-start text:name="a"/>Den Haag<text:bookmark-end text:name="a"/>', "Den Haag"),
        ("eerste deel van een lange alinea die doorloopt over de regel,<text:line-break/>"
         "en het tweede deel dat daar gewoon bij hoort, ook lang.",
         "eerste deel van een lange alinea die doorloopt over de regel, en het tweede deel dat daar gewoon bij hoort, ook lang."),
    ],
)  # fmt: skip
def test_text_is_read_as_it_is_shown(content, expected):
    assert texts(odt(p(content), BOLD + UNSEEN)) == [expected]


def test_the_lines_of_an_address_are_blocks():
    address = "Aan de Voorzitter van de<text:line-break/>Tweede Kamer<text:line-break/>Den Haag"

    assert texts(odt(p(address))) == ["Aan de Voorzitter van de", "Tweede Kamer", "Den Haag"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:section text:display="none"><text:p>geheim</text:p></text:section>',
        '<text:section text:display="condition" text:is-hidden="true"><text:p>geheim</text:p></text:section>',
        p("geheim", "Verborgen"),
        p('geheim<text:hidden-paragraph text:is-hidden="true"/>'),
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>",
        "<text:table-of-content><text:index-body><text:p>Oekraïne 3</text:p></text:index-body></text:table-of-content>",
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>geheim</text:p>'
        "</table:table-cell></table:table-row></table:table>",
    ],
)
def test_what_is_not_shown_does_not_become_text(hidden):
    automatic = style("Verborgen", 'text:display="none"', family="paragraph")

    assert texts(odt(p("een") + hidden + p("twee"), automatic)) == ["een", "twee"]


def test_sections_are_looked_through_when_they_are_shown():
    body = f'<text:section text:display="condition">{p("een")}<text:section>{p("twee")}</text:section></text:section>'

    assert texts(odt(body)) == ["een", "twee"]


# Formatting


def test_formatting_of_a_part_is_a_mark_and_of_the_whole_is_a_quality():
    automatic = BOLD + style("Schuin", 'fo:font-style="italic"')
    body = p(f"Het {span('commitment', 'Schuin')} van de {span('VS', 'Vet')}") + p(
        span("Oekraïne", "Vet") + ":"
    )

    first, second = read(odt(body, automatic)).blocks

    assert first.marks == (Mark(MarkKind.EMPHASIS, 4, 14), Mark(MarkKind.STRONG, 22, 24))
    assert (first.bold, second.bold, second.marks) == (False, True, ())


COMMON = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt"/></style:default-style>'
    + style("Standard", family="paragraph")
    + style("Klein", 'fo:font-size="75%" fo:font-weight="bold"', family="paragraph", parent="Standard")
    + style("Rond", family="paragraph", parent="Rond")
    + style("Heading_20_2", family="paragraph", parent="Standard")
    + style("Tussenkop", family="paragraph", parent="Heading_20_2")
    + style("Title", family="paragraph")
    + style("Gewoon", 'fo:font-weight="normal"')
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("China", "Klein"), (BlockKind.TEXT, None, True, 9.0)),
        (p(span("China", "Gewoon"), "Klein"), (BlockKind.TEXT, None, False, 9.0)),
        (p("China", "Rond"), (BlockKind.TEXT, None, False, 12.0)),  # a style that is its own parent
        (p("China", "Onbekend"), (BlockKind.TEXT, None, False, 12.0)),
        (p("China", "Tussenkop"), (BlockKind.HEADING, 2, False, 12.0)),
        (p("China", "Title"), (BlockKind.HEADING, 1, False, 12.0)),
        ('<text:h text:outline-level="3">China</text:h>', (BlockKind.HEADING, 3, False, 12.0)),
        ("<text:h>China</text:h>", (BlockKind.HEADING, 1, False, 12.0)),
    ],
)
def test_headings_bold_and_size_come_from_styles(body, expected):
    (block,) = read(odt(body, common=COMMON)).blocks

    assert (block.kind, block.level, block.bold, block.size) == expected


def test_underlined_and_capital_headings_are_told():
    automatic = style("Onder", 'style:text-underline-style="solid"') + style(
        "Hoog", 'fo:text-transform="uppercase"'
    )

    first, second = read(odt(p(span("Zuidflank", "Onder")) + p(span("Agenda", "Hoog")), automatic)).blocks

    assert (first.underlined, first.capitals) == (True, False)
    assert (second.underlined, second.capitals) == (False, True)


def test_a_link_keeps_its_target():
    (block,) = read(odt(p('Zie <text:a xlink:href="https://www.nato.int">de verklaring</text:a>'))).blocks

    assert block.marks == (Mark(MarkKind.LINK, 4, 17, "https://www.nato.int"),)


def test_page_breaks_of_the_author_are_told():
    automatic = (
        style("Voor", family="paragraph", paragraph='fo:break-before="page"')
        + style("Na", family="paragraph", paragraph='fo:break-after="page"')
        + style("Blad", family="paragraph", more='style:master-page-name="Tweede"')
    )
    body = p("een") + p("twee", "Voor") + p("drie", "Na") + p("vier") + p("vijf", "Blad")

    blocks = read(odt(body, automatic)).blocks

    assert [block.text for block in blocks if block.before_page_break] == ["een", "drie", "vier"]


# Lists

LIST_STYLES = """
<text:list-style style:name="Cijfers">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/>
</text:list-style>
<text:list-style style:name="Romeins">
  <text:list-level-style-number text:level="1" style:num-format="I" style:num-prefix="(" style:num-suffix=")" text:start-value="4"/>
</text:list-style>
<text:list-style style:name="Punten"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>
<text:list-style style:name="Zonder"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>
"""


def items(*contents: str, style: str = "Cijfers", more: str = "") -> str:
    inside = "".join(content if content.startswith("<text:list-") else item(content) for content in contents)
    return f'<text:list text:style-name="{style}" {more}>{inside}</text:list>'


def item(content: str, more: str = "") -> str:
    return f"<text:list-item {more}>{content if content.startswith('<') else p(content)}</text:list-item>"


NESTED = f"<text:list>{item('b')}{item('c')}</text:list>"


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (items("a", "b"), ["1.", "2."]),
        (items(item(p("a") + NESTED), item(p("d") + NESTED)), ["1.", "1.a)", "1.b)", "2.", "2.a)", "2.b)"]),
        (items("a", item("b", 'text:start-value="7"'), "c"), ["1.", "7.", "8."]),
        (items("a") + p("tussen") + items("b", more='text:continue-numbering="true"'), ["1.", "", "2."]),
        (items("a") + items("b"), ["1.", "1."]),
        (items("a", more='xml:id="l1"') + items("x", style="Romeins") + items("b", more='text:continue-list="l1"'),
         ["1.", "(IV)", "2."]),
        (items(item(p("a") + p("nog van a")), "b"), ["1.", "", "2."]),
        (items(f"<text:list-header>{p('kop')}</text:list-header>", "a"), ["", "1."]),
        (items("a", item(p("")), "b"), ["1.", "2."]),  # an empty paragraph is no block, and not counted
        (items("a", style="Punten"), ["•"]),
        (items("a", style="Zonder"), [""]),
        (items("a", style="Onbekend"), [""]),
        (items(item(f"<text:list>{item('diep')}</text:list>")), ["1.a)"]),
        (items(item("<text:p><text:span>a</text:span></text:p>")), ["1."]),
        ('<text:numbered-paragraph text:list-id="n" text:style-name="Cijfers"><text:p>a</text:p></text:numbered-paragraph>' * 2,
         ["1.", "2."]),
    ],
)  # fmt: skip
def test_automatic_numbers_become_labels(body, labels):
    assert [block.label for block in read(odt(body, LIST_STYLES)).blocks] == labels


def test_a_numbered_bold_paragraph_may_be_a_heading_and_others_are_items():
    first, second = read(
        odt(items(p(span("Oekraïne", "Vet")), "Er is gesproken."), BOLD + LIST_STYLES)
    ).blocks

    assert (first.kind, first.label, first.bold) == (BlockKind.TEXT, "1.", True)
    assert second.kind is BlockKind.LIST_ITEM


def test_a_list_may_have_its_style_from_its_paragraphs():
    automatic = LIST_STYLES + style("Punt", family="paragraph", more='style:list-style-name="Punten"')

    (block,) = read(odt(f"<text:list>{item(p('a', 'Punt'))}</text:list>", automatic)).blocks

    assert block.label == "•"


def test_headings_are_numbered_by_the_outline():
    outline = """<text:outline-style style:name="Outline">
      <text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
      <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>"""
    body = "".join(
        f'<text:h text:outline-level="{level}" {more}>Kop</text:h>'
        for level, more in [(1, ""), (2, ""), (2, 'text:is-list-header="true"'), (1, ""), (2, "")]
    )

    assert [block.label for block in read(odt(body, common=outline)).blocks] == ["1.", "1.1", "", "2.", "2.1"]


def test_a_typed_number_becomes_a_label():
    (block,) = read(odt(p("2. Oekraïne"))).blocks

    assert (block.label, block.text) == ("2.", "Oekraïne")


# Footnotes


def note(mark: str, text: str, kind: str = "footnote", label: str = "") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation {label}>{mark}</text:note-citation>'
        f"<text:note-body>{p('<text:s/>' + text)}</text:note-body></text:note>"
    )


def test_footnotes_and_endnotes_stand_in_the_order_of_the_text():
    body = p(f"Dreigingen{note('1', 'Eerste noot.')}. Steun{note('i', 'Aan het eind.', 'endnote')}.") + p(
        f"Agenda{note('*', 'Onder voorbehoud.', label='text:label=&quot;*&quot;'.replace('&quot;', chr(34)))}"
    )

    document = read(odt(body))

    assert document.blocks[0].text == "Dreigingen. Steun."
    assert document.blocks[0].marks == (
        Mark(MarkKind.FOOTNOTE, 10, 10, "1"),
        Mark(MarkKind.FOOTNOTE, 17, 17, "i"),
    )
    assert document.notes == (
        Note("1", "Eerste noot."),
        Note("i", "Aan het eind."),
        Note("*", "Onder voorbehoud."),
    )


# Tables, boxes, headers


def row(*cells: str) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        + "</table:table-row>"
    )


def test_a_row_of_label_and_value_is_a_table_row_and_columns_of_lines_are_read_one_by_one():
    table = f"<table:table>{row(p('Datum'), p('24 maart 2025'))}{row(p('Aan') + p('Den Haag'), p('Rijnstraat 8'))}</table:table>"

    assert read(odt(table)).blocks == (
        Block("Datum\t24 maart 2025", BlockKind.TABLE_ROW),
        Block("Aan"),
        Block("Den Haag"),
        Block("Rijnstraat 8"),
    )


def test_tables_are_read_in_cells_and_headers_of_tables_too():
    inner = f"<table:table>{row(p('Onze referentie'), p('BZ2524001'))}</table:table>"
    table = f"<table:table><table:table-header-rows>{row(inner)}</table:table-header-rows>{row(p('Tekst'))}</table:table>"

    assert texts(odt(table)) == ["Onze referentie\tBZ2524001", "Tekst"]


def test_a_row_that_claims_a_billion_cells_is_a_row():
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p/></table:table-cell>'
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"

    assert texts(odt(p("Tekst") + table)) == ["Tekst"]


def frame(content: str, anchor: str = "paragraph") -> str:
    return f'<draw:frame text:anchor-type="{anchor}"><draw:text-box>{content}</draw:text-box></draw:frame>'


@pytest.mark.parametrize(
    "body",
    [
        p(frame(p("Onze referentie") + p("BZ2524001")) + "Geachte voorzitter,"),
        frame(p("Onze referentie") + p("BZ2524001"), "page") + p("Geachte voorzitter,"),
        p(
            f"<draw:g><draw:custom-shape>{p('Onze referentie')}{p('BZ2524001')}</draw:custom-shape></draw:g>Geachte voorzitter,"
        ),
        p(span(frame(p("Onze referentie") + p("BZ2524001")) + "Geachte voorzitter,", "Vet")),
    ],
)
def test_a_text_box_is_read_in_front_of_the_paragraph_that_holds_it(body):
    assert texts(odt(body)) == ["Onze referentie", "BZ2524001", "Geachte voorzitter,"]


def page(name: str, header: str = "", footer: str = "", following: str = "", first: str = "") -> str:
    only_first = f"<style:header-first>{first}</style:header-first>" if first else ""
    return (
        f'<style:master-page style:name="{name}" style:next-style-name="{following}"><style:header>{header}</style:header>'
        f"{only_first}<style:footer>{footer}</style:footer></style:master-page>"
    )


@pytest.mark.parametrize(
    ("pages", "expected", "margins"),
    [
        (page("Standard", p("Ministerie"), p("Pagina 1")), ["Tekst"], ("Ministerie", "Pagina 1")),
        (page("Standard", p("Ministerie"), p("Vertrouwelijk"), first=p("Directie X") + p("Ministerie")),
         ["Directie X", "Tekst"], ("Ministerie", "Vertrouwelijk")),
        (page("Standard", p("Directie X"), p("Vertrouwelijk"), "Verder") + page("Verder", p("Ministerie"), p("Vertrouwelijk")),
         ["Directie X", "Tekst"], ("Vertrouwelijk", "Ministerie")),
    ],
)  # fmt: skip
def test_the_header_of_the_first_page_stands_in_front_and_others_are_margins(pages, expected, margins):
    document = read(odt(p("Tekst"), pages=pages))

    assert ([block.text for block in document.blocks], document.margins) == (expected, margins)


@pytest.mark.parametrize(
    "body",
    [
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:sequence-decls/>" + p("Tekst", "Eerste"),
        f"<text:list>{item(p('Tekst', 'Eerste'))}</text:list>",
        f'<table:table table:style-name="Blad">{row(p("Tekst"))}</table:table>',
    ],
)
def test_the_first_paragraph_or_table_says_which_page_is_first(body):
    automatic = style("Eerste", family="paragraph", more='style:master-page-name="Voorblad"') + style(
        "Blad", family="table", more='style:master-page-name="Voorblad"'
    )
    pages = page("Standard", p("Ministerie")) + page("Voorblad", p("Directie X"), following="Standard")

    assert texts(odt(body, automatic, pages=pages)) == ["Directie X", "Tekst"]


# What the clerk must be told, and what is refused

TRACKED = (
    "<text:tracked-changes><text:changed-region><text:insertion><office:change-info/></text:insertion>"
    "</text:changed-region></text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        (p("tekst"), ()),
        (TRACKED + p("tekst"), (CHANGES,)),
        (p("tekst" + span("geheim", "Weg")), (HIDDEN,)),
        (p("tekst<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"), (COMMENTS,)),
    ],
)
def test_the_clerk_is_told_what_was_not_read(body, warnings):
    assert read(odt(body, UNSEEN)).warnings == warnings


MANIFEST = (
    f"<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/>"
    "</manifest:file-entry></manifest:manifest>"
)
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<office:document-content {NAMESPACES}><office:body><office:text>{p('&b;')}</office:text></office:body>"
    "</office:document-content>"
)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (package(**{"content.xml": b"\x93\x01\x7f", "META-INF/manifest.xml": MANIFEST}), errors.EncryptedOdt),
        (package(**{"encrypted-package": b"\x93", "META-INF/manifest.xml": MANIFEST}), errors.EncryptedOdt),
        (package(**{"content.xml": BOMB}), errors.BrokenFile),
        (package(**{"content.xml": "<geen/>"}), errors.BrokenFile),
        (package(**{"content.xml": "<half"}), errors.BrokenFile),
        (package(**{"styles.xml": "<geen/>"}), errors.BrokenFile),
        (package(**{"content.xml": b" " * (MAX_PART_BYTES + 1)}), errors.TooMuchText),
        (odt(p("Tekst " * 50))[:-40], errors.BrokenFile),
        (odt("<text:section>" * 2000 + p("diep") + "</text:section>" * 2000), errors.BrokenFile),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_cause(data, cause):
    with pytest.raises(cause):
        read_file(data, "brief.odt")


def test_a_letter_without_styles_and_properties_is_read():
    text = f"<office:body><office:text>{p('Tekst')}</office:text></office:body>"

    data = package(
        **{"content.xml": f"<office:document-content {NAMESPACES}>{text}</office:document-content>"}
    )

    assert texts(data) == ["Tekst"]


def test_parts_that_are_large_together_are_refused():
    filler = b" " * (MAX_PART_BYTES - 1)
    archive = Archive(package(een=filler, twee=filler, drie=filler))
    archive.content("een")
    archive.content("twee")

    with pytest.raises(errors.TooMuchText):
        archive.content("drie")
