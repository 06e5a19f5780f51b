"""What the two commands share: how they end."""

import signal

from django.core.management.base import BaseCommand, CommandError

from letters.backup.words import BackupError


def _stop(*_):
    raise KeyboardInterrupt


class BackupCommand(BaseCommand):
    """A command that refuses in one sentence, and that cleans up when it is stopped, however that is done."""

    requires_system_checks = []

    def execute(self, *arguments, **options):
        for stop in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, _stop)
        try:
            return super().execute(*arguments, **options)
        except BackupError as error:
            raise CommandError(str(error)) from error
