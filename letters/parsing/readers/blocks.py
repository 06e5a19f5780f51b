"""Composed paragraphs and table rows become blocks; the same for every word processor's format."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from letters.parsing.document import Block, BlockKind, Mark
from letters.parsing.readers.rich_text import RichText, Run, compose, split_label

#: Line break and page break within a paragraph, as the text of a run of their own.
LINE_BREAK = "\n"
PAGE_BREAK = "\f"

#: A heading is no longer than this; a style for headings on more text is a mistake of the author.
MAX_HEADING = 250
#: Lines within a paragraph that are all shorter than this were meant as lines: an address, a signature.
SHORT_LINE = 60


def write_paragraph(
    runs: list[Run], blocks: list[Block], level: int | None, label: Callable[[], str]
) -> None:
    """Append the blocks of one paragraph to ``blocks``; ``level`` is its heading level if it is a heading.

    ``label`` counts its list number. It is called at the first text only: word processors number no block that we
    leave out for being empty.
    """
    shown = None
    for part, breaks in _pages(runs):
        for lines in _lines(part):
            rich = compose(lines)
            if not rich.text:
                continue
            shown = label() if shown is None else ""
            blocks.append(block_of(rich, level, shown))
        if breaks:
            break_page(blocks)


def block_of(rich: RichText, level: int | None = None, label: str = "") -> Block:
    """The block of one paragraph: a heading at ``level``, a list item when it has a label of its own or in its text."""
    is_heading = level is not None and len(rich.text) <= MAX_HEADING
    text, marks = rich.text, rich.marks
    if not label:
        label, text, marks = split_label(rich)
    if is_heading:
        kind = BlockKind.HEADING
    elif label and not (rich.bold or rich.italic or rich.underlined):
        kind = BlockKind.LIST_ITEM
    else:
        kind = BlockKind.TEXT
    return Block(
        text=text,
        kind=kind,
        marks=marks,
        label=label,
        level=level if is_heading else None,
        bold=rich.bold,
        italic=rich.italic,
        capitals=rich.capitals,
        underlined=rich.underlined,
        size=rich.size,
    )


def table_blocks(rows: list[list[list[Block]]]) -> list[Block]:
    """Give the blocks of a table whose cells were read.

    A row of single paragraphs is a row; cells with several paragraphs are columns of the page, read one by one.
    """
    blocks: list[Block] = []
    for row in _without_empty_columns(rows):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
            for cell in filled:
                blocks.extend(cell)
        else:
            blocks.append(_table_row([cell[0] if cell else Block("") for cell in row]))
    return blocks


def _table_row(cells: list[Block]) -> Block:
    text = ""
    marks: list[Mark] = []
    for position, cell in enumerate(cells):
        if position:
            text += "\t"
        if cell.label:
            text += f"{cell.label} "
        marks.extend(
            replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in cell.marks
        )
        text += cell.text
    filled = [cell for cell in cells if cell.text]
    return Block(
        text=text.rstrip("\t"),
        kind=BlockKind.TABLE_ROW,
        marks=tuple(marks),
        bold=all(cell.bold for cell in filled),
        italic=all(cell.italic for cell in filled),
        capitals=all(cell.capitals for cell in filled),
        size=filled[0].size,
    )


def _without_empty_columns(rows: list[list[list[Block]]]) -> list[list[list[Block]]]:
    """A column that is empty in every row only makes space between others."""
    if len({len(row) for row in rows}) != 1:
        return rows
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def break_page(blocks: list[Block]) -> None:
    """Say of the last block that a page ends behind it; before the first there is nothing to say."""
    if blocks:
        blocks[-1] = replace(blocks[-1], before_page_break=True)


def _pages(runs: list[Run]) -> Iterator[tuple[list[Run], bool]]:
    """Cut a paragraph at page breaks: each part, and whether a page break follows it."""
    part: list[Run] = []
    for run in runs:
        if run.text == PAGE_BREAK:
            yield part, True
            part = []
        else:
            part.append(run)
    yield part, False


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Cut a paragraph where its line breaks were meant to end something.

    That is at a blank line, behind a line that is formatted as a heading, and between lines that are all short. Other
    line breaks only lay out the text.
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == LINE_BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    if len(lines) == 1:
        return lines
    shown = [compose(line) for line in lines]
    with_text = [rich for rich in shown if rich.text]
    one_style = len({(rich.bold, rich.italic, rich.capitals) for rich in with_text}) == 1
    titled = one_style and bool(with_text) and (with_text[0].bold or with_text[0].capitals)
    verse = not titled and all(len(rich.text) <= SHORT_LINE for rich in with_text)
    parts: list[list[Run]] = [[]]
    previous: RichText | None = None
    for line, rich in zip(lines, shown, strict=True):
        if previous is not None and (verse or not previous.text or _ends_heading(previous, rich)):
            parts.append([])
        elif previous is not None:
            parts[-1].append(Run(" "))
        parts[-1].extend(line)
        previous = rich
    return parts


def _ends_heading(line: RichText, following: RichText) -> bool:
    stands_out = line.bold or line.italic or line.underlined or line.capitals
    return stands_out and (line.bold, line.italic, line.underlined, line.capitals) != (
        following.bold,
        following.italic,
        following.underlined,
        following.capitals,
    )


def lines(parts: Iterable[list[Block]]) -> tuple[str, ...]:
    """Give the texts of headers and footers, each once."""
    return tuple(dict.fromkeys(block.text.replace("\t", " ") for part in parts for block in part))
