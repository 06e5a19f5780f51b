"""Read official XML: a Kamerstuk in either dialect, or the metadata beside it."""

from lxml import etree

from letters.parsing.document import Document
from letters.parsing.readers.detection import XML
from letters.parsing.readers.errors import BrokenFile, OtherXml
from letters.parsing.readers.markup import as_utf8, local_name
from letters.parsing.readers.xml import kamerstuk, kamerwrk, metadata

#: Root element → reader of a tree with such a root.
DIALECTS = {
    "officiele-publicatie": kamerstuk.read_tree,
    "kamerstuk": kamerstuk.read_tree,
    "niet-dossier-stuk": kamerstuk.read_tree,
    "kamerwrk": kamerwrk.read_tree,
    "metadata_gegevens": metadata.read_tree,
}


def read(data: bytes) -> Document:
    """Read the bytes of an XML file.

    Metadata alone gives a document without blocks. Raises BrokenFile, or OtherXml for any other root element.
    """
    root = _parse(as_utf8(data))
    read_tree = DIALECTS.get(local_name(root))
    if read_tree is None:
        raise OtherXml
    try:
        blocks, notes, found = read_tree(root)
    except RecursionError as error:
        raise BrokenFile from error
    return Document(XML, tuple(blocks), tuple(notes), metadata=found)


def _parse(data: bytes) -> etree._Element:
    """Parse without fetching or expanding anything; a file that defines entities of its own is refused."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile from error
    definitions = root.getroottree().docinfo.internalDTD
    if definitions is not None and next(definitions.iterentities(), None) is not None:
        raise BrokenFile
    return root
