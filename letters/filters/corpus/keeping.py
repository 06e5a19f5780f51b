"""What was read is kept, in each process, for as long as the corpus does not change."""

from threading import Lock

from django.db import connections, transaction

from letters.filters.corpus.joining import read_since
from letters.filters.corpus.reading import read
from letters.filters.corpus.tables import Corpus
from letters.models import CorpusVersion
from letters.models.corpus import read_once

#: Versions: that of the primary, and that of a standby that follows it.
KEPT = 2

_kept: dict[str, Corpus] = {}
_reading = Lock()


def corpus(version: str) -> Corpus:
    """The corpus as the database has it that the request reads from: of ``version``, which was read before, or of a later one.

    Within a transaction: of that moment. Its version changes once at most, so what was read there is not kept.
    """
    alias = CorpusVersion.objects.all().db
    if connections[alias].in_atomic_block:
        return _kept.get(version) or read()
    with _reading:
        return _kept.get(version) or _read(alias)


def _read(alias: str) -> Corpus:
    with transaction.atomic(using=alias), read_once():
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        version = CorpusVersion.current()
        found = _kept.get(version) or (read_since(next(reversed(_kept.values()))) if _kept else read())
    _kept[version] = found
    while len(_kept) > KEPT:
        del _kept[next(iter(_kept))]
    return found
