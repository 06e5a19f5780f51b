"""Pieces of text become lines: what stands on one baseline, close together."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from letters.parsing.readers.hyphenation import HYPHEN, SET_APART
from letters.parsing.readers.pdf.labels import LABEL_AND_VALUE
from letters.parsing.readers.pdf.pieces import GLUED_GAP, TOUCHING_GAP, Piece, Word
from letters.parsing.readers.rich_text import LABEL, Run

#: Wider than this, in ems, and what follows may stand in another column.
COLUMN_GAP = 1.6
#: Wider than this, and what follows in the same column is another cell.
TAB_GAP = 2.5
#: A raised mark is at most this big, compared with its line.
RAISED_SIZE = 0.8
TAB = "\t"


class cached_property:  # noqa: N801
    """``functools.cached_property`` without its lock, which takes longer than all that is computed here (gone in 3.12)."""

    def __init__(self, function: Callable) -> None:
        self._function = function

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> object:
        value = instance.__dict__[self._name] = self._function(instance)
        return value


@dataclass(frozen=True)
class Line:
    """Pieces from left to right.

    ``column`` is 0 for the main text, else the left edge of the column beside it. No line of its paragraph can reach
    further to the right than ``limit``. ``flow`` is 1 or 2 in the columns of text that is set in two.
    """

    page: int
    pieces: tuple[Piece, ...]
    column: float = 0.0
    limit: float = math.inf
    flow: int = 0

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """The pieces that are neither raised marks nor tabs; all of them if there is nothing else."""
        return tuple(piece for piece in self.pieces if not piece.raised and piece.text != TAB) or self.pieces

    @cached_property
    def x0(self) -> float:
        return self.pieces[0].x0

    @cached_property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @cached_property
    def y(self) -> float:
        return self.words[0].y

    @cached_property
    def size(self) -> float:
        sizes: dict[float, int] = {}
        for piece in self.words:
            sizes[piece.size] = sizes.get(piece.size, 0) + len(piece.text)
        return max(sizes, key=sizes.__getitem__)

    @cached_property
    def text(self) -> str:
        """The text with marks of footnotes where they stand."""
        parts = [self.pieces[0].text]
        for piece, following in pairwise(self.pieces):
            if is_apart(piece, following):
                parts.append(" ")
            parts.append(following.text)
        return "".join(parts)

    @cached_property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.words)

    @cached_property
    def italic(self) -> bool:
        return all(piece.italic for piece in self.words)

    @cached_property
    def underlined(self) -> bool:
        return all(piece.underlined for piece in self.words)

    @cached_property
    def style(self) -> tuple[bool, bool, bool]:
        return self.bold, self.italic, self.underlined

    @cached_property
    def label(self) -> str:
        """A list number or bullet at the front."""
        match = LABEL.match(self.text)
        return match[0].strip() if match else ""

    @cached_property
    def text_x0(self) -> float:
        """Where the text behind the list label or the letterhead's label begins, or the second cell; else the left edge."""
        for piece, following in pairwise(self.pieces):
            if piece.text == TAB:
                return following.x0
        words = self.spread()
        label = self.label
        if not label and (named := LABEL_AND_VALUE.match(self.text)):
            label = named[1]
        at = len(label.split())
        return words[at].x0 if at < len(words) else self.x0

    def spread(self) -> list[Word]:
        """Give the words one by one; parts of a word in different fonts count as words."""
        return [word for piece in self.pieces for word in piece.words()]

    def runs(self, is_note: Callable[[str, str], bool]) -> list[Run]:
        """Give the line as runs; ``is_note(mark, word)`` says whether a raised mark behind a word is a footnote's."""
        runs: list[Run] = []
        apart = False
        for piece, previous in zip(self.pieces, (None, *self.pieces), strict=False):
            apart = apart or (previous is not None and is_apart(previous, piece))
            if piece.text == TAB:
                runs.append(Run(TAB))
            elif piece.raised and is_note(piece.text, previous.words()[-1].text if previous else ""):
                runs.extend(Run(note=mark) for mark in piece.text.replace(",", " ").split())
                continue  # the words on both sides of it decide together whether they are apart
            else:
                runs.append(_run(piece, f" {piece.text}" if apart else piece.text))
            apart = False
        return merged(runs)


def _run(piece: Piece, text: str) -> Run:
    return Run(
        text=text,
        bold=piece.bold,
        italic=piece.italic,
        underlined=piece.underlined,
        size=None if piece.raised else piece.size,
    )


def merged(runs: list[Run]) -> list[Run]:
    """Join neighbours with the same formatting; notes and tabs stay runs of their own."""
    found: list[Run] = []
    texts: list[str] = []
    for run in (*runs, None):
        if run is not None and texts and _alike(found[-1], run):
            texts.append(run.text)
            continue
        if len(texts) > 1:
            found[-1] = replace(found[-1], text="".join(texts))
        if run is not None:
            found.append(run)
            texts = [run.text]
    return found


def _alike(run: Run, other: Run) -> bool:
    if run.note or other.note or TAB in (run.text, other.text):
        return False
    return (run.bold, run.italic, run.underlined, run.size) == (
        other.bold,
        other.italic,
        other.underlined,
        other.size,
    )


def is_apart(piece: Piece, following: Piece) -> bool:
    """Whether there is white space between two pieces: the file says so, or the gap does."""
    if TAB in (piece.text, following.text):
        return False
    gap = (following.x0 - piece.x1) / max(piece.size, following.size)
    if following.glued:
        return gap > GLUED_GAP and not HYPHEN.fullmatch(following.text)
    return gap > TOUCHING_GAP


def segments(pieces: Iterable[Piece], page: int) -> list[Line]:
    """Sort pieces into lines from the top down, cut at gaps that are wide enough to be between columns."""
    found = []
    for row in _rows(pieces):
        row.sort(key=lambda piece: piece.x0)
        if any(following.x0 < piece.sides[-2] for piece, following in pairwise(row) if piece.sides):
            row = sorted((word for piece in row for word in piece.split()), key=lambda piece: piece.x0)
        if len(row) > 1 and row[-1].glued and HYPHEN.fullmatch(row[-1].text):
            row[-1] = replace(row[-1], text=SET_APART)
        parts = [[row[0]]]
        for piece in row[1:]:
            if piece.x0 - parts[-1][-1].x1 > COLUMN_GAP * max(piece.size, parts[-1][-1].size):
                parts.append([piece])
            else:
                parts[-1].append(piece)
        found.extend(Line(page, tuple(part)) for part in parts)
    return found


def joined(parts: Iterable[Line]) -> list[Line]:
    """Put segments on the same baseline together again, with a tab where the gap is wide."""
    rows: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: (-part.y, part.x0)):
        if rows and abs(rows[-1][0].y - part.y) <= 0.2 * part.size:
            rows[-1].append(part)
        else:
            rows.append([part])
    lines = []
    for row in rows:
        if len(row) == 1:
            lines.append(row[0])
            continue
        row.sort(key=lambda part: part.x0)
        pieces = list(row[0].pieces)
        for part in row[1:]:
            if part.x0 - pieces[-1].x1 > TAB_GAP * part.size:
                pieces.append(replace(pieces[-1], text=TAB, x0=pieces[-1].x1))
            pieces.extend(part.pieces)
        lines.append(replace(row[0], pieces=tuple(pieces)))
    return lines


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if rows and abs(rows[-1][0].y - piece.y) <= 0.2 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    kept: list[list[Piece]] = []
    for position, row in enumerate(rows):
        alone = []
        for piece in row:
            # A raised mark lies above its line, a lowered one (H₂O) below it; both are smaller.
            line = next((near for near in rows[position + 1 : position + 3] if _is_beside(piece, near)), None)
            if line is not None:
                line.append(replace(piece, raised=True))
                continue
            line = next((near for near in reversed(kept[-2:]) if _is_beside(piece, near)), None)
            if line is not None:
                line.append(replace(piece, y=line[0].y))
            else:
                alone.append(piece)
        if alone:
            kept.append(alone)
    return kept


def _is_beside(mark: Piece, row: list[Piece]) -> bool:
    """Whether ``mark`` is a small character that belongs to a word of ``row``, a little higher or lower."""
    for piece in row:
        if (
            mark.size > RAISED_SIZE * piece.size
            or not 0.05 * piece.size < abs(mark.y - piece.y) < 0.7 * piece.size
        ):
            continue
        for word in piece.words():
            if -0.3 * piece.size <= mark.x0 - word.x1 <= 0.6 * piece.size:
                return True
            if -0.3 * piece.size <= word.x0 - mark.x1 <= 0.6 * piece.size:
                return True
    return False
