"""Text without what editions of one letter normalise, so that the same words compare equal."""

import re
import unicodedata

_DASHES = re.compile("[‐‑‒–—−]")
_QUOTES = re.compile('[‘’‚‛`´«»‹›“”„‟"]')
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold case, white space (no-break spaces too), dashes and quotes: "28–29  November" and "28-29 november" are one."""
    text = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", _QUOTES.sub("'", _DASHES.sub("-", text))).strip().casefold()
