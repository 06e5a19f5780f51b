"""A paragraph's exact words as HTML: positions, references, links and emphasis around them, footnotes at their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.models import Citation, Footnote, Paragraph, Position


@dataclass(frozen=True, slots=True)
class Span:
    """An element around ``text[start:end]``: its opening and closing tag, both already safe.

    A link ends before a footnote's mark, which is a link too. ``reopening``: how it goes on where it was cut, when that
    differs from ``opening``, as without an id.
    """

    start: int
    end: int
    opening: SafeString
    closing: SafeString
    is_link: bool = False
    reopening: SafeString | None = None

    def opening_at(self, place: int) -> SafeString:
        return self.reopening if self.reopening and place > self.start else self.opening


@dataclass(frozen=True, slots=True)
class ShownFootnote:
    """A footnote under its paragraph. ``number`` is its place in the letter: marks may start anew on a page."""

    number: int
    mark: str
    html: SafeString


def paragraph_html(
    paragraph: Paragraph,
    *,
    positions: Sequence[Position] = (),
    citations: Iterable[tuple[Citation, str]] = (),
    footnotes: Iterable[tuple[int, Footnote]] = (),
    found: Iterable[tuple[int, int]] = (),
) -> SafeString:
    """The paragraph's text with its marks. ``citations`` come with their links, ``footnotes`` with their numbers; ``found``:
    where the words stand that were searched for.
    """
    layers = [
        [_position_span(position) for position in positions],
        _apart([_citation_span(citation, url) for citation, url in citations] + _link_spans(paragraph)),
        [span for mark in paragraph.marks for span in _emphasis_span(mark)],
        _found_spans(found),
    ]
    marks = [(footnote.offset, _footnote_mark(number, footnote)) for number, footnote in footnotes]
    return render(paragraph.text, layers, marks)


def footnote_html(
    footnote: Footnote, citations: Iterable[tuple[Citation, str]], found: Iterable[tuple[int, int]] = ()
) -> SafeString:
    cited = _apart([_citation_span(citation, url) for citation, url in citations])
    return render(footnote.text, [cited, _found_spans(found)])


def render(
    text: str, layers: Sequence[Sequence[Span]], inserts: Iterable[tuple[int, SafeString]] = ()
) -> SafeString:
    """The text, escaped, within its spans: those of the first layer outermost. Spans may cross; each is cut to nest."""
    inserts = sorted(inserts, key=lambda insert: insert[0])
    return _layer(text, 0, len(text), list(layers), inserts)


def _layer(text, start, end, layers, inserts) -> SafeString:
    if not layers:
        return _plain(text, start, end, inserts)
    spans = [span for span in layers[0] if max(span.start, start) < min(span.end, end)]
    links = [span for span in spans if span.is_link]
    cuts = {offset for offset, _insert in inserts for link in links if link.start < offset < link.end}
    edges = cuts | {edge for span in spans for edge in (span.start, span.end)}
    places = [start, *sorted(edge for edge in edges if start < edge < end), end]
    html = []
    for left, right in pairwise(places):
        around = [span for span in spans if span.start <= left and right <= span.end]
        behind = [insert for insert in inserts if insert[0] == right and any(span.is_link for span in around)]
        html += [span.opening_at(left) for span in around]
        html.append(_layer(text, left, right, layers[1:], [one for one in inserts if one not in behind]))
        html += [span.closing for span in reversed(around)]
        html += [insert for _offset, insert in behind]
    return mark_safe("".join(html))  # noqa: S308 - every part is safe already


def _plain(text, start, end, inserts) -> SafeString:
    """Escaped text; what is inserted at the end of a piece stands in it, at the very start of the text in the first."""
    html, place = [], start
    for offset, insert in inserts:
        if start < offset <= end or (offset == start == 0) or (offset > len(text) == end):
            stop = min(offset, end)
            html += [escape(text[place:stop]), insert]
            place = stop
    html.append(escape(text[place:end]))
    return mark_safe("".join(html))  # noqa: S308 - every part is safe already


def _position_span(position: Position) -> Span:
    classes = f"position position--{position.stance}" + (
        "" if position.is_checked else " position--unchecked"
    )
    if position.pk is None:
        opening = again = format_html('<span class="{}">', classes)
    else:
        name = f"standpunt-{position.pk}"
        opening = format_html('<span class="{}" id="{}">', classes, name)
        again = format_html('<span class="{}" data-of="{}">', classes, name)
    return Span(position.start, position.end, opening, mark_safe("</span>"), reopening=again)


def _found_spans(found: Iterable[tuple[int, int]]) -> list[Span]:
    return [Span(start, end, mark_safe("<mark>"), mark_safe("</mark>")) for start, end in found]


def _citation_span(citation: Citation, url: str) -> Span:
    """A link, or without an address words that one can tell from the rest."""
    if not url:
        opening = mark_safe('<span class="citation">')
        return Span(citation.start, citation.end, opening, mark_safe("</span>"))
    return Span(
        citation.start, citation.end, format_html('<a href="{}">', url), mark_safe("</a>"), is_link=True
    )


def _link_spans(paragraph: Paragraph) -> list[Span]:
    """Links of the original that lead to the web."""
    return [
        Span(
            mark["start"],
            mark["end"],
            format_html('<a href="{}" rel="noreferrer">', mark["value"]),
            mark_safe("</a>"),
            is_link=True,
        )
        for mark in paragraph.marks
        if mark.get("kind") == "link" and str(mark.get("value", "")).startswith(("https://", "http://"))
    ]


def _apart(spans: list[Span]) -> list[Span]:
    """Without the spans that overlap an earlier one: a link cannot stand in a link."""
    kept: list[Span] = []
    for span in spans:
        if not any(other.start < span.end and span.start < other.end for other in kept):
            kept.append(span)
    return kept


def _emphasis_span(mark: dict) -> list[Span]:
    tag = {"emphasis": "em", "strong": "strong"}.get(mark.get("kind"))
    if tag is None:
        return []
    return [Span(mark["start"], mark["end"], format_html("<{}>", tag), format_html("</{}>", tag))]


def _footnote_mark(number: int, footnote: Footnote) -> SafeString:
    return format_html(
        '<a class="footnote-mark" id="vm-{0}" href="#vn-{0}" aria-label="{1}">{2}</a>',
        number,
        _("Voetnoot %(mark)s") % {"mark": footnote.mark},
        footnote.mark,
    )
