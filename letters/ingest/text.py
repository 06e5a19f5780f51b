"""Write sections and paragraphs: aligned by their text, so that a paragraph keeps its row, its anchor and its decisions."""

from collections import Counter

from django.utils.translation import gettext as _

from letters.ingest.agenda_topics import write_topics
from letters.ingest.merge import align
from letters.ingest.references import write_references
from letters.ingest.rows import RowMerger
from letters.models import AgendaTopic, Letter, Meeting, Paragraph, Section, Session
from letters.parsing.folding import fold
from letters.parsing.parsed_letter import ParsedLetter, ParsedSection, Problem

#: In ``read`` of a paragraph: the text of the last reading that it was found as, when that is not its base.
FOUND_AS = "found_as"
GONE = ""


def write_text(
    letter: Letter,
    parsed: ParsedLetter,
    meetings: list[Meeting | None],
    sessions: dict[int, Session],
    merger: RowMerger,
) -> list[Paragraph]:
    """Write all sections and paragraphs; return the paragraph rows in the order of ``parsed.paragraphs``."""
    old = [row for row in merger.stored(letter.paragraphs.all()) if row.read]
    # As they were read, wherever a person put them since; what the last reading lacked only when all else is found.
    old.sort(key=lambda row: (row.read.get(FOUND_AS) == GONE, row.read.get("order", row.order)))
    last_texts = [row.read.get(FOUND_AS) or row.read["text"] for row in old]
    pairs = align(last_texts, [paragraph.text for paragraph in parsed.paragraphs])
    kept = [None if pair is None else old[pair] for pair in pairs]
    of_letter = letter.sections.order_by("order", "id")
    stored = merger.stored(of_letter.prefetch_related("topics", "agenda_topics__topics"))
    with merger.together(Section, AgendaTopic):
        sections = _write_sections(letter, parsed, kept, stored, sessions, merger)
        write_topics(letter, parsed, sections, stored, meetings, merger)
        rows = _write_paragraphs(letter, parsed, kept, sections, merger)
    _remove_paragraphs(letter, [row for row in old if row not in rows], merger)
    _remove_sections([row for row in stored if row.read and row not in sections], merger)
    write_references(parsed, rows, [row for row in kept if row is not None], merger)
    return rows


def _write_sections(
    letter: Letter,
    parsed: ParsedLetter,
    kept: list[Paragraph | None],
    stored: list[Section],
    sessions: dict[int, Session],
    merger: RowMerger,
) -> list[Section]:
    free = {row.pk: row for row in stored if row.read}
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
                "is_hedged": section.is_hedged,
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
            "is_question": paragraph.is_question,
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
        _remember_found(row, paragraph.text)
        rows.append(row)
    return rows


def _remember_found(row: Paragraph, text: str) -> None:
    """Keep as what the row was found, where a person's correction keeps its base another: the next reading aligns by it."""
    read = {name: value for name, value in row.read.items() if name != FOUND_AS}
    row.remember(read if read["text"] == text else {**read, FOUND_AS: text})


def _remove_paragraphs(letter: Letter, gone: list[Paragraph], merger: RowMerger) -> None:
    """Delete what the new reading no longer has. Positions on it wait without paragraph for ``write_positions``."""
    corrected = [
        row for row in gone if (row.text, row.label) != (row.read["text"], row.read.get("label", row.label))
    ]
    merger.problems += [_paragraph_gone(row) for row in corrected]
    for row in corrected:
        row.remember({**row.read, FOUND_AS: GONE})
    if len(gone) > len(corrected):
        letter.paragraphs.filter(pk__in={row.pk for row in gone} - {row.pk for row in corrected}).delete()
        merger.changed = True


def _remove_sections(gone: list[Section], merger: RowMerger) -> None:
    """Delete sections that the new reading no longer has, and that have no text any more."""
    for row in gone:
        if row.paragraphs.exists():
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


def _paragraph_gone(row: Paragraph) -> Problem:
    return Problem(
        code="paragraph-gone",
        field=f"paragraph:{row.pk}",
        message=_(
            "De alinea “%(text)s”, die u verbeterde, komt in de nieuwe lezing niet meer voor. Zij blijft staan; verwijder haar "
            "bij haar onderdeel als de lezing gelijk heeft."
        )
        % {"text": row.text[:80]},
    )
