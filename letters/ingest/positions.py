"""Write the machine's proposals of positions beside what people decided, which always stays."""

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger
from letters.models import Letter, Paragraph, Position
from letters.parsing.parsed_letter import ParsedLetter, ParsedPosition, Problem


def write_positions(
    letter: Letter, parsed: ParsedLetter, paragraphs: list[Paragraph], merger: RowMerger
) -> None:
    """Propose each position that was found, unless a person already decided on it; withdraw proposals no longer found."""
    stored = list(letter.positions.select_related("paragraph"))
    _relocate(stored, merger)
    kept: set[int] = set()
    for proposal in parsed.positions:
        paragraph = paragraphs[proposal.paragraph]
        start = _place(paragraph.text, proposal.sentence, proposal.start)
        if start is None:
            continue  # a person corrected these words
        row = _same_proposal(stored, kept, paragraph, proposal)
        if row is None and _is_decided(stored, paragraph, proposal):
            continue
        row = row or Position(letter=letter)
        row.paragraph, row.start, row.end = paragraph, start, start + len(proposal.sentence)
        row.subject, row.rule, row.confidence = (
            proposal.subject[:120],
            proposal.rule[:60],
            proposal.confidence,
        )
        merger.save(
            row,
            {
                "sentence": proposal.sentence,
                "stance": proposal.stance.value,
                "verb": proposal.verb[:120],
                "moment": proposal.moment.value,
                "with_others": proposal.with_others,
            },
            name=proposal.sentence[:40],
        )
        kept.add(row.pk)
    for row in stored:
        if row.pk not in kept and row.read and row.status == Position.Status.UNCHECKED and row.paragraph_id:
            row.delete()
            merger.changed = True


def _place(text: str, sentence: str, expected: int) -> int | None:
    """Where the sentence stands in the paragraph, preferring the place where it was expected."""
    if text[expected : expected + len(sentence)] == sentence:
        return expected
    found = text.find(sentence)
    return found if found >= 0 else None


def _relocate(stored: list[Position], merger: RowMerger) -> None:
    """Follow the words of each position within its paragraph; those whose words are gone become orphans to resolve."""
    for row in stored:
        if row.paragraph is not None:
            start = _place(row.paragraph.text, row.sentence, row.start)
            if start is None and row.status == Position.Status.UNCHECKED and row.read:
                continue  # an undecided proposal: found anew, or withdrawn
            if start is None:
                row.paragraph = None
                row.save(update_fields=["paragraph"])
                merger.changed = True
            elif start != row.start:
                row.start, row.end = start, start + len(row.sentence)
                row.save(update_fields=["start", "end"])
        if row.paragraph is None:
            merger.problems.append(
                Problem(
                    code="orphaned-position",
                    field=f"position:{row.pk}",
                    message=_(
                        "Het standpunt “%(sentence)s” staat niet meer in de brief. Wijs het aan in de nieuwe tekst of wijs het af."
                    )
                    % {"sentence": row.sentence},
                )
            )


def _same_proposal(
    stored: list[Position], kept: set[int], paragraph: Paragraph, proposal: ParsedPosition
) -> Position | None:
    return next(
        (
            row
            for row in stored
            if row.pk not in kept
            and row.paragraph_id == paragraph.pk
            and row.read.get("sentence") == proposal.sentence
            and row.read.get("stance") == proposal.stance.value
        ),
        None,
    )


def _is_decided(stored: list[Position], paragraph: Paragraph, proposal: ParsedPosition) -> bool:
    """Whether a person already holds, checked or rejected this stance in this sentence."""
    return any(
        row.paragraph_id == paragraph.pk
        and row.sentence == proposal.sentence
        and row.stance == proposal.stance.value
        and (row.made_by_person or row.status != Position.Status.UNCHECKED)
        for row in stored
    )
