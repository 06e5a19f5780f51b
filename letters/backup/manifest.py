"""What a backup says about itself: ``manifest.json``, by which everything else in the file is checked."""

import json
import re
from dataclasses import asdict, dataclass

from letters.backup.words import BackupError, NotWhole

FORMAT = "navo-brieven-backup"
VERSION = 1
DUMP = "database.dump"
#: "originals/2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
ORIGINAL = re.compile(r"originals/([0-9a-f]{64})")


@dataclass(frozen=True)
class Stored:
    """The contents of one member of the zip."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Rows:
    """All rows of one table; ``letters.backup.tables`` says how the checksum is made."""

    count: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """``server`` is PostgreSQL's version number (180004), ``pg_dump`` that program's major version (18).
    ``left_out`` names the tables whose rows are not kept; ``lost`` gives for the SHA-256 of each original that
    was missing or damaged the letters that had it, as "kst-28676-446 (brief.pdf)".
    """

    made_at: str
    parser_version: int
    server: int
    pg_dump: int
    migrations: dict[str, list[str]]
    tables: dict[str, Rows]
    left_out: list[str]
    files: dict[str, Stored]
    lost: dict[str, list[str]]

    @property
    def originals(self) -> list[str]:
        """The SHA-256 of each original in the backup."""
        return [found[1] for name in self.files if (found := ORIGINAL.fullmatch(name))]

    @property
    def letters(self) -> int:
        return self.tables["letters_letter"].count

    def to_json(self) -> bytes:
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest; raise NotWhole for what is none, BackupError for a format that this site does not know."""
    try:
        read = json.loads(data)
        if read.pop("format") != FORMAT:
            raise NotWhole("manifest.json is niet van deze site")
        version = read.pop("version")
        if version != VERSION:
            raise BackupError(
                f"Deze back-up heeft vorm {version}; deze versie van de site kent alleen vorm {VERSION}. "
                "Zet hem terug met de versie van de site die hem maakte, of werk de site bij."
            )
        read["tables"] = {name: Rows(**rows) for name, rows in read["tables"].items()}
        read["files"] = {name: Stored(**stored) for name, stored in read["files"].items()}
        manifest = Manifest(**read)
        _check(manifest)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotWhole("manifest.json is niet te lezen") from error
    return manifest


def _check(manifest: Manifest) -> None:
    """Raise NotWhole when it names members that a backup does not have, or an original by another name than its own."""
    for name, stored in manifest.files.items():
        original = ORIGINAL.fullmatch(name)
        if original and original[1] != stored.sha256:
            raise NotWhole(f"{name} heeft een andere inhoud dan zijn naam zegt")
        if not (original or name == DUMP):
            raise NotWhole(f"{name} hoort niet in een back-up")
    if DUMP not in manifest.files or "letters_letter" not in manifest.tables:
        raise NotWhole("de database zit er niet in")
