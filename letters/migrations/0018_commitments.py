"""Sentences that speak of an earlier commitment, and which promise a later one takes up."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0017_rebuilding_is_a_public_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitmentMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField(default=0, editable=False)),
                ("end", models.PositiveIntegerField(default=0, editable=False)),
                ("sentence", models.TextField(verbose_name="citaat")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refers", "verwijst naar een toezegging"),
                            ("fulfils", "komt een toezegging na"),
                        ],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "named",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="genoemd als"),
                ),
                ("rule", models.CharField(blank=True, editable=False, max_length=60, verbose_name="regel")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unchecked", "nog niet nagekeken"),
                            ("checked", "nagekeken"),
                            ("rejected", "afgewezen"),
                        ],
                        db_index=True,
                        default="unchecked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beoordeeld op"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beoordeeld door",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="letters.letter",
                        verbose_name="brief",
                    ),
                ),
                (
                    "paragraph",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mentions",
                        to="letters.paragraph",
                        verbose_name="alinea",
                    ),
                ),
            ],
            options={
                "verbose_name": "vermelding van een toezegging",
                "verbose_name_plural": "vermeldingen van toezeggingen",
                "ordering": ["letter", "paragraph__order", "start", "id"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("likeness", models.FloatField(default=0, editable=False, verbose_name="gelijkenis")),
                (
                    "shared",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="gedeelde woorden"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unchecked", "nog niet nagekeken"),
                            ("checked", "nagekeken"),
                            ("rejected", "afgewezen"),
                        ],
                        db_index=True,
                        default="unchecked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beoordeeld op"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beoordeeld door",
                    ),
                ),
                (
                    "mention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="letters.commitmentmention",
                        verbose_name="latere passage",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="letters.position",
                        verbose_name="toezegging",
                    ),
                ),
            ],
            options={
                "verbose_name": "vervolg op een toezegging",
                "verbose_name_plural": "vervolgen op toezeggingen",
                "ordering": ["-mention__letter__date", "-likeness", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitmentMention",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("start", models.PositiveIntegerField(default=0, editable=False)),
                ("end", models.PositiveIntegerField(default=0, editable=False)),
                ("sentence", models.TextField(verbose_name="citaat")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refers", "verwijst naar een toezegging"),
                            ("fulfils", "komt een toezegging na"),
                        ],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "named",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="genoemd als"),
                ),
                ("rule", models.CharField(blank=True, editable=False, max_length=60, verbose_name="regel")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unchecked", "nog niet nagekeken"),
                            ("checked", "nagekeken"),
                            ("rejected", "afgewezen"),
                        ],
                        db_index=True,
                        default="unchecked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beoordeeld op"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beoordeeld door",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="letters.letter",
                        verbose_name="brief",
                    ),
                ),
                (
                    "paragraph",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="letters.paragraph",
                        verbose_name="alinea",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical vermelding van een toezegging",
                "verbose_name_plural": "historical vermeldingen van toezeggingen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("likeness", models.FloatField(default=0, editable=False, verbose_name="gelijkenis")),
                (
                    "shared",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="gedeelde woorden"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unchecked", "nog niet nagekeken"),
                            ("checked", "nagekeken"),
                            ("rejected", "afgewezen"),
                        ],
                        db_index=True,
                        default="unchecked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beoordeeld op"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beoordeeld door",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="letters.commitmentmention",
                        verbose_name="latere passage",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="letters.position",
                        verbose_name="toezegging",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical vervolg op een toezegging",
                "verbose_name_plural": "historical vervolgen op toezeggingen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="commitmentmention",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gte", models.F("start"))), name="mention_span_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentmention",
            constraint=models.UniqueConstraint(
                fields=("paragraph", "start", "end"), name="mention_is_once_in_a_sentence"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=("promise", "mention"), name="follow_up_is_once_of_a_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("likeness__range", (0, 1))), name="follow_up_likeness_is_a_share"
            ),
        ),
    ]
