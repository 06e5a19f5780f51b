"""New rows that are written together: a query for each table instead of some for each row."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db import connection, models
from django.utils import timezone

#: Many-to-many fields, with the keys that each row has there.
Links = dict[models.ManyToManyField, dict[int, list[int]]]
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
                field: {row.pk: self.linked(row, field.name) for row in rows}
                for field in model._meta.many_to_many
            }
            if hasattr(model._meta, "simple_history_manager_attribute"):
                _write_history(model, rows, links)
            else:
                for field, keys in links.items():
                    _write_links(field, keys)

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


def write_links(row: models.Model, links: dict[str, list[int]]) -> None:
    """Write the many-to-many fields of a new row, without history yet (``write_first_history``)."""
    for field in type(row)._meta.many_to_many:
        _write_links(field, {row.pk: links.get(field.name, [])})


def write_first_history(row: models.Model) -> None:
    """Write one row of history for a new row that was written more than once, with ``skip_history_when_saving``."""
    del row.skip_history_when_saving
    _write_history(type(row), [row])


def _write_links(field: models.ManyToManyField, keys: dict[int, list[int]]) -> None:
    """Write the rows of the table between two models, by the key of the one those of the other."""
    through = field.remote_field.through
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through._default_manager.bulk_create(
        [through(**{own: one, other: key}) for one, others in keys.items() for key in others]
    )


def _write_history(model: type[models.Model], rows: list[models.Model], links: Links | None = None) -> None:
    """What django-simple-history writes when a row is saved and then its many-to-many fields, copied by PostgreSQL.

    ``links`` are of many-to-many fields and not written yet: that happens in the same query. (To build and send rows of
    history from here took a fifth of the time that a new letter takes.)
    """
    if not rows:
        return
    user = model.history.model.get_default_history_user(rows[0])
    values = {"date": timezone.now(), "user": user and user.pk, "keys": [row.pk for row in rows]}
    for field, keys in (links or {}).items():
        pairs = [(one, other) for one, others in keys.items() for other in others]
        values[f"{field.name}_own"] = [own for own, _other in pairs]
        values[f"{field.name}_other"] = [other for _own, other in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_history_query(model, links is not None), values)


@cache
def _history_query(model: type[models.Model], writes_links: bool) -> str:
    """The query that copies new rows of a model, and what their many-to-many fields hold, to the tables of history."""
    history = model.history.model
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in history.tracked_fields if not field.generated)
    key = quote(model._meta.pk.column)
    links = "".join(
        f", {_links_query(getattr(history, field.name).model, field, writes_links)}"
        for field in history._history_m2m_fields
    )
    return f"""
        WITH written AS (
            INSERT INTO {quote(history._meta.db_table)} ({columns}, history_date, history_type, history_user_id)
            SELECT {columns}, %(date)s, '+', %(user)s FROM {quote(model._meta.db_table)}
            WHERE {key} = ANY(%(keys)s)
            RETURNING history_id, {key}
        ){links}
        SELECT FROM written
    """  # noqa: S608 - names of tables and columns only


def _links_query(history: type[models.Model], field: models.ManyToManyField, writes: bool) -> str:
    """The parts of that query for one many-to-many field: write its links, unless they are there, and copy them."""
    through = field.remote_field.through
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.column) for column in through._meta.fields)
    own, other = quote(field.m2m_column_name()), quote(field.m2m_reverse_name())
    if writes:
        rows = f"""
            INSERT INTO {quote(through._meta.db_table)} ({own}, {other})
            SELECT * FROM unnest(%({field.name}_own)s::bigint[], %({field.name}_other)s::bigint[])
            RETURNING {columns}
        """  # noqa: S608 - names of tables and columns only
    else:
        rows = f"SELECT {columns} FROM {quote(through._meta.db_table)} WHERE {own} = ANY(%(keys)s)"  # noqa: S608 - names only
    linked = quote(f"{field.name}_linked")
    return f"""
        {linked} AS ({rows}),
        {quote(field.name)} AS (
            INSERT INTO {quote(history._meta.db_table)} (history_id, {columns})
            SELECT written.history_id, {linked}.* FROM {linked}
            JOIN written ON written.{quote(field.model._meta.pk.column)} = {linked}.{own}
        )
    """  # noqa: S608 - names of tables and columns only
