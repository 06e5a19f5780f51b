"""A first start that is killed halfway, and the start after it."""

import hashlib
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password

from tests.kill_test import blows, stored
from tests.kill_test.processes import POSTGRES, USERS, below_us, close, wait_until_none
from tests.kill_test.rounds import SECONDS_TO_END, SECONDS_TO_STOP, Figures
from tests.kill_test.site import Site

LATEST_BLOW = 14.0  # seconds; a first start takes about so long
SECONDS_TO_START = 120
PASSWORD = re.compile(r"beheer, wachtwoord: (?P<password>\S+) ")


@dataclass(frozen=True)
class Made:
    """What a first start makes: addresses of the sample letters to their content, and static files to theirs."""

    samples: dict[str, list[str]]
    static: dict[str, str]


def made_by(site: Site) -> Made:
    """Look at a site that runs, before anything else is imported."""
    with stored.connect(site.data_dir) as connection:
        samples = {letter.address: letter.content for letter in stored.stored_letters(connection)}
    return Made(samples, _contents(site.data_dir / "static"))


class FirstStart:
    """A site that is killed at its first start; `expected` is what a first start makes that is not."""

    def __init__(self, site: Site, expected: Made, chance: random.Random, figures: Figures):
        self.site, self.expected, self.chance, self.figures = site, expected, chance, figures

    def run(self) -> str:
        """Kill it, start it again, compare, stop it; say in a line what happened."""
        self.site.start_server(prepare=True)
        moment = self.chance.uniform(0, LATEST_BLOW)
        time.sleep(moment)
        processes = below_us(self.site.started)
        struck = blows.choose(blows.FIRST_START_BLOWS, self.chance)(self.site, processes, self.chance)
        blows.users_killed(self.site, processes, self.chance)
        close(processes)
        self.figures.kills[f"{struck.words} during a first start"] += 1
        self._see_it_stop()
        printed = self.site.server.text

        self.site.start_server(prepare=True)
        answered = self.site.seconds_until_answer(SECONDS_TO_START)
        printed += self.site.server.text
        if answered is None:
            self.figures.wrong.append(f"no start after a killed first start: {printed[-2000:]}")
        else:
            self.figures.wrong += [f"after a killed first start: {what}" for what in self._differs(printed)]
        processes = below_us(self.site.started)
        blows.users_killed(self.site, processes, self.chance)
        close(processes)
        self._see_it_stop()
        outcome = "did not start" if answered is None else f"answered after {answered:.1f} s"
        return f"first start: {struck.words} after {moment:.1f} s; the next one {outcome}"

    def _see_it_stop(self) -> None:
        at = time.monotonic()
        left = wait_until_none(USERS, self.site.started, at + SECONDS_TO_END)
        left |= wait_until_none(POSTGRES | {"other"}, self.site.started, time.monotonic() + SECONDS_TO_STOP)
        if left:
            self.figures.wrong.append(
                f"first start: {', '.join(sorted(left))} left after {SECONDS_TO_STOP} s"
            )
        self.figures.stops.append(time.monotonic() - at)

    def _differs(self, printed: str) -> list[str]:
        """What is not as after a first start without disturbance."""
        found, made = [], made_by(self.site)
        if made.samples != self.expected.samples:
            found.append(f"the sample letters are {made.samples}")
        if made.static != self.expected.static:
            found.append(f"other static files: {dict(made.static.items() ^ self.expected.static.items())}")
        with stored.connect(self.site.data_dir) as connection:
            accounts = connection.execute("SELECT username, password FROM auth_user").fetchall()
        shown = PASSWORD.findall(printed)
        if len(accounts) != 1 or not shown or not _fits(shown[-1], accounts[0][1]):
            found.append(f"accounts {accounts}, shown {shown}")
        return found


def _fits(password: str, held: str) -> bool:
    if not settings.configured:
        settings.configure()
    return check_password(password, held)


def _contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
