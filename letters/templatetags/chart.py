"""The drawing of a chart. Of twenty meetings with ten positions each a template would take longer than the rest of the page."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from letters.templatetags.facets import grouped
from letters.templatetags.pieces import shape
from letters.views.chart import BAR, SHAPE, Bar, Chart

register = template.Library()

DRAWING = (
    '<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group" aria-labelledby="grafiek">'
    '<defs>{shapes}</defs><path class="chart__base" d="M0 {base}.5H{width}"/>{bars}</svg>'
)
#: A link in a drawing is called what its title says.
LINKED = (
    '<a class="chart__bar" href="{url}"><title>{words}</title>'
    '<rect class="chart__hit" x="{x}" y="0" width="{wide}" height="{height}"/>{parts}'
    '<text class="chart__number" x="{middle}" y="{top}">{total}</text>{labels}</a>'
)
NONE = '<g><title>{words}</title><text class="chart__number chart__number--none" x="{middle}" y="{top}">0</text>{labels}</g>'
GAP = (
    "<g><title>{name}</title>"
    '<rect class="chart__gap" x="{x}" y="{y}" width="{wide}" height="{high}" rx="2"/>{labels}</g>'
)
LABELS = (
    '<text class="chart__label" x="{middle}" y="{label_y}">{label}</text>'
    '<text class="chart__letters" x="{middle}" y="{letters_y}">{letters}</text>'
)
PART = '<g class="stance--{stance}"><rect class="chart__part" x="{x}" y="{y}" width="{wide}" height="{height}" rx="2"/>{shape}</g>'
USE = '<use class="chart__shape" href="#vorm-{stance}" x="{x}" y="{y}"/>'


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    """The chart as SVG; each bar with something in it is a link."""
    drawn = DRAWING.format(
        width=chart.width,
        height=chart.height,
        base=chart.base,
        shapes="".join(f'<g id="vorm-{stance}">{shape(stance)}</g>' for stance, _label in chart.stances),
        bars="".join(_bar(chart, bar) for bar in chart.bars),
    )
    return mark_safe(drawn)  # noqa: S308 - escaped here


def _bar(chart: Chart, bar: Bar) -> str:
    letters = escape(bar.letters)
    labels = LABELS.format(
        middle=bar.middle,
        label_y=chart.label_y,
        letters_y=chart.letters_y,
        label=escape(bar.label),
        letters=letters,
    )
    if not bar.held:
        box = {"x": bar.x, "y": chart.empty_y, "wide": BAR, "high": chart.empty_height}
        return GAP.format(name=escape(bar.title or bar.label), labels=labels, **box)
    words, place = escape(bar.words), {"middle": bar.middle, "top": bar.top}
    if not bar.url:
        return NONE.format(words=words, labels=labels, **place)
    return LINKED.format(
        url=escape(bar.url),
        words=words,
        x=bar.x,
        wide=BAR,
        height=chart.height,
        parts="".join(_parts(bar)),
        total=grouped(bar.total),
        labels=labels,
        **place,
    )


def _parts(bar: Bar):
    for part in bar.parts:
        drawn = (
            USE.format(stance=part.stance, x=bar.middle - SHAPE // 2, y=part.shape_y)
            if part.shape_y is not None
            else ""
        )
        yield PART.format(stance=part.stance, x=bar.x, y=part.y, wide=BAR, height=part.height, shape=drawn)
