"""What helps when nothing satisfies all filters: which of them to drop, and what that gives."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.filters.address import Address
from letters.filters.filtered_list import FilteredList
from letters.filters.lists import LetterList, PassageList, PositionList
from letters.filters.other_views import items_with
from letters.filters.words import KEYS, periods

#: The other lists, with what they would show.
ELSEWHERE = {
    PassageList: gettext_lazy("Dezelfde vraag in alle passages"),
    PositionList: gettext_lazy("Dezelfde vraag in de standpunten"),
    LetterList: gettext_lazy("Dezelfde vraag in de brieven"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another view, and how many items it has."""

    label: str
    url: str
    count: int


def suggestions(filtered: FilteredList, address: Address) -> list[Suggestion]:
    """The views without one of the filters, that with the most items first; then the other lists. None is empty."""
    asked = filtered.cleaned
    dropped = [((key,), _(" of ").join(choice.label for choice in asked[key])) for key in KEYS if asked[key]]
    dropped += periods(asked)
    if asked["q"]:
        dropped.append((("q",), asked["q"].label))
    found = [_without(filtered, address, keys, label) for keys, label in dropped] if len(dropped) > 1 else []
    if asked["q"] and len(dropped) > 2 and not any(one.count for one in found):
        others = tuple(key for keys, _label in dropped for key in keys if key != "q")
        found.append(_without(filtered, address, others, _("alle andere filters")))
    found.sort(key=lambda one: -one.count)
    found += [
        Suggestion(str(label), address.on(other.route).url, items_with(filtered, {}, of=other))
        for other, label in ELSEWHERE.items()
        if not isinstance(filtered, other)
    ]
    return [one for one in found if one.count]


def _without(filtered: FilteredList, address: Address, keys: tuple[str, ...], label: str) -> Suggestion:
    nothing = type(filtered)().cleaned
    if "q" in keys:
        keys = (*keys, "sorteer")  # without words there is nothing to rank by
    count = items_with(filtered, {key: nothing[key] for key in keys})
    return Suggestion(_("Zonder %(filter)s") % {"filter": label}, address.without(*keys).url, count)
