"""What the database and the store of originals hold, in a form that can be compared."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from navo_site.embedded_postgres import watcher
from navo_site.embedded_postgres.cluster import DATABASE, PORT, ROLE, Cluster

# Numbers of rows and moments differ from one filling to the next; all else is compared.
INCIDENTAL = {
    *(
        "id",
        "letter_id",
        "edition_id",
        "section_id",
        "paragraph_id",
        "footnote_id",
        "parent_id",
        "session_id",
    ),
    *(
        "meeting_id",
        "text_edition_id",
        "replaces_id",
        "supplements_id",
        "other_letter_id",
        "decided_by_id",
        "by_id",
        "resolved_by_id",
    ),
    *("at", "created_at", "decided_at", "first_published_at"),
}
# Each gives the letter, and a row of it with where it hangs.
CONTENT = {
    "letter": "SELECT r.id, to_jsonb(r) FROM letters_letter r",
    "meeting": """
        SELECT m.letter_id, to_jsonb(r) FROM letters_letter_meetings m JOIN letters_meeting r ON r.id = m.meeting_id""",
    "session": """
        SELECT m.letter_id, to_jsonb(r) || jsonb_build_object('of', e.slug) FROM letters_letter_meetings m
        JOIN letters_meeting e ON e.id = m.meeting_id JOIN letters_session r ON r.meeting_id = e.id""",
    "agenda topic": """
        SELECT m.letter_id, to_jsonb(r) || jsonb_build_object('of', e.slug, 'topic', t.slug)
        FROM letters_letter_meetings m
        JOIN letters_meeting e ON e.id = m.meeting_id JOIN letters_agendatopic r ON r.meeting_id = e.id
        LEFT JOIN letters_agendatopic_topics rt ON rt.agendatopic_id = r.id LEFT JOIN letters_topic t ON t.id = rt.topic_id""",
    "signatory": "SELECT r.letter_id, to_jsonb(r) FROM letters_signatory r",
    "submission": "SELECT r.letter_id, to_jsonb(r) FROM letters_submission r",
    "publication": "SELECT r.letter_id, to_jsonb(r) FROM letters_publication r",
    "problem": r"""
        SELECT r.letter_id, to_jsonb(r) || jsonb_build_object('field', regexp_replace(r.field, '\d+', '', 'g'))
        FROM letters_problem r""",
    "section": """
        SELECT r.letter_id, to_jsonb(r) || jsonb_build_object('below', p."order", 'session', s.number)
        FROM letters_section r
        LEFT JOIN letters_section p ON p.id = r.parent_id LEFT JOIN letters_session s ON s.id = r.session_id""",
    "topic of a section": """
        SELECT r.letter_id, jsonb_build_object('in', r."order", 'topic', t.slug) FROM letters_section r
        JOIN letters_section_topics rt ON rt.section_id = r.id JOIN letters_topic t ON t.id = rt.topic_id""",
    "agenda topic of a section": """
        SELECT r.letter_id, jsonb_build_object('in', r."order", 'heading', a.heading) FROM letters_section r
        JOIN letters_section_agenda_topics ra ON ra.section_id = r.id JOIN letters_agendatopic a ON a.id = ra.agendatopic_id""",
    "paragraph": """
        SELECT r.letter_id, to_jsonb(r) || jsonb_build_object('in', s."order")
        FROM letters_paragraph r LEFT JOIN letters_section s ON s.id = r.section_id""",
    "footnote": """
        SELECT p.letter_id, to_jsonb(r) || jsonb_build_object('in', p."order")
        FROM letters_footnote r JOIN letters_paragraph p ON p.id = r.paragraph_id""",
    "citation": """
        SELECT p.letter_id, to_jsonb(r) || jsonb_build_object('in', p."order")
        FROM letters_citation r JOIN letters_paragraph p ON p.id = r.paragraph_id""",
    "position": """
        SELECT r.letter_id, to_jsonb(r) || jsonb_build_object('in', p."order", 'topic', t.slug)
        FROM letters_position r LEFT JOIN letters_paragraph p ON p.id = r.paragraph_id
        LEFT JOIN letters_position_topics rt ON rt.position_id = r.id LEFT JOIN letters_topic t ON t.id = rt.topic_id""",
}
FILES = """
    SELECT l.id, '/brieven/' || l.slug || '/', f.sha256, f.size, md5(e.reading::text)
    FROM letters_letter l LEFT JOIN letters_edition e ON e.letter_id = l.id LEFT JOIN letters_file f ON f.edition_id = e.id
"""
FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text, b.attname FROM pg_constraint
    JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
    WHERE contype = 'f'
"""


@dataclass
class StoredLetter:
    """A letter's address, its rows as JSON in order, and its files: SHA-256 to size and digest of the reading."""

    address: str
    content: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def connect(data_dir: Path) -> psycopg.Connection:
    """Connect to a server that runs; unlike the site, without keeping it running."""
    socket_folder = watcher.status_lines(str(Cluster(data_dir).data))[4]
    return psycopg.connect(host=socket_folder, port=PORT, user=ROLE, dbname=DATABASE, autocommit=True)


def stored_files(connection: psycopg.Connection) -> dict[str, str]:
    """Give SHA-256 and address of the letter of each file."""
    return {sha256: address for _, address, sha256, _, _ in connection.execute(FILES) if sha256}


def stored_letters(connection: psycopg.Connection) -> list[StoredLetter]:
    """Give all letters with all that hangs on them."""
    letters: dict[int, StoredLetter] = {}
    for number, address, sha256, size, reading in connection.execute(FILES):
        letter = letters.setdefault(number, StoredLetter(address))
        letter.files |= {sha256: f"{size} {reading}"} if sha256 else {}
    for name, query in CONTENT.items():
        for number, row in connection.execute(query):
            # What was read last, beside what holds now: its numbers are those of rows.
            read = {key: value for key, value in row.pop("read", {}).items() if isinstance(value, str)}
            kept = {key: value for key, value in row.items() if key not in INCIDENTAL} | {"read": read}
            letters[number].content.append(json.dumps([name, kept], sort_keys=True))
    for letter in letters.values():
        letter.content.sort()
    return list(letters.values())


def loose_rows(connection: psycopg.Connection) -> list[str]:
    """Name what hangs on nothing: rows whose other end is gone, and meetings of no letter."""
    found = []
    for table, column, other, key in connection.execute(FOREIGN_KEYS).fetchall():
        names = {"table": table, "column": column, "other": other, "key": key}
        query = sql.SQL(
            "SELECT count(*) FROM {table} r WHERE r.{column} IS NOT NULL "
            "AND NOT EXISTS (SELECT FROM {other} o WHERE o.{key} = r.{column})"
        ).format(**{name: sql.Identifier(value) for name, value in names.items()})
        if (number := connection.execute(query).fetchone()[0]) > 0:
            found.append(f"{number} rows of {table} name a {other} that is not there")
    query = (
        "SELECT slug FROM letters_meeting WHERE id NOT IN (SELECT meeting_id FROM letters_letter_meetings)"
    )
    return [*found, *(f"meeting {slug} has no letter" for (slug,) in connection.execute(query))]


def original_is_whole(data_dir: Path, sha256: str) -> bool:
    """Whether the store holds a file's bytes."""
    path = data_dir / "originals" / sha256[:2] / sha256
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
