"""The process that owns the embedded PostgreSQL: it starts the server, and stops it when nobody uses it any more.

Run as a file with one argument, `Orders` as JSON; plain Python without packages. It prints nothing when the server accepts
connections, else one sentence why not, and then closes its output and stays in the background. Its end is the server's
end: the kernel sends PostgreSQL an interrupt, a fast and orderly stop, also when the watcher dies by `kill -9`.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SECONDS_WITHOUT_USERS = 2  # one command after another joins the same server
SECONDS_TO_STOP = 30
PR_SET_PDEATHSIG = 1  # prctl(2), Linux
# Nothing of the person who starts the site (PGPORT, PGDATA, LC_ALL …) reaches the server.
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}


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
    # Whoever wrote this file is gone, or the lock would be held; its number may be another program's by now.
    Path(orders.data, "postmaster.pid").unlink(missing_ok=True)
    server = start_server(orders, server_lock)
    if not is_ready(server, orders, stop_asked):
        sys.stdout.write(last_line(orders.log))
        sys.stdout.flush()
    silence()

    users_lock = os.open(orders.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    unused_since = None
    while server.poll() is None and not stop_asked:
        time.sleep(0.1)
        if not take(users_lock):
            unused_since = None
        elif unused_since is None:
            unused_since = time.monotonic()
        if unused_since is None or time.monotonic() - unused_since < SECONDS_WITHOUT_USERS:
            fcntl.flock(users_lock, fcntl.LOCK_UN)
        else:
            break  # and keep the lock: a newcomer waits until the server has stopped
    stop(server)
    with suppress(OSError):
        os.rmdir(orders.socket_folder)


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
            preexec_fn=partial(stop_with_parent, os.getpid()),
            **orders.account,
        )


def stop_with_parent(parent: int) -> None:
    """Have the kernel interrupt this process when its parent dies (Linux; elsewhere `kill -9` leaves the server)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        os._exit(1)


def is_ready(server: subprocess.Popen, orders: Orders, stop_asked: list) -> bool:
    """Wait until the server accepts connections; False when it ended instead."""
    status = Path(orders.data, "postmaster.pid")  # its eighth line: starting, stopping, ready or standby
    while server.poll() is None and not stop_asked:
        lines = status.read_text().splitlines() if status.exists() else []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return True
        time.sleep(0.01)
    return False


def stop(server: subprocess.Popen) -> None:
    """Stop orderly; after half a minute at once, which loses nothing that was committed."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


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


def last_line(path: str) -> str:
    """Return the last line of a log."""
    lines = Path(path).read_text(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it says nothing.")


if __name__ == "__main__":
    main(Orders(**json.loads(sys.argv[1])))
