"""The pages of a PDF, read one by one within limits, and what the clerk should know about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import shorten

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from letters.parsing.document import LeakKind
from letters.parsing.readers import MAX_CHARACTERS
from letters.parsing.readers.errors import (
    BrokenFile,
    EncryptedPdf,
    NotReadable,
    ScanWithoutText,
    TooMuchText,
)
from letters.parsing.readers.leaks import Leaks
from letters.parsing.readers.pdf.leaks import add_comments, add_document_leaks
from letters.parsing.readers.pdf.page import PageReader, PageText

MAX_PAGES = 300
#: A page in the smallest print holds some 15,000.
MAX_PAGE_CHARACTERS = 50_000
#: A scan covers at least this part of its page with images,
SCAN_SHARE = 0.5
#: and has fewer characters of text than this: a page number, a stamp, the number under which the scanner filed it.
SCAN_CHARACTERS = 150
SCANNED = (
    "Op bladzijde {pages} staan vrijwel alleen plaatjes. Controleer of er geen tekst van de brief ontbreekt."
)
TURNED = "Gedraaide bladzijden: {pages}. De tekst is rechtop gelezen; controleer of die klopt."
SKIPPED = "Op bladzijde {pages} staat tekst dwars op de rest. Die is niet gelezen: “{text}”. Controleer of die bij de brief hoort."
#: Characters of the skipped text that a warning quotes.
QUOTED = 60


@dataclass(slots=True)
class Pages:
    texts: list[PageText] = field(default_factory=list)
    leaks: Leaks = field(default_factory=Leaks)

    @property
    def warnings(self) -> list[str]:
        """Sentences in Dutch for the clerk."""
        found = []
        if scanned := self._numbers(page for page in self.texts if _is_scan(page)):
            found.append(SCANNED.format(pages=scanned))
        if turned := self._numbers(page for page in self.texts if page.is_turned):
            found.append(TURNED.format(pages=turned))
        for text in dict.fromkeys(_quoted(page) for page in self.texts if page.skipped):
            numbers = self._numbers(page for page in self.texts if page.skipped and _quoted(page) == text)
            found.append(SKIPPED.format(pages=numbers, text=text))
        return found

    def _numbers(self, pages: Iterable[PageText]) -> str:
        chosen = {id(page) for page in pages}
        return ", ".join(str(number) for number, page in enumerate(self.texts, start=1) if id(page) in chosen)


def read_pages(data: bytes) -> Pages:
    """Read the pages of the bytes of a PDF.

    Raises EncryptedPdf, BrokenFile, TooMuchText before it has read more than its limits, or ScanWithoutText.
    """
    document = _open(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooMuchText
        pages = _read(document)
        add_document_leaks(document, data, pages.leaks)
    except pdfium.PdfiumError as error:
        raise BrokenFile from error
    finally:
        document.close()
    written = [page for page in pages.texts if page.length]
    if not written or (all(map(_is_scan, written)) and any(map(_is_scan, pages.texts))):
        raise ScanWithoutText
    return pages


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _cause(error) from error


def _cause(error: pdfium.PdfiumError) -> NotReadable:
    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return EncryptedPdf()
    return BrokenFile()


def _read(document: pdfium.PdfDocument) -> Pages:
    pages = Pages()
    length = 0
    for number in range(len(document)):
        page = document[number]
        reader = PageReader(page)
        length += reader.length
        if reader.length > MAX_PAGE_CHARACTERS or length > MAX_CHARACTERS:
            raise TooMuchText
        text = reader.read()
        pages.texts.append(text)
        hidden = " ".join(text.hidden)
        if any(map(str.isalnum, hidden)):
            pages.leaks.add(LeakKind.HIDDEN_TEXT, hidden)
        add_comments(page, pages.leaks)
        page.close()
    return pages


def _is_scan(page: PageText) -> bool:
    share = SCAN_SHARE if page.length else 0.0
    return page.image_share > share and page.length < SCAN_CHARACTERS


def _quoted(page: PageText) -> str:
    return shorten(" ".join(page.skipped), QUOTED, placeholder=" …")
