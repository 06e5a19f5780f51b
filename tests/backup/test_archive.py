"""The file of a backup: what is in it, and what is refused."""

import hashlib
import json
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from letters.backup import archive, dump
from letters.backup.manifest import DUMP
from letters.backup.restoring import restore
from letters.backup.words import BackupError, NotWhole


def test_who_is_logged_in_and_who_tried_to_is_not_in_a_backup(backup_file):
    with archive.opened(backup_file) as backup:
        manifest = backup.manifest
        with backup.open(DUMP) as dumped, dump.script(dumped, manifest.pg_dump) as script:
            statements = script.read()

    assert {"django_session", "axes_accessattempt"} <= set(manifest.left_out)
    assert b"koekje" not in statements
    assert b"192.0.2.1" not in statements
    assert b"Directie Veiligheidsbeleid" in statements


def contents(file: Path) -> tuple:
    """Return all that a restore takes from a backup."""
    with archive.opened(file) as backup:
        return backup.manifest, {name: backup.open(name).read() for name in backup.manifest.files}


def test_after_one_flipped_bit_a_backup_is_refused_or_gives_the_very_same(backup_file, tmp_path):
    whole = backup_file.read_bytes()
    file = tmp_path / "backup.zip"
    headers = [found.start() + at for found in re.finditer(b"PK", whole) for at in range(0, 46, 2)]
    places = {*range(0, len(whole), 9_973), *range(len(whole) - 2_500, len(whole), 11), *headers}
    before = contents(backup_file)

    refused = 0
    for place in sorted(places & set(range(len(whole)))):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        try:
            assert contents(file) == before
        except NotWhole:
            refused += 1
    assert refused > len(range(0, len(whole), 9_973)) / 2


def test_one_flipped_bit_in_what_is_restored_is_refused(backup_file, tmp_path):
    whole = backup_file.read_bytes()
    file = tmp_path / "backup.zip"
    with ZipFile(backup_file) as zip_file:
        members = zip_file.infolist()

    for member in members:
        start = member.header_offset + 200  # behind its header
        for place in range(start, member.header_offset + member.file_size, member.file_size // 5):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << place % 8
            file.write_bytes(damaged)
            with pytest.raises(NotWhole), archive.opened(file):
                pass


def test_a_backup_that_is_cut_off_or_no_backup_is_refused(backup_file, tmp_path):
    whole = backup_file.read_bytes()
    file = tmp_path / "backup.zip"

    for content in [whole[:-1], whole[: len(whole) // 2], whole[:100], b"", b"geen zip"]:
        file.write_bytes(content)
        with pytest.raises(NotWhole) as refused, archive.opened(file):
            pass
        assert str(refused.value) == (
            f"{file} is geen hele back-up van deze site: "
            "het bestand is beschadigd, afgekapt, of niet door script/backup gemaakt."
        )


def test_a_backup_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(NotWhole) as refused:
        restore(tmp_path / "weg.zip")

    assert str(refused.value) == f"{tmp_path}/weg.zip kan niet worden gelezen (No such file or directory)."


def made_by_hand(path: Path, members: dict[str, bytes], compression: int = ZIP_STORED) -> Path:
    with ZipFile(path, "w", compression) as zip_file:
        for name, content in members.items():
            zip_file.writestr(name, content)
    return path


def test_a_file_made_by_hand_is_refused_by_what_is_in_it(backup_file, tmp_path):
    with archive.opened(backup_file) as backup:
        manifest = json.loads(backup.manifest.to_json())
        members = {name: backup.open(name).read() for name in backup.manifest.files}
    original = next(name for name in members if name.startswith("originals/"))
    away = {"../../etc/passwd": {"sha256": hashlib.sha256(b"").hexdigest(), "size": 0}}
    whole = members | {"manifest.json": json.dumps(manifest).encode()}
    cases = [
        ({}, "manifest.json ontbreekt"),
        (members, "manifest.json ontbreekt"),
        ({"manifest.json": b"{"}, "manifest.json is niet te lezen"),
        ({"manifest.json": b"[]"}, "manifest.json is niet te lezen"),
        ({"manifest.json": b'{"format": "andere site"}'}, "manifest.json is niet van deze site"),
        (whole | {"extra": b""}, "er zitten andere bestanden in dan manifest.json zegt"),
        (whole | {original: bytes(len(members[original]))}, f"{original} is niet wat manifest.json zegt"),
        (
            whole | {"manifest.json": json.dumps(manifest | {"files": manifest["files"] | away}).encode()},
            "../../etc/passwd hoort niet in een back-up",
        ),
        (
            whole | {"manifest.json": json.dumps(manifest | {"files": {}}).encode()},
            "de database zit er niet in",
        ),
    ]

    for number, (content, reason) in enumerate(cases):
        file = made_by_hand(tmp_path / f"{number}.zip", content)
        with pytest.raises(NotWhole) as refused, archive.opened(file):
            pass
        assert str(refused.value) == f"{file} is geen hele back-up van deze site: {reason}."
    bomb = made_by_hand(tmp_path / "bom.zip", whole | {original: bytes(10_000_000)}, ZIP_DEFLATED)
    with pytest.raises(NotWhole, match="er zit een ingepakt bestand in"), archive.opened(bomb):
        pass
    other = made_by_hand(
        tmp_path / "2.zip", {"manifest.json": json.dumps(manifest | {"version": 2}).encode()}
    )
    with (
        pytest.raises(BackupError, match="heeft vorm 2; deze versie van de site kent alleen vorm 1"),
        archive.opened(other),
    ):
        pass
