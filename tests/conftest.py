"""Fixtures for tests that need more than the database: a real server, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def address_of_test_database() -> str:
    """Return the address of the database that the tests use, for a process of its own."""
    parameters = connection.get_connection_params()
    where = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    return f"postgresql:///{quote(parameters['dbname'])}?{urlencode(where, quote_via=quote)}"


def manage(*arguments: str, **environment: str) -> subprocess.Popen:
    """Start a command of the site with its real settings, on the data of the tests."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "navo_site.settings"} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="session")
def collected_static():
    """Collect the static files as the server does; this fails when one names another that does not exist."""
    collecting = manage("collectstatic", "--no-input", "--clear", "--verbosity=0")

    assert collecting.wait() == 0

    return settings.STATIC_ROOT


@pytest.fixture
def site(transactional_db, collected_static):
    """Serve the site on the test database, and give its address. What a test saves is committed: the site sees it.

    A server of its own for each test: emptying the tables gives content types new ids, which a server remembers.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = manage("serve", PORT=port, DATABASE_URL=address_of_test_database(), WEB_WORKERS="1")
    try:
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=10)


@pytest.fixture(scope="session")
def browser():
    """Start the Chromium of the system; without one the test is skipped, and in CI it fails."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        message = f"No browser found; looked for {', '.join(BROWSERS)}"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    # Playwright keeps an event loop in this thread; Django would take every query of the test for one from that loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS + sandbox)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """Open a page with cookies of its own; a script that fails, or that the page's policy blocks, fails the test."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield page
    context.close()

    assert wrong == []
