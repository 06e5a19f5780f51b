"""The processes that this program started, and theirs, however far away they went.

The kernel gives us those whose parent ended (PR_SET_CHILD_SUBREAPER), so that everything of the site is below us, and
nothing else is. Linux only.
"""

import ctypes
import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
USERS = frozenset({"web server", "web worker", "importer"})
POSTGRES = frozenset({"postmaster", "backend", "background process", "initdb", "watcher"})
ENDED = "Z"  # a process that its parent has not asked after yet


@dataclass(frozen=True)
class Process:
    number: int
    parent: int
    kind: str
    descriptor: int  # of this very process, also when its number is another's by now

    def send(self, how: signal.Signals) -> bool:
        """Send a signal; False when it has ended."""
        try:
            signal.pidfd_send_signal(self.descriptor, how)
        except ProcessLookupError:
            return False
        return True


def adopt_orphans() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def below_us(started: Iterable[int]) -> list[Process]:
    """Give all processes below this one; `started` are its children that Python itself waits for."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            parents[int(folder.name)] = (int(parent), state)
    found, wanted = [], {os.getpid()}
    while below := [number for number, (parent, _) in parents.items() if parent in wanted]:
        wanted = set(below)
        for number in below:
            parent, state = parents.pop(number)
            if state == ENDED:
                if parent == os.getpid() and number not in started:
                    with suppress(ChildProcessError):
                        os.waitpid(number, os.WNOHANG)
            elif process := _process(number, parent, started):
                found.append(process)
    return found


def close(processes: Iterable[Process]) -> None:
    for process in processes:
        os.close(process.descriptor)


def kinds_below_us(started: Iterable[int]) -> set[str]:
    processes = below_us(started)
    close(processes)
    return {process.kind for process in processes}


def wait_until_none(kinds: Iterable[str], started: Iterable[int], until: float) -> set[str]:
    """Wait until no process of these kinds is left, or till a moment of `time.monotonic`; give the kinds that are left."""
    while (left := kinds_below_us(started) & set(kinds)) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _process(number: int, parent: int, started: Iterable[int]) -> Process | None:
    try:
        descriptor = os.pidfd_open(number)
        kind = _kind(Path(f"/proc/{number}"))
    except OSError:
        return None
    if kind == "web server" and number not in started:
        kind = "web worker"
    return Process(number, parent, kind, descriptor)


def _kind(folder: Path) -> str:
    arguments = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
    program = (folder / "exe").readlink().name
    if program == "postgres":
        if not arguments[0].startswith("postgres: "):
            return "postmaster" if "-D" in arguments and "--boot" not in arguments else "initdb"
        return "backend" if arguments[0].startswith("postgres: navo ") else "background process"
    if program == "initdb":
        return "initdb"
    if "letters.parsing.sandbox.child" in arguments:
        return "reader"
    if any(argument.endswith("/embedded_postgres/watcher.py") for argument in arguments):
        return "watcher"
    if "import_letters" in arguments:
        return "importer"
    if "serve" in arguments:
        return "web server"
    return "other"
