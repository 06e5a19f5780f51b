"""Damage to a PDF: in its objects and their streams, which are unpacked first (ISO 32000-1, 7.3 and 7.5)."""

import io
import random
import re
import zlib
from functools import lru_cache

import pypdfium2 as pdfium

from tests.fuzz import of_bytes
from tests.fuzz.odd import odd_text

OBJECT = re.compile(rb"(?<!\d)(\d{1,7}) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
FLATE = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode(?:\s*\])?")
REFERENCE = re.compile(rb"\b\d+ 0 R\b")
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
NAME = re.compile(rb"/[A-Za-z]\w*")
ROOT = re.compile(rb"/Root (\d+) 0 R")
HUGE = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"99999999999999999999",
    b"1e30",
    b"0.0000001",
    b"1" * 400,
)
OPERATORS = (
    b"q ", b"Q ", b"BT ", b"ET ", b"(a) Tj ", b"[(a) -9999 (b)] TJ ", b"0 Tr ", b"3 Tr ", b"1e10 0 0 1e10 0 0 cm ",
    b"0 0 0 0 0 0 Tm ",
    b"1 0 0 1 99999 -99999 Tm ", b"/X Do ", b"0 0 m 1 1 l S ", b"9999999 Tf ", b"/F1 -5 Tf ", b"BI /W 1 /H 1 ID \x00 EI ",
    b"( ", b") ", b"<< ", b"[ ", b"<FEFF202E> Tj ", b"/P <</MCID 0>> BDC ", b"EMC ", b"-90 Tz ", b"1e9 Ts ", b"1e9 TL T* ",
)  # fmt: skip


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    objects = dict(_objects(data))
    if not objects:
        return data
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        chance.choice(WAYS)(objects, other, chance)
    return _written(objects, _root(data), chance)


@lru_cache(maxsize=64)
def _objects(data: bytes) -> tuple[tuple[int, bytes], ...]:
    """The numbers and bodies of all objects, with their streams unpacked."""
    plain = _plain(data)
    return tuple((int(number), _unpacked(body.strip())) for number, body in OBJECT.findall(plain))


@lru_cache(maxsize=64)
def _root(data: bytes) -> int:
    found = ROOT.search(_plain(data))
    return int(found[1]) if found else 1


@lru_cache(maxsize=64)
def _plain(data: bytes) -> bytes:
    """The file as PDFium writes it: no objects in streams."""
    document, file = pdfium.PdfDocument(data), io.BytesIO()
    try:
        document.save(file)
    finally:
        document.close()
    return file.getvalue()


def _unpacked(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None or not FLATE.search(body[: found.start()]):
        return body
    try:
        content = zlib.decompress(found[1])
    except zlib.error:
        return body
    return FLATE.sub(b"", body[: found.start()]) + b"stream\n" + content + b"\nendstream"


def _any(
    objects: dict[int, bytes], chance: random.Random, pattern: re.Pattern
) -> tuple[int, re.Match] | None:
    """A random place in a random object, in its dictionary rather than in its stream."""
    for _ in range(20):
        number = chance.choice(sorted(objects))
        head = objects[number].partition(b"stream\n")[0]
        if found := list(pattern.finditer(head)):
            return number, chance.choice(found)
    return None


def _replace(objects: dict[int, bytes], place: tuple[int, re.Match] | None, text: bytes) -> None:
    if place is not None:
        number, found = place
        body = objects[number]
        objects[number] = body[: found.start()] + text + body[found.end() :]


def _point_elsewhere(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    number = chance.choice((*sorted(objects), 0, 999_999))
    _replace(objects, _any(objects, chance, REFERENCE), b"%d 0 R" % number)


def _point_at_itself(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    place = _any(objects, chance, REFERENCE)
    if place is not None:
        _replace(objects, place, b"%d 0 R" % place[0])


def _change_number(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    _replace(objects, _any(objects, chance, NUMBER), chance.choice(HUGE))


def _change_name(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    theirs = _any(objects, chance, NAME)
    _replace(
        objects, _any(objects, chance, NAME), theirs[1][0] if theirs and chance.random() < 0.8 else b"/X#00"
    )


def _nest(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    depth = chance.choice((10, 500, 20_000))
    opening, closing = chance.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"(", b")")))
    _replace(objects, _any(objects, chance, NUMBER), opening * depth + closing * depth)


def _drop(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    if len(objects) > 1:
        del objects[chance.choice(sorted(objects))]


def _swap(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    one, two = (chance.choice(sorted(objects)) for _ in range(2))
    objects[one], objects[two] = objects[two], objects[one]


def _borrow(objects: dict[int, bytes], other: bytes, chance: random.Random) -> None:
    theirs = dict(_objects(other))
    if theirs:
        objects[chance.choice(sorted(objects))] = theirs[chance.choice(sorted(theirs))]


def _change_stream(objects: dict[int, bytes], other: bytes, chance: random.Random) -> None:
    """Change the operators of a page, a font's table of characters, or whatever stands in a stream."""
    with_stream = sorted(number for number, body in objects.items() if b"stream\n" in body)
    if not with_stream:
        return
    number = chance.choice(with_stream)
    head, _, content = objects[number].partition(b"stream\n")
    content = content.removesuffix(b"\nendstream")
    at = chance.randint(0, len(content))
    if (what := chance.random()) < 0.4:
        content = content[:at] + chance.choice(OPERATORS) * chance.choice((1, 10, 5_000)) + content[at:]
    elif what < 0.6:
        content = NUMBER.sub(
            lambda found: chance.choice(HUGE) if chance.random() < 0.02 else found[0], content
        )
    elif what < 0.7:
        content = content[:at] + b"(" + odd_text(chance).encode("utf-16") + b") Tj " + content[at:]
    else:
        content = of_bytes.damaged(content, other, chance)
    if chance.random() < 0.7:
        head = re.sub(rb"/Length \d+( 0 R)?", b"/Length %d" % len(content), head)
    objects[number] = head + b"stream\n" + content + b"\nendstream"


def _change_string(objects: dict[int, bytes], _other: bytes, chance: random.Random) -> None:
    _replace(
        objects,
        _any(objects, chance, re.compile(rb"\([^()]*\)")),
        b"(" + odd_text(chance).encode("utf-16") + b")",
    )


WAYS = (
    *(
        _point_elsewhere,
        _point_elsewhere,
        _point_at_itself,
        _change_number,
        _change_number,
        _change_name,
        _nest,
        _drop,
        _swap,
    ),
    *(_borrow, _change_stream, _change_stream, _change_stream, _change_string),
)


def _written(objects: dict[int, bytes], root: int, chance: random.Random) -> bytes:
    """Write the objects as a file, now and then with a wrong table of places."""
    file = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(file)
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(file)
    if chance.random() < 0.1:
        places = {number: chance.choice((0, start, place + 1, 10**9)) for number, place in places.items()}
    size = chance.choice((max(objects) + 1,) * 15 + (0, 1, 10**8))
    file += b"xref\n0 %d\n" % size
    for number in range(min(size, max(objects) + 1)):
        file += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    previous = chance.choice((b"",) * 15 + (b"/Prev %d" % start, b"/Prev 0", b"/XRefStm %d" % start))
    return bytes(file) + b"trailer << /Size %d /Root %d 0 R %b >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        root,
        previous,
        start,
    )
