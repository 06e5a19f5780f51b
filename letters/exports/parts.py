"""How what is written goes out: in parts, from a stream of texts or from a file."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings

PART = 64 * 1024  # bytes, or characters of text


def joined(texts: Iterable[str]) -> Iterator[bytes]:
    """Texts as UTF-8, in parts: a part for each row would cost more than the row."""
    held, length = [], 0
    for text in texts:
        held.append(text)
        length += len(text)
        if length >= PART:
            yield "".join(held).encode()
            held, length = [], 0
    if held:
        yield "".join(held).encode()


@contextmanager
def temporary_file() -> Iterator[BinaryIO]:
    """A file without a name, gone with whoever wrote it; beside what is uploaded, as /tmp may be memory."""
    settings.UPLOADS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.UPLOADS_DIR) as file:
        yield file


def of_file(file: BinaryIO) -> Iterator[bytes]:
    """All of a file, from its start."""
    file.seek(0)
    while part := file.read(PART):
        yield part
