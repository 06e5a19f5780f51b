"""Running headers and footers: what stands at the edge of several pages, and page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from letters.parsing.readers.pdf.lines import Line

DIGITS = re.compile(r"\d+")
#: "2", "- 2 -", "Pagina 2 van 5", "blz. 2/5", "Page 2 of 5"
PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:pagina|pag\.?|blad(?:zijde)?|blz\.?|page|p\.)?\s*\d{1,3}\s*(?:(?:van|of|/)\s*\d{1,3})?[-–\s]*",
    re.IGNORECASE,
)
#: The part of a page, above and below, where a page number may stand.
MARGIN = 0.1
#: A header stands apart from the text by more than this many times its size.
APART = 1.9
#: How far the same header may move from page to page, in points.
DRIFT = 3.0

Page = list[Line]
#: What a segment says, numbers counting as equal → the pages and heights where it stands.
Places = defaultdict[str, list[tuple[int, float]]]


def without_furniture(pages: Sequence[Page], heights: Sequence[float]) -> list[Page]:
    """Take running headers and footers off the pages, which hold their segments from the top down.

    They are known by their repetition at the same height, with numbers counting as equal; from the outside inward, so
    that a sentence that two pages share is safe.
    """
    places: Places = defaultdict(list)
    for line in (line for page in pages for line in page):
        places[_shape(line)].append((line.page, line.y))
    bare = [_without_repetition(page, places) for page in pages]
    right = max((_main_right(page) for page in bare if page), default=0.0)
    bare = [_without_column_header(page, places, right) for page in bare]
    bare = [_without_page_number(page, height) for page, height in zip(bare, heights, strict=True)]
    return [bare[0], *(_without_lone_header(page, bare[0]) for page in bare[1:])] if bare else []


def _without_repetition(page: Page, places: Places) -> Page:
    repeated = [
        any(number != line.page and abs(y - line.y) <= DRIFT for number, y in places[_shape(line)])
        for line in page
    ]
    rows = _rows(page)
    outer: set[int] = set()
    for order in (rows, rows[::-1]):
        for row in order:
            outer.update(at for at in row if repeated[at])
            if (
                sum(len(page[at].text) for at in row if not repeated[at])
                > sum(len(page[at].text) for at in row) / 2
            ):
                break
    if len(outer) == len(page):  # the whole page is repeated: then it is no header
        return page
    return [line for at, line in enumerate(page) if at not in outer]


def _without_column_header(page: Page, places: Places, right: float) -> Page:
    """A small column beside the text that says on every page who writes: from the second page on it goes."""
    return [
        line
        for line in page
        if line.page == 0 or line.x0 < right or all(number == line.page for number, _ in places[_shape(line)])
    ]


def _without_page_number(page: Page, height: float) -> Page:
    """A page number of a document of one page, or one that moves about, repeats nothing."""
    kept = page
    for row in (_rows(page)[:1], _rows(page)[-1:]):
        lines = [page[at] for at in row[0]] if row else []
        if len(lines) == 1 and PAGE_NUMBER.fullmatch(lines[0].text):
            in_margin = lines[0].y < MARGIN * height or lines[0].y > (1 - MARGIN) * height
            if in_margin and _gap(lines[0], page) > APART * lines[0].size:
                kept = [line for line in kept if line is not lines[0]]
    return kept


def _without_lone_header(page: Page, first: Page) -> Page:
    """The header of a second and last page stands there only once, but says again what the first page said.

    It stands in the margin, higher than anything on the first page, or repeats a word with a number ("MINDEF2025…").
    """
    kept = page
    top = max((line.y for line in first), default=0.0)
    said = {word for line in first for word in line.text.split()}
    for line in page:
        if kept[0] is not line or _gap(line, page) <= APART * line.size:
            break
        words = line.text.split()
        repeats = bool(words) and all(word in said for word in words)
        if repeats and (line.y > top + line.size or any(DIGITS.search(word) for word in words)):
            kept = kept[1:]
    return kept


def _shape(line: Line) -> str:
    return DIGITS.sub("0", line.text)


def _rows(page: Page) -> list[list[int]]:
    """The indexes of the segments on each baseline, from the top down."""
    rows: list[list[int]] = []
    for at, line in enumerate(page):
        if rows and abs(page[rows[-1][0]].y - line.y) <= 0.3 * line.size:
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _gap(line: Line, page: Page) -> float:
    """The distance to the nearest other baseline."""
    return min(
        (abs(line.y - other.y) for other in page if abs(other.y - line.y) > 0.3 * line.size), default=1e9
    )


def _main_right(page: Page) -> float:
    """The right edge of the text, that is of the lines that begin where most of it does."""
    weights: dict[int, int] = {}
    for line in page:
        weights[round(line.x0)] = weights.get(round(line.x0), 0) + len(line.text)
    left = max(weights, key=weights.__getitem__)
    return max(line.x1 for line in page if round(line.x0) == left)
