"""Originals on disk: each file's bytes once, under their SHA-256, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def store(data: bytes) -> str:
    """Keep the bytes in ``ORIGINALS_DIR`` and return their SHA-256; writing is atomic, twice the same is once."""
    digest = hashlib.sha256(data).hexdigest()
    folder = Path(settings.ORIGINALS_DIR) / digest[:2]
    target = folder / digest
    if target.exists():
        return digest
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    Path(temporary.name).replace(target)
    return digest
