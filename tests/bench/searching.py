"""How fast views are found and shown, beside Datasette on the same passages; and what that takes of memory and disk."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.asking import SECONDS_TO_ANSWER, Client, Times, WrongAnswer, measure, requests_a_second
from tests.bench.corpus import make_corpus
from tests.bench.exporting import measure_exports
from tests.bench.search_views import FILTERS, WORDS, View, Views, datasette_address
from tests.bench.serving import (
    datasette_command,
    free_port,
    memory_of,
    memory_of_database,
    running,
    serving,
)
from tests.bench.site import CHECKOUT, Site

WARM = 3  # requests of each view that are not counted
SAME, SIMPLER = 5, 10  # requests to Datasette of each view: seconds each in a large corpus
AT_ONCE = 8  # visitors
FASTER = 5  # times, than Datasette
NOTHING = f"{'–':>7} {'–':>7}"
LARGE = 50_000  # letters: from here on the targets of a large corpus
#: Milliseconds for the 95th percentile
TARGETS = {FILTERS: 100, WORDS: 100, "page": 100}
TARGETS_OF_LARGE = {FILTERS: 150, WORDS: 500}


@dataclass(slots=True)
class Row:
    view: View
    ours: Times | None = None
    in_api: Times | None = None  # list, total and facets as JSON, as Datasette's
    wrong: str = ""
    same: Times | None = None  # of Datasette, with the same counts
    simpler: Times | None = None  # when it counts one value of each passage in each facet

    def missed(self, letters: int) -> list[str]:
        """The targets that it does not meet, in words."""
        if self.ours is None:
            return [self.wrong]
        missed = []
        target = self.target(letters)
        if target and self.ours.p95 > target:
            missed.append(f"p95 above {target} ms")
        if self.same and self.in_api and not self.view.few and self.same.p50 / self.in_api.p50 < FASTER:
            missed.append(f"less than {FASTER}× faster")
        return missed

    def target(self, letters: int) -> int | None:
        return (TARGETS if letters < LARGE else TARGETS_OF_LARGE).get(self.view.sort)


def bench_search(options: argparse.Namespace) -> int:
    """Print all figures; return 1 when a target was missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = options.data or Path(scratch, "site")
        site, made = make_corpus(folder, options.letters, options.seed)
        try:
            return _bench(site, made, options, Path(scratch))
        finally:
            if options.data is None:
                site.remove()


def _bench(site: Site, made: dict, options: argparse.Namespace, scratch: Path) -> int:
    rows = made["rows"]
    _say(
        f"{made['letters']} letters, {rows['letters_paragraph']} passages, {rows['letters_position']} positions, "
        f"{rows['letters_meeting']} meetings; made in {made['seconds']} s"
    )
    material = site.ask("material", str(options.seed))
    passages, number = rows["letters_paragraph"], options.requests + WARM
    views = Views(material, made["words"], passages, number, options.seed)
    found = [Row(view) for view in views.all()]
    with serving(site) as (port, server):
        before = memory_of(server.pid)
        for row in found:
            _progress(row.view.name)
            _measure_ours(row, port)
        _say(f"memory of gunicorn {before:.0f} MB, after all views {memory_of(server.pid):.0f} MB;", end=" ")
        _say(f"of PostgreSQL {memory_of_database(site):.0f} MB")
        _at_once(found, port, options.seconds)
        _again(found, port)
        exports = measure_exports(port, views)
    if options.datasette:
        _beside(site, found, scratch)
    missed = _table(found, options.letters)
    _say("\nexports")
    for export in exports:
        _say(str(export))
    _query_counts(site, found)
    _sizes(site)
    if options.plans:
        _plans(site, found)
    for line in missed:
        _say(f"MISSED {line}")
    return 1 if missed else 0


def _measure_ours(row: Row, port: int) -> None:
    client = Client(port)
    try:
        measure(client, row.view.paths[:WARM])
        row.ours = measure(client, row.view.paths[WARM:] or row.view.paths)
        if row.view.beside:
            measure(client, row.view.in_api[:WARM])
            row.in_api = measure(client, row.view.in_api[WARM:] or row.view.in_api)
    except WrongAnswer as wrong:
        row.wrong = str(wrong)
    except TimeoutError:
        row.wrong = f"no answer within {SECONDS_TO_ANSWER} seconds"


def _at_once(found: list[Row], port: int, seconds: float) -> None:
    for row in found:
        if row.view.name in ("topic + years", "letter") and row.ours:
            rate = requests_a_second(port, row.view.paths, AT_ONCE, seconds)
            _say(f"{AT_ONCE} visitors at once, {row.view.name}: {rate:.0f} requests a second")


def _again(found: list[Row], port: int) -> None:
    """The same page once more: whole, and (304) when nothing changed."""
    client, row = Client(port), next((row for row in found[1:] if row.ours), None)
    if row is None:
        return
    path = row.view.paths[0]
    whole = measure(client, [path] * 20)
    etag = client.get(path).etag
    answers = [client.get(path, **{"If-None-Match": etag}) for _ in range(20)] if etag else []
    unchanged = [answer.milliseconds for answer in answers if answer.status == 304]
    said = f"{Times(tuple(unchanged)).p50:.1f} ms" if unchanged else "not answered"
    _say(f"{row.view.name}, again: whole {whole.p50:.1f} ms, 304 {said}\n")


def _beside(site: Site, found: list[Row], scratch: Path) -> None:
    """The same questions to Datasette: with the counts of our page, for which it has facets of arrays; and with one value
    of each passage in each facet, which is less, and what it does fastest.
    """
    database, inspected, metadata = (
        scratch / name for name in ("passages.db", "inspected.json", "metadata.json")
    )
    number = site.ask("write_sqlite", str(database))
    inspect = [sys.executable, "-m", "datasette", "inspect", str(database), "--inspect-file", str(inspected)]
    subprocess.run(inspect, cwd=CHECKOUT, check=True)
    table = {"fts_table": "passages_fts", "fts_pk": "id"}
    metadata.write_text(json.dumps({"databases": {"passages": {"tables": {"passages": table}}}}))
    port = free_port()
    command = datasette_command(database, inspected, port, metadata)
    with running(command, port, site.environment):
        client = Client(port)
        for row in found:
            if row.view.beside and row.ours:
                _progress(f"Datasette, {row.view.name}")
                row.simpler = _measure_theirs(client, row.view, SIMPLER, several=False)
                row.same = _measure_theirs(client, row.view, SAME, several=True)
    _say(f"Datasette beside it on {number} passages, {database.stat().st_size / 2**20:.0f} MB")


def _measure_theirs(client: Client, view: View, number: int, *, several: bool) -> Times:
    paths = [datasette_address(question, several) for question in view.beside]
    try:
        measure(client, paths[:1])
        return measure(client, paths[1 : 1 + number] or paths)
    except TimeoutError:
        client.connection.close()
        return Times((1000 * SECONDS_TO_ANSWER,))  # at least


def _table(found: Iterable[Row], letters: int) -> list[str]:
    _say(
        "\nOf the page, and of the same list, total and facets as JSON; beside them Datasette's JSON, and how many times"
    )
    _say(
        "as long that takes as our page and as our JSON: with the same counts, and with one value of each passage in each."
    )
    columns = f"{'p50':>7} {'p95':>7}"
    _say(f"{'':55}{'our JSON':>15}   {'Datasette, same counts':>32}   {'one value each':>32}")
    _say(
        f"{'milliseconds':32}{columns}{'target':>8}{columns}   {columns}{'page':>8}{'JSON':>9}   {columns}{'page':>8}{'JSON':>9}"
    )
    missed = []
    for row in found:
        wrong = row.missed(letters)
        missed += [f"{row.view.name}: {why}" for why in wrong]
        target = row.target(letters)
        line = f"{row.view.name:32}{row.ours or NOTHING}{target or '–':>8}{row.in_api or ''}"
        for theirs in (row.same, row.simpler):
            if theirs and row.ours and row.in_api:
                times = (theirs.p50 / ours.p50 for ours in (row.ours, row.in_api))
                line += f"   {theirs}{''.join(f'{time:>8.1f}×' for time in times)}"
        _say(f"{line}  {'' if not wrong else 'MISSED'}")
    return missed


def _query_counts(site: Site, found: list[Row]) -> None:
    paths = {row.view.name: list(row.view.paths[:3]) for row in found if row.ours}
    counted = site.ask("query_counts", json.dumps([path for few in paths.values() for path in few]))
    _say("\nqueries of a page")
    for name, few in paths.items():
        numbers = [counted[path] for path in few if path in counted]
        _say(f"  {name:32}{', '.join(map(str, numbers))}")


def _sizes(site: Site) -> None:
    _say(f"\n{'MB on disk':32}{'all':>7} {'indexes':>8}")
    for name, whole, indexes in site.ask("sizes"):
        _say(f"  {name:30}{whole / 2**20:>7.0f} {indexes / 2**20:>8.0f}")


def _plans(site: Site, found: list[Row]) -> None:
    paths = [row.view.paths[0] for row in found if row.ours]
    for path, queries in site.ask("plans", json.dumps(paths)).items():
        _say(f"\n=== {path}")
        for query in queries:
            _say(f"{query}\n")


def _say(line: str, end: str = "\n") -> None:
    print(line, end=end, flush=True)  # noqa: T201


def _progress(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)  # noqa: T201
