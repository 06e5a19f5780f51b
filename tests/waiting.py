"""Waiting for what another process does, and of which it tells nobody."""

import time

PAUSE = 0.02  # seconds between two looks: the process that is waited for needs the core


def wait_until(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not come true in time"
        time.sleep(PAUSE)
