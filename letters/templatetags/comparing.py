"""A sentence of a comparison with the words that the other has not, for who sees them, hears them or prints them in black."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.comparison import Piece
from letters.comparison_sides import ComparedRow, Comparison, elsewhere_in_words
from letters.models import QuotedSentence
from letters.templatetags.quotations import drawn

register = template.Library()

#: What is read aloud around words that the other side has not; it is never selected with them.
ALOUD = '<span class="visually-hidden compared__aloud"> ({}) </span>'


@register.simple_tag(takes_context=True)
def compared(context, sentence: QuotedSentence, parts: Sequence[Piece], tag: str) -> SafeString:
    """A sentence whole, in the pieces of its row. ``tag``: "del" in the first of the two, "ins" in the second."""
    return drawn(context, sentence, text=marked(parts, tag), words=sentence.position.quotation)


@register.simple_tag
def elsewhere(row: ComparedRow, found: Comparison) -> SafeString:
    """That a letter of the other side has the sentence of a row too, with a link to it there."""
    before, after = elsewhere_in_words(row, found)
    return format_html('{}<a href="{}">{}</a>{}', before, row.elsewhere.url, row.elsewhere.name, after)


def marked(parts: Sequence[Piece], tag: str) -> SafeString:
    """The pieces joined, those that differ in an element ``tag``."""
    start, end = format_html(ALOUD, _("alleen hier:")), format_html(ALOUD, _("tot hier"))
    opening, closing = mark_safe(f"<{tag}>"), mark_safe(f"</{tag}>")  # noqa: S308 - "del" or "ins"
    return format_html_join(
        "",
        "{}{}{}{}{}",
        (
            (opening, start, part.text, end, closing) if part.differs else ("", "", part.text, "", "")
            for part in parts
        ),
    )
