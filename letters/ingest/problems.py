"""Keep the list of open problems of a letter as the last reading left it."""

from collections.abc import Sequence

from letters.models import Letter, Problem
from letters.parsing import parsed_letter


def write_problems(letter: Letter, problems: Sequence[parsed_letter.Problem]) -> None:
    """Add what is new and drop what is gone; what a person resolved does not come back."""
    found = {(problem.code, problem.field[:120], problem.message) for problem in problems}
    held = {(row.code, row.field, row.message): row for row in letter.problems.all()}
    for key, row in held.items():
        if key not in found and row.resolved_at is None:
            row.delete()
    Problem.objects.bulk_create(
        Problem(letter=letter, code=code, field=field, message=message)
        for code, field, message in sorted(found - held.keys())
    )
