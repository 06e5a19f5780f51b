"""How reading compares with gold: per letter and field precision, recall and F1. ``script/evaluate`` runs this.

The form of gold is described in ``tests/gold/README.md``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from letters.parsing.evaluation.reading import FORMATS, HELD_OUT, TOGETHER, Evaluation, evaluate, load_gold
from letters.parsing.evaluation.report import report

__all__ = ["FORMATS", "HELD_OUT", "TOGETHER", "Evaluation", "evaluate", "load_gold", "main", "report"]

OPTIONS = ("--positions", "--held-out")
USAGE = """Gebruik: script/evaluate [--positions] [--held-out] LETTERS_DIR GOLD_DIR (twee bestaande mappen)
  --positions  ook elk standpunt dat gemist, te veel of anders is, met regel en zekerheid
  --held-out   ook de teksten van brieven die achtergehouden zijn
"""


def main(arguments: Sequence[str]) -> int:
    """Print the report for ``LETTERS_DIR GOLD_DIR``; 2 when these are not two folders."""
    options = {argument for argument in arguments if argument.startswith("--")}
    folders = [Path(argument) for argument in arguments if argument not in options]
    if options - set(OPTIONS) or len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        sys.stderr.write(USAGE)
        return 2
    evaluation = evaluate(*folders)
    sys.stdout.write(report(evaluation, positions="--positions" in options, held_out="--held-out" in options))
    return 0
