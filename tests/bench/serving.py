"""The servers that are measured: the site in gunicorn as it is run, and Datasette."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from navo_site.embedded_postgres.cluster import Cluster
from tests.bench.site import CHECKOUT, Site

SECONDS_TO_START = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A server that answers on this port; it ends with the block."""
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )  # fmt: skip
        try:
            _wait(process, port, errors)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _wait(process: subprocess.Popen, port: int, errors: TextIO) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            errors.seek(0)
            raise SystemExit(
                f"{' '.join(process.args)} ended with status {process.returncode}: {errors.read()}"
            )
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{' '.join(process.args)} does not listen after {SECONDS_TO_START} seconds")


@contextmanager
def serving(site: Site) -> Iterator[tuple[int, subprocess.Popen]]:
    """The site as `manage.py serve` runs it, on a free port."""
    site.run("collectstatic", "--no-input", "--verbosity=0")
    port = free_port()
    command = [sys.executable, "manage.py", "serve"]
    with running(command, port, site.environment | {"PORT": str(port)}) as process:
        yield port, process


def memory_of(process: int) -> float:
    """Megabytes that a process and what it started hold; what they share counts once."""
    return sum(_proportional(each) for each in _family(process)) / 1024


def memory_of_database(site: Site) -> float:
    """Megabytes of the site's PostgreSQL, with what is in its buffers."""
    return memory_of(int(Path(Cluster(site.data_dir).data, "postmaster.pid").read_text().split("\n")[0]))


def _family(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        for task in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:  # it ended meanwhile
                continue
    return found


def _proportional(process: int) -> int:
    """Kilobytes, of shared pages each process its share; 0 for one that ended, or is not ours to look at."""
    try:
        smaps = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(found[1]) if (found := re.search(r"^Pss:\s+(\d+)", smaps, re.MULTILINE)) else 0


def datasette_command(database: Path, inspected: Path, port: int, metadata: Path) -> list[str]:
    """Datasette as its manual advises for a file that does not change, with all limits on time out of the way."""
    settings = {
        "sql_time_limit_ms": 60_000,
        "facet_time_limit_ms": 60_000,
        "suggest_facets": "off",
        "max_returned_rows": 1000,
        "cache_size_kb": 400_000,
        "num_sql_threads": os.cpu_count() or 2,
    }
    limits = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    return [
        *(sys.executable, "-m", "datasette", "serve", "-i", str(database), "--inspect-file", str(inspected)),
        *("--metadata", str(metadata), "--port", str(port), *limits),
    ]
