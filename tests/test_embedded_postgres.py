"""The server under DATA_DIR, used as several processes use it, and as they die."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from navo_site.embedded_postgres.cluster import Cluster, EmbeddedPostgresError

USER_PROGRAM = """
import json, sys
from pathlib import Path
from navo_site.embedded_postgres.cluster import Cluster

cluster = Cluster(Path(sys.argv[1]))
socket_folder = cluster.join()
server = int((cluster.data / "postmaster.pid").read_text().split()[0])
print(json.dumps({"socket_folder": str(socket_folder), "server": server}), flush=True)
sys.stdin.read()
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

    def query(self, statement: str) -> list:
        connection = psycopg.connect(
            host=self.joined["socket_folder"], port="5432", user="navo", dbname="navo", autocommit=True
        )
        with connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

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

    def wait():
        with (cluster.folder / "server.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(seconds)
    return not waiting.is_alive()


def remove(cluster: Cluster) -> None:
    """Stop the server without waiting for its users, and throw its files away."""
    running = cluster.data / "postmaster.pid"
    if running.exists():
        os.kill(parent_of(int(running.read_text().split()[0])), signal.SIGTERM)
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


def test_a_server_that_was_killed_is_started_again_with_what_was_saved(start_user, cluster):
    user = start_user().wait_until_joined()
    user.query("CREATE TABLE kept AS SELECT 1 AS value")

    os.kill(user.server, signal.SIGKILL)
    other = start_user().wait_until_joined()

    assert other.server != user.server
    assert other.query("SELECT value FROM kept") == [(1,)]


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

    with pytest.raises(EmbeddedPostgresError, match=r"was made by PostgreSQL 17; .* restore the backup"):
        Cluster(data_dir).join()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")

    with pytest.raises(EmbeddedPostgresError, match=r"cannot use .*/data/postgresql: Not a directory"):
        Cluster(tmp_path / "data").join()
