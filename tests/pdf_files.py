"""PDFs, written by hand where a test needs something that no word processor makes (ISO 32000-1, 7.5)."""

from collections.abc import Mapping, Sequence

A4 = (595, 842)
#: The objects that every file here has; pages come behind them.
CATALOG, PAGES, FONT, BOLD, INFO, FIRST_PAGE = 1, 2, 3, 4, 5, 10


def said(
    *lines: str, x: float = 79, y: float = 760, size: float = 10, leading: float = 13, font: str = "F"
) -> str:
    """Give the operators that set lines below each other."""
    shown = " ".join(f"({line}) Tj 0 {-leading} Td" for line in lines)
    return f"BT /{font} {size} Tf {x} {y} Td {shown} ET "


def pdf(
    *contents: str | bytes,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    info: str = "",
    size: Sequence[float] = A4,
    objects: Mapping[int, bytes | str] | None = None,
) -> bytes:
    """Write a file with a page for each of ``contents``, which are its operators.

    The other arguments are entries for the dictionaries of those names; ``objects`` are added under their numbers.
    """
    found: dict[int, bytes] = {}
    numbers = [FIRST_PAGE + 2 * at for at in range(len(contents))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    found[CATALOG] = f"<< /Type /Catalog /Pages {PAGES} 0 R {catalog} >>".encode()
    found[PAGES] = f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode()
    for number, name in ((FONT, "Helvetica"), (BOLD, "Helvetica-Bold")):
        found[number] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
    found[INFO] = f"<< {info} >>".encode()
    box = f"[0 0 {size[0]} {size[1]}]"
    for number, content in zip(numbers, contents, strict=True):
        found[number] = (
            f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox {box} /Contents {number + 1} 0 R {page} "
            f"/Resources << /Font << /F {FONT} 0 R /B {BOLD} 0 R >> {resources} >> >>"
        ).encode()
        found[number + 1] = stream(content)
    for number, written in (objects or {}).items():
        found[number] = written.encode("cp1252") if isinstance(written, str) else written
    return _file(found)


def stream(data: str | bytes, entries: str = "") -> bytes:
    data = data.encode("cp1252") if isinstance(data, str) else data
    return f"<< /Length {len(data)} {entries} >> stream\n".encode() + data + b"\nendstream"


def _file(objects: Mapping[int, bytes]) -> bytes:
    file = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(file)
        file += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(file)
    size = max(objects) + 1
    file += b"xref\n0 %d\n" % size
    for number in range(size):
        file += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(
        file
        + b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, CATALOG, INFO, start)
    )
