"""The words of a letter, ready to show: paragraph by paragraph, with what is marked in them and what stands beside them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from letters import search
from letters.filters import FilteredList, PositionList
from letters.models import Citation, Footnote, Letter, Note, Paragraph, Position
from letters.rendering import ShownFootnote, footnote_html, paragraph_html


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """What ``pieces/_paragraph.html`` shows of a paragraph."""

    paragraph: Paragraph
    html: SafeString
    footnotes: list[ShownFootnote]
    positions: list[Position]
    notes: list[Note]
    follows_question: bool  # the one before it, under the same heading, is a question too
    is_hit: bool  # the item of a list at which one is


@dataclass(slots=True)
class Source:
    """Something that a letter refers to: as it is named there, its address, and the paragraphs that do."""

    words: str
    url: str
    anchors: list[str] = field(default_factory=list)


def read_paragraphs(letter: Letter, filtered: FilteredList | None, *, unchecked: bool) -> list[Paragraph]:
    """The letter's paragraphs with what hangs on each; in ``left_out`` how many positions wait to be looked at.

    ``filtered``: the list that one came from. What it finds by its words is in ``found``, of a paragraph and of a footnote:
    pairs of start and end.
    """
    words = filtered.words if filtered else ""
    of_positions = isinstance(filtered, PositionList)
    paragraphs = letter.paragraphs.order_by("order", "pk").defer("search", "read")
    footnotes = Footnote.objects.order_by("offset", "pk")
    positions = Position.objects.public(unchecked=True).filter(letter=letter).defer("search", "read")
    if words and of_positions:
        positions = positions.annotate(headline=search.sentence_where_found(words))
    elif words:
        paragraphs = paragraphs.annotate(headline=search.paragraph_where_found(words))
        footnotes = search.footnotes_where_found(footnotes, words)
    found = list(
        paragraphs.prefetch_related(
            Prefetch("footnotes", footnotes, to_attr="shown_footnotes"),
            Prefetch("citations", Citation.objects.order_by("start", "pk"), to_attr="shown_citations"),
            Prefetch("positions", positions.order_by("start", "-end", "pk"), to_attr="visible_positions"),
            Prefetch("visible_positions__notes", Note.objects.public(), to_attr="public_notes"),
        )
    )
    for paragraph in found:
        visible = paragraph.visible_positions
        paragraph.shown_positions = [one for one in visible if unchecked or one.is_checked]
        paragraph.left_out = len(visible) - len(paragraph.shown_positions)
        marked = paragraph.shown_positions if words and of_positions else [paragraph]
        paragraph.found = sorted({span for one in marked for span in _found_in(one, paragraph.text)})
        for footnote in paragraph.shown_footnotes:
            footnote.found = _found_in(footnote, footnote.text)
    return found


def _found_in(item: Paragraph | Footnote | Position, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, or in the sentence of it that a position is."""
    start = item.start if isinstance(item, Position) else 0
    headline = getattr(item, "headline", "")
    if not headline or not text.startswith(search.unmarked(headline), start):
        return []
    return [(start + first, start + last) for first, last in search.found_spans(headline)]


def shown(
    paragraphs: Iterable[Paragraph], links: dict[str, str], hit: Paragraph | Position | None
) -> dict[int, list[ShownParagraph]]:
    """The paragraphs by their section. ``links``: for each paper where it is to be read; ``hit``: at which item one is."""
    found, number = defaultdict(list), 0
    at = hit.paragraph_id if isinstance(hit, Position) else hit.pk if hit else None
    for paragraph in paragraphs:
        cited = [(citation, links.get(citation.paper_number, "")) for citation in paragraph.shown_citations]
        footnotes = list(enumerate(paragraph.shown_footnotes, number + 1))
        number += len(footnotes)
        above = found[paragraph.section_id]
        follows_question = bool(above) and above[-1].paragraph.is_question
        above.append(_shown(paragraph, cited, footnotes, follows_question, paragraph.pk == at))
    return found


def _shown(
    paragraph: Paragraph,
    cited: list[tuple[Citation, str]],
    footnotes: list[tuple[int, Footnote]],
    follows_question: bool,
    is_hit: bool,
) -> ShownParagraph:
    under = [
        ShownFootnote(
            number,
            footnote.mark,
            footnote_html(
                footnote, [c for c in cited if c[0].footnote_id == footnote.pk], found=footnote.found
            ),
        )
        for number, footnote in footnotes
    ]
    html = paragraph_html(
        paragraph,
        positions=paragraph.shown_positions,
        citations=[c for c in cited if c[0].footnote_id is None],
        footnotes=footnotes,
        found=paragraph.found,
    )
    for position in paragraph.shown_positions:
        position.letter = paragraph.letter  # with what a citation needs of it
        position.place = f"standpunt-{position.pk}"
        position.link = f"#{position.place}"
    notes = [note for position in paragraph.shown_positions for note in position.public_notes]
    return ShownParagraph(paragraph, html, under, paragraph.shown_positions, notes, follows_question, is_hit)


def sources(paragraphs: Sequence[Paragraph], links: dict[str, str]) -> list[Source]:
    """What the letter refers to and has an address, each once, in the order in which it does: for who reads it on paper."""
    found: dict[str, Source] = {}
    for paragraph in paragraphs:
        cited = [
            (one.text or one.paper_number, links.get(one.paper_number, ""))
            for one in paragraph.shown_citations
        ]
        cited += [
            (paragraph.text[mark["start"] : mark["end"]], mark["value"])
            for mark in paragraph.marks
            if mark.get("kind") == "link" and str(mark.get("value", "")).startswith(("https://", "http://"))
        ]
        for words, url in cited:
            if url:
                source = found.setdefault(url, Source(words, url))
                if paragraph.anchor and paragraph.anchor not in source.anchors:
                    source.anchors.append(paragraph.anchor)
    return list(found.values())
