"""A corpus written straight into a site's database: letters that look like ours, by COPY, without reading any file.

The same number and seed give the same rows. Rows of history, originals and readings are left out: no page shows them.
"""

import json
import random
import sys
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from letters.models import (
    AgendaTopic,
    Letter,
    Level,
    Meeting,
    Paragraph,
    Position,
    Publication,
    Section,
    Session,
    Signatory,
    Submission,
    Topic,
)
from letters.models.signatories import signatory_slug
from tests.bench.corpus import MADE
from tests.bench.corpus_shapes import LetterShape, SectionShape, read_letters, read_texts, shape
from tests.bench.corpus_words import Words

LETTERS_AT_ONCE = 2000
#: What triggers would have made, row by row
DERIVED = [
    "SELECT letters_index_rebuild()",
    "INSERT INTO letters_letterwords (letter_id, words)"
    " SELECT id, coalesce(letters_words_of(id), '{}') FROM letters_letter WHERE status = 'published'",
    "INSERT INTO letters_word (word) SELECT DISTINCT unnest(words) FROM letters_letterwords",
]
FIRST_YEAR, LAST_YEAR = 2000, 2026
LETTERS_OF_A_MEETING = 3  # an agenda, a report, now and then answers or another letter
FEWEST_MEETINGS = 12  # of a year
NOW = datetime(2026, 11, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
STATUSES = {"published": 97, "draft": 2, "withdrawn": 1}
CHECKS = {"checked": 80, "unchecked": 15, "rejected": 5}
SHARE_WITH_ENGLISH_ANNEX = 0.1  # of the letters; three paragraphs: some 3% of the passages
KINDS_OF_MEETING = [  # body, format, levels
    *[("NAVO", "", [Level.FOREIGN_AFFAIRS.value])] * 4,
    *[("NAVO", "", [Level.DEFENCE.value])] * 4,
    ("NAVO", "informeel", [Level.FOREIGN_AFFAIRS.value]),
    ("NAVO", "top", [Level.LEADERS.value]),
    ("NAVO", "", [Level.FOREIGN_AFFAIRS.value, Level.DEFENCE.value]),
    ("UDCG", "", [Level.DEFENCE.value]),
]
PLACES = ["Brussel", "Vilnius", "Den Haag", "Praag", "Washington", "Oslo"]
SUBJECTS = {
    "annotated_agenda": "Geannoteerde agenda van de bijeenkomst",
    "report": "Verslag van de bijeenkomst",
    "committee_answers": "Beantwoording van vragen over de bijeenkomst",
    "other": "Brief over de bijeenkomst",
}
DAYS_FROM_MEETING = {"annotated_agenda": -7, "committee_answers": -3, "report": 9, "other": 14}


class Table:
    """Rows that wait to be copied into one table: of each the ``columns``; what the model has besides gets its default."""

    def __init__(self, model: type[models.Model], *columns: str):
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [
            field
            for name, field in fields.items()
            if name not in columns and not (field.primary_key or field.generated or field.has_db_default())
        ]
        self.columns = [
            *(fields[name].column for name in columns),
            *(field.column for field in others),
        ]
        self.constants = tuple(_default(field) for field in others)
        self.rows: list[tuple] = []
        self.key = 0

    def add(self, *values: Any) -> None:
        self.rows.append(values)

    def next_key(self) -> int:
        self.key += 1
        return self.key

    def copy(self, cursor) -> None:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )
        with cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row + self.constants)
        self.rows.clear()


def _default(field: models.Field) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return NOW
    value = field.get_default()
    return Jsonb(value) if isinstance(field, models.JSONField) else value


class Corpus:
    def __init__(self, letters: int, seed: int):
        self.number, self.chance = letters, random.Random(seed)  # noqa: S311 - the same corpus each time
        self.words = Words(read_texts(), self.chance)
        self.shapes = [shape(letter) for letter in read_letters()]
        self.names = sorted({s.name for letter in read_letters() for s in letter.signatories if s.name})
        self.topics = list(Topic.objects.named().values_list("pk", "label"))
        self.chance.shuffle(self.topics)
        self.topic_weights = list(accumulate(1 / rank for rank in range(1, len(self.topics) + 1)))
        self.meetings: list[dict] = []
        self.meeting_weights: list[float] = []
        self.tables = _tables()

    def write(self) -> dict[str, int]:
        """Write everything in one transaction, without triggers, and return how many rows each table got."""
        counts: dict[str, int] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            # Foreign keys hold by construction; what follows from rows is made once, at the end.
            cursor.execute("SET LOCAL session_replication_role = replica")
            self._meetings()
            for number in range(1, self.number + 1):
                self._letter(number)
                if number % LETTERS_AT_ONCE == 0 or number == self.number:
                    for table in self.tables.values():
                        name = table.model._meta.db_table
                        counts[name] = counts.get(name, 0) + len(table.rows)
                        table.copy(cursor.cursor)
                    _say(f"{number} letters, {counts['letters_paragraph']} passages")
            for table in self.tables.values():
                if table.key:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                        [table.model._meta.db_table, table.key],
                    )
            cursor.execute("ANALYZE")
            for statement in DERIVED:
                _say(statement)
                cursor.execute(statement)
        return counts

    def _meetings(self) -> None:
        numbers = {}
        years = LAST_YEAR - FIRST_YEAR + 1
        of_year = max(FEWEST_MEETINGS, self.number // LETTERS_OF_A_MEETING // years)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            for number in range(of_year):
                body, form, levels = KINDS_OF_MEETING[number % len(KINDS_OF_MEETING)]
                day = number * 325 // of_year + self.chance.randrange(20)
                start = date(year, 1, 10) + timedelta(days=day)
                key = self.tables["meeting"].next_key()
                slug = f"{start}-{body.lower()}-{'-'.join(filter(None, [form, *levels]))}"
                numbers[slug] = numbers.get(slug, 0) + 1
                slug = slug if numbers[slug] == 1 else f"{slug}-{numbers[slug]}"
                self.tables["meeting"].add(
                    key,
                    slug,
                    body,
                    form,
                    levels,
                    start,
                    start + timedelta(days=1),
                    self.chance.choice(PLACES),
                )
                self.meetings.append(self._parts(key, start, f"{body} {form}".strip()))
                self.meeting_weights.append(1 + (year - FIRST_YEAR) / 8)
        self.meeting_weights = list(accumulate(self.meeting_weights))

    def _parts(self, key: int, start: date, name: str) -> dict:
        """The sessions and agenda topics of a meeting."""
        sessions = []
        for number in range(1, self.chance.randint(2, 5)):
            sessions.append(self.tables["session"].next_key())
            self.tables["session"].add(sessions[-1], key, number, self.words.heading(), start)
        agenda = []
        for order in range(self.chance.randint(5, 9)):
            topics = self._topics(self.chance.choice([1, 1, 1, 1, 2, 3]))
            heading = " en ".join(label for _pk, label in topics)[:300]
            agenda.append((self.tables["agenda_topic"].next_key(), heading, topics))
            session = self.chance.choice(sessions)
            self.tables["agenda_topic"].add(agenda[-1][0], key, session, heading, order)
            for topic, _label in topics:
                self.tables["agenda_topic_topics"].add(agenda[-1][0], topic)
        return {"key": key, "start": start, "name": name, "sessions": sessions, "agenda": agenda}

    def _topics(self, number: int) -> list[tuple[int, str]]:
        """So many different topics, the first of the list twice as often as the second."""
        return list(dict.fromkeys(self.chance.choices(self.topics, cum_weights=self.topic_weights, k=number)))

    def _letter(self, number: int) -> None:
        chance, tables = self.chance, self.tables
        letter = chance.choice(self.shapes)
        meeting = chance.choices(self.meetings, cum_weights=self.meeting_weights)[0]
        key = tables["letter"].next_key()
        written = meeting["start"] + timedelta(
            days=DAYS_FROM_MEETING[letter.kind] + chance.randint(-2, 2), weeks=chance.choice([0, 0, 0, 1])
        )
        status = _drawn(chance, STATUSES)
        published = None if status == "draft" else self._published(written)
        paper = f"kst-28676-{number}" if chance.random() < 0.85 else ""
        slug = paper or f"{written}-brief-{number}"
        before = tables["paragraph"].key
        for place in self._sections(key, letter, meeting, published):
            tables["letter_meetings"].add(key, place)
        anchors = [str(anchor) for anchor in range(1, tables["paragraph"].key - before + 1)]
        subject = f"{SUBJECTS[letter.kind]} {meeting['name']}, {self.words.heading()}"[:500]
        tables["letter"].add(
            key, slug, letter.kind, status, written, subject, list(letter.ministries), letter.department,
            published, anchors if published else [],
        )  # fmt: skip
        self._submission(key, letter, written, paper, number)
        for order in range(letter.signatories):
            # Who is in office for two years: of each ministry another.
            place = (written.year // 2 * 3 + order) % len(self.names)
            office = ["minister van Buitenlandse Zaken", "minister van Defensie", "minister-president"][
                order % 3
            ]
            name = self.names[place]
            tables["signatory"].add(key, order, name, office, signatory_slug(name, office))
        if published:
            tables["publication"].add(key, "published", published, "")
        if status == "withdrawn":
            tables["publication"].add(key, "withdrawn", published + timedelta(days=3), "Per abuis geplaatst.")

    def _published(self, written: date) -> datetime:
        """The site opened in 2025: older letters were added since, in no order."""
        opened = datetime(2025, 1, 6, 12, tzinfo=NOW.tzinfo)
        earliest = max(opened, datetime(written.year, written.month, written.day, 12, tzinfo=NOW.tzinfo))
        latest = max(NOW, earliest + timedelta(days=1))
        return earliest + (latest - earliest) * self.chance.random()

    def _submission(self, key: int, letter: LetterShape, written: date, paper: str, number: int) -> None:
        year = written.year if (written.month, written.day) >= (9, 17) else written.year - 1
        self.tables["submission"].add(
            key, letter.chamber, written, f"BZ{written.year}-{number:07}", paper,
            ["28676"] if paper else [], f"{year}-{year + 1}",
        )  # fmt: skip

    def _sections(
        self, key: int, letter: LetterShape, meeting: dict, published: datetime | None
    ) -> Iterable[int]:
        """Write the sections; return the meetings that the letter treats."""
        agenda, keys, order = list(meeting["agenda"]), [], 0
        self.chance.shuffle(agenda)
        for place, section in enumerate(letter.sections):
            keys.append(self.tables["section"].next_key())
            heading, topics = section.heading, []
            if section.topics:
                if agenda:
                    agenda_topic, heading, topics = agenda.pop()
                    self.tables["section_agenda_topics"].add(keys[-1], agenda_topic)
                else:
                    topics = self._topics(section.topics)
                    heading = topics[0][1]
                for topic, _label in topics:
                    self.tables["section_topics"].add(keys[-1], topic)
            session = (
                meeting["sessions"][section.session % len(meeting["sessions"])] if section.session else None
            )
            parent = keys[section.parent] if section.parent is not None else None
            self.tables["section"].add(
                keys[-1], key, place, heading, section.level, parent, section.kind, "nl", session
            )
            order = self._paragraphs(key, keys[-1], section, order, published)
        if letter.sections and self.chance.random() < SHARE_WITH_ENGLISH_ANNEX:
            self._annex(key, len(keys), order, published)
        return [meeting["key"]]

    def _annex(self, letter: int, place: int, order: int, published: datetime | None) -> None:
        section = self.tables["section"].next_key()
        self.tables["section"].add(section, letter, place, "Annex", 1, None, "annex", "en", None)
        for number in range(3):
            text, _spans = self.words.paragraph(350, "en")
            self._paragraph(letter, section, order + number, text, "en", published)

    def _paragraphs(
        self, letter: int, section: int, like: SectionShape, order: int, published: datetime | None
    ) -> int:
        chance = self.chance
        for paragraph in like.paragraphs:
            text, spans = self.words.paragraph(paragraph.length)
            key = self._paragraph(letter, section, order, text, "nl", published)
            order += 1
            taken = set()
            for number, position in enumerate(paragraph.positions):
                start, end = spans[number % len(spans)]
                if (start, position.stance) in taken:  # a paragraph of fewer sentences than it was like
                    continue
                taken.add((start, position.stance))
                status = _drawn(chance, CHECKS)
                decided = None
                if status != "unchecked":
                    decided = (published or NOW) + timedelta(days=chance.random() * 30)
                own = self.tables["position"].next_key()
                self.tables["position"].add(
                    own, letter, key, start, end, text[start:end], position.stance, position.verb,
                    position.moment, position.with_others, position.subject, position.rule,
                    position.confidence, status, decided,
                )  # fmt: skip
                for topic, _label in self._topics(position.topics):
                    self.tables["position_topics"].add(own, topic)
        return order

    def _paragraph(
        self, letter: int, section: int, order: int, text: str, language: str, published: datetime | None
    ) -> int:
        key = self.tables["paragraph"].next_key()
        anchor = str(order + 1) if published else ""
        page = 1 + order // 5
        self.tables["paragraph"].add(key, letter, section, order, text, page, anchor, language)
        return key


def _tables() -> dict[str, Table]:
    return {
        "meeting": Table(Meeting, "id", "slug", "body", "format", "levels", "start", "end", "place"),
        "session": Table(Session, "id", "meeting_id", "number", "title", "date"),
        "agenda_topic": Table(AgendaTopic, "id", "meeting_id", "session_id", "heading", "order"),
        "agenda_topic_topics": Table(AgendaTopic.topics.through, "agendatopic_id", "topic_id"),
        "letter": Table(
            Letter, "id", "slug", "kind", "status", "date", "subject", "ministries", "department",
            "first_published_at", "anchors",
        ),
        "letter_meetings": Table(Letter.meetings.through, "letter_id", "meeting_id"),
        "submission": Table(
            Submission, "letter_id", "chamber", "date", "reference", "paper_number", "dossiers", "session_year"
        ),
        "signatory": Table(Signatory, "letter_id", "order", "name", "office", "slug"),
        "publication": Table(Publication, "letter_id", "action", "at", "reason"),
        "section": Table(
            Section, "id", "letter_id", "order", "heading", "level", "parent_id", "kind", "language", "session_id"
        ),
        "section_topics": Table(Section.topics.through, "section_id", "topic_id"),
        "section_agenda_topics": Table(Section.agenda_topics.through, "section_id", "agendatopic_id"),
        "paragraph": Table(
            Paragraph, "id", "letter_id", "section_id", "order", "text", "page", "anchor", "language"
        ),
        "position": Table(
            Position, "id", "letter_id", "paragraph_id", "start", "end", "sentence", "stance", "verb", "moment",
            "with_others", "subject", "rule", "confidence", "status", "decided_at",
        ),
        "position_topics": Table(Position.topics.through, "position_id", "topic_id"),
    }  # fmt: skip


def _drawn(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), weights.values())[0]


def write_corpus(letters: int, seed: int) -> dict[str, Any]:
    """Fill the database of this site, which must hold no letters, and say what was made (also in its data folder)."""
    if Letter.objects.exists():
        raise SystemExit(f"{settings.DATA_DIR} holds letters already. Name a folder that is not there yet.")
    began = time.monotonic()
    corpus = Corpus(letters, seed)
    rows = corpus.write()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    made = {
        "letters": letters,
        "seed": seed,
        "rows": rows,
        "seconds": round(time.monotonic() - began, 1),
        "words": corpus.words.measured(rows["letters_paragraph"]),
    }
    Path(settings.DATA_DIR, MADE).write_text(json.dumps(made, ensure_ascii=False, indent=1))
    return made


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
