"""The numbers and bullets that Word shows in front of list paragraphs without storing them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from letters.parsing.readers.docx.package import W, number, value
from letters.parsing.readers.rich_text import PRIVATE_USE

PLACEHOLDER = re.compile(r"%([1-9])")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
#: The order of note marks in the Chicago Manual of Style; then doubled, tripled.
CHICAGO = "*†‡§"


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    style: str | None = None


@dataclass(slots=True)
class List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts along while paragraphs are read in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str | None, List] = {}
        self._instances: dict[str | None, tuple[str | None, dict[int, int]]] = {}
        self._started: set[str] = set()
        if root is None:
            return
        abstracts = {
            element.get(W + "abstractNumId"): element for element in root.iterfind(W + "abstractNum")
        }
        by_style = {value(element, "styleLink"): element for element in abstracts.values()}
        for identifier, element in abstracts.items():
            linked = value(element, "numStyleLink")
            self._lists[identifier] = List(_levels(by_style.get(linked, element) if linked else element))
        for element in root.iterfind(W + "num"):
            overrides = {
                number(override.get(W + "ilvl")): number(value(override, "startOverride"), 1)
                for override in element.iterfind(W + "lvlOverride")
                if override.find(W + "startOverride") is not None
            }
            self._instances[element.get(W + "numId")] = (value(element, "abstractNumId"), overrides)

    def label(self, instance: str, level: int | None, style: str | None) -> str:
        """Count one paragraph of list ``instance`` and give its label, "" if the list shows none."""
        abstract, overrides = self._instances.get(instance, (None, {}))
        found = self._lists.get(abstract)
        if found is None:
            return ""
        if level is None:
            level = next((at for at, shape in found.levels.items() if style and shape.style == style), 0)
        shape = found.levels.get(level)
        if shape is None:
            return ""
        if (
            instance not in self._started
        ):  # a new w:num on the same list goes on counting, unless it says otherwise
            self._started.add(instance)
            for at, start in overrides.items():
                found.counts[at] = start - 1
        found.counts[level] = found.counts.get(level, shape.start - 1) + 1
        for deeper in [at for at in found.counts if at > level]:
            del found.counts[deeper]
        return _show(found, shape)


def _show(found: List, shape: Level) -> str:
    if shape.format == "bullet":
        return PRIVATE_USE.sub("•", shape.text).strip()
    if shape.format == "none":
        return PLACEHOLDER.sub("", shape.text).strip()

    def fill(match: re.Match) -> str:
        at = int(match[1]) - 1
        level = found.levels.get(at, Level())
        return spell(found.counts.get(at, level.start), level.format)

    return PLACEHOLDER.sub(fill, shape.text).strip()


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        number(level.get(W + "ilvl")): Level(
            start=number(value(level, "start"), 1),
            format=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            style=value(level, "pStyle"),
        )
        for level in abstract.iterfind(W + "lvl")
    }


def spell(count: int, form: str) -> str:
    """Write a number as Word does for a ``w:numFmt``; unknown formats as digits."""
    if not 1 <= count < 4000:  # letters and Roman numbers grow with the number
        return str(count)
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "chicago":
        return CHICAGO[(count - 1) % 4] * ((count - 1) // 4 + 1)
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    letters = ""
    for worth, letter in ROMAN:
        times, count = divmod(count, worth)
        letters += letter * times
    return letters
