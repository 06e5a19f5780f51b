"""Damage to a DOCX or an ODT: in its parts, and in the ZIP around them."""

import io
import random
import zipfile
from functools import lru_cache

from tests.fuzz import of_bytes, of_trees

#: The part with the text gets most of the blows.
MAIN = ("word/document.xml", "content.xml")
ON_MAIN = 0.6


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    parts = dict(_parts(data))
    if not parts:
        return data
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice((_change, _change, _change, _change, _change, _drop, _swap, _borrow, _rename))(
            parts, other, chance
        )
    return _zipped(parts, chance)


@lru_cache(maxsize=64)
def _parts(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def _change(parts: dict[str, bytes], other: bytes, chance: random.Random) -> None:
    name = next((name for name in MAIN if name in parts and chance.random() < ON_MAIN), None)
    name = name or chance.choice(sorted(parts))
    theirs = dict(_parts(other)).get(name, b"")
    if name.endswith((".xml", ".rels")) and chance.random() < 0.85:
        parts[name] = of_trees.damaged(parts[name], theirs, chance)
    else:
        parts[name] = of_bytes.damaged(parts[name], theirs, chance)


def _drop(parts: dict[str, bytes], _other: bytes, chance: random.Random) -> None:
    if len(parts) > 1:
        del parts[chance.choice(sorted(parts))]


def _swap(parts: dict[str, bytes], _other: bytes, chance: random.Random) -> None:
    one, two = (chance.choice(sorted(parts)) for _ in range(2))
    parts[one], parts[two] = parts[two], parts[one]


def _borrow(parts: dict[str, bytes], other: bytes, chance: random.Random) -> None:
    theirs = dict(_parts(other))
    name = chance.choice(sorted(theirs))
    parts[name] = theirs[name]


def _rename(parts: dict[str, bytes], _other: bytes, chance: random.Random) -> None:
    name = chance.choice(sorted(parts))
    parts[chance.choice(("../" + name, name.upper(), name + "\x00", "x", "word/" + name, "a" * 5_000))] = (
        parts.pop(name)
    )


def _zipped(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """Write the parts, now and then in an odd way."""
    file = io.BytesIO()
    method = chance.choice(
        (zipfile.ZIP_DEFLATED,) * 17 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    names = list(parts)
    if chance.random() < 0.1:
        chance.shuffle(names)
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), parts[name], method)
    written = bytearray(file.getvalue())
    if chance.random() < 0.1:  # a header of an entry: sizes, flags, method, offset
        at = written.rfind(b"PK\x01\x02", 0, chance.randint(0, len(written)))
        if at >= 0:
            place = at + chance.choice((8, 10, 16, 20, 24, 28, 42))
            written[place : place + 2] = chance.choice(
                (b"\x00\x00", b"\xff\xff", b"\x01\x00", chance.randbytes(2))
            )
    return bytes(written)
