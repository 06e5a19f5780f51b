"""Fixtures for tests that need more than the database: a real server, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from letters.filters.corpus import keeping
from tests.browsers import NoBrowser, running_browser

NO_BROWSER = "No browser"
NO_API_RULESET = "No rules for the API"
DATABASE_FIXTURES = {"db", "transactional_db"}
BESIDE_DATABASE_FIXTURES = {"collected_static", "browser", "admin_client"}


def pytest_configure():
    """Take signals as a terminal gives them: who is started by ``nohup``, or in the background, passes on that it ignores some."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the data layer: what asks PostgreSQL, without a server, a browser, or the pages of the admin (slow)."""
    for item in items:
        fixtures = set(item.fixturenames)
        asks_database = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
        if asks_database and not fixtures & BESIDE_DATABASE_FIXTURES:
            item.add_marker("database")


def pytest_terminal_summary(terminalreporter):
    """Say loudly, at the end, what was not tested for want of a browser, or of the rules for the API."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    without_browser = [reason for reason in skipped if NO_BROWSER in reason]
    if without_browser:
        terminalreporter.section("geen browser", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"Tests in een browser OVERGESLAGEN: {len(without_browser)}. "
            "Installeer Chromium (Debian: apt install chromium libatomic1).",
            red=True,
            bold=True,
        )
    if any(NO_API_RULESET in reason for reason in skipped):
        terminalreporter.section("API niet getoetst", sep="!", red=True, bold=True)
        terminalreporter.line(
            "De toets aan de NL GOV API Design Rules is OVERGESLAGEN. Noem in ADR_RULESET het bestand met de regels "
            "(https://static.developer.overheid.nl/adr/ruleset.yaml) en installeer node en npm.",
            red=True,
            bold=True,
        )


def address_of_test_database() -> str:
    """Return the address of the database that the tests use, for a process of its own."""
    parameters = connection.get_connection_params()
    where = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    return f"postgresql:///{quote(parameters['dbname'])}?{urlencode(where, quote_via=quote)}"


def manage(*arguments: str, stderr: int | None = None, **environment: str) -> subprocess.Popen:
    """Start a command of the site with its real settings, on the data of the tests."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "navo_site.settings"} | environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


@pytest.fixture(autouse=True)
def nothing_in_memory():
    """Each test begins as a process does that has read nothing yet."""
    keeping._kept.clear()


@pytest.fixture(scope="session")
def collected_static():
    """Collect the static files as the server does; this fails when one names another that does not exist."""
    collecting = manage("collectstatic", "--no-input", "--clear", "--verbosity=0")

    assert collecting.wait() == 0

    return settings.STATIC_ROOT


@contextmanager
def serving(**environment: str):
    """Serve the site with these settings on a free port, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = manage("serve", PORT=port, **({"WEB_WORKERS": "1"} | environment))
    try:
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=10)


@pytest.fixture
def site(transactional_db, collected_static):
    """Serve the site on the test database, and give its address. What a test saves is committed: the site sees it.

    A server of its own for each test: emptying the tables gives content types new ids, which a server remembers.
    """
    with serving(DATABASE_URL=address_of_test_database()) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Start the browser that there is; without one the test is skipped, and in CI it fails."""
    try:
        with running_browser() as browser:
            # Playwright keeps an event loop in this thread; Django would take every query of the test for one from that.
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
            yield browser
    except NoBrowser as error:
        message = f"{NO_BROWSER}: {error}"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


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
