"""A sentence of a comparison with the words that the other has not, for who sees them, hears them or prints them in black."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.comparison import Piece
from letters.comparison_sides import Sentence
from letters.languages import quoted
from letters.templatetags.citing import unbroken
from letters.templatetags.pieces import cite, stance

register = template.Library()

SENTENCE = """<figure class="quotation quotation--{stance}" data-cited>
  <figcaption class="quotation__head">{heads}</figcaption>
  <blockquote class="quotation__text" lang="{language}" cite="{url}"><p>{before}{text}</p></blockquote>
  <p class="quotation__source">{name}{place} · {source}</p>
  {cite}
</figure>
"""
#: What is read aloud around words that the other side has not; it is never selected with them.
ALOUD = '<span class="visually-hidden compared__aloud"> ({}) </span>'


@register.simple_tag(takes_context=True)
def compared(context, sentence: Sentence, parts: Sequence[Piece], tag: str) -> SafeString:
    """A sentence whole, in the pieces of its row. ``tag``: "del" in the first of the two, "ins" in the second."""
    position = sentence.position
    paragraph, letter, url = position.paragraph, position.letter, position.get_absolute_url()
    name, before = str(position.name), position.before
    return format_html(
        SENTENCE,
        stance=position.stance,
        heads=format_html_join(" ", "{}", ([stance(one, plain=True)] for one in sentence.positions)),
        language=paragraph.language or "nl",
        url=url,
        before=format_html('<span class="quotation__before">{}</span> ', before) if before else "",
        text=marked(parts, tag),
        name=f"{name}, {_('met anderen')}" if position.with_others else name,
        place=format_html(' · <a href="{}">{}&nbsp;{}</a>', url, _("al."), paragraph.anchor)
        if paragraph.anchor
        else "",
        source=quoted(unbroken(letter.citation)),
        cite=cite(context, position.citation, url, name, words=position.quotation),
    )


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
