"""Counts that were made once for a version of the corpus: they hold until something public changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from letters.filters.address import Address
from letters.models.corpus import CorpusVersion

#: Seconds. Long enough to page through a result; a version that is gone is never asked for again.
KEPT_FOR = 15 * 60

T = TypeVar("T")


def remembered(name: str, view: Address, make: Callable[[], T]) -> T:
    """What ``make`` gives for this view, made once for each version of the corpus in each process.

    The version is read before what is counted: counts may be newer than their version, never older.
    """
    said = f"{name} {view.without('sorteer').url} {CorpusVersion.current()}"
    key = f"{name}-{sha256(said.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_FOR)
    return found
