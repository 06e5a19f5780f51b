"""The command behind script/server, on data folders of its own."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings

from navo_site.embedded_postgres.cluster import Cluster


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
