"""Bare extraction of a file's text, by the library that our reader uses too: what reading is compared with."""

import io
import zipfile

import pypdfium2
from lxml import etree, html

from letters.parsing.readers.detection import DOCX, HTML, ODT, PDF, TEXT, XML


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _from_zip(part: str):
    def extract(data: bytes) -> str:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(etree.fromstring(package.read(part)).itertext())

    return extract


#: Media type → what extracts the text, and the name of it.
BARE = {
    PDF: ("pypdfium2 get_text_range", _pdf),
    DOCX: ("lxml, word/document.xml", _from_zip("word/document.xml")),
    ODT: ("lxml, content.xml", _from_zip("content.xml")),
    HTML: ("lxml text_content", lambda data: html.fromstring(data).text_content()),
    XML: ("lxml itertext", lambda data: "".join(etree.fromstring(data).itertext())),
    TEXT: ("decode", lambda data: data.decode(errors="replace")),
}
