"""What the measuring of search asks in a process that uses the site's database (``tests.bench.inside``)."""

import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.filters import choices
from letters.models import Letter, Meeting, Paragraph, Position, Section, Topic

BATCH = 5000
SLOW = 5  # milliseconds: queries above are shown with their plan
ONE = ["topic", "kind", "level", "stance", "moment", "meeting", "session", "chamber", "signatory", "year"]
#: Columns with all values of a passage, as JSON: what it may have several of.
SEVERAL = ["topics", "levels", "stances", "moments", "signatories"]


def material(seed: str) -> dict[str, list]:
    """What addresses are made of: topics by frequency, letters, meetings, and the words that stand for choices."""
    chance = random.Random(int(seed))  # noqa: S311 - the same requests each time
    topics = Topic.objects.current().filter(sections__letter__status="published").values_list("slug")
    letters = list(
        Letter.objects.public().filter(sections__isnull=False).distinct().values_list("slug", flat=True)
    )
    meetings = list(Meeting.objects.public().values_list("slug", flat=True))
    return {
        "topics": [slug for slug, _number in _by_frequency(topics)],
        "letters": chance.sample(sorted(letters), min(500, len(letters))),
        "meetings": chance.sample(sorted(meetings), min(500, len(meetings))),
        "kinds": list(choices.KINDS),
        "stances": list(choices.STANCES),
        "stored": {key: member.value for table in (choices.KINDS, choices.STANCES) for key, member in table.items()},
    }  # fmt: skip


def _by_frequency(rows) -> list[tuple[str, int]]:
    from django.db.models import Count

    return list(rows.annotate(number=Count("pk")).order_by("-number", "slug").values_list("slug", "number"))


def query_counts(paths: str) -> dict[str, int]:
    """How many queries each of these pages (JSON) takes; answers other than 200 are left out."""
    client, found = Client(HTTP_HOST="localhost"), {}
    for path in json.loads(paths):
        with CaptureQueriesContext(connection) as own, CaptureQueriesContext(connections["public"]) as public:
            response = client.get(path)
            response.getvalue()
        if response.status_code == 200:
            found[path] = len(own) + len(public)
    return found


def plans(paths: str) -> dict[str, list[str]]:
    """Of each of these pages (JSON) the queries that took longer than ``SLOW`` ms, with how they were carried out."""
    client, found = Client(HTTP_HOST="localhost"), {}
    for path in json.loads(paths):
        client.get(path).getvalue()  # warm
        with CaptureQueriesContext(connections["public"]) as captured:
            client.get(path).getvalue()
        found[path] = [_plan(query["sql"]) for query in captured if 1000 * float(query["time"]) > SLOW]
    return found


def _plan(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}".replace("%", "%%"), [])
        return statement + "\n" + "\n".join(row[0] for row in cursor.fetchall())


def sizes() -> list[list]:
    """Table, bytes with its indexes, bytes of the indexes alone; the largest first, and the whole database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " UNION ALL SELECT 'whole database', pg_database_size(current_database()), 0 ORDER BY 2 DESC LIMIT 12"
        )
        return [list(row) for row in cursor.fetchall()]


def write_sqlite(path: str) -> int:
    """Write the published passages with their facets to an SQLite file for Datasette; return how many.

    The newest letter comes first, so that Datasette's own order is ours and costs it nothing. ``ONE`` hold the first
    value of each passage, ``SEVERAL`` all of them. Texts stand in a table beside, whose label they are: to count arrays
    Datasette sorts whole rows.
    """
    facets = ", ".join(f"{name} TEXT" for name in [*ONE[:-1], *SEVERAL])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(
            f"CREATE TABLE passages (id INTEGER PRIMARY KEY, year INTEGER, {facets}, date TEXT, letter TEXT,"
            " text INTEGER REFERENCES texts (id))"
        )
        database.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
        names = ["year", *ONE[:-1], *SEVERAL, "date", "letter", "id", "text"]
        insert = f"INSERT INTO passages ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        for number, (*row, text) in enumerate(_passages(), 1):
            database.execute(insert, [*row, number, number])
            database.execute("INSERT INTO texts VALUES (?, ?)", [number, text])
        for name in ONE:
            database.execute(f"CREATE INDEX passages_{name} ON passages ({name})")
        database.execute(
            "CREATE VIRTUAL TABLE passages_fts USING fts5"
            " (text, content='texts', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        )
        database.execute("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        database.execute("ANALYZE")
        number = database.execute("SELECT count(*) FROM passages").fetchone()[0]
    database.close()
    return number


def _passages() -> Iterator[tuple]:
    letters = {
        letter.pk: letter
        for letter in Letter.objects.public().prefetch_related("meetings", "signatories", "submissions")
    }
    order = sorted(letters.values(), key=lambda one: (one.date, one.pk), reverse=True)
    names = _topics_with_parents()
    sections = dict(Section.objects.filter(session__isnull=False).values_list("pk", "session__number"))
    of_section = _grouped(Section.topics.through.objects.values_list("section", "topic"))
    positions = defaultdict(list)
    for pk, paragraph, stance, moment in Position.objects.public().values_list(
        "pk", "paragraph", "stance", "moment"
    ):
        positions[paragraph].append((pk, stance, moment))
    own = _grouped(Position.topics.through.objects.values_list("position", "topic"))
    for first in range(0, len(order), BATCH // 10):
        batch = {letter.pk: [] for letter in order[first : first + BATCH // 10]}
        for row in (
            Paragraph.objects.filter(letter__in=batch)
            .order_by("order")
            .values_list("pk", "letter", "section", "text")
        ):
            batch[row[1]].append(row)
        for key, rows in batch.items():
            yield from _rows(letters[key], rows, names, sections, of_section, positions, own)


def _rows(letter, rows, names, sections, of_section, positions, own) -> Iterator[tuple]:
    meeting = next(iter(letter.meetings.all()), None)
    levels = list(meeting.levels) if meeting else []
    signatories = [signatory.slug for signatory in letter.signatories.all()]
    chamber = next((one.chamber for one in letter.submissions.all()), None)
    for pk, _letter, section, text in rows:
        found = positions.get(pk, [])
        topics = [*of_section.get(section, []), *(topic for one in found for topic in own.get(one[0], []))]
        topics = list(dict.fromkeys(name for topic in topics for name in names[topic]))
        stances = list(dict.fromkeys(stance for _pk, stance, _moment in found))
        moments = list(dict.fromkeys(moment for _pk, _stance, moment in found))
        several = [topics, levels, stances, moments, signatories]
        yield (
            meeting.start.year if meeting and meeting.start else None,
            *(_first(topics), letter.kind, _first(levels), _first(stances), _first(moments)),
            *(meeting.slug if meeting else None, sections.get(section), chamber, _first(signatories)),
            *(json.dumps(values) for values in several),
            *(letter.date.isoformat(), letter.slug, text),
        )


def _first(values: list) -> Any:
    return values[0] if values else None


def _grouped(pairs) -> dict[int, list[int]]:
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _topics_with_parents() -> dict[int, list[str]]:
    """Each topic with what it falls under: a parent counts for its children too."""
    topics = Topic.objects.select_related("parent__parent")
    return {topic.pk: [topic.slug, *(above.slug for above in topic.ancestors)] for topic in topics}
