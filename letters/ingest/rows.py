"""Merge a reading's values into one row, and collect what a person must decide."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letters.ingest.bulk import NewRows
from letters.ingest.merge import NEVER_READ, merge_value
from letters.models.readings import MachineRead
from letters.parsing.parsed_letter import Problem

#: Characters of a value that a conflict's message repeats.
LONGEST_SHOWN = 200


def plain(value: Any) -> Any:
    """A value as JSON keeps it, so that what is stored can be compared with what was read."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple | list | set):
        return [plain(item) for item in value]
    return value


class RowMerger:
    """Merges rows of one letter; ``problems`` gathers the conflicts, ``changed`` says whether anything was written.

    ``new`` is the letter itself when nothing of it was stored before: then nothing is asked, and the keys of its
    many-to-many fields gather in ``links``.
    """

    def __init__(self, new: MachineRead | None = None):
        self.new = new
        self.links: dict[str, list[int]] = {}
        #: Keys of the meetings that this reading made: nothing hangs on them yet.
        self.new_meetings: set[int] = set()
        #: The keys of the topics in use by slug, and those that each section has: looked up once for the whole letter.
        self.topics: dict[str, int] = {}
        self.topics_of_section: dict[int, list[int]] = {}
        self.problems: list[Problem] = []
        self.changed = False
        self._waiting: NewRows | None = None

    @contextmanager
    def together(self, *named: type[MachineRead]) -> Iterator[None]:
        """Write the rows that are new at the end of this block, all at once; those of models ``named`` have their key before."""
        self._waiting = NewRows(named)
        try:
            yield
            self._waiting.write()
        finally:
            self._waiting = None

    def stored(self, rows: QuerySet) -> list:
        """The rows that the letter has already."""
        return list(rows) if self.new is None else []

    def save(
        self,
        row: MachineRead,
        values: Mapping[str, Any],
        *,
        machine: Mapping[str, Any] | None = None,
        name: str = "",
    ) -> None:
        """Merge ``values`` (attribute → value) into the row; a new row takes them all. Only what changed is written.

        ``machine`` are values that are the machine's alone: no person edits them, they are replaced. ``name`` says in a
        conflict's message which row is meant. A conflict leaves the base as it was, so that it stays one until decided.
        """
        is_new = row.pk is None
        read, written = dict(row.read), set()
        for attribute, new in values.items():
            current = getattr(row, attribute)
            merged = merge_value(plain(current), row.read.get(attribute, NEVER_READ), plain(new))
            if not is_new and merged.conflict:
                self._report_conflict(row, attribute, current, new, name)
                continue
            if is_new or merged.value != plain(current):
                setattr(row, attribute, new)
                written.add(attribute)
            read[attribute] = plain(new)
        for attribute, new in (machine or {}).items():
            if is_new or getattr(row, attribute) != new:
                setattr(row, attribute, new)
                written.add(attribute)
        if is_new and self._waiting is not None:
            row.read = read
            self._waiting.add(row)
        elif is_new:
            row.read = read
            row.save()
        elif written:
            row.read = read
            row.save(update_fields=sorted(attribute.removesuffix("_id") for attribute in {*written, "read"}))
        else:
            row.remember(read)
        self.changed |= is_new or bool(written)

    def set_many(self, row: MachineRead, attribute: str, new: Iterable[int], *, name: str = "") -> list[int]:
        """Merge the primary keys of a many-to-many field, and return what it holds; the row must be saved already."""
        wanted = sorted(set(new))
        if self._waits(row):
            self._waiting.link(row, attribute, wanted)
            row.read = {**row.read, attribute: wanted}
            return wanted
        if row is self.new:
            self.links[attribute] = wanted
            row.read = {**row.read, attribute: wanted}
            return wanted
        current = self.many(row, attribute)
        merged = merge_value(current, row.read.get(attribute, NEVER_READ), wanted)
        if merged.conflict:
            self._report_conflict(row, attribute, current, wanted, name)
            return current
        if merged.value != current:
            manager = getattr(row, attribute)
            manager.set(wanted) if current else manager.add(*wanted)
            self.changed = True
        row.remember({**row.read, attribute: wanted})
        return merged.value

    def many(self, row: MachineRead, attribute: str) -> list[int]:
        """The primary keys in a many-to-many field as it is now; without a query where they were prefetched."""
        if self._waits(row):
            return self._waiting.linked(row, attribute)
        return sorted(one.pk for one in getattr(row, attribute).all())

    def _waits(self, row: MachineRead) -> bool:
        return self._waiting is not None and row._state.adding

    def _report_conflict(self, row: MachineRead, attribute: str, current: Any, new: Any, name: str) -> None:
        field = row._meta.get_field(attribute.removesuffix("_id"))
        self.problems.append(
            Problem(
                code="conflict",
                field=f"{row._meta.model_name}:{row.pk}:{field.name}",
                message=_(
                    "%(field)s%(name)s: u hebt “%(current)s”, de nieuwe lezing geeft “%(new)s”. "
                    "Uw keuze blijft staan; pas haar aan als de lezing gelijk heeft."
                )
                % {
                    "field": str(field.verbose_name).capitalize(),
                    "name": f" ({name})" if name else "",
                    "current": _shown(field, current),
                    "new": _shown(field, new),
                },
            )
        )


def _shown(field: Any, value: Any) -> str:
    """A value as a person knows it: names of rows instead of their keys, and words for nothing."""
    if value in (None, "", [], ()):
        return _("niets")
    if field.is_relation:
        keys = value if isinstance(value, list | tuple) else [value]
        text = ", ".join(str(row) for row in field.related_model._default_manager.filter(pk__in=keys))
    else:
        text = str(dict(getattr(field, "flatchoices", [])).get(value, value))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
