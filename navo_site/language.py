"""Which language the site speaks in an answer: that of the address (letters/languages.py)."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import translation

from letters.languages import language_of


def speak_as_addressed(get_response):
    """Middleware, outermost: pages of errors and the log look at addresses too.

    Django's own would ask the browser, and say so in ``Vary``: then nobody could keep a page for everyone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        with translation.override(language):
            response = get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            response.streaming_content = spoken(language, response.streaming_content)
        return response

    return middleware


def spoken(language: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What is made while it is sent, each part of it in this language."""
    parts = iter(chunks)
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
