"""Read the letters of a folder and compare each with its gold."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from letters.parsing import parse_letter
from letters.parsing.evaluation.comparison import NOTHING, Score, compare
from letters.parsing.evaluation.positions import Judged, detail_scores, judge
from letters.parsing.readers import NotReadable
from letters.parsing.serialisation import to_gold_form

TOGETHER = " + "  # between the names of files that are one letter together
FORMATS = ("txt", "docx", "odt", "pdf", "html", "xml")
#: The part of gold for letters whose text nobody looks at who makes the rules of reading.
HELD_OUT = "achtergehouden"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``letters`` maps a file's name to its scores; ``unread`` to why it could not be read.

    ``positions`` maps it to what is to be said of each position, ``first_files`` to the first of all files of that letter.
    ``parts`` maps it to the part of the letters to which gold says that it belongs; most belong to none.
    """

    letters: dict[str, dict[str, Score]]
    unread: dict[str, str]
    without_gold: tuple[str, ...] = ()
    without_letter: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    positions: dict[str, tuple[Judged, ...]] = field(default_factory=dict)
    first_files: dict[str, str] = field(default_factory=dict)

    def where(self, keep: Callable[[str], bool]) -> "Evaluation":
        """The same for some of the letters, by the names of their files."""
        return Evaluation(
            {name: scores for name, scores in self.letters.items() if keep(name)},
            {name: reason for name, reason in self.unread.items() if keep(name)},
            parts=self.parts,
            positions={name: judged for name, judged in self.positions.items() if keep(name)},
            first_files=self.first_files,
        )

    def of_format(self, form: str) -> "Evaluation":
        """The same for the letters that come in one format: "txt", "docx", …; of files together the first one says."""
        return self.where(lambda name: format_of(name) == form)

    def once(self) -> "Evaluation":
        """The same with each letter once, whatever the number of its files: the first that was read."""
        first = {files[0] for files in self.files_of_letters().values()}
        return self.where(lambda name: name in first)

    def totals(self) -> dict[str, Score]:
        """Per field, over all letters."""
        fields = dict.fromkeys(name for scores in self.letters.values() for name in scores)
        return {
            name: sum((scores.get(name, NOTHING) for scores in self.letters.values()), NOTHING)
            for name in fields
        }

    def judged_positions(self) -> tuple[Judged, ...]:
        """The positions of all letters, as often as there are files of a letter."""
        return tuple(one for judged in self.positions.values() for one in judged)

    def files_of_letters(self) -> dict[str, list[str]]:
        """The files that were read, under the first file of their letter."""
        letters: dict[str, list[str]] = {}
        for name in self.letters:
            letters.setdefault(self.first_files[name], []).append(name)
        return letters


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
    positions: dict[str, tuple[Judged, ...]] = {}
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
        if "positions" in gold[name]:
            positions[name] = judge(letter.positions, gold[name])
            scores[name] |= detail_scores(positions[name])
    told = {file for name in gold for file in name.split(TOGETHER)}
    return Evaluation(
        scores,
        unread,
        without_gold=tuple(sorted(set(paths) - told)),
        without_letter=tuple(sorted(set(gold) - set(with_letter))),
        parts={name: gold[name]["part"] for name in with_letter if gold[name].get("part")},
        positions=positions,
        first_files={name: gold[name]["file"] for name in with_letter},
    )
