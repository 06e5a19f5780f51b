"""Damage that knows nothing of formats."""

import random


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Do one thing to the bytes of a file; ``other`` are those of another one."""
    return chance.choice(WAYS)(data, other, chance)


def _flip(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] if chance.random() < 0.8 else data[at:]


def _insert(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 4, 50, 2_000))) + data[at:]


def _overwrite(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at, length = chance.randint(0, len(data)), chance.choice((1, 4, 50, 2_000))
    filling = chance.choice((chance.randbytes(length), b"\x00" * length, b"\xff" * length, b" " * length))
    return data[:at] + filling + data[at + length :]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _transplant(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at, where, length = chance.randint(0, len(data)), chance.randint(0, len(other)), chance.randint(1, 2_000)
    return data[:at] + other[where : where + length] + data[at + chance.choice((0, length)) :]


def _repeat(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at, length = chance.randint(0, len(data)), chance.randint(1, 500)
    return data[:at] + data[at : at + length] * chance.choice((2, 20, 500)) + data[at + length :]


def _remove(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.choice((1, 4, 50, 2_000)) :]


def _run(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return (
        data[:at]
        + bytes([chance.choice(b"\x00 \n\xffa(<[1.-\t")]) * chance.choice((100, 10_000, 200_000))
        + data[at:]
    )


def _twice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((data, other))


WAYS = (_flip, _flip, _flip, _cut, _insert, _overwrite, _splice, _transplant, _repeat, _remove, _run, _twice)
