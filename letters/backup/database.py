"""The site's own database, as backup and restore use it: one transaction at a time, on one connection."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from letters.backup.errors import DatabaseFailed, NothingToKeep, TargetInUse
from letters.backup.words import numbered

NO_TIMEOUTS = """
SELECT set_config(name, '0', true) FROM pg_settings
WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
"""
OTHERS = """
SELECT coalesce(usename, '?') || coalesce(' vanaf ' || host(client_addr), '')
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SECONDS_TO_LEAVE = 2  # the server notices a little later that a program has ended


@contextmanager
def one_transaction(isolation: str = "READ COMMITTED") -> Iterator[psycopg.Connection]:
    """Give the site's connection inside a transaction without time limits; what the database refuses is DatabaseFailed."""
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        raise DatabaseFailed(f"De database is niet te bereiken: {in_one_line(error)}") from error
    try:
        with transaction.atomic(durable=True):
            connection.connection.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
            connection.connection.execute(NO_TIMEOUTS)
            yield connection.connection
    except (psycopg.Error, DatabaseError, InterfaceError) as error:
        raise DatabaseFailed(f"De database gaf een fout: {in_one_line(error)}") from error


def require_existing() -> None:
    """Raise NothingToKeep where connecting would make a first, empty database."""
    if settings.EMBEDDED_DATABASE and not (settings.DATA_DIR / "postgresql").exists():
        raise NothingToKeep(
            f"In {settings.DATA_DIR} staat geen database. Zet DATA_DIR of DATABASE_URL zoals de site ze heeft."
        )


def require_to_be_alone(on: psycopg.Connection) -> None:
    """Raise TargetInUse while others are connected: a clerk's half-filled form would be saved over other data."""
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while others := _others(on):
        if time.monotonic() > deadline:
            connections = numbered(len(others), ("andere verbinding", "andere verbindingen"))
            raise TargetInUse(
                f"De database is in gebruik: {connections} ({', '.join(sorted(set(others)))}). "
                "Stop eerst de site, en wat er verder met de database is verbonden."
            )
        time.sleep(0.1)


def _others(on: psycopg.Connection) -> list[str]:
    on.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction goes on seeing what it saw first
    return [who for (who,) in on.execute(OTHERS)]


def migrations(on: psycopg.Connection) -> dict[str, list[str]]:
    """Return the migrations that made the tables, per app, in order."""
    found: dict[str, list[str]] = {}
    for app, name in on.execute("SELECT app, name FROM public.django_migrations ORDER BY id"):
        found.setdefault(app, []).append(name)
    return found


def in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
