"""Footnotes in plain text: taken out of the lines and tied to the place of their mark."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from itertools import count, pairwise, takewhile

from letters.parsing.document import Block, Mark, MarkKind, Note
from letters.parsing.readers.text_loose_notes import (
    GLUED_MARK,
    MAXIMAL_NOTE_LINES,
    NOTE_WORDS,
    NUMBERED_NOTE,
    SHORTEST_WRAPPED_LINE,
    find_loose_notes,
)
from letters.parsing.readers.text_wrapping import SENTENCE_START, Layout, ends_sentence, layout_of

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
# The same in a list: "– Warsaw Summit Communiqué 1"; not "2. Werksessie 1", "– Bijlage 2", which count themselves
LISTED_MARK = re.compile(
    r"(?<=[a-zà-ÿ]{3})(?<!essie)(?<!itting)(?<!\b[Dd]ag)(?<!ijlage)(?<!\b[Vv]raag)(?<!rtikel)(?<!\b[Dd]eel)(?<!\b[Ff]ase)"
    r"(?P<blank>\s)(\d{1,2})()$"
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
        last_line = found[0].rpartition("\n")[2]
        closes = (
            "\n" in found[0]
            and len(last_line) < SHORTEST_WRAPPED_LINE
            and text[found.end() :].startswith("\n")
        )
        return (
            "\n" if closes else ""
        )  # the note broke off a line before it was full: the paragraph ends there

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
    if not notes and OPEN not in text and not SUPERSCRIPT_MARK.search(text):
        for loose in find_loose_notes(lines):
            notes.append(loose.note)
            places |= set(range(loose.start, loose.end))
            lines[loose.start : loose.end] = [""] * (loose.end - loose.start)
    text = MARKDOWN_MARK.sub(rf"{OPEN}\1{CLOSE}", "\n".join(lines))
    if notes:
        text = BRACKET_MARK.sub(rf"{OPEN}\1{CLOSE}", text)
    text = SUPERSCRIPT_MARK.sub(lambda found: f"{OPEN}{found[1].translate(SUPERSCRIPTS)}{CLOSE}", text)
    return text, notes, frozenset(places)


def _notes_apart(lines: list[str]) -> Iterator[tuple[str, Note | None]]:
    """Yield every line, with the note that it is, if it is one."""
    has_superscripts = any(SUPERSCRIPT_MARK.search(line) for line in lines)
    has_brackets = any(BRACKET_MARK.search(line) for line in lines)
    layout = layout_of([(number, line.rstrip()) for number, line in enumerate(lines) if line.strip()])
    position = 0
    while position < len(lines):
        line = lines[position]
        if has_superscripts and (found := SUPERSCRIPT_NOTE.match(line)):
            rest = _rest_of_note(lines[position : position + MAXIMAL_NOTE_LINES], layout)
            position += len(rest)
            yield "", Note(found[1].translate(SUPERSCRIPTS), _plain(" ".join([found[2], *rest])))
        elif has_brackets and (found := BRACKET_NOTE.match(line)):
            rest = _rest_of_note(lines[position : position + MAXIMAL_NOTE_LINES], layout)
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


def _rest_of_note(lines: list[str], layout: Layout) -> list[str]:
    """The lines that a wrapped note goes on in, up to a blank line; none if there is no blank line near.

    Where no blank lines part the paragraphs, it goes on as long as its lines are full and end no sentence.
    """
    wrapping = layout.wrapping
    if wrapping and wrapping.is_exact and not layout.blank_between:
        below = takewhile(
            lambda pair: _goes_on(*pair) and wrapping.is_full(*pair, ended=False),
            pairwise(map(str.rstrip, lines)),
        )
        return [line.strip() for _, line in below]
    rest: list[str] = []
    for previous, line in pairwise(lines):
        if not line.strip() or SUPERSCRIPT_NOTE.match(line) or BRACKET_NOTE.match(line):
            return rest
        if len(previous) < SHORTEST_WRAPPED_LINE:
            break
        rest.append(line.strip())
    return []


def _goes_on(previous: str, line: str) -> bool:
    """Whether a full line of a note may go on in the next."""
    starts = (SENTENCE_START, SUPERSCRIPT_NOTE, BRACKET_NOTE)
    return bool(line) and not ends_sentence(previous) and not any(start.match(line) for start in starts)


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
