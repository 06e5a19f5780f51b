"""What is counted stands in the index itself: the rows of the search index need not be looked up for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0012_search_index_by_row'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indexedpassage',
            name='letter',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='passages', to='letters.indexedletter'),
        ),
        migrations.AlterField(
            model_name='indexedpassage',
            name='topic_set',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='letters.topicset'),
        ),
        migrations.AlterField(
            model_name='indexedposition',
            name='letter',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='positions', to='letters.indexedletter'),
        ),
        migrations.AlterField(
            model_name='indexedposition',
            name='topic_set',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='letters.topicset'),
        ),
        migrations.AddIndex(
            model_name='indexedpassage',
            index=models.Index(fields=['letter'], include=('ordered_on', 'order', 'paragraph', 'session', 'stances', 'unchecked', 'topic_set'), name='indexed_passage_letter'),
        ),
        migrations.AddIndex(
            model_name='indexedpassage',
            index=models.Index(fields=['topic_set'], include=('ordered_on', 'order', 'paragraph', 'session', 'stances', 'unchecked', 'letter'), name='indexed_passage_topic_set'),
        ),
        migrations.AddIndex(
            model_name='indexedposition',
            index=models.Index(fields=['letter'], include=('is_checked', 'ordered_on', 'order', 'start', 'position', 'session', 'stances', 'topic_set'), name='indexed_position_letter'),
        ),
        migrations.AddIndex(
            model_name='indexedposition',
            index=models.Index(fields=['topic_set'], include=('is_checked', 'ordered_on', 'order', 'start', 'position', 'session', 'stances', 'letter'), name='indexed_position_topic_set'),
        ),
    ]
