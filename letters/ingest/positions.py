"""Write the machine's proposals of positions beside what people decided, which always stays with its words."""

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger
from letters.models import Letter, Paragraph, Position
from letters.parsing.parsed_letter import ParsedLetter, ParsedPosition, Problem


def write_positions(
    letter: Letter, parsed: ParsedLetter, paragraphs: list[Paragraph], merger: RowMerger
) -> None:
    """Propose each position that was found, unless the sentence has it already; withdraw proposals no longer found.

    A position that a person touched is never withdrawn: it follows its words, or becomes an orphan to resolve.
    """
    stored = list(letter.positions.select_for_update(of=("self",)).select_related("paragraph"))
    touched = {row.pk for row in stored if row.is_touched}
    _relocate([row for row in stored if row.pk in touched], paragraphs, merger)
    kept: set[int] = set(touched)
    for proposal in parsed.positions:
        paragraph = paragraphs[proposal.paragraph]
        start = _place(paragraph.text, proposal.sentence, proposal.start)
        if start is None:
            continue  # a person corrected these words
        row = _same_proposal(stored, kept - touched, paragraph, proposal)
        if row is None and _has_already(stored, paragraph, proposal):
            continue
        if row is not None and row.status != Position.Status.UNCHECKED:
            continue  # decided, as it stands
        row = row or Position(letter=letter)
        values = {
            "sentence": proposal.sentence,
            "stance": proposal.stance.value,
            "verb": proposal.verb[:120],
            "moment": proposal.moment.value,
            "with_others": proposal.with_others,
        }
        machine = {
            "subject": proposal.subject[:120],
            "rule": proposal.rule[:60],
            "confidence": proposal.confidence,
        }
        if row.pk not in touched:  # a touched one has its place by its own words
            machine |= {"paragraph_id": paragraph.pk, "start": start, "end": start + len(proposal.sentence)}
        merger.save(row, values, machine=machine, name=proposal.sentence[:40])
        kept.add(row.pk)
    for row in stored:
        if row.pk not in kept:
            row.delete()
            merger.changed = True


def _place(text: str, sentence: str, expected: int) -> int | None:
    """Where the sentence stands in the paragraph, preferring the place where it was expected."""
    if text[expected : expected + len(sentence)] == sentence:
        return expected
    found = text.find(sentence)
    return found if found >= 0 else None


def _relocate(rows: list[Position], paragraphs: list[Paragraph], merger: RowMerger) -> None:
    """Let positions follow their words: within their paragraph, else to the one other paragraph that has the sentence."""
    for row in rows:
        own = [row.paragraph] if row.paragraph is not None else []
        places = _places(row, own) or _places(row, paragraphs)
        if len(places) == 1:
            [(paragraph, start)] = places
            place = {"paragraph_id": paragraph.pk, "start": start, "end": start + len(row.sentence)}
        else:
            place = {"paragraph_id": None}
        merger.save(row, {}, machine=place)
        if not places and row.status != Position.Status.REJECTED:
            message = _(
                "Het standpunt “%(sentence)s” staat niet meer in de brief. Wijs het af, en voeg het zo nodig opnieuw toe."
            )
        elif len(places) > 1:
            message = _(
                "Het standpunt “%(sentence)s” staat nu op meer dan één plaats in de brief. Wijs het af, en voeg het opnieuw toe."
            )
        else:
            continue
        merger.problems.append(
            Problem("orphaned-position", message % {"sentence": row.sentence}, f"position:{row.pk}")
        )


def _places(row: Position, paragraphs: list[Paragraph]) -> list[tuple[Paragraph, int]]:
    found = [(paragraph, _place(paragraph.text, row.sentence, row.start)) for paragraph in paragraphs]
    return [(paragraph, start) for paragraph, start in found if start is not None]


def _same_proposal(
    stored: list[Position], taken: set[int], paragraph: Paragraph, proposal: ParsedPosition
) -> Position | None:
    """The row that this proposal made before: by its sentence and stance, else the one proposal for this sentence."""
    of_sentence = [
        row
        for row in stored
        if row.pk not in taken
        and row.paragraph_id == paragraph.pk
        and row.read.get("sentence") == proposal.sentence
    ]
    same = [row for row in of_sentence if row.read["stance"] == proposal.stance.value]
    undecided = [row for row in of_sentence if row.status == Position.Status.UNCHECKED]
    if same:
        return same[0]
    return undecided[0] if len(of_sentence) == len(undecided) == 1 else None


def _has_already(stored: list[Position], paragraph: Paragraph, proposal: ParsedPosition) -> bool:
    """Whether the sentence has this stance by another way: a person added it, or changed another proposal into it."""
    return any(
        row.paragraph_id == paragraph.pk
        and row.sentence == proposal.sentence
        and row.stance == proposal.stance.value
        for row in stored
    )
