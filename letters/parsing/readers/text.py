"""Plain text: letters saved from Word, copied from a web page, or converted from PDF.

Three layouts occur: every line a paragraph, blank lines between paragraphs, and lines wrapped at 70 to 90 characters
with or without blank lines. Word leaves bookmarks and footnotes behind between square brackets.
"""

import re
from bisect import bisect_right

from letters.parsing.document import Block, BlockKind, Document, Mark, MarkKind
from letters.parsing.readers.text_chrome import lines_of_publication, without_chrome
from letters.parsing.readers.text_encoding import decode
from letters.parsing.readers.text_notes import collect_notes, strip_glued_marks

MEDIA_TYPE = "text/plain"

# "- ", "• ", "1. ", "a) ", "1.2 "; single capitals are left alone: they may be initials
# Word's own bullets come out as "·", "o", "§" or private-use characters.
LIST_LABEL = re.compile(
    r"^((?:[-•·*–▪◦§➢\uf02d\uf0a7\uf0b7\uf0d8\uf0fc]|o|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|[a-z][.)]|[ivx]{1,4}[.)]))\s+(?=\S)"
)
# "## Oekraïne"
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
# Lines that begin something new whatever stands above them: "28 676 NAVO", "Nr. 446", "Aan de Voorzitter …",
# "Den Haag, 3 mei 2021", "Datum 3 mei 2021", "Geachte voorzitter,", "De Minister van Defensie,", "Werksessie 2: …"
HEAD_LINE = re.compile(
    r"""\d{2}\ \d{3}(?:-\d{1,2})?(?:\s+[A-Z]|\s*$) | Nr\.\ ?\d+\b | BRIEF\ VAN\b | Aan\ de\ [Vv]oorzitter\b
      | (?:Den\ Haag|['’‘]s-Gravenhage),\ \d{1,2}\ [a-z]{3,9}\ \d{4}$
      | (?:Datum|Betreft|Onderwerp|Kenmerk)\b\s*:?\s*\S | (?:Zeer\ )?Geachte\ [^.]{1,40},?$ | Hoogachtend,?$
      | D[Ee]\ (?:[Mm]inister|MINISTER)(?:-[Pp]resident,)?\ (?:[Vv]an|[Vv]oor|VAN|VOOR)\ [^.]{4,60},$
      | (?:Werk)?[Ss]essie\ (?:\d|[IVX]+)\b | (?:Agenda|Introductie|Inleiding|Algemeen|Samenvatting|Tot\ slot|Overig)$""",
    re.VERBOSE,
)
# A row written with pipes that goes on in the next line: "Betreft | Verslag van de bijeenkomst", "van 3 mei |"
ROW_BROKEN_OFF = re.compile(r"\w \| [^|]*[^|\s]\s*$")
ROW_END = re.compile(r"^[^|]+\|$")
# Columns set apart by tabs or a run of blanks
COLUMN_GAP = re.compile(r"\t+| {4,}")
# No sentence and no title ends so: "… hoort te blijven en dat de"
UNFINISHED = re.compile(
    r"\b(?:de|het|een|der|van|voor|met|bij|naar|tegen|tussen|door|en|of|als|dat|die|welke|niet\ alleen)$"
)
TERMINAL = tuple('.?!:;»”"')
# Behind the end of a sentence: the mark of a footnote, or the number that a web copy made of it
MARK_AT_END = re.compile(r"(?:\ue000[^\ue001]{1,4}\ue001|(?<=[a-zà-ÿ)»”’][.!?:;])\d{1,2})$")

UNWRAPPED_LINE = 160  # characters; wrapped text has few lines this long: a copy of a web page joins two at a link or in italics
STRAY_LINES = 0.25
MINIMAL_WRAP = 55
BROKEN_LINES = 0.4  # in wrapped text at least so many of the long lines stop in the middle of a sentence
SLACK = 8  # a wrapped line may stay this much shorter than the width although the next word would have fitted


def read(data: bytes) -> Document:
    """Read plain text, in the encodings that ``text_encoding.decode`` knows."""
    text, warnings = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u00ad", "")
    margins = lines_of_publication(text)
    text, notes, places = collect_notes(without_chrome(text))
    blocks = [_block(line) for line in _join_lines(text.split("\n"), places)]
    blocks = strip_glued_marks([block for block in blocks if any(map(str.isalnum, block.text))], notes)
    return Document(MEDIA_TYPE, tuple(blocks), tuple(notes), tuple(warnings), margins)


def _join_lines(lines: list[str], note_places: frozenset[int]) -> list[str]:
    """Put wrapped lines, and paragraphs that a footnote cut in two, together again.

    ``note_places`` are the numbers of lines from which a footnote was taken out.
    """
    numbered = [(number, line.rstrip()) for number, line in enumerate(lines) if line.strip()]
    widths = _wrap_width([line for _, line in numbered])
    places = sorted(note_places)
    joined: list[str] = []
    for position, (number, line) in enumerate(numbered):
        if not joined:
            joined.append(line)
            continue
        before, previous = numbered[position - 1]
        following = numbered[position + 1][1] if position + 1 < len(numbered) else ""
        note_between = bisect_right(places, number) > bisect_right(places, before)
        blank_between = number - before > 1 and not note_between
        if note_between:
            continues = _is_cut(joined[-1], line)
        elif blank_between:
            continues = _is_cut(previous, line) and len(previous) > MINIMAL_WRAP
        else:
            continues = _wraps(previous, line, following, widths)
        if continues:
            joined[-1] = _glue(joined[-1], line.strip())
        else:
            joined.append(line)
    return joined


def _is_cut(previous: str, line: str) -> bool:
    if _ends_sentence(previous) or LIST_LABEL.match(line.strip()):
        return False
    return line.strip()[0].islower() or bool(UNFINISHED.search(previous))


def _ends_sentence(line: str) -> bool:
    return MARK_AT_END.sub("", line).endswith(TERMINAL)


def _wrap_width(lines: list[str]) -> tuple[int, int] | None:
    """The widths at which the text is wrapped, in characters, or None when every line is a paragraph.

    Copies of web pages are wrapped raggedly. A line shorter than the first number is broken off on purpose; one
    that also ends a sentence, when it is shorter than the second.
    """
    lengths = [len(line) for line in lines if len(line) > MINIMAL_WRAP]
    if len(lengths) < 3 or sum(length > UNWRAPPED_LINE for length in lengths) > STRAY_LINES * len(lengths):
        return None
    long = [line for line in lines[:-1] if len(line) > MINIMAL_WRAP and not HEAD_LINE.match(line)]
    full = sorted(len(line) for line in long if not _ends_sentence(line))
    if len(full) < BROKEN_LINES * len(long):
        return None
    return (full[len(full) // 2], full[len(full) * 3 // 4]) if len(full) > 1 else None


def _wraps(previous: str, line: str, following: str, widths: tuple[int, int] | None) -> bool:
    """Whether ``line`` goes on where ``previous``, the line right above it, broke off."""
    text = line.strip()
    if ROW_BROKEN_OFF.search(previous) and ROW_END.search(text):
        return True
    if widths is None or LIST_LABEL.match(text) or HEAD_LINE.match(text) or _cells(previous) or _cells(line):
        return False
    if _in_capitals(previous) != _in_capitals(text):  # a title in capitals, and what follows it
        return False
    width, width_of_sentence = widths
    ended = _ends_sentence(previous)
    if text[0].islower() and not ended:
        return len(previous) > width / 2
    needed = len(previous) + 1 + len(text.split(None, 1)[0])
    if needed <= width - SLACK or (ended and needed <= width_of_sentence):
        return False
    looks_like_heading = len(text) < 0.7 * width and not text.endswith((*TERMINAL, ",")) and text[0].isupper()
    followed_by_start = following.strip()[:1].isupper()
    return not (ended and looks_like_heading and followed_by_start)


def _in_capitals(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) > 12


def _glue(first: str, second: str) -> str:
    is_cut = (
        first[-1:] in ("-", "‑") and first[-2:-1].isalnum()
    )  # not by a search through all that was joined before
    if is_cut and not re.match(r"(?:en|of|als)\b", second):
        return first + second
    return f"{first} {second}"


def _cells(line: str) -> list[str]:
    """The cells of a table row written with pipes, tabs or wide gaps, empty when it is an ordinary line."""
    text = line.strip().removeprefix(">").strip()
    if text.endswith("|") or text.count("|") > 1 or re.search(r"\w \| \w", text):
        return [cell for part in text.split("|") if (cell := part.strip())]
    cells = [cell for part in COLUMN_GAP.split(text) if (cell := part.strip())]
    is_row = len(cells) > 1 and all(len(cell) < 100 for cell in cells) and not LIST_LABEL.match(text)
    return cells if is_row else []


def _block(line: str) -> Block:
    if cells := _cells(line):
        return Block("\t".join(" ".join(cell.split()) for cell in cells), BlockKind.TABLE_ROW)
    label = ""
    text = line.strip()
    if heading := MARKDOWN_HEADING.match(text):
        plain, marks = _inline_marks(" ".join(text[heading.end() :].split()))
        return Block(plain, BlockKind.HEADING, tuple(marks), level=len(heading[1]))
    if (found := LIST_LABEL.match(text)) and not text.startswith("**") and not _is_emphasised(text):
        label, text = found.group(1), text[found.end() :]
    plain, marks = _inline_marks(" ".join(text.split()))
    return Block(
        text=plain,
        kind=BlockKind.LIST_ITEM if label else BlockKind.TEXT,
        marks=tuple(marks),
        label=label,
        bold=_covers(marks, MarkKind.STRONG, plain),
        italic=_covers(marks, MarkKind.EMPHASIS, plain),
        capitals=plain.isupper() and len(plain) > 3,
    )


def _is_emphasised(text: str) -> bool:
    return text.startswith("*") and not text.startswith("* ")


def _covers(marks: list[Mark], kind: MarkKind, text: str) -> bool:
    return bool(text) and any(
        mark.kind == kind and mark.start == 0 and mark.end == len(text) for mark in marks
    )


# Left behind by collect_notes: the mark of a footnote between private-use characters; and *cursief*, **vet**
INLINE = re.compile(
    r"\ue000(?P<note>[^\ue001]{1,4})\ue001|(?P<stars>\*{1,2})(?=\S)(?P<inner>[^*\n]+?)(?<=\S)(?P=stars)"
)


def _inline_marks(text: str) -> tuple[str, list[Mark]]:
    marks: list[Mark] = []
    plain = ""
    position = 0
    for found in INLINE.finditer(text):
        plain += text[position : found.start()]
        position = found.end()
        start = len(plain)
        if found["note"]:
            marks.append(Mark(MarkKind.FOOTNOTE, start, start, found["note"]))
            continue
        inner, inner_marks = _inline_marks(found["inner"])
        plain += inner
        kind = MarkKind.EMPHASIS if len(found["stars"]) == 1 else MarkKind.STRONG
        marks.append(Mark(kind, start, len(plain)))
        marks += [Mark(mark.kind, mark.start + start, mark.end + start, mark.value) for mark in inner_marks]
    plain += text[position:]
    return _folded(plain, marks)


def _folded(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Fold double and outer blanks that removed marks left, and move the marks along."""
    kept = ""
    moved: list[int] = []
    for character in text:
        moved.append(len(kept))
        if character == " " and (not kept or kept.endswith(" ")):
            continue
        kept += character
    moved.append(len(kept))
    plain = kept.rstrip()
    return plain, [
        Mark(mark.kind, min(moved[mark.start], len(plain)), min(moved[mark.end], len(plain)), mark.value)
        for mark in marks
    ]
