"""The numbers and bullets that Word shows in front of list paragraphs without storing them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from letters.parsing.readers.counting import MAX_LABEL, spell
from letters.parsing.readers.docx.package import W, number, value
from letters.parsing.readers.rich_text import PRIVATE_USE

PLACEHOLDER = re.compile(r"%([1-9])")


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
        self._abstracts: dict[str | None, etree._Element] = {}
        self._lists: dict[
            str | None, List
        ] = {}  # those that were met: Word keeps dozens that nothing refers to
        self._instances: dict[str | None, tuple[str | None, dict[int, int]]] = {}
        self._started: set[str] = set()
        if root is None:
            return
        self._abstracts = {
            element.get(W + "abstractNumId"): element for element in root.iterfind(W + "abstractNum")
        }
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
        if abstract not in self._abstracts:
            return ""
        if abstract not in self._lists:
            self._lists[abstract] = List(_levels(self._defining(self._abstracts[abstract])))
        found = self._lists[abstract]
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

    def _defining(self, abstract: etree._Element) -> etree._Element:
        """The list itself, or the one whose style it borrows."""
        linked = value(abstract, "numStyleLink")
        others = self._abstracts.values() if linked else ()
        return next((other for other in others if value(other, "styleLink") == linked), abstract)


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
            text=(value(level, "lvlText") or "")[:MAX_LABEL],
            style=value(level, "pStyle"),
        )
        for level in abstract.iterfind(W + "lvl")
    }
