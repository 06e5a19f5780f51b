"""Footnotes at the bottom of a page: lines that begin with a raised or small number, and what goes on below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.parsing.readers.pdf.lines import Line
from letters.parsing.readers.pdf.pieces import Rule

#: "1", "12", "*"
MARK = re.compile(r"\d{1,3}|\*{1,3}")
#: A note's number that is not raised: "1 Kamerstuk 28 676, nr. 353"
NUMBERED = re.compile(r"(\d{1,3}|\*{1,3})[.)]?\s+(?=\S)")
#: Notes in small print are at most this size, compared with the text.
SMALL = 0.93
#: Without small print, this many line distances above a note show that it is no part of the text.
APART = 1.25


@dataclass(slots=True)
class FoundNote:
    """``lines`` without the mark in front of the first."""

    mark: str
    page: int
    lines: list[Line] = field(default_factory=list)


def split_notes(
    pages: Sequence[list[Line]], rules: Sequence[Sequence[Rule]], size: float
) -> tuple[list[list[Line]], list[FoundNote]]:
    """Take the footnotes off the pages, whose lines are in reading order. ``size`` is that of the text."""
    bodies: list[list[Line]] = []
    notes: list[FoundNote] = []
    for page, drawn in zip(pages, rules, strict=True):
        start = _start(page, drawn, size, bool(notes))
        bodies.append(page[:start])
        for line in page[start:]:
            mark = _mark(line, notes[-1].mark if notes else None)
            if mark:
                notes.append(FoundNote(mark, line.page, [_without_mark(line, mark)]))
            elif notes:
                notes[-1].lines.append(line)
    return bodies, notes


def _start(page: list[Line], rules: Sequence[Rule], size: float, may_continue: bool) -> int:
    """Give the index of the first line of the notes on a page, or its length.

    Above a first note stands a rule, or a wider gap, or the print is small from there to the bottom.
    """
    found = len(page)
    small_below = True
    for at in range(len(page) - 1, -1, -1):
        line = page[at]
        small_below = small_below and line.size <= SMALL * size
        if line.size > 1.05 * page[-1].size:
            break
        under_rule = _lies_under_rule(page, at, rules)
        raised = bool(_raised_mark(line))
        apart = under_rule or ((raised or (may_continue and small_below)) and _stands_apart(page, at))
        is_marked = raised and (apart or small_below)
        is_numbered = bool(NUMBERED.match(line.text)) and (under_rule or small_below)
        goes_on = may_continue and (under_rule or (apart and small_below))
        if is_marked or is_numbered or goes_on:
            found = at
            if under_rule:
                break
    return found


def _lies_under_rule(page: list[Line], at: int, rules: Sequence[Rule]) -> bool:
    """Whether a rule from the left edge parts this line from the one above; a table has more than one."""
    line = page[at]
    above = page[at - 1].y if at else line.y + 10 * line.size
    between = [rule for rule in rules if line.y + 0.5 * line.size < rule.y < above]
    return (
        len(between) == 1 and abs(between[0].x0 - line.x0) < line.size and between[0].x1 - between[0].x0 > 40
    )


def _stands_apart(page: list[Line], at: int) -> bool:
    if at == 0:
        return False
    following = [line.y - below.y for line, below in zip(page[at:], page[at + 1 :], strict=False)]
    pitch = min([distance for distance in following if distance > 0] or [1.2 * page[at].size])
    return page[at - 1].y - page[at].y > APART * pitch


def _raised_mark(line: Line) -> str:
    first = line.pieces[0]
    return first.text if first.raised and MARK.fullmatch(first.text) else ""


def _mark(line: Line, previous: str | None) -> str:
    """The mark of the note that begins with this line, if one does."""
    if raised := _raised_mark(line):
        return raised
    match = NUMBERED.match(line.text)
    if match and (previous is None or not previous.isdigit() or match[1] == str(int(previous) + 1)):
        return match[1]
    return ""


def _without_mark(line: Line, mark: str) -> Line:
    first, *following = line.pieces
    if not first.words()[0].text.removeprefix(mark).lstrip(".)"):
        following = [first.from_word(1), *following] if first.sides else following
    else:
        following = line.pieces
    pieces = tuple(following)
    return Line(line.page, pieces or line.pieces, line.column)
