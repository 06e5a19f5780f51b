"""Pages of text for a PDF: words broken into lines (with hyphens), lines into pages, footnotes at the foot of their page.

ReportLab sets words; its own flowables know no footnotes, and do not break a paragraph between columns of different width.
"""

import io
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.source import Run

WIDTH, HEIGHT = 595.0, 842.0
FACES = {"Vera": ("Vera", "VeraBd", "VeraIt"), "Times": ("Times-Roman", "Times-Bold", "Times-Italic")}
#: Where a Dutch word may be broken, roughly: be-spre|kin-gen. Between two consonants that stand between vowels.
SYLLABLE = re.compile(r"(?<=[aeiouyëïé][bdfgklmnprstv])(?=[bdfgklmnprstvwz][aeiouyëïé])")
COMPOUND = re.compile(r"(?<=\w-)(?=\w)")
NOTE_SIZE = 6.5

#: A word: pieces of (text, font, is it a footnote mark?)
Word = tuple[tuple[str, str, bool], ...]


def register_fonts() -> None:
    for name in FACES["Vera"]:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


@dataclass(frozen=True, slots=True)
class Style:
    """Of a document: its faces, the size of its letters, and where its column stands on the first and on later pages (points)."""

    face: str
    size: float
    left: float
    first_width: float
    width: float
    first_top: float
    top: float
    bottom: float
    furniture: Callable[[Canvas, int, int], None]  # draws what stands on every page: number, number of pages

    @property
    def leading(self) -> float:
        return self.size * 1.4


class Pages:
    """Call ``paragraph``, ``row``, ``space`` in order, then ``finish``."""

    def __init__(self, style: Style, notes: dict[str, str], total: int):
        self.style, self.notes, self.total = style, notes, total
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
        self.number = 1
        self.y = style.first_top
        self.waiting: list[str] = []  # footnotes of this page
        self.regular, self.bold, self.italic = FACES[style.face]

    @property
    def width(self) -> float:
        return self.style.first_width if self.number == 1 else self.style.width

    def space(self, lines: float = 1) -> None:
        self.y -= lines * self.style.leading

    def paragraph(self, runs: tuple[Run, ...], look: str = "plain", label: str = "") -> None:
        words = deque(self._words(runs, look))
        indent = 14.0 if label else 0.0
        while words:
            line, rest = self._line(words, self.width - indent)
            new = [text for word in line for text, _, is_note in word if is_note]
            if self.y - self.style.leading < self._floor(new):
                self.new_page()
                continue
            self._draw(line, self.style.left + indent, look == "underlined")
            if label:
                self.canvas.setFont(self.regular, self.style.size)
                self.canvas.drawString(self.style.left, self.y, label)
                label = ""
            self.waiting += new
            words = rest

    def row(self, cells: tuple[str, ...]) -> None:
        if self.y - 2 * self.style.leading < self._floor([]):
            self.new_page()
        self.y -= self.style.leading
        self.canvas.setFont(self.regular, self.style.size)
        for number, cell in enumerate(cells):
            self.canvas.drawString(self.style.left + number * 110 + 3, self.y, cell)
        self.canvas.line(self.style.left, self.y - 3, self.style.left + 110 * len(cells), self.y - 3)

    def keep(self, lines: int) -> None:
        """A new page if there is no room for so many lines."""
        if self.y - lines * self.style.leading < self._floor([]):
            self.new_page()

    def new_page(self) -> None:
        self._foot()
        self.canvas.showPage()
        self.number += 1
        self.y = self.style.top

    def finish(self) -> tuple[bytes, int]:
        self._foot()
        self.canvas.save()
        return self.stream.getvalue(), self.number

    def _words(self, runs: tuple[Run, ...], look: str) -> list[Word]:
        base = (
            self.bold if look in ("bold", "capitals") else self.italic if look == "italic" else self.regular
        )
        words: list[list[tuple[str, str, bool]]] = [[]]
        for run in runs:
            if run.note:
                words[-1].append((run.note, self.regular, True))
                continue
            font = self.italic if run.emphasis else base
            for number, piece in enumerate(run.text.split(" ")):
                if number:
                    words.append([])
                if piece:
                    words[-1].append((piece, font, False))
        return [tuple(word) for word in words if word]

    def _measure(self, word: Word) -> float:
        return sum(
            pdfmetrics.stringWidth(text, font, NOTE_SIZE if is_note else self.style.size)
            for text, font, is_note in word
        )

    def _line(self, words: deque[Word], width: float) -> tuple[list[Word], deque[Word]]:
        blank = pdfmetrics.stringWidth(" ", self.regular, self.style.size)
        rest, line, used = deque(words), [], 0.0
        while rest:
            needed = self._measure(rest[0]) + (blank if line else 0)
            if line and used + needed > width:
                begin, end = self._broken(rest[0], width - used - blank)
                if begin:
                    line.append(begin)
                    rest[0] = end
                break
            line.append(rest.popleft())
            used += needed
        return line, rest

    def _broken(self, word: Word, room: float) -> tuple[Word, Word]:
        """The largest beginning of a word of one piece that fits, with its hyphen, and what is left."""
        if len(word) > 1 or len(word[0][0]) < 9:
            return (), word
        text, font, _ = word[0]
        places = [(found.start(), "") for found in COMPOUND.finditer(text)]
        places += [
            (found.start(), "-") for found in SYLLABLE.finditer(text) if 3 < found.start() < len(text) - 3
        ]
        for place, hyphen in sorted(places, reverse=True):
            begin = ((text[:place] + hyphen, font, False),)
            if self._measure(begin) <= room:
                return begin, ((text[place:], font, False),)
        return (), word

    def _draw(self, line: list[Word], x: float, underlined: bool) -> None:
        self.y -= self.style.leading
        text = self.canvas.beginText(x, self.y)
        for number, word in enumerate(line):
            for piece, font, is_note in word:
                text.setFont(font, NOTE_SIZE if is_note else self.style.size)
                text.setRise(3 if is_note else 0)
                text.textOut(piece)
            text.setRise(0)
            text.setFont(self.regular, self.style.size)
            if number < len(line) - 1:
                text.textOut(" ")
        self.canvas.drawText(text)
        if underlined:
            self.canvas.line(x, self.y - 1.5, text.getX(), self.y - 1.5)

    def _note_lines(self, mark: str) -> list[list[Word]]:
        """Lines of a note, broken for its smaller letters."""
        words = deque(self._words((Run("", note=mark), Run(f" {self.notes[mark]}")), "plain"))
        lines = []
        while words:
            line, words = self._line(words, self.width * self.style.size / 7)
            lines.append(line)
        return lines

    def _floor(self, new: list[str]) -> float:
        lines = sum(len(self._note_lines(mark)) for mark in [*self.waiting, *new])
        return self.style.bottom + (lines * 9.5 + 10 if lines else 0)

    def _foot(self) -> None:
        y = self._floor([]) - 10
        if self.waiting:
            self.canvas.line(self.style.left, y + 6, self.style.left + 100, y + 6)
        for mark in self.waiting:
            for line in self._note_lines(mark):
                y -= 9.5
                text = self.canvas.beginText(self.style.left, y)
                for word in line:
                    for piece, font, is_note in word:
                        text.setFont(font, 5 if is_note else 7)
                        text.setRise(2.5 if is_note else 0)
                        text.textOut(piece)
                    text.setFont(self.regular, 7)
                    text.setRise(0)
                    text.textOut(" ")
                self.canvas.drawText(text)
        self.waiting = []
        self.style.furniture(self.canvas, self.number, self.total)
