"""Text set in two columns, as in older official papers: the left one is read to its end, then the right one."""

from collections.abc import Sequence
from dataclasses import replace

from letters.parsing.readers.pdf.lines import Line, joined

#: A column of text has at least this many lines, and this many points of width.
MIN_LINES = 5
MIN_WIDTH = 110.0
#: This part of its lines fills this part of its width; cells of a table and the lines of a letterhead do not.
FULL_LINES = 0.55
FULL_WIDTH = 0.75
#: This part of its lines begins in the middle of a sentence.
RUNNING_LINES = 0.3
#: Lines of one column lie within this many times their size of each other.
NEAR = 3.0


def is_running_text(lines: Sequence[Line]) -> bool:
    """Whether the lines of a column read on from one to the next."""
    if len(lines) < MIN_LINES:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = sum(line.x1 - line.x0 > FULL_WIDTH * width for line in lines)
    running = sum(line.text[:1].islower() for line in lines)
    return width > MIN_WIDTH and full > FULL_LINES * len(lines) and running > RUNNING_LINES * len(lines)


def two_columns(
    page: Sequence[Line], edge: float, top: float, bottom: float
) -> tuple[list[Line], list[Line], list[Line]] | None:
    """Split a page, from the top down, into what stands above two columns, the columns in order, and the rest.

    The right column begins at ``edge`` and reaches from ``top`` to ``bottom``; the left one may be longer. None if
    these are no columns of text.
    """
    right = [line for line in page if line.x0 >= edge - line.size and bottom <= line.y <= top]
    beside = [line for line in page if line.x1 < edge and bottom <= line.y <= top]
    if not (is_running_text(right) and is_running_text(beside)):
        return None
    left = [*_on([line for line in page[::-1] if line.y > top], beside[0], edge)[::-1], *beside]
    left += _on([line for line in page if line.y < bottom], beside[-1], edge)
    columns = {id(line) for line in (*left, *right)}
    around = [line for line in page if id(line) not in columns]
    if any(_goes_on_across(line, left, edge) for line in around):
        return None  # a box in the text, with narrower lines beside it
    above = [line for line in around if line.y > right[0].y]
    rest = [line for line in around if line.y <= right[0].y]
    return above, [*_flowing(left, 1), *_flowing(right, 2)], rest


def _goes_on_across(line: Line, left: Sequence[Line], edge: float) -> bool:
    """Whether a line as wide as both columns stands right above or below the left one, as if it were the same text."""
    distance = min(abs(line.y - left[0].y), abs(line.y - left[-1].y))
    return (
        line.x1 > edge
        and abs(line.x0 - left[0].x0) < line.size
        and line.size == left[0].size
        and distance < 1.5 * line.size
    )


def _on(lines: Sequence[Line], last: Line, edge: float) -> list[Line]:
    """Give the lines that go on with a left column, from ``last`` away."""
    found: list[Line] = []
    for line in lines:
        previous = found[-1] if found else last
        if line.x1 >= edge or abs(line.y - previous.y) > NEAR * line.size:
            break
        found.append(line)
    return found


def _flowing(lines: Sequence[Line], flow: int) -> list[Line]:
    end = max(line.x1 for line in lines)
    return [replace(line, flow=flow, limit=end) for line in joined(lines)]


def shares_column(line: Line, following: Line) -> bool:
    """Whether nothing lies between two lines but the distance between them."""
    return (line.page, line.flow) == (following.page, following.flow)


def flows_on(line: Line, following: Line) -> bool:
    """Whether the second may go on with the first: in the same column or the next one, or on the next page."""
    if line.page == following.page:
        return line.flow == following.flow or line.flow + 1 == following.flow == 2
    return True
