"""Which files below a folder are together one letter."""

from collections.abc import Iterable
from pathlib import Path

#: "kst-28676-446.metadata.xml" stands beside the text that it is about: "kst-28676-446.xml", ".html" or ".pdf".
METADATA = ".metadata.xml"
#: The text that metadata goes with, where there are more.
TEXTS = (".xml", ".html", ".pdf")


def letters_in(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """The files of each letter: each file is one, with the metadata beside it.

    In order of path; hidden files and folders are left out. Metadata without a text stands alone (``is_metadata``).
    Raises ``FileNotFoundError``.
    """
    files = [file for path in paths for file in _files_in(path)]
    held = set(files)
    beside = {text: file for file in files if is_metadata(file) and (text := _text_of(file, held))}
    with_text = set(beside.values())
    return [(file, beside[file]) if file in beside else (file,) for file in files if file not in with_text]


def is_metadata(file: Path) -> bool:
    return file.name.endswith(METADATA)


def _text_of(metadata: Path, files: set[Path]) -> Path | None:
    stem = metadata.name.removesuffix(METADATA)
    texts = [metadata.with_name(stem + suffix) for suffix in TEXTS]
    return next((text for text in texts if text in files), None)


def _files_in(path: Path) -> list[Path]:
    if not path.exists():
        raise FileNotFoundError(path)
    if path.is_file():
        return [path]
    below = sorted(file for file in path.rglob("*") if file.is_file())
    return [file for file in below if not any(part.startswith(".") for part in file.relative_to(path).parts)]
