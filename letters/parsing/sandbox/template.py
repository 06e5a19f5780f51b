"""Keep the template process of child.py: one for each process of the site, started when it is first needed.

Threads share it. A process that forks (gunicorn's workers) leaves the template to its parent and starts one of its own.
The template ends with its owner, also after ``kill -9``: it watches the process, not the thread that started it.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


class TemplateGone(Exception):
    """The template was killed, and its readers with it; another one can be started."""


class Template:
    """A process that forks readers, waiting for requests."""

    def __init__(self):
        self.requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "letters.parsing.sandbox.child"],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
            )
        if not self.requests.recv(16):
            self.requests.close()
            raise RuntimeError(f"child.py ended with status {self.process.wait()} when it started")

    def fork_reader(self, files: Sequence[int]) -> socket.socket:
        """Have a reader forked with these descriptors; return the socket over which its exit status comes.

        Nothing comes when the template is killed. Closing the socket, or our half of it, kills the reader.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                socket.send_fds(self.requests, [b"r"], [*files, theirs.fileno()])
            except OSError as error:
                ours.close()
                raise TemplateGone from error
        return ours


_lock = threading.Lock()
_template: Template | None = None


def current() -> Template:
    """The template of this process."""
    global _template
    with _lock:
        if _template is None:
            _template = Template()
        return _template


def discard(gone: Template) -> None:
    """Forget a template that was killed; the first of the threads that notice it clears it away."""
    global _template
    with _lock:
        if _template is gone:
            _template = None
            gone.requests.close()
            gone.process.wait()


def _leave_to_parent() -> None:
    """In a process just forked: the parent's template is not ours, nor is a lock that one of its threads held."""
    global _lock, _template
    _lock = threading.Lock()
    if _template is not None:
        _template.requests.close()
        _template.process.returncode = 0  # nothing to wait for
        _template = None


os.register_at_fork(after_in_child=_leave_to_parent)
