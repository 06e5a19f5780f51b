"""Plain text: letters saved from Word, copied from a web page, or converted from PDF.

Three layouts occur: every line a paragraph, blank lines between paragraphs, and lines wrapped at 70 to 90 characters
with or without blank lines. Word leaves bookmarks and footnotes behind between square brackets.
"""

import re
from bisect import bisect_right

from letters.parsing.document import Block, BlockKind, Document, Mark, MarkKind
from letters.parsing.readers.text_notes import collect_notes, strip_glued_marks

MEDIA_TYPE = "text/plain"

# UTF-8 that was read as code page 850: "ge├»nformeerd"
MOJIBAKE = re.compile("├[\u0080-\uffff]")
# [bookmark: _Hlk150342748]
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
# Running heads and feet of official PDFs and of Word: "Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1",
# "Pagina 4 van 5", "ISSN 0921 - 7371"
RUNNING_HEAD = re.compile(
    r"""^\s*(?:
        (?:Eerste|Tweede)\ Kamer,\ vergaderjaar\ [\d–-]+,[^\n]{0,60}
      | Pagina\ \d+(?:\ van\ \d+)?
      | ISSN\ [\d\s–-]+
      | [’'‘]s-Gravenhage\ \d{4}
    )\s*$""",
    re.VERBOSE | re.MULTILINE,
)
# A form feed, with the page number in front of it
PAGE_BREAK = re.compile(r"(?:\n[ \t]*\d{1,3}[ \t]*)?\n?\f")
# The last line of what a web copy of the chamber's documents puts above the letter
WEB_CHROME_END = re.compile(r"^Preview document \(.{0,20}\)\s*$", re.MULTILINE)
# "- ", "• ", "1. ", "a) ", "1.2 "; single capitals are left alone: they may be initials
LIST_LABEL = re.compile(
    r"^((?:[-•·*–]|o(?= {2,})|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|[a-z]\)|[ivx]{1,4}[.)]))\s+(?=\S)"
)
# "## Oekraïne"
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
# Lines that the head of a letter keeps to themselves: "28 676 NAVO", "Nr. 446", "Aan de Voorzitter …", "Datum 3 mei 2021"
HEAD_LINE = re.compile(
    r"""\d{2}\ \d{3}(?:-\d{1,2})?(?:\s+[A-Z]|\s*$) | Nr\.\ ?\d+\b | BRIEF\ VAN\b | Aan\ de\ [Vv]oorzitter\b
      | (?:Datum|Betreft|Onderwerp|Kenmerk)\b\s*:?\s*\S""",
    re.VERBOSE,
)
# Columns set apart by tabs or a run of blanks
COLUMN_GAP = re.compile(r"\t+| {4,}")
TERMINAL = tuple('.?!:;»”"')

UNWRAPPED_LINE = 160  # characters; wrapped text has no lines this long, apart from a stray one
MINIMAL_WRAP = 55
SLACK = 8  # a wrapped line may stay this much shorter than the width although the next word would have fitted


def read(data: bytes) -> Document:
    """Read plain text in UTF-8 (with or without mark), UTF-16 with a mark, or Windows-1252."""
    text, warnings = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u00ad", "")
    text = PAGE_BREAK.sub("\n", text)
    if chrome := WEB_CHROME_END.search(text):
        text = text[chrome.end() :]
    text = RUNNING_HEAD.sub("", BOOKMARK.sub("", text))
    text, notes, places = collect_notes(text)
    blocks = [_block(line) for line in _join_lines(text.split("\n"), places)]
    blocks = strip_glued_marks([block for block in blocks if any(map(str.isalnum, block.text))], notes)
    return Document(MEDIA_TYPE, tuple(blocks), tuple(notes), tuple(warnings))


def decode(data: bytes) -> tuple[str, list[str]]:
    """Turn bytes into text and say what was repaired."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), []
    if not MOJIBAKE.search(text):
        return text, []
    repaired = MOJIBAKE.sub(lambda found: _repair(found.group()), text)
    return repaired, [
        "De tekst bevatte verkeerd gecodeerde letters, die zijn hersteld. Kijk namen en trema’s na."
    ]


def _repair(broken: str) -> str:
    try:
        return broken.encode("cp850").decode("utf-8")
    except UnicodeError:
        return broken


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
    return (
        not previous.endswith(TERMINAL) and line.strip()[0].islower() and not LIST_LABEL.match(line.strip())
    )


def _wrap_width(lines: list[str]) -> tuple[int, int] | None:
    """The widths at which the text is wrapped, in characters, or None when every line is a paragraph.

    Copies of web pages are wrapped raggedly. A line shorter than the first number is broken off on purpose; one
    that also ends a sentence, when it is shorter than the second.
    """
    lengths = [len(line) for line in lines if len(line) > MINIMAL_WRAP]
    if len(lengths) < 3 or sum(length > UNWRAPPED_LINE for length in lengths) > 0.1 * len(lengths):
        return None
    full = sorted(
        len(line) for line in lines[:-1] if len(line) > MINIMAL_WRAP and not line.endswith(TERMINAL)
    )
    return (full[len(full) // 2], full[len(full) * 3 // 4]) if len(full) > 1 else None


def _wraps(previous: str, line: str, following: str, widths: tuple[int, int] | None) -> bool:
    """Whether ``line`` goes on where ``previous``, the line right above it, broke off."""
    text = line.strip()
    if widths is None or LIST_LABEL.match(text) or HEAD_LINE.match(text) or _cells(previous) or _cells(line):
        return False
    width, width_of_sentence = widths
    ended = previous.endswith(TERMINAL)
    if text[0].islower() and not ended:
        return len(previous) > width / 2
    needed = len(previous) + 1 + len(text.split(None, 1)[0])
    if needed <= width - SLACK or (ended and needed <= width_of_sentence):
        return False
    looks_like_heading = len(text) < 0.7 * width and not text.endswith((*TERMINAL, ",")) and text[0].isupper()
    followed_by_start = following.strip()[:1].isupper()
    return not (ended and looks_like_heading and followed_by_start)


def _glue(first: str, second: str) -> str:
    if re.search(r"\w[-‑]$", first) and not re.match(r"(?:en|of|als)\b", second):
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
    text = " ".join(line.split())
    if heading := MARKDOWN_HEADING.match(text):
        plain, marks = _inline_marks(text[heading.end() :])
        return Block(plain, BlockKind.HEADING, tuple(marks), level=len(heading[1]))
    label = ""
    if (found := LIST_LABEL.match(text)) and not text.startswith("**") and not _is_emphasised(text):
        label, text = found.group(1), text[found.end() :]
    plain, marks = _inline_marks(text)
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
