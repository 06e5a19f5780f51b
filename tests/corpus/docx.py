"""The ministry's edition as a Word file (ECMA-376), as Word itself writes it: runs that split words, bookmarks, marks of the
spelling checker, and a text box that stands in the file twice (DrawingML, and VML for older programs).

Buitenlandse Zaken has its data in a text box beside the address, Defensie in a table; later pages have a running header.
"""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.corpus.editions import look
from tests.corpus.source import Block, Kind, Letter, Run

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="wps"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("document", "styles", "footnotes", "header1", "header2", "footer1", "numbering")
LOOKS = {
    "bold": "<w:b/>", "italic": "<w:i/>", "underlined": '<w:u w:val="single"/>', "capitals": "<w:b/><w:caps/>", "plain": "",
}  # fmt: skip
STYLES = (
    ("Standaard", "paragraph", "Normal"), ("Voetnoottekst", "paragraph", "footnote text"), ("Koptekst", "paragraph", "header"),
    ("Voetnootmarkering", "character", "footnote reference"), ("Lijstalinea", "paragraph", "List Paragraph"),
)  # fmt: skip
BULLET, DECIMAL = 1, 2


def sent(letter: Letter, blocks: tuple[Block, ...] | None = None, letterhead: bool = True) -> bytes:
    """The file of a letter; of some of its ``blocks`` alone, without ``letterhead``, where it goes out in two files."""
    blocks = letter.edition("sent") if blocks is None else blocks
    facts = letter.sent if letterhead else letter.sent | {"layout": "bare"}
    body = "".join([_letterhead(facts), *_body(letter, blocks)])
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1134" w:left="1588" '
        'w:header="709" w:footer="454" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    parts = {
        "document": f"<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "styles": _styles(),
        "footnotes": _footnotes(letter.notes_in(blocks)),
        "header1": f"<w:hdr {NAMESPACES}>{_running(facts)}</w:hdr>",
        "header2": f"<w:hdr {NAMESPACES}>{_paragraph(facts.get('ministry', ''), style='Koptekst')}</w:hdr>",
        "footer1": f"<w:ftr {NAMESPACES}>{_page_number()}</w:ftr>",
        "numbering": _numbering(),
    }
    return _package(parts)


def _package(parts: dict[str, str]) -> bytes:
    kinds = {name: name.rstrip("12") for name in PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}{".main" if kind == "document" else ""}+xml"/>'
        for name, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kinds[name]}" Target="{name}.xml"/>'
        for number, name in enumerate(PARTS[1:], start=2)
    )
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{relationships}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{relationships}{related}</Relationships>",
    } | {f"word/{name}.xml": text for name, text in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), DECLARATION + text)
    return stream.getvalue()


def _letterhead(facts: dict) -> str:
    if facts["layout"] == "bare":
        return ""
    reference = [facts["reference_label"], *facts["reference"]]
    fields = [["Datum", facts["date"]], ["Betreft", facts["subject"]]]
    if facts["layout"] == "defence":
        head = _table([[facts["retour"], ""]])
        address = "".join(_paragraph(line) for line in facts["addressee"])
        side = _table([[line] for line in (*facts["side"], "", *reference)])
        return head + address + side + _table(fields) + _paragraph(facts["reply"]) + _paragraph("")
    box = [*facts["side"], "", *reference, "", "Bijlage(n)", facts["enclosures"]]
    first, *others = facts["addressee"]
    address = _paragraph(first, before=_text_box(box)) + "".join(_paragraph(line) for line in others)
    return address + _paragraph("") + _table(fields) + _paragraph("")


def _body(letter: Letter, blocks: tuple[Block, ...]) -> list[str]:
    written, rows = [], []
    for number, block in enumerate(blocks):
        if block.kind == Kind.ROW:
            rows.append(list(block.cells))
            continue
        if rows:
            written.append(_table(rows))
            rows = []
        written.append(_block(letter, block, number))
    return written


def _block(letter: Letter, block: Block, number: int) -> str:
    if block.kind == Kind.BREAK:
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if block.kind == Kind.SIGNATURE:
        return _paragraph(block.office) + _paragraph("") + _paragraph(block.text) + _paragraph("")
    if block.kind in (Kind.TITLE, Kind.HEADING):
        properties = LOOKS[look(letter, block.level) if block.level else "bold"]
        return _paragraph("") + _paragraph(block.full_heading, properties=properties)
    if block.kind == Kind.ITEM:
        numbering = BULLET if block.label == "–" else DECIMAL
        style = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
        return f'<w:p><w:pPr><w:pStyle w:val="Lijstalinea"/>{style}</w:pPr>{_runs(block.runs, number)}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="Standaard"/></w:pPr>{_runs(block.runs, number)}</w:p>'


def _runs(runs: tuple[Run, ...], number: int) -> str:
    written = f'<w:bookmarkStart w:id="{number}" w:name="_Hlk1503{number:05}"/>' if number % 4 == 1 else ""
    for run in runs:
        if run.note:
            written += (
                '<w:r><w:rPr><w:rStyle w:val="Voetnootmarkering"/></w:rPr>'
                f'<w:footnoteReference w:id="{int(run.note) + 1}"/></w:r>'
            )
        else:
            written += _text(run.text, "<w:i/><w:iCs/>" if run.emphasis else "", number)
    return written + (f'<w:bookmarkEnd w:id="{number}"/>' if number % 4 == 1 else "")


def _text(text: str, properties: str, number: int) -> str:
    """Word cuts its text into runs at every place where someone typed, now and then in the middle of a word."""
    step = 90 + 7 * (number % 5)
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    spelling = '<w:proofErr w:type="spellStart"/>'
    return spelling.join(
        f'<w:r w:rsidR="00A{number:05}"><w:rPr>{properties}<w:lang w:val="nl-NL"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece in pieces
    )


def _paragraph(text: str, style: str = "Standaard", properties: str = "", before: str = "") -> str:
    run = _text(text, properties, 2) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{before}{run}</w:p>'


def _table(rows: list[list[str]]) -> str:
    grid = '<w:gridCol w:w="2400"/>' * len(rows[0])
    written = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2400" w:type="dxa"/></w:tcPr>{_paragraph(cell)}</w:tc>'
            for cell in row
        )
        + "</w:tr>"
        for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>'


def _text_box(lines: list[str]) -> str:
    """A text box that floats right of the address, in both of the forms in which Word writes it."""
    content = f"<w:txbxContent>{''.join(_paragraph(line) for line in lines)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>5900000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>1900000</wp:posOffset></wp:positionV>'
        '<wp:extent cx="1280000" cy="4000000"/><wp:wrapNone/><wp:docPr id="1" name="Tekstvak 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape style="position:absolute"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _running(facts: dict) -> str:
    words = [facts["side"][0], facts["reference_label"], *facts["reference"]] if "side" in facts else []
    return _paragraph(" ".join(words), style="Koptekst")


def _page_number() -> str:
    def field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def text(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'

    return f"<w:p>{text('Pagina ')}{field('PAGE')}{text(' van ')}{field('NUMPAGES')}</w:p>"


def _footnotes(notes: dict[str, str]) -> str:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    written = "".join(
        f'<w:footnote w:id="{int(mark) + 1}"><w:p><w:pPr><w:pStyle w:val="Voetnoottekst"/></w:pPr><w:r><w:footnoteRef/></w:r>'
        f"{_text(' ' + text, '', 3)}</w:p></w:footnote>"
        for mark, text in notes.items()
    )
    return f"<w:footnotes {NAMESPACES}>{separators}{written}</w:footnotes>"


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, kind, name in STYLES
    )
    return f"<w:styles {NAMESPACES}>{styles}</w:styles>"


def _numbering() -> str:
    levels = {BULLET: ("bullet", "–"), DECIMAL: ("decimal", "%1.")}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for number, (form, text) in levels.items()
    )
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in levels
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{used}</w:numbering>"
