"""To make the search index anew changes the version of the corpus: what processes have in memory of it is read again."""

from django.db import migrations

REBUILD = """
CREATE OR REPLACE FUNCTION letters_index_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    letters bigint[];
BEGIN
    DELETE FROM letters_indexedposition;
    DELETE FROM letters_indexedpassage;
    DELETE FROM letters_indexedletter;
    DELETE FROM letters_topicset;
    FOR letters IN
        SELECT array_agg(id) FROM (
            SELECT id, row_number() OVER (ORDER BY id) / 1000 AS part FROM letters_letter WHERE status = 'published'
        ) AS published GROUP BY part ORDER BY part
    LOOP
        PERFORM letters_index_refresh(letters, NULL, NULL, NULL);
    END LOOP;{change}
END $$
"""
CHANGE = """
    PERFORM letters_corpus_has_changed();"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0016_words_leave_when_the_letter_is_locked")]

    operations = [
        migrations.RunSQL(REBUILD.format(change=CHANGE), REBUILD.format(change="")),
    ]
