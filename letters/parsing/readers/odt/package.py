"""An ODT as a package of XML parts (OpenDocument 1.2 part 3)."""

import re

from lxml import etree

from letters.parsing.readers.archive import Archive
from letters.parsing.readers.errors import EncryptedOdt

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _OASIS + "office:1.0}"
TEXT = _OASIS + "text:1.0}"
TABLE = _OASIS + "table:1.0}"
DRAW = _OASIS + "drawing:1.0}"
STYLE = _OASIS + "style:1.0}"
META = _OASIS + "meta:1.0}"
FO = _OASIS + "xsl-fo-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

#: <manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="application/vnd.oasis.opendocument.formula"/>
ENTRY = re.compile(rb"<[\w:]{0,40}file-entry\b[^>]{0,1000}>")
FULL_PATH = re.compile(rb"full-path=[\"']([^\"']{1,500})[\"']")
FORMULA = b"application/vnd.oasis.opendocument.formula"


class Package(Archive):
    """The parts of one ODT. Raises EncryptedOdt if it has a password."""

    encrypted = EncryptedOdt

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        # Part 3, 4.8.5: an encrypted part is not flagged in the ZIP but described in the manifest. Looked up, not parsed:
        # manifests of OpenOffice 2 have a DTD.
        self._manifest = self.content("META-INF/manifest.xml") or b""
        if b"encryption-data" in self._manifest:
            raise EncryptedOdt

    def formulas(self) -> set[str]:
        """Give the names of embedded objects that are only formulas, set in the text."""
        entries = (entry[0] for entry in ENTRY.finditer(self._manifest) if FORMULA in entry[0])
        paths = (FULL_PATH.search(entry) for entry in entries)
        return {path[1].decode(errors="replace").rstrip("/") for path in paths if path}


def is_true(element: etree._Element, attribute: str) -> bool:
    """Whether an attribute says "true", the only way in which ODF 1.3 writes yes."""
    return element.get(attribute) == "true"


def number(text: str | None, default: int) -> int:
    """Read a whole number, or give ``default``."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else default
