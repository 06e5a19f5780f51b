"""Fill, back up, destroy, restore, compare: the command that puts a backup back, as it is called."""

import dataclasses
import os
import re
import signal
import urllib.request
from pathlib import Path

import pytest
from psycopg import sql
from psycopg.errors import LockNotAvailable

from letters.backup import archive, database
from letters.backup.restoring import FILLED_BY_MIGRATE
from letters.backup.words import BackupError
from tests.backup.places import Place, one_line, without_who_logs_in
from tests.test_serve import Server


def rewritten(backup_file: Path, target: Path, **changes) -> Path:
    """Write a backup with the same members as another, and a manifest in which something was changed."""
    with (
        archive.opened(backup_file) as backup,
        target.open("w+b") as file,
        archive.ArchiveWriter(file) as writer,
    ):
        for name in backup.manifest.files:
            writer.add(name, backup.open(name))
        writer.close(dataclasses.replace(backup.manifest, **changes))
    return target


def test_every_row_every_definition_and_every_original_comes_back(source, backup_file, target):
    restored = target.run("restore", backup_file)

    with target.connect() as connection:
        (last,) = connection.execute("SELECT max(id) FROM letters_paragraph").fetchone()
        (following,) = connection.execute("SELECT nextval('letters_paragraph_id_seq')").fetchone()
        connection.execute("SELECT setval('letters_paragraph_id_seq', %s)", [last])
    assert (restored.returncode, restored.stderr) == (0, "")
    assert following == last + 1
    assert target.tables() == without_who_logs_in(source.tables())
    assert target.definitions() == source.definitions()
    assert target.originals() == source.originals()
    assert len(source.originals()) == 4
    assert re.search(
        r"Teruggezet uit .*: 2 brieven, 4 originelen, \d,\d s\. Iedereen moet zich opnieuw aanmelden\.\n$",
        restored.stdout,
    )


def test_a_bare_checkout_serves_what_was_restored_with_a_database_of_its_own(source, backup_file, tmp_path):
    data = tmp_path / "data"

    restored = Place("", data).run("restore", backup_file)

    server = Server(data)
    try:
        started = "".join(server.lines_until_ready())
        letters = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/brieven/").read().decode()
    finally:
        server.stop(signal.SIGINT)
        server.remove()
    with source.connect() as connection:
        (published,) = connection.execute(
            "SELECT slug FROM letters_letter WHERE status = 'published'"
        ).fetchall()
    assert restored.returncode == 0
    assert "wachtwoord" not in started
    assert re.findall(r'line__title"><a href="/brieven/([^/"?]+)/["?]', letters) == list(published)


def test_a_backup_goes_to_an_older_postgresql_and_back_with_a_password(
    source, backup_file, target, older_postgresql, tmp_path
):
    there = older_postgresql.run("restore", backup_file)
    kept = older_postgresql.run("backup", tmp_path / "backup.zip")
    back = target.run("restore", tmp_path / "backup.zip")

    assert [(done.returncode, done.stderr) for done in (there, kept, back)] == [(0, "")] * 3
    assert target.tables() == without_who_logs_in(source.tables())
    assert target.originals() == source.originals()


def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(backup_file, target, tmp_path):
    file = tmp_path / "backup.zip"
    file.write_bytes(backup_file.read_bytes()[:-1])

    refused = target.run("restore", file)

    assert one_line(refused).startswith(f"{file} is geen hele back-up van deze site: ")
    assert target.tables() == {}
    assert not (target.data / "originals").exists()


def test_a_database_with_data_is_replaced_only_when_asked_and_then_as_a_whole(source, backup_file, copy):
    with copy.connect() as connection:
        connection.execute("UPDATE letters_letter SET subject = 'Gewijzigd'")
        connection.execute("CREATE TYPE mood AS ENUM ('goed')")
        connection.execute(
            "CREATE TABLE of_another_version (note_id bigint REFERENCES letters_note, how mood)"
        )
        connection.execute("CREATE VIEW letters_by_mood AS SELECT * FROM of_another_version")
    before = copy.tables()

    refused = copy.run("restore", backup_file)
    kept = copy.tables()
    replaced = copy.run("restore", backup_file, "--replace")

    sentence = one_line(refused)
    assert sentence.startswith("De database bevat al gegevens: 2 brieven, 3 bijeenkomsten, 39 onderwerpen, ")
    assert sentence.endswith(" (2 brieven), voeg dan --replace toe.")
    assert kept == before
    assert replaced.returncode == 0
    assert "Wordt vervangen: 2 brieven, 3 bijeenkomsten, 39 onderwerpen, " in replaced.stdout
    assert copy.tables() == without_who_logs_in(source.tables())
    assert copy.definitions() == source.definitions()


def test_a_database_with_only_what_migrate_puts_in_is_filled_without_asking(source, backup_file, copy):
    with copy.connect() as connection:
        filled = [sql.Identifier(name) for name in copy.tables() if name not in FILLED_BY_MIGRATE]
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(filled)))

    restored = copy.run("restore", backup_file)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert "Wordt vervangen" not in restored.stdout
    assert copy.tables() == without_who_logs_in(source.tables())


def test_a_database_in_use_is_left_alone(backup_file, copy):
    before = copy.tables()

    with copy.connect():
        refused = copy.run("restore", backup_file, "--replace")

    assert re.fullmatch(
        r"De database is in gebruik: 1 andere verbinding \(\w+\)\. "
        r"Stop eerst de site, en wat er verder met de database is verbonden\.",
        one_line(refused),
    )
    assert copy.tables() == before


def test_others_are_noticed_also_by_a_role_that_may_not_see_what_they_do(copy):
    with copy.connect() as ours, copy.connect():
        ours.execute("SET ROLE pg_signal_backend")

        with pytest.raises(BackupError, match="De database is in gebruik: 1 andere verbinding"):
            database.require_to_be_alone(ours)


def test_nobody_reads_or_writes_while_originals_come_back_however_long_that_takes(source, backup_file, copy):
    with copy.connect() as connection:
        connection.execute(
            f"ALTER DATABASE {copy.database} SET idle_in_transaction_session_timeout = '500ms'"
        )
    slow = next(file for file in (copy.data / "originals").rglob("*") if file.is_file())
    slow.unlink()
    os.mkfifo(slow)

    running = copy.start("restore", backup_file, "--replace")
    until = next(line for line in running.stdout if line == "Originelen terugzetten …\n")
    with slow.open("wb"), copy.connect() as late:  # the restore waits for what we write
        late.execute("SET lock_timeout = '1s'")
        with pytest.raises(LockNotAvailable):
            late.execute("SELECT FROM letters_letter")
    _rest, complaints = running.communicate()

    assert until
    assert (running.returncode, complaints) == (0, "")
    assert copy.tables() == without_who_logs_in(source.tables())
    assert copy.originals() == source.originals()


@pytest.mark.parametrize("moment", ["Database terugzetten …", "Database controleren …"])
def test_a_restore_that_is_killed_leaves_the_database_as_it_was(backup_file, copy, moment):
    with copy.connect() as connection:
        connection.execute("UPDATE letters_letter SET subject = 'Van vandaag'")
    before = copy.tables(), copy.definitions(), copy.originals()

    running = copy.start("restore", backup_file, "--replace")
    until = next(line for line in running.stdout if line.strip() == moment)
    running.kill()
    running.communicate()

    assert until
    assert running.returncode == -signal.SIGKILL
    assert (copy.tables(), copy.definitions(), copy.originals()) == before


def test_what_does_not_come_back_as_it_was_is_not_committed(backup_file, copy, tmp_path):
    before = copy.tables()
    with archive.opened(backup_file) as backup:
        said = backup.manifest.tables
    wrong = {**said, "letters_note": dataclasses.replace(said["letters_note"], checksum="1")}
    file = rewritten(backup_file, tmp_path / "backup.zip", tables=wrong)

    refused = copy.run("restore", file, "--replace")

    assert one_line(refused) == (
        "Na het terugzetten klopt de inhoud niet van letters_note. "
        "De database is gebleven zoals hij was; meld dit bij wie de site onderhoudt."
    )
    assert copy.tables() == before


def test_a_backup_of_a_newer_version_of_the_site_is_refused(backup_file, target, tmp_path):
    with archive.opened(backup_file) as backup:
        said = backup.manifest.migrations
    newer = {**said, "letters": [*said["letters"], "0999_from_the_future"]}
    file = rewritten(backup_file, tmp_path / "backup.zip", migrations=newer)

    refused = target.run("restore", file)

    assert one_line(refused) == (
        "Deze back-up komt van een nieuwere versie van de site (hier onbekend: letters.0999_from_the_future). "
        "Werk eerst de site bij."
    )
    assert target.tables() == {}


def test_a_backup_of_an_older_version_of_the_site_is_brought_up_to_date(copy, target, source, tmp_path):
    with copy.connect() as connection:  # as it was before that migration
        connection.execute(
            "DELETE FROM django_migrations WHERE name = '0012_alter_user_first_name_max_length'"
        )
        connection.execute("ALTER TABLE auth_user ALTER COLUMN first_name TYPE varchar(30)")
    copy.run("backup", tmp_path / "backup.zip")

    restored = target.run("restore", tmp_path / "backup.zip")

    with target.connect() as connection:
        applied = (
            "SELECT count(*) FROM django_migrations WHERE name = '0012_alter_user_first_name_max_length'"
        )
        assert connection.execute(applied).fetchone() == (1,)
    assert restored.returncode == 0
    assert "Database bijwerken tot deze versie van de site …" in restored.stdout
    assert [line for line in target.definitions() if line[:2] == ("auth_user", "first_name")] == [
        line for line in source.definitions() if line[:2] == ("auth_user", "first_name")
    ]
    assert target.tables()["letters_paragraph"] == source.tables()["letters_paragraph"]


def test_an_original_that_was_damaged_is_put_right_and_one_that_is_not_in_the_backup_stays(
    source, backup_file, copy
):
    damaged = next(file for file in (copy.data / "originals").rglob("*") if file.is_file())
    damaged.write_bytes(b"kapot")
    (copy.data / "originals/van-later").write_bytes(b"blijft")

    copy.run("restore", backup_file, "--replace")

    assert copy.originals() == source.originals() | {"van-later": b"blijft"}
