"""Read a web page: an official publication, a page saved from a browser, or what a word processor exports."""

from lxml import etree

from letters.parsing.document import Document, PaperMetadata
from letters.parsing.readers.detection import HTML
from letters.parsing.readers.errors import BrokenFile, EmptyFile, TooMuchText
from letters.parsing.readers.html.body import PageBody
from letters.parsing.readers.html.chrome import is_sentence, remove_chrome, remove_unseen, trim
from letters.parsing.readers.html.content import find_content
from letters.parsing.readers.html.notes import take_notes
from letters.parsing.readers.html.visible_metadata import completed, find_visible_metadata
from letters.parsing.readers.markup import as_utf8
from letters.parsing.readers.xml import metadata

#: At a longer piece of text libxml2 stops reading
LONGEST_TEXT = 10_000_000  # bytes
ONLY_METADATA = (
    "Op deze webpagina staan alleen gegevens over de brief, niet de tekst ervan. "
    "Open de brief op de site zelf en bewaar die pagina, of lever de PDF aan."
)


def read(data: bytes) -> Document:
    """Read the bytes of a web page.

    Broken markup is read as browsers do. What belongs to the site and not to the letter is left out. Notes come in the
    order of their marks. Raises EmptyFile, or BrokenFile for elements nested deeper than any page has them.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(as_utf8(data), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile from error
    if len(data) > LONGEST_TEXT and any(
        error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log
    ):
        raise TooMuchText
    if root is None:
        raise EmptyFile
    try:
        document = _read(root)
    except RecursionError as error:
        raise BrokenFile from error
    return document


def _read(root: etree._Element) -> Document:
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        raise EmptyFile
    remove_unseen(body)
    shown = find_visible_metadata(body)
    notes = take_notes(body)
    remove_chrome(body)
    page = PageBody(notes)
    page.walk(find_content(body))
    page.end()
    page.add_unreferred()
    blocks = trim(page.blocks, page.link_shares)
    if shown and not any(map(is_sentence, blocks)):
        raise EmptyFile(ONLY_METADATA)
    metadata = completed(_metadata(root), shown) if blocks else None
    return Document(HTML, tuple(blocks), tuple(page.notes), metadata=metadata)


def _metadata(root: etree._Element) -> PaperMetadata | None:
    """What the page says of itself: <meta name="OVERHEIDop.dossiernummer" content="28676">"""
    found = metadata.from_pairs(
        (element.get("name", ""), element.get("content", "")) for element in root.iter("meta")
    )
    return None if found == PaperMetadata() else found
