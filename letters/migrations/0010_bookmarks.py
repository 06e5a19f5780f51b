from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0009_search_index")]

    operations = []
