"""The words of published letters, for "Bedoelt u …?": those of each letter, and all of them, each once.

The database keeps them exact, however a letter is published, withdrawn, corrected or read again. A draft costs one look at
the status of the letter.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import letters.models.words

FUNCTIONS = """
-- 1, 2, 10, 11, 16, 17: words, the parts of words with a hyphen, and these whole; no numbers, addresses or markup.
CREATE FUNCTION letters_words_of(letter bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT lower(token))
    FROM (
        SELECT text FROM letters_paragraph WHERE letter_id = letter
        UNION ALL SELECT subject FROM letters_letter WHERE id = letter
    ) AS texts, ts_parse('default', texts.text)
    WHERE tokid IN (1, 2, 10, 11, 16, 17) AND length(token) BETWEEN 3 AND 40
$$;

-- One transaction at a time: a word may go with one letter while it comes with another.
CREATE FUNCTION letters_refresh_words(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF changed IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('letters_letterwords'));
    DELETE FROM letters_letterwords WHERE letter_id = ANY (changed)
        AND NOT EXISTS (SELECT FROM letters_letter WHERE id = letter_id AND status = 'published');
    INSERT INTO letters_letterwords (letter_id, words)
        SELECT id, coalesce(letters_words_of(id), '{}') FROM letters_letter
        WHERE id = ANY (changed) AND status = 'published'
        ON CONFLICT (letter_id) DO UPDATE SET words = excluded.words
        WHERE letters_letterwords.words <> excluded.words;
END $$;

-- What comes is nearly always there already, and only looked up; what goes is looked for in all other letters.
CREATE FUNCTION letters_list_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO letters_word (word) SELECT unnest(NEW.words) ON CONFLICT (word) DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM letters_word
        WHERE word IN (
            SELECT unnest(OLD.words)
            EXCEPT SELECT unnest(CASE TG_OP WHEN 'UPDATE' THEN NEW.words END)
        )
        AND NOT EXISTS (SELECT FROM letters_letterwords WHERE words @> ARRAY[word::text]);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION letters_words_of_changed_letters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM letters_refresh_words((SELECT array_agg(id) FROM new_rows WHERE status = 'published'));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM letters_refresh_words((SELECT array_agg(id) FROM old_rows WHERE status = 'published'));
    ELSE
        PERFORM letters_refresh_words((
            SELECT array_agg(after.id) FROM new_rows AS after JOIN old_rows AS before USING (id)
            WHERE 'published' IN (before.status, after.status)
            AND (before.status, before.subject) <> (after.status, after.subject)
        ));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION letters_words_of_changed_paragraphs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM letters_refresh_words((
            SELECT array_agg(DISTINCT id) FROM letters_letter
            WHERE id IN (SELECT letter_id FROM new_rows) AND status = 'published'
        ));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM letters_refresh_words((
            SELECT array_agg(DISTINCT id) FROM letters_letter
            WHERE id IN (SELECT letter_id FROM old_rows) AND status = 'published'
        ));
    ELSE
        PERFORM letters_refresh_words((
            SELECT array_agg(DISTINCT letter.id)
            FROM new_rows AS after JOIN old_rows AS before USING (id)
            JOIN letters_letter AS letter ON letter.id IN (before.letter_id, after.letter_id)
            WHERE letter.status = 'published'
            AND (before.text, before.letter_id) <> (after.text, after.letter_id)
        ));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER letters_list_words AFTER INSERT OR UPDATE OR DELETE ON letters_letterwords
    FOR EACH ROW EXECUTE FUNCTION letters_list_words();
"""

TRIGGER = """
CREATE TRIGGER letters_words_{event} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
TABLES = {
    "letters_letter": "letters_words_of_changed_letters",
    "letters_paragraph": "letters_words_of_changed_paragraphs",
}
TRIGGERS = "".join(
    TRIGGER.format(event=event, rows=rows, table=table, function=function)
    for table, function in TABLES.items()
    for event, rows in ROWS.items()
)
FILL = "SELECT letters_refresh_words(array_agg(id)) FROM letters_letter WHERE status = 'published';"

REVERSE = "".join(
    f"DROP TRIGGER letters_words_{event} ON {table};" for table in TABLES for event in ROWS
) + "".join(
    f"DROP FUNCTION {function} CASCADE;"
    for function in [
        "letters_words_of_changed_paragraphs",
        "letters_words_of_changed_letters",
        "letters_list_words",
        "letters_refresh_words",
        "letters_words_of",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_bookmarks")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={
                "indexes": [
                    models.Index(django.db.models.functions.text.Length("word"), name="word_length"),
                    models.Index(
                        letters.models.words.Stem("word", dictionary="dutch_stem"), name="word_stem_dutch"
                    ),
                    models.Index(
                        letters.models.words.Stem("word", dictionary="english_stem"), name="word_stem_english"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LetterWords",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="letters.letter",
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="words_of_letters")
                ]
            },
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, REVERSE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
