"""Milliseconds per letter and format in a warm process, beside bare extraction of the same files."""

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from letters.parsing import parse_letter
from letters.parsing.positions import find_positions
from letters.parsing.readers import read
from letters.parsing.readers.detection import detect
from letters.parsing.sandbox import parse_in_child
from letters.parsing.topics import load_vocabulary
from tests.bench.extraction import BARE

METADATA = ".metadata.xml"
HEAD = f"{'':6}{'files':>6}{'read':>14}{'understand':>14}{'in a child':>14}{'bare':>8}{'read/bare':>11}"


def bench_parsing(folder: Path, times: int) -> None:
    """Print for each format the median and the 95th percentile over its files, of each the median of so many times."""
    figures: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for file in sorted(file for file in folder.iterdir() if not file.name.endswith(METADATA)):
        data = file.read_bytes()
        figures[detect(data)].append(_measured(file.name, data, times))
    print(HEAD)  # noqa: T201
    for media_type, (peer, _extract) in BARE.items():
        if rows := figures.get(media_type):
            print(_line(media_type, rows, peer))  # noqa: T201
    all_rows = [row for rows in figures.values() for row in rows]
    print(f"\nmilliseconds per letter, all {len(all_rows)} files")  # noqa: T201
    for name, column in {"understand": 1, "of which positions": 4}.items():
        taken = [row[column] for row in all_rows]
        print(f"{name:<20}median {median(taken):>5.1f}, p95 {_p95(taken):>5.1f}")  # noqa: T201
    share = sum(row[4] for row in all_rows) / sum(row[1] for row in all_rows)
    print(f"positions are {share:.0%} of all understanding")  # noqa: T201
    print("\ntable: median / p95 in milliseconds; read/bare: median over the files of their ratio")  # noqa: T201


def _measured(name: str, data: bytes, times: int) -> tuple[float, ...]:
    """Milliseconds to read, to understand, for the whole through the sandbox, for bare extraction, and for the positions."""
    vocabulary = {slug: list(names) for slug, names in load_vocabulary().items()}
    reading = _milliseconds(lambda: read(data, name), times)
    whole = _milliseconds(lambda: parse_letter([(name, data)], vocabulary), times)
    child = _milliseconds(lambda: parse_in_child([(name, data)], vocabulary=vocabulary), times)
    bare = _milliseconds(lambda: BARE[detect(data)][1](data), times)
    letter = parse_letter([(name, data)], vocabulary)
    positions = _milliseconds(lambda: find_positions(letter), times)
    return reading, max(0.0, whole - reading), child, bare, positions


def _milliseconds(function: Callable[[], Any], times: int) -> float:
    """The median of so many times, after one that is not counted."""
    function()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        function()
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


def _line(media_type: str, rows: list[tuple[float, ...]], peer: str) -> str:
    reading, understanding, child, bare, _positions = zip(*rows, strict=True)
    ratio = median(row[0] / row[3] for row in rows)
    cells = "".join(
        f"{median(column):>7.1f} /{_p95(column):>5.1f}" for column in (reading, understanding, child)
    )
    return f"{_short(media_type):6}{len(rows):>6}{cells}{median(bare):>8.2f}{ratio:>10.1f}×  ({peer})"


def _p95(numbers) -> float:
    return quantiles(numbers, n=20, method="inclusive")[-1] if len(numbers) > 1 else numbers[0]


def _short(media_type: str) -> str:
    """ "docx" for the long names of such types."""
    last = (
        media_type.rpartition(".")[2]
        if "openxml" in media_type or "oasis" in media_type
        else media_type.rpartition("/")[2]
    )
    return {"document": "docx", "text": "odt", "plain": "txt"}.get(last, last)
