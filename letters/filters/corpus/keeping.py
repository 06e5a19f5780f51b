"""What was read is kept, in each process, for as long as the corpus does not change; then only what changed is read."""

from threading import Lock

from django.db import connections, transaction

from letters.filters.corpus.joining import read_since
from letters.filters.corpus.reading import read
from letters.filters.corpus.tables import Corpus
from letters.models import CorpusVersion
from letters.models.corpus import read_once

#: For each database that is read from, the primary and perhaps a standby that follows it, what was read last.
_kept: dict[str, Corpus] = {}
_one_at_a_time = Lock()


def corpus(version: str) -> Corpus:
    """The corpus as the database has it that the request reads from: of ``version``, which was read before, or of a later one.

    Within a transaction: of that moment. Its version changes once at most, so what was read there is not kept.
    """
    alias = CorpusVersion.objects.all().db
    if found := _of(version):
        return found
    if connections[alias].in_atomic_block:
        return _read_now(alias)
    with _one_at_a_time:
        return _of(version) or _read(alias)


def _of(version: str) -> Corpus | None:
    return next((found for found in list(_kept.values()) if found.version == version), None)


def _read(alias: str) -> Corpus:
    with transaction.atomic(using=alias), read_once():
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = _of(CorpusVersion.current()) or _read_now(alias)
    _kept[alias] = found
    return found


def _read_now(alias: str) -> Corpus:
    before = _kept.get(alias) or next(iter(_kept.values()), None)
    return read_since(before) if before else read()
