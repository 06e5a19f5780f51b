"""Files in, blocks of text out: ``read`` looks at what a file *is*, not at its name, and calls the reader for it."""

from collections.abc import Callable
from importlib import import_module

from letters.parsing.document import Document
from letters.parsing.readers.detection import DOCX, HTML, ODT, PDF, TEXT, XML, check_name, detect
from letters.parsing.readers.errors import EmptyFile, NotReadable, TooMuchText

__all__ = ["NotReadable", "read"]

#: Media type → module with ``read(data: bytes) -> Document``. Loaded when needed: a child process starts for each
#: upload, and the PDF library alone takes half of that start.
READERS = {
    PDF: "letters.parsing.readers.pdf",
    DOCX: "letters.parsing.readers.docx",
    ODT: "letters.parsing.readers.odt",
    HTML: "letters.parsing.readers.html",
    XML: "letters.parsing.readers.xml",
    TEXT: "letters.parsing.readers.text",
}

#: The longest letters have some 100,000; more than this is a dossier, or an attack.
MAX_CHARACTERS = 2_000_000
#: Paragraphs, headings and rows of tables; the longest letters have some 500.
MAX_BLOCKS = 5_000
#: In one paragraph: what runs on for longer is no prose, and a full-text index holds no more than a megabyte of it.
MAX_PARAGRAPH = 100_000


def read(data: bytes, name: str) -> Document:
    """Read the bytes of one file, called ``name``. Metadata alone gives a document without blocks.

    Raises a ``NotReadable``: one class per cause (errors.py), with a Dutch sentence and the file's name.
    """
    try:
        media_type = detect(data)
        check_name(name, media_type)
        if media_type == TEXT and len(data) > MAX_CHARACTERS:
            raise TooMuchText
        document = _reader(media_type)(data)
        length = sum(len(block.text) for block in document.blocks)
        if len(document.blocks) > MAX_BLOCKS:
            raise TooMuchText
        if length > MAX_CHARACTERS or any(len(block.text) > MAX_PARAGRAPH for block in document.blocks):
            raise TooMuchText
        if not length and document.metadata is None:
            raise EmptyFile("Er staat geen tekst in dit bestand. Controleer of het de brief zelf is.")
    except NotReadable as error:
        error.file_name = error.file_name or name
        raise
    return document


def _reader(media_type: str) -> Callable[[bytes], Document]:
    return import_module(READERS[media_type]).read
