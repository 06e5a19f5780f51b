"""The search index by row, no longer by letter: the SQL that does so lies beside this file."""

from importlib import import_module
from pathlib import Path

from django.db import migrations

BY_ROW = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
BY_LETTER = import_module("letters.migrations.0009_search_index")
#: As migration 0009 left it. Its rows are the same, and need not be made anew.
WITHOUT_BY_ROW = BY_LETTER.WITHOUT_KEEPING.replace(
    "letters_index_refresh(bigint[])", "letters_index_refresh"
) + (BY_LETTER.KEEPING.strip().removesuffix("SELECT letters_index_rebuild();"))


class Migration(migrations.Migration):
    dependencies = [("letters", "0011_words")]

    operations = [migrations.RunSQL(BY_ROW, WITHOUT_BY_ROW)]
