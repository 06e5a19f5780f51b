"""What pages say for those who cite them: whole addresses, and data for reference managers and harvesters."""

import json
import re
from collections.abc import Iterable

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from letters import metadata
from letters.models import File, Letter

register = template.Library()

#: As in Django's ``json_script``: nothing in the data can end the element that it stands in.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

#: An abbreviation before its number: "nr. 446", "al. 12", "p. 3".
ABBREVIATION = re.compile(r"\b(nr|al|p)\. (?=\w)")


def _absolute(context):
    """What makes an address of this site whole, also in a piece that was included with ``only``."""
    site = _site(context.request) if getattr(context, "request", None) else ""
    return lambda url: site + url


def _site(request) -> str:
    """ "https://brieven.example.nl": looked at once for a page, which has it in a hundred places."""
    if not hasattr(request, "site"):
        request.site = f"{request.scheme}://{request.get_host()}"
    return request.site


@register.filter(is_safe=True)
@stringfilter
def unbroken(text: str) -> str:
    """What is shown of a citation or title, without a line that ends in "nr." or begins with a dot. Not for what is copied."""
    return ABBREVIATION.sub("\\1.\N{NO-BREAK SPACE}", text).replace(" · ", "\N{NO-BREAK SPACE}· ")


@register.simple_tag(takes_context=True)
def absolute(context, url: str) -> str:
    return _absolute(context)(url)


@register.simple_tag(takes_context=True)
def meta_tags(context, letter: Letter, files: Iterable[File]) -> SafeString:
    """The tags of Zotero, for the head of a letter's page."""
    tags = metadata.meta_tags(letter, files, _absolute(context))
    return format_html_join("\n", '<meta name="{}" content="{}">', tags)


@register.simple_tag(takes_context=True)
def json_ld(context, letter: Letter, files: Iterable[File]) -> SafeString:
    """A block of data, which no browser runs: the policy that forbids scripts in a page lets it stand."""
    data = json.dumps(metadata.json_ld(letter, files, _absolute(context)), ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(data.translate(ESCAPES)),  # noqa: S308 - escaped here
    )


@register.simple_tag(takes_context=True)
def coins(context, rows: Iterable) -> SafeString:
    """The letters of a list for Zotero, each once. ``rows`` are letters, or have one in ``letter``."""
    letters = {
        letter.pk: letter for letter in (row if isinstance(row, Letter) else row.letter for row in rows)
    }
    titles = [(metadata.coins(letter, _absolute(context)),) for letter in letters.values()]
    return format_html_join("", '<span class="Z3988" title="{}"></span>', titles)
