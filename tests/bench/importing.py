"""How fast letters are imported, in how much memory, and what an interruption leaves behind."""

import os
import random
import re
import signal
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.letters import write_letters
from tests.bench.site import Site

#: `3/8 aangemaakt: /tmp/letters/0003-agenda.txt: /brieven/2031-02-03-geannoteerde-agenda-navo-defensie/`
SAID = re.compile(r"^(\d+)/\d+ (\w+): ")
SHARES = (0.1, 0.5, 1.0)  # of the letters, at which memory is looked at
INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGINT)


@dataclass
class Import:
    """One run: seconds from first to last letter, kilobytes at shares of the whole, what became of the files."""

    seconds: float = 0
    memory: dict[float, int] = field(default_factory=dict)
    peak: int = 0
    outcomes: Counter = field(default_factory=Counter)
    said: str = ""


def bench_import(number: int, interrupted: int, counted: int, seed: int) -> int:
    """Print all figures; return 1 when a letter was left half-written or the end differs."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        sites: list[Site] = []
        try:
            files = write_letters(folder / "letters", number + counted, seed)
            for file in files[number:]:
                (folder / "counted").mkdir(exist_ok=True)
                file.rename(folder / "counted" / file.name)
            sites.append(Site(folder / "undisturbed"))
            _speed(sites[0], folder, number)
            few = folder / "few"
            few.mkdir()
            for file in files[: min(interrupted, number)]:
                os.link(file, few / file.name)
            return _interruptions(folder, few, random.Random(seed), sites)  # noqa: S311
        finally:
            for site in sites:
                site.remove()


def _speed(site: Site, folder: Path, number: int) -> None:
    first = run_import(site, folder / "letters", number)
    _say(f"{number} letters: {dict(first.outcomes)}")
    _say(f"  {first.seconds:.1f} s, {number / first.seconds:.1f} letters a second")
    memory = ", ".join(f"{share:.0%} {kilobytes / 1024:.0f} MB" for share, kilobytes in first.memory.items())
    _say(f"  memory of the importing process at {memory}; peak {first.peak / 1024:.0f} MB")
    again = run_import(site, folder / "letters", number)
    _say(
        f"  started again: {again.seconds:.1f} s, {number / again.seconds:.0f} letters a second, {dict(again.outcomes)}"
    )
    queries = site.ask("queries", str(folder / "counted"))
    _say(
        f"  queries for a new letter {queries['new']} (at most {queries['most']}), "
        f"read again without news {queries['again']} (at most {queries['most_again']})"
    )


def _interruptions(folder: Path, files: Path, chance: random.Random, sites: list[Site]) -> int:
    """Import with interruptions at random moments, and compare each time with an import that was left in peace."""
    peace, site = Site(folder / "peace"), Site(folder / "interrupted")
    sites += [peace, site]
    number = len(list(files.iterdir()))
    whole = run_import(peace, files, number)
    expected = peace.ask("letters")
    wrong = 0
    for how in INTERRUPTIONS:
        done = run_import(site, files, number, stop=(how, chance.uniform(0.1, 0.5) * whole.seconds))
        held = site.ask("letters")
        half = [sha256 for sha256, (own, _all) in held.items() if own != expected.get(sha256, [None])[0]]
        wrong += len(half)
        _say(
            f"{how.name}: {sum(done.outcomes.values())} of {number} said, {len(held)} held, {len(half)} half-written"
        )
    run_import(site, files, number)
    differ = {sha256 for sha256, both in site.ask("letters").items() if both != expected.get(sha256)}
    differ |= expected.keys() - site.ask("letters").keys()
    _say(f"continued to the end: {len(expected)} files held, {len(differ)} differ from an import in peace")
    return 1 if wrong or differ else 0


def run_import(
    site: Site, folder: Path, number: int, stop: tuple[signal.Signals, float] | None = None
) -> Import:
    """Import a folder, and look on; ``stop`` sends a signal so many seconds after the first letter."""
    done, began = Import(), None
    process = site.start("import_letters", str(folder))
    timer = None
    for line in process.stdout:
        done.said += line
        if (found := SAID.match(line)) is None:
            continue
        if began is None:
            began = time.monotonic()
            if stop is not None:
                timer = threading.Timer(stop[1], process.send_signal, [stop[0]])
                timer.start()
        done.outcomes[found[2]] += 1
        done.seconds = time.monotonic() - began
        memory = _memory(process.pid)
        done.peak = max(done.peak, memory)
        for share in SHARES:
            if int(found[1]) >= share * number:
                done.memory.setdefault(share, memory)
    process.wait()
    if timer is not None:
        timer.cancel()
    return done


def _memory(process: int) -> int:
    """Kilobytes that a process has in memory now."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return int(found[1]) if (found := re.search(r"VmRSS:\s+(\d+)", status)) else 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
