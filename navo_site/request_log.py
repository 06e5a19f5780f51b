"""What the site logs in production: a line of JSON per request, and one per thing that went wrong. Nothing about persons.

No query string, address, browser, cookie, form or name of an account goes in, and no path that somebody may have made
up. Each request has a number: it stands in its lines, in the header X-Request-ID and on the page that says that
something went wrong, so that who quotes it is helped. A number that a client sends along is not used.
"""

import datetime
import http
import json
import logging
import secrets
import sys
import traceback
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.urls import Resolver404, resolve, reverse
from gunicorn.glogging import Logger

BASE_DIR = Path(__file__).resolve().parent.parent
MOST_FRAMES = (
    25  # of a traceback, the last ones: a line under 4 kB is written whole beside those of other processes
)

METHODS = frozenset(http.HTTPMethod)

#: The keys in the environment of a request under which the middleware leaves what the line of the request says.
REQUEST_ID, SHOWN_PATH = "navo.request_id", "navo.shown_path"

#: Errors that speak of the machine. The words of any other may quote what somebody typed, and stay out of the log.
ABOUT_THE_MACHINE = (OSError, OperationalError, ImproperlyConfigured, ImportError)

_current = ContextVar("request_id", default=None)


def new_request_id() -> str:
    """Give the request that this thread now handles a number, for every line about it."""
    number = secrets.token_hex(8)
    _current.set(number)
    return number


def request_log(get_response):
    """Middleware, outermost: number the request, and leave for the log what it may say of its address."""

    def middleware(request):
        request.META[REQUEST_ID] = new_request_id()
        response = get_response(request)
        request.META[SHOWN_PATH] = shown_path(request, response.status_code)
        response.headers["X-Request-ID"] = request.META[REQUEST_ID]
        return response

    return middleware


def shown_path(request, status: int) -> str | None:
    """The address of a page or file that was shown; else the pattern that it fits, or None.

    What was typed may hold a name, and what staff looks at may be a person.
    """
    shown = request.method in {"GET", "HEAD"} and (status < 300 or status == http.HTTPStatus.NOT_MODIFIED)
    if shown and not request.path_info.startswith(reverse("admin:index")):
        return request.path
    try:
        return f"/{(request.resolver_match or resolve(request.path_info)).route}"
    except Resolver404:
        return None


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON. ``extra={"fields": {…}}`` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(
                "T", "milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": _current.get(),
        }
        if request := getattr(record, "request", None):  # Django's own message quotes the path
            line["message"] = http.HTTPStatus(record.status_code).phrase
            line["path"] = shown_path(request, record.status_code)
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [described(error) for error in _chain(record.exc_info[1])]
        return json.dumps(
            {key: value for key, value in line.items() if value is not None}, ensure_ascii=False
        )


def described(error: BaseException) -> dict:
    """The kind of an error and where it arose, in its own words only when they say nothing of what people typed."""
    found = {"error": f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")}
    if isinstance(error, ABOUT_THE_MACHINE):
        found["message"] = " ".join((getattr(error, "strerror", None) or str(error)).split())[:500]
    if isinstance(error, psycopg.Error) and error.sqlstate:
        found["sqlstate"] = error.sqlstate
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    found["frames"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return found


def _chain(error: BaseException):
    """An error and those that led to it, the last one first."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(filename: str) -> str:
    return filename.removeprefix(f"{BASE_DIR}/").rpartition("site-packages/")[2]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer of the worker itself to what never reached Django."""

    status: int
    sent: int


class JsonLogger(Logger):
    """gunicorn's logger, with every line as JSON."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.setFormatter(JsonFormatter())

    def access(self, resp, req, environ, request_time):
        """Log one request. Called at its end, also when it failed: then ``cut_off`` says that not all was sent."""
        failure = None if isinstance(resp, Refusal) else sys.exc_info()[1]
        if failure is not None and not resp.headers_sent and not isinstance(failure, OSError):
            return  # the worker answers with a refusal instead, and logs that
        status = int(str(resp.status or 0).split()[0])
        fields = {
            "method": method if (method := environ.get("REQUEST_METHOD")) in METHODS else None,
            "path": environ.get(SHOWN_PATH),
            "status": status,
            "bytes": resp.sent,
            "milliseconds": round(request_time.total_seconds() * 1000, 1),
            "request_id": environ.get(REQUEST_ID) or _current.get(),
            "cut_off": True if failure is not None and status else None,
        }
        self.access_log.info("request", extra={"fields": fields})
