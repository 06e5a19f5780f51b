"""How a briefing looks: A4, in the language of the page, styles that Word knows, page numbers."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

DARK, GREY = RGBColor(0x1B, 0x2A, 0x41), RGBColor(0x55, 0x5F, 0x6D)
LABEL, NOTE, FACTS = "Label", "Toelichting", "Gegevens"
HEADS = [("Title", 22, 0, 6), ("Heading 1", 16, 24, 6), ("Heading 2", 13, 16, 4), ("Heading 3", 11, 12, 4)]
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


def new_document(title: str) -> DocumentObject:
    """An empty document in the language of the page, without the marks of the program that made it."""
    document = Document()
    _page(document)
    _styles(document)
    _page_numbers(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], "NAVO-brieven", _language()
    properties.comments = properties.keywords = properties.last_modified_by = ""
    return document


def in_language(run, language: str) -> None:
    """Tell the spelling checker what these words are in, when it is not the language of the page."""
    if LANGUAGES[language] == _language():
        return
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), LANGUAGES[language])
    run._r.get_or_add_rPr().append(tag)


def _language() -> str:
    return LANGUAGES[get_language() or "nl"]


def _page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _styles(document: DocumentObject) -> None:
    styles = document.styles
    default = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    default.set(qn("w:val"), _language())
    for name, size, before, after in HEADS:
        style = styles[name]
        _font(style, size)
        style.font.color.rgb = DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    _font(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    quote = styles["Quote"]
    _font(quote, 11)
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0, 0, 0)
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Cm(0.8), Pt(8)
    for name, size, indent in [(LABEL, 9.5, 0.8), (NOTE, 10, 0.8), (FACTS, 10, 0)]:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(size), GREY
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(indent), Pt(2)
    styles[LABEL].paragraph_format.keep_with_next = True
    styles[LABEL].font.bold = True
    styles[NOTE].paragraph_format.space_after = Pt(8)


def _font(style, size: float) -> None:
    """Calibri, which LibreOffice replaces by Carlito; the theme of the empty document would win otherwise."""
    style.font.name, style.font.size = "Calibri", Pt(size)
    fonts = style.element.rPr.rFonts
    for name in ["asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"]:
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _page_numbers(document: DocumentObject) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.add_run(_("Bladzijde "))
    _field(line, "PAGE")
    line.add_run(_(" van "))
    _field(line, "NUMPAGES")


def _field(line, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)
