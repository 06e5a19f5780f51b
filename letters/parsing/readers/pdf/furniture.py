"""Running headers and footers: what stands at the edge of several pages, and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from letters.parsing.readers.pdf.labels import NAME, PAGE_NUMBER
from letters.parsing.readers.pdf.letterhead import Letterhead, identifies, names_sender
from letters.parsing.readers.pdf.lines import Line
from letters.parsing.readers.rich_text import TYPOGRAPHY

DIGITS = re.compile(r"\d+")
#: The part of a page, above and below, where a page number may stand.
MARGIN = 0.1
#: A page number stands apart from the text by more than this many times its size.
APART = 1.9
#: A header stands apart from the text by more than this many times the distance between lines.
WIDER = 1.25
#: How far the same header may move from page to page, in points.
DRIFT = 3.0

#: "kst-28676-1252": what an official paper is called, beside its page number.
PAPER = re.compile(r"(?:kst|blg)-[\w-]{1,40}")
#: What stands at the foot of every page of an official paper, and in copies of it anywhere:
#: "Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1", "Eerste Kamer, vergaderjaar 2008-2009, 28 676, B"
OFFICIAL_FOOTER = re.compile(
    r"(?:Tweede|Eerste)\s+Kamer,\s+vergaderjaar\s+\d{4}\s?[-–]\s?\d{2,4},\s+\d[\d\s-]{3,9}(?:\([^()]{1,9}\))?[\w\s-]{0,9},\s+"
    r"(?:nr\.\s+\d{1,4}|[A-Z]{1,3})(?:\s+\d{1,3})?"
)

Page = list[Line]
#: What a segment says, numbers counting as equal → the pages and heights where it stands.
Places = defaultdict[str, list[tuple[int, float]]]


def without_furniture(pages: Sequence[Page], heights: Sequence[float]) -> list[Page]:
    """Take running headers and footers off the pages, which hold their segments from the top down.

    They are known by their repetition at the same height, with numbers counting as equal; from the outside inward, so
    that a sentence that two pages share is safe. The letterhead of the first page stays.
    """
    places: Places = defaultdict(list)
    for line in (line for page in pages for line in page):
        places[_shape(line)].append((line.page, line.y))
    bare = [
        _without_repetition([line for line in page if not OFFICIAL_FOOTER.fullmatch(line.text)], places)
        for page in pages
    ]
    right = max((_main_right(page) for page in bare if page), default=0.0)
    said = Letterhead(pages[0] if pages else [])
    bare = [_without_column_header(page, places, right, said) for page in bare]
    bare = [_without_page_number(page, height) for page, height in zip(bare, heights, strict=True)]
    return [bare[0], *(_without_lone_header(page, pages[0], said) for page in bare[1:])] if bare else []


def taken_off(pages: Sequence[Page], bare: Sequence[Page]) -> list[str]:
    """Give what the headers and footers said that ``bare`` pages lack, each once, without page numbers."""
    said: dict[str, str] = {}
    for page, kept in zip(pages, bare, strict=True):
        pieces = {id(line.pieces) for line in kept}
        for line in page:
            if id(line.pieces) not in pieces and not PAGE_NUMBER.fullmatch(line.text):
                said.setdefault(_shape(line), " ".join(line.text.translate(TYPOGRAPHY).split()))
    return list(said.values())


def _without_repetition(page: Page, places: Places) -> Page:
    repeated = [
        any(number != line.page and abs(y - line.y) <= DRIFT for number, y in places[_shape(line)])
        for line in page
    ]
    rows = _rows(page)
    outer: set[int] = set()
    for order in (rows, rows[::-1]):
        for row in order:
            outer.update(at for at in row if repeated[at] and not (order is rows and names_sender(page[at])))
            if (
                sum(len(page[at].text) for at in row if not repeated[at])
                > sum(len(page[at].text) for at in row) / 2
            ):
                break
    if len(outer) == len(page):  # the whole page is repeated: then it is no header
        return page
    return [line for at, line in enumerate(page) if at not in outer]


def _without_column_header(page: Page, places: Places, right: float, said: Letterhead) -> Page:
    """A small column beside the text that says on every page who writes: from the second page on it goes."""
    return [
        line
        for line in page
        if line.page == 0
        or line.x0 < right
        or not (said.says(line.text) or any(number != line.page for number, _ in places[_shape(line)]))
    ]


def _without_page_number(page: Page, height: float) -> Page:
    """A page number of a document of one page, or one that moves about, repeats nothing."""
    kept = page
    for row in (_rows(page)[:1], _rows(page)[-1:]):
        lines = [page[at] for at in row[0]] if row else []
        numbers = [line for line in lines if PAGE_NUMBER.fullmatch(line.text)]
        beside = [line for line in lines if line not in numbers]
        if len(numbers) == 1 and all(PAPER.fullmatch(line.text) for line in beside):
            in_margin = lines[0].y < MARGIN * height or lines[0].y > (1 - MARGIN) * height
            if in_margin and (beside or _gap(lines[0], page) > APART * lines[0].size):
                kept = [line for line in kept if not any(line is other for other in lines)]
    return kept


def _without_lone_header(page: Page, first: Page, said: Letterhead) -> Page:
    """The header of a second and last page stands there only once, but says again what the first page said.

    It stands in the margin, higher than anything on the first page, or says in the letterhead's own pieces who writes
    and under which reference; and apart from what follows.
    """
    rows = _rows(page)
    top = max((line.y + line.size for line in first), default=0.0)
    spoken = {word for line in first for word in line.text.split()}
    in_margin = _count(
        rows, lambda at: page[at].y > top and all(word in spoken for word in page[at].text.split())
    )
    repeating = _count(rows, lambda at: said.says(page[at].text))
    if not any(identifies(page[at].text) for row in rows[:repeating] for at in row):
        repeating = 0
    for count in range(max(in_margin, repeating), 0, -1):
        ends_in_label = NAME.fullmatch(
            page[rows[count - 1][-1]].text
        )  # without a value it is a heading: "Bijlage"
        if count < len(rows) and not ends_in_label and _is_apart(page, rows, count):
            return page[rows[count][0] :]
    return page


def _count(rows: list[list[int]], is_header: Callable[[int], bool]) -> int:
    return next((number for number, row in enumerate(rows) if not all(map(is_header, row))), len(rows))


def _is_apart(page: Page, rows: list[list[int]], count: int) -> bool:
    """Whether the first rows stand apart from the next one: more white than between lines, or another size."""
    last, following = page[rows[count - 1][-1]], page[rows[count][0]]
    distances = Counter(round(page[row[0]].y - page[below[0]].y, 1) for row, below in pairwise(rows[count:]))
    pitch = distances.most_common(1)[0][0] if distances else 1.2 * following.size
    return last.y - following.y > WIDER * pitch or abs(last.size - following.size) > 0.08 * following.size


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
