"""The values of a filter. A list has hundreds: written here, for a template for each of them took half the time of a page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

from letters.filters.options import Option, Year
from letters.languages import marked

register = template.Library()

VALUE = (
    '<li class="facet__value{none}"><label>'
    '<input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" id="{key}-{value}" name="{key}"'
    ' value="{value}"{checked}><span class="facet__name">{label}</span> <span class="facet__count">{count}</span>'
    "</label></li>"
)
YEAR = (
    '<li><a class="years__bar" id="jaar-{year}" href="{url}"{current}>'
    '<span class="years__count" aria-hidden="true"><span>{count}</span></span>'
    '<svg viewBox="0 0 10 100" preserveAspectRatio="none" width="100%" height="{height}" aria-hidden="true">'
    '<path class="years__base" d="M0 99.5h10"/>{bar}</svg>'
    '<span aria-hidden="true">’{short}</span><span class="visually-hidden">{year}: {count}</span></a></li>'
)
BAR = '<rect y="0" width="10" height="{}" transform="matrix(1 0 0 -1 0 100)"/>'
LEAST_BAR = 3  # of 100: less would not be seen


@register.filter
def grouped(number: int) -> str:
    """ "3.312"."""
    return number_format(number, force_grouping=True)


@register.simple_tag
def facet_values(key: str, values: Iterable[Option]) -> SafeString:
    """A box to check for each value of the filter ``key``; one that nothing has is pale, unless it is chosen."""
    boxes = (
        VALUE.format(
            key=key,
            value=escape(option.value),
            label=marked(option.label),
            count=grouped(option.count) if option.count > 999 else option.count,  # formatting is slow
            checked=" checked" if option.selected else "",
            none="" if option.count or option.selected else " facet__value--none",
        )
        for option in values
    )
    return mark_safe("".join(boxes))  # noqa: S308 - escaped here


@register.simple_tag
def year_bars(years: Iterable[Year], height: int) -> SafeString:
    """A bar to click for each year, of at most ``height`` pixels."""
    bars = (
        YEAR.format(
            year=year.year,
            url=escape(year.url),
            current=' aria-current="true"' if year.selected else "",
            count=year.count,
            height=height,
            bar=BAR.format(max(year.share, LEAST_BAR)) if year.count else "",
            short=f"{year.year}"[2:],
        )
        for year in years
    )
    return mark_safe("".join(bars))  # noqa: S308 - escaped here
