"""A PostgreSQL server of our own under a data folder, for trying out and for tests.

Three lock files (`flock`, which the kernel releases when a process ends, however it ends) say who does what:

- `start.lock`: held by the one process that is joining or starting, and inherited by the program that makes the data;
- `users.lock`: shared by every process that uses the server. The watcher stops the server when nobody holds it;
- `server.lock`: held by the watcher and, inherited, by every process of PostgreSQL. While it is held the data is in use;
  when it is free, no process that could write the data is left, also after `kill -9`.

The server listens on a socket in a private folder, not on the network.
"""

import errno
import fcntl
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from . import EmbeddedPostgresError, watcher
from .home import (
    HOMES_FOR_ROOT,
    account_of,
    account_that_makes_data,
    give,
    home_of,
    new_account,
    sync,
    was_made_by,
)
from .programs import MAJOR, programs_for

ROLE = DATABASE = "navo"
PORT = "5432"  # of a socket: only a part of its file name
SOCKET_FOLDER_PREFIX = "navo-brieven-"  # of one in the system's folder for temporary files
MAX_SOCKET_PATH = 107  # bytes, without the closing zero: sockaddr_un in unix(7)
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only looked at
START_TIMEOUT = 60  # seconds; recovery after a crash may take some
LOCK_TIMEOUT = 90  # seconds; others may be making the data, or starting, before it is our turn
ROOM = 64 * 2**20  # bytes; an empty database takes 40 MB, and its log of changes grows in steps of 16 MB
SECONDS_TO_END = 5  # for what a killed watcher left

# The full text search was measured with these; everything else is PostgreSQL's own default.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
    # A statement ends soon after the process that asked for it was killed.
    "client_connection_check_interval": "1s",
}


class Cluster:
    """The server that belongs to one data folder; `join` it before connecting."""

    def __init__(self, data_dir: Path):
        self.folder = data_dir.resolve() / "postgresql"
        self._users_lock: int | None = None
        self._mutex = threading.Lock()

    def join(self) -> Path:
        """Start the server unless it runs, keep it running while this process lives, and return its socket's folder.

        Cheap when joined already (one lock, one connection), so that a server that was killed comes back.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._mutex, _locked(self.folder / "start.lock") as start_lock:
                if self._users_lock is None:
                    users_lock = _open_lock(self.folder / "users.lock")
                    _take(
                        users_lock, fcntl.LOCK_SH, self.folder / "users.lock"
                    )  # while the watcher stops the server
                    self._users_lock = users_lock
                return self._running_socket_folder(start_lock)
        except OSError as error:
            raise EmbeddedPostgresError(self._cannot_use(error)) from error

    @property
    def home(self) -> Path:
        """Return the folder with the server's own files, which the server's account may enter."""
        return home_of(self.folder)

    @property
    def data(self) -> Path:
        """Return PostgreSQL's data folder."""
        return self.home / "data"

    def _running_socket_folder(self, start_lock: int) -> Path:
        began = time.monotonic()
        while not (socket_folder := self._answering_socket_folder()):
            waited = time.monotonic() - began
            if waited > START_TIMEOUT:
                raise EmbeddedPostgresError(
                    f"The embedded PostgreSQL in {self.folder} runs but does not answer; its log is {self._log}. "
                    f"Stop what holds {self.folder / 'server.lock'}, and start again."
                )
            if _is_free(self.folder / "server.lock"):
                self._start(start_lock)
                continue
            if waited > SECONDS_TO_END:
                watcher.end_processes_without_watcher(str(self.folder / "server.lock"))
            time.sleep(0.05)  # an earlier server is still stopping, or starting for a process that was killed
        return socket_folder

    def _answering_socket_folder(self) -> Path | None:
        status = watcher.status_lines(str(self.data))
        if len(status) < 5:
            return None
        socket_folder = Path(status[4])
        try:
            with psycopg.connect(
                host=str(socket_folder),
                port=PORT,
                user=ROLE,
                dbname="postgres",
                connect_timeout=10,
                autocommit=True,
            ) as connection:
                if not connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.errors.DiskFull as error:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.data)) from error
        except psycopg.OperationalError:
            return None
        return socket_folder

    def _start(self, start_lock: int) -> None:
        home = self.home
        if not self.data.exists():
            self._make_data(home, start_lock)
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise EmbeddedPostgresError(
                f"The data in {self.data} was made by PostgreSQL {made_by}; this site brings PostgreSQL {MAJOR}. With the "
                f"version of the site that made it: script/backup FILE. Then move {self.data} away, and with this version: "
                "script/restore FILE."
            )
        account = account_of(self.data)
        socket_folder = self._make_socket_folder(home)
        settings = SERVER_SETTINGS | {"unix_socket_directories": _as_list_item(socket_folder)}
        if sys.platform == "linux" and not SHARED_MEMORY.is_dir():
            settings["dynamic_shared_memory_type"] = "mmap"  # files beside the data
        orders = watcher.Orders(
            command=[
                str(programs_for(account, home) / "postgres"),
                *("-D", str(self.data), "-p", PORT),
                *(argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")),
            ],
            data=str(self.data),
            socket_folder=str(socket_folder),
            log=str(self._log),
            users_lock=str(self.folder / "users.lock"),
            server_lock=str(self.folder / "server.lock"),
            account=account,
        )
        # The watcher is started as a file, without our settings or packages: it must outlive whatever happens to them.
        started = subprocess.run(
            [sys.executable, "-I", "-S", watcher.__file__, json.dumps(vars(orders))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            check=False,
        )
        if said := started.stdout.strip():
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL did not start: {said}. Its log is {self._log}.{_lack_of_room(home)}"
            )

    def _make_data(self, home: Path, start_lock: int) -> None:
        """Make an empty cluster, aside first: a half-made one is never taken for a whole one."""
        unfinished = home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account = account_that_makes_data()
        give(unfinished, account)
        command = [
            *(str(programs_for(account, home) / "initdb"), "-D", str(unfinished), "--username", ROLE),
            *(
                "--auth-local=trust",
                "--auth-host=reject",
            ),  # the socket's folder is private, and there is no other way in
            # Upper and lower case as Unicode has them, the same on every machine, and sorted by code point.
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            # The parser of the full text search asks the C library: under C it takes “ and – for letters of a word.
            "--lc-ctype=C.UTF-8",
            "--no-instructions",
        ]
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=home,
            env=watcher.ENVIRONMENT,
            pass_fds=[start_lock],
            preexec_fn=partial(watcher.end_with_parent, os.getpid(), signal.SIGKILL),
            **account,
        )
        if made.returncode != 0:
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL could not make its data in {home}: {watcher.reason_in(made.stderr)}."
                f"{_lack_of_room(home)}"
            )
        give(unfinished, new_account())
        unfinished.rename(self.data)
        sync(home)

    def _make_socket_folder(self, home: Path) -> Path:
        for earlier in map(Path, watcher.status_lines(str(self.data))[4:5]):  # of a server that was killed
            if earlier.parent == Path(tempfile.gettempdir()) and earlier.name.startswith(
                SOCKET_FOLDER_PREFIX
            ):
                shutil.rmtree(earlier, ignore_errors=True)
        folder = home / "run"
        too_long = len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > MAX_SOCKET_PATH
        if too_long or "," in str(folder):  # PostgreSQL's library reads a comma as the start of a second host
            folder = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER_PREFIX))
        else:
            folder.mkdir(mode=0o700, exist_ok=True)
        give(folder, account_of(self.data))
        return folder

    def _cannot_use(self, error: OSError) -> str:
        """Say which file cannot be used, why, and what to do."""
        what = error.filename or self.folder
        why = error.strerror or str(error)
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            advice = "Make room, and start again."
        elif str(what).startswith(f"{HOMES_FOR_ROOT}/") and os.geteuid() == 0:
            advice = (
                f"Started by root, the site keeps its database below {HOMES_FOR_ROOT}. "
                "Start it as an ordinary user, or set DATABASE_URL."
            )
        elif error.errno == errno.EACCES and self.folder.exists() and not os.access(self.folder, os.W_OK):
            advice = was_made_by(self.folder.stat().st_uid, self.folder)
        else:
            advice = "DATA_DIR must be a folder that the account that starts the site owns and may write."
        return f"The embedded PostgreSQL cannot use {what}: {why}. {advice}"

    @property
    def _log(self) -> Path:
        return self.folder / "postgresql.log"


@functools.cache
def cluster_under(data_dir: Path) -> Cluster:
    """Return the one Cluster of this process for a data folder."""
    return Cluster(data_dir)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _locked(path: Path):
    lock = _open_lock(path)
    try:
        _take(lock, fcntl.LOCK_EX, path)
        yield lock
    finally:
        os.close(lock)


def _take(lock: int, how: int, path: Path) -> None:
    """Wait for a lock, but not for ever on a process that hangs."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            return fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"Another process has been busy with the embedded PostgreSQL for {LOCK_TIMEOUT} seconds. "
                    f"Stop what holds {path}, and start again."
                ) from None
        time.sleep(0.02)


def _is_free(path: Path) -> bool:
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _lack_of_room(folder: Path) -> str:
    """Say that the disk is full where it is; the programs themselves often give another reason."""
    free = shutil.disk_usage(folder).free
    return f" Only {free // 2**20} MB is free there; make room, and start again." if free < ROOM else ""


def _as_list_item(path: Path) -> str:
    """Quote a path for a setting that is a list, such as `"/srv/a, b"`."""
    return '"' + str(path).replace('"', '""') + '"'
