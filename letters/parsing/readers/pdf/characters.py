"""The characters of a page, asked of PDFium with as few and as cheap calls as will do.

``pypdfium2.raw`` turns each pointer of each call into an object, which takes longer than PDFium takes to answer. Here the
functions that are called for every word get plain addresses, and write one after the other into one array.
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from letters.parsing.readers.rich_text import PRIVATE_USE

ADDRESS, INT = ctypes.c_void_p, ctypes.c_int


def declared(function: object, result: type | None, *arguments: type) -> Callable:
    """Declare a function of PDFium anew, with plain addresses for its pointers."""
    # The calls are far too short to let other threads run in between, which CFUNCTYPE would do.
    address = ctypes.cast(function, ADDRESS).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_loose_char_box = declared(raw.FPDFText_GetLooseCharBox, INT, ADDRESS, INT, ADDRESS)
_text_object = declared(raw.FPDFText_GetTextObject, ADDRESS, ADDRESS, INT)
_is_generated = declared(raw.FPDFText_IsGenerated, INT, ADDRESS, INT)

#: What PDFium gives for the hyphen at the end of a line that it took for a break within a word.
LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
#: White space and control characters part words, but not those hyphens, nor a space that ties two words ("28 676").
WORD = re.compile("(?:[^\\s\x00\x01\x03-\x1f\x7f]|\xa0)+")

#: PDFium puts lines of its own where it sees one end.
LINE = re.compile(r"[^\r\n]+")


class Characters:
    """The characters of one page, in the order in which the file holds them."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._text_page = page.get_textpage()
        self.raw = self._text_page.raw
        self.address = ctypes.cast(self.raw, ADDRESS).value
        self.count = raw.FPDFText_CountChars(self.raw)

    @cached_property
    def text(self) -> str:
        """One character for each place."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = raw.FPDFText_GetText(self.raw, 0, self.count, buffer)
        text = bytes(buffer)[: self.count * 2].decode("utf-16-le", "replace")
        if written != self.count + 1 or len(text) != self.count:
            # Not one unit for each character: the places would be off.
            text = "".join(chr(raw.FPDFText_GetUnicode(self.raw, at) or 0) for at in range(self.count))
        return LINE_END_HYPHEN.sub("-", text if text.isascii() else PRIVATE_USE.sub("•", text))

    def text_objects(self) -> Iterator[tuple[int | None, int, int]]:
        """Give the address of each text object, with the places of its first and behind its last character.

        Characters that PDFium adds belong to none. What an object has on two lines comes twice.
        """
        for line in LINE.finditer(self.text):
            start, end = line.span()
            while start < end:
                text_object = _text_object(self.address, start)
                behind = self._behind(text_object, start, end)
                yield text_object, start, behind
                start = behind

    def _behind(self, text_object: int | None, start: int, end: int) -> int:
        """Find where a text object ends: its characters follow each other, what PDFium adds stands alone."""
        if text_object is None:
            return start + 1
        if _text_object(self.address, end - 1) == text_object:
            return end
        others = range(start + 1, end - 1)
        return others.start + bisect_left(
            others, True, key=lambda at: _text_object(self.address, at) != text_object
        )

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the places of the first and behind the last character of each word."""
        return [match.span() for match in WORD.finditer(self.text, start, end)]

    def are_generated(self, start: int, end: int) -> bool:
        """Whether PDFium put in all of these characters by itself, where it sees a gap or a step up to a raised mark.

        Whether that is white space between words, the gap itself tells better.
        """
        ends_line = start < end and self.text[end - 1] == "\n"
        return ends_line or all(_is_generated(self.address, at) == 1 for at in range(start, end))

    def boxes(self, words: Sequence[tuple[int, int]]) -> list[float]:
        """Give left, top, right, bottom of the first and of the last character of each word, in one list.

        The boxes are those of the font, not of the ink. In points, as the page is stored.
        """
        found = (ctypes.c_float * (8 * len(words)))()
        page, address = self.address, ctypes.addressof(found)
        for start, end in words:
            _loose_char_box(page, start, address)
            _loose_char_box(page, end - 1, address + 16)
            address += 32
        return found[:]
