"""Exact totals and facet counts of a view, in one query.

The hits are computed once (``MATERIALIZED``) with a boolean for each filter that is in use, so that a facet can be
counted under all the *other* filters: OR within a facet, AND between facets.
"""

# ruff: noqa: S608 - the query is put together from queries of Django and names in the code; values are parameters

from dataclasses import dataclass, field

from django.db import connections
from django.db.models import QuerySet

COLUMNS = ["item", "letter", "section", "passage"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items and letters the view has, and per facet how many items it would have with each value alone."""

    items: int = 0
    letters: int = 0
    values: dict[str, dict[str, int]] = field(default_factory=dict)


def count(hits, conditions: dict, facets, cleaned) -> Counts:
    """Count ``hits`` (a queryset with the columns ``hit_…``) under ``conditions`` (group → condition on hits)."""
    flags = {group: f"chosen_{number}" for number, group in enumerate(conditions)}
    rows = hits.annotate(**{flags[group]: condition for group, condition in conditions.items()})
    rows = rows.order_by().values_list(*[f"hit_{column}" for column in COLUMNS], *flags.values())
    sql, params = _sql(rows)
    parts = [
        f"SELECT '', 'items', count(DISTINCT item) FROM hits{_where(flags.values())}",
        f"SELECT '', 'letters', count(DISTINCT letter) FROM hits{_where(flags.values())}",
    ]
    params = [*params]
    for facet in facets:
        others = [flag for group, flag in flags.items() if group != (facet.group or facet.key)]
        sources = []
        for source in facet.sources(cleaned):
            pairs, pair_params = _sql(source.pairs().order_by())
            sources.append(
                f"SELECT item, value::text FROM hits JOIN ({pairs}) AS pairs (key, value) ON key = {source.on}"
                f"{_where([*others, 'value IS NOT NULL'])}"
            )
            params += pair_params
        parts.append(
            f"SELECT '{facet.key}', value, count(DISTINCT item)"
            f" FROM ({' UNION ALL '.join(sources)}) AS found GROUP BY value"
        )
    query = f"WITH hits ({', '.join([*COLUMNS, *flags.values()])}) AS MATERIALIZED ({sql}) {' UNION ALL '.join(parts)}"
    with connections[hits.db].cursor() as cursor:
        cursor.execute(query, params)
        return _counts(cursor.fetchall())


def _sql(rows: QuerySet) -> tuple[str, tuple]:
    return rows.query.get_compiler(rows.db).as_sql()


def _where(conditions) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _counts(rows) -> Counts:
    values: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        values.setdefault(facet, {})[value] = number
    totals = values.pop("", {})
    return Counts(totals.get("items", 0), totals.get("letters", 0), values)
