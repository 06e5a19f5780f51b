"""Keep the list of open problems of a letter as the last readings left it."""

from collections.abc import Sequence

from letters.ingest.rows import RowMerger
from letters.models import Edition, Letter, Problem
from letters.parsing import parsed_letter

#: Asks whether two letters are one: made once, when the files come in, and settled by ``letters.decisions.editions``.
SAME_LETTER = "same-letter"


def write_problems(
    letter: Letter, edition: Edition, problems: Sequence[parsed_letter.Problem], merger: RowMerger
) -> None:
    """Add what is new and drop what this edition asked and asks no more; what a person resolved does not come back."""
    found = {(problem.code, problem.field[:120], problem.message) for problem in problems}
    rows = merger.stored(letter.problems.exclude(code=SAME_LETTER))
    for row in rows:
        if (
            (row.code, row.field, row.message) not in found
            and row.resolved_at is None
            and _asked_by(edition, row, letter)
        ):
            row.delete()
    held = {(row.code, row.field, row.message) for row in rows}
    Problem.objects.bulk_create(
        Problem(letter=letter, edition=edition, code=code, field=field, message=message)
        for code, field, message in sorted(found - held)
    )


def _asked_by(edition: Edition, problem: Problem, letter: Letter) -> bool:
    """Whether writing this edition asks such a problem anew, so that it is gone when it is not asked.

    What all editions together say of the letter is merged whenever one is written. Problems from before editions were kept
    with them were asked by the edition that supplies the text.
    """
    of_the_letter = problem.field.startswith("letter:") and not problem.field.endswith(":meetings")
    return (
        problem.edition_id == edition.pk
        or (problem.code == "conflict" and of_the_letter)
        or (problem.edition_id is None and letter.text_edition_id == edition.pk)
    )
