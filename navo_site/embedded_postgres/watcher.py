"""The process that owns the embedded PostgreSQL: it starts the server, and stops it when nobody uses it any more.

Run as a file with one argument, `Orders` as JSON; plain Python without packages. It prints nothing when the server accepts
connections, else one sentence why not, and then closes its output and stays in the background. Its end is the server's
end: when the watcher dies by `kill -9`, the kernel has PostgreSQL stop at once, which loses nothing that was committed.

Five seconds after its last user ended, however that ended, no process of the server is left.
"""

import ctypes
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SECONDS_WITHOUT_USERS = 1  # one command after another joins the same server
# How long each way to stop may take: orderly; at once, which loses nothing that was committed; by the kernel.
WAYS_TO_STOP = ((signal.SIGINT, 1.7), (signal.SIGQUIT, 0.8), (signal.SIGKILL, 1))
PR_SET_PDEATHSIG = 1  # prctl(2), Linux
# Nothing of the person who starts the site (PGPORT, PGDATA, LC_ALL …) reaches the server.
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}

# `2026-01-31 09:05:00.123 UTC [4711] FATAL:  could not write lock file "postmaster.pid": No space left on device`, and
# `initdb: error: could not create directory "/srv/data": Read-only file system`; not what it tells who connects too early:
# `FATAL:  the database system is starting up`
REASON = re.compile(r"\b(?:PANIC|FATAL|error):\s+(?!the database system is )(?P<words>\S.*)")


@dataclass(frozen=True)
class Orders:
    """What to start, which files say who uses it, and the account to run it under (arguments of `subprocess`)."""

    command: list[str]
    data: str
    socket_folder: str
    log: str
    users_lock: str
    server_lock: str
    account: dict[str, object]


def main(orders: Orders) -> None:
    """Start, report, watch, stop."""
    if os.fork():
        os._exit(0)  # the starter waits for this process, and then for the output of the one that stays
    stop_asked = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop_asked.append(True))

    server_lock = os.open(orders.server_lock, os.O_RDWR | os.O_CREAT, 0o600)
    if not take(server_lock):
        return  # another watcher was first, for a starter that was killed
    users_lock = os.open(orders.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    # Whoever wrote these files is gone, or the lock would be held; its number may be another program's by now.
    for left in [Path(orders.data, "postmaster.pid"), *Path(orders.socket_folder).glob(".s.PGSQL.*")]:
        left.unlink(missing_ok=True)
    try:
        server = start_server(orders, server_lock)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stdout.write(str(error))
        return

    is_ready, unused_since = False, None
    while server.poll() is None and not stop_asked:
        state = state_of_server(orders.data)
        if state == "ready" and not is_ready:
            is_ready = True
            silence()
        elif state == "stopping":
            break  # who asked it to stop (SIGTERM) may not have known that it then waits for all who are connected
        time.sleep(0.1 if is_ready else 0.01)
        if not take(users_lock):
            unused_since = None
        elif unused_since is None:
            unused_since = time.monotonic()
        if unused_since is None or time.monotonic() - unused_since < SECONDS_WITHOUT_USERS:
            fcntl.flock(users_lock, fcntl.LOCK_UN)
        else:
            break  # and keep the lock: a newcomer waits until the server has stopped
    if not is_ready:
        sys.stdout.write(reason_in(Path(orders.log).read_text(errors="replace")))
        sys.stdout.flush()
    stop(server, orders)
    with suppress(OSError):
        Path(orders.socket_folder).rmdir()


def start_server(orders: Orders, server_lock: int) -> subprocess.Popen:
    """Start PostgreSQL as a child that inherits the lock and stops when this process ends."""
    log = Path(orders.log)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return subprocess.Popen(
            orders.command,
            cwd=orders.data,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            umask=0o077,
            pass_fds=[server_lock],
            # At once, not orderly: with the watcher killed, nobody would end a server that is slow to stop.
            preexec_fn=partial(end_with_parent, os.getpid(), signal.SIGQUIT),
            **orders.account,
        )


def end_with_parent(parent: int, how: int) -> None:
    """Have the kernel send this process a signal when its parent dies (Linux; elsewhere `kill -9` leaves it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os._exit(1)


def state_of_server(data: str) -> str:
    """Return what the server says of itself: starting, stopping, ready or standby; nothing when it does not run."""
    status = status_lines(data)
    return status[7].strip() if len(status) >= 8 else ""


def status_lines(data: str) -> list[str]:
    """Return the lines of the file in its data folder with process, folder, start, port, socket's folder … and state.

    https://www.postgresql.org/docs/18/storage-file-layout.html
    """
    try:
        return os.fsdecode(Path(data, "postmaster.pid").read_bytes()).split("\n")
    except FileNotFoundError:
        return []


def stop(server: subprocess.Popen, orders: Orders) -> None:
    """Stop the server: orderly if it can in time; none of its processes is left after this, also when it was killed."""
    for how, seconds in WAYS_TO_STOP:
        server.send_signal(how)  # nothing, where it has ended
        with suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            break
    end_processes_without_server(orders.server_lock)


def end_processes_without_server(server_lock: str) -> None:
    """End the processes that a killed server left behind.

    Most notice it themselves, at once; one that is busy with a statement would first complete that.
    """
    for process in holders(server_lock):
        with suppress(OSError):  # it ended meanwhile
            if Path(f"/proc/{process}/exe").readlink().name == "postgres":
                os.kill(process, signal.SIGKILL)


def end_processes_without_watcher(server_lock: str) -> None:
    """End what is left of a server whose watcher was killed too, and that did not stop in time."""
    for process in holders(server_lock):
        with suppress(OSError):
            if os.fsencode(__file__) in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0"):
                return
    end_processes_without_server(server_lock)


def holders(lock: str) -> Iterator[int]:
    """Give the processes that have a lock file open (Linux; elsewhere none)."""
    wanted = os.stat(lock)
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):  # it ended meanwhile, or is somebody else's
            if any(is_same(opened, wanted) for opened in folder.iterdir()):
                yield int(folder.parent.name)


def is_same(opened: Path, wanted: os.stat_result) -> bool:
    """Whether an entry of /proc/<process>/fd is a certain file; no longer open is not."""
    try:
        return os.path.samestat(opened.stat(), wanted)
    except OSError:
        return False


def take(lock: int) -> bool:
    """Take a lock if nobody holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def silence() -> None:
    """Close the output, which tells the starter that all has been said."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def reason_in(log: str) -> str:
    """Return why a program of PostgreSQL ended: what it first called fatal, else the last that it wrote."""
    if reason := REASON.search(log):
        return reason["words"]
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"


if __name__ == "__main__":
    main(Orders(**json.loads(sys.argv[1])))
