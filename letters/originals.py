"""Originals: each file's bytes once, under their SHA-256, never changed. The only module that knows where they lie.

That is a setting (``STORAGES["default"]``): a folder of this machine, or S3-compatible storage that machines share.
Whatever fails is an ``OSError``, whose message is for logs: it may name folders and hosts.
"""

import hashlib

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

PROBE, PROBE_BYTES = "controle", b"Wat hier wordt geschreven is ook te lezen.\n"


class Unavailable(OSError):
    """An original that is held cannot be had now."""


class Damaged(OSError):
    """What is stored under a SHA-256 has another one."""


def store(data: bytes) -> str:
    """Keep the bytes and return their SHA-256, when they have been written and read back.

    Twice the same is once; what was damaged or written half before is put right.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        open(sha256).close()
    except (FileNotFoundError, Damaged):
        default_storage.save(_name(sha256), ContentFile(data))
        open(sha256).close()
    return sha256


def open(sha256: str) -> File:
    """Return the bytes as an open file, compared with their SHA-256 first.

    Raises ``FileNotFoundError`` when they are not held, ``Damaged`` when what is held are other bytes.
    """
    file = default_storage.open(_name(sha256))
    try:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise Damaged(f"The original {sha256} is damaged: its bytes have SHA-256 {digest.hexdigest()}")
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def check_reachable() -> None:
    """Look, without writing and for a few seconds at most, whether storage is there; raises ``OSError`` when it is not."""
    default_storage.check_reachable()


def check() -> None:
    """Write and read a small file of our own; raises ``OSError`` when either does not succeed."""
    default_storage.save(PROBE, ContentFile(PROBE_BYTES))
    with default_storage.open(PROBE) as file:
        if file.read() != PROBE_BYTES:
            raise Damaged(f"{PROBE!r} in the storage of originals is not what was written")


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
