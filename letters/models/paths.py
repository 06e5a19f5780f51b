"""Where the page of a row is. One list names a hundred, many of them several times, and finding a route takes long."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def path_to(route: str, slug: str) -> str:
    """``reverse(route, args=[slug])``."""
    return _path(route, slug, get_language(), get_script_prefix())


@lru_cache(maxsize=20_000)
def _path(route: str, slug: str, language: str | None, prefix: str) -> str:
    """``language`` and ``prefix`` are those of the request, by which ``reverse`` may answer otherwise."""
    return reverse(route, args=[slug])
