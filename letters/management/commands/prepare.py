"""Bring database and static files up to this version of the site."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Werkt de database en de statische bestanden bij; vult een verse ingebouwde database met twee voorbeeldbrieven."

    def handle(self, *args, **options):
        """Run the steps in order; the account comes last, so that its absence says that a first start was not finished."""
        self.stdout.write("Database bijwerken …")
        call_command("migrate", verbosity=0)
        call_command("load_topics")
        if settings.EMBEDDED_DATABASE and not get_user_model().objects.exists():
            self.stdout.write("Voorbeeldbrieven inlezen …")
            call_command("load_samples")
            call_command("create_first_account")
        self.stdout.write("Statische bestanden verzamelen …")
        call_command("collectstatic", interactive=False, verbosity=0)
