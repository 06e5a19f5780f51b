"""The file of a backup: a zip whose members are stored as they are.

Nothing is deflated: the dump and most originals are compressed already, and a member that is merely stored cannot be a
zip bomb. The manifest has the SHA-256 of every other member, and the zip has a CRC-32 of the manifest: what is not as it
was written is refused. Nothing is ever unpacked under a name from the file.
"""

import errno
import hashlib
import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from letters.backup.manifest import Manifest, Stored, read_manifest
from letters.backup.words import BackupError, NotWhole

MANIFEST = "manifest.json"
PIECE = 1024 * 1024  # bytes that are in memory at once
#: What zipfile raises on a file that is no zip, or a damaged one.
BROKEN = (BadZipFile, EOFError, RuntimeError, ValueError, ArithmeticError, struct.error)


@contextmanager
def unfinished_beside(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a private file in the target's folder, which is gone at the end unless `finish` gave it the target's name.

    Its mode is 0600 from the start: it holds hashes of passwords and letters that are not published.
    Raises BackupError with what is wrong, from a folder that is not there to a full disk. Whoever fills it keeps other
    errors of the operating system than those of this file out of here.
    """
    _check_target(target, overwrite=overwrite)
    try:
        with tempfile.NamedTemporaryFile(
            "w+b", dir=target.parent, prefix=f".{target.name}-", suffix=".onaf", delete=False
        ) as file:
            try:
                yield file
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(file.name)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        problem = "de schijf is vol" if full else error.strerror or str(error)
        raise BackupError(f"{target} kan niet worden geschreven: {problem}.") from error


def _check_target(target: Path, *, overwrite: bool) -> None:
    """Raise BackupError when the file may not come there."""
    if target.is_dir():
        raise BackupError(f"{target} is een map. Noem een bestand, zoals {target / 'navo-brieven.zip'}.")
    if not target.parent.is_dir():
        raise BackupError(f"De map {target.parent} bestaat niet. Maak die eerst.")
    if (target.exists() or target.is_symlink()) and not overwrite:
        raise BackupError(_exists(target))


def _exists(target: Path) -> str:
    return f"{target} bestaat al en blijft zoals het is. Kies een andere naam, of voeg --overwrite toe."


def finish(file: BinaryIO, target: Path, *, overwrite: bool) -> None:
    """Give a whole file its name, on disk for good; also what came there since `_check_target` is not overwritten unasked."""
    if not overwrite:
        try:
            target.touch(mode=0o600, exist_ok=False)  # takes the name, also on a disk that has no hard links
        except FileExistsError as error:
            raise BackupError(_exists(target)) from error
    os.replace(file.name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class ArchiveWriter:
    """Fills an empty file, in a `with`; what went in stands in ``files``. `close` comes last."""

    def __init__(self, file: BinaryIO):
        self.files: dict[str, Stored] = {}
        self._file = file
        self._zip = ZipFile(file, "w", ZIP_STORED)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        """Close what was not closed, or it would complain when it is forgotten; on a full disk that too fails."""
        with suppress(OSError):
            self._zip.close()

    def add(self, name: str, source: BinaryIO) -> None:
        """Copy a stream into the zip, a piece at a time."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(ZipInfo(name), "w", force_zip64=True) as member:
            while piece := source.read(PIECE):
                digest.update(piece)
                size += member.write(piece)
        self.files[name] = Stored(digest.hexdigest(), size)

    def close(self, manifest: Manifest) -> None:
        """Add the manifest, and see to it that all is on disk."""
        self._zip.writestr(ZipInfo(MANIFEST), manifest.to_json())
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())


class Backup:
    """A backup of which every byte was checked."""

    def __init__(self, zip_file: ZipFile, manifest: Manifest):
        self._zip = zip_file
        self.manifest = manifest

    def open(self, name: str) -> BinaryIO:
        """Return the contents of a member as a stream."""
        return self._zip.open(name)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup and check all of it first; raise NotWhole, or BackupError for a format not known here."""
    with ExitStack() as stack:
        try:
            zip_file = stack.enter_context(ZipFile(stack.enter_context(path.open("rb"))))
            manifest = _checked_manifest(zip_file)
        except NotWhole as error:
            raise NotWhole(f"{path} is geen hele back-up van deze site: {error}.") from error
        except OSError as error:
            raise NotWhole(f"{path} kan niet worden gelezen ({error.strerror or error}).") from error
        except BROKEN as error:
            raise NotWhole(
                f"{path} is geen hele back-up van deze site: "
                "het bestand is beschadigd, afgekapt, of niet door script/backup gemaakt."
            ) from error
        yield Backup(zip_file, manifest)


def _checked_manifest(zip_file: ZipFile) -> Manifest:
    """Return the manifest of a zip that holds exactly what its manifest says, to the byte."""
    infos = zip_file.infolist()
    if any(info.compress_type != ZIP_STORED or info.file_size != info.compress_size for info in infos):
        raise NotWhole("er zit een ingepakt bestand in")
    if sum(info.file_size for info in infos) > os.fstat(zip_file.fp.fileno()).st_size:
        raise NotWhole("er zou meer in zitten dan het groot is")
    names = [info.filename for info in infos]
    if MANIFEST not in names:
        raise NotWhole("manifest.json ontbreekt")
    manifest = read_manifest(zip_file.read(MANIFEST))
    if sorted(names) != sorted([*manifest.files, MANIFEST]):
        raise NotWhole("er zitten andere bestanden in dan manifest.json zegt")
    for name, stored in manifest.files.items():
        with zip_file.open(name) as member:
            if zip_file.getinfo(name).file_size != stored.size or _digest(member) != stored.sha256:
                raise NotWhole(f"{name} is niet wat manifest.json zegt")
    return manifest


def _digest(stream: BinaryIO) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()
