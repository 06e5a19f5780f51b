"""Reading order on a page: a column beside the text is read as a whole, never line by line with its neighbour."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from letters.parsing.readers.pdf.labels import LABEL
from letters.parsing.readers.pdf.lines import Line, joined
from letters.parsing.readers.pdf.pieces import Piece
from letters.parsing.readers.pdf.text_columns import is_running_text, two_columns

#: A column begins at least this part of the text's width from its left edge; nearer, it is the value behind a label
#: ("Datum   24 maart 2025", "28 676   NAVO").
OFFSET = 0.3
#: Segments of one column begin within this many points of each other.
EDGE = 4.0
#: A column may have gaps, but not larger ones than this, in points.
MAX_GAP = 160.0
#: This many rows with a segment in both columns make a table, if they are not at the top of the first page.
TABLE_ROWS = 3
#: Lines nearer to each other than this many times their size belong together.
RUNS_ON = 2.2
#: Two columns may come this near to each other, in ems; the words of one line of text rarely stand so far apart.
GUTTER = 0.7
#: Segments of one column begin within this many points of each other, letters being no rectangles.
BEARING = 1.5
#: This many segments below each other make a column.
COLUMN_LINES = 3
#: Lines of one column lie within this many times their size of each other, a white line included.
NEAR = 4.0
#: A page of text has some 60; looking for columns among very many would take too long.
MAX_SEGMENTS = 1_000


def cut_at_columns(page: Sequence[Line]) -> list[Line]:
    """Cut segments that run into the column beside them, which other segments show.

    The last words of a line of text may come nearer to the column than the gap that parts columns elsewhere.
    """
    if len(page) > MAX_SEGMENTS:
        return list(page)
    left = min((line.x0 for line in page), default=0.0)
    width = max((line.x1 for line in page), default=0.0) - left
    cut: list[Line] = []
    for line in page:
        start = 0
        for at, (piece, following) in enumerate(pairwise(line.pieces), start=1):
            if (
                following.x0 - left > OFFSET * width
                and following.x0 - piece.x1 > GUTTER * min(piece.size, following.size)
                and _begins_column(following, line, page)
            ):
                cut.append(replace(line, pieces=line.pieces[start:at]))
                start = at
        cut.append(replace(line, pieces=line.pieces[start:]) if start else line)
    return cut


def _begins_column(piece: Piece, line: Line, page: Sequence[Line]) -> bool:
    alike = [
        other
        for other in page
        if abs(other.x0 - piece.x0) <= BEARING and abs(other.size - piece.size) <= 0.05 * piece.size
    ]
    near = any(other is not line and abs(other.y - line.y) < NEAR * piece.size for other in alike)
    return near and len(alike) >= COLUMN_LINES


def in_reading_order(page: Sequence[Line]) -> list[Line]:
    """Order the segments of one page, and join those that share a baseline within a column."""
    if not page:
        return []
    if len(page) > MAX_SEGMENTS:
        return joined(page)
    left = min(line.x0 for line in page)
    width = max(line.x1 for line in page) - left
    main, margin = _split_margin(page)
    ordered = _arrange(main, left, width)
    upper_half = sum(1 for line in ordered if line.y > ordered[0].y / 2)
    return _insert(margin, ordered, 0, upper_half) if margin else ordered


def _arrange(page: Sequence[Line], left: float, width: float) -> list[Line]:
    band = _band(page, left, width)
    if band is None:
        return joined(page)
    edge, top, bottom = band
    if split := two_columns(page, edge, top, bottom):
        higher, columns, rest = split
        return [*_arrange(higher, left, width), *columns, *_arrange(rest, left, width)]
    inside = [line for line in page if bottom <= line.y <= top]
    beside = [line for line in inside if line.x0 >= edge - EDGE]
    end = max(line.x1 for line in beside)
    beside = [replace(line, column=edge, limit=end) for line in beside]
    main = [
        replace(line, limit=min(line.limit, edge - line.size)) for line in inside if line.x0 < edge - EDGE
    ]
    above = _arrange([line for line in page if line.y > top], left, width)
    below = _arrange([line for line in page if line.y < bottom], left, width)
    beside_lines, main_lines = joined(beside), _arrange(main, left, width)
    below = _limited(below, main_lines)
    runs_on = main_lines and below and main_lines[-1].y - below[0].y < RUNS_ON * below[0].size
    # Below a letterhead, and where the text goes on below the column, its foot is not the place to read it.
    if runs_on or _is_at_the_top(inside, page):
        return _insert(beside_lines, [*above, *main_lines, *below], len(above), len(main_lines))
    return [*above, *main_lines, *beside_lines, *below]


def _limited(below: list[Line], alongside: list[Line]) -> list[Line]:
    """What goes on below a column is set as narrow as the lines alongside it were: one cell of a table holds both."""
    limited: list[Line] = []
    for line in below:
        previous = limited[-1] if limited else alongside[-1] if alongside else None
        if previous is None or line.x1 > previous.limit or previous.y - line.y > RUNS_ON * 0.7 * line.size:
            break
        limited.append(replace(line, limit=previous.limit))
    return [*limited, *below[len(limited) :]]


def _band(page: Sequence[Line], left: float, width: float) -> tuple[float, float, float] | None:
    """Find a column beside the text: its left edge, and the highest and lowest baseline that it spans."""
    with_neighbour = _with_neighbour(page)
    for edge in sorted({line.x0 for line in with_neighbour if line.x0 - left > OFFSET * width}):
        members = [line for line in page if abs(line.x0 - edge) <= EDGE]
        for run in _runs(members, page, edge):
            top, bottom = run[0].y, run[-1].y
            inside = [line for line in page if bottom - 0.1 <= line.y <= top + 0.1]
            if (
                len(run) > 1
                and any(line in with_neighbour for line in run)
                and not _is_table(inside, edge, page)
            ):
                return edge, top + 0.2 * run[0].size, bottom - 0.2 * run[0].size
    return None


def _with_neighbour(page: Sequence[Line]) -> list[Line]:
    """The lines, from the top down, that have another one left of them."""
    reach = max((line.size for line in page), default=0.0)
    first = 0  # of the lines that are no higher than ``reach`` above this one
    found = []
    for line in page:
        while page[first].y - line.y >= reach:
            first += 1
        for other in islice(page, first, None):
            if line.y - other.y >= reach:
                break
            if other.x1 < line.x0 and _is_left_of(other, line):
                found.append(line)
                break
    return found


def _runs(members: list[Line], page: Sequence[Line], edge: float) -> list[list[Line]]:
    """Cut a column where a line of the text runs across its edge, or where it leaves a large gap."""
    runs: list[list[Line]] = [[members[0]]] if members else []
    for line, following in pairwise(members):
        crossed = any(
            following.y - 0.1 <= other.y <= line.y + 0.1 and other.x0 < edge - EDGE and other.x1 > edge + EDGE
            for other in page
        )
        if crossed or line.y - following.y > MAX_GAP:
            runs.append([following])
        else:
            runs[-1].append(following)
    return runs


def _is_table(inside: list[Line], edge: float, page: Sequence[Line]) -> bool:
    lefts = [line for line in inside if line.x0 < edge - EDGE]
    rights = [line for line in inside if line.x0 >= edge - EDGE]
    if is_running_text(lefts) and is_running_text(rights):
        return False
    labels = [line for line in lefts if LABEL.fullmatch(line.text)]
    if sum(_next_on_row(label, inside) in rights for label in labels) > 1:
        return True
    matched = [line for line in rights if any(_same_row(line, other) for other in lefts)]
    if len(matched) < TABLE_ROWS:
        return False
    if _rows_of_three(inside) >= TABLE_ROWS:
        return True  # three columns or more
    return len(matched) == len(rights) and not _is_at_the_top(inside, page)


def _rows_of_three(lines: list[Line]) -> int:
    """How many rows have three segments or more; ``lines`` go from the top down."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return sum(len(row) > 2 for row in rows)


def _is_at_the_top(inside: list[Line], page: Sequence[Line]) -> bool:
    return inside[0].page == 0 and inside[0].y > 0.55 * max(line.y for line in page)


def _split_margin(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Set apart what stands in the margin left of the text, in another size, or on no line of it ("kst-28676-446")."""
    weights: dict[int, int] = {}
    for line in page:
        weights[round(line.x0)] = weights.get(round(line.x0), 0) + len(line.text)
    left = max(weights, key=weights.__getitem__)
    margin = []
    for line in page:
        if line.x1 >= left - 1 or line.label == line.text.strip():
            continue
        beside = any(
            _same_row(line, other) and other.x0 >= left - EDGE and other.size <= 1.2 * line.size
            for other in page
        )
        if not beside and not _is_bullet(line):
            margin.append(replace(line, column=line.x0))
    if is_running_text(margin):
        return list(page), []
    return [line for line in page if not any(line.pieces is other.pieces for other in margin)], margin


def _is_bullet(line: Line) -> bool:
    return len(line.text) <= 3


def _insert(aside: list[Line], lines: list[Line], above: int, alongside: int) -> list[Line]:
    """Put a column into the text where it cuts no paragraph.

    That is at the widest gap within or behind the lines ``alongside`` it, which follow those ``above`` it; else in front
    of them, unless a sentence begins higher and goes on: then behind its paragraph.
    """
    if not lines[above:]:
        return [*lines, *aside]
    gaps = [
        (line.y - following.y if line.column == following.column == 0 else 0.0)
        for line, following in pairwise(lines)
    ]
    far = RUNS_ON * lines[above].size
    widest = max(
        range(above + 1, min(above + alongside, len(gaps)) + 1), key=lambda at: gaps[at - 1], default=0
    )
    if widest and gaps[widest - 1] > far:
        at = widest
    elif above and gaps[above - 1] <= far and lines[above].text[:1].islower():
        at = next((at for at in range(above + alongside, len(lines)) if gaps[at - 1] > far), len(lines))
    else:
        at = above
    return [*lines[:at], *aside, *lines[at:]]


def _next_on_row(line: Line, inside: list[Line]) -> Line | None:
    behind = [other for other in inside if _same_row(line, other) and other.x0 > line.x1]
    return min(behind, key=lambda other: other.x0, default=None)


def _is_left_of(line: Line, other: Line) -> bool:
    return line.x1 < other.x0 and abs(line.y - other.y) < 0.8 * max(line.size, other.size)


def _same_row(line: Line, other: Line) -> bool:
    return line is not other and abs(line.y - other.y) <= 0.25 * min(line.size, other.size)
