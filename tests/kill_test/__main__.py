"""The command: rounds of killing, then everything compared."""

import argparse
import random
import secrets
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.kill_test.comparison import Compared, compare_with_undisturbed, start
from tests.kill_test.first_start import FirstStart, made_by
from tests.kill_test.letters import write_letters
from tests.kill_test.processes import adopt_orphans, below_us, close
from tests.kill_test.rounds import Figures, Rounds
from tests.kill_test.site import Site

KILLS_PER_FIRST_START, ROUNDS_PER_PREPARE = 15, 6


def main() -> int:
    """Return 0 when nothing was lost, nothing is half, and nothing stayed behind."""
    options = _options()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    adopt_orphans()
    chance = random.Random(seed)  # noqa: S311 - to do the same again
    figures, began = Figures(), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="kill-test-"))
    site, undisturbed = Site(folder / "site"), Site(folder / "undisturbed")
    sites = [site, undisturbed]
    _say(f"Seed {seed}, files in {folder}")
    try:
        rounds = Rounds(site, write_letters(folder / "letters"), chance, figures)
        start(site)
        expected = made_by(site)
        site.stop()
        for number in range(options.times // KILLS_PER_FIRST_START):
            sites.append(Site(folder / f"first-start-{number}"))
            _say(f"     {FirstStart(sites[-1], expected, chance, figures).run()}")
        number = 0
        while sum(figures.kills.values()) < options.times:
            number += 1
            _say(f"{number:4} {rounds.run(prepare=number % ROUNDS_PER_PREPARE == 0)}")
        compared = compare_with_undisturbed(site, undisturbed, rounds)
    finally:
        _end_all()
        for one in sites:
            one.remove()
    _report(figures, compared, time.monotonic() - began)
    return 1 if figures.wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/kill-test", description=sys.modules["tests.kill_test"].__doc__
    )
    parser.add_argument("--times", type=int, default=100, help="how many kills (100)")
    parser.add_argument("--seed", type=int, help="to choose the same moments and processes again")
    return parser.parse_args()


def _end_all() -> None:
    while processes := below_us(()):
        for process in processes:
            process.send(signal.SIGKILL)
        close(processes)
        time.sleep(0.05)


def _report(figures: Figures, compared: Compared, seconds: float) -> None:
    _say("")
    for words, number in sorted(figures.kills.items()):
        _say(f"{number:5}  {words}")
    _say(
        f"{sum(figures.kills.values()):5}  in all, in {seconds:.0f} s\n\n"
        f"{compared.acknowledged:5}  files acknowledged\n"
        f"{compared.lost:5}  of them lost\n"
        f"{compared.letters:5}  letters stored, each compared with an import without disturbance\n"
        f"{compared.half:5}  of them half or different\n"
        f"{compared.unspoken:5}  files stored, and whole, but killed before it was said (imported again)\n"
        f"{compared.originals:5}  originals with the right SHA-256\n"
        f"{figures.gave_up:5}  starts that ended with a sentence, since the database was killed under them\n\n"
        f"Slowest stop: {_slowest(figures.stops)}, from the last blow until nothing was left\n"
        f"Slowest start after a kill: {_slowest(figures.starts)}\n"
        f"Slowest answer again of a server that went on: {_slowest(figures.returns)}\n"
        f"PostgreSQL itself: {', '.join(compared.checks)}\n"
    )
    for what in figures.wrong:
        _say(f"WRONG: {what}")
    _say(
        "Something was lost, half, or left." if figures.wrong else "Nothing lost, nothing half, nothing left."
    )


def _slowest(times: list[float]) -> str:
    return f"{max(times):.1f} s" if times else "none"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
