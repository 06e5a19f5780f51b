"""The data layer once more, on the PostgreSQL of the system: python -m tests.system_postgres

All tests run on the embedded PostgreSQL. A site in production may have an older one, of its administrators: where the
programs of one are installed, a cluster of its own is made with them, used, stopped and removed. Nothing that runs is touched.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from letters.backup.programs import major_version, system_folders
from navo_site.embedded_postgres.home import account_that_makes_data
from navo_site.embedded_postgres.programs import MAJOR

EMBEDDED_MAJOR = int(MAJOR)
OLDEST_MAJOR = 14  # of Django 5.2
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}


def installed_programs() -> dict[int, Path]:
    """Return the folders with programs of a PostgreSQL server that this machine has, by major version; Debian's go first."""
    whole = [
        folder
        for folder in system_folders()
        if all((folder / name).exists() for name in ("initdb", "postgres", "pg_ctl"))
    ]
    return {major_version(folder / "postgres"): folder for folder in reversed(whole)}


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Run an empty cluster on a socket in a private folder; give an address in it; stop and remove it, come what may."""
    account = account_that_makes_data()  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="navo-brieven-test-"))
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [programs / program, "-D", data, *arguments]
        subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, **account)

    try:
        if account:
            shutil.chown(folder, account["user"], account["group"])
        # The builtin locale of the embedded server does not exist before 17. This is as near as it gets.
        locale = ["--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8"]
        run("initdb", "--username=navo", "--auth=trust", "--no-sync", "--no-instructions", *locale)
        server = f"-c listen_addresses= -c fsync=off -c unix_socket_directories={shlex.quote(str(folder))}"
        try:
            run("pg_ctl", "start", "--silent", "--wait", f"--log={folder}/log", f"--options={server}")
            yield f"postgresql:///navo?user=navo&host={quote(str(folder))}"
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--silent", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def stop_on_signals() -> None:
    """Have a closed terminal or SIGTERM end this process by way of its `finally`; Ctrl-C reaches pytest, which ends by itself."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    signal.signal(signal.SIGINT, lambda *_: None)


def main() -> int:
    """Run the tests on the oldest version that is there, and return the exit status."""
    usable = {
        major: programs
        for major, programs in installed_programs().items()
        if major >= OLDEST_MAJOR and major != EMBEDDED_MAJOR
    }
    if not usable:
        sys.stdout.write("Geen andere PostgreSQL gevonden (Debian: apt install postgresql); overgeslagen.\n")
        return 0
    major = min(usable)
    sys.stdout.write(f"PostgreSQL {major} uit {usable[major]}\n")
    sys.stdout.flush()
    stop_on_signals()
    with cluster(usable[major]) as address:
        tests = [sys.executable, "-m", "pytest", "-m", "database", *sys.argv[1:]]
        return subprocess.call(tests, env=os.environ | {"DATABASE_URL": address})


if __name__ == "__main__":
    sys.exit(main())
