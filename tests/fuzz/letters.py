"""The whole letters that mutants are made of: those of the tests, and those that we wrote, in every format."""

import tempfile
from functools import cache
from pathlib import Path

from letters.parsing.readers.detection import SUFFIXES
from tests import corpus

LETTERS = Path(__file__).parent.parent / "letters"
READERS = ("pdf", "docx", "odt", "html", "xml", "txt")


@cache
def letters() -> dict[str, tuple[tuple[str, bytes], ...]]:
    """For each reader the names and bytes of its letters, always in the same order."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.write(Path(folder))
        paths = [*LETTERS.iterdir(), *(Path(folder) / "letters").iterdir()]
        files = sorted((path.name, path.read_bytes()) for path in paths if path.suffix in SUFFIXES)
    return {
        reader: tuple((name, data) for name, data in files if name.endswith(f".{reader}"))
        for reader in READERS
    }
