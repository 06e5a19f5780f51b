"""What the site logs in production: one line per request, errors with where they arose, nothing about persons."""

import datetime
import json
import logging
import re
import socket
import struct
import sys

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection

from navo_site.request_log import JsonFormatter, shown_path
from tests.factories import make_letter, make_original
from tests.production import HOST, ProductionSite

NUMBER = r"[0-9a-f]{16}"


def formatted(error: Exception) -> dict:
    """The line for an error that was caught."""
    try:
        raise error
    except Exception:
        record = logging.LogRecord("letters", logging.ERROR, __file__, 1, "Mislukt", (), sys.exc_info())
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("method", "path", "status", "shown"),
    [
        ("get", "/zoeken/", 200, "/zoeken/"),
        ("head", "/brieven/een-brief/", 200, "/brieven/een-brief/"),
        ("get", "/static/theme.css", 304, "/static/theme.css"),
        # What is not there was made up by somebody, and may be a name.
        ("get", "/brieven/klaas-vaak/", 404, "/brieven/<slug:slug>/"),
        ("get", "/klaas@example.nl", 404, None),
        ("get", "/beheer/klaas@example.nl/", 302, "/beheer/(?P<url>.*)$"),
        ("get", "/onderwerpen/oud/", 301, "/onderwerpen/<slug:slug>/"),
        ("get", "/zoeken/", 500, "/zoeken/"),
        # This is answered well whatever the address.
        ("options", "/brieven/klaas-vaak/", 200, "/brieven/<slug:slug>/"),
        # Whom staff looks at.
        ("get", "/beheer/auth/user/3/change/", 200, "/beheer/auth/user/<path:object_id>/change/"),
        ("get", "/beheer/", 200, "/beheer/"),
    ],
)
def test_an_address_is_logged_when_it_was_shown_else_the_pattern_that_it_fits(
    rf, method, path, status, shown
):
    request = getattr(rf, method)(path)
    request.resolver_match = None

    assert shown_path(request, status) == shown


def test_an_error_is_told_by_kind_and_place_without_its_words():
    line = formatted(ValueError("klaas@example.nl is geen datum"))

    (error,) = line["errors"]
    (frame,) = error.pop("frames")
    assert line["message"] == "Mislukt"
    assert error == {"error": "ValueError"}
    assert frame.startswith("tests/test_request_log.py:")
    assert frame.endswith(" formatted")


def test_an_error_of_the_machine_keeps_its_words():
    line = formatted(OperationalError('connection to server on "db"\n failed: Connection refused'))

    assert line["errors"][0]["message"] == 'connection to server on "db" failed: Connection refused'


def test_an_error_of_a_disk_does_not_name_the_file():
    line = formatted(PermissionError(13, "Permission denied", "brief van Klaas.pdf"))

    assert line["errors"][0]["message"] == "Permission denied"


def test_what_led_to_an_error_is_told_too():
    try:
        try:
            int("klaas@example.nl")
        except ValueError as first:
            raise SuspiciousOperation("klaas@example.nl") from first
    except SuspiciousOperation as error:
        line = formatted(error)

    assert [error["error"] for error in line["errors"]] == [
        "django.core.exceptions.SuspiciousOperation",
        "ValueError",
    ]
    assert "klaas@" not in json.dumps(line)


@pytest.fixture
def production(transactional_db, collected_static, tmp_path):
    site = ProductionSite(tmp_path)
    yield site
    site.stop()


REQUESTS = [
    # method, address, headers; status, address as logged
    ("GET", "/", {}, 200, "/"),
    ("HEAD", "/", {}, 200, "/"),
    ("GET", "/zoeken/?q=klaas%40example.nl", {}, 200, "/zoeken/"),
    ("GET", "/brieven/klaas-vaak/", {}, 404, "/brieven/<slug:slug>/"),
    ("GET", "/klaas@example.nl", {}, 404, None),
    ("GET", "/zoeken/?kleur=klaas", {}, 400, "/zoeken/"),
    ("GET", "/", {"Host": "klaas.example.nl"}, 400, "/"),
    ("GET", "/zoeken", {}, 301, None),
    ("GET", "/zoeken/?q=klaas", {"X-Forwarded-Proto": "http"}, 301, "/zoeken/"),
    ("GET", "/gezondheid/", {}, 200, "/gezondheid/"),
    ("POST", "/zoeken/", {}, 403, "/zoeken/"),
    ("OPTIONS", "/brieven/klaas-vaak/", {}, 200, "/brieven/<slug:slug>/"),
    ("KLAAS", "/zoeken/", {}, 403, "/zoeken/"),
    ("GET", "/beheer/?van=klaas", {}, 302, "/beheer/"),
    ("GET", "/static/favicon.svg", {}, 200, "/static/favicon.svg"),
    (
        "GET",
        "/static/favicon.svg",
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        304,
        "/static/favicon.svg",
    ),
]


def test_every_request_is_one_line_that_says_nothing_of_the_visitor(production):
    of_visitor = {"User-Agent": "Klaas 1.0", "Cookie": "klaas=klaas", "Referer": "https://klaas.example.nl/"}

    answers = [
        production.ask(method, path, **of_visitor | headers)
        for method, path, headers, _status, _path in REQUESTS
    ]

    lines, errors = production.stop()
    assert errors == []
    assert "klaas" not in json.dumps(lines).lower()
    assert "192.0.2.1" not in json.dumps(lines)
    # By number: a thread may write its line after another has answered the next request.
    assert {
        line["request_id"]: (line.get("method"), line["status"], line.get("path"), line["bytes"])
        for line in lines
    } == {
        answer.headers["X-Request-ID"]: (None if method == "KLAAS" else method, status, path, answer.length)
        for (method, _path, _headers, status, path), answer in zip(REQUESTS, answers, strict=True)
    }
    assert len(lines) == len(REQUESTS)


def test_a_line_holds_these_and_no_others(production):
    production.get("/")

    (line,), _errors = production.stop()
    assert sorted(line) == [
        "bytes",
        "level",
        "logger",
        "message",
        "method",
        "milliseconds",
        "path",
        "request_id",
        "status",
        "time",
    ]
    assert datetime.datetime.fromisoformat(line["time"]).utcoffset() == datetime.timedelta(0)
    assert line["milliseconds"] > 0


def test_a_number_that_a_visitor_sends_along_is_not_used(production):
    answer = production.get("/", **{"X-Request-ID": "0123456789abcdef"})

    (line,), _errors = production.stop()
    assert re.fullmatch(NUMBER, answer.headers["X-Request-ID"])
    assert answer.headers["X-Request-ID"] != "0123456789abcdef"
    assert line["request_id"] == answer.headers["X-Request-ID"]


def test_an_error_is_a_line_with_its_place_under_the_number_that_the_page_shows(production):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE letters_topic RENAME TO weg")
        try:
            answer = production.get("/onderwerpen/klaas-vaak/")
        finally:
            cursor.execute("ALTER TABLE weg RENAME TO letters_topic")

    (request,), (error,) = production.stop()
    number = answer.headers["X-Request-ID"]
    assert answer.status == 500
    assert f"<code>{number}</code>" in answer.text
    assert request["request_id"] == error["request_id"] == number
    assert request["path"] == error["path"] == "/onderwerpen/<slug:slug>/"
    assert error["message"] == "Internal Server Error"
    assert [one["error"] for one in error["errors"]] == [
        "django.db.utils.ProgrammingError",
        "psycopg.errors.UndefinedTable",
    ]
    assert any(frame.startswith("letters/views/topics.py:") for frame in error["errors"][0]["frames"])
    assert "klaas" not in json.dumps([request, error]).lower()


def test_who_leaves_halfway_leaves_a_line_that_says_so(production, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "data" / "originals"
    size = 40_000_000
    file = make_original(make_letter(), b"%PDF-1.7" + bytes(size - 8))
    headers = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n"

    with socket.create_connection(("127.0.0.1", production.port)) as visitor:
        visitor.sendall(f"GET {file.get_absolute_url()} HTTP/1.1\r\n{headers}".encode())
        begin = visitor.recv(12)
        # Closed without reading the rest: the server finds the connection broken.
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line = production.next_line()

    more, errors = production.stop()
    assert begin == b"HTTP/1.1 200"
    assert line["status"] == 200
    assert line["cut_off"] is True
    assert 0 < line["bytes"] < size
    assert (more, errors) == ([], [])


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"ONZIN\r\n\r\n", 400),
        (b"GET /zoeken/?q=%s HTTP/1.1\r\n\r\n" % (b"klaas" * 4000), 414),
        (b"GET / HTTP/1.1\r\n%s\r\n" % (b"X-Klaas: klaas\r\n" * 65), 431),
        (b"GET / HTTP/1.1\r\nX-Klaas: %s\r\n\r\n" % (b"klaas" * 4000), 431),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: klaas\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_gets_one_line_and_an_answer_in_dutch(production, request_line, status):
    with socket.create_connection(("127.0.0.1", production.port)) as visitor:
        visitor.sendall(request_line)
        answer = b"".join(iter(lambda: visitor.recv(65536), b"")).decode()

    (line,), errors = production.stop()
    head, _blank, page = answer.partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert '<html lang="nl">' in page
    assert line["status"] == status
    assert f"X-Request-ID: {line['request_id']}" in head
    assert "klaas" not in json.dumps(line).lower()
    assert errors == []
