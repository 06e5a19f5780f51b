"""Write sections and paragraphs: aligned by their text, so that a paragraph keeps its row, its anchor and its decisions."""

from collections import Counter

from letters.ingest.merge import align
from letters.ingest.rows import RowMerger
from letters.models import (
    AgendaTopic,
    Citation,
    Footnote,
    Letter,
    Meeting,
    Paragraph,
    Section,
    Session,
    Topic,
)
from letters.parsing.folding import fold
from letters.parsing.parsed_letter import ParsedLetter, ParsedSection, SectionKind


def write_text(
    letter: Letter,
    parsed: ParsedLetter,
    meetings: list[Meeting | None],
    sessions: dict[int, Session],
    merger: RowMerger,
) -> list[Paragraph]:
    """Write all sections and paragraphs; return the paragraph rows in the order of ``parsed.paragraphs``."""
    old = [row for row in letter.paragraphs.select_related("section").order_by("order", "id") if row.read]
    pairs = align([row.read["text"] for row in old], [paragraph.text for paragraph in parsed.paragraphs])
    kept = [None if pair is None else old[pair] for pair in pairs]
    sections = _write_sections(letter, parsed, kept, sessions, merger)
    topics = dict(Topic.objects.current().values_list("slug", "pk"))
    for row, section in zip(sections, parsed.sections, strict=True):
        meeting = meetings[section.meeting] if section.meeting < len(meetings) else None
        merger.set_many(
            row, "topics", [topics[slug] for slug in section.topics if slug in topics], name=row.title
        )
        if section.kind == SectionKind.AGENDA_TOPIC and meeting is not None:
            if section.is_part:
                own = [agenda_topic.pk for agenda_topic in sections[section.parent].agenda_topics.all()]
            else:
                own = [_agenda_topic(letter, row, section, meeting, topics, merger).pk]
            merger.set_many(row, "agenda_topics", own, name=row.title)
    rows = _write_paragraphs(letter, parsed, kept, sections, merger)
    _remove_gone(letter, {row.pk for row in rows}, {row.pk for row in sections}, merger)
    _write_footnotes_and_citations(parsed, rows, merger)
    return rows


def _write_sections(
    letter: Letter,
    parsed: ParsedLetter,
    kept: list[Paragraph | None],
    sessions: dict[int, Session],
    merger: RowMerger,
) -> list[Section]:
    free = {row.pk: row for row in letter.sections.order_by("order", "id") if row.read}
    rows: list[Section] = []
    first = 0
    for order, section in enumerate(parsed.sections):
        own = [row for row in kept[first : first + len(section.paragraphs)] if row is not None]
        first += len(section.paragraphs)
        row = _same_section(section, own, free) or Section(letter=letter)
        free.pop(row.pk, None)
        row.order = order
        session = sessions.get(section.session) if section.session else None
        merger.save(
            row,
            {
                "heading": (section.heading or "")[:300],
                "level": section.level,
                "kind": section.kind.value,
                "language": section.language,
                "session_id": session.pk if session else None,
                "parent_id": rows[section.parent].pk if section.parent is not None else None,
            },
            name=section.heading or "",
        )
        rows.append(row)
    return rows


def _same_section(section: ParsedSection, own: list[Paragraph], free: dict[int, Section]) -> Section | None:
    """The stored section that most of these paragraphs were read in, else one that had the same heading."""
    votes = Counter(paragraph.read.get("section_id", paragraph.section_id) for paragraph in own)
    for key, _votes in votes.most_common():
        if key in free:
            return free[key]
    heading = fold(section.heading or "")
    return next((row for row in free.values() if fold(row.read.get("heading", "")) == heading), None)


def _agenda_topic(
    letter: Letter,
    row: Section,
    section: ParsedSection,
    meeting: Meeting,
    topics: dict[str, int],
    merger: RowMerger,
) -> AgendaTopic:
    """The agenda topic of a section: the one it has, the meeting's one on the same subject, else a new one."""
    own_topics = sorted(topics[slug] for slug in section.topics if slug in topics)
    agenda_topic = row.agenda_topics.filter(meeting=meeting).first() or _matching(
        letter, row, section, meeting, own_topics
    )
    if agenda_topic is None or agenda_topic.read.get("letter") == letter.pk:
        agenda_topic = agenda_topic or AgendaTopic(meeting=meeting)
        agenda_topic.order = row.order
        merger.save(
            agenda_topic,
            {"heading": (section.heading or "")[:300], "session_id": row.session_id},
            name=section.heading or "",
        )
        agenda_topic.read = {**agenda_topic.read, "letter": letter.pk}
        agenda_topic.save(update_fields=["read"])
        merger.set_many(agenda_topic, "topics", own_topics, name=section.heading or "")
    return agenda_topic


def _matching(
    letter: Letter, row: Section, section: ParsedSection, meeting: Meeting, own_topics: list[int]
) -> AgendaTopic | None:
    """An agenda topic of this meeting from another letter, with the same heading or exactly the same topics."""
    taken = Section.objects.filter(letter=letter).exclude(pk=row.pk).values("agenda_topics")
    candidates = list(
        meeting.agenda_topics.exclude(pk__in=taken.filter(agenda_topics__isnull=False)).prefetch_related(
            "topics"
        )
    )
    heading = fold(section.heading or "")
    for candidate in candidates:
        if fold(candidate.heading) == heading:
            return candidate
    same = [
        one
        for one in candidates
        if own_topics and sorted(topic.pk for topic in one.topics.all()) == own_topics
    ]
    return same[0] if len(same) == 1 else None


def _write_paragraphs(
    letter: Letter,
    parsed: ParsedLetter,
    kept: list[Paragraph | None],
    sections: list[Section],
    merger: RowMerger,
) -> list[Paragraph]:
    rows: list[Paragraph] = []
    places = [
        (row, section, paragraph)
        for row, section in zip(sections, parsed.sections, strict=True)
        for paragraph in section.paragraphs
    ]
    for order, (section_row, section, paragraph) in enumerate(places):
        row = kept[order] or Paragraph(letter=letter)
        row.order = order
        values = {
            "text": paragraph.text,
            "label": paragraph.label[:20],
            "page": paragraph.page,
            "language": section.language,
            "section_id": section_row.pk,
        }
        corrected = row.pk is not None and row.text not in (row.read.get("text"), paragraph.text)
        if not corrected:  # offsets of marks only hold for the text that they were read with
            values["marks"] = [
                {"kind": mark.kind.value, "start": mark.start, "end": mark.end, "value": mark.value}
                for mark in paragraph.marks
            ]
        merger.save(row, values, name=paragraph.text[:40])
        rows.append(row)
    return rows


def _remove_gone(letter: Letter, paragraphs: set[int], sections: set[int], merger: RowMerger) -> None:
    """Delete rows that the new reading no longer has. Decisions on them become orphans (``paragraph`` empty), never lost."""
    gone = [row for row in letter.paragraphs.exclude(pk__in=paragraphs) if row.read]
    if gone:
        letter.positions.filter(paragraph__in=gone, status="unchecked").exclude(read={}).delete()
        letter.paragraphs.filter(pk__in=[row.pk for row in gone]).delete()
        merger.changed = True
    for row in letter.sections.exclude(pk__in=sections):
        if row.read and not row.paragraphs.exists():
            row.delete()
            merger.changed = True


def _write_footnotes_and_citations(parsed: ParsedLetter, rows: list[Paragraph], merger: RowMerger) -> None:
    """Footnotes and citations are the machine's alone: written anew, only when they differ."""
    footnotes = [
        (
            rows[note.paragraph].pk if note.paragraph is not None else None,
            note.mark[:10],
            note.text,
            note.offset or 0,
        )
        for note in parsed.footnotes
    ]
    citations = [
        (
            footnotes[citation.footnote][0]
            if citation.footnote is not None
            else rows[citation.paragraph or 0].pk,
            citation.paper,
            citation.text[:200],
            citation.start,
            citation.end,
        )
        for citation in parsed.citations
    ]
    keys = [row.pk for row in rows]
    held_notes = list(
        Footnote.objects.filter(paragraph__in=keys).values_list("paragraph_id", "mark", "text", "offset")
    )
    held_citations = list(
        Citation.objects.filter(paragraph__in=keys).values_list(
            "paragraph_id", "paper_number", "text", "start", "end"
        )
    )
    placed_notes = [note for note in footnotes if note[0] is not None]
    placed_citations = [citation for citation in citations if citation[0] is not None]
    if sorted(held_notes) == sorted(placed_notes) and sorted(held_citations) == sorted(placed_citations):
        return
    Citation.objects.filter(paragraph__in=keys).delete()
    Footnote.objects.filter(paragraph__in=keys).delete()
    note_rows = [
        Footnote.objects.create(paragraph_id=key, mark=mark, text=text, offset=offset)
        if key is not None
        else None
        for key, mark, text, offset in footnotes
    ]
    for citation, (key, paper, text, start, end) in zip(parsed.citations, citations, strict=True):
        if key is not None:
            Citation.objects.create(
                paragraph_id=key,
                footnote=note_rows[citation.footnote] if citation.footnote is not None else None,
                paper_number=paper,
                text=text,
                start=start,
                end=end,
            )
    merger.changed = True
