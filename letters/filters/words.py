"""A view in words: its title ("Oekraïne · 2021–2023 · “capaciteitsopbouw”") and a chip for each thing chosen."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters.filters.address import Address
from letters.filters.choices import ORDERS, RELEVANCE, Choice

#: In the order in which the title names them.
KEYS = [
    "onderwerp",
    "standpunt",
    "moment",
    "soort",
    "niveau",
    "bijeenkomst",
    "sessie",
    "kamer",
    "bewindspersoon",
]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_url: str


def title(cleaned: dict, all_items: str) -> str:
    """The filter in words, or ``all_items`` when nothing is chosen."""
    parts = [_(" of ").join(choice.label for choice in cleaned[key]) for key in KEYS if cleaned[key]]
    parts += [label for _keys, label in periods(cleaned)]
    if cleaned["q"]:
        parts.append(cleaned["q"].label)
    if not parts:
        parts = [str(all_items)]
    if cleaned["ongecontroleerd"]:
        parts.append(cleaned["ongecontroleerd"].label)
    text = " · ".join(parts)
    return capfirst(text)


def sort_links(filtered, address: Address) -> list[dict]:
    """The orders, each with its link; by relevance only when there are words to be relevant to."""
    return [
        {"label": label, "url": address.setting(sorteer=order).url, "current": order == filtered.order}
        for order, label in ORDERS.items()
        if order != RELEVANCE or filtered.words
    ]


def chips(cleaned: dict, address: Address) -> list[Chip]:
    found = []
    for key in KEYS:
        for choice in cleaned[key]:
            found.append(Chip(capfirst(choice.label), address.without_value(key, choice.value).url))
    for keys, label in periods(cleaned):
        found.append(Chip(capfirst(label), address.without(*keys).url))
    for key in ["q", "ongecontroleerd"]:
        if cleaned[key]:
            found.append(Chip(capfirst(cleaned[key].label), address.without(key).url))
    return found


def periods(cleaned: dict) -> list[tuple[tuple[str, str], str]]:
    """The keys and the words of the periods that were chosen."""
    named = [
        (("van", "tot"), period(cleaned["van"], cleaned["tot"])),
        (("briefdatum-van", "briefdatum-tot"), period(cleaned["briefdatum-van"], cleaned["briefdatum-tot"])),
    ]
    if named[1][1]:
        named[1] = (named[1][0], _("brief %(period)s") % {"period": named[1][1]})
    return [(keys, label) for keys, label in named if label]


def period(start: Choice | None, end: Choice | None) -> str:
    """ "2021–2023", "2021", "vanaf 2021", "tot en met 14 juni 2021"."""
    if start and end:
        if start.value == end.value:
            return _day(start)
        dash = "–" if len(start.value) == len(end.value) == 4 else " – "
        return f"{_day(start)}{dash}{_day(end)}"
    if start:
        return _("vanaf %(day)s") % {"day": _day(start)}
    return _("tot en met %(day)s") % {"day": _day(end)} if end else ""


def _day(choice: Choice) -> str:
    return choice.value if len(choice.value) == 4 else date_format(choice.stored, "j F Y")
