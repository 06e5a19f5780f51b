"""The browser that tests drive: the system's Chromium, else the one that Playwright fetched. Which: python -m tests.browsers"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

OF_THE_SYSTEM = ["chromium", "chromium-browser", "google-chrome"]
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(Exception):
    """There is no browser, or it does not start."""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the first browser that there is, and close it at the end of the block.

    Raises:
        NoBrowser: with the reason in one line.
    """
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
        except Exception as error:  # no class of its own: libatomic.so.1, for one, is not on every machine
            raise NoBrowser(f"Playwright does not start: {error}") from error
        program = next(filter(None, map(shutil.which, OF_THE_SYSTEM)), playwright.chromium.executable_path)
        if not os.path.exists(program):
            raise NoBrowser(f"no {', '.join(OF_THE_SYSTEM)} on PATH, and Playwright has fetched none")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        try:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS + sandbox)
        except Error as error:
            raise NoBrowser(f"{program} does not start: {first_lines(error.message)}") from error
        stack.callback(browser.close)
        yield browser


def first_lines(message: str) -> str:
    """Return what a message of Playwright says before its call log, on one line."""
    return " ".join(message.split("Call log:")[0].split())[:300]


def main() -> None:
    """Start it, and say which it is; or end with the reason that there is none."""
    try:
        with running_browser() as browser:
            sys.stdout.write(f"Chromium {browser.version}\n")
    except NoBrowser as error:
        sys.exit(f"Geen browser: {error}")


if __name__ == "__main__":
    main()
