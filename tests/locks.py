"""Waiting for what a lock file of the embedded server stands for."""

import fcntl
import threading
from pathlib import Path


def is_free_within(seconds: float, lock: Path) -> bool:
    """Wait until no process holds a lock file, and say whether that came in time."""

    def wait():
        with lock.open("a") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(seconds)
    return not waiting.is_alive()
