"""Who takes words out of the search index locks their letters first, as all others do.

Taking out a row of the index stamps its letter there (migration 0014). Whoever did that before they locked the letter itself,
and somebody else in the other order, would have waited for each other.
"""

from django.db import migrations

DROP_WORDS = """
CREATE OR REPLACE FUNCTION letters_index_drop_words_of_{what}s() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    {what}s bigint[];
BEGIN
    {what}s := ARRAY(
        SELECT after.id FROM before JOIN after ON after.id = before.id WHERE {differ}
    );
    IF cardinality({what}s) > 0 THEN{lock}
        DELETE FROM letters_indexed{row} WHERE {row_key} = ANY ({what}s);
    END IF;
    RETURN NULL;
END $$
"""
LOCK = """
        PERFORM FROM letters_letter WHERE id IN (SELECT letter_id FROM after) ORDER BY id FOR NO KEY UPDATE;"""
OF_PARAGRAPHS = {
    "what": "paragraph",
    "row": "passage",
    "row_key": "paragraph_id",
    "differ": "(before.text, before.language) IS DISTINCT FROM (after.text, after.language)",
}
OF_POSITIONS = {
    "what": "position",
    "row": "position",
    "row_key": "position_id",
    "differ": "before.sentence IS DISTINCT FROM after.sentence",
}


class Migration(migrations.Migration):
    dependencies = [("letters", "0015_search_index_that_is_read_whole")]

    operations = [
        migrations.RunSQL(DROP_WORDS.format(**names, lock=LOCK), DROP_WORDS.format(**names, lock=""))
        for names in (OF_PARAGRAPHS, OF_POSITIONS)
    ]
