"""Bring database and static files up to this version of the site."""

import os
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

LOCK = 1949  # of PostgreSQL (pg_advisory_lock): any number, as long as no other lock of the site has it


class Command(BaseCommand):
    help = "Werkt de database en de statische bestanden bij; vult een verse ingebouwde database met twee voorbeeldbrieven."

    def handle(self, *args, **options):
        """Run the steps in order, and for one process at a time: several may start at once on one database.

        The account comes last, so that its absence says that a first start was not finished.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # till it is released, or this process ends
        self.stdout.write("Database bijwerken …")
        call_command("migrate", verbosity=0)
        call_command("load_topics")
        if settings.EMBEDDED_DATABASE and not get_user_model().objects.exists():
            self.stdout.write("Voorbeeldbrieven inlezen …")
            call_command("load_samples")
            call_command("create_first_account")
        self.collect_static_files()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    def collect_static_files(self):
        """Collect unless these very files were: collecting replaces each file, also while a server beside us reads it."""
        sources = fingerprint_of_static_files()
        collected = settings.STATIC_ROOT / "collected-from"
        if collected.exists() and collected.read_text() == sources:
            return
        self.stdout.write("Statische bestanden verzamelen …")
        # Where an earlier start was killed at this: anew, since half a file looks like one that is newer than its source.
        was_killed = not collected.exists()
        collected.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=was_killed)
        collected.write_text(sources)


def fingerprint_of_static_files() -> str:
    """Return what differs when a static file is added, removed or changed, or comes from elsewhere."""
    found = [(name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    files = [(name, path, os.stat(path).st_size, os.stat(path).st_mtime_ns) for name, path in found]
    return sha256(repr(files).encode()).hexdigest()
