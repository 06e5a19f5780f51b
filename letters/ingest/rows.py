"""Merge a reading's values into one row, and collect what a person must decide."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from letters.ingest.merge import NEVER_READ, merge_value
from letters.models.readings import MachineRead
from letters.parsing.parsed_letter import Problem


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

    def save(self, row: MachineRead, values: Mapping[str, Any], *, name: str = "") -> None:
        """Merge ``values`` (attribute → value) into the row and save it; a new row takes them all.

        ``name`` says in a conflict's message which row is meant.
        """
        is_new = row.pk is None
        for attribute, new in values.items():
            current = getattr(row, attribute)
            if is_new:
                setattr(row, attribute, new)
            else:
                merged = merge_value(plain(current), row.read.get(attribute, NEVER_READ), plain(new))
                if merged.conflict:
                    self._report_conflict(row, attribute, current, new, name)
                elif merged.value != plain(current):
                    setattr(row, attribute, new)
                    self.changed = True
        read = {**row.read, **{attribute: plain(value) for attribute, value in values.items()}}
        if is_new or read != row.read:
            self.changed = True
        row.read = read
        row.save()

    def set_many(self, row: MachineRead, attribute: str, new: Iterable[int], *, name: str = "") -> None:
        """Merge the primary keys of a many-to-many field; the row must be saved already."""
        manager = getattr(row, attribute)
        current = sorted(manager.values_list("pk", flat=True))
        wanted = sorted(set(new))
        merged = merge_value(current, row.read.get(attribute, NEVER_READ), wanted)
        if merged.conflict:
            self._report_conflict(row, attribute, _names(manager, current), _names(manager, wanted), name)
        elif merged.value != current:
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
                    "current": current,
                    "new": new,
                },
            )
        )


def _names(manager: Any, keys: list[int]) -> str:
    return ", ".join(str(row) for row in manager.model.objects.filter(pk__in=keys)) or "–"
