"""In which form an answer is wanted (RFC 9110 §12.5.1). The framework's own reading passes over ``q=0``: "not this one"."""

from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation


class ContentNegotiation(BaseContentNegotiation):
    """There is one form: what is asked is whether it will do."""

    def select_parser(self, request, parsers):
        return None  # nothing is taken in

    def select_renderer(self, request, renderers, format_suffix=None):
        """The renderer and its media type. Raises ``NotAcceptable`` when ``Accept`` does not name that, or refuses it."""
        [renderer] = renderers
        if not _accepts(request.headers.get("Accept", ""), renderer.media_type):
            raise NotAcceptable(available_renderers=renderers)
        return renderer, renderer.media_type


def _accepts(header: str, media_type: str) -> bool:
    """Whether "application/*;q=0.5, */*;q=0" takes "application/json": the range that says most about it decides.

    Parameters ("; charset=utf-8") ask for nothing that there is. An empty header asks for nothing either.
    """
    if not header.strip():
        return True
    main_type, _slash, sub_type = media_type.partition("/")
    ranges = [MediaType(one) for one in header.split(",")]
    fitting = [
        (one.main_type != "*", one.sub_type != "*", one.quality)
        for one in ranges
        if one.main_type in (main_type, "*") and one.sub_type in (sub_type, "*")
    ]
    return bool(fitting) and max(fitting)[-1] > 0
