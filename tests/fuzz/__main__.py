"""The command: thousands of mutants over the processors of this machine, then the figures."""

import argparse
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from functools import partial
from pathlib import Path

from letters.parsing.readers import NotReadable
from tests.bench.site import Site
from tests.fuzz import mutants, patterns, working
from tests.fuzz.letters import READERS
from tests.fuzz.summary import Summary
from tests.fuzz.trying import Outcome
from tests.kill_test.processes import adopt_orphans, kinds_below_us, wait_until_none

AT_ONCE = 48  # mutants
#: Of what is not mended yet, so many are described.
SHOWN = 40
SECONDS_TO_END = 20


def main() -> int:
    """Return 0 when nothing happened that must not happen."""
    options = _options()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    _say(f"Seed {seed}, files in {folder}")
    if options.only is not None:
        return _one(seed, options, folder)
    adopt_orphans()
    began, summary = time.monotonic(), Summary()
    readers = [options.reader] if options.reader else list(READERS)
    wanted = [(readers[at % len(readers)], at // len(readers)) for at in range(options.mutants)]
    site = Site(folder / "data")
    try:
        site.run("collectstatic", "--no-input", "--verbosity=0")
        os.environ |= site.environment
        _run(seed, wanted, summary)
        if left := wait_until_none(kinds_below_us(()) - {"other"}, (), time.monotonic() + SECONDS_TO_END):
            summary.wrong.append(f"processes were left: {', '.join(sorted(left))}")
    finally:
        site.remove()
    if not options.reader:
        summary.wrong += map(str, patterns.slow_patterns())
    _report(seed, summary, folder, time.monotonic() - began)
    with suppress(OSError):  # mutants were written to it
        folder.rmdir()
    return 0 if summary.is_well else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/fuzz", description=sys.modules["tests.fuzz"].__doc__)
    parser.add_argument("--mutants", type=int, default=5000, help="how many, over all readers (5000)")
    parser.add_argument("--seed", type=int, help="to make the same mutants again")
    parser.add_argument("--reader", choices=READERS, help="only mutants for this reader")
    parser.add_argument(
        "--only", type=int, help="one mutant of --reader, by its number: what happens is said in full"
    )
    options = parser.parse_args()
    if options.only is not None and (options.seed is None or options.reader is None):
        parser.error("--only needs --seed and --reader")
    return options


def _run(seed: int, wanted: list[tuple[str, int]], summary: Summary) -> None:
    parts = [wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, initializer=working.prepare) as pool:
        for done in as_completed([pool.submit(partial(working.try_all, seed), part) for part in parts]):
            summary.add(done.result())
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{len(summary.outcomes)} of {len(wanted)} ")
        summary.wrong += pool.submit(working.loose_rows).result()


def _one(seed: int, options: argparse.Namespace, folder: Path) -> int:
    """Write one mutant to a file, and read it in this process: where it fails, Python says where."""
    from letters.parsing import parse_letter

    path = _write(seed, options.reader, options.only, folder)
    _say(str(path))
    try:
        _say(str(parse_letter([(path.name, path.read_bytes())])))
    except NotReadable as error:
        _say(f"{type(error).__name__}: {error}")
    return 0


def _report(seed: int, summary: Summary, folder: Path, seconds: float) -> None:
    _say(f"\n{summary.table()}\n\n{summary.causes()}\nMemory of a process and its readers' template grew by "
         f"{summary.growth / 1024**2:.0f} MB; in all {seconds:.0f} s\n")  # fmt: skip
    for outcome in summary.slow()[:SHOWN]:
        _say(f"slow: {_described(seed, outcome, folder)}")
    for outcome in summary.bugs[:SHOWN]:
        _say(f"WRONG: {_described(seed, outcome, folder)}")
    for wrong in summary.wrong:
        _say(f"WRONG: {wrong}")
    _say(
        "Nothing happened that must not happen."
        if summary.is_well
        else "Something happened that must not happen."
    )


def _described(seed: int, outcome: Outcome, folder: Path) -> str:
    path = _write(seed, outcome.reader, outcome.number, folder)
    again = f"script/fuzz --seed {seed} --reader {outcome.reader} --only {outcome.number}"
    return f"{outcome.became}, {outcome.seconds:.1f} s: {outcome.why}\n    {path}; again: {again}"


def _write(seed: int, reader: str, number: int, folder: Path) -> Path:
    mutant = mutants.make(seed, reader, number)
    path = folder / f"{reader}-{number}-{mutant.name}"
    path.write_bytes(mutant.data)
    return path


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
