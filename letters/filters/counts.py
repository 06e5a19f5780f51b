"""Exact totals and facet counts of a list: each facet under all the *other* filters (OR within a facet, AND between)."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items and letters the view has, and per facet how many items it would have with each value alone."""

    items: int = 0
    letters: int = 0
    values: dict[str, dict[str, int]] = field(default_factory=dict)


def count(filtered, facets) -> Counts:
    """Count a ``FilteredList``: its totals, and these facets."""
    hits = filtered.hits()
    found = {facet.key: _count(filtered, facet, filtered.hits(without=facet.group)) for facet in facets}
    values = {key: numbers for key, numbers in found.items() if numbers}
    return Counts(hits.items, int(np.count_nonzero(hits.of_letters)), values)


def count_within(filtered, facet) -> dict[str, int]:
    """Count one facet under every filter, its own too: what else the items of a view have."""
    return _count(filtered, facet, filtered.hits())


def _count(filtered, facet, hits) -> dict[str, int]:
    return facet.count(hits, filtered.cleaned, filtered.shows_unchecked)
