"""Untrusted files are read in a child process: a crash, a hang or a bomb costs that upload and nothing else.

The child has no Django, no database, no settings in its environment and no open files of ours, and limits itself before
it looks at a byte of the files. Each letter has a child of its own, since a reader that is used again could carry what
one file did to it into the next. Starting Python and importing the parser for each costs ten times what reading does; so
a template process does that once and is forked for each letter (child.py). Forking the site itself would be
neither safe, with its threads, nor empty of secrets. The price: children of one template have the same layout of memory.

Request and answer travel in unnamed temporary files, so that nothing waits on a full pipe and the kernel itself
(RLIMIT_FSIZE) cuts an answer that is too long.
"""

import json
import logging
import select
import signal
import socket
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from letters.parsing.parsed_letter import ParsedLetter
from letters.parsing.readers.errors import (
    CAUSES,
    NotReadable,
    ReadingCrashed,
    ReadingGaveTooMuch,
    ReadingTimedOut,
)
from letters.parsing.sandbox import template
from letters.parsing.sandbox.exit_status import OUTPUT_TOO_LONG
from letters.parsing.sandbox.template import PROJECT, TemplateGone
from letters.parsing.serialisation import from_json

__all__ = [
    "DEFAULT_LIMITS",
    "PROJECT",
    "Limits",
    "Reading",
    "parse_in_child",
    "parsed",
    "run",
    "start_parsing",
]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` holds for the clock and for processor time alike; ``output_bytes`` for the answer as JSON."""

    seconds: float = 20.0
    memory_bytes: int = 1024**3
    output_bytes: int = 32 * 1024**2


DEFAULT_LIMITS = Limits()


def parse_in_child(
    files: Sequence[tuple[str, bytes]],
    *,
    vocabulary: dict[str, list[str]] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ParsedLetter:
    """Do what ``letters.parsing.parse_letter(files, vocabulary)`` does, in a child process.

    ``files`` are names with their bytes, together one letter. Raises the NotReadable that the reader raised, or
    ReadingTimedOut, ReadingTookTooMuchMemory, ReadingGaveTooMuch or ReadingCrashed.
    """
    return parsed(start_parsing(files, vocabulary=vocabulary, limits=limits))


def start_parsing(
    files: Sequence[tuple[str, bytes]],
    *,
    vocabulary: dict[str, list[str]] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> "Reading":
    """Begin what ``parse_in_child`` does, and go on with something else until ``parsed`` asks what came of it."""
    return Reading("letters.parsing.sandbox.child:parse", files, {"vocabulary": vocabulary}, limits)


def parsed(reading: "Reading") -> ParsedLetter:
    """Wait for a letter that is being parsed. Raises as ``parse_in_child`` does."""
    return from_json(reading.answer())


def run(
    function: str,
    files: Sequence[tuple[str, bytes]],
    options: dict[str, Any],
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Any]:
    """Call ``function(files, options)`` in a child process and give back the dict that it returns.

    ``function`` is "package.module:name", written in our own code and never taken from input. Raises as
    ``parse_in_child`` does.
    """
    return Reading(function, files, options, limits).answer()


class Reading:
    """A child process at work. It is killed when this is closed or thrown away before it has answered."""

    def __init__(
        self, function: str, files: Sequence[tuple[str, bytes]], options: dict[str, Any], limits: Limits
    ):
        self._names = [name for name, _data in files]
        self._limits = limits
        with ExitStack() as opened:
            self._request, self._log, self._answer = (
                opened.enter_context(tempfile.TemporaryFile()) for _ in range(3)
            )
            head = {
                "function": function,
                "options": options,
                "limits": asdict(limits),
                "files": [(name, len(data)) for name, data in files],
            }
            self._request.write(json.dumps(head).encode() + b"\n")
            for _name, data in files:
                self._request.write(data)
            self._request.flush()
            self._start()
            self._opened = opened.pop_all()

    def close(self) -> None:
        self._reply.close()
        self._opened.close()

    def answer(self) -> dict[str, Any]:
        """Wait for the child to end, and give what the function returned. Closes this."""
        try:
            status = self._status()
            if (
                status is None
            ):  # somebody killed the template: what this child did is lost, and can be done again
                self._start()
                status = self._status()
            return self._answer_of(status)
        finally:
            self.close()

    def _start(self) -> None:
        files = [self._request, self._log, self._answer]
        for file in files:
            file.seek(0)
        for file in files[1:]:
            file.truncate()
        descriptors = [file.fileno() for file in files]
        self._template = template.current()
        try:
            self._reply = self._template.fork_reader(descriptors)
        except TemplateGone:
            template.discard(self._template)
            self._template = template.current()
            self._reply = self._template.fork_reader(descriptors)
        self._end = time.monotonic() + self._limits.seconds

    def _status(self) -> int | None:
        """The exit status, negative for a signal; None when the template was killed. Raises ReadingTimedOut."""
        poll = select.poll()
        poll.register(self._reply, select.POLLIN)
        if not poll.poll(max(0, self._end - time.monotonic()) * 1000):
            self._reply.shutdown(socket.SHUT_WR)  # and so it is killed
            self._reply.recv(16)
            raise ReadingTimedOut(file_name=self._one_name())
        status = self._reply.recv(16)
        if not status:
            self._reply.close()
            template.discard(self._template)
        return int(status) if status else None

    def _answer_of(self, status: int | None) -> dict[str, Any]:
        if status == -signal.SIGXCPU:
            raise ReadingTimedOut(file_name=self._one_name())
        if status == OUTPUT_TOO_LONG:
            raise ReadingGaveTooMuch(file_name=self._one_name())
        self._answer.seek(0)
        try:
            reply = json.load(self._answer) if status == 0 else {}
        except ValueError:
            reply = {}
        if "answer" in reply:
            return reply["answer"]
        if "cause" in reply:
            cause = CAUSES.get(reply["cause"], NotReadable)
            raise cause(reply["message"], file_name=reply["file_name"] or self._one_name())
        self._log.seek(0)
        logger.error(
            "Reading %s ended with status %s: %s", self._names, status, self._log.read()[-4000:].decode()
        )
        raise ReadingCrashed(file_name=self._one_name())

    def _one_name(self) -> str:
        """The file that an error is about, where there is no doubt."""
        return self._names[0] if len(self._names) == 1 else ""
