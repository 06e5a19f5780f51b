"""PostgreSQL servers of a test, with the programs that the site brings: a primary, and standbys that follow it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from navo_site.embedded_postgres.home import account_that_makes_data, give
from navo_site.embedded_postgres.programs import programs_for
from navo_site.embedded_postgres.watcher import ENVIRONMENT
from tests.swift import free_ports

START_TIMEOUT = 30  # seconds


class Postgres:
    """One server, on a port of this machine, with one database `navo`."""

    def __init__(self):
        self.account = account_that_makes_data()
        self.folder = Path(tempfile.mkdtemp(prefix="navo-brieven-test-"))
        self.programs = programs_for(self.account, self.folder)
        self.data = self.folder / "data"
        (self.port,) = free_ports(1)
        self.process = None
        give(self.folder, self.account)

    @classmethod
    def primary(cls) -> "Postgres":
        """Make and start an empty server that standbys may follow."""
        server = cls()
        server._run(
            *(
                "initdb",
                "-D",
                server.data,
                "--username=navo",
                "--auth=trust",
                "--no-sync",
                "--no-instructions",
            ),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            "--lc-ctype=C.UTF-8",
        )
        server.start()
        server.query("CREATE DATABASE navo", database="postgres")
        return server

    def standby(self) -> "Postgres":
        """Copy this server with pg_basebackup, and start a standby that follows it."""
        server = type(self)()
        server._run(
            *("pg_basebackup", "-h", "127.0.0.1", "-p", str(self.port), "-U", "navo", "-D", server.data),
            *("--wal-method=stream", "--checkpoint=fast", "--no-sync", "--write-recovery-conf"),
            *("--create-slot", f"--slot={server.slot}"),
        )
        server.start()
        return server

    @property
    def address(self) -> str:
        return f"postgresql://navo@127.0.0.1:{self.port}/navo"

    @property
    def slot(self) -> str:
        """The name under which a primary keeps what this standby has yet to receive."""
        return f"standby_{self.port}"

    def start(self) -> None:
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        settings |= {
            "shared_buffers": "32MB",
            "wal_receiver_status_interval": "1s",
            "log_min_messages": "warning",
        }
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(self.programs / "postgres", "-D", self.data, "-p", str(self.port)),
                    *(argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")),
                ],
                cwd=self.folder,
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
                **self.account,
            )
        end = time.monotonic() + START_TIMEOUT
        while True:
            try:
                self.query("SELECT 1", database="postgres")
                return
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise AssertionError((self.folder / "log").read_text()) from error
                os.sched_yield()

    def stop(self) -> None:
        """Stop as an administrator does: connections are broken off, what was committed is kept."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def remove(self) -> None:
        """Stop at once, and throw its files away."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def connect(self, database: str = "navo") -> psycopg.Connection:
        where = {"host": "127.0.0.1", "port": self.port, "user": "navo", "dbname": database}
        return psycopg.connect(**where, autocommit=True, connect_timeout=5)

    def query(self, statement: str, *values, database: str = "navo") -> list:
        """Ask the server; without rows the list is empty."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def follows(self, primary: "Postgres") -> bool:
        """Whether this standby shows all that its primary has written."""
        [(written,)] = primary.query("SELECT pg_current_wal_lsn()")
        return self.query("SELECT pg_last_wal_replay_lsn() >= %s", written) == [(True,)]

    def _run(self, program: str, *arguments) -> None:
        command = [self.programs / program, *arguments]
        subprocess.run(
            command, cwd=self.folder, env=ENVIRONMENT, check=True, capture_output=True, **self.account
        )
