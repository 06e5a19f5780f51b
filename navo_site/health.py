"""/gezondheid/: whether the parts that the site needs answer, for who keeps it running. Why not stands in the log."""

import logging
from contextlib import closing

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from letters import originals

TIMEOUT = 2  # seconds, for a database to accept a connection
FINE, UNREACHABLE, READ_ONLY = "in orde", "niet bereikbaar", "alleen te lezen"
UNUSABLE = "niet te lezen of te schrijven"
DATABASE_NAMES = {"default": "database", "public": "database voor bezoekers"}

logger = logging.getLogger(__name__)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when every part is well, else 503."""
    parts = state_of_parts()
    well = all(state == FINE for state in parts.values())
    return JsonResponse(
        {"toestand": FINE if well else "storing", "onderdelen": parts},
        status=200 if well else 503,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )


def answer_from_inside(get_response):
    """Middleware that answers this address before host names and sessions are looked at: who asks from inside the container
    knows neither the name of the site nor TLS.
    """

    def middleware(request):
        return health(request) if request.path_info == reverse("health") else get_response(request)

    return middleware


def state_of_parts() -> dict[str, str]:
    """For each part its state in words; no word of where a part runs."""
    parts = {DATABASE_NAMES.get(alias, alias): state_of_database(alias) for alias in settings.DATABASES}
    return parts | {"originelen": state_of_originals()}


def state_of_database(alias: str) -> str:
    """Ask over a connection made for it: one that is kept open may hang as long as its server does."""
    connection = connections[alias].copy()
    connection.settings_dict["OPTIONS"]["connect_timeout"] = TIMEOUT
    try:
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            standby = cursor.fetchone()[0]
    except Error as error:
        logger.error("The database %r does not answer", alias, exc_info=error)
        return UNREACHABLE
    return READ_ONLY if standby and alias == "default" else FINE


def state_of_originals() -> str:
    try:
        originals.check_reachable()
    except OSError as error:
        logger.error("The storage of originals cannot be used", exc_info=error)
        return UNUSABLE
    return FINE
