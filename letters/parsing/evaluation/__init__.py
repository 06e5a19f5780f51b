"""How reading compares with gold: per letter and field precision, recall and F1. ``script/evaluate`` runs this.

The form of gold is described in ``tests/gold/README.md``.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from letters.parsing import parse_letter
from letters.parsing.evaluation.comparison import NOTHING, Score, compare
from letters.parsing.readers import NotReadable
from letters.parsing.serialisation import to_gold_form

TOGETHER = " + "  # between the names of files that are one letter together
FORMATS = ("txt", "docx", "odt", "pdf", "html", "xml")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``letters`` maps a file's name to its scores; ``unread`` to why it could not be read.

    ``parts`` maps it to the part of the letters to which gold says that it belongs; most belong to none.
    """

    letters: dict[str, dict[str, Score]]
    unread: dict[str, str]
    without_gold: tuple[str, ...] = ()
    without_letter: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)

    def where(self, keep: Callable[[str], bool]) -> "Evaluation":
        """The same for some of the letters, by the names of their files."""
        return Evaluation(
            {name: scores for name, scores in self.letters.items() if keep(name)},
            {name: reason for name, reason in self.unread.items() if keep(name)},
            parts=self.parts,
        )

    def of_format(self, form: str) -> "Evaluation":
        """The same for the letters that come in one format: "txt", "docx", …; of files together the first one says."""
        return self.where(lambda name: format_of(name) == form)

    def totals(self) -> dict[str, Score]:
        """Per field, over all letters."""
        fields = dict.fromkeys(name for scores in self.letters.values() for name in scores)
        return {
            name: sum((scores.get(name, NOTHING) for scores in self.letters.values()), NOTHING)
            for name in fields
        }


def format_of(name: str) -> str:
    """The format of a letter by the name of its file, of the first of its files when they are several."""
    return PurePath(name.split(TOGETHER)[0]).suffix.removeprefix(".").lower()


def load_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """Gold per name of a letter's file, with what an edition adds or changes already in it.

    Files that are one letter together have one name here: "kst-1.xml + kst-1.metadata.xml".
    """
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        editions = gold.get("editions", {})
        for name in dict.fromkeys([gold["file"], *gold.get("also", ()), *editions]):
            found[name] = {**gold, **editions.get(name, {})}
    return found


def evaluate(letters: Path, gold_folder: Path) -> Evaluation:
    """Read every letter in a folder that has gold, and compare."""
    gold = load_gold(gold_folder)
    paths = {
        path.name: path for path in letters.rglob("*") if path.is_file() and not path.name.startswith(".")
    }
    scores: dict[str, dict[str, Score]] = {}
    unread: dict[str, str] = {}
    with_letter = sorted(name for name in gold if all(file in paths for file in name.split(TOGETHER)))
    for name in with_letter:
        try:
            letter = parse_letter([(file, paths[file].read_bytes()) for file in name.split(TOGETHER)])
        except NotReadable as error:
            unread[name] = str(error)
            continue
        except Exception as error:
            # One letter on which reading fails must not cost the measurement of the others.
            unread[name] = f"het lezen loopt vast: {error!r}"
            continue
        scores[name] = compare(to_gold_form(letter), gold[name])
    told = {file for name in gold for file in name.split(TOGETHER)}
    return Evaluation(
        scores,
        unread,
        without_gold=tuple(sorted(set(paths) - told)),
        without_letter=tuple(sorted(set(gold) - set(with_letter))),
        parts={name: gold[name]["part"] for name in with_letter if gold[name].get("part")},
    )


def report(evaluation: Evaluation) -> str:
    """The evaluation as text: a table per letter with what differs, over all letters, per format, and a total line."""
    lines: list[str] = []
    for name, scores in evaluation.letters.items():
        lines += ["", name, *_table(scores)]
    if evaluation.letters:
        lines += ["", f"Alle {len(evaluation.letters)} gelezen brieven", *_table(evaluation.totals())]
        lines += ["", "F1 per veld en formaat", *_by_format(evaluation)]
    for part in sorted(set(evaluation.parts.values())):
        for title, inside in ((part, True), (f"niet {part}", False)):
            some = evaluation.where(
                lambda name, part=part, inside=inside: (evaluation.parts.get(name) == part) == inside
            )
            lines += ["", f"F1 per veld en formaat, {title}", *_by_format(some)]
    notes = [
        *(f"Niet gelezen: {name}: {reason}" for name, reason in evaluation.unread.items()),
        *(f"Brief zonder gold: {name}" for name in evaluation.without_gold),
        *(f"Gold zonder brief in deze map: {name}" for name in evaluation.without_letter),
    ]
    return (
        "\n".join([*lines, "", *notes, *([""] if notes else []), _total_line(evaluation)]).lstrip("\n") + "\n"
    )


def _table(scores: Mapping[str, Score]) -> list[str]:
    lines = [f"  {'veld':<26}{'goed':>6}{'gold':>6}{'gelezen':>9}{'prec.':>8}{'recall':>8}{'F1':>8}"]
    for name, score in scores.items():
        numbers = f"{score.right:>6}{score.expected:>6}{score.read:>9}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
        lines.append(f"  {name:<26}{numbers}" + (f"  {score.difference[:400]}" if score.difference else ""))
    return lines


def _by_format(evaluation: Evaluation) -> list[str]:
    """A row per field, a column per format in which there are letters; "-" where gold holds nothing for that field."""
    columns = {form: evaluation.of_format(form) for form in FORMATS}
    columns = {form: some for form, some in columns.items() if some.letters or some.unread}
    totals = {form: some.totals() for form, some in columns.items()}
    lines = [f"  {'veld':<26}" + "".join(f"{form:>8}" for form in columns)]
    lines.append(f"  {'(bestanden)':<26}" + "".join(f"{len(some.letters):>8}" for some in columns.values()))
    for name in evaluation.totals():
        cells = (f"{scores[name].f1:.3f}" if name in scores else "-" for scores in totals.values())
        lines.append(f"  {name:<26}" + "".join(f"{cell:>8}" for cell in cells))
    return lines


def _total_line(evaluation: Evaluation) -> str:
    totals = evaluation.totals()
    structure = sum((score for name, score in totals.items() if not name.startswith("positions")), NOTHING)
    perfect = sum(
        all(score.f1 == 1 for name, score in scores.items() if not name.startswith("positions"))
        for scores in evaluation.letters.values()
    )
    found, stance = totals.get("positions", NOTHING), totals.get("positions.stance", NOTHING)
    return (
        f"Totaal: {len(evaluation.letters)} brieven gelezen, {perfect} met geheel dezelfde structuur; "
        f"structuur F1 {structure.f1:.3f} ({structure.right} van {structure.expected}); "
        f"standpunten gevonden F1 {found.f1:.3f} (precisie {found.precision:.3f}, recall {found.recall:.3f}), "
        f"gevonden met stance F1 {stance.f1:.3f}"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the report for ``LETTERS_DIR GOLD_DIR``; 2 when these are not two folders."""
    folders = [Path(argument) for argument in arguments]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        sys.stderr.write("Gebruik: script/evaluate LETTERS_DIR GOLD_DIR (twee bestaande mappen)\n")
        return 2
    sys.stdout.write(report(evaluate(*folders)))
    return 0
