"""Keep the list of open problems of a letter as the last readings left it."""

from collections.abc import Sequence

from letters.ingest.rows import RowMerger
from letters.models import Edition, Letter, Problem
from letters.parsing import parsed_letter
from letters.parsing.leaks import LEAK
from letters.parsing.markings import MARKING

#: Asks whether two letters are one: made once, when the files come in, and settled by ``letters.decisions.editions``.
SAME_LETTER = "same-letter"
#: What is asked of each file that may become public, whichever supplies the text.
OF_EVERY_EDITION = {LEAK, MARKING}


def write_problems(
    letter: Letter, edition: Edition, problems: Sequence[parsed_letter.Problem], merger: RowMerger
) -> None:
    """Add what is new and drop what this edition asked and asks no more; what a person resolved does not come back."""
    found = {(problem.code, problem.field[:120], problem.message) for problem in problems}
    rows = merger.stored(letter.problems.exclude(code=SAME_LETTER))
    for row in rows:
        is_asked = (row.code, row.field, row.message) in found
        if row.resolved_at is not None:
            continue
        if not is_asked and _asked_by(edition, row, letter):
            _leave(row, edition, letter)
        elif is_asked and letter.text_edition_id == edition.pk != row.edition_id:
            # Else it went when the edition that asked it first supplies the text no more.
            _hand_over(row, edition)
    held = {(row.code, row.field, row.message) for row in rows}
    Problem.objects.bulk_create(
        Problem(letter=letter, edition=edition, code=code, field=field, message=message)
        for code, field, message in sorted(found - held)
    )


def _leave(problem: Problem, edition: Edition, letter: Letter) -> None:
    """Drop what this edition asks no more, unless a file of another edition asks the same."""
    others = (
        letter.editions.exclude(pk=edition.pk) if problem.code in OF_EVERY_EDITION else Edition.objects.none()
    )
    same = [{"code": problem.code, "field": problem.field, "message": problem.message}]
    if other := others.filter(reading__problems__contains=same).first():
        _hand_over(problem, other)
    else:
        problem.delete()


def _hand_over(problem: Problem, edition: Edition) -> None:
    problem.edition = edition
    problem.save(update_fields=["edition"])


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
