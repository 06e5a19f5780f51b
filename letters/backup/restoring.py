"""Put database and originals back: all of it, or nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import DatabaseError
from django.db import connection as site_connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import localtime
from tqdm import tqdm

from letters import originals
from letters.backup import database, dump, words
from letters.backup.archive import Backup, opened
from letters.backup.manifest import DUMP, Manifest
from letters.backup.words import BackupError

#: What `migrate` fills by itself: with no more than this a database is empty.
FILLED_BY_MIGRATE = {
    "django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions",
    "letters_corpusversion",
}  # fmt: skip


def restore(path: Path, *, replace: bool = False, say: Callable[[str], None] = print) -> Manifest:
    """Put a backup back, checked before and after; raise BackupError when all stays as it was.

    One transaction keeps everyone out from the first look at the database to the last, and is only committed when every
    table holds what the manifest says. The originals come first: under their SHA-256 they are in nobody's way.
    """
    say("Back-up nalezen …")
    with opened(path) as backup:
        manifest = backup.manifest
        _refuse_newer(manifest)
        with database.one_transaction() as connection:
            database.require_to_be_alone(connection)
            database.lock_tables(connection)
            _refuse_filled(connection, manifest, replace=replace, say=say)
            say("Originelen terugzetten …")
            _store_originals(backup)
            say("Database terugzetten …")
            database.drop_everything(connection)
            _load(connection, backup)
            say("Database controleren …")
            _compare(connection, manifest)
    _bring_up_to_date(manifest, say)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    """Raise BackupError when the backup was made with migrations that this site does not have."""
    here = MigrationLoader(None).disk_migrations
    known = {*here, *(earlier for migration in here.values() for earlier in migration.replaces)}
    unknown = [f"{app}.{name}" for app, name in _applied(manifest) if (app, name) not in known]
    if unknown:
        raise BackupError(
            f"Deze back-up komt van een nieuwere versie van de site (hier onbekend: {', '.join(unknown)}). "
            "Werk eerst de site bij."
        )


def _applied(manifest: Manifest) -> list[tuple[str, str]]:
    return [(app, name) for app, names in manifest.migrations.items() for name in names]


def _refuse_filled(
    connection: psycopg.Connection, manifest: Manifest, *, replace: bool, say: Callable[[str], None]
) -> None:
    """Raise BackupError when people put something in the database that may not go; say what goes."""
    rows = database.row_counts(connection)
    held = {name: number for name, number in rows.items() if name not in FILLED_BY_MIGRATE}
    if not held:
        return
    if not replace:
        made_at = localtime(datetime.fromisoformat(manifest.made_at))
        raise BackupError(
            f"De database bevat al gegevens: {words.tables_held(held)}. Wilt u die vervangen door de back-up van "
            f"{made_at:%d-%m-%Y %H:%M} ({words.numbered(manifest.letters, words.LETTERS)}), voeg dan --replace toe."
        )
    say(
        f"Wordt vervangen: {words.tables_held(held)}. Originelen die niet in de back-up zitten blijven staan."
    )


def _store_originals(backup: Backup) -> None:
    """Store each original, read back; originals that the backup does not know stay where they are."""
    for sha256 in tqdm(backup.manifest.originals, unit="origineel", disable=None):
        with backup.open(f"originals/{sha256}") as member:
            try:
                originals.store(member.read())
            except OSError as error:
                raise BackupError(f"De opslag van originelen gaf een fout: {error}") from error


def _load(connection: psycopg.Connection, backup: Backup) -> None:
    try:
        dump.load(connection, lambda: backup.open(DUMP), backup.manifest.pg_dump)
    except psycopg.Error as error:
        here, there = connection.info.server_version // 10000, backup.manifest.server // 10000
        if here >= there:
            raise
        raise BackupError(
            f"Deze back-up komt van PostgreSQL {there}, en deze database is PostgreSQL {here}, dat iets ervan niet kent "
            f"({database.in_one_line(error)}). Neem PostgreSQL {there} of nieuwer."
        ) from error


def _compare(connection: psycopg.Connection, manifest: Manifest) -> None:
    """Raise BackupError, which undoes the transaction, when a table does not hold what the manifest says."""
    found = database.checksums(connection)
    filled = [name for name in manifest.left_out if found.pop(name).count]
    wrong = [name for name in {**found, **manifest.tables} if found.get(name) != manifest.tables.get(name)]
    if wrong or filled:
        raise BackupError(
            f"Na het terugzetten klopt de inhoud niet van {', '.join(sorted([*wrong, *filled]))}. "
            "De database is gebleven zoals hij was; meld dit bij wie de site onderhoudt."
        )


def _bring_up_to_date(manifest: Manifest, say: Callable[[str], None]) -> None:
    """Bring data of an older version of the site up to this one, and have the server look at it for its plans."""
    site_connection.close()  # the script left settings of its own in the session
    try:
        if set(MigrationLoader(None).disk_migrations) - set(_applied(manifest)):
            say("Database bijwerken tot deze versie van de site …")
            call_command("migrate", verbosity=0)
        with database.one_transaction() as connection:
            connection.execute("ANALYZE")
    except (DatabaseError, BackupError) as error:
        raise BackupError(
            "Alles is teruggezet, maar de database kon niet tot deze versie van de site worden bijgewerkt: "
            f"{database.in_one_line(error)}"
        ) from error
