"""The cells of the map: four thousand on the page of forty topics and a hundred meetings, so they are written here."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.templatetags.facets import grouped
from letters.views.overview import Cell, Line

register = template.Library()


@register.simple_tag
def map_cells(line: Line) -> SafeString:
    """A line's cells: a number that is a link, 0 where letters say nothing on it, and where no letter is held that.

    ``static/overview.css`` shows a dot for the 0 and a dash on a hatched ground for the last.
    """
    gap = f'<td class="mx">{escape(_("geen brief"))}'
    cells = (
        _linked(cell) if cell.number else gap if cell.shade is None else '<td class="m0">0'
        for cell in line.cells
    )
    return mark_safe("".join(cells))  # noqa: S308 - escaped here


def _linked(cell: Cell) -> str:
    number = grouped(cell.number) if cell.number > 999 else cell.number  # formatting is slow
    return f'<td class="m{cell.shade}"><a href="{escape(cell.url)}" title="{escape(cell.words)}">{number}</a>'
