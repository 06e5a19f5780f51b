"""Answers that may be kept, and are asked about at every visit (design §5.8; RFC 9110 §13, RFC 9111).

A public page follows from its address, what is public in the database, the release of the site, and the date. Together these
are its ETag: whoever has the page asks whether it is still that one, and is told so for the price of one query.

That holds for every view but the admin's and those under /bewaard/: a new page need not think of it. A view whose answer is
for who asks says so itself, by a Cache-Control of its own.
"""

from hashlib import sha256

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.timezone import localdate

from letters.models import CorpusVersion
from letters.models.corpus import read_once
from navo_site.release import release
from navo_site.replicas import note_broken_off

METHODS = {"GET", "HEAD"}
PERSONAL = {"beheer", "bewaard"}
#: Answers that follow from the address. Not 404: there may be something that only staff may see.
KEPT = {200, 301, 304, 308, 400, 410}
ASK_AGAIN = "no-cache"  # keep it, and ask before each use whether it is still right
KEEP_NOTHING = "private, no-store"


class Conditional:
    """Middleware, outside that of sessions, whose cookies have no place on a page that is the same for everyone."""

    def __init__(self, get_response):
        self.get_response = get_response
        release()  # now, and not while the first visitor waits

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in METHODS:
            with read_once():
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        if "Cache-Control" in response.headers or response.status_code >= 500:
            return response
        if _is_personal(request):
            response.headers["Cache-Control"] = KEEP_NOTHING
        else:
            _let_keep(request, response)
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        """Read the version before the view reads anything, and where it does; answer who has the page already."""
        request.etag = None
        if _is_personal(request) or request.method not in METHODS:
            return None
        try:
            request.etag = _etag(request)
        except (OperationalError, InterfaceError) as error:
            note_broken_off(request, error)
            raise
        asked = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
        return HttpResponseNotModified() if request.etag.removeprefix("W/") in asked else None


def _is_personal(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and not PERSONAL.isdisjoint(match.route.split("/"))


def _etag(request: HttpRequest) -> str:
    """Weak: the same page is sent compressed and not. The date is that of the moment before the page is made."""
    parts = [release(), localdate().isoformat(), request.build_absolute_uri(), CorpusVersion.current()]
    return f'W/"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _let_keep(request: HttpRequest, response: HttpResponse) -> None:
    """Let everyone keep an answer, and take off what made it differ by who asked: only where it was read depends on that."""
    response.headers["Cache-Control"] = ASK_AGAIN
    etag = getattr(request, "etag", None)  # of what no view answered there is none
    if etag and response.status_code in KEPT:
        response.headers["ETag"] = etag
    if response.status_code == 304:
        patch_vary_headers(response, ["Accept-Encoding"])  # GZipMiddleware passes by what is empty
        del response.headers["Content-Length"]
    varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    del response.headers["Vary"]
    if varies := [name for name in varies if name and name.lower() != "cookie"]:
        response.headers["Vary"] = ", ".join(varies)
    response.cookies.pop(
        settings.SESSION_COOKIE_NAME, None
    )  # of a session that has ended: /beheer/ deletes it too
