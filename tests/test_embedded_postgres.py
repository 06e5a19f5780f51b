"""The server under DATA_DIR, used as several processes use it, and as they die."""

import fcntl
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from navo_site.embedded_postgres import EmbeddedPostgresError
from navo_site.embedded_postgres import cluster as cluster_module
from navo_site.embedded_postgres.cluster import Cluster
from navo_site.embedded_postgres.watcher import reason_in
from tests.locks import is_free_within

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can")

USER_PROGRAM = """
import json, sys
from pathlib import Path
from navo_site.embedded_postgres.cluster import Cluster

cluster = Cluster(Path(sys.argv[1]))
socket_folder = cluster.join()
server = int((cluster.data / "postmaster.pid").read_text().split()[0])
print(json.dumps({"socket_folder": str(socket_folder), "server": server}), flush=True)
if sys.stdin.readline():
    import psycopg
    with psycopg.connect(host=str(socket_folder), port="5432", user="navo", dbname="navo") as connection:
        print("computing", flush=True)
        connection.execute("SELECT count(*) FROM generate_series(1, 100000000000)")
"""


class User:
    """A process that uses the server until it is told to end, or is killed."""

    def __init__(self, data_dir: Path):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER_PROGRAM, str(data_dir)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.joined = None

    def wait_until_joined(self):
        self.joined = json.loads(self.process.stdout.readline())
        return self

    @property
    def server(self) -> int:
        return self.joined["server"]

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=self.joined["socket_folder"], port="5432", user="navo", dbname="navo", autocommit=True
        )

    def query(self, statement: str) -> list:
        with self.connect() as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def begin_long_statement(self):
        """Have a process of this user's ask what takes a minute of computing, and come back when it does."""
        self.process.stdin.write("compute\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "computing\n"
        while self.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series%'") != [
            (2,)
        ]:
            assert self.process.poll() is None

    def end(self):
        self.process.communicate()

    def kill(self):
        self.process.kill()
        self.process.communicate()


def parent_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid:"))


def stops_within(seconds: float, cluster: Cluster) -> bool:
    """Wait until no process of the server is left: each of them holds this lock."""
    return is_free_within(seconds, cluster.folder / "server.lock")


def is_making_data(cluster: Cluster) -> bool:
    has_home = cluster.folder.exists() and (os.geteuid() != 0 or (cluster.folder / "location").exists())
    return has_home and (cluster.home / "data.unfinished" / "PG_VERSION").exists()


def remove(cluster: Cluster) -> None:
    """Stop the server without waiting for its users, and throw its files away."""
    with suppress(FileNotFoundError, ProcessLookupError):  # it has stopped, or was killed
        server = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(parent_of(server), signal.SIGTERM)
    assert stops_within(5, cluster)
    shutil.rmtree(cluster.home)


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def cluster(data_dir):
    cluster = Cluster(data_dir)
    yield cluster
    remove(cluster)


@pytest.fixture
def start_user(data_dir, cluster):
    users = []

    def start() -> User:
        users.append(User(data_dir))
        return users[-1]

    yield start
    for user in users:
        user.kill()


def test_processes_that_start_at_once_share_one_server(start_user):
    users = [start_user() for _ in range(4)]

    servers = {user.wait_until_joined().server for user in users}

    assert len(servers) == 1


def test_the_server_stops_when_its_last_user_ends_and_keeps_what_was_saved(start_user, cluster):
    first = start_user().wait_until_joined()
    first.query("CREATE TABLE kept AS SELECT 1 AS value")

    first.end()

    assert stops_within(5, cluster)
    assert start_user().wait_until_joined().query("SELECT value FROM kept") == [(1,)]


def test_the_server_stays_while_one_user_is_left(start_user, cluster):
    leaving, staying = start_user().wait_until_joined(), start_user().wait_until_joined()

    leaving.end()

    assert not stops_within(3, cluster)
    assert staying.query("SELECT 1") == [(1,)]


def test_the_server_stops_when_its_only_user_is_killed(start_user, cluster):
    user = start_user().wait_until_joined()

    user.kill()

    assert stops_within(5, cluster)


def test_the_server_stops_when_its_watcher_is_killed_and_the_next_user_starts_it_again(start_user, cluster):
    user = start_user().wait_until_joined()
    user.query("CREATE TABLE kept AS SELECT 1 AS value")

    os.kill(parent_of(user.server), signal.SIGKILL)

    assert stops_within(5, cluster)
    assert start_user().wait_until_joined().query("SELECT value FROM kept") == [(1,)]


def test_no_process_is_left_when_the_watcher_is_killed_while_the_server_recovers(start_user, cluster):
    user = start_user().wait_until_joined()
    watcher = parent_of(user.server)
    with user.connect() as connection:
        backend = connection.info.backend_pid

        os.kill(backend, signal.SIGKILL)
        os.kill(watcher, signal.SIGKILL)

        assert stops_within(5, cluster)


def test_a_server_that_was_killed_is_started_again_with_what_was_saved(start_user, cluster):
    user = start_user().wait_until_joined()
    user.query("CREATE TABLE kept AS SELECT 1 AS value")

    os.kill(user.server, signal.SIGKILL)
    other = start_user().wait_until_joined()

    assert other.server != user.server
    assert other.query("SELECT value FROM kept") == [(1,)]


def test_a_server_that_was_asked_to_stop_does_not_wait_for_who_is_connected(start_user):
    user = start_user().wait_until_joined()
    with user.connect():
        os.kill(user.server, signal.SIGTERM)

        other = start_user().wait_until_joined()

    assert other.server != user.server


def test_a_server_starts_although_the_number_of_one_that_was_killed_is_another_process_now(
    start_user, cluster
):
    user = start_user().wait_until_joined()
    watcher = parent_of(user.server)
    os.kill(watcher, signal.SIGKILL)
    os.kill(user.server, signal.SIGKILL)
    assert stops_within(5, cluster)

    for left in [cluster.data / "postmaster.pid", cluster.home / "run" / ".s.PGSQL.5432.lock"]:
        left.write_text(left.read_text().replace(str(user.server), str(os.getppid()), 1))

    assert start_user().wait_until_joined().query("SELECT 1") == [(1,)]


def test_one_user_joins_again_after_the_server_was_killed(data_dir, start_user):
    cluster = Cluster(data_dir)
    first = start_user().wait_until_joined()
    cluster.join()
    os.kill(first.server, signal.SIGKILL)

    cluster.join()

    assert (cluster.data / "postmaster.pid").read_text().split()[0] != str(first.server)
    os.close(cluster._users_lock)


@pytest.mark.parametrize("name", ["with spaces, a comma and 'quotes'", "long/" * 40])
def test_a_data_folder_may_have_a_difficult_path(tmp_path, name):
    cluster = Cluster(tmp_path / name)
    user = User(tmp_path / name).wait_until_joined()

    answer = user.query("SELECT 1")

    assert answer == [(1,)]
    user.end()
    remove(cluster)


def test_words_match_whatever_their_case_and_whatever_quotes_stand_around_them(start_user):
    user = start_user().wait_until_joined()

    words = user.query("SELECT to_tsvector('dutch', 'OEKRAÏNE “Oekraïne” ‘oekraïne’ – NAVO–EU')")

    assert words == [("'eu':5 'navo':4 'oekrain':1,2,3",)]


def test_no_process_is_left_when_a_user_is_killed_in_the_middle_of_a_statement(start_user, cluster):
    user = start_user().wait_until_joined()
    user.begin_long_statement()

    user.kill()

    assert stops_within(5, cluster)


def test_no_process_is_left_when_the_server_is_killed_in_the_middle_of_a_statement(start_user, cluster):
    user = start_user().wait_until_joined()
    user.begin_long_statement()

    os.kill(user.server, signal.SIGKILL)

    assert stops_within(5, cluster)


def test_the_next_user_ends_a_statement_whose_server_and_watcher_were_killed(start_user, cluster):
    user = start_user().wait_until_joined()
    user.begin_long_statement()
    watcher = parent_of(user.server)

    os.kill(watcher, signal.SIGKILL)
    os.kill(user.server, signal.SIGKILL)

    assert start_user().wait_until_joined().query("SELECT 1") == [(1,)]


def test_no_process_is_left_when_the_first_user_is_killed_while_the_data_is_made(
    data_dir, start_user, cluster
):
    user = start_user()
    while not is_making_data(cluster):
        assert user.process.poll() is None

    user.kill()

    assert is_free_within(5, cluster.folder / "start.lock")
    assert start_user().wait_until_joined().query("SELECT 1") == [(1,)]


def test_data_half_made_is_made_anew(start_user, cluster):
    unfinished = cluster.folder / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    user = start_user().wait_until_joined()

    assert user.query("SELECT 1") == [(1,)]


def test_data_of_another_major_version_is_refused_with_what_to_do(data_dir, start_user, cluster):
    start_user().wait_until_joined().end()
    assert stops_within(5, cluster)
    (cluster.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedPostgresError, match=r"was made by PostgreSQL 17; .* script/restore FILE\."):
        Cluster(data_dir).join()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")

    with pytest.raises(EmbeddedPostgresError, match=r"cannot use .*/data/postgresql: Not a directory"):
        Cluster(tmp_path / "data").join()


def test_a_server_that_holds_the_lock_and_does_not_answer_is_said_with_what_to_do(data_dir, monkeypatch):
    monkeypatch.setattr(cluster_module, "START_TIMEOUT", 0.2)
    cluster = Cluster(data_dir)
    cluster.folder.mkdir(parents=True)

    with (cluster.folder / "server.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(
            EmbeddedPostgresError, match=r"runs but does not answer; .* Stop what holds .*server\.lock"
        ):
            cluster.join()

    shutil.rmtree(cluster.home)


@as_root
def test_a_disk_that_is_full_is_said(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs"]
    if subprocess.run([*mount, str(disk)], check=False).returncode != 0:
        pytest.skip("mount is not allowed here")
    program = (
        "import sys; from pathlib import Path; from navo_site.embedded_postgres import cluster, home\n"
        "home.HOMES_FOR_ROOT = Path(sys.argv[1])\n"
        "cluster.Cluster(Path(sys.argv[1]) / 'data').join()"
    )

    try:
        refused = subprocess.run(
            [sys.executable, "-c", program, str(disk)],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        subprocess.run(["umount", str(disk)], check=True)

    assert re.search(r"could not make its data in .* Only \d+ MB is free there; make room", refused.stderr)


@as_root
def test_data_that_somebody_else_made_is_refused_with_the_name(data_dir):
    (data_dir / "postgresql").mkdir(parents=True)
    os.chown(data_dir / "postgresql", pwd.getpwnam("daemon").pw_uid, -1)

    with pytest.raises(
        EmbeddedPostgresError, match=r"was made by daemon\. Start the site as daemon, or choose"
    ):
        Cluster(data_dir).join()


@as_root
def test_no_account_of_the_machine_can_read_the_data_of_root(start_user, cluster):
    start_user().wait_until_joined()

    data = cluster.data.stat()

    assert data.st_uid not in {account.pw_uid for account in pwd.getpwall()}
    assert data.st_mode & 0o077 == 0
    assert cluster.home.stat().st_uid == 0


@as_root
def test_a_database_of_which_the_data_folder_was_thrown_away_is_told(
    data_dir, start_user, cluster, tmp_path, caplog
):
    start_user().wait_until_joined().end()
    assert stops_within(5, cluster)
    abandoned = cluster.home
    shutil.rmtree(data_dir)

    (data_dir / "postgresql").mkdir(parents=True)
    new = cluster.home

    assert f"If that was thrown away, and not moved: rm -r {abandoned}" in caplog.text
    assert new != abandoned
    shutil.rmtree(abandoned)


@as_root
def test_a_data_folder_that_was_moved_keeps_its_database(tmp_path, caplog):
    first = Cluster(tmp_path / "first")
    first.folder.mkdir(parents=True)
    home = first.home
    (tmp_path / "first").rename(tmp_path / "moved")

    moved = Cluster(tmp_path / "moved").home
    other = Cluster(tmp_path / "other")
    other.folder.mkdir(parents=True)
    shutil.rmtree(other.home)

    assert moved == home
    assert str(home) not in caplog.text
    shutil.rmtree(home)


@as_root
def test_a_home_that_a_killed_start_left_empty_is_removed_by_the_next(data_dir, cluster):
    cluster.folder.mkdir(parents=True)
    left = cluster.home
    (cluster.folder / "location").unlink()

    home = cluster.home

    assert (home != left, left.exists()) == (True, False)


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("", "it says nothing"),
        ("usage: postgres [OPTION]\n\n", "usage: postgres [OPTION]"),
        # the first that is fatal is the cause
        (
            "2026-01-31 09:05:00 UTC [47] LOG:  starting\n"
            "2026-01-31 09:05:00 UTC [47] FATAL:  the database system is starting up\n"
            '2026-01-31 09:05:00 UTC [47] PANIC:  could not write to file "pg_wal/1": No space left on device\n'
            "2026-01-31 09:05:00 UTC [47] FATAL:  terminating connection\n",
            'could not write to file "pg_wal/1": No space left on device',
        ),
        (
            'initdb: error: could not create directory "/srv/data": Read-only file system\n',
            'could not create directory "/srv/data": Read-only file system',
        ),
    ],
)
def test_of_a_log_the_reason_is_given(log, reason):
    assert reason_in(log) == reason


@pytest.mark.parametrize("name", ["start.lock", "users.lock"])
def test_a_process_that_hangs_with_a_lock_is_named_and_not_waited_for_without_end(
    data_dir, monkeypatch, name
):
    monkeypatch.setattr("navo_site.embedded_postgres.cluster.LOCK_TIMEOUT", 0.1)
    lock = data_dir / "postgresql" / name
    lock.parent.mkdir(parents=True)

    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(EmbeddedPostgresError) as refused:
            Cluster(data_dir).join()

    assert str(refused.value) == (
        "Another process has been busy with the embedded PostgreSQL for 0.1 seconds. "
        f"Stop what holds {lock}, and start again."
    )
