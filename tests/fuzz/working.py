"""What each of the processes of a run does: a share of the mutants, and a look at itself."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from letters.parsing.sandbox import template
from tests.fuzz import mutants, trying
from tests.fuzz.trying import Outcome

#: Of so many mutants one goes through the database.
EVERY = 25


@dataclass(frozen=True, slots=True)
class Done:
    """``memory``: of this process and of the template of its readers, in bytes; ``left``: readers that did not end."""

    outcomes: list[Outcome]
    process: int = field(default_factory=os.getpid)
    memory: int = 0
    left: int = 0


def try_all(seed: int, wanted: Iterable[tuple[str, int]], *, stored: bool = True) -> Done:
    """Bring mutants (reader and number) to the entrance, one after the other."""
    from tests.fuzz import storing  # needs Django

    outcomes = [
        (storing.store if stored and number % EVERY == 0 else trying.read)(mutants.make(seed, reader, number))
        for reader, number in wanted
    ]
    process = template.current().process.pid
    memory = _resident(os.getpid()) + _resident(process)
    return Done(outcomes, memory=memory, left=_readers(process))


def prepare() -> None:
    """Make this process one of the site."""
    import django

    django.setup()


def _resident(process: int) -> int:
    """Bytes of memory that a process holds (proc(5))."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _readers(template: int) -> int:
    """Readers that still run, or that nobody asked after; one that just ended gets a moment."""
    for _ in range(50):
        children = Path(f"/proc/{template}/task/{template}/children").read_text().split()
        if not children:
            return 0
        time.sleep(0.02)
    return len(children)


def loose_rows() -> list[str]:
    from tests.fuzz import storing

    return list(storing.loose_rows())
