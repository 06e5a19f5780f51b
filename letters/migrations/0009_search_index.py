from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0008_corpus_version")]

    operations = []
