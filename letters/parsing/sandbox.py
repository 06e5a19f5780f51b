"""Untrusted files are read in a child process: a crash, a hang or a bomb costs that upload and nothing else.

The child (sandbox_child.py) has no Django, no database, no settings in its environment and no open files of ours. It
limits itself before it looks at a byte of the files. A fresh interpreter instead of a fork, since the web server has
threads; request and answer travel in unnamed temporary files, so that nothing waits on a full pipe and the kernel
itself (RLIMIT_FSIZE) cuts an answer that is too long.
"""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from letters.parsing.parsed_letter import ParsedLetter
from letters.parsing.readers.errors import (
    CAUSES,
    NotReadable,
    ReadingCrashed,
    ReadingGaveTooMuch,
    ReadingTimedOut,
)
from letters.parsing.sandbox_child import OUTPUT_TOO_LONG

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]


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
    from letters.parsing.serialisation import from_json

    answer = run("letters.parsing.sandbox_child:parse", files, {"vocabulary": vocabulary}, limits)
    return from_json(answer)


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
    with (
        tempfile.TemporaryFile() as request,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as log,
    ):
        _write_request(request, function, files, options, limits)
        child = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "letters.parsing.sandbox_child"],
            stdin=request,
            stdout=answer,
            stderr=log,
            cwd="/",
            env={"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )
        try:
            in_time = _wait(child, limits.seconds)
        finally:
            status = _end(child)
        if not in_time:
            raise ReadingTimedOut(file_name=_one_name(files))
        return _read_answer(status, answer, log, files)


def _write_request(
    request: IO[bytes],
    function: str,
    files: Sequence[tuple[str, bytes]],
    options: dict[str, Any],
    limits: Limits,
) -> None:
    """One line of JSON, then the bytes of the files, one after the other."""
    head = {
        "parent": os.getpid(),
        "function": function,
        "options": options,
        "limits": asdict(limits),
        "files": [(name, len(data)) for name, data in files],
    }
    request.write(json.dumps(head).encode() + b"\n")
    for _name, data in files:
        request.write(data)
    request.flush()
    request.seek(0)


def _read_answer(
    status: int, answer: IO[bytes], log: IO[bytes], files: Sequence[tuple[str, bytes]]
) -> dict[str, Any]:
    if status == -signal.SIGXCPU:
        raise ReadingTimedOut(file_name=_one_name(files))
    if status == OUTPUT_TOO_LONG:
        raise ReadingGaveTooMuch(file_name=_one_name(files))
    answer.seek(0)
    try:
        reply = json.load(answer) if status == 0 else {}
    except ValueError:
        reply = {}
    if "answer" in reply:
        return reply["answer"]
    if "cause" in reply:
        cause = CAUSES.get(reply["cause"], NotReadable)
        raise cause(reply["message"], file_name=reply["file_name"] or _one_name(files))
    log.seek(0)
    logger.error(
        "Reading %s ended with status %s: %s",
        [name for name, _ in files],
        status,
        log.read()[-4000:].decode(),
    )
    raise ReadingCrashed(file_name=_one_name(files))


def _one_name(files: Sequence[tuple[str, bytes]]) -> str:
    """The file that an error is about, where there is no doubt."""
    return files[0][0] if len(files) == 1 else ""


def _wait(child: subprocess.Popen, seconds: float) -> bool:
    """Wait for the child to end, and say whether it did. It is not reaped, so that its number stays its own."""
    descriptor = os.pidfd_open(child.pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(descriptor)


def _end(child: subprocess.Popen) -> int:
    """Kill the child's whole session, also what a library might have started below it, and give its exit status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    return child.wait()
