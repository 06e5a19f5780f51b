"""The version of the corpus also changes with how a mention names the earlier commitment and when it was checked: files tell both."""

from importlib import import_module

from django.db import migrations

corpus_version = import_module("letters.migrations.0008_corpus_version")
before = import_module("letters.migrations.0019_commitments_are_public")

TABLE = "letters_commitmentmention"


def watch(apps, schema_editor):
    [(columns, condition)] = before.PUBLIC[TABLE]
    watch_columns(schema_editor, f"{columns} named decided_at", condition)


def watch_less(apps, schema_editor):
    [(columns, condition)] = before.PUBLIC[TABLE]
    watch_columns(schema_editor, columns, condition)


def watch_columns(schema_editor, columns: str, condition: str) -> None:
    schema_editor.execute(f"DROP FUNCTION {TABLE}_is_news() CASCADE", None)  # with its triggers
    schema_editor.execute(corpus_version.compare(TABLE, [(columns, condition)]), None)
    for trigger in corpus_version.TRIGGERS:
        schema_editor.execute(trigger.format(table=TABLE), None)


class Migration(migrations.Migration):
    dependencies = [("letters", "0019_commitments_are_public")]

    operations = [migrations.RunPython(watch, watch_less)]
