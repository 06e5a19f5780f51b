"""Footnotes for python-docx, which has none: the part, its separators, styles and references.

ECMA-376 part 1: §11.3.7 (the part), §17.11 (footnotes), Annex A for the order of elements.
"""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

#: The lines above footnotes; a document that has footnotes has these two, and its settings name them.
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}

STYLES = (
    """<w:style {} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>
    <w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
    <w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>""",
    """<w:style {} w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
    <w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>""",
    """<w:style {} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>
    <w:unhideWhenUsed/><w:rPr><w:color w:val="0B5394"/><w:u w:val="single"/></w:rPr></w:style>""",
)


class Footnotes:
    """The footnotes of one document, numbered by Word in the order in which the text refers to them."""

    def __init__(self, document: Document):
        for style in STYLES:
            document.styles.element.append(parse_xml(style.format(nsdecls("w"))))
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for number, kind in SEPARATORS.items():
            self._notes.append(_separator(number, kind))
        package = document.part.package
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._notes, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        _name_separators(document)
        self._next = 1

    def add(self, paragraph: Paragraph, words: str, url: str = "") -> None:
        """Refer at the end of ``paragraph`` to a new footnote with these words, a link when there is a ``url``."""
        number, self._next = self._next, self._next + 1
        reference = paragraph.add_run()._r
        _in_style(reference, "FootnoteReference")
        reference.append(_numbered("w:footnoteReference", number))
        self._notes.append(self._note(number, words, url))

    def _note(self, number: int, words: str, url: str):
        note, text = _numbered("w:footnote", number), OxmlElement("w:p")
        properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
        style.set(qn("w:val"), "FootnoteText")
        properties.append(style)
        mark = OxmlElement("w:r")
        _in_style(mark, "FootnoteReference")
        mark.append(OxmlElement("w:footnoteRef"))
        text.extend([properties, mark, _run(" "), link(self._part, words, url) if url else _run(words)])
        note.append(text)
        return note


def link(part, words: str, url: str):
    """A link in a part of the document, which itself keeps where its links lead."""
    # ``part.relate_to`` compares with all links that there are, which makes a long document slow. They only become more.
    name = f"link{len(part.rels)}"
    part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, name, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), name)
    run = _run(words)
    _in_style(run, "Hyperlink")
    element.append(run)
    return element


def _run(words: str):
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def _in_style(run, name: str) -> None:
    properties, style = OxmlElement("w:rPr"), OxmlElement("w:rStyle")
    style.set(qn("w:val"), name)
    properties.append(style)
    run.insert(0, properties)


def _numbered(tag: str, number: int):
    element = OxmlElement(tag)
    element.set(qn("w:id"), str(number))
    return element


def _separator(number: int, kind: str):
    return parse_xml(
        f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    )


def _name_separators(document: Document) -> None:
    """List the separators in the settings, before ``w:compat`` as the schema has it."""
    listed = OxmlElement("w:footnotePr")
    for number in SEPARATORS:
        listed.append(_numbered("w:footnote", number))
    document.settings.element.find(qn("w:compat")).addprevious(listed)
