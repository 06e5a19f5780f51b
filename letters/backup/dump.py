"""The database as pg_dump writes it, and back again on a connection of our own.

pg_restore turns the dump into SQL, and this module runs that SQL instead of letting pg_restore do so: then emptying,
filling and checking are one transaction. Only the schema ``public`` counts: what a provider keeps beside it stays its own.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

import psycopg

from letters.backup.database import SCHEMA
from letters.backup.programs import environment_for, find_program, output_of

PIECE = 1024 * 1024  # bytes
#: "COPY public.letters_letter (id, slug, kind) FROM stdin;"
COPY = re.compile(rb"COPY .+ FROM stdin;\n")
COPY_END = b"\\.\n"
#: "\restrict plaSReZhrH316CoIfvxdtvRtFzQgt9tHYVmNhKzq4B5LnQLqOc2iDpgKIVSbYEm": for psql, which is not used here
FOR_PSQL = re.compile(rb"^\\(un)?restrict \w+\n", re.MULTILINE)
#: Known from PostgreSQL 17 on; pg_restore writes it for every server.
TRANSACTION_TIMEOUT = b"SET transaction_timeout = 0;\n"


def dump(
    connection: psycopg.Connection, snapshot: str, left_out: list[str]
) -> tuple[int, AbstractContextManager[BinaryIO]]:
    """Return pg_dump's major version, and its archive of a snapshot as a stream; of some tables only the definition."""
    pg_dump, major = find_program("pg_dump", at_least=connection.info.server_version // 10000)
    command = [
        pg_dump,
        "--format=custom",
        "--no-password",
        *(f"--schema={SCHEMA}", f"--snapshot={snapshot}"),
        *(f'--exclude-table-data={SCHEMA}."{table}"' for table in left_out),
    ]
    return major, output_of(command, environment_for(connection))


def check_readable(archive: BinaryIO, pg_dump: int) -> None:
    """Raise BackupError when pg_restore cannot read an archive to its end."""
    with script(archive, pg_dump) as lines:
        while lines.read(PIECE):
            pass


def script(archive: BinaryIO, pg_dump: int, section: str | None = None) -> AbstractContextManager[BinaryIO]:
    """Return an archive as SQL: all of it, or a section (pre-data, data, post-data)."""
    pg_restore, _major = find_program("pg_restore", at_least=pg_dump)
    sections = [f"--section={section}"] if section else []
    command = [pg_restore, "--file=-", f"--schema={SCHEMA}", "--no-owner", "--no-privileges", *sections]
    return output_of(command, source=archive)


def load(connection: psycopg.Connection, open_archive: Callable[[], BinaryIO], pg_dump: int) -> None:
    """Make and fill the tables of an archive, in the connection's transaction; the schema must be empty.

    Three readings of the archive: definitions, rows, and then indexes and constraints. Only rows have lines that are
    not SQL, so that nothing in a definition can be taken for the start of rows.
    """
    for section in ["pre-data", "data", "post-data"]:
        with open_archive() as archive, script(archive, pg_dump, section) as lines:
            if section == "data":
                _run_with_rows(connection, lines)
            else:
                _run(connection, lines.read())


def _run(connection: psycopg.Connection, statements: bytes) -> None:
    if connection.info.server_version < 170000:
        statements = statements.replace(TRANSACTION_TIMEOUT, b"", 1)
    connection.cursor().execute(FOR_PSQL.sub(b"", statements))


def _run_with_rows(connection: psycopg.Connection, lines: BinaryIO) -> None:
    """Run statements among which stand rows, in the text format of COPY, up to a line with a backslash and a dot."""
    statements = []
    for line in lines:
        if COPY.fullmatch(line):
            _run(connection, b"".join(statements))
            statements = []
            with connection.cursor().copy(line) as copy:
                for piece in _rows(lines):
                    copy.write(piece)
        else:
            statements.append(line)
    _run(connection, b"".join(statements))


def _rows(lines: BinaryIO) -> Iterator[bytes]:
    yield from iter(lines.readline, COPY_END)
