"""How many items a view would have with other choices: what is offered beside a result is counted first."""

from letters.filters.filtered_list import FilteredList


def items_with(filtered: FilteredList, changed: dict, of: type[FilteredList] | None = None) -> int:
    """The exact number under the choices of ``filtered`` with those ``changed``; ``of`` another of the lists."""
    return filtered.with_choices(changed, of).hits().items
