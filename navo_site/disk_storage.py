"""Django's storage on disk, made durable: a file that was saved is there, whole, also after a crash or a power cut."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

PRIVATE = 0o700  # of folders; the files in them are made 0600


class DurableFileSystemStorage(FileSystemStorage):
    """Keeps files under ``MEDIA_ROOT``, for names that stand for their contents: one name is never two files.

    A file is written aside and then given its name, so that whoever opens it finds all of it or nothing.
    """

    def get_available_name(self, name, max_length=None):
        return name

    def check_reachable(self) -> None:
        """Raise ``OSError`` unless the folder can be used, with room for one more upload. Writes nothing."""
        folder = f"{self.location}/"  # a file under this name is none
        disk = os.statvfs(folder)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(f"{self.location} cannot be read, written and entered by this site")
        if (free := disk.f_bavail * disk.f_frsize) < settings.MAX_UPLOAD_BYTES:
            raise OSError(f"The disk of {self.location} is full: {free} bytes are free")

    def _save(self, name, content):
        target = Path(self.path(name))
        _make_folder(target.parent)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as aside:
            try:
                for chunk in content.chunks():
                    aside.write(chunk)
                aside.flush()
                os.fsync(aside.fileno())
                Path(aside.name).replace(target)
            except BaseException:
                Path(aside.name).unlink(missing_ok=True)
                raise
        _sync_folder(target.parent)
        return name


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder: without this a power cut can undo the renaming of a written file."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
