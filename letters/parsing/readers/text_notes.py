"""Footnotes in plain text: taken out of the lines and tied to the place of their mark."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from itertools import count, pairwise

from letters.parsing.document import Block, Mark, MarkKind, Note

# What Word leaves: "dreigingen[footnoteRef:2]. … [2:  Het kabinet definieert …] "
WORD_REFERENCE = re.compile(r"\[(?:footnoteRef|endnoteRef):(\d{1,3})\]")
WORD_NOTE = re.compile(r"\[(\d{1,3}):\s+((?:[^\[\]]|\[[^\[\]]*\])*)\][ \t]*")

SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
# A note on a line of its own: "¹ Kamerstuk 28676, nr. 353"
SUPERSCRIPT_NOTE = re.compile(r"^[ \t]*([¹²³⁰⁴-⁹]{1,3})[ \t]*(\S.*)$")
# "coalitietroepen.¹"; not "5 km²"
SUPERSCRIPT_MARK = re.compile(r"(?<=[^\s\d])(?<! m)(?<! km)([¹²³⁰⁴-⁹]{1,3})")
# Word's own plain text: "bijeenkomsten.[1]" and, at the end, "[1] Kamerstuk …"
BRACKET_NOTE = re.compile(r"^[ \t]*\[(\d{1,3})\][ \t]+(\S.*)$")
BRACKET_MARK = re.compile(r"(?<=[^\s\[])\[(\d{1,3})\]")
# Markdown: "tekst[^1]" and "[^1]: Kamerstuk …"
MARKDOWN_NOTE = re.compile(r"^\[\^(\w{1,4})\]:\s*(.+)$")
MARKDOWN_MARK = re.compile(r"\[\^(\w{1,4})\]")
# Old web pages end their notes with "X Noot", the number, and the text
WEB_NOTE_HEAD = re.compile(r"^\s*(?:X\s*)?Noot\s*$")
# A note after its number, where the mark in the text is glued to a word: "1 Kamerstuk 28 676, nr. 353", "[1] Zie …"
NUMBERED_NOTE = re.compile(r"^\s*\[?(\d{1,2})\]?(?![.):\d])[ \t]+(\S.*)$")
# A number glued to a word: "beschermen.1", "aan1.", "Commissie1 ", "de SG.2", "Nr. 7 HERDRUK1"; not "NAVO2030", "G7",
# "F-35" or "nr.2"
GLUED_MARK = re.compile(
    r"(?<=[a-zà-ÿ]{3})([.,;:)»”’]?)(\d{1,2})(?=$|[\s.,;:)»”])"
    r"|(?:(?<=[A-Za-zà-ÿ)»”]{2}[.,;:])(?<!\bnr\.)(?<!\bart\.)(?<!\bblz\.)|(?<=\bHERDRUK))(\d{1,2})(?=$|\s)"
)

SHORTEST_WRAPPED_LINE = 55  # characters
MAXIMAL_NOTE_LINES = 8

# The same in a list: "– Warsaw Summit Communiqué 1"
LISTED_MARK = re.compile(r"(?<=[a-zà-ÿ]{3})(?P<blank>\s)(\d{1,2})()$")
# How a note begins whose number a web copy turned into that of a list
NOTE_WORDS = re.compile(
    r"(?:Kamer|Zie\b|Handelingen|https?:|www\.|Motie|Brief\b|Toezegging|TK\b|EK\b|Idem|Ibid|Verslag|\()"
)

OPEN, CLOSE = "\ue000", "\ue001"  # private-use characters, so that a mark survives the joining of lines


def collect_notes(text: str) -> tuple[str, list[Note], frozenset[int]]:
    """Take the notes out of the text.

    Returns the text with each mark between private-use characters, the notes in order, and the numbers of the
    lines that a note had to itself: there a paragraph may have been cut in two.
    """
    text = text.replace(OPEN, "").replace(CLOSE, "")
    notes: list[Note] = []

    def keep_word_note(found: re.Match) -> str:
        notes.append(Note(found[1], " ".join(found[2].split())))
        return ""

    text = WORD_REFERENCE.sub(rf"{OPEN}\1{CLOSE}", WORD_NOTE.sub(keep_word_note, text))
    lines: list[str] = []
    places: set[int] = set()
    for line, note in _notes_apart(text.split("\n")):
        if note:
            notes.append(note)
            places.add(len(lines))
            lines.append("")
        else:
            lines.append(line)
    text = MARKDOWN_MARK.sub(rf"{OPEN}\1{CLOSE}", "\n".join(lines))
    if notes:
        text = BRACKET_MARK.sub(rf"{OPEN}\1{CLOSE}", text)
    text = SUPERSCRIPT_MARK.sub(lambda found: f"{OPEN}{found[1].translate(SUPERSCRIPTS)}{CLOSE}", text)
    return text, notes, frozenset(places)


def _notes_apart(lines: list[str]) -> Iterator[tuple[str, Note | None]]:
    """Yield every line, with the note that it is, if it is one."""
    has_superscripts = any(SUPERSCRIPT_MARK.search(line) for line in lines)
    has_brackets = any(BRACKET_MARK.search(line) for line in lines)
    position = 0
    while position < len(lines):
        line = lines[position]
        if has_superscripts and (found := SUPERSCRIPT_NOTE.match(line)):
            rest = _rest_of_note(lines[position : position + MAXIMAL_NOTE_LINES])
            position += len(rest)
            yield "", Note(found[1].translate(SUPERSCRIPTS), _plain(" ".join([found[2], *rest])))
        elif has_brackets and (found := BRACKET_NOTE.match(line)):
            rest = _rest_of_note(lines[position : position + MAXIMAL_NOTE_LINES])
            position += len(rest)
            yield "", Note(found[1], _plain(" ".join([found[2], *rest])))
        elif found := MARKDOWN_NOTE.match(line.strip()):
            yield "", Note(found[1], _plain(found[2]))
        elif WEB_NOTE_HEAD.match(line) and (taken := _web_note(lines[position + 1 :])):
            note, used = taken
            position += used
            yield "", note
        else:
            yield line, None
        position += 1


def _rest_of_note(lines: list[str]) -> list[str]:
    """The lines that a wrapped note goes on in, up to a blank line; none if there is no blank line near."""
    rest: list[str] = []
    for previous, line in pairwise(lines):
        if not line.strip() or SUPERSCRIPT_NOTE.match(line) or BRACKET_NOTE.match(line):
            return rest
        if len(previous) < SHORTEST_WRAPPED_LINE:
            break
        rest.append(line.strip())
    return []


def _web_note(lines: list[str]) -> tuple[Note, int] | None:
    filled = [(number, line.strip()) for number, line in enumerate(lines[:6]) if line.strip()]
    if len(filled) < 2 or not filled[0][1].isdigit():
        return None
    return Note(filled[0][1], _plain(filled[1][1])), filled[1][0] + 1


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def strip_glued_marks(blocks: list[Block], notes: list[Note]) -> list[Block]:
    """Recognise marks that a web copy glued to words: those of ``notes`` without a mark, else those that count up 1, 2, 3.

    The notes themselves, if the copy has them, stand at the end as paragraphs that start with their number: they
    are taken out of the blocks and added to ``notes``.
    """
    marked = {mark.value for block in blocks for mark in block.marks if mark.kind == MarkKind.FOOTNOTE}
    if notes:
        missing = [note.mark for note in notes if note.mark.isdigit() and note.mark not in marked]
        found = _glued_marks(blocks, missing)
        return [_without_digits(block, found, position) for position, block in enumerate(blocks)]
    found = [] if marked else _glued_marks(blocks, map(str, count(1)))
    if not found:
        return blocks
    expected = len(found)
    tail: dict[int, Note] = {}
    for position in range(len(blocks) - 1, -1, -1):
        note = _numbered_note(blocks[position])
        if not note or note.mark != str(expected):
            continue
        tail[position] = note
        expected -= 1
        if not expected:
            break
    if expected:  # one lone number may be anything; a row of numbers without notes is a row of lost notes
        if len(found) < 2:
            return blocks
        tail = {}
    notes.extend(tail[position] for position in sorted(tail))
    return [
        _without_digits(block, found, position)
        for position, block in enumerate(blocks)
        if position not in tail
    ]


def _numbered_note(block: Block) -> Note | None:
    if found := NUMBERED_NOTE.match(block.text):
        return Note(found[1], _plain(found[2]))
    number = block.label.strip(".)[]")
    return Note(number, _plain(block.text)) if number.isdigit() and NOTE_WORDS.match(block.text) else None


def _glued_marks(blocks: list[Block], expected: Iterable[str]) -> list[tuple[int, int, int, str]]:
    """Places ``(block, start, end, mark)`` of glued numbers, as far as the text has those expected in their order."""
    awaited = iter(expected)
    mark = next(awaited, None)
    found: list[tuple[int, int, int, str]] = []
    for position, block in enumerate(blocks):
        pattern = LISTED_MARK if block.label and LISTED_MARK.search(block.text) else GLUED_MARK
        for place in pattern.finditer(block.text):
            group = 2 if place[2] else 3
            if mark is not None and place[group] == mark:
                found.append((position, place.start(group), place.end(group), mark))
                mark = next(awaited, None)
    return found


def _without_digits(block: Block, found: list[tuple[int, int, int, str]], position: int) -> Block:
    text, marks, removed = block.text, list(block.marks), 0
    for where, start, end, value in found:
        if where != position:
            continue
        text = (text[: start - removed] + text[end - removed :]).rstrip()
        place = min(start - removed, len(text))
        removed += end - start
        marks = [_shifted(mark, place, end - start) for mark in marks]
        marks.append(Mark(MarkKind.FOOTNOTE, place, place, value))
    return dataclasses.replace(block, text=text, marks=tuple(marks)) if removed else block


def _shifted(mark: Mark, place: int, length: int) -> Mark:
    return dataclasses.replace(
        mark,
        start=mark.start if mark.start <= place else mark.start - length,
        end=mark.end if mark.end <= place else mark.end - length,
    )
