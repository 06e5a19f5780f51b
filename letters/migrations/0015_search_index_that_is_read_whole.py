"""Lists no longer order and count the rows of the search index in the database: they read them whole (``letters.filters.corpus``)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0014_stamps_of_letters'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='indexedletter',
            name='indexed_letter_order',
        ),
        migrations.RemoveIndex(
            model_name='indexedletter',
            name='indexed_letter_published',
        ),
        migrations.RemoveIndex(
            model_name='indexedpassage',
            name='indexed_passage_order',
        ),
        migrations.RemoveIndex(
            model_name='indexedpassage',
            name='indexed_passage_letter',
        ),
        migrations.RemoveIndex(
            model_name='indexedpassage',
            name='indexed_passage_topic_set',
        ),
        migrations.RemoveIndex(
            model_name='indexedposition',
            name='indexed_position_order',
        ),
        migrations.RemoveIndex(
            model_name='indexedposition',
            name='indexed_position_published',
        ),
        migrations.RemoveIndex(
            model_name='indexedposition',
            name='indexed_position_letter',
        ),
        migrations.RemoveIndex(
            model_name='indexedposition',
            name='indexed_position_topic_set',
        ),
        migrations.RemoveIndex(
            model_name='topicset',
            name='topic_set_topics',
        ),
        migrations.AlterField(
            model_name='indexedpassage',
            name='letter',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='passages', to='letters.indexedletter'),
        ),
        migrations.AlterField(
            model_name='indexedpassage',
            name='topic_set_unchecked',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='letters.topicset'),
        ),
        migrations.AlterField(
            model_name='indexedposition',
            name='letter',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='positions', to='letters.indexedletter'),
        ),
    ]
