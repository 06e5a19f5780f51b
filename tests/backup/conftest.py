"""Fixtures for backup and restore: one site that is filled once, its backup, and places to put that back."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.backup.places import Databases, Place
from tests.system_postgres import EMBEDDED_MAJOR, OLDEST_MAJOR, cluster, installed_programs

PASSWORD = "/geheim wachtwoord?#&"


@pytest.fixture(scope="package")
def databases() -> Iterator[Databases]:
    """Make databases, without waiting for the disk where the server is that of the tests: dropping one takes long."""
    databases = Databases()
    databases.wait_for_disk(False)
    yield databases
    databases.drop()
    databases.wait_for_disk(True)


@pytest.fixture(scope="package")
def source(databases, tmp_path_factory) -> Place:
    """A site that is filled once, and that no test changes."""
    place = Place(databases.make(), tmp_path_factory.mktemp("source"))
    for command in [
        ["migrate", "--verbosity=0"],
        ["shell", "-c", "from tests.backup.filled_site import fill; fill()"],
    ]:
        done = place.run(*command)
        assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="package")
def backup_file(source, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "navo-brieven.zip"
    made = source.run("backup", file)
    assert made.returncode == 0, made.stderr
    return file


@pytest.fixture
def target(databases, tmp_path) -> Place:
    """A place with nothing in it."""
    return Place(databases.make(), tmp_path / "target")


@pytest.fixture
def copy(databases, source, tmp_path) -> Place:
    """The source once more, for a test that changes it."""
    shutil.copytree(source.data, tmp_path / "copy")
    return Place(databases.make(template=source.database), tmp_path / "copy")


@pytest.fixture
def older_postgresql(tmp_path) -> Iterator[Place]:
    """A place with nothing in it, on an older PostgreSQL of the system that asks for a password."""
    older = [
        programs for major, programs in installed_programs().items() if OLDEST_MAJOR <= major < EMBEDDED_MAJOR
    ]
    if not older:
        pytest.skip("No older PostgreSQL is installed (Debian: apt install postgresql)")
    with cluster(older[0]) as address:
        server = address.replace("///navo", "///postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE navo")
            connection.execute(sql.SQL("ALTER ROLE navo PASSWORD {}").format(PASSWORD))
            (access,) = connection.execute("SHOW hba_file").fetchone()
            Path(access).write_text("local all all scram-sha-256\n")
            connection.execute("SELECT pg_reload_conf()")
        yield Place(f"{address}&password={quote(PASSWORD, safe='')}", tmp_path / "older")
