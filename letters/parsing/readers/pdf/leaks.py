"""What a PDF tells besides its text: names in its properties, comments, files inside it.

Text on a page that nobody sees is found where words are (visibility.py).
"""

import ctypes
import html
import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from letters.parsing.document import LeakKind
from letters.parsing.readers.leaks import Leaks

#: More than this of one kind are not looked at: they would not be shown.
MAX_LOOKED_AT = 100
#: A longer comment is not read to its end, in bytes.
MAX_COMMENT = 4_000
#: XMP (ISO 16684-1, 8.3): <dc:creator><rdf:Seq><rdf:li>J. Jansen</rdf:li></rdf:Seq></dc:creator>
CREATOR = b"<dc:creator"
CREATOR_END = b"</dc:creator>"
MAX_CREATOR = 2_000
LISTED = re.compile(r"<rdf:li\b[^>]{0,200}>([^<]{1,500})</rdf:li>")
#: "Ministerie van Buitenlandse Zaken" wrote the letter, and says so on it.
ORGANISATION = re.compile(
    r"\W*(?:ministerie|rijksoverheid|(?:tweede|eerste) kamer|staten-generaal|sdu)\b", re.IGNORECASE
)
#: Annotations that are no one's words: links, fields of forms, the windows of comments, drawings of the printer.
WORDLESS = {
    raw.FPDF_ANNOT_LINK,
    raw.FPDF_ANNOT_WIDGET,
    raw.FPDF_ANNOT_POPUP,
    raw.FPDF_ANNOT_PRINTERMARK,
    raw.FPDF_ANNOT_TRAPNET,
}


def add_document_leaks(document: pdfium.PdfDocument, data: bytes, leaks: Leaks) -> None:
    """Add what the file tells as a whole; ``data`` are its bytes, in which XMP stands as it is (ISO 32000-1, 14.3.2)."""
    names = [document.get_metadata_value("Author")]
    for part in data.split(CREATOR, MAX_LOOKED_AT)[1:]:
        creator = part[:MAX_CREATOR].partition(CREATOR_END)[0].decode("utf-8", "replace")
        names += map(html.unescape, LISTED.findall(creator))
    leaks.add_author(*(name for name in names if not ORGANISATION.match(name)))
    count = document.count_attachments()
    if count > 0:
        leaks.add(
            LeakKind.ATTACHMENT, *(_attachment(document, at) for at in range(min(count, MAX_LOOKED_AT)))
        )


def _attachment(document: pdfium.PdfDocument, at: int) -> str:
    try:
        return document.get_attachment(at).get_name()
    except pdfium.PdfiumError:
        return ""


def add_comments(page: pdfium.PdfPage, leaks: Leaks) -> None:
    """Add the comments on a page that say something, and files that are pinned to it."""
    for at in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MAX_LOOKED_AT)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        text = "" if kind in WORDLESS else _value(annotation, b"Contents")
        if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            leaks.add(LeakKind.ATTACHMENT, text)
        elif text.strip():
            leaks.add_comment(_value(annotation, b"T"), text)
        raw.FPDFPage_CloseAnnot(annotation)


def _value(annotation: object, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= 2 * MAX_COMMENT * 10:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: min(length - 2, MAX_COMMENT)].decode("utf-16-le", "replace")
