"""Floors as a table: a row per field, a column per format, as ``script/evaluate`` prints what was reached."""


def read_floors(table: str) -> list[tuple[str, str, float]]:
    """Field, format, the least F1. "-" where there is nothing to reach."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [
        (field, form, float(cell))
        for field, *cells in rows
        for form, cell in zip(head[1:], cells, strict=True)
        if cell != "-"
    ]
