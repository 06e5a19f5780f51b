"""Where a site keeps what it has: databases and data folders for tests, and what is in them."""

import dataclasses
import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.conftest import address_of_test_database

_numbers = count(1)


@dataclasses.dataclass(frozen=True)
class Place:
    """A database and a data folder: what one site has."""

    address: str
    data: Path

    def run(self, command: str, *arguments, **how) -> subprocess.CompletedProcess:
        """Run a command of the site to its end."""
        return subprocess.run(self.command(command, *arguments), **self.how(), **how, check=False)

    def start(self, command: str, *arguments) -> subprocess.Popen:
        return subprocess.Popen(self.command(command, *arguments), **self.how())

    def command(self, command: str, *arguments) -> list[str]:
        return [sys.executable, "-u", "manage.py", command, *map(str, arguments)]

    def how(self) -> dict:
        where = {"DATABASE_URL": self.address} if self.address else {}
        environment = {"DATA_DIR": str(self.data), "PATH": os.environ["PATH"], **where}
        return {
            "cwd": settings.BASE_DIR,
            "env": environment,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
        }

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address, autocommit=True)

    @property
    def database(self) -> str:
        return conninfo_to_dict(self.address)["dbname"]

    def originals(self) -> dict[str, bytes]:
        """Return the bytes of each original that is stored, with its name."""
        found = (self.data / "originals").rglob("*")
        return {file.name: file.read_bytes() for file in found if file.is_file()}

    def tables(self) -> dict[str, list[str]]:
        """Return every row of every table, generated columns too, as text."""
        with self.connect() as connection:
            names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            rows = sql.SQL("SELECT x::text FROM {} AS x ORDER BY 1")
            return {
                name: [row for (row,) in connection.execute(rows.format(sql.Identifier(name)))]
                for (name,) in connection.execute(names).fetchall()
            }

    def definitions(self) -> list[tuple]:
        """Return the definition of every column, index, constraint, trigger and function, and where sequences are."""
        queries = [
            """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
               identity_generation, generation_expression FROM information_schema.columns WHERE table_schema = 'public'""",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
        ]
        with self.connect() as connection:
            return [row for query in queries for row in sorted(connection.execute(query), key=str)]


class Databases:
    """Databases for places, on the server that the tests use; this process keeps an embedded one running."""

    def __init__(self):
        self.server = re.sub(r"///[^?]*", "///postgres", address_of_test_database())
        self.made: list[str] = []

    def make(self, template: str = "template0") -> str:
        """Make an empty database, or a copy of another that nobody is connected to; return its address."""
        name = f"navo_backup_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.server, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(name)
        return self.server.replace("///postgres", f"///{name}")

    def wait_for_disk(self, wait: bool) -> None:
        if settings.EMBEDDED_DATABASE:
            with psycopg.connect(self.server, autocommit=True) as server:
                server.execute("ALTER SYSTEM RESET fsync" if wait else "ALTER SYSTEM SET fsync = off")
                server.execute("SELECT pg_reload_conf()")

    def drop(self) -> None:
        with psycopg.connect(self.server, autocommit=True) as server:
            for name in self.made:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def one_line(process: subprocess.CompletedProcess) -> str:
    """Return the one sentence of a command that refused."""
    assert process.returncode == 1
    assert process.stderr.count("\n") == 1, process.stderr
    return process.stderr.removeprefix("CommandError: ").strip()


def without_who_logs_in(tables: dict[str, list]) -> dict[str, list]:
    return {**tables, "django_session": [], "axes_accessattempt": []}
