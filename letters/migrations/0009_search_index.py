"""The search index, which the database keeps itself: the SQL that does so lies beside this file."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models import F

from letters.models.index import WordsOfParagraph, WordsOfPosition

# An index may only be made by a function that always says the same of the same row: these do, because a row of the index
# is made anew when its words change. A passage also has its language for a word ("=nl"), so that a query in the words of
# one language is answered by the index alone. Bodies of this form name their table by its identity, whatever the search path is.
WORDS = """
CREATE FUNCTION letters_words_of_paragraph(bigint) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200
    RETURN (
        SELECT array_to_tsvector(ARRAY['=' || language::text]) || search FROM letters_paragraph WHERE id = $1
    );
CREATE FUNCTION letters_words_of_position(bigint) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200
    RETURN (SELECT search FROM letters_position WHERE id = $1);
"""
WITHOUT_WORDS = """
DROP FUNCTION letters_words_of_paragraph(bigint);
DROP FUNCTION letters_words_of_position(bigint);
"""
KEEPING = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
WITHOUT_KEEPING = """
DROP FUNCTION
    letters_index_follow(), letters_index_drop_words_of_paragraphs(), letters_index_drop_words_of_positions() CASCADE;
DROP FUNCTION letters_index_rebuild();
DROP FUNCTION letters_index_refresh(bigint[]);
DROP FUNCTION letters_topic_set(bigint[]);
DROP VIEW letters_position_to_index, letters_passage_to_index, letters_letter_to_index, letters_topic_and_above;
DROP FUNCTION letters_stance_bit(text, text);
"""


def key(model: str, related_name: str = "+", **options) -> models.ForeignKey:
    return models.ForeignKey(
        f"letters.{model}",
        django.db.models.deletion.DO_NOTHING,
        db_constraint=False,
        related_name=related_name,
        **options,
    )


def primary_key(model: str) -> models.OneToOneField:
    return models.OneToOneField(
        f"letters.{model}",
        django.db.models.deletion.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="indexed",
        serialize=False,
    )


def array(field: models.Field, **options) -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(base_field=field, size=None, **options)


class Migration(migrations.Migration):
    dependencies = [("letters", "0008_corpus_version")]

    operations = [
        migrations.RemoveIndex(model_name="paragraph", name="paragraph_search"),
        migrations.RemoveIndex(model_name="position", name="position_search"),
        migrations.CreateModel(
            name="TopicSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topics", array(models.BigIntegerField(), unique=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="topic_set_topics")
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedLetter",
            fields=[
                ("letter", primary_key("letter")),
                ("kind", models.CharField(max_length=20)),
                ("date", models.DateField(null=True)),
                ("ordered_on", models.DateField(null=True)),
                ("begun_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField()),
                ("levels", array(models.CharField(max_length=30))),
                ("meetings", array(models.BigIntegerField())),
                ("years", array(models.SmallIntegerField())),
                ("chambers", array(models.CharField(max_length=20))),
                ("signatories", array(models.CharField(max_length=160))),
                ("has_passages", models.BooleanField()),
                ("subject", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["subject"], name="indexed_letter_subject"
                    ),
                    models.Index(
                        F("ordered_on").desc(nulls_last=True), F("letter").desc(), name="indexed_letter_order"
                    ),
                    models.Index(fields=["-published_at"], name="indexed_letter_published"),
                ],
            },
        ),
        migrations.RunSQL(WORDS, WITHOUT_WORDS),
        migrations.CreateModel(
            name="IndexedPassage",
            fields=[
                ("paragraph", primary_key("paragraph")),
                ("letter", key("indexedletter", "passages")),
                ("ordered_on", models.DateField(null=True)),
                ("order", models.IntegerField()),
                (
                    "language",
                    models.CharField(choices=[("nl", "Nederlands"), ("en", "Engels")], max_length=2),
                ),
                ("session", models.SmallIntegerField(null=True)),
                ("topic_set", key("topicset")),
                ("topic_set_unchecked", key("topicset", db_index=False)),
                ("stances", models.IntegerField()),
                ("stances_unchecked", models.IntegerField()),
                ("unchecked", models.IntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        OpClass(WordsOfParagraph("paragraph"), "tsvector_ops"), name="indexed_passage_words"
                    ),
                    models.Index(
                        F("ordered_on").desc(nulls_last=True),
                        F("letter").desc(),
                        "order",
                        "paragraph",
                        name="indexed_passage_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedPosition",
            fields=[
                ("position", primary_key("position")),
                ("paragraph", key("indexedpassage", "positions")),
                ("letter", key("indexedletter", "positions")),
                ("ordered_on", models.DateField(null=True)),
                ("order", models.IntegerField()),
                ("start", models.IntegerField()),
                ("published_at", models.DateTimeField()),
                ("session", models.SmallIntegerField(null=True)),
                ("topic_set", key("topicset")),
                ("stances", models.IntegerField()),
                ("is_checked", models.BooleanField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        OpClass(WordsOfPosition("position"), "tsvector_ops"), name="indexed_position_words"
                    ),
                    models.Index(
                        F("ordered_on").desc(nulls_last=True),
                        F("letter").desc(),
                        "order",
                        "start",
                        "position",
                        name="indexed_position_order",
                    ),
                    models.Index(fields=["-published_at", "-position"], name="indexed_position_published"),
                ],
            },
        ),
        migrations.RunSQL(KEEPING, WITHOUT_KEEPING),
    ]
