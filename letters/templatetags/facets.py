"""The values of a filter. A list has hundreds: written here, for a template for each of them took half the time of a page."""

from collections.abc import Iterable

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from letters.filters.options import Option

register = template.Library()

VALUE = (
    '<li class="facet__value{none}"><label>'
    '<input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" id="{key}-{value}" name="{key}"'
    ' value="{value}"{checked}><span class="facet__name">{label}</span> <span class="facet__count">{count}</span>'
    "</label></li>"
)


@register.filter
def grouped(number: int) -> str:
    """ "3.312"."""
    return number_format(number, force_grouping=True)


@register.simple_tag
def facet_values(key: str, values: Iterable[Option]) -> SafeString:
    """A box to check for each value of the filter ``key``; one that nothing has is pale, unless it is chosen."""
    return format_html_join(
        "",
        VALUE,
        (
            {
                "key": key,
                "value": option.value,
                "label": option.label,
                "count": grouped(option.count) if option.count > 999 else option.count,  # formatting is slow
                "checked": mark_safe(" checked") if option.selected else "",
                "none": "" if option.count or option.selected else " facet__value--none",
            }
            for option in values
        ),
    )
