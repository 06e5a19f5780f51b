"""What a list holds."""

from letters.filters import FilteredList


def items_of(filtered: FilteredList, rows=None) -> list:
    """All items in order, each as ``rows`` has it."""
    return filtered.items(filtered.model.objects.all() if rows is None else rows)[:]
