"""Footnotes whose marks a copy glued to words, and that stand where no form of theirs tells that they are notes.

A copy of a printed page leaves them in the middle: "… hoort te blijven1 en dat de" / "1 Kamerstuk 28 676, nr. 12." / "nationale
procedures …". A copy of a web page ends with the number alone on a line, and the text below it. Only when the mark stands glued in
the text above, and numbers count up from 1, is such a line a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.document import Note

# A number glued to a word: "beschermen.1", "aan1.", "Commissie1 ", "de SG.2", "in 2029.1", "Nr. 7 HERDRUK1"; not "NAVO2030", "G7",
# "F-35" or "nr.2"
GLUED_MARK = re.compile(
    r"(?<=[a-zà-ÿ]{3})([.,;:)»”’]?)(\d{1,2})(?=$|[\s.,;:)»”])"
    r"|(?:(?<=[A-Za-zà-ÿ)»”]{2}[.,;:])(?<!\bnr\.)(?<!\bart\.)(?<!\bblz\.)|(?<=\bHERDRUK)|(?<=\b20\d\d[.,;:])|(?<=\b19\d\d[.,;:]))"
    r"(\d{1,2})(?=$|\s)"
)
# How a note begins that is only a reference
NOTE_WORDS = re.compile(
    r"(?:Kamer|Zie\b|Handelingen|https?:|www\.|Motie|Brief\b|Toezegging|TK\b|EK\b|Idem|Ibid|Verslag|\()"
)
# "1 Kamerstuk 28 676, nr. 353", "[1] Zie …"
NUMBERED_NOTE = re.compile(r"^\s*\[?(\d{1,2})\]?(?![.):\d])[ \t]+(\S.*)$")
BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\s*$")

END_OF_SENTENCE = (".", "?", "!", "”", "»", '"', ")")
MAXIMAL_NOTE_LINES = 8
NEAR = 20  # lines
SHORTEST_WRAPPED_LINE = 55  # characters


@dataclass(frozen=True, slots=True)
class LooseNote:
    """A note that takes ``lines[start:end]``."""

    start: int
    end: int
    note: Note


def find_loose_notes(lines: Sequence[str]) -> list[LooseNote]:
    """The notes in the lines of a text, at the feet of its pages or at its end; empty when it has none in these forms."""
    marks = _first_marks(lines)
    return (_at_the_end(lines, marks) or _at_feet_of_pages(lines, marks)) if marks else []


def _first_marks(lines: Sequence[str]) -> dict[str, int]:
    """The marks that count up from 1, each with the number of its line."""
    marks: dict[str, int] = {}
    for position, line in enumerate(lines):
        for found in GLUED_MARK.finditer(line):
            if (found[2] or found[3]) == str(len(marks) + 1):
                marks[str(len(marks) + 1)] = position
    return marks


def _at_the_end(lines: Sequence[str], marks: dict[str, int]) -> list[LooseNote]:
    """ "1" / "Zie Kamerstuk …" / "2" / "…": every mark's note, and behind the last one nothing."""
    numbers = [position for position, line in enumerate(lines) if BARE_NUMBER.match(line)]
    numbers = numbers[-len(marks) :]
    if [lines[position].strip() for position in numbers] != list(marks) or numbers[0] < max(marks.values()):
        return []
    found: list[LooseNote] = []
    for number, end in zip(numbers, [*numbers[1:], len(lines)], strict=True):
        text = [line.strip() for line in lines[number + 1 : end] if line.strip()]
        if not 1 <= len(text) <= MAXIMAL_NOTE_LINES or not all(map(_is_wrapped, text[:-1])):
            return []
        found.append(LooseNote(number, end, Note(lines[number].strip(), " ".join(text))))
    return found


def _at_feet_of_pages(lines: Sequence[str], marks: dict[str, int]) -> list[LooseNote]:
    """ "1 Kamerstuk …" between the lines of a paragraph; where one note cuts a sentence in two, the others stand so as well."""
    found: list[LooseNote] = []
    cuts = False
    position = 0
    while position < len(lines):
        line = NUMBERED_NOTE.match(lines[position])
        expected = str(len(found) + 1)
        if line and line[1] == expected and marks.get(expected, len(lines)) < position:
            end = _end_of_note(lines, position)
            text = " ".join([line[2], *(other.strip() for other in lines[position + 1 : end])])
            cut = _is_cut_at(lines, position, end)
            if cut or text.endswith(END_OF_SENTENCE) or NOTE_WORDS.match(text):
                found.append(LooseNote(position, end, Note(expected, " ".join(text.split()))))
                cuts = cuts or cut
                position = end
                continue
        position += 1
    return found if cuts else []


def _end_of_note(lines: Sequence[str], position: int) -> int:
    """A wrapped note goes on up to a blank line or the next number; else it is one line."""
    for end in range(position + 1, min(position + MAXIMAL_NOTE_LINES, len(lines))):
        if not lines[end].strip() or NUMBERED_NOTE.match(lines[end]):
            return end
        if not _is_wrapped(lines[end - 1]) or lines[end - 1].rstrip().endswith(END_OF_SENTENCE):
            break
    return position + 1


def _is_cut_at(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether the line above breaks off and the first line below that is no note goes on in lower case."""
    above = next(
        (line.rstrip() for line in reversed(lines[max(start - NEAR, 0) : start]) if line.strip()), ""
    )
    below = next(
        (line.strip() for line in lines[end : end + NEAR] if line.strip() and not NUMBERED_NOTE.match(line)),
        "",
    )
    return bool(above) and not above.endswith((*END_OF_SENTENCE, ":", ";")) and below[:1].islower()


def _is_wrapped(line: str) -> bool:
    return len(line) >= SHORTEST_WRAPPED_LINE
