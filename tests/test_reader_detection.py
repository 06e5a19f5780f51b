import io
import zipfile
from pathlib import Path

import pytest

from letters.parsing.readers import NotReadable, errors, read
from letters.parsing.readers.detection import DOCX, HTML, ODT, PDF, TEXT, XML, detect

HERE = Path(__file__).parent
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def zipped(*names: str, content: str = "inhoud") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged_inside(name: str, method: int) -> bytes:
    """A ZIP whose directory is whole while what it packed is not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, "inhoud" * 50)
    data = bytearray(buffer.getvalue())
    start = data.index(name.encode()) + len(name)
    data[start + 9 : start + 20] = bytes(11)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ((HERE / "letters/verslag-2021-03-23.pdf").read_bytes(), PDF),
        (b"\r\n%PDF-1.4 with something in front", PDF),
        ((HERE / "letters/verslag-2021-03-23.docx").read_bytes(), DOCX),
        ((HERE / "letters/verslag-2021-03-23.txt").read_bytes(), TEXT),
        ("Oekraïne".encode(), TEXT),
        ("Oekraïne".encode("utf-8-sig"), TEXT),
        ("Oekraïne".encode("utf-16"), TEXT),
        ("Oekraïne – “top”".encode("cp1252"), TEXT),
        ((HERE / "letters/kst-28676-446.html").read_bytes(), HTML),
        (b"<!DOCTYPE html><html><body>Brief</body></html>", HTML),
        (b"<!-- saved from url=(0014)about:internet -->\r\n<HTML lang=nl><BODY>Brief", HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html xmlns="x"/>', HTML),
        (b"<p>Een stuk van een pagina</p>", HTML),
        (b"<!--opmerking-->" * 200 + b"Tekst", XML),
        ((HERE / "letters/kst-28676-446.xml").read_bytes(), XML),
        ((HERE / "letters/kst-28676-446.metadata.xml").read_bytes(), XML),
        ("<?xml version='1.0' encoding='UTF-16'?><kamerstuk/>".encode("utf-16"), XML),
        (b"<kamerwrk><al>Zonder declaratie</al></kamerwrk>", XML),
        (zipped("mimetype", "content.xml", content=ODT), ODT),
        (b"<Concept> Geachte voorzitter, dit is een brief.", TEXT),
        (b"Een brief met \x13een veld\x15 van Word. " + b"Tekst. " * 100, TEXT),
    ],
)
def test_a_file_is_known_by_its_content(data, media_type):
    assert detect(data) == media_type


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \n\t\r\n", errors.EmptyFile),
        (bytes(1000), errors.EmptyFile),
        (COMPOUND + "WordDocument".encode("utf-16-le"), errors.OldWord),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedWord),
        (COMPOUND + "Workbook".encode("utf-16-le"), errors.UnknownType),
        (b"PK\x03\x04 and no more", errors.BrokenFile),
        (damaged_inside("mimetype", zipfile.ZIP_LZMA), errors.BrokenFile),
        (damaged_inside("mimetype", zipfile.ZIP_BZIP2), errors.BrokenFile),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), errors.UnknownType),
        (zipped("mimetype", "content.xml"), errors.UnknownType),
        (zipped("brief.docx"), errors.UnknownType),
        (b"{\\rtf1 Geachte voorzitter}", errors.UnknownType),
        (b"\x89PNG\r\n\x1a\n", errors.UnknownType),
        (b"<!DOCTYPE html><html><body><img alt='Brief'></body></html>", errors.EmptyFile),
        (b'<?xml version="1.0"?><kamerstuk/>', errors.EmptyFile),
        (b'<?xml version="1.0"?><kamerstuk>', errors.BrokenFile),
        (b'<?xml version="1.0"?><rss/>', errors.OtherXml),
        (bytes(range(256)) * 4, errors.UnknownType),
        (b"tekst " * 400_000, errors.TooMuchText),
    ],
)
def test_what_cannot_be_read_has_a_cause_of_its_own(data, error):
    with pytest.raises(error) as caught:
        read(data, "brief")

    assert type(caught.value) is error
    assert caught.value.file_name == "brief"


@pytest.mark.parametrize("error", NotReadable.__subclasses__())
def test_every_cause_says_in_dutch_what_to_do(error):
    sentences = str(error()).split(". ")

    assert len(sentences) >= 2
    assert str(error()).endswith(".")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("agenda-2023-11-28.pdf", "agenda.docx"),
        ("agenda-2023-11-28.docx", "AGENDA.PDF"),
        ("agenda-2023-11-28.txt", "a.pdf"),
        ("kst-28676-446.html", "kst-28676-446.xml"),
        ("kst-28676-446.xml", "kst-28676-446.htm"),
    ],
)
def test_another_type_than_the_name_promises_is_refused(file, name):
    with pytest.raises(errors.WrongType) as caught:
        read((HERE / "letters" / file).read_bytes(), name)

    assert Path(name).suffix.lower() in str(caught.value)


@pytest.mark.parametrize("name", ["agenda", "agenda.bin", "../../agenda.pdf", "bijlage 1. agenda"])
def test_a_name_that_promises_nothing_else_is_no_obstacle(name):
    document = read((HERE / "letters/agenda-2023-11-28.pdf").read_bytes(), name)

    assert document.media_type == PDF


def test_a_document_without_a_word_is_refused():
    with pytest.raises(NotReadable):
        read(zipped("[Content_Types].xml", "word/document.xml"), "leeg.docx")
