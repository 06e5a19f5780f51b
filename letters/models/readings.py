from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models


class MachineRead(models.Model):
    """A row whose first values came from a reading, and that people may correct.

    ``read`` keeps what the machine last read for each field. A field that still equals it was not touched by a
    person; a later reading may replace only those (see ``letters.ingest.merge``). Rows that a person made have ``{}``.
    """

    read = models.JSONField(default=dict, editable=False, blank=True)

    _remembers_later = False

    class Meta:
        abstract = True

    @property
    def made_by_person(self) -> bool:
        return not self.read

    def remember(self, read: dict) -> None:
        """Keep what the machine read. It is no news to people, so no row of their history."""
        if read != self.read:
            self.read = read
            if not self._remembers_later:
                self._write_read()

    @contextmanager
    def remembering(self, *, write: bool = True) -> Iterator[None]:
        """Write what is remembered within this block once, at its end; or not at all, for who writes the row itself."""
        before, self._remembers_later = self.read, True
        try:
            yield
        finally:
            self._remembers_later = False
        if write and self.read != before:
            self._write_read()

    def _write_read(self) -> None:
        type(self)._default_manager.filter(pk=self.pk).update(read=self.read)

    @property
    def differs_from_reading(self) -> bool:
        """Whether a person changed anything of what the machine read."""
        columns = {field.attname for field in self._meta.concrete_fields}
        sets = {field.name for field in self._meta.many_to_many}
        return any(
            (name in columns and _plain(getattr(self, name)) != value)
            or (name in sets and sorted(row.pk for row in getattr(self, name).all()) != value)
            for name, value in self.read.items()
        )


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
