"""The same page in another language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from letters.languages import in_language
from letters.languages import marked as marked_words
from letters.languages import quoted as quoted_words

register = template.Library()


@register.filter
def quoted(words: str, language: str = "") -> SafeString:
    """``{{ section.title|quoted:section.language }}``: see ``letters.languages``."""
    return quoted_words(words, language)


@dataclass(frozen=True, slots=True)
class Other:
    """Where the switch leads. ``keeps_view``: to this view, and not to the start page, as from a page of errors."""

    code: str
    name: str
    url: str
    keeps_view: bool


@register.filter
def marked(words: str) -> SafeString:
    """``{{ topic.name|marked }}``: not in attributes, which have no language of their own."""
    return marked_words(words)


@register.filter
def listed(several: Iterable[str]) -> SafeString:
    """``{{ topic.aliases|listed }}``: words with commas between them, each in its language."""
    return format_html_join(", ", "{}", ((marked_words(words),) for words in several))


@register.simple_tag(takes_context=True)
def other_languages(context) -> list[Other]:
    """The languages that the page is not in, each with the address of this view there."""
    here, request = get_language(), context.get("request")
    shown = request.get_full_path() if request and context.get("crumbs") else ""
    return [_other(code, shown) for code, _name in settings.LANGUAGES if code != here]


def _other(code: str, shown: str) -> Other:
    with override(code):
        url = in_language(shown, code) if shown else reverse("start")
    return Other(code, LANG_INFO[code]["name_local"], url, bool(shown))


@register.simple_tag
def alternates(canonical_url: str) -> SafeString:
    """For search engines: where this page is in each language, itself included; without a wish it is the Dutch one."""
    urls = {code: in_language(canonical_url, code) for code, _name in settings.LANGUAGES}
    found = [*urls.items(), ("x-default", urls[settings.LANGUAGE_CODE])]
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', found)
