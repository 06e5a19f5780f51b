"""Plain text: letters saved from Word, copied from a web page, or converted from PDF.

Three layouts occur: every line a paragraph, blank lines between paragraphs, and lines wrapped at 70 to 90 characters
with or without blank lines. Word leaves bookmarks and footnotes behind between square brackets.
"""

import re

from letters.parsing.document import Block, BlockKind, Document, Mark, MarkKind
from letters.parsing.readers.text_chrome import lines_of_publication, lines_with_bookmarks, without_chrome
from letters.parsing.readers.text_encoding import decode
from letters.parsing.readers.text_notes import collect_notes, strip_glued_marks
from letters.parsing.readers.text_rows import LIST_LABEL, cells_of
from letters.parsing.readers.text_wrapping import join_lines

MEDIA_TYPE = "text/plain"

# "> De ministers", ">> De ministers": only where nearly all lines have it, not "> Retouradres Postbus 20701"
QUOTATION = re.compile(r"^(?:> ?)+", re.MULTILINE)
MOSTLY_QUOTED = 0.9
# "## Oekraïne"
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")


def read(data: bytes) -> Document:
    """Read plain text, in the encodings that ``text_encoding.decode`` knows."""
    text, warnings = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u00ad", "")
    text = _without_quotation(text)
    margins = lines_of_publication(text)
    wrapped_as = lines_with_bookmarks(text)
    text, notes, places = collect_notes(without_chrome(text))
    blocks = [_block(line) for line in join_lines(text.split("\n"), places, wrapped_as)]
    blocks = strip_glued_marks([block for block in blocks if any(map(str.isalnum, block.text))], notes)
    return Document(MEDIA_TYPE, tuple(blocks), tuple(notes), tuple(warnings), margins)


def _without_quotation(text: str) -> str:
    """The text of a mail that was sent on, without the ">" in front of its lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return QUOTATION.sub("", text) if quoted > MOSTLY_QUOTED * len(lines) else text


def _block(line: str) -> Block:
    if cells := cells_of(line):
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
