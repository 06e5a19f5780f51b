"""Runs of formatted text, as formats store them, become the text and marks of one block."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.parsing.document import Mark, MarkKind
from letters.parsing.readers.hyphenation import SET_APART

#: A typed number or bullet: "1. ", "2) ", "a. ", "iii) ", "II. ", "• ", "– ". Never a single capital ("H. Jansen" is a name).
LABEL = re.compile(
    r"""(?: \d{1,2}[.)]                                # 1.  2)
          | \d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s[A-Z])    # 1.2 Kop
          | \(?[a-z][.)]                               # a.  b)  (c)
          | \(?[ivx]{2,5}[.)]                          # ii.  iv)
          | [IVX]{2,5}\.                               # II.
          | [-–—•▪◦·●○■□➢o]
        )\s+(?=\S)""",
    re.VERBOSE,
)
#: What bullet fonts (Symbol, Wingdings) put in the private use area.
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
#: Hyphens that a reader of the letter cannot tell from the plain one, and marks of typesetting that nobody sees.
TYPOGRAPHY = str.maketrans(
    {"\u2010": "-", "\u2011": "-", SET_APART: "-"} | dict.fromkeys("\xad\u200b\u2060\ufeff")
)
#: Seldom there, and found faster than replaced
TYPOGRAPHIC = re.compile(f"[{''.join(map(chr, TYPOGRAPHY))}]")

#: Points. No letter has words of this size for its readers.
INVISIBLE_SIZE = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one formatting. ``note``: not text, but the place of a footnote with that mark."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    capitals: bool = False
    size: float | None = None
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formatting:
    """What styles say of text. ``shaded``: with a colour of its own behind the words."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    capitals: bool = False
    hidden: bool = False
    white: bool = False
    shaded: bool = False
    size: float | None = None

    def run(self, text: str, link: str = "") -> Run:
        return Run(text, self.bold, self.italic, self.underlined, self.capitals, self.size, link)

    def hides(self, on_paper: bool) -> bool:
        """Whether nobody can read text that looks like this; ``on_paper``: no cell or box may colour what is behind it."""
        white = self.white and not self.shaded and on_paper
        return self.hidden or white or (self.size is not None and self.size <= INVISIBLE_SIZE)


@dataclass(frozen=True, slots=True)
class RichText:
    """What a block says of its text; the fields are those of ``Block``."""

    text: str
    marks: tuple[Mark, ...]
    bold: bool
    italic: bool
    underlined: bool
    capitals: bool
    size: float | None


def compose(runs: Iterable[Run]) -> RichText:
    """Join ``runs`` into one text with white space folded; a tab between cells is kept if it is a run of its own."""
    text, pieces, notes = _fold(runs)
    marks = [
        *_partial(pieces, text, "bold", MarkKind.STRONG),
        *_partial(pieces, text, "italic", MarkKind.EMPHASIS),
        *_links(pieces),
        *notes,
    ]
    sizes: dict[float, int] = {}
    for start, end, run in pieces:
        if run.size:
            sizes[run.size] = sizes.get(run.size, 0) + end - start
    return RichText(
        text=text,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end))),
        bold=_whole(pieces, text, "bold"),
        italic=_whole(pieces, text, "italic"),
        underlined=_whole(pieces, text, "underlined"),
        capitals=_whole(pieces, text, "capitals") or (text.isupper() and sum(map(str.isalpha, text)) > 1),
        size=max(sizes, key=sizes.__getitem__) if sizes else None,
    )


def split_label(rich: RichText) -> tuple[str, str, tuple[Mark, ...]]:
    """Take a typed list number or bullet off the front: the label, the rest, and the marks of the rest."""
    match = LABEL.match(rich.text)
    if not match:
        return "", rich.text, rich.marks
    cut = match.end()
    marks = (
        Mark(mark.kind, max(0, mark.start - cut), mark.end - cut, mark.value)
        for mark in rich.marks
        if mark.end > cut or (mark.kind is MarkKind.FOOTNOTE and mark.end == cut)
    )
    return match[0].strip(), rich.text[cut:], tuple(marks)


Piece = tuple[int, int, Run]


def _fold(runs: Iterable[Run]) -> tuple[str, list[Piece], list[Mark]]:
    parts: list[str] = []
    pieces: list[Piece] = []
    notes: list[Mark] = []
    length = 0
    pending = ""  # white space that counts only if something follows
    for run in runs:
        if run.note:
            notes.append(Mark(MarkKind.FOOTNOTE, length, length, run.note))
            continue
        if run.text == "\t":
            pending = "\t"
            continue
        words = run.text.translate(TYPOGRAPHY) if TYPOGRAPHIC.search(run.text) else run.text
        folded = " ".join(words.split())
        if not folded:
            pending = pending or (" " if words else "")
            continue
        if words[0].isspace():
            pending = pending or " "
        if length and pending:
            parts.append(pending)
            length += 1
        parts.append(folded)
        pieces.append((length, length + len(folded), run))
        length += len(folded)
        pending = " " if words[-1].isspace() else ""
    return "".join(parts), pieces, notes


def _whole(pieces: Sequence[Piece], text: str, quality: str) -> bool:
    """Whether all letters have the quality; a plain colon behind a bold heading does not count."""
    if not any(getattr(run, quality) for _, _, run in pieces):
        return False
    without = "".join(text[start:end] for start, end, run in pieces if not getattr(run, quality))
    return not any(map(str.isalnum, without))


def _partial(pieces: Sequence[Piece], text: str, quality: str, kind: MarkKind) -> list[Mark]:
    if _whole(pieces, text, quality):
        return []
    spans: list[list[int]] = []
    for start, end, run in pieces:
        if not getattr(run, quality):
            continue
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return [Mark(kind, start, end) for start, end in spans]


def _links(pieces: Sequence[Piece]) -> list[Mark]:
    marks: list[Mark] = []
    for start, end, run in pieces:
        if not run.link:
            continue
        if marks and marks[-1].value == run.link and start - marks[-1].end <= 1:
            marks[-1] = Mark(MarkKind.LINK, marks[-1].start, end, run.link)
        else:
            marks.append(Mark(MarkKind.LINK, start, end, run.link))
    return marks
