"""What goes wrong, as ``application/problem+json`` (RFC 9457) in Dutch, for everything under /api/."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from letters.models import Letter, Publication

MEDIA_TYPE = "application/problem+json"

TITLES = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("Ongeldig verzoek"),
    HTTPStatus.NOT_FOUND: gettext_lazy("Niet gevonden"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_lazy("Methode niet toegestaan"),
    HTTPStatus.NOT_ACCEPTABLE: gettext_lazy("Gevraagde vorm bestaat niet"),
    HTTPStatus.GONE: gettext_lazy("Ingetrokken"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("Verzoek te groot"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Fout in de site"),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("Tijdelijk niet beschikbaar"),
}
DETAILS = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("De site begrijpt dit verzoek niet."),
    HTTPStatus.NOT_FOUND: gettext_lazy(
        "Op dit adres is niets. De adressen van deze API staan in /api/v1/openapi.json, en eindigen niet op een schuine streep."
    ),
    HTTPStatus.NOT_ACCEPTABLE: gettext_lazy(
        "Deze API antwoordt alleen in application/json. Vraag daarom, of laat de kop Accept weg."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("Deze API neemt niets aan: zij is alleen om te lezen."),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy(
        "Er ging iets mis dat niet aan uw verzoek ligt. Probeer het over een paar minuten opnieuw."
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy(
        "De gegevens zijn even niet bereikbaar, of de vraag kostte te veel tijd. Probeer het over een halve minuut opnieuw, "
        "of vraag minder tegelijk."
    ),
}


@dataclass(frozen=True, slots=True)
class WrongParameter:
    """One thing that is wrong with the query string."""

    key: str
    code: str
    detail: str


class Problem(Exception):
    """An answer other than the one that was asked for; ``members`` stand beside those of the standard."""

    def __init__(self, status: int, detail: str = "", members: dict | None = None):
        super().__init__(detail)
        self.status, self.detail, self.members = status, detail, members or {}


class InvalidQuery(Problem):
    """The query string has something that this address does not know; all of it is told at once."""

    def __init__(self, wrong: list[WrongParameter]):
        errors = [
            {"in": "query", "location": {"name": one.key}, "code": one.code, "detail": one.detail}
            for one in wrong
        ]
        detail = (
            wrong[0].detail
            if len(wrong) == 1
            else _("Meer dan één sleutel of waarde is ongeldig: zie errors.")
        )
        super().__init__(HTTPStatus.BAD_REQUEST, detail, {"errors": errors})


class Withdrawn(Problem):
    """A letter that was public: only when and why it was withdrawn is told, nothing else of it."""

    def __init__(self, letter: Letter):
        log = letter.publications.filter(action=Publication.Action.WITHDRAWN).order_by("-at").first()
        members = {"ingetrokkenOp": localdate(log.at).isoformat(), "reden": log.reason} if log else {}
        detail = (
            _("Deze brief is op %(day)s ingetrokken. Reden: %(reason)s")
            % {"day": date_format(localdate(log.at), "j F Y"), "reason": log.reason}
            if log
            else _("Deze brief is ingetrokken.")
        )
        super().__init__(HTTPStatus.GONE, detail, members)


def body(status: int, detail: str = "", members: dict | None = None) -> dict:
    return {
        "type": "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": int(status),
        "detail": detail
        or str(DETAILS.get(status, ""))
        or str(TITLES.get(status, HTTPStatus(status).phrase)),
        **(members or {}),
    }


def handler(error: Exception, context: dict) -> Response | None:
    """Django REST Framework's EXCEPTION_HANDLER. What is none of these is an error of the site, and passes on."""
    if isinstance(error, Problem):
        status, detail, members = error.status, error.detail, error.members
    elif isinstance(error, Http404):
        status, detail, members = HTTPStatus.NOT_FOUND, str(error), {}
    elif isinstance(error, exceptions.MethodNotAllowed):
        status, members = HTTPStatus.METHOD_NOT_ALLOWED, {}
        detail = _("Deze API is alleen om te lezen: GET, HEAD en OPTIONS.")
    elif isinstance(error, exceptions.NotAcceptable):
        status, detail, members = HTTPStatus.NOT_ACCEPTABLE, "", {}
    else:
        return None
    return Response(body(status, detail, members), status, content_type=MEDIA_TYPE)


def as_problem(response: HttpResponse) -> None:
    """Make an answer that another part of the site gave (a page that tells what went wrong) one of the API; headers stay."""
    response.content = json.dumps(body(response.status_code), ensure_ascii=False).encode()
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Content-Length"] = str(len(response.content))
    response.headers.pop("Content-Encoding", None)
