"""Write footnotes and citations. They are the machine's alone: written anew, but only when they differ."""

from letters.ingest.rows import RowMerger
from letters.models import Citation, Footnote, Paragraph
from letters.offsets import OffsetCarrier
from letters.parsing.parsed_letter import ParsedCitation, ParsedFootnote, ParsedLetter


def write_references(
    parsed: ParsedLetter, rows: list[Paragraph], kept: list[Paragraph], merger: RowMerger
) -> None:
    """``rows`` are the paragraphs in the order of ``parsed.paragraphs``; in one that a person corrected places move along.

    ``kept`` are those of before.
    """
    carriers = _carriers(parsed, rows)
    footnotes = [_footnote(note, rows, carriers) for note in parsed.footnotes]
    citations = [_citation(citation, footnotes, rows, carriers) for citation in parsed.citations]
    held_notes = Footnote.objects.filter(paragraph__in=kept)
    held_citations = Citation.objects.filter(paragraph__in=kept)
    if _values(held_notes) == _values(footnotes) and _values(held_citations) == _values(citations):
        return
    if kept:
        held_citations.delete()
        held_notes.delete()
    Footnote.objects.bulk_create(row for row in footnotes if row is not None)
    Citation.objects.bulk_create(row for row in citations if row is not None)
    merger.changed = True


def _carriers(parsed: ParsedLetter, rows: list[Paragraph]) -> dict[int, OffsetCarrier]:
    """For each paragraph whose words a person corrected: where a place of the reading is in them."""
    return {
        number: OffsetCarrier(paragraph.text, row.text)
        for number, (paragraph, row) in enumerate(zip(parsed.paragraphs, rows, strict=True))
        if paragraph.text != row.text
    }


def _carried(carriers: dict[int, OffsetCarrier], paragraph: int, offset: int) -> int:
    return carriers[paragraph](offset) if paragraph in carriers else offset


def _footnote(
    note: ParsedFootnote, rows: list[Paragraph], carriers: dict[int, OffsetCarrier]
) -> Footnote | None:
    """The footnote, or None for one whose mark stands outside the paragraphs (in a heading, in the cover letter)."""
    if note.paragraph is None:
        return None
    offset = _carried(carriers, note.paragraph, note.offset or 0)
    return Footnote(paragraph=rows[note.paragraph], mark=note.mark[:10], text=note.text, offset=offset)


def _citation(
    citation: ParsedCitation,
    footnotes: list[Footnote | None],
    rows: list[Paragraph],
    carriers: dict[int, OffsetCarrier],
) -> Citation | None:
    """The citation, or None for one that stands outside the paragraphs and their footnotes."""
    footnote = footnotes[citation.footnote] if citation.footnote is not None else None
    start, end = citation.start, citation.end
    if footnote is not None:
        paragraph = footnote.paragraph
    elif citation.paragraph is not None:
        paragraph = rows[citation.paragraph]
        start, end = (_carried(carriers, citation.paragraph, offset) for offset in (start, end))
    else:
        return None
    return Citation(
        paragraph=paragraph,
        footnote=footnote,
        kind=citation.kind.value,
        paper_number=citation.paper or "",
        name=citation.name[:200],
        text=citation.text[:200],
        start=start,
        end=end,
    )


def _values(rows) -> list[tuple]:
    """What rows say, without their keys, to compare stored ones with new ones."""
    return sorted(
        (row.paragraph_id, row.mark, row.text, row.offset)
        if isinstance(row, Footnote)
        else (row.paragraph_id, row.kind, row.paper_number, row.name, row.text, row.start, row.end)
        for row in rows
        if row is not None
    )
