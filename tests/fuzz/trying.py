"""Bring one mutant to the entrance, and say what became of it."""

import logging
import time
from dataclasses import dataclass
from enum import StrEnum

from letters.parsing import sandbox
from letters.parsing.readers import NotReadable
from letters.parsing.readers.errors import (
    ReadingCrashed,
    ReadingGaveTooMuch,
    ReadingTimedOut,
    ReadingTookTooMuchMemory,
)
from tests.fuzz.mutants import Mutant

#: Seconds that ending a reader may take, once its time is over.
GRACE = 5.0


class Became(StrEnum):
    READ = "read"
    STORED = "stored"
    REFUSED = "refused"
    TIMED_OUT = "timed out"
    TOO_MUCH_MEMORY = "too much memory"
    TOO_MUCH_OUTPUT = "too much output"
    CRASHED = "crashed"
    #: What must not happen:
    RAISED = "raised something else"
    OVER_TIME = "went on past its time"
    HALF_WRITTEN = "half written"


MUST_NOT_HAPPEN = frozenset({Became.RAISED, Became.OVER_TIME, Became.HALF_WRITTEN})
BY_CAUSE: dict[type[NotReadable], Became] = {
    ReadingTimedOut: Became.TIMED_OUT,
    ReadingTookTooMuchMemory: Became.TOO_MUCH_MEMORY,
    ReadingGaveTooMuch: Became.TOO_MUCH_OUTPUT,
    ReadingCrashed: Became.CRASHED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why``: the cause of a refusal, where a reader crashed, or what was wrong. ``bug``: it is to be mended."""

    reader: str
    number: int
    became: Became
    why: str
    seconds: float
    bug: bool = False


def read(mutant: Mutant) -> Outcome:
    """Have it read as the site does, in a child process, within the site's own limits."""
    started = time.monotonic()
    with Crashes() as crashes:
        try:
            sandbox.parse_in_child([(mutant.name, mutant.data)])
            became, why = Became.READ, ""
        except NotReadable as error:
            became, why = refused(error, crashes)
        except Exception as error:
            became, why = Became.RAISED, f"{type(error).__name__}: {error}"
    return outcome(mutant, became, why, time.monotonic() - started)


def refused(error: NotReadable, crashes: "Crashes") -> tuple[Became, str]:
    became = BY_CAUSE.get(type(error), Became.REFUSED)
    return became, crashes.last if became == Became.CRASHED else type(error).__name__


def outcome(mutant: Mutant, became: Became, why: str, seconds: float) -> Outcome:
    if seconds > sandbox.DEFAULT_LIMITS.seconds + GRACE:
        became, why = Became.OVER_TIME, f"{seconds:.1f} s"
    bug = became in MUST_NOT_HAPPEN or (became == Became.CRASHED and why != NATIVE)
    return Outcome(mutant.reader, mutant.number, became, why, seconds, bug)


#: A library in C ended the process: no Python is to blame.
NATIVE = "no traceback"


class Crashes(logging.Handler):
    """Listens, within a ``with``, to what the sandbox tells of readers that crashed."""

    last = NATIVE

    def __enter__(self) -> "Crashes":
        self.last = NATIVE
        self._logger = logging.getLogger("letters.parsing.sandbox")
        self._propagates, self._logger.propagate = self._logger.propagate, False
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_error: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._propagates

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the last line of a traceback, and the last place in our own code."""
        lines = [line.strip() for line in record.getMessage().splitlines()]
        places = [line for line in lines if line.startswith('File "') and "/letters/parsing/" in line]
        if "Traceback (most recent call last):" in record.getMessage():
            place = places[-1].rpartition("/letters/parsing/")[2].replace('", line ', ":") if places else ""
            self.last = f"{lines[-1][:200]} ({place.partition(',')[0]})"
