"""One round: start, import, kill again and again at random moments, see what goes on, end, and see what is left."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

import psycopg

from tests.kill_test import blows, stored
from tests.kill_test.blows import Blow, Struck
from tests.kill_test.letters import LetterFile
from tests.kill_test.processes import POSTGRES, USERS, below_us, close, kinds_below_us, wait_until_none
from tests.kill_test.site import Site

IMPORTERS, FILES_EACH = 2, 8
MOST_BLOWS = 4
LATEST_BLOW = 5.0  # seconds after the start of a round, or after the site answered again
SECONDS_TO_ANSWER = 30
SECONDS_TO_END = 5  # for what was asked to end
SECONDS_TO_STOP = 5  # what the site promises: after so long without users, no process of PostgreSQL is left


@dataclass
class Figures:
    """What was done and found; times in seconds."""

    kills: Counter = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(
        default_factory=dict
    )  # SHA-256 of the file to the address of its letter
    wrong: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    gave_up: int = 0  # starts that ended by themselves, since the database was killed under them


class Rounds:
    """Rounds on one site, with what was found."""

    def __init__(self, site: Site, files: Iterator[LetterFile], chance: random.Random, figures: Figures):
        self.site, self.files, self.chance, self.figures = site, files, chance, figures
        self.handed_out: list[LetterFile] = []
        self.waiting: list[LetterFile] = []  # of these nothing was said yet

    def run(self, *, prepare: bool) -> str:
        """Do one round, and say in a line what happened."""
        first = len(self.handed_out) - len(self.waiting)
        self.site.start_server(prepare=prepare)
        self._start_importers(IMPORTERS)
        words = []
        for _ in range(MOST_BLOWS):
            usual = self.figures.starts[-1] if self.figures.starts else 0
            time.sleep(self.chance.uniform(0, LATEST_BLOW + (0 if words else usual)))
            was_ready = self.site.server.ready is not None
            struck, at = self._strike(blows.BLOWS)
            words.append(f"{struck.words}{'' if was_ready else ' as it started'}")
            if not self._goes_on(struck, was_ready):
                break
            words[-1] += f" ({time.monotonic() - at:.1f} s)"
            self._start_importers(IMPORTERS - sum(importer.runs for importer in self.site.importers))
        if kinds_below_us(self.site.started) & USERS:
            struck, at = self._strike(blows.LAST_BLOWS if self.site.server.runs else {blows.users_killed: 1})
            words.append(struck.words)
            self._end_importers()
        words.append(self._see_it_stop(at))
        if self.site.server.ready:
            self.figures.starts.append(self.site.server.ready - self.site.server.began)
        return f"{', '.join(words)}; {self._take_over()} of {len(self.handed_out) - first} kept"

    def _strike(self, among: dict[Blow, int]) -> tuple[Struck, float]:
        processes = below_us(self.site.started)
        struck = blows.choose(among, self.chance)(self.site, processes, self.chance)
        close(processes)
        self.figures.kills[struck.words] += 1
        return struck, time.monotonic()

    def _start_importers(self, number: int) -> None:
        """Hand out files: first those that were handed out in an earlier round, and of which nothing was said."""
        for _ in range(number):
            again, self.waiting = self.waiting[:FILES_EACH], self.waiting[FILES_EACH:]
            new = list(islice(self.files, FILES_EACH - len(again)))
            self.handed_out += new
            self.site.start_importer(again + new)

    def _goes_on(self, struck: Struck, was_ready: bool) -> bool:
        """Whoever was not told to end goes on: the server answers again, unless it was not up yet."""
        server, figures = self.site.server, self.figures
        if "web server" in struck.kinds:
            return False
        returned = self.site.seconds_until_answer(SECONDS_TO_ANSWER)
        if returned is not None:
            figures.returns += [returned] if was_ready else []
            self._compare_acknowledged()
            return True
        if server.runs:
            figures.wrong.append(
                f"after {struck.words} no answer in {SECONDS_TO_ANSWER} s: {self.site.state()}"
            )
        else:
            if was_ready or "Traceback" in server.text:
                figures.wrong.append(f"after {struck.words} the server ended: {server.text[-2000:]}")
            figures.gave_up += 1
        return False

    def _compare_acknowledged(self) -> None:
        """Compare what was said to be kept in earlier rounds with what there is."""
        with suppress(psycopg.OperationalError), stored.connect(self.site.data_dir) as connection:
            held = stored.stored_files(connection)
            lost = {
                sha256 for sha256, address in self.figures.acknowledged.items() if held.get(sha256) != address
            }
            self.figures.wrong += [f"lost: {self.figures.acknowledged[sha256]} ({sha256})" for sha256 in lost]

    def _end_importers(self) -> None:
        for importer in self.site.importers:
            importer.process.send_signal(self.chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGKILL]))

    def _see_it_stop(self, at: float) -> str:
        """Wait until nothing is left, and note how long after the last blow that was."""
        left = wait_until_none(USERS, self.site.started, at + SECONDS_TO_END)
        ended = time.monotonic()
        left |= wait_until_none(POSTGRES | {"reader", "other"}, self.site.started, ended + SECONDS_TO_STOP)
        if left:
            self.figures.wrong.append(f"{', '.join(sorted(left))} left after {SECONDS_TO_STOP} s")
        self.figures.stops.append(time.monotonic() - at)
        return f"gone in {self.figures.stops[-1]:.1f} s"

    def _take_over(self) -> int:
        """Take over what importers said, check those originals, and keep the other files for the next round."""
        files = [file for importer in self.site.importers for file in importer.files]
        said = self.site.collect_acknowledged()
        self.figures.acknowledged |= said
        self.figures.wrong += [
            f"original of {address} lost: {sha256}"
            for sha256, address in said.items()
            if not stored.original_is_whole(self.site.data_dir, sha256)
        ]
        self.waiting = [file for file in files if file.sha256 not in said] + self.waiting
        return len(said)
