"""Throw away what may no longer be kept: sessions that ended, and failed logins that no longer count."""

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.timezone import now


class Command(BaseCommand):
    help = "Gooit verlopen sessies en mislukte aanmeldingen weg. Elke start van de site doet dit; dagelijks mag ook."

    def handle(self, *args, **options):
        call_command("clearsessions")
        AccessAttempt.objects.filter(attempt_time__lte=now() - settings.AXES_COOLOFF_TIME).delete()
