"""A DOCX as a package of XML parts (ECMA-376 part 2), opened with suspicion."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from letters.parsing.readers.errors import BrokenFile, EncryptedWord, TooMuchText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: The strict dialect (ISO/IEC 29500-1) has the same names in namespaces of its own.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
}

MAX_PARTS = 2_000
#: A letter of 20 pages has a main part of about 0.5 MB.
MAX_PART_BYTES = 24 * 1024**2


class Package:
    """The parts of one DOCX. Raises BrokenFile, EncryptedWord or TooMuchText while it is read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise BrokenFile from error
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS:
            raise TooMuchText
        self._entries = {entry.filename: entry for entry in entries}

    def main_part(self) -> str:
        """Give the name of the document part; Word calls it word/document.xml, others need not."""
        for kind, target in self.relationships("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def xml(self, name: str) -> etree._Element | None:
        """Parse a part, or give ``None`` if the package does not hold it.

        No entity is expanded, nothing is fetched, and a part with a DTD is refused: OPC forbids it (part 2, 8.1.4).
        """
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > MAX_PART_BYTES:  # zipfile reads no further than this, whatever the stream holds
            raise TooMuchText
        if entry.flag_bits & 0x1:
            raise EncryptedWord
        try:
            content = self._archive.read(entry)
            for strict, transitional in STRICT.items():
                content = content.replace(strict, transitional)
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
                remove_pis=True,
            )  # fmt: skip
            root = etree.fromstring(content, parser)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            etree.XMLSyntaxError,
        ) as error:
            raise BrokenFile from error
        if root.getroottree().docinfo.doctype:
            raise BrokenFile
        return root

    def relationships(self, name: str) -> dict[str, tuple[str, str]]:
        """Give the relationships of a part: id → (kind, target); the target is a part's name, or an address outside."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relationship in root if root is not None else ():
            target = relationship.get("Target", "")
            if relationship.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relationship.get("Id", "")] = (posixpath.basename(relationship.get("Type", "")), target)
        return found

    def related(self, name: str, kind: str) -> etree._Element | None:
        """Parse the part that ``name`` refers to as ``kind`` ("styles", "footnotes")."""
        for found, target in self.relationships(name).values():
            if found == kind:
                return self.xml(target)
        return None


def value(element: etree._Element | None, path: str = "", attribute: str = "val") -> str | None:
    """Give ``w:val`` (or another attribute) of an element or of its child, ``None`` if it is not there."""
    if element is not None and path:
        element = element.find("/".join(W + step for step in path.split("/")))
    return None if element is None else element.get(W + attribute)


def number(text: str | None, default: int = 0) -> int:
    """Read a whole number that Word wrote, or ``default``."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
