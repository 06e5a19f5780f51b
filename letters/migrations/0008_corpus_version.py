"""The corpus version: it changes with everything that visitors can see, in the transaction that changes it.

For each table with public rows ``PUBLIC`` says which rows those are, and which of their columns visitors can see, in whatever
form. After every statement its trigger compares what is public of the rows as they were with what is public of them now. A
draft, a note for colleagues, or a row that is saved as it was, changes nothing.

Whether a row is public depends on other rows too (a paragraph's on its letter). Those have triggers of their own: what one
transaction changes in two tables is seen by the trigger of the one or of the other.

Frozen, as every migration. One that adds a column that visitors see, or a table, replaces the function or adds it.
"""

import uuid

from django.db import migrations, models

# Which rows: conditions on ``this``, a row before or after the statement.
PUBLISHED = "(SELECT id FROM letters_letter WHERE status = 'published')"
OF_PUBLISHED = f"this.letter_id IN {PUBLISHED}"
#: Of a withdrawn letter no word is shown, but feeds tell whoever followed a view, and found it there, that it is gone.
ONCE_PUBLISHED = "(SELECT id FROM letters_letter WHERE status <> 'draft')"
OF_ONCE_PUBLISHED = f"this.letter_id IN {ONCE_PUBLISHED}"
TEXT_EDITIONS = "(SELECT text_edition_id FROM letters_letter WHERE status = 'published')"
PUBLIC_SECTIONS = f"(SELECT id FROM letters_section WHERE letter_id IN {PUBLISHED})"
PUBLIC_PARAGRAPHS = f"(SELECT id FROM letters_paragraph WHERE letter_id IN {PUBLISHED})"
#: Agenda topics that a public letter treats, and those of which somebody established that a letter is silent on them.
TREATED = f"(SELECT agendatopic_id FROM letters_section_agenda_topics WHERE section_id IN {PUBLIC_SECTIONS})"
SILENT_ON = "(SELECT agenda_topic_id FROM letters_absence)"
SECTIONS_SILENT_ON = (
    f"(SELECT section_id FROM letters_section_agenda_topics WHERE agendatopic_id IN {SILENT_ON})"
)
#: Not yet checked is public too: on request, and in how many there are.
VISIBLE = "status IN ('checked', 'unchecked') AND paragraph_id IS NOT NULL"
VISIBLE_POSITIONS = f"(SELECT id FROM letters_position WHERE {VISIBLE} AND letter_id IN {PUBLISHED})"
SESSIONS_SHOWN = f"""(
    SELECT session_id FROM letters_section WHERE letter_id IN {ONCE_PUBLISHED}
    UNION ALL SELECT session_id FROM letters_agendatopic WHERE id IN {TREATED}
)"""

#: For each table: columns that visitors can see, and of which rows. What a table lets see of other rows stands apart.
PUBLIC = {
    "letters_letter": [
        (
            "id slug kind status date subject language ministries department"
            " replaces_id supplements_id first_published_at text_edition_id",
            # The address of a withdrawn letter says so, and older addresses lead there.
            "this.status IN ('published', 'withdrawn')",
        ),
        # That a letter is silent on something is no longer said once any letter that stands has a passage on it.
        (
            "id kind status",
            f"this.id IN (SELECT letter_id FROM letters_section WHERE id IN {SECTIONS_SILENT_ON})",
        ),
    ],
    "letters_letter_meetings": [
        ("letter_id meeting_id", OF_ONCE_PUBLISHED),
        # What a session has from a draft is hidden for as long as that is about its meeting.
        (
            "letter_id meeting_id",
            "EXISTS (SELECT FROM letters_session AS named WHERE named.meeting_id = this.meeting_id"
            f" AND named.read -> 'letter' = to_jsonb(this.letter_id) AND named.id IN {SESSIONS_SHOWN})",
        ),
    ],
    "letters_letterredirect": [("slug letter_id", OF_ONCE_PUBLISHED)],
    "letters_publication": [
        (
            "id letter_id action at reason",
            OF_ONCE_PUBLISHED,
        )
    ],
    "letters_submission": [
        ("id letter_id chamber date reference paper_number dossiers session_year", OF_ONCE_PUBLISHED)
    ],
    "letters_signatory": [('id letter_id "order" name office signs slug', OF_ONCE_PUBLISHED)],
    "letters_edition": [
        (
            "id letter_id added_at parser_version reading->'session_year' reading->'reference'",
            f"this.id IN {TEXT_EDITIONS}",
        )
    ],
    "letters_file": [
        (
            "id edition_id role name media_type size sha256",
            f"this.is_public AND this.edition_id IN (SELECT id FROM letters_edition WHERE letter_id IN {PUBLISHED})",
        ),
        # By these a citation knows whether pages are those of the official paper.
        ("id edition_id role name media_type", f"this.edition_id IN {TEXT_EDITIONS}"),
    ],
    "letters_section": [
        (
            'id letter_id "order" heading level parent_id kind language is_hedged session_id',
            OF_ONCE_PUBLISHED,
        ),
        ("id letter_id is_hedged", f"this.id IN {SECTIONS_SILENT_ON}"),
    ],
    "letters_section_topics": [
        (
            "section_id topic_id",
            f"this.section_id IN (SELECT id FROM letters_section WHERE letter_id IN {ONCE_PUBLISHED})",
        )
    ],
    "letters_section_agenda_topics": [
        ("section_id agendatopic_id", f"this.section_id IN {PUBLIC_SECTIONS}"),
        ("section_id agendatopic_id", f"this.agendatopic_id IN {SILENT_ON}"),
    ],
    "letters_paragraph": [
        (
            'id letter_id section_id "order" text label is_question marks page anchor language',
            OF_ONCE_PUBLISHED,
        )
    ],
    "letters_footnote": [('id paragraph_id mark text "offset"', f"this.paragraph_id IN {PUBLIC_PARAGRAPHS}")],
    "letters_citation": [
        (
            'id paragraph_id footnote_id kind text name paper_number start "end"',
            f"this.paragraph_id IN {PUBLIC_PARAGRAPHS}",
        )
    ],
    "letters_position": [
        (
            'id letter_id paragraph_id start "end" sentence stance verb moment with_others'
            " subject rule confidence status decided_at read",
            f"{VISIBLE} AND {OF_PUBLISHED}",
        ),
        # Feeds tell that a position was taken back.
        ("id letter_id paragraph_id sentence stance moment status decided_at", OF_ONCE_PUBLISHED),
    ],
    "letters_position_topics": [
        (
            "position_id topic_id",
            f"this.position_id IN (SELECT id FROM letters_position WHERE letter_id IN {ONCE_PUBLISHED})",
        )
    ],
    "letters_note": [
        (
            "id letter_id agenda_topic_id position_id text organisation written_at",
            f"this.is_public AND ({OF_PUBLISHED} OR this.agenda_topic_id IN {TREATED}"
            f" OR this.position_id IN {VISIBLE_POSITIONS})",
        )
    ],
    "letters_meeting": [
        (
            'id slug body format levels start "end" place status is_announced',
            "this.is_announced"
            f" OR this.id IN (SELECT meeting_id FROM letters_letter_meetings WHERE letter_id IN {ONCE_PUBLISHED})"
            f" OR this.id IN (SELECT meeting_id FROM letters_session WHERE id IN {SESSIONS_SHOWN})"
            f" OR this.id IN (SELECT meeting_id FROM letters_agendatopic WHERE id IN {TREATED})",
        )
    ],
    # Of what was read only that by which a page knows that a draft said it.
    "letters_session": [
        (
            "id meeting_id number title date attendance read->'letter' read->'title' read->'date'",
            f"this.id IN {SESSIONS_SHOWN}",
        )
    ],
    "letters_agendatopic": [
        (
            "id meeting_id session_id heading \"order\" read->'letter' read->'heading'",
            f"this.id IN {TREATED}",
        )
    ],
    "letters_agendatopic_topics": [("agendatopic_id topic_id", f"this.agendatopic_id IN {TREATED}")],
    "letters_absence": [("id agenda_topic_id kind", f"this.agenda_topic_id IN {TREATED}")],
    "letters_absence_letters": [
        (
            "absence_id letter_id",
            f"this.absence_id IN (SELECT id FROM letters_absence WHERE agenda_topic_id IN {TREATED})",
        )
    ],
    "letters_topic": [("id slug parent_id merged_into_id description", "true")],
    "letters_topicname": [("id topic_id name language is_preferred", "true")],
    "letters_topicredirect": [("slug topic_id", "true")],
}

# Once in a transaction. Random, so that no version ever comes back: not after a backup was put back, nor when a standby
# takes over that had not seen the last changes. Each row is the version of one writer at a time: who finds all rows taken by
# others adds one, so that nobody ever waits here, or holds up somebody who holds what they want.
NEW_VERSION = """
CREATE FUNCTION letters_corpus_has_changed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE letters_corpusversion SET version = gen_random_uuid()
    WHERE id = (SELECT id FROM letters_corpusversion ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO letters_corpusversion (version) VALUES (gen_random_uuid());
    END IF;
    PERFORM set_config('letters.corpus_has_changed', 'yes', true);  -- until the transaction ends, or is taken back to here
END $$
"""

# A plan stays in use for as long as its connection lives. One made while tables are small reads them from end to end, also
# when they have grown: the settings have rows looked up one by one.
COMPARE = """
CREATE FUNCTION {table}_is_news() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    is_news boolean := true;  -- TRUNCATE
BEGIN
    IF current_setting('letters.corpus_has_changed', true) = 'yes' THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        is_news := {inserted};
    ELSIF TG_OP = 'DELETE' THEN
        is_news := {deleted};
    ELSIF TG_OP = 'UPDATE' THEN
        is_news := {updated};
    END IF;
    IF is_news THEN
        PERFORM letters_corpus_has_changed();
    END IF;
    RETURN NULL;
END $$
"""

TRIGGERS = [
    "CREATE TRIGGER is_news_inserted AFTER INSERT ON {table}"
    " REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_news()",
    "CREATE TRIGGER is_news_updated AFTER UPDATE ON {table}"
    " REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_news()",
    "CREATE TRIGGER is_news_deleted AFTER DELETE ON {table}"
    " REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_news()",
    "CREATE TRIGGER is_news_truncated AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_news()",
]


def public_rows(rows: str, columns: str, condition: str) -> str:
    """The query for what visitors see of ``before`` or ``after``."""
    seen = ", ".join(f"this.{column}" for column in columns.split())
    return f"SELECT {seen} FROM {rows} AS this WHERE {condition}"


def compare(table: str, views: list[tuple[str, str]]) -> str:
    """The function that says whether a statement changed what visitors see of a table."""
    before = [public_rows("before", *view) for view in views]
    after = [public_rows("after", *view) for view in views]
    gone = [f"{old} EXCEPT {new}" for old, new in zip(before, after, strict=True)]
    come = [f"{new} EXCEPT {old}" for old, new in zip(before, after, strict=True)]
    return COMPARE.format(
        table=table, inserted=any_of(after), deleted=any_of(before), updated=any_of([*gone, *come])
    )


def any_of(queries: list[str]) -> str:
    return "\n            OR ".join(f"EXISTS ({query})" for query in queries)


def watch(apps, schema_editor):
    schema_editor.execute(NEW_VERSION, None)
    for table, views in PUBLIC.items():
        schema_editor.execute(compare(table, views), None)
        for trigger in TRIGGERS:
            schema_editor.execute(trigger.format(table=table), None)


def stop_watching(apps, schema_editor):
    for table in PUBLIC:
        schema_editor.execute(f"DROP FUNCTION {table}_is_news() CASCADE", None)
    schema_editor.execute("DROP FUNCTION letters_corpus_has_changed()", None)


def first_version(apps, schema_editor):
    apps.get_model("letters", "CorpusVersion").objects.create()


class Migration(migrations.Migration):
    dependencies = [("letters", "0007_citation_by_name")]

    operations = [
        migrations.CreateModel(
            name="CorpusVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="versie")),
            ],
            options={
                "verbose_name": "versie van het corpus",
                "verbose_name_plural": "versie van het corpus",
            },
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop),
        migrations.RunPython(watch, stop_watching),
    ]
