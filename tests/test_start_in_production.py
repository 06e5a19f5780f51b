"""What keeps the site from starting in production: one sentence that says what to do, and an exit status."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils.timezone import now

from letters.management.commands.serve import host_and_port
from tests.conftest import address_of_test_database
from tests.production import HOST, SECRET_KEY, ProductionSite


@pytest.fixture
def serve(tmp_path):
    """Start the site on a free port, and wait until it has ended."""

    def run(**environment: str) -> subprocess.CompletedProcess:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        return subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env={
                "PATH": os.environ["PATH"],
                "PRODUCTION": "1",
                "SECRET_KEY": SECRET_KEY,
                "ALLOWED_HOSTS": HOST,
                "TAG_AUTHORITY": HOST,
                "DATA_DIR": str(tmp_path / "data"),
                "STATIC_ROOT": str(settings.STATIC_ROOT),
                "PORT": port,
            }
            | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def empty_database(transactional_db):
    """Make a database without tables beside that of the tests, and give its address."""
    parameters = connection.get_connection_params()
    where = {key: parameters[key] for key in ["host", "port", "user", "password"] if parameters.get(key)}
    name = f"{parameters['dbname']}_leeg"
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as elsewhere:
        elsewhere.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        yield address_of_test_database().replace(parameters["dbname"], name, 1)
        elsewhere.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))


def test_a_database_that_is_not_there(serve):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens: whoever connects is refused
        port = taken.getsockname()[1]

        outcome = serve(DATABASE_URL=f"postgresql://navo:geheim@127.0.0.1:{port}/navo")

    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.startswith("CommandError: De database is niet te bereiken (")
    assert "Connection refused" in outcome.stderr
    assert outcome.stderr.endswith("Klopt DATABASE_URL, en draait PostgreSQL daar?\n")
    assert "geheim" not in outcome.stderr


def test_a_database_of_another_version(serve, empty_database):
    outcome = serve(DATABASE_URL=empty_database)

    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.startswith("CommandError: De database is nog niet van deze versie: ")
    assert outcome.stderr.endswith("Voer eerst uit: python manage.py migrate, en daarna load_topics.\n")


def test_style_sheets_that_were_not_collected(serve, transactional_db, tmp_path):
    outcome = serve(DATABASE_URL=address_of_test_database(), STATIC_ROOT=str(tmp_path / "static"))

    assert outcome.returncode == 1
    assert outcome.stderr == (
        f"CommandError: In STATIC_ROOT ({tmp_path}/static) staan geen verzamelde stijlbladen en scripts. "
        "Voer eerst uit: python manage.py collectstatic --no-input\n"
    )


def test_originals_that_cannot_be_kept(serve, transactional_db, collected_static, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/originals").write_text("geen map")

    outcome = serve(DATABASE_URL=address_of_test_database())

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("CommandError: Originelen van brieven zijn niet te bewaren ([Errno ")
    assert outcome.stderr.endswith(
        "Klopt DATA_DIR, of bij opslag in een bucket S3_…, en is er ruimte en toegang om te schrijven?\n"
    )
    assert outcome.stderr.count("\n") == 1


def test_what_may_no_longer_be_kept_goes_at_a_start(transactional_db, collected_static, tmp_path):
    session = SessionStore()
    session.set_expiry(now() - timedelta(hours=1))
    session.save()

    ProductionSite(tmp_path).stop()

    assert not session.exists(session.session_key)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("127.0.0.1", "127.0.0.1:8000"), ("localhost", "localhost:8000"), ("::1", "[::1]:8000")],
)
def test_an_address_is_written_as_in_a_url(address, shown):
    assert host_and_port(address, 8000) == shown


@pytest.mark.parametrize(("address", "shown"), [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "[2001:db8::1]")])
def test_an_address_where_it_cannot_listen(serve, transactional_db, collected_static, address, shown):
    outcome = serve(DATABASE_URL=address_of_test_database(), LISTEN_ADDRESS=address)

    assert outcome.returncode == 1
    assert outcome.stderr.startswith(f"CommandError: Op {shown}:")
    assert outcome.stderr.count("\n") == 1
