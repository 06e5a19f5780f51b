import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0009_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("address", models.CharField(max_length=2000, verbose_name="adres")),
                ("is_shared", models.BooleanField(default=False, verbose_name="delen met collega’s")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="bewaard op"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="laatst geopend"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaarde weergave",
                "verbose_name_plural": "bewaarde weergaven",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "address"),
                        name="bookmark_is_once_of_an_owner",
                        violation_error_message="Deze weergave hebt u al bewaard.",
                    )
                ],
            },
        ),
    ]
