"""ZIP files, a DOCX and an ODT among them, with nothing in them but what a test needs or what no program would write."""

import io
import struct
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODT_ROOT = f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0">'


def zipped(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def docx(document: str | bytes, **parts: str | bytes) -> bytes:
    return zipped(**{"[Content_Types].xml": "<Types/>", "word__document.xml": document, **parts})


def odt(content: str | bytes) -> bytes:
    return zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})


def archive_of(entries: int, *, held: bytes, declared: int) -> bytes:
    """A ZIP whose entries all are the same bytes of the file; each says that it unpacks to ``declared`` bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = packed.compress(held) + packed.flush()
    names = ["[Content_Types].xml", "word/document.xml", "word/styles.xml"]
    names += [f"word/{number}" for number in range(entries - len(names))]
    sizes = struct.pack("<HHHHIII", 0, 8, 0, 0, zlib.crc32(held), len(content), declared)
    local = (
        b"PK\x03\x04"
        + struct.pack("<H", 20)
        + sizes
        + struct.pack("<HH", 17, 0)
        + b"word/document.xml"
        + content
    )
    central = b"".join(
        b"PK\x01\x02"
        + struct.pack("<HH", 20, 20)
        + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        + name.encode()
        for name in names
    )
    count = min(entries, 0xFFFF)
    zip64 = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, len(central), len(local))
    locator = struct.pack("<IQI", 0, len(local) + len(central), 1)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(central), len(local), 0)
    return local + central + b"PK\x06\x06" + zip64 + b"PK\x06\x07" + locator + b"PK\x05\x06" + end
