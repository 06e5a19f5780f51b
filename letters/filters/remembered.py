"""What was made once for a version of the corpus: it holds until something public changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

#: Seconds. Long enough to page through a result; a version that is gone is never asked for again.
KEPT_FOR = 15 * 60

T = TypeVar("T")


def remembered(version: str, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once in each process for each version of the corpus and language.

    ``version`` was read before what is made: that may be newer than its version, never older.
    """
    key = f"{version} {get_language()} {name}"
    digest = sha256(key.encode()).hexdigest()
    found = cache.get(digest)
    if found is None:
        found = make()
        cache.set(digest, found, KEPT_FOR)
    return found
