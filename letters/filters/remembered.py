"""What was made once for a version of the corpus: it holds until something public changes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from django.db import connections
from django.utils.translation import get_language

from letters.models import CorpusVersion

#: Things that a process keeps, those used last. Most are counts of a view, of up to half a megabyte where there are 3,000 meetings.
MOST = 100

T = TypeVar("T")

_kept: OrderedDict[tuple[str, str | None, str, str], object] = OrderedDict()
_changing = Lock()


def remembered(version: str, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once in each process for each version of the corpus and language. Nobody may change it.

    ``name`` tells it from what else the module of ``make`` has remembered.

    ``version`` was read before what is made: that may be newer than its version, never older. Within a transaction, whose
    version changes once at most, nothing is kept.
    """
    key = version, get_language(), make.__module__, name
    with _changing:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    if connections[CorpusVersion.objects.all().db].in_atomic_block:
        return made
    with _changing:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
