"""Serve the site with gunicorn, in this process."""

import os
import signal
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from gunicorn.app.base import BaseApplication


class Command(BaseCommand):
    help = "Start de site op PORT (standaard 8000)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--prepare", action="store_true", help="werk eerst database en statische bestanden bij"
        )

    def handle(self, *args, **options):
        """Check the port before anything else is done, prepare, serve until stopped."""
        check_port(settings.LISTEN_ADDRESS, settings.PORT)
        if options["prepare"]:
            call_command("prepare", stdout=self.stdout)
        elif settings.EMBEDDED_DATABASE:
            connections["default"].ensure_connection()
        # The workers are made by forking: a connection may not be shared, membership of the embedded server may.
        connections.close_all()
        Site(self.stdout).run()


class Site(BaseApplication):
    """gunicorn with this site's application and settings.

    Threads, not processes only (`gthread`): a worker that sends a long export still answers, and is not taken for hung.
    """

    def __init__(self, output):
        self.output = output
        super().__init__()

    def load_config(self):
        """Set what differs from gunicorn's defaults."""
        choices = {
            "bind": f"{settings.LISTEN_ADDRESS}:{settings.PORT}",
            "workers": settings.WEB_WORKERS,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108
            "when_ready": self.when_ready,
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self):
        """Return the application; each worker asks for it after it was forked."""
        from navo_site.wsgi import application

        return application

    def when_ready(self, arbiter):
        """Say where the site is; and let a closed terminal stop it, where gunicorn would reload."""
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        self.output.write(
            f"De site staat op http://{settings.LISTEN_ADDRESS}:{settings.PORT}/ (stoppen: Ctrl-C)"
        )
        self.output.flush()


def check_port(address: str, port: int) -> None:
    """Raise CommandError when the site cannot listen here."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
        except OSError as error:
            raise CommandError(
                f"Op {address}:{port} kan de site niet luisteren ({error.strerror}). "
                f"Stop wat daar draait, of kies een andere poort: PORT=8001 ./script/server"
            ) from error
