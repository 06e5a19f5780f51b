"""The ministry's edition as an OpenDocument text (OpenDocument 1.2), as LibreOffice writes it."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.corpus.editions import look
from tests.corpus.source import Block, Kind, Letter, Run

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
MIMETYPE = "application/vnd.oasis.opendocument.text"
LOOKS = {
    "bold": 'fo:font-weight="bold"', "italic": 'fo:font-style="italic"', "underlined": 'style:text-underline-style="solid"',
    "capitals": 'fo:text-transform="uppercase" fo:font-weight="bold"', "plain": "",
}  # fmt: skip


def sent(letter: Letter) -> bytes:
    body = _letterhead(letter.sent) + "".join(_body(letter))
    styles = "".join(
        f'<style:style style:name="T_{name}" style:family="text"><style:text-properties {properties}/></style:style>'
        for name, properties in LOOKS.items()
    )
    breaking = (
        '<style:style style:name="P_break" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    files = {
        "content.xml": f'<office:document-content {NAMESPACES} office:version="1.2"><office:automatic-styles>{styles}{breaking}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": _styles(letter.sent),
        "meta.xml": f'<office:document-meta {NAMESPACES} office:version="1.2"><office:meta/></office:document-meta>',
        "META-INF/manifest.xml": f'<manifest:manifest {NAMESPACES} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), DECLARATION + text)
    return stream.getvalue()


def _letterhead(facts: dict) -> str:
    if facts["layout"] == "bare":
        return ""
    reference = [facts["reference_label"], *facts["reference"]]
    fields = _table([["Datum", facts["date"]], ["Betreft", facts["subject"]]])
    address = "".join(_paragraph(line) for line in facts["addressee"])
    if facts["layout"] == "defence":
        head = _table([[facts["retour"], ""]])
        return (
            head
            + address
            + _frame([*facts["side"], "", *reference])
            + fields
            + _paragraph(facts["reply"])
            + _paragraph("")
        )
    box = [*facts["side"], "", *reference, "", "Bijlage(n)", facts["enclosures"]]
    return _paragraph(facts["ministry"]) + _frame(box) + address + _paragraph("") + fields + _paragraph("")


def _body(letter: Letter) -> list[str]:
    written, rows = [], []
    style = "Standard"
    for number, block in enumerate(letter.edition("sent")):
        if block.kind == Kind.ROW:
            rows.append(list(block.cells))
            continue
        if rows:
            written.append(_table(rows))
            rows = []
        if block.kind == Kind.BREAK:
            style = "P_break"
            continue
        written.append(_block(letter, block, number, style))
        style = "Standard"
    return written


def _block(letter: Letter, block: Block, number: int, style: str) -> str:
    if block.kind == Kind.SIGNATURE:
        return _paragraph(block.office) + _paragraph("") + _paragraph(block.text)
    if block.kind in (Kind.TITLE, Kind.HEADING):
        span = f"T_{look(letter, block.level) if block.level else 'bold'}"
        text = f'<text:span text:style-name="{span}">{escape(block.full_heading)}</text:span>'
        return _paragraph("") + f'<text:p text:style-name="{style}">{text}</text:p>'
    text = _runs(block.runs, letter.notes)
    if number % 3 == 2:  # where a page ended when the file was last opened, in the middle of a paragraph
        text = text.replace(". ", ". <text:soft-page-break/>", 1)
    if block.kind == Kind.ITEM:
        style = "L_bullet" if block.label == "–" else "L_number"
        item = f"<text:list-item><text:p>{text}</text:p></text:list-item>"
        return f'<text:list text:style-name="{style}">{item}</text:list>'
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _runs(runs: tuple[Run, ...], notes: dict[str, str]) -> str:
    written = ""
    for run in runs:
        if run.note:
            body = f'<text:p text:style-name="Footnote"><text:s/>{escape(notes[run.note])}</text:p>'
            written += (
                f'<text:note text:id="ftn{run.note}" text:note-class="footnote">'
                f"<text:note-citation>{run.note}</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
            )
        else:
            text = escape(run.text)
            written += f'<text:span text:style-name="T_italic">{text}</text:span>' if run.emphasis else text
    return written


def _paragraph(text: str) -> str:
    return f'<text:p text:style-name="Standard">{escape(text)}</text:p>'


def _table(rows: list[list[str]]) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string">{_paragraph(cell)}</table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f"<table:table>{columns}{written}</table:table>"


def _frame(lines: list[str]) -> str:
    """A text box beside the address."""
    content = "".join(_paragraph(line) for line in lines)
    return (
        '<text:p text:style-name="Standard"><draw:frame text:anchor-type="paragraph" svg:x="12.5cm" svg:width="4cm">'
        f"<draw:text-box>{content}</draw:text-box></draw:frame></text:p>"
    )


def _styles(facts: dict) -> str:
    running = (
        " ".join([facts["side"][0], facts["reference_label"], *facts["reference"]]) if "side" in facts else ""
    )
    numbers = "<text:page-number>1</text:page-number> van <text:page-count>3</text:page-count>"
    bullet = '<text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
    number = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.2"><office:styles>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        '<style:style style:name="Footnote" style:family="paragraph"/>'
        f'<text:list-style style:name="L_bullet">{bullet}</text:list-style>'
        f'<text:list-style style:name="L_number">{number}</text:list-style></office:styles><office:master-styles>'
        f'<style:master-page style:name="Standard"><style:header><text:p>{escape(running)}</text:p></style:header>'
        f"<style:footer><text:p>Pagina {numbers}</text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
