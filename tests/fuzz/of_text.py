"""Damage to plain text: its characters, its lines, and how they became bytes."""

import random

from tests.fuzz.odd import disturbed, odd_text

ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "latin-1",
    "cp850",
    "utf-7",
    "mac-roman",
    "ascii",
)


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 2, 5, 20))):
        text = chance.choice((disturbed, disturbed, _lines, _numbers))(text, chance)
    if chance.random() < 0.1:
        text = text.replace("\n", chance.choice((" ", "\r", "\r\n", "\n\n\n", "\f", "\u2028", "")))
    if chance.random() < 0.15:
        return _encoded(text, other, chance)
    return text.encode("utf-8", "surrogatepass")


def _lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(7)
    if what == 0:
        lines.insert(to, lines.pop(at))
    elif what == 1:
        lines[at:at] = lines[to : to + 5] * chance.choice((1, 30))
    elif what == 2:
        del lines[at : at + chance.randint(1, 10)]
    elif what == 3:
        lines.insert(at, odd_text(chance))
    elif what == 4:
        lines[at] = lines[at].upper()
    elif what == 5:
        lines[at] = (
            chance.choice(("1. ", "- ", "a) ", "IV. ", "[1] ", "    ", "\t", "> ", "| ", "# ", "* ", "• "))
            + lines[at]
        )
    else:
        chance.shuffle(lines)
    return "\n".join(lines)


def _numbers(text: str, chance: random.Random) -> str:
    """Change a digit, or many, to other signs that count as digits."""
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    for at in chance.sample(digits, min(len(digits), chance.choice((1, 3, 50)))):
        text = text[:at] + chance.choice("0123456789٣²½Ⅻ１") + text[at + 1 :]
    return text


def _encoded(text: str, other: bytes, chance: random.Random) -> bytes:
    what = chance.random()
    if what < 0.6:
        return text.encode(chance.choice(ENCODINGS), "replace")
    if what < 0.7:
        return text.encode() + other.decode("utf-8", "replace").encode("utf-16-le")
    if what < 0.8:
        return text.encode("utf-8").decode("cp1252", "replace").encode()
    at = chance.randint(0, len(text))
    return (text[:at] + chr(chance.randint(0xD800, 0xDFFF)) + text[at:]).encode("utf-8", "surrogatepass")
