"""Floors as a table: a row per field, a column per format, as ``script/evaluate`` prints what was reached."""

from letters.parsing.evaluation import Evaluation
from letters.parsing.evaluation.positions import Verdict


def read_floors(table: str) -> list[tuple[str, str, float]]:
    """Field, format, the least F1. "-" where there is nothing to reach."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [
        (field, form, float(cell))
        for field, *cells in rows
        for form, cell in zip(head[1:], cells, strict=True)
        if cell != "-"
    ]


def reversals(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """File, sentence and printed stance of each position that says the contrary of gold: no floor allows one."""
    return [
        (name, one.sentence, one.read.stance.value)
        for name, judged in evaluation.positions.items()
        for one in judged
        if one.verdict is Verdict.REVERSED
    ]
