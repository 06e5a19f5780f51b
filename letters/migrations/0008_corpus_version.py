from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0007_citation_by_name")]

    operations = []
