"""The pages for what goes wrong. They ask nothing of the database: it may be what went wrong."""

import sys

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from letters import originals
from navo_site.request_log import REQUEST_ID

RETRY_AFTER = 30  # seconds


def server_error(request) -> HttpResponse:
    """Handler of every error that nothing else caught: 503 when data is away or took too long, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError | originals.Unavailable):
        return unavailable(request, too_slow=isinstance(error.__cause__, psycopg.errors.QueryCanceled))
    context = {"request_id": request.META.get(REQUEST_ID, "")}
    return HttpResponse(render_to_string("500.html", context), status=500, headers=_uncached)


def unavailable(request, *, too_slow: bool = False) -> HttpResponse:
    """Answer that what the page needs is away for now, or that it asks too much at once."""
    context = {"request_id": request.META.get(REQUEST_ID, ""), "too_slow": too_slow}
    headers = _uncached | {"Retry-After": str(RETRY_AFTER)}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


_uncached = {"Cache-Control": "no-store"}
