"""A corpus of now, from one that was read before and what has changed since: a letter's rows are read again, all others kept."""

from dataclasses import fields

import numpy as np

from letters.filters.corpus import reading
from letters.filters.corpus.columns import Column
from letters.filters.corpus.tables import Corpus, Letters, OfLetters, Table
from letters.models import CorpusVersion

#: When more than one in so many letters changed, all are read.
ONE_IN = 4

NOT_HERE = -1


def read_since(before: Corpus) -> Corpus:
    """Read what has changed: of one moment, in a transaction that sees only one."""
    keys, stamps = reading.stamps()
    known = np.isin(keys, before.letters.keys)
    rows = before.letters.rows_of(keys[known])
    same = before.letters.stamps[rows] == stamps[known]
    kept, changed = rows[same], np.concatenate([keys[~known], keys[known][~same]])
    if len(changed) * ONE_IN > len(keys):
        return reading.read()
    begin = reading.meetings_begin()
    if not len(changed) and len(kept) == len(before.letters) and begin == before.letters.meetings_begin:
        version = CorpusVersion.current()
        return Corpus(version, before.letters, before.passages, before.positions)
    return _joined(before, kept, reading.read(changed.tolist()))


def _joined(before: Corpus, kept: np.ndarray, part: Corpus) -> Corpus:
    """``kept``: the rows of letters that are as they were."""
    together = _together(before.letters, kept, part.letters)
    order = reading.newest_first(keys=together["keys"], ordered_on=together["ordered_on"])
    letters = Letters(**_taking(together, order), meetings_begin=part.letters.meetings_begin)
    places = _Places(before.letters, kept, order)
    passages, of_passages = _joined_rows(before.passages, part.passages, letters, places)
    positions, _ = _joined_rows(before.positions, part.positions, letters, places, passage=of_passages)
    return Corpus(part.version, letters, passages, positions)


class _Places:
    """Where rows of two tables are in the one that was made of them."""

    def __init__(self, before: Table, kept: np.ndarray, order: np.ndarray):
        places = np.empty(len(order), np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        self.of_part = places[len(kept) :]
        self.of_before = np.full(len(before), NOT_HERE, np.int32)
        self.of_before[kept] = places[: len(kept)]


def _joined_rows(
    before: OfLetters, part: OfLetters, letters: Letters, in_letters: _Places, **pointing: _Places
):
    """The joined table, and where its rows were. ``pointing``: other columns that name rows of a table that was joined."""
    kept = np.flatnonzero(in_letters.of_before[before.letter] != NOT_HERE)
    together = _together(before, kept, part)
    for name, places in {"letter": in_letters, **pointing}.items():
        old, new = getattr(before, name)[kept], getattr(part, name)
        together[name] = np.concatenate([places.of_before[old], places.of_part[new]])
    order = np.argsort(
        together["letter"], kind="stable"
    )  # all rows of a letter are of one of the two, in order
    return type(before)(**_taking(together, order), letters=letters), _Places(before, kept, order)


def _together(before: Table, kept: np.ndarray, part: Table) -> dict[str, np.ndarray | Column]:
    """The columns of two tables, the one after the other."""
    found = {}
    for name in (field.name for field in fields(before)):
        old, new = getattr(before, name), getattr(part, name)
        if isinstance(old, Column):
            found[name] = old.taking(kept).followed_by(new)
        elif isinstance(old, np.ndarray):
            found[name] = np.concatenate([old[kept], new])
    return found


def _taking(columns: dict[str, np.ndarray | Column], rows: np.ndarray) -> dict[str, np.ndarray | Column]:
    return {
        name: column.taking(rows) if isinstance(column, Column) else column[rows]
        for name, column in columns.items()
    }
