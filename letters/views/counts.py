"""How one view stands, for the lists of saved views that browsers keep themselves. A public page: it knows nobody."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from letters.views.saved import NoSuchView, read


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How a view (``weergave``) stands, as JSON, and what is new since a moment (``sinds``). The same for everyone.

    A view at a time, so that each is one address that caches keep.
    """
    since = parsed_moment(request.GET.get("sinds", ""))
    if since is None:
        problem = _("“sinds” is geen moment. Schrijf het als 2026-11-22T09:30:00Z.")
        return JsonResponse({"detail": problem}, status=400)
    try:
        view = read(request.GET.get("weergave", ""))
    except NoSuchView as error:
        return JsonResponse({"detail": str(error)}, status=400)
    counted = view.count(since)
    return JsonResponse(
        {
            "address": view.address.url,
            "words": view.words,
            "former": [str(topic) for topic in view.former],
            "results": counted.words,
            "new": counted.new,
        }
    )


def parsed_moment(text: str) -> datetime | None:
    """A moment with its time zone; None for anything else, also for one that is in no year of UTC."""
    try:
        moment = parse_datetime(text)
        return None if moment is None or is_naive(moment) else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
