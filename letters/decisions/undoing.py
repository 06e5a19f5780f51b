"""Take back what a clerk decided at the checking desk, step by step.

A step is plain JSON, kept in the clerk's session: what each position was before, and what it was made. It is taken back
only while everything is still what it was made: nobody's later decision is undone by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.decisions.meanwhile import told, version_of
from letters.decisions.proposing import promises_followed
from letters.models import Letter, Position, Problem

KEPT = [
    "stance", "verb", "moment", "with_others", "sentence", "paragraph_id", "start", "end",
    "status", "decided_at", "decided_by_id",
]  # fmt: skip


@contextmanager
def recorded(letter: Letter) -> Iterator[dict]:
    """Hold the letter while something is decided in this block; afterwards the dict that it gives is the step.

    A step that changed nothing stays empty.
    """
    with transaction.atomic():
        lock_letters([letter.pk])
        before, asked = _positions(letter), _open_problems(letter)
        step: dict = {}
        yield step
        after = _positions(letter)
        changed = {
            pk: {"before": _differing(before.get(pk), row), "made": version_of(row)}
            for pk, row in after.items()
            if pk not in before or _differing(before[pk], row)
        }
        answered = sorted(asked - _open_problems(letter))
        if changed or answered:
            step |= {"positions": {str(pk): one for pk, one in changed.items()}, "problems": answered}


@transaction.atomic
def undo(letter: Letter, step: dict) -> list[Position]:
    """Make everything what it was before the step; return the positions that are still there.

    Raises ``Refused``, having changed nothing, when somebody decided on one of them since.
    """
    lock_letters([letter.pk])
    rows = _positions(letter)
    made = {int(pk): one for pk, one in step["positions"].items()}
    for pk, one in made.items():
        if pk not in rows:
            raise Refused(
                _("Dit kan niet meer ongedaan worden gemaakt: de brief is intussen opnieuw gelezen.")
            )
        if version_of(rows[pk]) != one["made"]:
            raise Refused(
                _("Dit kan niet meer ongedaan worden gemaakt. %(told)s")
                % {"told": told(rows[pk], one["made"])}
            )
    with promises_followed([letter.pk]):
        for pk, one in made.items():
            _restore(rows[pk], one["before"])
    _ask_again(letter, step["problems"])
    return [rows[pk] for pk, one in made.items() if one["before"] is not None]


def _restore(position: Position, before: dict | None) -> None:
    if before is None:  # it was added in that step
        if position.notes.exists():
            raise Refused(_("Bij dit standpunt horen notities. Wijs het af in plaats van het weg te halen."))
        position.delete()
        return
    for name, value in before.items():
        is_moment = name == "decided_at" and value is not None
        setattr(position, name, datetime.fromisoformat(value) if is_moment else value)
    if position.same_elsewhere().exists():
        raise Refused(_("Deze zin heeft dit standpunt al."))
    position.save(update_fields=KEPT)


def _ask_again(letter: Letter, answered: list[int]) -> None:
    """Open problems again, unless a reading asked the same anew."""
    for problem in Problem.objects.filter(pk__in=answered, letter=letter, resolved_at__isnull=False):
        same = Problem.objects.open().filter(
            letter=letter, code=problem.code, field=problem.field, message=problem.message
        )
        if not same.exists():
            problem.resolved_at, problem.resolved_by, problem.resolution = None, None, ""
            problem.save(update_fields=["resolved_at", "resolved_by", "resolution"])


def _positions(letter: Letter) -> dict[int, Position]:
    return {row.pk: row for row in Position.objects.filter(letter=letter)}


def _open_problems(letter: Letter) -> set[int]:
    return set(letter.problems.open().values_list("pk", flat=True))


def _differing(before: Position | None, after: Position) -> dict | None:
    """What the step changed, as it was before, in JSON; None for a position that it added.

    Only that is restored: a reading may have moved the sentence since.
    """
    if before is None:
        return None
    values = {name: getattr(before, name) for name in KEPT if getattr(before, name) != getattr(after, name)}
    if values.get("decided_at"):
        values["decided_at"] = values["decided_at"].isoformat()
    return values
