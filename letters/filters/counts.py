"""Exact totals and facet counts of a list, in one query.

Each facet is counted under all the *other* filters (OR within a facet, AND between). So the hits are found for each filter
in use without it, and under every filter for the totals and for the facets that are not in use: among those of a filter
that letters are chosen by, when there is one. Each of these uses the indexes that help it: that was faster than one reading
of all rows with a flag for each filter. Without its only filter a list is that of everything, which is counted once.
"""

# ruff: noqa: S608 - the query is put together from queries of Django and names in the code; values are parameters

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Q, QuerySet

from letters.filters.facets import POSITION, LetterFacet, Period, PositionFacet, SessionFacet, TopicFacet
from letters.models import IndexedLetter

COLUMNS_OF_LETTER = "letter_id, ordered_on, kind, levels, meetings, years, chambers, signatories"


#: Keys that come with the counts, which have all of them at hand: to look for those of the newest alone, among rows in order
#: of date, took as long again where few rows match.
FIRST = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items and letters the view has, and per facet how many items it would have with each value alone.

    ``unchecked``: how many positions that nobody looked at ``ongecontroleerd=ja`` would add; None where the list counts
    them itself.
    """

    items: int = 0
    letters: int = 0
    unchecked: int | None = None
    first: tuple[int, ...] = ()  # the keys of the first items, the newest first: ``FIRST`` of them, or all
    values: dict[str, dict[str, int]] = field(default_factory=dict)


def count(filtered, facets) -> Counts:
    """Count a ``FilteredList``: its totals, and these facets, each under all other filters."""
    query = Query(filtered)
    used = [facet for facet in facets if facet.group in filtered.groups]
    known = used if filtered.only_group in {facet.group for facet in used} - {POSITION} else []
    for group in dict.fromkeys(facet.group for facet in used if facet not in known):
        query.add_hits(group, [facet for facet in used if facet.group == group])
    query.add_hits("", [facet for facet in facets if facet not in used], totals=True)
    counts = _counts(query.rows(), facets, filtered.cleaned)
    everything = filtered.everything.counts.values if known else {}
    counts.values.update({facet.key: everything[facet.key] for facet in known if facet.key in everything})
    return counts


def count_within(filtered, facet) -> dict[str, int]:
    """Count one facet under every filter, its own too: what else the items of a view have."""
    query = Query(filtered)
    query.add_hits("", [facet])
    return _counts(query.rows(), [facet], filtered.cleaned).values.get(facet.key, {})


class Query:
    """The query for one list, put together of hits under some filters and what is counted of them."""

    def __init__(self, filtered):
        self.filtered = filtered
        self.tables: list[str] = []
        self.hits: dict[str, str] = {}  # the tables of hits, by the group that they leave out
        self.selects: list[str] = []
        self.params: list = []
        words = filtered.found()
        if words is not None:
            # By the name of the index itself: everything after this reads only what holds the words, found once.
            columns = list(filtered.columns.values())
            table = filtered.index._meta.db_table
            self._add_table(table, columns, words.values_list(*columns), kept="MATERIALIZED ")

    def add_hits(self, without: str, facets, *, totals: bool = False) -> None:
        """Count these facets, and the totals, of the rows under every filter but those of the group ``without``."""
        number = len(self.tables)
        hits, letters = f"hits_{number}", f"letters_{number}"
        among = next((group for group in self.filtered.of_letters if group in self.hits), "")
        if among and not without:
            self._add_hits_among(self.hits[among], hits, self.filtered.of_letters[among])
        else:
            columns = self.filtered.columns
            rows = self.filtered.rows(without=without).values_list(*columns.values())
            self._add_table(hits, columns, rows)
        self.hits[without] = hits
        if totals or any(isinstance(facet, LetterFacet | Period) for facet in facets):
            sql, params = self.filtered.letters_of(hits, without)
            self.tables.append(f"{letters} AS ({sql})")
            self.params += params
        if totals:
            self.selects.append(f"SELECT '', 'items', coalesce(sum(number), 0) FROM {letters}")
            self.selects.append(f"SELECT '', 'letters', count(*) FROM {letters}")
            if self.filtered.sums_unchecked:
                self.selects.append(f"SELECT '', 'unchecked', coalesce(sum(unchecked), 0) FROM {hits}")
            self._add_first(letters if self.filtered.counts_letters else hits)
        if any(facet.group == POSITION for facet in facets):
            self._count_positions(hits)
        for facet in facets:
            if facet.group != POSITION:
                self._count(facet, hits, letters)

    def _add_hits_among(self, others: str, name: str, condition: Q) -> None:
        """Hits whose letters satisfy a condition, from those that were found already without it."""
        letters = IndexedLetter.objects.filter(condition).values_list("pk")
        sql, params = letters.query.get_compiler(self.filtered.database).as_sql()
        self.tables.append(f"{name} AS (SELECT * FROM {others} WHERE letter_id IN ({sql}))")
        self.params += params

    def _add_first(self, items: str) -> None:
        key = (self.filtered.order_in_letter or ["letter_id"])[-1]
        order = ", ".join(
            ["ordered_on DESC NULLS LAST", "letter_id DESC", *map(_quoted, self.filtered.order_in_letter)]
        )
        self.selects.append(
            f"SELECT 'first', {key}::text, row_number() OVER (ORDER BY {order})"
            f" FROM (SELECT * FROM {items} ORDER BY {order} LIMIT {FIRST}) AS items"
        )

    def _count_positions(self, hits: str) -> None:
        """Count the combinations of positions, for stance and moment alike."""
        combinations = hits
        if self.filtered.counts_letters:
            combinations = f"(SELECT bit_or(stances) AS stances FROM {hits} GROUP BY letter_id) AS letters"
        self.selects.append(
            f"SELECT '{POSITION}', stances::text, count(*) FROM {combinations} WHERE stances <> 0 GROUP BY stances"
        )

    def _count(self, facet, hits: str, letters: str) -> None:
        per_letter = self.filtered.counts_letters
        if isinstance(facet, TopicFacet):
            found = "SELECT topics, count(*) AS number FROM {hits} GROUP BY topics"
            select = (
                f"SELECT '{facet.key}', topic::text, sum(number) FROM ({found}) AS found"
                " JOIN letters_topicset AS topic_set ON topic_set.id = found.topics, unnest(topic_set.topics) AS topic"
                " GROUP BY topic"
            )
            if per_letter:
                found = "SELECT DISTINCT letter_id, topics FROM {hits}"
                found = (
                    f"SELECT DISTINCT letter_id, topic FROM ({found}) AS sets"
                    " JOIN letters_topicset AS topic_set ON topic_set.id = sets.topics, unnest(topic_set.topics) AS topic"
                )
                select = f"SELECT '{facet.key}', topic::text, count(*) FROM ({found}) AS found GROUP BY topic"
        elif isinstance(facet, SessionFacet):
            number = "count(DISTINCT letter_id)" if per_letter else "count(*)"
            select = (
                f"SELECT '{facet.key}', session::text, {number} FROM {{hits}}"
                " WHERE session IS NOT NULL GROUP BY session"
            )
        else:
            select = f"SELECT {facet.column} AS value, sum(number) AS number FROM {{letters}} GROUP BY {facet.column}"
            if facet.is_array:
                select = f"SELECT one AS value, number FROM ({select}) AS found, unnest(value) AS one"
            select = f"SELECT '{facet.key}', value::text, sum(number) FROM ({select}) AS found GROUP BY value"
        self.selects.append(select.format(hits=hits, letters=letters))

    def _add_table(self, name: str, columns: Iterable[str], rows: QuerySet, *, kept: str = "") -> None:
        sql, params = rows.query.get_compiler(self.filtered.database).as_sql()
        self.tables.append(f"{name} ({', '.join(map(_quoted, columns))}) AS {kept}({sql})")
        self.params += params

    def rows(self) -> list[tuple[str, str, int]]:
        """What was counted: (facet, value, number); the totals under the facet ""."""
        sql = f"WITH {', '.join(self.tables)} {' UNION ALL '.join(self.selects)}"
        with connections[self.filtered.database].cursor() as cursor:
            cursor.execute(sql, self.params)
            return cursor.fetchall()


def _quoted(column: str) -> str:
    return f'"{column}"'  # "order" is a word of SQL


def _counts(rows, facets, cleaned) -> Counts:
    values: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        values.setdefault(facet, {})[value] = int(number)
    totals, first = values.pop("", {}), values.pop("first", {})
    combinations = {int(bits): number for bits, number in values.pop(POSITION, {}).items()}
    for facet in facets:
        if isinstance(facet, PositionFacet) and (counted := facet.values(combinations, cleaned)):
            values[facet.key] = counted
    return Counts(
        totals.get("items", 0),
        totals.get("letters", 0),
        totals.get("unchecked"),
        tuple(int(key) for key in sorted(first, key=first.get)),
        values,
    )
