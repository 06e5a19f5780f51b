"""After the last round: everything that is stored, beside what an import without any disturbance stores."""

import os
import subprocess
from dataclasses import dataclass

from navo_site.embedded_postgres.cluster import DATABASE, PORT, ROLE, Cluster
from navo_site.embedded_postgres.home import account_of, account_that_makes_data
from navo_site.embedded_postgres.programs import programs_for
from tests.kill_test import stored
from tests.kill_test.rounds import Rounds
from tests.kill_test.site import Site

SECONDS_TO_START = 120


@dataclass
class Compared:
    acknowledged: int
    letters: int
    unspoken: (
        int  # files that are stored, whole, of which nothing was said: killed between the one and the other
    )
    lost: int
    half: int
    originals: int
    checks: list[str]


def compare_with_undisturbed(site: Site, undisturbed: Site, rounds: Rounds) -> Compared:
    """Start the site once more, import the same files into another, and compare. What is wrong is added to the figures."""
    figures = rounds.figures
    start(site)
    with stored.connect(site.data_dir) as connection:
        held = stored.stored_files(connection)
    lost = {sha256 for sha256, address in figures.acknowledged.items() if held.get(sha256) != address}
    figures.wrong += [f"lost: {figures.acknowledged[sha256]} ({sha256})" for sha256 in lost]
    unspoken = held.keys() & {file.sha256 for file in rounds.waiting}

    # A letter that was imported, and killed before it was published, is a draft until somebody imports it again.
    if again := [file for file in rounds.waiting if file.sha256 in held]:
        site.start_importer(again)
        site.collect_acknowledged()
    with stored.connect(site.data_dir) as connection:
        letters = stored.stored_letters(connection)
        figures.wrong += stored.loose_rows(connection)
    missing = [sha256 for sha256 in held if not stored.original_is_whole(site.data_dir, sha256)]
    figures.wrong += [f"original of {held[sha256]} is not whole: {sha256}" for sha256 in missing]
    checks = _check_database(site, figures.wrong)

    expected = _import_undisturbed(undisturbed, [file for file in rounds.handed_out if file.sha256 in held])
    half = {
        letter.address: wrong
        for letter in letters
        if (wrong := _differs(letter, expected.get(letter.address)))
    }
    figures.wrong += [
        f"{address} is not as imported without disturbance: {wrong}" for address, wrong in half.items()
    ]
    return Compared(
        acknowledged=len(figures.acknowledged),
        letters=len(letters),
        unspoken=len(unspoken),
        lost=len(lost),
        half=len(half),
        originals=len(held) - len(missing),
        checks=checks,
    )


def start(site: Site) -> None:
    """Start a server as a person does, and wait until it answers."""
    site.start_server(prepare=True)
    if site.seconds_until_answer(SECONDS_TO_START) is None:
        raise SystemExit(f"The site did not start: {site.server.text}")


def _import_undisturbed(site: Site, files: list) -> dict[str, stored.StoredLetter]:
    start(site)
    half = len(files) // 2
    for part in (files[:half], files[half:]):
        if part:
            site.start_importer(part)
    site.collect_acknowledged()
    with stored.connect(site.data_dir) as connection:
        return {letter.address: letter for letter in stored.stored_letters(connection)}


def _differs(letter: stored.StoredLetter, expected: stored.StoredLetter | None) -> str:
    """Say what is not as it should be: other rows, no file, or a file that is not there, or is read differently."""
    if expected is None:
        return "it should not be there"
    rows = set(letter.content) ^ set(expected.content)
    files = letter.files.items() - expected.files.items()
    if rows or files or len(letter.content) != len(expected.content):
        return f"{len(rows)} rows differ, such as {sorted(rows)[:2]}; files that differ: {files}"
    return "" if letter.files else "it has no file"


def _check_database(site: Site, wrong: list[str]) -> list[str]:
    """Have PostgreSQL read every row and every page, and make every index anew; then stop the site."""
    cluster = Cluster(site.data_dir)
    home, data = cluster.home, cluster.data
    programs = programs_for(account_that_makes_data(), home)
    with stored.connect(site.data_dir) as connection:
        connection.execute(f"REINDEX DATABASE {DATABASE}")
        socket_folder = connection.info.host
    where = ["--host", socket_folder, "--port", PORT, "--username", ROLE]
    _run([str(programs / "pg_dump"), *where, "--file", os.devnull, DATABASE], {}, wrong)
    site.stop()
    _run([str(programs / "pg_checksums"), "--check", "-D", str(data)], account_of(data), wrong)
    return ["every index made anew (REINDEX)", "every row read (pg_dump)", "every page (pg_checksums)"]


def _run(command: list[str], account: dict, wrong: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **account)
    if done.returncode != 0:
        wrong.append(f"{command[0]}: {done.stderr.strip()}")
