"""The file of a backup: what is in it, and what is refused."""

import hashlib
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from letters.backup import archive, dump, restore
from letters.backup.errors import NotWhole, OtherVersion
from letters.backup.manifest import DUMP


def test_who_is_logged_in_and_who_tried_to_is_not_in_a_backup(backup_file):
    with archive.opened(backup_file) as backup:
        manifest = backup.manifest
        with backup.open(DUMP) as dumped, dump.script(dumped, manifest.pg_dump) as script:
            statements = script.read()

    assert {"django_session", "axes_accessattempt"} <= set(manifest.left_out)
    assert b"koekje" not in statements
    assert b"192.0.2.1" not in statements
    assert b"Directie Veiligheidsbeleid" in statements


def test_one_flipped_bit_anywhere_is_seen(backup_file, tmp_path):
    whole = backup_file.read_bytes()
    file = tmp_path / "backup.zip"
    places = {*range(0, len(whole), 5_003), *range(len(whole) - 900, len(whole), 7)}

    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        with pytest.raises(NotWhole), archive.opened(file):
            pass


def test_a_backup_that_is_cut_off_or_no_backup_is_refused(backup_file, tmp_path):
    whole = backup_file.read_bytes()
    file = tmp_path / "backup.zip"

    for content in [whole[:-1], whole[: len(whole) // 2], whole + b"\n", b"", b"geen zip"]:
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


def sealed(path: Path, members: dict[str, bytes], compression: int = ZIP_STORED) -> Path:
    """Write a zip of someone who knows how a backup is sealed."""
    with ZipFile(path, "w", compression) as zip_file:
        for name, content in members.items():
            zip_file.writestr(name, content)
        zip_file.comment = b"0" * archive.SEAL_LENGTH
    content = path.read_bytes()[: -archive.SEAL_LENGTH]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())
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
        (whole | {original: b"iets anders"}, f"{original} is niet wat manifest.json zegt"),
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
        file = sealed(tmp_path / f"{number}.zip", content)
        with pytest.raises(NotWhole) as refused, archive.opened(file):
            pass
        assert str(refused.value) == f"{file} is geen hele back-up van deze site: {reason}."
    bomb = sealed(tmp_path / "bom.zip", whole | {original: bytes(10_000_000)}, ZIP_DEFLATED)
    with pytest.raises(NotWhole, match="er zit een ingepakt bestand in"), archive.opened(bomb):
        pass
    other = sealed(tmp_path / "2.zip", {"manifest.json": json.dumps(manifest | {"version": 2}).encode()})
    with (
        pytest.raises(OtherVersion, match="heeft vorm 2; deze versie van de site kent alleen vorm 1"),
        archive.opened(other),
    ):
        pass
