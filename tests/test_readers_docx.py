import io
import zipfile
from pathlib import Path

import pytest

from letters.parsing.document import Block, BlockKind, Mark, MarkKind, Note
from letters.parsing.readers import errors
from letters.parsing.readers.archive import MAX_PART_BYTES
from letters.parsing.readers.docx import CHANGES, COMMENTS, HIDDEN, read
from tests.reading_gold import body_blocks, fold, gold, gold_blocks

LETTERS = Path(__file__).parent / "letters"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; ``parts`` are the contents of styles, numbering, footnotes, header1 and so on."""
    related = (
        "".join(
            f'<Relationship Id="{name}" Type="{R}/{name.rstrip("12")}" Target="{name}.xml"/>'
            for name in parts
        )
        + f'<Relationship Id="link" Type="{R}/hyperlink" Target="https://www.nato.int" TargetMode="External"/>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}">{related}</Relationships>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{content}</w:{name}>")
    return buffer.getvalue()


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


# The two real letters


@pytest.mark.parametrize(
    ("letter", "left_out_by_gold"),
    [
        ("agenda-2023-11-28", []),
        ("verslag-2021-03-23", ["issued by the nato foreign ministers brussels, 23rd-24th march 2021"]),
    ],
)
def test_every_paragraph_of_a_real_letter_is_one_block_and_nothing_else_is(letter, left_out_by_gold):
    expected = gold_blocks(letter)

    document = read((LETTERS / f"{letter}.docx").read_bytes())

    found = body_blocks(document, expected[0])
    assert [block for block in found if block not in left_out_by_gold] == expected
    assert [block for block in found if block not in expected] == left_out_by_gold


@pytest.mark.parametrize("letter", ["agenda-2023-11-28", "verslag-2021-03-23"])
def test_the_footnote_of_a_real_letter_is_a_note_and_its_mark_stands_in_the_text(letter):
    (footnote,) = gold(letter)["footnotes"]

    document = read((LETTERS / f"{letter}.docx").read_bytes())

    (note,) = document.notes
    assert fold(note.text).startswith(fold(footnote.get("text") or footnote["text_starts"]))
    marks = [mark for block in document.blocks for mark in block.marks if mark.kind is MarkKind.FOOTNOTE]
    assert [mark.value for mark in marks] == ["1"] == [note.mark]


def test_a_letterhead_of_two_columns_is_read_cell_by_cell():
    document = read((LETTERS / "verslag-2021-03-23.docx").read_bytes())

    assert [block.text for block in document.blocks[:5]] == [
        "Aan de Voorzitter van de",
        "Eerste Kamer der Staten-Generaal",
        "Binnenhof 22",
        "Den Haag",
        "Directie Veiligheidsbeleid",
    ]


# Text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("Het  kabinet ") + r(" steunt\u00a0dit."), "Het kabinet steunt dit."),
        (r("in ") + f"<w:ins>{r('alle')}</w:ins>" + r(" landen"), "in alle landen"),  # tracked: inserted
        (r("in ") + "<w:del><w:r><w:delText>enkele </w:delText></w:r></w:del>" + r("landen"), "in landen"),  # deleted
        (f"<w:moveFrom>{r('weg')}</w:moveFrom><w:moveTo>{r('hier')}</w:moveTo>", "hier"),
        (r("zicht") + r("baar") + r("geheim", "<w:vanish/>"), "zichtbaar"),
        (r("NAVO") + "<w:r><w:noBreakHyphen/></w:r>" + r("top"), "NAVO-top"),
        (r("bond") + "<w:r><w:softHyphen/></w:r>" + r("genoot"), "bondgenoot"),
        ("<w:r><w:t>Datum</w:t><w:tab/><w:t>1 april 2021</w:t></w:r>", "Datum 1 april 2021"),
        (r("eerste deel van een lange alinea die doorloopt over de regel,") + "<w:r><w:br/></w:r>"
         + r("en het tweede deel dat daar gewoon bij hoort, ook lang."),
         "eerste deel van een lange alinea die doorloopt over de regel, en het tweede deel dat daar gewoon bij hoort, ook lang."),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("3 mei") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
         "3 mei"),  # the result of a field is shown, its code is not
        (f'<w:fldSimple w:instr="DATE">{r("3 mei")}</w:fldSimple>', "3 mei"),
        (f"<w:smartTag>{r('Den Haag')}</w:smartTag>", "Den Haag"),
        (r("10") + '<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "10€"),
        (r("een") + '<w:r><w:sym w:char="D800"/><w:sym w:char="-5"/><w:sym w:char="F0B7"/></w:r>' + r("twee"), "een twee"),
        (f"<w:sdt><w:sdtContent>{r('inhoud')}</w:sdtContent></w:sdt>", "inhoud"),
    ],
)  # fmt: skip
def test_text_is_read_as_word_shows_it(content, expected):
    assert texts(docx(p(content))) == [expected]


def test_a_paragraph_whose_end_was_deleted_runs_on_in_the_next():
    body = p(r("De ministers "), "<w:rPr><w:del/></w:rPr>") + p(r("spraken."))

    assert texts(docx(body)) == ["De ministers spraken."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Aan de Voorzitter van de", "Tweede Kamer", "Den Haag"],
            ["Aan de Voorzitter van de", "Tweede Kamer", "Den Haag"],
        ),
        (
            ["Een alinea. " * 8, "", "En nog een alinea. " * 8],
            [("Een alinea. " * 8).strip(), ("En nog een alinea. " * 8).strip()],
        ),
    ],
)
def test_line_breaks_that_end_something_part_blocks(lines, expected):
    assert texts(docx(p("<w:r><w:br/></w:r>".join(r(line) for line in lines)))) == expected


def test_a_bold_line_above_a_line_break_is_a_block_of_its_own():
    text = "De ministers spraken uitgebreid over de steun aan het land en over de wederopbouw."

    document = read(docx(p(r("Oekraïne", "<w:b/>") + "<w:r><w:br/></w:r>" + r(text))))

    assert [(block.text, block.bold) for block in document.blocks] == [("Oekraïne", True), (text, False)]


def test_a_bold_title_over_two_lines_stays_one_block():
    title = r("VERSLAG VAN DE NAVO-TOP", "<w:b/>") + "<w:r><w:br/></w:r>" + r("VAN 14 JUNI 2021", "<w:b/>")

    assert texts(docx(p(title))) == ["VERSLAG VAN DE NAVO-TOP VAN 14 JUNI 2021"]


def test_a_table_of_contents_is_left_out():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        p(field + r("Oekraïne 3"))
        + p(r("China 4") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p(r("Tekst"))
    )

    assert texts(docx(body)) == ["Tekst"]


# Formatting

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="EigenKop"><w:name w:val="Tussenkop"/><w:basedOn w:val="Kop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style>
<w:style w:type="character" w:styleId="Sterk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def test_formatting_of_a_part_is_a_mark_and_of_the_whole_is_a_quality():
    body = p(r("Het ") + r("commitment", "<w:i/>") + r(" van de ") + r("VS", "<w:b/>")) + p(
        r("Oekraïne", "<w:b/>") + r(":")
    )

    first, second = read(docx(body)).blocks

    assert first.marks == (Mark(MarkKind.EMPHASIS, 4, 14), Mark(MarkKind.STRONG, 22, 24))
    assert (first.bold, second.bold, second.marks) == (False, True, ())


def test_a_run_in_heading_stays_in_its_paragraph_with_a_mark():
    (block,) = read(docx(p(r("Oekraïne. ", "<w:b/>") + r("De ministers spraken.")))).blocks

    assert block.text == "Oekraïne. De ministers spraken."
    assert block.marks == (Mark(MarkKind.STRONG, 0, 9),)


@pytest.mark.parametrize(
    ("properties", "run", "expected"),
    [
        ('<w:pStyle w:val="Kop2"/>', "", (BlockKind.HEADING, 2, True)),
        ('<w:pStyle w:val="EigenKop"/>', "", (BlockKind.HEADING, 2, True)),  # based on a heading
        ('<w:pStyle w:val="EigenKop"/>', '<w:b w:val="0"/>', (BlockKind.HEADING, 2, False)),
        (
            '<w:pStyle w:val="EigenKop"/>',
            '<w:rStyle w:val="Sterk"/>',
            (BlockKind.HEADING, 2, False),
        ),  # toggled twice
        ('<w:outlineLvl w:val="0"/>', "", (BlockKind.HEADING, 1, False)),
        ('<w:outlineLvl w:val="9"/>', "", (BlockKind.TEXT, None, False)),  # body text
        ('<w:pStyle w:val="Rond"/>', "", (BlockKind.TEXT, None, False)),  # a style based on itself
        ('<w:pStyle w:val="Onbekend"/>', '<w:rStyle w:val="Sterk"/>', (BlockKind.TEXT, None, True)),
    ],
)
def test_headings_and_bold_come_from_styles(properties, run, expected):
    (block,) = read(docx(p(r("China", run), properties), styles=STYLES)).blocks

    assert (block.kind, block.level, block.bold) == expected


def test_the_size_comes_from_the_default_style():
    (block,) = read(docx(p(r("China")), styles=STYLES)).blocks

    assert block.size == 9.0


def test_underlined_and_capital_headings_are_told():
    first, second = read(
        docx(p(r("Zuidflank", '<w:u w:val="single"/>')) + p(r("Agenda", "<w:caps/>")))
    ).blocks

    assert (first.underlined, first.capitals, second.underlined, second.capitals) == (
        True,
        False,
        False,
        True,
    )


def test_a_link_keeps_its_target():
    (block,) = read(
        docx(p(r("Zie ") + f'<w:hyperlink r:id="link">{r("de verklaring")}</w:hyperlink>'))
    ).blocks

    assert block.marks == (Mark(MarkKind.LINK, 4, 17, "https://www.nato.int"),)


# Lists

NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def item(text: str, number: int, level: int = 0, run: str = "") -> str:
    return p(r(text, run), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_become_labels():
    body = "".join(
        [
            item("a", 1),
            item("b", 1, 1),
            item("c", 1, 1),
            item("d", 1),
            item("e", 1, 1),
            item("f", 2),
            item("g", 3),
        ]
    )

    blocks = read(docx(body, numbering=NUMBERING)).blocks

    assert [block.label for block in blocks] == ["1.", "1.a)", "1.b)", "2.", "2.a)", "•", "7."]
    assert {block.kind for block in blocks} == {BlockKind.LIST_ITEM}


def test_a_numbered_bold_paragraph_may_be_a_heading():
    (block,) = read(docx(item("Oekraïne", 1, run="<w:b/>"), numbering=NUMBERING)).blocks

    assert (block.kind, block.label, block.text, block.bold) == (BlockKind.TEXT, "1.", "Oekraïne", True)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1. Algemeen", "1.", "Algemeen"),
        ("2.1 Oekraïne", "2.1", "Oekraïne"),
        ("– meer steun", "–", "meer steun"),
        ("iii) meer steun", "iii)", "meer steun"),
        ("H. Bruins Slot", "", "H. Bruins Slot"),  # initials
        ("2.5 procent", "", "2.5 procent"),
        ("28 676 NAVO", "", "28 676 NAVO"),
    ],
)
def test_typed_numbers_become_labels_but_initials_and_amounts_do_not(text, label, rest):
    (block,) = read(docx(p(r(text)))).blocks

    assert (block.label, block.text) == (label, rest)


# Footnotes

FOOTNOTES = "".join(
    f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{r(" " + text)}</w:p></w:footnote>'
    for number, text in ((8, "Eerste noot."), (5, "Tweede noot."))
)


def reference(number: int, attributes: str = "", text: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{number}" {attributes}/>{text}</w:r>'


def test_footnotes_count_in_the_order_of_the_text():
    body = p(r("Dreigingen") + reference(8) + r(". Steun") + reference(5) + r("."))

    document = read(docx(body, footnotes=FOOTNOTES))

    assert document.blocks[0].text == "Dreigingen. Steun."
    assert document.blocks[0].marks == (
        Mark(MarkKind.FOOTNOTE, 10, 10, "1"),
        Mark(MarkKind.FOOTNOTE, 17, 17, "2"),
    )
    assert document.notes == (Note("1", "Eerste noot."), Note("2", "Tweede noot."))


@pytest.mark.parametrize(
    ("settings", "marks"),
    [
        ('<w:footnotePr><w:numStart w:val="4"/></w:footnotePr>', ["4", "5"]),
        ('<w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr>', ["i", "ii"]),
        ('<w:footnotePr><w:numFmt w:val="chicago"/></w:footnotePr>', ["*", "†"]),
    ],
)
def test_footnotes_are_numbered_as_the_document_says(settings, marks):
    body = p(r("a") + reference(8) + r("b") + reference(5))

    document = read(docx(body, footnotes=FOOTNOTES, settings=settings))

    assert [note.mark for note in document.notes] == marks


def test_footnotes_and_endnotes_stand_in_the_order_of_the_text():
    endnotes = f'<w:endnote w:id="3"><w:p>{r("Aan het eind.")}</w:p></w:endnote>'
    body = p(
        r("a") + reference(8) + r("b") + '<w:r><w:endnoteReference w:id="3"/></w:r>' + r("c") + reference(5)
    )

    document = read(docx(body, footnotes=FOOTNOTES, endnotes=endnotes))

    assert document.notes == (
        Note("1", "Eerste noot."),
        Note("i", "Aan het eind."),
        Note("2", "Tweede noot."),
    )


def test_a_mark_that_the_author_typed_is_no_text():
    notes = f'<w:footnote w:id="8"><w:p>{r("* Onder voorbehoud.")}</w:p></w:footnote>'
    body = p(r("Agenda") + reference(8, 'w:customMarkFollows="1"', "<w:t>*</w:t>"))

    document = read(docx(body, footnotes=notes))

    assert (document.blocks[0].text, document.notes) == ("Agenda", (Note("*", "Onder voorbehoud."),))


# Letterheads: headers, tables, text boxes


def test_the_header_of_the_first_page_stands_in_front_and_other_headers_are_left_out():
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
        "<w:titlePg/></w:sectPr>"
    )
    body = p(r("Geachte voorzitter,")) + section

    data = docx(
        body, header1=p(r("Directie X")) + p(r("Ministerie")), header2=p(r("Ministerie")) + p(r("Pagina 2"))
    )

    assert texts(data) == ["Directie X", "Geachte voorzitter,"]


def test_a_header_of_all_pages_is_left_out():
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/></w:sectPr>'

    assert texts(docx(p(r("Tekst")) + section, header1=p(r("Directie X")))) == ["Tekst"]


def test_a_text_box_is_read_once_in_front_of_the_paragraph_that_holds_it():
    box = f"<w:txbxContent>{p(r('Onze referentie'))}{p(r('BZ2524001'))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert texts(docx(p(drawing + r("Geachte voorzitter,")))) == [
        "Onze referentie",
        "BZ2524001",
        "Geachte voorzitter,",
    ]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_row_of_label_and_value_is_a_table_row():
    rows = (
        row(p(""), p(""), p(""))
        + row(p(r("Datum")), p(""), p(r("24 maart 2025")))
        + row(p(r("> Retouradres")), p(""), p(""))
    )

    blocks = read(docx(f"<w:tbl>{rows}</w:tbl>")).blocks

    assert blocks == (
        Block("Datum\t24 maart 2025", BlockKind.TABLE_ROW),
        Block("> Retouradres", BlockKind.TEXT),
    )


def test_an_empty_cell_keeps_its_place_where_its_column_is_used():
    rows = row(p(r("Land")), p(r("2023")), p(r("2024"))) + row(p(r("Nederland")), p(""), p(r("2%")))

    assert texts(docx(f"<w:tbl>{rows}</w:tbl>")) == ["Land\t2023\t2024", "Nederland\t\t2%"]


def test_page_breaks_of_the_author_are_told():
    body = (
        p(r("een")) + p('<w:r><w:br w:type="page"/></w:r>') + p(r("twee")) + p(r("drie"), "<w:pageBreakBefore/>")
        + p(r("vier"), "<w:sectPr/>") + p(r("vijf")) + "<w:sectPr/>"
    )  # fmt: skip

    blocks = read(docx(body)).blocks

    assert [block.text for block in blocks if block.before_page_break] == ["een", "twee", "vier"]


# What the clerk must be told, and what is refused


@pytest.mark.parametrize(
    ("content", "warnings"),
    [
        (r("tekst"), ()),
        (f"<w:ins>{r('tekst')}</w:ins>", (CHANGES,)),
        (r("tekst") + r("geheim", "<w:vanish/>"), (HIDDEN,)),
        (r("tekst") + '<w:r><w:commentReference w:id="1"/></w:r>', (COMMENTS,)),
    ],
)
def test_the_clerk_is_told_what_was_not_read(content, warnings):
    assert read(docx(p(content))).warnings == warnings


def test_an_entity_bomb_is_refused():
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", bomb)

    with pytest.raises(errors.BrokenFile):
        read(buffer.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (MAX_PART_BYTES + 1))

    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(errors.TooMuchText):
        read(buffer.getvalue())


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"<Types/>", b"<Types?>")[:-30],
        lambda data: data[:200] + b"\x00" * 50 + data[250:],
    ],
)
def test_a_damaged_file_is_refused(damage):
    with pytest.raises(errors.BrokenFile):
        read(damage(docx(p(r("Tekst " * 50)))))


def test_nesting_that_no_word_processor_makes_is_refused():
    with pytest.raises(errors.BrokenFile):
        read(docx("<w:sdt><w:sdtContent>" * 2000 + p(r("diep")) + "</w:sdtContent></w:sdt>" * 2000))
