"""A DOCX as a package of XML parts (ECMA-376 part 2)."""

import posixpath

from lxml import etree

from letters.parsing.readers.archive import Archive
from letters.parsing.readers.errors import EncryptedWord

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: The strict dialect (ISO/IEC 29500-1) has the same names in namespaces of its own.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
}


class Package(Archive):
    """The parts of one DOCX."""

    encrypted = EncryptedWord

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._relationships: dict[str, dict[str, tuple[str, str]]] = {}

    def main_part(self) -> str:
        """Give the name of the document part; Word calls it word/document.xml, others need not."""
        for kind, target in self.relationships("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def content(self, name: str) -> bytes | None:
        content = super().content(name)
        for strict, transitional in STRICT.items() if content else ():
            content = content.replace(strict, transitional)
        return content

    def relationships(self, name: str) -> dict[str, tuple[str, str]]:
        """Give the relationships of a part: id → (kind, target); the target is a part's name, or an address outside."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> dict[str, tuple[str, str]]:
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


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """Give the first ``w:`` element at ``path`` ("rPr/del"); this takes half the time of ``find``."""
    for step in path.split("/"):
        if element is None:
            return None
        element = next(element.iterchildren(W + step), None)
    return element


def value(element: etree._Element | None, path: str = "") -> str | None:
    """Give ``w:val`` of an element or of its child, ``None`` if it is not there."""
    if path:
        element = child(element, path)
    return None if element is None else element.get(W + "val")


def number(text: str | None, default: int = 0) -> int:
    """Read a whole number that Word wrote, or ``default``."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
