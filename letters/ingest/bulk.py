"""New rows that are written together: a query for each table instead of some for each row."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, models

#: Keys that are drawn at once for a table. Those that stay unused leave a gap, as those of a failed insertion do.
KEYS_AT_ONCE = 32


class NewRows:
    """Rows that wait to be written. Each has its key already, so that rows can point to others that wait too.

    (Foreign keys are checked when the transaction is committed.)
    """

    def __init__(self):
        self._keys: dict[type[models.Model], list[int]] = defaultdict(list)
        self._rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self._links: dict[models.Model, dict[str, list[int]]] = defaultdict(dict)

    def add(self, row: models.Model) -> None:
        """Give a row its key, and let it wait; what is changed of it until ``write`` is written too."""
        model = type(row)
        if not self._keys[model]:
            self._keys[model] = _draw_keys(model)
        row.pk = self._keys[model].pop(0)
        self._rows[model].append(row)

    def link(self, row: models.Model, attribute: str, keys: Iterable[int]) -> None:
        """Set the many-to-many field of a row that waits."""
        self._links[row][attribute] = list(keys)

    def linked(self, row: models.Model, attribute: str) -> list[int]:
        return self._links[row].get(attribute, [])

    def write(self) -> None:
        """Write all that waits, with for each row one row of history."""
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows)
            links = {field.name: self._write_links(field, rows) for field in model._meta.many_to_many}
            if hasattr(model, "history"):
                _write_history(model, rows, links)

    def _write_links(self, field: models.ManyToManyField, rows: list[models.Model]) -> list[models.Model]:
        """Write the rows of the table between two models, and return them."""
        through = field.remote_field.through
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        return through._default_manager.bulk_create(
            through(**{own: row.pk, other: key}) for row in rows for key in self.linked(row, field.name)
        )


def _write_history(
    model: type[models.Model], rows: list[models.Model], links: dict[str, list[models.Model]]
) -> None:
    """What django-simple-history writes when a row is saved and then each of its many-to-many fields, at once."""
    history = model.history.model
    written = model.history.bulk_history_create(rows, default_change_reason=None)
    history_of = dict(zip((row.pk for row in rows), written, strict=True))
    for field in history._history_m2m_fields:
        own = f"{field.m2m_field_name()}_id"
        columns = [column.attname for column in field.remote_field.through._meta.fields]
        kind = getattr(history, field.name).model
        kind._default_manager.bulk_create(
            kind(history=history_of[getattr(link, own)], **{name: getattr(link, name) for name in columns})
            for link in links[field.name]
        )


def _draw_keys(model: type[models.Model]) -> list[int]:
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table}"', key, KEYS_AT_ONCE],
        )
        return [number for (number,) in cursor.fetchall()]
