"""The text of a letter at the checking desk: each proposal's sentence marked in place, with a link to its card."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.models import Paragraph, Position
from letters.rendering import Span, render
from letters.templatetags.pieces import shape


def marked(paragraph: Paragraph, positions: Sequence[Position]) -> SafeString:
    """The words of a paragraph, exactly; where positions share words, one mark names them all."""
    edges = sorted({edge for one in positions for edge in (one.start, one.end)})
    spans = []
    for start, end in pairwise(edges):
        here = [one for one in positions if one.start <= start and end <= one.end]
        if here:
            spans.append(Span(start, end, _opening(here), _closing(here, end)))
    return render(paragraph.text, [spans])


def _opening(positions: list[Position]) -> SafeString:
    shown = min(positions, key=_turn)
    return format_html(
        '<mark class="spot stance--{} spot--{}" data-of="{}">',
        shown.stance,
        shown.status,
        " ".join(str(one.pk) for one in positions),
    )


def _turn(position: Position) -> int:
    """Of several positions on a sentence the mark looks like the one that needs a person most."""
    return [Position.Status.UNCHECKED, Position.Status.CHECKED, Position.Status.REJECTED].index(
        position.status
    )


def _closing(positions: list[Position], end: int) -> SafeString:
    """The links hold no text, so that the words of the paragraph stay those of the letter."""
    links = format_html_join(
        "",
        '<a class="spot__to stance--{}" id="zin-{}" href="#standpunt-{}" aria-label="{}">{}</a>',
        (
            (
                one.stance,
                one.pk,
                one.pk,
                _("Naar voorstel: %(stance)s") % {"stance": one.get_stance_display()},
                shape(one.stance),
            )
            for one in positions
            if one.end == end
        ),
    )
    return format_html("{}{}", links, mark_safe("</mark>"))
