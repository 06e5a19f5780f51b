"""A ZIP of XML parts (a DOCX, an ODT), opened with suspicion."""

import io
import zipfile

from lxml import etree

from letters.parsing.readers.detection import ZIP_ERRORS
from letters.parsing.readers.errors import BrokenFile, NotReadable, TooMuchText

MAX_PARTS = 2_000
#: A letter of 20 pages has a main part of about 0.5 MB.
MAX_PART_BYTES = 24 * 1024**2
#: Of all parts that are read together
MAX_BYTES = 2 * MAX_PART_BYTES

PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


class Archive:
    """The parts of one file. Raises BrokenFile, TooMuchText or its own ``encrypted`` while it is read."""

    encrypted: type[NotReadable] = NotReadable

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS as error:
            raise BrokenFile from error
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS:
            raise TooMuchText
        self._entries = {entry.filename: entry for entry in entries}
        self._bytes_left = MAX_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def content(self, name: str) -> bytes | None:
        """Unpack a part, or give ``None`` if the archive does not hold it."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        self._bytes_left -= entry.file_size  # zipfile reads no further than this, whatever the stream holds
        if entry.file_size > MAX_PART_BYTES or self._bytes_left < 0:
            raise TooMuchText
        if entry.flag_bits & 0x1:
            raise self.encrypted
        try:
            return self._archive.read(entry)
        except ZIP_ERRORS as error:
            raise BrokenFile from error

    def xml(self, name: str) -> etree._Element | None:
        """Parse a part, or give ``None`` if the archive does not hold it.

        No entity is expanded, nothing is fetched, and a part with a DTD is refused: neither format has them.
        """
        content = self.content(name)
        if content is None:
            return None
        try:
            root = etree.fromstring(content, PARSER)
        except etree.XMLSyntaxError as error:
            raise BrokenFile from error
        if root.getroottree().docinfo.doctype:
            raise BrokenFile
        return root
