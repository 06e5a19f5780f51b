"""The cluster that the data layer is tested on once more, made here with the programs that the site brings."""

import re
import tempfile
from pathlib import Path

import psycopg
import pytest

from letters.backup.programs import major_version
from navo_site.embedded_postgres.home import account_that_makes_data
from navo_site.embedded_postgres.programs import programs_for
from tests.system_postgres import EMBEDDED_MAJOR, cluster


@pytest.fixture(scope="module")
def programs():
    """Give a folder with programs that the account of the server can reach, which it cannot under `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield programs_for(account_that_makes_data(), Path(folder))


def test_the_major_version_is_read_from_the_programs(programs):
    assert major_version(programs / "postgres") == EMBEDDED_MAJOR


def test_a_cluster_is_stopped_and_removed_also_when_what_used_it_fails(programs):
    addresses = []

    def use_and_fail():
        with cluster(programs) as address:
            addresses.append(address.replace("///navo", "///postgres"))
            with psycopg.connect(addresses[0]) as connection:
                assert connection.execute("SELECT upper('ï')").fetchall() == [("Ï",)]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        use_and_fail()

    assert not Path(re.search("host=(.+)", addresses[0])[1]).exists()
    with pytest.raises(psycopg.OperationalError, match="No such file or directory"):
        psycopg.connect(addresses[0])
