"""New rows that are written together: a query for each table instead of some for each row."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models

#: Keys that are drawn at once for a table. Those that stay unused leave a gap, as those of a failed insertion do.
KEYS_AT_ONCE = 32


class NewRows:
    """Rows that wait to be written.

    Rows of the models ``named`` have their key already, so that others that wait too can point to them. (Foreign keys
    are checked when the transaction is committed.)
    """

    def __init__(self, named: Iterable[type[models.Model]] = ()):
        self._keys: dict[type[models.Model], list[int]] = {model: [] for model in named}
        # By the row's identity: it may have no key yet
        self._rows: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
        self._links: dict[tuple[int, str], list[int]] = {}

    def add(self, row: models.Model) -> None:
        """Let a row wait; what is changed of it until ``write`` is written too."""
        model = type(row)
        if model in self._keys:
            row.pk = self._key(model)
        self._rows[model][id(row)] = row

    def link(self, row: models.Model, attribute: str, keys: Iterable[int]) -> None:
        """Set the many-to-many field of a row that waits."""
        self._links[id(row), attribute] = list(keys)

    def linked(self, row: models.Model, attribute: str) -> list[int]:
        return self._links.get((id(row), attribute), [])

    def write(self) -> None:
        """Write all that waits, with for each row one row of history."""
        for model, waiting in self._rows.items():
            rows = list(waiting.values())
            model._default_manager.bulk_create(rows)
            links = {
                field.name: _write_links(field, {row.pk: self.linked(row, field.name) for row in rows})
                for field in model._meta.many_to_many
            }
            if hasattr(model._meta, "simple_history_manager_attribute"):
                _write_history(model, rows, links)

    def _key(self, model: type[models.Model]) -> int:
        if not self._keys[model]:
            for (name, keys), drawn in zip(self._keys.items(), _draw_keys(self._keys), strict=True):
                self._keys[name] = [*keys, *drawn]
        return self._keys[model].pop(0)


def _draw_keys(named: Iterable[type[models.Model]]) -> list[tuple[int, ...]]:
    """Fresh keys for the rows of each of some models."""
    columns = [value for model in named for value in (f'"{model._meta.db_table}"', model._meta.pk.column)]
    next_key = ", ".join(["nextval(pg_get_serial_sequence(%s, %s))"] * (len(columns) // 2))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {next_key} FROM generate_series(1, {KEYS_AT_ONCE})", columns)  # noqa: S608 - no values in it
        return list(zip(*cursor.fetchall(), strict=True))


@cache
def _history_of(model: type[models.Model]) -> tuple[Any, dict[models.ManyToManyField, type[models.Model]]]:
    """The manager of a model's history, and for its many-to-many fields theirs. (Asking makes a class each time.)"""
    manager = model.history
    fields = manager.model._history_m2m_fields
    return manager, {field: getattr(manager.model, field.name).model for field in fields}


def write_links(row: models.Model, links: dict[str, list[int]]) -> dict[str, list[models.Model]]:
    """Write the many-to-many fields of a new row, without history yet (``write_first_history``)."""
    fields = type(row)._meta.many_to_many
    return {field.name: _write_links(field, {row.pk: links.get(field.name, [])}) for field in fields}


def write_first_history(row: models.Model, links: dict[str, list[models.Model]]) -> None:
    """Write one row of history for a new row that was written more than once, with ``skip_history_when_saving``."""
    del row.skip_history_when_saving
    _write_history(type(row), [row], links)


def _write_links(field: models.ManyToManyField, keys: dict[int, list[int]]) -> list[models.Model]:
    """Write the rows of the table between two models, by the key of the one those of the other, and return them."""
    through = field.remote_field.through
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    return through._default_manager.bulk_create(
        [through(**{own: one, other: key}) for one, others in keys.items() for key in others]
    )


def _write_history(
    model: type[models.Model], rows: list[models.Model], links: dict[str, list[models.Model]]
) -> None:
    """What django-simple-history writes when a row is saved and then each of its many-to-many fields, at once."""
    manager, kinds = _history_of(model)
    written = manager.bulk_history_create(rows, default_change_reason=None)
    history_of = dict(zip((row.pk for row in rows), written, strict=True))
    for field, kind in kinds.items():
        own = f"{field.m2m_field_name()}_id"
        columns = [column.attname for column in field.remote_field.through._meta.fields]
        kind._default_manager.bulk_create(
            kind(history=history_of[getattr(link, own)], **{name: getattr(link, name) for name in columns})
            for link in links[field.name]
        )
