"""Whole views as files: how soon the first byte comes, and how many rows a second follow."""

import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.bench.asking import SECONDS_TO_ANSWER
from tests.bench.search_views import Views, address

SECONDS = 15  # of a long file is only looked at its beginning
PART = 1 << 16
#: What stands once in each row of a file that is sent while it is made.
ROW = {"csv": b"\n", "json": b"\n", "ris": b"\nER  -"}
#: Of the metadata in our JSON: how many rows the view has.
NUMBER = re.compile(rb'"aantal": (\d+)')
ATTEMPTS = 30


@dataclass(frozen=True, slots=True)
class Export:
    kind: str
    path: str
    status: int
    first_byte: float = 0  # milliseconds
    seconds: float = 0
    size: int = 0
    rows: int = 0

    def __str__(self):
        if self.status != 200:
            return f"  {self.kind:6}{self.status} for {self.path}"
        return (
            f"  {self.kind:6}first byte {self.first_byte:>6.0f} ms, {self.rows / self.seconds:>8.0f} rows a second "
            f"({self.rows} rows, {self.size / 2**20:.1f} MB, {self.seconds:.1f} s): {self.path}"
        )


def measure_exports(port: int, views: Views) -> list[Export]:
    """Of all passages what is streamed; of a topic, or a topic in some years, what is made whole first and has limits."""
    found = [_export(port, kind, {}) for kind in ROW]
    return [*found, *(_first_allowed(port, kind, views) for kind in ("xlsx", "docx"))]


def _first_allowed(port: int, kind: str, views: Views) -> Export:
    for _attempt in range(ATTEMPTS):
        ours, _theirs = views.topic_and_years()
        export = _export(port, kind, ours)
        if export.status != 400:  # more rows than such a file may have
            break
    return export


def _export(port: int, kind: str, pairs: dict) -> Export:
    path = address("/zoeken/", pairs | {"format": kind})
    export, _beginning = _read(port, kind, path)
    if kind in ROW or export.status != 200:
        return export
    _json, beginning = _read(port, "json", address("/zoeken/", pairs | {"format": "json"}))
    number = NUMBER.search(beginning)
    rows = int(number[1]) if number else 0
    return Export(kind, path, export.status, export.first_byte, export.seconds, export.size, rows)


def _read(port: int, kind: str, path: str) -> tuple[Export, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)
    began = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    part = beginning = response.read1(PART)
    first, size, rows = time.perf_counter(), 0, 0
    while part and time.perf_counter() - began < SECONDS:
        size += len(part)
        rows += part.count(ROW.get(kind, b"\n"))
        part = response.read(PART)
    ended = time.perf_counter()
    connection.close()
    return Export(kind, path, response.status, 1000 * (first - began), ended - began, size, rows), beginning
