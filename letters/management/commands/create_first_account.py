"""Make the account with which a fresh site is managed."""

import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

USERNAME = "beheer"


class Command(BaseCommand):
    help = "Maakt, als er nog geen enkel account is, het account 'beheer' en toont eenmalig het wachtwoord."

    def handle(self, *args, **options):
        """Create it only where there is no account at all; a password is shown once, and kept nowhere."""
        accounts = get_user_model().objects
        if accounts.exists():
            return
        password = secrets.token_urlsafe(12)
        # Shown before it holds: killed in between, the next start makes another, and no account is without its owner.
        with transaction.atomic():
            accounts.create_superuser(USERNAME, password=password)
            self.stdout.write(
                f"Account voor /beheer/: {USERNAME}, wachtwoord: {password} (wordt maar één keer getoond)"
            )
            self.stdout.flush()
