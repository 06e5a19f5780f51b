"""Odd pieces of text, and what may happen to text."""

import random

#: What stands where a name or a number should stand, or a few words.
ODD_VALUES = (
    "", " ", "0", "-1", "1", "2", "65536", "2147483648", "99999999999999999999", "9" * 5_000, "1e309", "-1e-309", "NaN", "inf",
    "1.5", "0x10", "+7", "٣", "²", "½", "Ⅻ", "１２", "𝟛", "true", "none", "None", "#", "#1", "a" * 10_000, "a " * 5_000,
    "../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "javascript:alert(1)", "<b>", "&amp;", "]]>", "-->",
    "%s", "%(name)s", "{0}", "{name}", "\\", "\\1", "\\g<1>", "'", '"', "\u202e", "\u200b", "\xad", "\ufeff", "\ue000", "\ue001",
    "\uf0b7", "\x7f", "\x85", "\u2028", "İ", "ß", "ﬁ", "𝔞", "e\u0301" * 50, "e" + "\u0301" * 500, "(" * 200, "[" * 200, "“" * 200,
    "1." * 200, "A." * 200, "- " * 200, "\t" * 200, "\n" * 50,
)  # fmt: skip
#: Words that rules listen to, with a date or a number that cannot be.
SAYINGS = (
    "31 februari 2023", "0 januari 0000", "99 maart 99999", "30-02-2021", "2021-13-45", "28 en 29 en 30 en 31 november 2023",
    "29 februari", "1–99 juni 2024", "Kamerstuk 28 676, nr. 999999999999", "Kamerstukken II 0000/01, 0, nr. 0", "nr. ²",
    "28 676, nr. " + "9" * 5_000, "Den Haag, 31 april 2024", "Datum", "Betreft", "Geachte voorzitter,", "Vraag 1", "Antwoord",
    "sessie 0", "sessie IX", "de nulde sessie", "eerste, tweede en elfde sessie", "mede namens de minister van",
    "Nederland vindt", "Nederland zal zal zal", "het kabinet", "“Nederland steunt", "I. II. III. IV.", "1. 1. 1.", "Bijlage",
    "HERDRUK", "Departementaal Vertrouwelijk", "[1]", "[^1]", "[1: [1: [1:", "¹²³", "woord.1 woord.2 woord.3", "X Noot\n1\n",
    "Lijst van vragen en antwoorden", "de leden van de fractie van", "bijeenkomst van de NAVO-ministers op", "DE MINISTER VAN",
)  # fmt: skip


def odd_text(chance: random.Random) -> str:
    """Give a piece of text that no author writes."""
    pick = chance.random()
    if pick < 0.4:
        return chance.choice(ODD_VALUES)
    if pick < 0.75:
        return chance.choice(SAYINGS)
    return "".join(chr(_scalar(chance)) for _ in range(chance.randint(1, 20)))


def disturbed(text: str, chance: random.Random) -> str:
    """Do one odd thing to a text."""
    at, length = chance.randint(0, len(text)), chance.randint(1, 40)
    other = chance.randint(0, len(text))
    return chance.choice(
        (
            lambda: text[:at] + odd_text(chance) + text[at:],
            lambda: text[:at] + odd_text(chance) + text[at + length :],
            lambda: text[:at] + text[at + length * 10 :],
            lambda: text[:at] + text[other : other + 20 * length] + text[at:],
            lambda: text[:at] + text[at : at + length] * chance.choice((2, 10, 100)) + text[at + length :],
            lambda: text[:at] + chance.choice("\t\n\r\f\v ") * chance.choice((1, 3, 500)) + text[at:],
            lambda: text[:at].swapcase() + text[at:],
            lambda: text.replace(
                chance.choice(" .,-–\n12e"), chance.choice(("", " ", "\n", "\u202e", "٣", "…"))
            ),
            lambda: text[at:] + text[:at],
            lambda: (
                text[::-1]
                if chance.random() < 0.1
                else text[:at] + text[at : at + length][::-1] + text[at + length :]
            ),
        )
    )()


def _scalar(chance: random.Random) -> int:
    """A code point, often one with a habit; never half of a pair."""
    number = chance.choice(
        (
            chance.randint(1, 31),
            chance.randint(127, 159),
            chance.randint(0x200B, 0x206F),
            chance.randint(0x300, 0x36F),
            chance.randint(0xE000, 0xF8FF),
            chance.randint(0xFFF0, 0xFFFF),
            chance.randint(0x590, 0x700),
            chance.randint(0x10000, 0x10FFFF),
            chance.randint(32, 0x2FFF),
        )
    )
    return number if not 0xD800 <= number <= 0xDFFF else 0xFFFD
