"""The ways in which processes of the site are ended."""

import random
import signal
from collections.abc import Callable
from dataclasses import dataclass

from tests.kill_test.processes import USERS, Process
from tests.kill_test.site import CONTROL_C, Site


@dataclass(frozen=True)
class Struck:
    """What was done, in words, and the kinds of process that it was done to."""

    words: str
    kinds: frozenset[str]


DATABASE, SERVER = frozenset({"watcher", "postmaster"}), frozenset({"web server"})
POLITE = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


def one_killed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """`kill -9` of one process, of each kind as often."""
    process = _one(processes, chance)
    process.send(signal.SIGKILL)
    return Struck(f"SIGKILL of {process.kind}", frozenset({process.kind}))


def one_asked(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """Another signal to one process."""
    process, how = _one(processes, chance), chance.choice(POLITE)
    process.send(how)
    return Struck(f"{how.name} to {process.kind}", frozenset({process.kind}))


def some_killed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """`kill -9` of several at once."""
    chosen = chance.sample(processes, chance.randint(1, len(processes)))
    for process in chosen:
        process.send(signal.SIGKILL)
    return Struck("SIGKILL of several", _kinds(chosen))


def all_killed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """`kill -9` of everything at once."""
    for process in chance.sample(processes, len(processes)):
        process.send(signal.SIGKILL)
    return Struck("SIGKILL of everything", _kinds(processes))


def database_killed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """`kill -9` of the watcher and the first process of PostgreSQL, which are one process group."""
    for process in processes:
        if process.kind in DATABASE:
            process.send(signal.SIGKILL)
    return Struck("SIGKILL of the group of the database", DATABASE)


def users_killed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """`kill -9` of whatever uses the database."""
    for process in processes:
        if process.kind in USERS:
            process.send(signal.SIGKILL)
    return Struck("SIGKILL of all users", USERS)


def interrupted(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """Ctrl-C where the server runs."""
    site.server.type(CONTROL_C)
    return Struck("Ctrl-C", SERVER)


def window_closed(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """The window in which the server runs is closed."""
    site.server.close()
    return Struck("closed terminal", SERVER)


def terminated(site: Site, processes: list[Process], chance: random.Random) -> Struck:
    """SIGTERM to the server, as a supervisor does."""
    site.server.send(signal.SIGTERM)
    return Struck("SIGTERM to the server", SERVER)


Blow = Callable[[Site, list[Process], random.Random], Struck]
# With how often each comes; most often a single process is killed.
BLOWS: dict[Blow, int] = {
    one_killed: 60,
    one_asked: 15,
    some_killed: 7,
    all_killed: 4,
    database_killed: 4,
    interrupted: 4,
    window_closed: 4,
    terminated: 2,
}
LAST_BLOWS: dict[Blow, int] = {users_killed: 5, interrupted: 3, window_closed: 3, terminated: 2}
FIRST_START_BLOWS: dict[Blow, int] = {
    all_killed: 3,
    users_killed: 3,
    one_killed: 4,
    interrupted: 2,
    window_closed: 2,
}


def choose(blows: dict[Blow, int], chance: random.Random) -> Blow:
    return chance.choices(list(blows), list(blows.values()))[0]


def _one(processes: list[Process], chance: random.Random) -> Process:
    kind = chance.choice(sorted({process.kind for process in processes}))
    return chance.choice([process for process in processes if process.kind == kind])


def _kinds(processes: list[Process]) -> frozenset[str]:
    return frozenset(process.kind for process in processes)
