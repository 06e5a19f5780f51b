"""The numbers and bullets of lists and of numbered headings (OpenDocument 1.2 part 1, 5.3 and 16.30)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from letters.parsing.readers.counting import MAX_LABEL, spell
from letters.parsing.readers.odt.package import STYLE, TEXT, XML_ID, is_true, number
from letters.parsing.readers.odt.styles import Styles
from letters.parsing.readers.rich_text import PRIVATE_USE

#: style:num-format → what ``spell`` calls it
FORMS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}
#: "%1%.%2%)": how LibreOffice 7 and later also writes what a label looks like
LABEL_FORMAT = re.compile(r"%(\d{1,2})%")
MAX_LEVEL = 10

Counts = dict[int, int]
Shapes = dict[int, etree._Element]  # what the label of each level looks like


@dataclass(slots=True)
class Place:
    """Where in which list a paragraph stands. ``counts`` is shared by all lists that number on."""

    style: str | None
    level: int
    counts: Counts
    start: int | None = None  # of this item, where the author set it
    is_first: bool = True  # only the first paragraph of an item has its number
    is_counted: bool = True


@dataclass(slots=True)
class Lists:
    """Counts along while paragraphs are read in order."""

    styles: Styles
    _by_id: dict[str, Counts] = field(default_factory=dict)
    _by_style: dict[str | None, Counts] = field(default_factory=dict)
    _outline: Counts = field(default_factory=dict)
    _shapes: dict[etree._Element, Shapes] = field(default_factory=dict)

    def open(self, element: etree._Element, around: Place | None) -> Place:
        """Enter a text:list; ``around`` is the item that it stands in."""
        style = element.get(TEXT + "style-name")
        if around is not None:
            return Place(style or around.style, around.level + 1, around.counts)
        counts: Counts = {}
        if (continued := element.get(TEXT + "continue-list")) in self._by_id:
            counts = self._by_id[continued]
        elif is_true(element, TEXT + "continue-numbering"):
            counts = self._by_style.get(style, counts)
        self._by_style[style] = counts
        if identifier := element.get(XML_ID):
            self._by_id[identifier] = counts
        return Place(style, 1, counts)

    def numbered_paragraph(self, element: etree._Element) -> Place:
        """Enter a text:numbered-paragraph: an item without a list around it."""
        style = element.get(TEXT + "style-name")
        counts = self._by_id.setdefault(element.get(TEXT + "list-id") or f"style {style}", {})
        level = min(number(element.get(TEXT + "level"), 1), MAX_LEVEL)
        return Place(style, level, counts, start=number(element.get(TEXT + "start-value"), 0) or None)

    def label(self, place: Place, paragraph_style: str | None) -> str:
        """Count a paragraph at its ``place`` and give its label, "" if it shows none."""
        if not (place.is_counted and place.is_first):
            return ""
        place.is_first = False
        name = place.style or self.styles.paragraph(paragraph_style).list_style
        return _count(self._levels(self.styles.lists.get(name)), place.level, place.counts, place.start)

    def outline_label(self, level: int) -> str:
        """Count a heading that stands in no list; it has a number if the outline style gives one."""
        return _count(self._levels(self.styles.outline), min(level, MAX_LEVEL), self._outline, None)

    def _levels(self, style: etree._Element | None) -> Shapes:
        if style is None:
            return {}
        if style not in self._shapes:
            self._shapes[style] = {number(shape.get(TEXT + "level"), 0): shape for shape in style}
        return self._shapes[style]


def _count(shapes: Shapes, level: int, counts: Counts, start: int | None) -> str:
    if start is not None:
        counts[level] = start
    else:
        counts[level] = counts.get(level, _start(shapes.get(level)) - 1) + 1
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    shape = shapes.get(level)
    return "" if shape is None else _show(shape, level, shapes, counts)


def _show(shape: etree._Element, level: int, shapes: Shapes, counts: Counts) -> str:
    if shape.tag == TEXT + "list-level-style-bullet":
        return PRIVATE_USE.sub("•", shape.get(TEXT + "bullet-char", "•"))[:MAX_LABEL].strip()
    if shape.tag == TEXT + "list-level-style-image":
        return "•"

    def spelled(at: int) -> str:
        form = shapes[at].get(STYLE + "num-format") if at in shapes else ""
        return spell(counts.get(at, _start(shapes.get(at))), FORMS.get(form, "decimal")) if form else ""

    prefix, suffix = (
        shape.get(STYLE + "num-prefix", "")[:MAX_LABEL],
        shape.get(STYLE + "num-suffix", "")[:MAX_LABEL],
    )
    if not shape.get(STYLE + "num-format"):
        return f"{prefix}{suffix}".strip()
    written = next((value for name, value in shape.attrib.items() if name.endswith("}num-list-format")), None)
    if written is not None:
        return LABEL_FORMAT.sub(lambda match: spelled(int(match[1])), written[:MAX_LABEL]).strip()
    shown = min(number(shape.get(TEXT + "display-levels"), 1), MAX_LEVEL)
    numbers = ".".join(filter(None, (spelled(at) for at in range(max(1, level - shown + 1), level + 1))))
    return f"{prefix}{numbers}{suffix}".strip()


def _start(shape: etree._Element | None) -> int:
    return number(shape.get(TEXT + "start-value"), 1) if shape is not None else 1
