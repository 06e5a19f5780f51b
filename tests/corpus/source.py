"""A letter as its author wrote it down: one readable file in ``letters/`` per letter, from which every format is made.

A file is front matter in TOML between two lines ``+++``, and a body:

    %title VERSLAG VAN …          the letter's own title             %cover       what follows is in no section:
    # Sessie 1: | Heading {…}     heading of level 1; what stands                 salutation, cover sentence
                                  before "|" is its number           %text        … and now it is again
    ## Heading {…}                a level lower                      %signatures  one "office | name" per line
    - item   1. item              a list item with its bullet        %break       a page break by the author
    | cell | cell |               a row of a table                   [^1]: text   a footnote
    any other text                a paragraph, up to a blank line

``%cover sent`` and ``%signatures published`` stand only in the ministry's, or only in the official edition.

In a paragraph ``*emphasis*``, ``[^1]`` for the mark of a footnote, and what its author means as a Dutch position:
``{view+call: The sentence.}``, or ``{?: The sentence.}`` where one may differ about that. Behind a heading stands what it is:
``{agenda_topic session=1 topics=oekraine,china}``, ``{annex language=en}``; ``{part}``: it belongs to the topic above it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

LETTERS = Path(__file__).parent / "letters"

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
#: [^1]: Kamerstuk 28 676, nr. 970.
FOOTNOTE = re.compile(r"\[\^(\w+)\]:\s+(.*)", re.DOTALL)
#: ## 2. | Oekraïne {agenda_topic session=1 topics=oekraine}
HEADING = re.compile(
    r"(?P<level>\#{1,3})\s+(?:(?P<label>[^|{]*?)\s*\|\s*)?(?P<text>[^{]*?)\s*\{(?P<attributes>[^}]*)\}"
)
#: - een punt   1. een punt   a) een punt
ITEM = re.compile(r"(-|\d{1,2}\.|[a-z]\))\s+(.*)", re.DOTALL)
#: {view+call: Nederland benadrukte het belang hiervan en vroeg om spoed.}
POSITION = re.compile(r"\{(\?|[a-z]+(?:\+[a-z]+)*): ([^{}]*)\}")
#: *commitment*  [^1]
INLINE = re.compile(r"\*([^*]+)\*|\[\^(\w+)\]")


class Kind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    COVER = "cover"
    SIGNATURE = "signature"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look, or the mark of a footnote (``note``, with no text)."""

    text: str
    emphasis: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    sentence: str
    stances: tuple[str, ...]  # empty: one may differ about it


@dataclass(frozen=True, slots=True)
class Block:
    """``cells`` of a row, ``office`` of a signature whose name is the text; ``is_a`` and ``attributes`` of a heading."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    label: str = ""
    cells: tuple[str, ...] = ()
    office: str = ""
    is_a: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    only: str = ""  # "sent" or "published": stands in that edition alone

    @property
    def text(self) -> str:
        """The text without marks."""
        return " ".join(self.cells) or "".join(run.text for run in self.runs)

    @property
    def full_heading(self) -> str:
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Letter:
    """``sent`` and ``published`` say how the ministry's and the official edition look, and are empty when there is none."""

    name: str
    about: str
    points: tuple[int, ...]
    held_out: bool
    sent: dict[str, Any]
    published: dict[str, Any]
    gold: dict[str, Any]
    headings: tuple[str, ...]  # how those of level 1, 2, 3 look: bold, italic, capitals, underlined, plain
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    def notes_in(self, blocks: tuple[Block, ...]) -> dict[str, str]:
        """The footnotes whose marks stand in these blocks."""
        return {run.note: self.notes[run.note] for block in blocks for run in block.runs if run.note}

    def edition(self, name: str) -> tuple[Block, ...]:
        """The blocks of the edition "sent" or "published"."""
        return tuple(block for block in self.blocks if block.only in ("", name))


@cache
def read_letters() -> tuple[Letter, ...]:
    return tuple(read_letter(path) for path in sorted(LETTERS.glob("*.md")))


def read_letter(path: Path) -> Letter:
    """Read one source. Raises ValueError where it does not follow the form above."""
    parts = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise ValueError(f"{path.name}: geen voorwerk tussen twee regels +++")
    facts = tomllib.loads(parts[1])
    chunks = [chunk.strip("\n") for chunk in re.split(r"\n\s*\n", parts[2]) if chunk.strip()]
    notes = {}
    for chunk in chunks:
        if found := FOOTNOTE.fullmatch(chunk):
            notes[found[1]] = _one_line(found[2])
    blocks = tuple(_blocks(path.name, [chunk for chunk in chunks if not FOOTNOTE.fullmatch(chunk)]))
    used = [run.note for block in blocks for run in block.runs if run.note]
    if sorted(used) != sorted(notes):
        raise ValueError(f"{path.name}: voetnoten {sorted(notes)}, tekens {sorted(used)}")
    return Letter(
        name=path.stem,
        about=facts["about"],
        points=tuple(facts["points"]),
        held_out=facts.get("held_out", False),
        sent=facts.get("sent", {}),
        published=facts.get("published", {}),
        gold=facts["gold"],
        headings=tuple(facts.get("headings", ("bold", "italic", "plain"))),
        blocks=blocks,
        notes=notes,
    )


def _blocks(name: str, chunks: list[str]) -> Iterator[Block]:
    mode = Kind.PARAGRAPH
    only = ""
    for chunk in chunks:
        if chunk.startswith("%"):
            directive, _, rest = chunk.partition("\n")
            word, _, argument = directive[1:].partition(" ")
            if word == "title":
                yield Block(Kind.TITLE, _runs(argument))
                mode, only = Kind.PARAGRAPH, ""
            elif word == "signatures":
                for line in rest.splitlines():
                    office, _, person = line.partition(" | ")
                    yield Block(Kind.SIGNATURE, (Run(person),), office=office, only=argument)
            elif word == "break":
                yield Block(Kind.BREAK)
            elif word in ("cover", "text"):
                mode = Kind.COVER if word == "cover" else Kind.PARAGRAPH
                only = argument
            else:
                raise ValueError(f"{name}: onbekend %{word}")
        elif chunk.startswith("#"):
            mode, only = Kind.PARAGRAPH, ""
            yield _heading(name, chunk)
        elif chunk.startswith("|"):
            for line in chunk.splitlines():
                yield Block(Kind.ROW, cells=tuple(cell.strip() for cell in line.strip("| ").split("|")))
        elif ITEM.match(chunk):
            yield from _items(chunk)
        else:
            yield replace(_paragraph(mode, chunk), only=only)


def _heading(name: str, chunk: str) -> Block:
    found = HEADING.fullmatch(_one_line(chunk))
    if found is None:
        raise ValueError(f"{name}: kop zonder {{soort}}: {chunk}")
    is_a, *rest = found["attributes"].split()
    attributes = dict(item.split("=", 1) for item in rest)
    return Block(
        Kind.HEADING,
        _runs(found["text"]),
        level=len(found["level"]),
        label=found["label"] or "",
        is_a=is_a,
        attributes=attributes,
    )


def _items(chunk: str) -> Iterator[Block]:
    for text in re.split(r"\n(?=-\s|\d{1,2}\.\s|[a-z]\)\s)", chunk):
        label, rest = ITEM.fullmatch(text).groups()
        block = _paragraph(Kind.ITEM, rest)
        yield Block(Kind.ITEM, block.runs, label="–" if label == "-" else label, positions=block.positions)


def _paragraph(kind: Kind, chunk: str) -> Block:
    text = _one_line(chunk)
    positions = tuple(
        Position(_plain(sentence), () if stances == "?" else tuple(stances.split("+")))
        for stances, sentence in POSITION.findall(text)
    )
    return Block(kind, _runs(POSITION.sub(r"\2", text)), positions=positions)


def _runs(text: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    for found in INLINE.finditer(text):
        runs.append(Run(text[at : found.start()]))
        runs.append(Run(found[1], emphasis=True) if found[1] else Run("", note=found[2]))
        at = found.end()
    return tuple(run for run in [*runs, Run(text[at:])] if run.text or run.note)


def _plain(text: str) -> str:
    return "".join(run.text for run in _runs(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
