from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_bookmarks")]

    operations = []
