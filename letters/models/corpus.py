import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Within ``read_once``: the version of each database that was asked.
_versions: ContextVar[dict[str, str] | None] = ContextVar("versions of the corpus", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the version of a database once until the end of the block: for an answer to one who only reads."""
    token = _versions.set({})
    try:
        yield
    finally:
        _versions.reset(token)


class CorpusVersion(models.Model):
    """What changes with everything that visitors can see, in the transaction that changes it (migration 0008).

    Triggers on every table with public rows write it, whoever changes those and however; nothing here does. All rows
    together are the version: one, and one more for each writer that ever found those taken by others who wrote just then.
    """

    version = models.UUIDField(_("versie"), default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("versie van het corpus")
        verbose_name_plural = _("versie van het corpus")

    def __str__(self):
        return str(self.version)

    @classmethod
    def current(cls) -> str:
        """The version, in at most one query, of the database that the request reads from; no version ever comes back.

        Read it before the data. Data that is newer than its version costs one answer too many; data that is older would
        be taken for new.
        """
        rows = cls.objects.order_by("pk").values_list("version", flat=True)
        versions = _versions.get()
        if versions is None:
            return _joined(rows)
        if rows.db not in versions:
            versions[rows.db] = _joined(rows)
        return versions[rows.db]


def _joined(versions) -> str:
    return " ".join(str(version) for version in versions)
