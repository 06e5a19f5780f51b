"""Take database and originals from one moment, while the site runs."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import psycopg
from django.apps import apps
from tqdm import tqdm

from letters import originals
from letters.backup import database, dump
from letters.backup.archive import ArchiveWriter, finish, opened, unfinished_beside
from letters.backup.manifest import DUMP, Manifest
from letters.backup.words import BackupError
from letters.models import File
from letters.parsing.parsed_letter import PARSER_VERSION

#: Apps whose rows say who is logged in, or who tried to: a cookie in a backup would open the site, and an address
#: of an attempt is kept no longer than it is needed.
LEFT_OUT_APPS = ("sessions", "axes")


def back_up(
    target: Path, *, overwrite: bool = False, say: Callable[[str], None] = print
) -> tuple[Path, Manifest]:
    """Write a backup and read it back before it gets its name; return where it is. Raise BackupError when there is none.

    An original that is missing or damaged does not stop it: whoever is in trouble wants all that is left. It is in the
    manifest as ``lost``, and the file gets a name of its own: it may replace nothing, least of all an earlier backup
    that still has what is lost.
    """
    database.require_existing()
    with unfinished_beside(target, overwrite=overwrite) as file:
        with ArchiveWriter(file) as writer:
            with database.one_transaction("REPEATABLE READ, READ ONLY") as connection:
                manifest = _fill(writer, connection, say)
            writer.close(manifest)
        say("Back-up nalezen …")
        with opened(Path(file.name)) as backup, backup.open(DUMP) as archive:
            dump.check_readable(archive, manifest.pg_dump)
        if manifest.lost:
            target, overwrite = _name_of_incomplete(target, manifest), False
        finish(file, target, overwrite=overwrite)
    return target, manifest


def _name_of_incomplete(target: Path, manifest: Manifest) -> Path:
    """Return "navo-brieven.onvolledig-20261121-220311.zip", with the moment of the backup (UTC)."""
    made_at = datetime.fromisoformat(manifest.made_at)
    return target.with_name(f"{target.stem}.onvolledig-{made_at:%Y%m%d-%H%M%S}{target.suffix}")


def _fill(writer: ArchiveWriter, connection: psycopg.Connection, say: Callable[[str], None]) -> Manifest:
    if File._meta.db_table not in database.table_names(connection):
        raise BackupError("De database heeft geen tabellen van deze site; er is niets te bewaren.")
    say("Database bewaren …")
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    left_out = _tables_left_out(connection)
    checksums = database.checksums(connection)
    (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
    pg_dump, archive = dump.dump(connection, snapshot, left_out)
    with archive as stream:
        writer.add(DUMP, stream)
    say("Originelen bewaren …")
    lost = _add_originals(writer)
    return Manifest(
        made_at=made_at,
        parser_version=PARSER_VERSION,
        server=connection.info.server_version,
        pg_dump=pg_dump,
        migrations=database.migrations(connection),
        tables={name: rows for name, rows in checksums.items() if name not in left_out},
        left_out=left_out,
        files=writer.files,
        lost=lost,
    )


def _tables_left_out(connection: psycopg.Connection) -> list[str]:
    apps_here = [config for config in apps.get_app_configs() if config.label in LEFT_OUT_APPS]
    theirs = {model._meta.db_table for config in apps_here for model in config.get_models()}
    return [name for name in database.table_names(connection) if name in theirs]


def _add_originals(writer: ArchiveWriter) -> dict[str, list[str]]:
    """Add every original once; return those that are missing or damaged, with the letters they belong to."""
    used_by: dict[str, list[str]] = {}
    rows = File.objects.order_by("sha256", "pk").values_list("sha256", "edition__letter__slug", "name")
    for sha256, slug, name in rows.iterator():
        used_by.setdefault(sha256, []).append(f"{slug} ({name})")
    lost = {}
    for sha256, letters in tqdm(used_by.items(), unit="origineel", disable=None):
        try:
            with originals.open(sha256) as original:
                data = original.read()
        except OSError as error:
            if not (isinstance(error, (FileNotFoundError, originals.Damaged)) or error.errno == errno.EIO):
                raise BackupError(f"De opslag van originelen gaf een fout: {error}") from error
            lost[sha256] = letters
        else:
            writer.add(f"originals/{sha256}", BytesIO(data))
    return lost
