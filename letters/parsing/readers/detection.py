"""What a file is, by its bytes."""

import codecs
import io
import lzma
import re
import zipfile
import zlib
from pathlib import PurePath

from letters.parsing.readers.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedWord,
    OldWord,
    UnknownType,
    WrongType,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html"
XML = "application/xml"
TEXT = "text/plain"

#: What a name promises. A suffix that is not here promises nothing.
SUFFIXES = {
    ".pdf": PDF, ".docx": DOCX, ".docm": DOCX, ".odt": ODT, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".xml": XML,
    ".txt": TEXT, ".text": TEXT,
}  # fmt: skip
SPOKEN = {
    PDF: "een PDF", DOCX: "een Word-document (.docx)", ODT: "een OpenDocument-tekst (.odt)", HTML: "een webpagina (.html)",
    XML: "een XML-bestand (.xml)", TEXT: "platte tekst (.txt)",
}  # fmt: skip

#: A PDF may have junk in front of its header, within the first 1024 bytes (ISO 32000-1, Annex H, note 13).
PDF_HEADER = re.compile(rb"%PDF-\d")
ZIP_HEADER = b"PK\x03\x04"
EMPTY_ZIP_HEADER = b"PK\x05\x06"
#: What Python's zipfile and its decompressors raise on damaged or odd archives; RuntimeError: a part with a password.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
#: Compound File Binary, [MS-CFB] 2.2: old Office files, and the wrapper around an encrypted DOCX ([MS-OFFCRYPTO] 2.3.4).
COMPOUND_FILE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
#: Formats that people mistake for a letter, and what to say of them.
OTHER_HEADERS = {
    b"{\\rtf": "Dit is een RTF-bestand. Open het in Word, sla het op als .docx en lever dat aan.",
    b"\x89PNG": "Dit is een afbeelding. Lever het document zelf aan, als PDF, DOCX, ODT of TXT.",
    b"\xff\xd8\xff": "Dit is een afbeelding. Lever het document zelf aan, als PDF, DOCX, ODT of TXT.",
    b"GIF8": "Dit is een afbeelding. Lever het document zelf aan, als PDF, DOCX, ODT of TXT.",
    b"II*\x00": "Dit is een afbeelding. Lever het document zelf aan, als PDF, DOCX, ODT of TXT.",
}
#: The first element of a page or an XML file, behind the declaration, comments and doctype:
#: <?xml version="1.0"?><!-- saved from … --><!DOCTYPE html><html lang="nl">
MARKUP = re.compile(
    r"\s*(?:<\?[^>]{0,2000}>\s*|<!--(?:(?!-->).){0,5000}-->\s*|<!DOCTYPE\b[^>\[]{0,500}(?:\[[^\]]{0,100000}\]\s*)?>\s*){0,50}"
    r"<(?P<root>[a-z][\w:.-]{0,80})(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
#: <?xml version="1.0"?>  <!DOCTYPE html>
DECLARED = re.compile(r"\s*<(?:\?xml|!doctype|!--)", re.IGNORECASE)
#: Elements with which a page begins, also one that was saved without its head
HTML_ROOTS = frozenset(
    {"html", "head", "body", "main", "article", "div", "section", "meta", "title", "p", "table"}
)
#: Control characters that text does not have. A few are let through: exports of Word leave some of its field marks.
CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
CONTROL_SHARE = 0.005


def detect(data: bytes) -> str:
    """Give the media type of ``data``: ``PDF``, ``DOCX``, ``ODT``, ``HTML``, ``XML`` or ``TEXT``.

    Raises EmptyFile, EncryptedWord, OldWord, BrokenFile or UnknownType.
    """
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise EmptyFile
    if PDF_HEADER.search(data, 0, 1024):
        return PDF
    if data.startswith((ZIP_HEADER, EMPTY_ZIP_HEADER)):
        return _in_zip(data)
    if data.startswith(COMPOUND_FILE_HEADER):
        raise _compound_file(data)
    for header, sentence in OTHER_HEADERS.items():
        if data.startswith(header):
            raise UnknownType(sentence)
    text = decode(data)
    if text is None:
        raise UnknownType
    return _markup(text) or TEXT


def _markup(text: str) -> str | None:
    """``HTML`` or ``XML`` if the text is one; a letter that merely begins with "<" is neither."""
    found = MARKUP.match(text)
    root = found["root"].lower() if found else ""
    if root in HTML_ROOTS:
        return HTML
    if found and (DECLARED.match(text) or f"</{found['root']}>" in text):
        return XML
    return XML if DECLARED.match(text) else None


def check_name(name: str, media_type: str) -> None:
    """Raise WrongType if the suffix of ``name`` promises something else than ``media_type``."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised is not None and promised != media_type:
        raise WrongType(
            f"Dit bestand heet {suffix}, maar de inhoud is {SPOKEN[media_type]}. "
            "Controleer of het het goede bestand is en geef het de juiste extensie."
        )


def decode(data: bytes) -> str | None:
    """Decode plain text, or give ``None`` if the bytes do not look like text.

    A byte order mark decides; otherwise UTF-8 if it is valid, else Windows-1252, which old exports still use.
    """
    encodings = ("utf-8", "cp1252")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        looks_binary = "\x00" in text or len(CONTROL.findall(text)) > CONTROL_SHARE * len(text)
        return None if looks_binary else text
    return None


def _in_zip(data: bytes) -> str:
    """Tell a DOCX or an ODT from the many other things that are a ZIP.

    ECMA-376 part 2: the content types name the main part. OpenDocument 1.2 part 3, 3.3: ``mimetype`` says what it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = _mimetype(archive) if "mimetype" in names else b""
    except ZIP_ERRORS as error:
        raise BrokenFile from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return DOCX
    if any(name.startswith("xl/") for name in names):
        raise UnknownType(
            "Dit is een Excel-bestand, geen brief. Lever de brief aan als PDF, DOCX, ODT of TXT."
        )
    if any(name.startswith("ppt/") for name in names):
        raise UnknownType(
            "Dit is een PowerPoint-bestand, geen brief. Lever de brief aan als PDF, DOCX, ODT of TXT."
        )
    # Also without content.xml: a whole package may be encrypted as one part.
    if kind.startswith(ODT.encode()):
        return ODT
    if "content.xml" in names:
        raise UnknownType(
            "Dit is een OpenDocument-bestand, maar geen tekst. Lever de brief aan als PDF, DOCX, ODT of TXT."
        )
    raise UnknownType(
        "Dit is een ZIP-bestand. Pak het uit en lever de brief zelf aan, als PDF, DOCX, ODT of TXT."
    )


def _compound_file(data: bytes) -> Exception:
    def has_stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has_stream("EncryptedPackage"):
        return EncryptedWord()
    return OldWord() if has_stream("WordDocument") else UnknownType()


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as file:
        return file.read(200)
