"""What a DOCX or an ODT tells that should not get out is told to the clerk and does not become text."""

import io
import zipfile

import pytest

from letters.parsing.document import Leak, LeakKind
from letters.parsing.readers import docx, odt

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
WORD = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
OPEN_DOCUMENT = " ".join(
    [
        f'xmlns:{name}="{OASIS}:{name}:1.0"'
        for name in ("office", "text", "table", "style", "meta", "manifest")
    ]
    + [f'xmlns:draw="{OASIS}:drawing:1.0"', f'xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"']
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
)


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relationships(**targets: str) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789").replace("_", "-")}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def word(body: str, parts: dict[str, str] | None = None, **related: str) -> docx.Document:
    """Read a DOCX with this body; ``related`` are parts that it refers to, ``parts`` are others."""
    package = {
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(**{name: f"{name}.xml" for name in related}),
        **{f"word/{name}.xml": f"<w:{name} {WORD}>{content}</w:{name}>" for name, content in related.items()},
        **(parts or {}),
    }
    return docx.read(zipped(package))


def writer(
    body: str, automatic: str = "", meta: str = "", manifest: str = "", pages: str = ""
) -> odt.Document:
    """Read an ODT with this text, automatic styles and properties."""
    return odt.read(
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"<office:document-content {OPEN_DOCUMENT}><office:automatic-styles>{automatic}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
                "</office:document-content>",
                "meta.xml": f"<office:document-meta {OPEN_DOCUMENT}><office:meta>{meta}</office:meta></office:document-meta>",
                "styles.xml": f"<office:document-styles {OPEN_DOCUMENT}><office:master-styles>{pages}</office:master-styles>"
                "</office:document-styles>",
                "META-INF/manifest.xml": f"<manifest:manifest {OPEN_DOCUMENT}>{manifest}</manifest:manifest>",
            }
        )
    )


def wp(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def wr(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def values(document, kind: LeakKind) -> tuple[str, ...] | None:
    """The values of one kind of leak, ``None`` if the document has no such leak."""
    return next((leak.values for leak in document.leaks if leak.kind is kind), None)


def texts(document) -> list[str]:
    return [block.text for block in document.blocks]


def test_a_clean_file_has_no_leaks():
    assert word(wp(wr("Geachte voorzitter,"))).leaks == ()
    assert writer(p("Geachte voorzitter,")).leaks == ()


# Tracked changes


def test_tracked_changes_of_a_docx_are_counted_by_author_and_inserted_text_stays():
    document = word(
        wp(
            wr("in ")
            + f'<w:ins w:author="J. Jansen">{wr("alle")}</w:ins>'
            + '<w:del w:author="P. de Vries"><w:r><w:delText>enkele</w:delText></w:r></w:del>'
            + wr(" landen", '<w:rPrChange w:author="J. Jansen"/>')
        )
        + wp(f'<w:moveFrom w:author="P. de Vries">{wr("weg")}</w:moveFrom><w:moveTo>{wr("hier")}</w:moveTo>')
    )

    assert document.leaks == (
        Leak(
            LeakKind.TRACKED_CHANGES,
            ("J. Jansen: 2 wijzigingen", "P. de Vries: 2 wijzigingen", "zonder naam: 1 wijziging"),
        ),
    )
    assert texts(document) == ["in alle landen", "hier"]


def test_tracked_changes_in_a_footnote_of_a_docx_are_seen():
    inserted = f'<w:ins w:author="J. Jansen">{wr("Noot")}</w:ins>'
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{inserted}</w:p></w:footnote>'

    document = word(wp(wr("Tekst") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note)

    assert values(document, LeakKind.TRACKED_CHANGES) == ("J. Jansen: 1 wijziging",)
    assert [note.text for note in document.notes] == ["Noot"]


def test_tracked_changes_of_an_odt_are_counted_by_author_and_inserted_text_stays():
    def region(kind: str, author: str) -> str:
        info = f"<office:change-info><dc:creator>{author}</dc:creator></office:change-info>"
        return (
            f"<text:changed-region><text:{kind}>{info}{p('verwijderd')}</text:{kind}></text:changed-region>"
        )

    document = writer(
        f"<text:tracked-changes>{region('insertion', 'J. Jansen')}{region('deletion', 'J. Jansen')}"
        f"{region('format-change', 'P. de Vries')}</text:tracked-changes>"
        + p('in <text:change-start text:change-id="a"/>alle<text:change-end text:change-id="a"/> landen')
    )

    assert document.leaks == (
        Leak(LeakKind.TRACKED_CHANGES, ("J. Jansen: 2 wijzigingen", "P. de Vries: 1 wijziging")),
    )
    assert texts(document) == ["in alle landen"]


# Comments


def test_comments_of_a_docx_are_told_with_their_authors():
    comments = f'<w:comment w:author="J. Jansen">{wp(wr("Klopt"))}{wp(wr("dit?"))}</w:comment>'

    document = word(wp(wr("Tekst") + '<w:r><w:commentReference w:id="1"/></w:r>'), comments=comments)

    assert document.leaks == (Leak(LeakKind.COMMENTS, ("J. Jansen: Klopt dit?",)),)
    assert texts(document) == ["Tekst"]


def test_a_comment_that_lost_its_text_is_still_told():
    document = word(wp(wr("Tekst") + '<w:r><w:commentReference w:id="1"/></w:r>'))

    assert document.leaks == (Leak(LeakKind.COMMENTS),)


def test_comments_of_an_odt_are_told_with_their_authors():
    comment = f"<office:annotation><dc:creator>J. Jansen</dc:creator><dc:date>2021</dc:date>{p('Klopt dit?')}</office:annotation>"

    document = writer(p(f"Te{comment}kst"))

    assert document.leaks == (Leak(LeakKind.COMMENTS, ("J. Jansen: Klopt dit?",)),)
    assert texts(document) == ["Tekst"]


# Hidden text

HIDING_STYLE = (
    '<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "body",
    [
        wp(wr("Tekst") + wr("geheim", "<w:vanish/>")),
        wp(wr("Tekst")) + wp(wr("geheim"), '<w:pStyle w:val="Weg"/>'),
        wp(wr("Tekst") + wr("geheim", '<w:color w:val="FFFFFF"/>')),
        wp(wr("Tekst") + wr("geheim", '<w:color w:val="ffffff"/><w:highlight w:val="white"/>')),
        wp(wr("Tekst") + wr("geheim", '<w:sz w:val="2"/>')),
        wp(wr("Tekst"))
        + f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{wp(wr('geheim'))}</w:tc></w:tr></w:tbl>",
    ],
)
def test_hidden_text_of_a_docx_is_told_and_not_read(body):
    document = word(body, styles=HIDING_STYLE)

    assert document.leaks == (Leak(LeakKind.HIDDEN_TEXT, ("geheim",)),)
    assert texts(document) == ["Tekst"]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "body",
    [
        wp(wr("Tekst", WHITE + '<w:shd w:val="clear" w:fill="154273"/>')),
        wp(wr("Tekst", WHITE + '<w:highlight w:val="blue"/>')),
        wp(wr("Tekst", WHITE), '<w:shd w:val="clear" w:fill="154273"/>'),
        f"<w:tbl><w:tr><w:tc>{wp(wr('Tekst', WHITE))}</w:tc></w:tr></w:tbl>",  # the cell may be dark
        wp(
            f"<w:r><w:pict><v:textbox><w:txbxContent>{wp(wr('Tekst', WHITE))}</w:txbxContent></v:textbox></w:pict></w:r>"
        ),
        wp(wr("Tekst") + wr("   ", "<w:vanish/>")),
    ],
)
def test_white_text_on_a_colour_is_not_hidden(body):
    document = word(body)

    assert (texts(document), document.leaks) == (["Tekst"], ())


STYLES = (
    '<style:style style:name="Weg" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Wit" style:family="text"><style:text-properties fo:color="#FFFFFF"/></style:style>'
    '<style:style style:name="Klein" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>'
    '<style:style style:name="Blok" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Balk" style:family="paragraph"><style:paragraph-properties fo:background-color="#154273"/>'
    "</style:style>"
)


@pytest.mark.parametrize(
    "body",
    [
        p('Tekst<text:span text:style-name="Weg">geheim</text:span>'),
        p('Tekst<text:span text:style-name="Wit">geheim</text:span>'),
        p('Tekst<text:span text:style-name="Klein">geheim</text:span>'),
        p("Tekst") + p("geheim", "Blok"),
        p("Tekst") + f'<text:section text:display="none">{p("geheim")}</text:section>',
        p('Tekst<text:hidden-text text:is-hidden="true" text:string-value="geheim"/>'),
        p("Tekst") + p('geheim<text:hidden-paragraph text:is-hidden="true"/>'),
        p('<text:conditional-text text:string-value-if-true="geheim" text:string-value-if-false="Tekst">Tekst'
          "</text:conditional-text>"),
        p("Tekst") + '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
        f"{p('geheim')}</table:table-cell></table:table-row></table:table>",
    ],
)  # fmt: skip
def test_hidden_text_of_an_odt_is_told_and_not_read(body):
    document = writer(body, STYLES)

    assert document.leaks == (Leak(LeakKind.HIDDEN_TEXT, ("geheim",)),)
    assert texts(document) == ["Tekst"]


def test_white_text_in_a_coloured_bar_of_an_odt_is_not_hidden():
    document = writer(p('<text:span text:style-name="Wit">Tekst</text:span>', "Balk"), STYLES)

    assert (texts(document), document.leaks) == (["Tekst"], ())


def test_of_hidden_text_only_the_beginning_is_told_and_of_many_pieces_ten():
    document = word("".join(wp(wr(f"{number} " + "geheim " * 100, "<w:vanish/>")) for number in range(30)))

    found = values(document, LeakKind.HIDDEN_TEXT)
    assert [value[:8] for value in found] == [f"{number} geheim" for number in range(10)]
    assert max(map(len, found)) == 120
    assert found[0].endswith("…")


# Authors


def properties(core: str = "", application: str = "", custom: str = "") -> dict[str, str]:
    return {
        "_rels/.rels": relationships(
            officeDocument="word/document.xml",
            core_properties="docProps/core.xml",
            extended_properties="docProps/app.xml",
            custom_properties="docProps/custom.xml",
        ),
        "docProps/core.xml": f'<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="x">{core}</p>',
        "docProps/app.xml": f"<Properties>{application}</Properties>",
        "docProps/custom.xml": f"<Properties>{custom}</Properties>",
    }


@pytest.mark.parametrize(
    ("parts", "authors"),
    [
        (properties(core="<dc:creator>Jansen, J.</dc:creator><cp:lastModifiedBy>P. de Vries</cp:lastModifiedBy>"),
         ("Jansen, J.", "P. de Vries")),
        (properties(core="<dc:creator>J. Jansen</dc:creator><cp:lastModifiedBy>J. Jansen</cp:lastModifiedBy>"), ("J. Jansen",)),
        (properties(application="<Company>Ministerie van X</Company><Manager>B. Baas</Manager><Application>Word</Application>"),
         ("Ministerie van X", "B. Baas")),
        (properties(custom='<property name="Behandeld door"><v>Jan Jansen</v></property>'), ("Jan Jansen",)),
        (properties(custom='<property name="Veld 7"><v>j.jansen@minbuza.nl</v></property>'), ("j.jansen@minbuza.nl",)),
        (properties(custom='<property name="Veld 8"><v>A.B. van den Berg</v></property>'), ("A.B. van den Berg",)),
        (properties(custom='<property name="Template"><v>Brief aan de Kamer</v></property>'), None),
        (properties(custom='<property name="AuthorId"><v>17</v></property>'), None),
        (properties(core="<dc:creator>python-docx</dc:creator><cp:lastModifiedBy/>"), None),
        (properties(core="<dc:creator> Microsoft Office User </dc:creator>"), None),
    ],
)  # fmt: skip
def test_names_in_the_properties_of_a_docx_are_told(parts, authors):
    assert values(word(wp(wr("Tekst")), parts), LeakKind.AUTHOR) == authors


@pytest.mark.parametrize(
    ("meta", "authors"),
    [
        ("<meta:initial-creator>J. Jansen</meta:initial-creator><dc:creator>P. de Vries</dc:creator>",
         ("J. Jansen", "P. de Vries")),
        ("<meta:printed-by>B. Baas</meta:printed-by>", ("B. Baas",)),
        ('<meta:user-defined meta:name="Steller">Jan Jansen</meta:user-defined>', ("Jan Jansen",)),
        ('<meta:user-defined meta:name="AppVersion">12.0000</meta:user-defined><dc:title>Brief</dc:title>', None),
    ],
)  # fmt: skip
def test_names_in_the_properties_of_an_odt_are_told(meta, authors):
    assert values(writer(p("Tekst"), meta=meta), LeakKind.AUTHOR) == authors


# Attachments


def test_files_inside_a_docx_are_told():
    parts = {
        "word/embeddings/Begroting.xlsx": "x",
        "word/charts/_rels/chart1.xml.rels": "x",
        "word/media/image1.png": "x",
        "word/_rels/document.xml.rels": relationships(aFChunk="afchunk.html"),
    }

    assert word(wp(wr("Tekst")), parts).leaks == (
        Leak(LeakKind.ATTACHMENT, ("afchunk.html", "Begroting.xlsx")),
    )


def test_objects_inside_an_odt_are_told_but_formulas_are_not():
    def frame(tag: str, target: str) -> str:
        return f'<draw:frame><draw:{tag} xlink:href="./{target}"/><draw:image/></draw:frame>'

    formula = (
        '<manifest:file-entry manifest:full-path="Object 1/" '
        'manifest:media-type="application/vnd.oasis.opendocument.formula"/>'
    )

    document = writer(
        p(
            f"{frame('object', 'Object 1')}{frame('object', 'Object 2')}{frame('object-ole', 'Object 3')}Tekst"
        ),
        manifest=formula,
    )

    assert document.leaks == (Leak(LeakKind.ATTACHMENT, ("Object 2", "Object 3")),)
    assert texts(document) == ["Tekst"]


# Headers and footers


def test_headers_and_footers_of_all_sections_of_a_docx_are_margins_each_once():
    def section(*references: str, title_page: bool = False) -> str:
        inside = "".join(
            f'<w:{name.rstrip("12")}Reference w:type="{kind}" r:id="{name}"/>'
            for kind, name in (reference.split() for reference in references)
        )
        return f"<w:sectPr>{inside}{'<w:titlePg/>' if title_page else ''}</w:sectPr>"

    table = f"<w:tbl><w:tr><w:tc>{wp(wr('Datum'))}</w:tc><w:tc>{wp(wr('1 april'))}</w:tc></w:tr></w:tbl>"
    watermark = '<w:p><w:r><w:pict><v:shape><v:textpath string="CONCEPT"/></v:shape></w:pict></w:r></w:p>'

    document = word(
        wp(wr("een"), section("first header1", "default header2", title_page=True))
        + wp(wr("twee"))
        + section("default header2", "default footer1", "even footer2"),
        header1=wp(wr("Directie X")) + wp(wr("Ministerie")),
        header2=wp(wr("Ministerie")) + table + watermark,
        footer1=wp(wr("Departementaal Vertrouwelijk")),
        footer2=wp(wr("Departementaal Vertrouwelijk")) + wp(""),
    )

    assert texts(document) == ["Directie X", "een", "twee"]
    assert document.margins == ("Ministerie", "Datum 1 april", "Departementaal Vertrouwelijk", "CONCEPT")


def test_what_is_hidden_in_a_header_is_told_but_white_text_on_a_picture_is_read():
    header = wp(wr("geheim", "<w:vanish/>") + wr("Rijksoverheid", WHITE))

    document = word(
        wp(wr("Tekst")) + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
        header1=header,
    )

    assert document.margins == ("Rijksoverheid",)
    assert values(document, LeakKind.HIDDEN_TEXT) == ("geheim",)
