"""The other side of sandbox.py: limit ourselves, read the request, call the function, write the answer."""

import ctypes
import json
import os
import resource
import signal
import sys
from importlib import import_module
from typing import Any

from letters.parsing.readers.errors import NotReadable, ReadingTookTooMuchMemory

#: Exit status for an answer that ran into RLIMIT_FSIZE; any number will do that Python itself does not use.
OUTPUT_TOO_LONG = 74

#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def parse(files: list[tuple[str, bytes]], options: dict[str, Any]) -> dict[str, Any]:
    """Parse one letter; the function that ``sandbox.parse_in_child`` calls here."""
    from letters.parsing import parse_letter
    from letters.parsing.serialisation import to_json

    return to_json(parse_letter(files, options["vocabulary"]))


def main() -> None:
    request = sys.stdin.buffer
    head = json.loads(request.readline())
    _die_with(head["parent"])
    _limit(**head["limits"])
    answer = _private_stdout()

    files = [(name, request.read(length)) for name, length in head["files"]]
    reply = _reply(head["function"], files, head["options"])

    try:
        with os.fdopen(answer, "wb") as file:
            file.write(json.dumps(reply).encode())
    except OSError:  # EFBIG: Python ignores the signal that comes with it
        os._exit(OUTPUT_TOO_LONG)


def _reply(function: str, files: list[tuple[str, bytes]], options: dict[str, Any]) -> dict[str, Any]:
    module, name = function.split(":")
    try:
        return {"answer": getattr(import_module(module), name)(files, options)}
    except NotReadable as error:
        return {"cause": type(error).__name__, "message": str(error), "file_name": error.file_name}
    except MemoryError:
        error = ReadingTookTooMuchMemory()
        return {"cause": type(error).__name__, "message": str(error), "file_name": ""}


def _die_with(parent: int) -> None:
    """Be killed when the thread that started us ends, and never gain rights.

    (It is the thread that counts, see prctl(2); that thread waits for us, so that it outlives us unless all of it dies.)
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked to be told
        os._exit(1)


def _limit(seconds: float, memory_bytes: int, output_bytes: int) -> None:
    processor_seconds = max(1, round(seconds + 0.5))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No process of its own; root is exempt from this one (setrlimit(2)), which the killing of the group makes up for.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _private_stdout() -> int:
    """Keep standard output for the answer alone: what a library prints goes to standard error."""
    answer = os.dup(1)
    os.dup2(2, 1)
    return answer


if __name__ == "__main__":
    main()
