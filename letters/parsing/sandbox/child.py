"""The other side of the sandbox: a template that forks a reader for each letter, and that reader.

The template is a fresh interpreter with one thread. It imports the parser once and then only forks: it opens no file of
a letter, so that nothing of one reaches the next. A reader limits itself, reads the request, calls the function, writes
the answer, and ends.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from letters.parsing.readers.errors import NotReadable, ReadingTookTooMuchMemory
from letters.parsing.sandbox.exit_status import OUTPUT_TOO_LONG

SAMPLES = Path(__file__).parents[2] / "data" / "samples"

#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38

#: Readers let visitors, and the process that writes what was read, go first (nice(2)).
BEHIND_THE_SITE = 5

#: The descriptors of a reader: the request, what libraries print, the answer.
REQUEST, PRINTED, ERRORS, ANSWER = range(4)


def parse(files: list[tuple[str, bytes]], options: dict[str, Any]) -> dict[str, Any]:
    """Parse one letter; the function that ``sandbox.parse_in_child`` calls here."""
    from letters.parsing import parse_letter
    from letters.parsing.serialisation import to_json

    return to_json(parse_letter(files, options["vocabulary"]))


def main() -> None:
    """Be the template of the process that started us; requests come over standard input, a socket."""
    site = socket.socket(fileno=os.dup(0))
    template = Template(site)
    _load_parser()
    with suppress(BrokenPipeError):
        site.send(b"ready")
        template.serve()


def _load_parser() -> None:
    """Import what each letter needs, and read letters of our own: that loads the lists of words and fills the caches."""
    from letters.parsing.readers import READERS

    for module in READERS.values():
        import_module(module)
    for sample in SAMPLES.glob("*.docx"):
        parse([(sample.name, sample.read_bytes())], {"vocabulary": None})
    gc.freeze()  # a collection in a reader would write to, and so copy, the memory that it shares with us


@dataclass(frozen=True, slots=True)
class Reader:
    """A process that reads one letter. ``ended`` is its pidfd; over ``reply`` goes its exit status to who asked."""

    number: int
    ended: int
    reply: socket.socket

    def kill(self) -> None:
        """Kill its whole session, also what a library might have started below it. It is not reaped yet."""
        with suppress(ProcessLookupError):  # it may have no session of its own yet
            os.killpg(self.number, signal.SIGKILL)
        os.kill(self.number, signal.SIGKILL)


class Template:
    """Forks a reader for each request, and tells who asked how that ended."""

    def __init__(self, site: socket.socket):
        self.site = site
        #: The process that started us. (Did it end already, then the socket is closed, which is seen as well.)
        self.owner = os.pidfd_open(os.getppid())
        self.readers: dict[int, Reader] = {}  # by the descriptors of theirs that are watched
        self.events = select.poll()
        for descriptor in (self.owner, site.fileno()):
            self.events.register(descriptor, select.POLLIN)

    def serve(self) -> None:
        """Go on until the owner ends or has closed the socket; then no reader is left."""
        try:
            while True:
                for descriptor, _event in self.events.poll():
                    reader = self.readers.get(descriptor)
                    if descriptor == self.owner:
                        return
                    if descriptor == self.site.fileno():
                        if not self._accept():
                            return
                    elif reader is None:
                        continue  # it was reported a moment ago
                    elif descriptor == reader.ended:
                        self._report(reader)
                    else:  # who asked has closed the socket, or its own half of it
                        self._unwatch(descriptor)
                        reader.kill()
        finally:
            for reader in self.readers.values():
                reader.kill()

    def _accept(self) -> bool:
        """Fork a reader for a request: a message with descriptors of the request, the log, the answer and the reply."""
        message, descriptors, _flags, _address = socket.recv_fds(self.site, 1, 4)
        if not message:
            return False
        *files, reply = descriptors
        template = os.getpid()
        number = os.fork()
        if number == 0:
            _be_reader(template, *files)
        for descriptor in files:
            os.close(descriptor)
        reader = Reader(number, os.pidfd_open(number), socket.socket(fileno=reply))
        for descriptor in (reader.ended, reply):
            self.readers[descriptor] = reader
            self.events.register(descriptor, select.POLLIN)
        return True

    def _report(self, reader: Reader) -> None:
        reader.kill()
        _number, status = os.waitpid(reader.number, 0)
        with suppress(BrokenPipeError):  # who asked may be gone
            reader.reply.send(str(os.waitstatus_to_exitcode(status)).encode())
        for descriptor in (reader.ended, reader.reply.fileno()):
            self._unwatch(descriptor)
        os.close(reader.ended)
        reader.reply.close()

    def _unwatch(self, descriptor: int) -> None:
        if self.readers.pop(descriptor, None) is not None:
            self.events.unregister(descriptor)


def _be_reader(template: int, request: int, log: int, answer: int) -> None:
    """Read one letter in this process, just forked, and end it."""
    status = 1
    try:
        os.setsid()
        _die_with(template)
        for descriptor, place in ((request, REQUEST), (log, PRINTED), (log, ERRORS), (answer, ANSWER)):
            os.dup2(descriptor, place)
        os.closerange(ANSWER + 1, os.sysconf("SC_OPEN_MAX"))
        status = _answer_request()
    except BaseException:
        os.write(ERRORS, traceback.format_exc().encode())
    finally:
        os._exit(status)  # at once: what stands in memory is the template's, such as its sockets


def _answer_request() -> int:
    """Limit ourselves, call what the request asks for, write its answer, and return the exit status."""
    with open(REQUEST, "rb", closefd=False) as request:
        head = json.loads(request.readline())
        _limit(**head["limits"])
        files = [(name, request.read(length)) for name, length in head["files"]]
    reply = _reply(head["function"], files, head["options"])
    try:
        with open(ANSWER, "wb", closefd=False) as answer:
            answer.write(json.dumps(reply).encode())
    except OSError:  # EFBIG: Python ignores the signal that comes with it
        return OUTPUT_TOO_LONG
    return 0


def _reply(function: str, files: list[tuple[str, bytes]], options: dict[str, Any]) -> dict[str, Any]:
    module, name = function.split(":")
    try:
        return {"answer": getattr(import_module(module), name)(files, options)}
    except NotReadable as error:
        return {"cause": type(error).__name__, "message": str(error), "file_name": error.file_name}
    except MemoryError:
        error = ReadingTookTooMuchMemory()
        return {"cause": type(error).__name__, "message": str(error), "file_name": ""}


def _die_with(template: int) -> None:
    """Be killed when the template ends, and never gain rights."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != template:  # it died before we asked to be told
        os._exit(1)


def _limit(seconds: float, memory_bytes: int, output_bytes: int) -> None:
    os.nice(BEHIND_THE_SITE)
    processor_seconds = max(1, round(seconds + 0.5))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No process of its own; root is exempt from this one (setrlimit(2)), which the killing of the session makes up for.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


if __name__ == "__main__":
    main()
