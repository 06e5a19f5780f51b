"""Which database a request reads from: the primary, or what visitors read.

Visitors read from ``settings.PUBLIC_DATABASE``: read-only, with a limit on the time of a query, and perhaps a standby
that follows the primary at some distance. Whoever is logged in reads from the primary, and so does every request that
may change something: people see what they wrote. All writing is done on the primary.
"""

import logging
from contextvars import ContextVar, copy_context
from functools import partial

import psycopg
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.http import FileResponse, HttpRequest, HttpResponse

from letters.models.corpus import read_once
from navo_site.errors import unavailable

PRIMARY = DEFAULT_DB_ALIAS
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: What a visitor who may not see a page is told: to log in, no, or that there is no such page.
REFUSALS = {302, 403, 404}

_END = object()
_read_from = ContextVar("read_from", default=PRIMARY)

logger = logging.getLogger(__name__)


class Router:
    """Django's question which database to use: https://docs.djangoproject.com/en/5.2/topics/db/multi-db/."""

    def db_for_read(self, model, **hints):
        return _read_from.get()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # the same rows, wherever they were read

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


def note_broken_off(request: HttpRequest, error: Exception) -> None:
    """Note that a connection which was there was broken off, by a standby that stopped or had to go on replaying."""
    request.was_broken_off = (
        isinstance(error, OperationalError | InterfaceError)
        and not isinstance(error.__cause__, psycopg.errors.QueryCanceled)
        and connections[_read_from.get()].connection is not None
    )


class ReadFrom:
    """Middleware, after that of sessions and accounts: chooses the database for the whole answer, also when streamed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        try:
            if request.user.is_authenticated:
                return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            logger.error("The primary database does not answer who is logged in: %s", error)
            return self._answer_stranger(request)
        return self._answer_visitor(request)

    def process_exception(self, request, exception) -> None:
        note_broken_off(request, exception)

    def _answer_visitor(self, request):
        """Answer from what visitors read; what was broken off is asked once more, over a new connection."""
        response = self._answer_from(settings.PUBLIC_DATABASE, request)
        if getattr(request, "was_broken_off", False):
            connections[settings.PUBLIC_DATABASE].close()
            with (
                read_once()
            ):  # anew: the next standby may not have come as far as the one whose version was read
                response = self._answer_from(settings.PUBLIC_DATABASE, request)
        return response

    def _answer_stranger(self, request):
        """Show someone whose session cannot be read what any visitor sees, but refuse them nothing that may be theirs."""
        request.user = AnonymousUser()
        response = self._answer_visitor(request)
        return unavailable(request) if response.status_code in REFUSALS else response

    def _answer_from(self, alias, request):
        context = copy_context()
        context.run(_read_from.set, alias)
        response = context.run(self.get_response, request)
        if response.streaming and not isinstance(response, FileResponse):
            chunks = iter(response.streaming_content)
            response.streaming_content = iter(partial(context.run, next, chunks, _END), _END)
        return response
