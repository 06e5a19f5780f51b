"""The languages of the site. The address of a page says which it is in, and nothing else does: no cookie, session or browser.

Dutch has no prefix; a page in English has the same address after ``/en``.
"""

import re
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: "/en", "/en/zoeken/"; not "/english/"
PREFIXED = re.compile(r"/(?P<language>[a-z]{2})(?:/|$)")
OTHERS = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}


def language_of(path: str) -> str:
    """The language of what stands at a path: "en" for "/en/zoeken/", "nl" for "/zoeken/" and "/beheer/"."""
    found = PREFIXED.match(path)
    return found["language"] if found and found["language"] in OTHERS else settings.LANGUAGE_CODE


def in_language(url: str, language: str) -> str:
    """The address of a page, with its query string, in another language: only the prefix differs."""
    parts = urlsplit(url)
    here = language_of(parts.path)
    path = parts.path if here == settings.LANGUAGE_CODE else parts.path.removeprefix(f"/{here}")
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return urlunsplit(parts._replace(path=prefix + path))


class Words(str):
    """Words in another language than the page, such as the name of a topic that has none in that of the page."""

    language: str

    def __new__(cls, words: str, language: str):
        made = super().__new__(cls, words)
        made.language = language
        return made


def marked(words: str) -> SafeString:
    """Words of ours, with their language when that is another than that of the page."""
    return quoted(words) if isinstance(words, Words) else conditional_escape(words)


def quoted(words: str, language: str = "") -> SafeString:
    """Words of a letter, or of others, that are in a language of their own: Dutch, unless they say or one tells otherwise. On
    a page in another they are marked as such.
    """
    language = getattr(words, "language", "") or language or settings.LANGUAGE_CODE
    if language == get_language():
        return conditional_escape(words)
    return format_html('<span lang="{}">{}</span>', language, words)


def told_with(sentence: str, **words: str) -> SafeString:
    """A sentence of ours around words that may be marked: "Gevonden: %(words)s"."""
    escaped = {name: marked(value) for name, value in words.items()}
    return mark_safe(escape(sentence) % escaped)  # noqa: S308 - escaped here
