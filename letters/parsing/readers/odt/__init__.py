"""Read an ODT (OpenDocument 1.2, ISO/IEC 26300)."""

from lxml import etree

from letters.parsing.document import Document, LeakKind
from letters.parsing.readers.detection import ODT
from letters.parsing.readers.errors import BrokenFile
from letters.parsing.readers.leaks import Leaks
from letters.parsing.readers.odt.body import LEFT_OUT, Body
from letters.parsing.readers.odt.inline import PARAGRAPHS, Inline
from letters.parsing.readers.odt.margins import read_margins
from letters.parsing.readers.odt.package import DC, DRAW, META, OFFICE, TABLE, TEXT, XLINK, Package
from letters.parsing.readers.odt.styles import Styles, children

CHANGES = (
    "Dit ODT-bestand bevat bijgehouden wijzigingen. Ingevoegde tekst is meegelezen, verwijderde tekst niet. "
    "Controleer of dit de definitieve brief is."
)
HIDDEN = "Dit ODT-bestand bevat verborgen tekst. Die is niet meegelezen."
COMMENTS = "Dit ODT-bestand bevat opmerkingen in de kantlijn. Die zijn niet meegelezen."
WARNINGS = {LeakKind.TRACKED_CHANGES: CHANGES, LeakKind.HIDDEN_TEXT: HIDDEN, LeakKind.COMMENTS: COMMENTS}

OBJECTS = (DRAW + "object", DRAW + "object-ole", DRAW + "plugin", DRAW + "applet")
MATH = "{http://www.w3.org/1998/Math/MathML}math"
PERSONS = (META + "initial-creator", DC + "creator", META + "printed-by")


def read(data: bytes) -> Document:
    """Read the bytes of an ODT.

    Blocks come in the order of the text, text boxes in front of the paragraph that holds them, with the header of the
    first page in front if the document has one of its own. What other headers and all footers say are the margins.
    Notes come in the order in which the text refers to them. Raises a NotReadable.
    """
    try:
        return _read(Package(data))
    except RecursionError as error:  # elements nested deeper than any word processor makes them
        raise BrokenFile from error


def _read(package: Package) -> Document:
    content = package.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is None:
        raise BrokenFile
    sheet = package.xml("styles.xml")
    common = children(sheet, "styles")
    styles = Styles(children(content, "automatic-styles"), common)
    leaks = Leaks()

    inline = Inline(styles, leaks)
    blocks = Body(styles, inline).read(body)
    of_pages = Styles(children(sheet, "automatic-styles"), common)  # names that also occur in the content
    front, margins = read_margins(sheet, _first_page(body, styles), Body(of_pages, Inline(of_pages, leaks)))
    _add_leaks(package, body, leaks)
    return Document(
        ODT,
        (*front, *blocks),
        tuple(inline.notes),
        warnings=tuple(sentence for kind, sentence in WARNINGS.items() if kind in leaks),
        margins=margins,
        leaks=leaks.found(),
    )


def _first_page(body: etree._Element, styles: Styles) -> str | None:
    """The master page with which the text begins: the first paragraph or table says it by its style."""
    for element in body:
        if element.tag == TABLE + "table":
            return styles.table_page(element.get(TABLE + "style-name"))
        first = None if element.tag in LEFT_OUT else next(element.iter(*PARAGRAPHS), None)
        if first is not None:
            return styles.paragraph(first.get(TEXT + "style-name")).page
    return None


def _add_leaks(package: Package, body: etree._Element, leaks: Leaks) -> None:
    regions = body.iter(TEXT + "changed-region")
    leaks.add_changes(next((name.text for name in region.iter(DC + "creator")), None) for region in regions)
    meta = package.xml("meta.xml")
    for element in meta.iter() if meta is not None else ():
        if element.tag in PERSONS:
            leaks.add_author(element.text)
        elif element.tag == META + "user-defined":
            leaks.add_property(element.get(META + "name", ""), element.text or "")
    formulas = package.formulas()
    for element in body.iter(*OBJECTS):
        name = element.get(XLINK + "href", "").removeprefix("./")
        if name not in formulas and element.find(MATH) is None:
            leaks.add(LeakKind.ATTACHMENT, name)
