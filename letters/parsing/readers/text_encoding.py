"""Bytes of plain text to characters, with letters that an earlier program misread put right."""

import re

REPAIRED = "De tekst bevatte verkeerd gecodeerde letters, die zijn hersteld. Kijk namen en trema’s na."

# What the bytes 80 to BF, the tail of a character in UTF-8, become in each code page
_TAIL = {
    codec: "".join(
        re.escape(bytes([byte]).decode(codec, errors="replace").replace("\ufffd", chr(byte)))
        for byte in range(0x80, 0xC0)
    )
    for codec in ("cp850", "cp437", "cp1252")
}
#: How UTF-8 looks that was read in another code page: "ge├»nformeerd", "geÃ¯nformeerd", "Ramsteinâ€™s"
MISREAD = (
    ("cp850", re.compile(f"[├┬][{_TAIL['cp850']}]|Ô[{_TAIL['cp850']}]{{2}}")),
    ("cp437", re.compile(f"[├┬][{_TAIL['cp437']}]|Γ[{_TAIL['cp437']}]{{2}}")),
    ("cp1252", re.compile(f"[ÃÂÅ][{_TAIL['cp1252']}]|â[{_TAIL['cp1252']}]{{2}}")),
)


def decode(data: bytes) -> tuple[str, list[str]]:
    """Turn bytes into text and say what was repaired: UTF-8 (with or without mark), UTF-16 with a mark, or Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _repaired(data.decode(encoding, errors="replace"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), []
    return _repaired(text)


def _repaired(text: str) -> tuple[str, list[str]]:
    """Only what certainly is UTF-8 misread is put right: no word in these letters has such characters side by side."""
    repaired = text
    for codec, pattern in MISREAD:
        repaired = pattern.sub(lambda found, codec=codec: _reread(found.group(), codec), repaired)
    return repaired, [REPAIRED] if repaired != text else []


def _reread(broken: str, codec: str) -> str:
    try:
        character = b"".join(_byte(character, codec) for character in broken).decode("utf-8")
    except UnicodeError:
        return broken
    return character if character.isprintable() or character.isspace() else broken


def _byte(character: str, codec: str) -> bytes:
    """Windows-1252 leaves five bytes open, which programs keep as they are."""
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return character.encode("latin-1")
