"""The command behind script/server, on data folders of its own."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest
from django.conf import settings

from navo_site.embedded_postgres.cluster import Cluster
from tests.kill_test.site import CONTROL_C, Site
from tests.kill_test.stored import connect
from tests.locks import is_free_within


class Server:
    """`manage.py serve --prepare` on one data folder and a free port."""

    def __init__(self, data_dir):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.cluster = Cluster(data_dir)
        environment = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "PATH": os.environ["PATH"]}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--prepare"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def lines_until_ready(self) -> list[str]:
        """Return what it printed, up to and with its address."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if f"http://127.0.0.1:{self.port}/" in line:
                return lines
        raise AssertionError(f"The server ended before it was ready: {''.join(lines)}")

    def stop(self, how: signal.Signals) -> int:
        """End it, and return its exit status."""
        self.process.send_signal(how)
        self.process.communicate(timeout=20)
        return self.process.returncode

    def remove(self) -> None:
        """Wait until no process of the database server is left, each of which holds the lock; then remove its files."""
        with (self.cluster.folder / "server.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shutil.rmtree(self.cluster.home)


@pytest.fixture
def start_server(tmp_path):
    servers = []

    def start() -> Server:
        servers.append(Server(tmp_path / "data"))
        return servers[-1]

    yield start
    for server in servers:
        server.stop(signal.SIGKILL)
    servers[0].remove()


def test_the_first_start_makes_an_account_and_the_second_leaves_it_as_it_was(start_server):
    first = start_server()
    first_lines = "".join(first.lines_until_ready())
    start_page = urllib.request.urlopen(f"http://127.0.0.1:{first.port}/")
    stopped = first.stop(signal.SIGINT)

    second_lines = "".join(start_server().lines_until_ready())

    assert re.search(r"Account voor /beheer/: beheer, wachtwoord: \S{16} ", first_lines)
    assert start_page.status == 200
    assert stopped == 0
    assert "wachtwoord" not in second_lines


def test_a_port_in_use_is_said_before_anything_is_done(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = subprocess.run(
            [sys.executable, "manage.py", "serve", "--prepare"],
            cwd=settings.BASE_DIR,
            env={"DATA_DIR": str(tmp_path / "data"), "PORT": str(port), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert refused.stderr == (
        f"CommandError: Op 127.0.0.1:{port} kan de site niet luisteren (Address already in use). "
        "Stop wat daar draait, of kies een andere poort: PORT=8001 ./script/server\n"
    )
    assert not (tmp_path / "data/postgresql").exists()


@pytest.fixture(scope="module")
def prepared_site(tmp_path_factory):
    """A site in a terminal, whose database and static files are there already."""
    site = Site(tmp_path_factory.mktemp("serve") / "site")
    site.start_server(prepare=True)
    assert site.seconds_until_answer(120) is not None
    site.stop()
    yield site
    site.remove()


@pytest.mark.parametrize(
    "stop",
    [
        lambda server: server.type(CONTROL_C),
        lambda server: server.close(),
        lambda server: server.send(signal.SIGTERM),
        lambda server: server.send(signal.SIGKILL),
    ],
    ids=["Ctrl-C", "the terminal is closed", "SIGTERM", "SIGKILL"],
)
def test_five_seconds_after_the_end_nothing_of_the_server_is_left_also_while_a_page_is_made(
    prepared_site, stop
):
    site = prepared_site
    site.start_server(prepare=False)
    assert site.seconds_until_answer(60) is not None
    with connect(site.data_dir) as other:
        other.autocommit = False
        other.execute("LOCK TABLE letters_letter")
        threading.Thread(target=site.answers, daemon=True).start()
        while other.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() == (0,):
            assert site.server.runs

        stop(site.server)
        is_left = not is_free_within(5, site.data_dir / "postgresql" / "server.lock")
        other.close()

    assert (is_left, site.server.runs, is_port_free(site.port)) == (False, False, True)


def is_port_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return listener.bind(("127.0.0.1", port)) is None


def test_a_server_that_ignores_a_hang_up_outlives_its_terminal(prepared_site):
    """As `nohup ./script/server &` is meant."""
    site = prepared_site
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what a process starts with, its parent had
    site.start_server(prepare=False)
    signal.signal(signal.SIGHUP, before)
    assert site.seconds_until_answer(60) is not None

    site.server.send(signal.SIGHUP)

    assert site.answers()
    site.stop()


def test_ctrl_c_before_the_server_is_up_is_not_an_error_to_read(prepared_site):
    site = prepared_site
    site.start_server(prepare=True)
    while "Database bijwerken" not in site.server.text:
        assert site.server.runs

    site.server.type(CONTROL_C)
    site.server.process.wait(10)

    assert site.server.text.splitlines()[-1].endswith("Gestopt.")
    assert "Traceback" not in site.server.text
    assert is_free_within(5, site.data_dir / "postgresql" / "server.lock")


def test_a_database_that_is_away_is_one_sentence(tmp_path):
    refused = subprocess.run(
        [sys.executable, "manage.py", "import_letters", "tests/letters"],
        cwd=settings.BASE_DIR,
        env={
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://navo@127.0.0.1:1/navo",
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert re.fullmatch(
        r"De database doet niet wat gevraagd is: .*port 1 failed.*\. Start opnieuw .*\n", refused.stderr
    )


def test_a_folder_that_the_machine_refuses_is_one_sentence(tmp_path):
    refused = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env={"DATA_DIR": str(tmp_path), "STATIC_ROOT": "/sys/static", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert re.fullmatch(r"/sys/static: .+\. Start opnieuw als dat is verholpen\.\n", refused.stderr)
