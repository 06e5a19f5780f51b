"""Merge a reading's values into one row, and collect what a person must decide."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

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
    """Merges rows of one letter; ``problems`` gathers the conflicts, ``changed`` says whether anything was written."""

    def __init__(self):
        self.problems: list[Problem] = []
        self.changed = False

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
        if read != row.read:
            row.read = read
            written.add("read")
        if is_new:
            row.save()
        elif written:
            row.save(update_fields=sorted(attribute.removesuffix("_id") for attribute in written))
        self.changed |= is_new or bool(written)

    def set_many(self, row: MachineRead, attribute: str, new: Iterable[int], *, name: str = "") -> None:
        """Merge the primary keys of a many-to-many field; the row must be saved already."""
        manager = getattr(row, attribute)
        current = sorted(manager.values_list("pk", flat=True))
        wanted = sorted(set(new))
        merged = merge_value(current, row.read.get(attribute, NEVER_READ), wanted)
        if merged.conflict:
            self._report_conflict(row, attribute, current, wanted, name)
            return
        if merged.value != current:
            manager.set(wanted)
            self.changed = True
        if row.read.get(attribute) != wanted:
            row.read = {**row.read, attribute: wanted}
            row.save(update_fields=["read"])

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
