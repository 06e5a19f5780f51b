"""What is usual in one document: the size of its text, the distance between lines, the edges."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from letters.parsing.readers.pdf.lines import TAB, Line

#: In ems: a page ends this much earlier than others, shown by this many lines.
NARROWER = 2.0
NARROW_LINES = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in one document, in points."""

    size: float
    pitch: float  # from baseline to baseline within a paragraph
    left: float
    right: float
    bottom: float  # the lowest baseline of text on any page
    narrow: Mapping[int, float] = field(default_factory=dict)  # the right edges of pages that end earlier

    def on(self, page: int) -> "Layout":
        """What is usual on one page, which may have a column beside its text."""
        return replace(self, right=self.narrow[page]) if page in self.narrow else self


def layout(pages: Sequence[Sequence[Line]]) -> Layout:
    """Measure the text of a document, given the lines of its pages."""
    lines = [line for page in pages for line in page if not line.column] or [
        line for page in pages for line in page
    ]
    sizes: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
        lefts[round(line.x0)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    distances = Counter(
        round(line.y - following.y, 1)
        for page in pages
        for line, following in pairwise(page)
        if line.size == following.size == size and 0.9 * size < line.y - following.y < 2.2 * size
    )
    right = _right_edge(lines, size)
    return Layout(
        size=size,
        pitch=_smallest_usual(distances) or 1.2 * size,
        left=lefts.most_common(1)[0][0],
        right=right,
        bottom=min(line.y for line in lines),
        narrow=dict(_narrow(pages, size, right - NARROWER * size)),
    )


def _smallest_usual(distances: Counter[float]) -> float | None:
    """The most frequent distance; one word a paragraph would make the distance between paragraphs the most frequent."""
    if not distances:
        return None
    often = distances.most_common(1)[0][1]
    return min(distance for distance, times in distances.items() if times >= 0.4 * often)


def _right_edge(lines: Sequence[Line], size: float) -> float:
    """Where text ends on the right: the furthest edge that several lines come near, so that one long address does not count."""
    edges = sorted((line.x1 for line in lines if TAB not in line.text), reverse=True) or [lines[0].x1]
    near = max(2, len(edges) // 50)
    for edge in edges:
        if sum(edge - size <= other <= edge for other in edges) > near:
            return edge
    return edges[0]


def _narrow(pages: Sequence[Sequence[Line]], size: float, right: float) -> Iterator[tuple[int, float]]:
    """Give the pages whose text is set so narrow that it does not reach ``right``, with the edge that it does reach.

    What shows the edge are lines with the next one going on in the middle of a sentence.
    """
    for page in pages:
        edges = [
            line.x1
            for line, following in pairwise(page)
            if following.text[:1].islower()
            and line.size == following.size == size
            and abs(line.x0 - following.x0) < 1
            and not (line.column or line.flow)
        ]
        if len(edges) >= NARROW_LINES and max(edges) < right:
            yield page[0].page, max(edges)
