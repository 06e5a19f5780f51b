"""The version of the corpus also changes with mentions of commitments and with confirmed links from them to promises.

Not yet checked mentions are public too, on request; a link is only when a person confirmed it.
"""

from importlib import import_module

from django.db import migrations

corpus_version = import_module("letters.migrations.0008_corpus_version")

VISIBLE, PUBLISHED = corpus_version.VISIBLE, corpus_version.PUBLISHED
VISIBLE_MENTIONS = f"(SELECT id FROM letters_commitmentmention WHERE {VISIBLE} AND letter_id IN {PUBLISHED})"
PUBLIC = {
    "letters_commitmentmention": [
        (
            'id letter_id paragraph_id start "end" sentence kind rule status',
            f"{VISIBLE} AND {corpus_version.OF_PUBLISHED}",
        ),
    ],
    "letters_followup": [
        (
            "id promise_id mention_id status",
            f"this.status = 'checked' AND this.mention_id IN {VISIBLE_MENTIONS}"
            f" AND this.promise_id IN {corpus_version.VISIBLE_POSITIONS}",
        ),
    ],
}


def watch(apps, schema_editor):
    for table, views in PUBLIC.items():
        schema_editor.execute(corpus_version.compare(table, views), None)
        for trigger in corpus_version.TRIGGERS:
            schema_editor.execute(trigger.format(table=table), None)


def stop_watching(apps, schema_editor):
    for table in PUBLIC:
        schema_editor.execute(f"DROP FUNCTION {table}_is_news() CASCADE", None)


class Migration(migrations.Migration):
    dependencies = [("letters", "0018_commitments")]

    operations = [migrations.RunPython(watch, stop_watching)]
