"""A stamp for each letter of the search index: another with each change of its row, or of a row of its passages or positions.

Who has the index in memory knows by it which letters to read again. A stamp is random, so that none ever comes back: not after a
backup was put back either.
"""

from django.db import migrations, models

from letters.models.index import Stamp

#: Of the letter's own row.
NEW_STAMP = """
CREATE FUNCTION letters_index_new_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.stamp := uuid_hash_extended(gen_random_uuid(), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER new_stamp BEFORE UPDATE ON letters_indexedletter
    FOR EACH ROW EXECUTE FUNCTION letters_index_new_stamp();
"""

# A plan stays in use for as long as its connection lives: made while tables are small, it would read them from end to end.
STAMP_LETTERS = """
CREATE FUNCTION letters_index_stamp_letters() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE letters_indexedletter SET stamp = 0 WHERE letter_id IN (SELECT letter_id FROM before);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE letters_indexedletter SET stamp = 0 WHERE letter_id IN (SELECT letter_id FROM after);
    END IF;
    RETURN NULL;
END $$
"""

TRIGGERS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}
TABLES = ["letters_indexedpassage", "letters_indexedposition"]


def stamp(apps, schema_editor):
    schema_editor.execute(NEW_STAMP, None)
    schema_editor.execute(STAMP_LETTERS, None)
    for table in TABLES:
        for event, rows in TRIGGERS.items():
            schema_editor.execute(
                f"CREATE TRIGGER stamp_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
                " FOR EACH STATEMENT EXECUTE FUNCTION letters_index_stamp_letters()",
                None,
            )


def stamp_no_more(apps, schema_editor):
    schema_editor.execute("DROP FUNCTION letters_index_stamp_letters() CASCADE", None)
    schema_editor.execute("DROP FUNCTION letters_index_new_stamp() CASCADE", None)


class Migration(migrations.Migration):
    dependencies = [("letters", "0013_search_index_that_covers")]

    operations = [
        migrations.AddField("indexedletter", "stamp", models.BigIntegerField(db_default=Stamp())),
        migrations.RunPython(stamp, stamp_no_more),
    ]
