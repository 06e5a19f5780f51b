from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from letters.groups import make_groups


class LettersConfig(AppConfig):
    name = "letters"
    verbose_name = _("Brieven")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Permissions are made after a migration too, and before this: the app of accounts connected first.
        post_migrate.connect(make_groups, sender=self)
