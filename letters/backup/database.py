"""The site's own database: one transaction without time limits, and all tables in it, whatever version of the site made them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db import connection as site
from psycopg import Connection, Error, sql

from letters.backup.manifest import Rows
from letters.backup.words import BackupError, numbered

SCHEMA = "public"
NO_TIMEOUTS = """
SELECT set_config(name, '0', true) FROM pg_settings
WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
"""
# Without the right to know more (pg_read_all_stats) a role sees of others only who they are; the server's own have no name.
OTHERS = """
SELECT usename || coalesce(' vanaf ' || host(client_addr), '')
FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
"""
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
ORDER BY relname
"""
# A generated column is left out: it follows from the others, and another PostgreSQL may stem a word differently.
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attname
"""
# The sum, over the rows in any order, of the first 64 bits of the SHA-256 of each row as text. Not PostgreSQL's own
# hash functions, which may differ between its versions; not MD5, which a server in FIPS mode does not have.
COUNT_AND_CHECKSUM = """
SELECT count(*), coalesce(sum(
    ('x' || left(encode(sha256(convert_to(ROW({columns})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric
), 0)::text FROM {table}
"""
# How values are written as text: the same in every session.
WRITING = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
# Everything in the schema, without what an extension brought or the server keeps about it.
OBJECTS = """
SELECT object.type, object.identity
FROM pg_depend AS inside, pg_identify_object(inside.classid, inside.objid, 0) AS object
WHERE inside.refclassid = 'pg_namespace'::regclass AND inside.refobjid = %s::regnamespace AND inside.deptype = 'n'
  AND object.type NOT IN ('extension', 'default acl', 'publication namespace')
  AND NOT EXISTS (
    SELECT FROM pg_depend AS member
    WHERE member.classid = inside.classid AND member.objid = inside.objid AND member.deptype = 'e'
  )
ORDER BY object.type <> 'table'
"""
#: How an object's type is called in DROP, where that differs.
IN_DROP = {"composite type": "TYPE", "statistics object": "STATISTICS"}
SECONDS_FOR_LOCK = 10
SECONDS_TO_LEAVE = 2  # the server notices a little later that a program has ended


@contextmanager
def one_transaction(isolation: str = "READ COMMITTED") -> Iterator[Connection]:
    """Give the site's connection inside a transaction without time limits; what the database refuses is a BackupError."""
    try:
        site.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        raise BackupError(f"De database is niet te bereiken: {in_one_line(error)}") from error
    try:
        with transaction.atomic(durable=True):
            site.connection.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
            site.connection.execute(NO_TIMEOUTS)
            yield site.connection
    except (Error, DatabaseError, InterfaceError) as error:
        raise BackupError(f"De database gaf een fout: {in_one_line(error)}") from error


def require_existing() -> None:
    """Raise BackupError where connecting would make a first, empty database."""
    if settings.EMBEDDED_DATABASE and not (settings.DATA_DIR / "postgresql").exists():
        raise BackupError(
            f"In {settings.DATA_DIR} staat geen database. Zet DATA_DIR of DATABASE_URL zoals de site ze heeft."
        )


def require_to_be_alone(connection: Connection) -> None:
    """Raise BackupError while others are connected: a clerk's half-filled form would be saved over other data."""
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while others := _others(connection):
        if time.monotonic() > deadline:
            connections = numbered(len(others), ("andere verbinding", "andere verbindingen"))
            raise BackupError(
                f"De database is in gebruik: {connections} ({', '.join(sorted(set(others)))}). "
                "Stop eerst de site, en wat er verder met de database is verbonden."
            )
        time.sleep(0.1)


def _others(connection: Connection) -> list[str]:
    connection.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction goes on seeing what it saw first
    return [who for (who,) in connection.execute(OTHERS)]


def migrations(connection: Connection) -> dict[str, list[str]]:
    """Return the migrations that made the tables, per app, in order."""
    found: dict[str, list[str]] = {}
    for app, name in connection.execute("SELECT app, name FROM public.django_migrations ORDER BY id"):
        found.setdefault(app, []).append(name)
    return found


def in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def table_names(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES, [SCHEMA]).fetchall()]


def row_counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table that has any."""
    found = {}
    for name in table_names(connection):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(SCHEMA, name))
        found[name] = connection.execute(query).fetchone()[0]
    return {name: rows for name, rows in found.items() if rows}


def checksums(connection: Connection) -> dict[str, Rows]:
    """Return count and checksum of each table, as the connection's transaction sees them."""
    for setting, value in WRITING.items():
        connection.execute("SELECT set_config(%s, %s, true)", [setting, value])
    found = {}
    for name in table_names(connection):
        columns = [column for (column,) in connection.execute(COLUMNS, [SCHEMA, name]).fetchall()]
        query = sql.SQL(COUNT_AND_CHECKSUM).format(
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=sql.Identifier(SCHEMA, name)
        )
        found[name] = Rows(*connection.execute(query).fetchone())
    return found


def lock_tables(connection: Connection) -> None:
    """Keep everyone else out of all tables until the end of the transaction; give up when that takes long."""
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{SECONDS_FOR_LOCK}s"])
    if tables := [sql.Identifier(SCHEMA, name) for name in table_names(connection)]:
        connection.execute(
            sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(tables))
        )


def drop_everything(connection: Connection) -> None:
    """Empty the schema, also of what this version of the site does not know."""
    for kind, identity in connection.execute(OBJECTS, [SCHEMA]).fetchall():
        connection.execute(f"DROP {IN_DROP.get(kind, kind)} IF EXISTS {identity} CASCADE")
