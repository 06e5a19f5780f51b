"""Write sections and paragraphs: aligned by their text, so that a paragraph keeps its row, its anchor and its decisions."""

from collections import Counter

from django.utils.translation import gettext as _

from letters.ingest.merge import align
from letters.ingest.references import write_references
from letters.ingest.rows import RowMerger
from letters.models import (
    AgendaTopic,
    Letter,
    Meeting,
    Paragraph,
    Section,
    Session,
    Topic,
)
from letters.parsing.folding import fold
from letters.parsing.parsed_letter import ParsedLetter, ParsedSection, Problem, SectionKind


def write_text(
    letter: Letter,
    parsed: ParsedLetter,
    meetings: list[Meeting | None],
    sessions: dict[int, Session],
    merger: RowMerger,
) -> list[Paragraph]:
    """Write all sections and paragraphs; return the paragraph rows in the order of ``parsed.paragraphs``."""
    old = [row for row in letter.paragraphs.select_related("section") if row.read]
    # As they were read, wherever a person put them since.
    old.sort(key=lambda row: row.read.get("order", row.order))
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
    write_references(parsed, rows, merger)
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
        session = sessions.get(section.session) if section.session else None
        merger.save(
            row,
            {
                "order": order,
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
    """The agenda topic of a section: the one it has, the meeting's one on the same subject, else a new one.

    Only the section that an agenda topic was made for goes on saying what it is called.
    """
    own_topics = sorted(topics[slug] for slug in section.topics if slug in topics)
    agenda_topic = row.agenda_topics.filter(meeting=meeting).first() or _matching(
        letter, row, section, meeting, own_topics
    )
    made_by = {"letter": letter.pk, "section": row.pk}
    if agenda_topic is None or made_by.items() <= agenda_topic.read.items():
        agenda_topic = agenda_topic or AgendaTopic(meeting=meeting, read=made_by)
        merger.save(
            agenda_topic,
            {"order": row.order, "heading": (section.heading or "")[:300], "session_id": row.session_id},
            name=section.heading or "",
        )
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
        values = {
            "order": order,
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
    """Delete rows that the new reading no longer has. Positions on them wait without paragraph for ``write_positions``."""
    gone = [row for row in letter.paragraphs.exclude(pk__in=paragraphs) if row.read]
    if gone:
        letter.paragraphs.filter(pk__in=[row.pk for row in gone]).delete()
        merger.changed = True
    for row in letter.sections.exclude(pk__in=sections):
        if not row.read or row.paragraphs.exists():
            continue
        if row.differs_from_reading:
            merger.problems.append(
                Problem(
                    code="section-gone",
                    field=f"section:{row.pk}",
                    message=_(
                        "Het onderdeel “%(heading)s”, dat u wijzigde, komt in de nieuwe lezing niet meer voor en heeft geen "
                        "tekst meer. Neem uw wijziging over bij een ander onderdeel."
                    )
                    % {"heading": row.title},
                )
            )
        else:
            row.delete()
            merger.changed = True
