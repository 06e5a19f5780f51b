"""Rows of a table and items of a list, as lines of plain text write them."""

import re

# "- ", "• ", "1. ", "a) ", "1.2 "; single capitals are left alone: they may be initials
# Word's own bullets come out as "·", "o", "§" or private-use characters.
LIST_LABEL = re.compile(
    r"^((?:[-•·*–▪◦§➢\uf02d\uf0a7\uf0b7\uf0d8\uf0fc]|o|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|[a-z][.)]|[ivx]{1,4}[.)]))\s+(?=\S)"
)
# Columns set apart by tabs or a run of blanks
COLUMN_GAP = re.compile(r"\t+| {4,}")


def cells_of(line: str) -> list[str]:
    """The cells of a table row written with pipes, tabs or wide gaps, empty when it is an ordinary line."""
    text = line.strip().removeprefix(">").strip()
    if text.endswith("|") or text.count("|") > 1 or re.search(r"\w \| \w", text):
        return [cell for part in text.split("|") if (cell := part.strip())]
    cells = [cell for part in COLUMN_GAP.split(text) if (cell := part.strip())]
    is_row = len(cells) > 1 and all(len(cell) < 100 for cell in cells) and not LIST_LABEL.match(text)
    return cells if is_row else []
