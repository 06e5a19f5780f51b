"""Serve the site with gunicorn, in this process."""

import os
import signal
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from letters.filters.corpus import corpus
from letters.models import CorpusVersion
from navo_site import readiness
from navo_site.embedded_postgres.watcher import end_with_parent
from navo_site.request_log import JsonLogger
from navo_site.worker import SiteWorker


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
        readiness.check_database()
        if options["prepare"]:
            call_command("prepare", stdout=self.stdout)
        readiness.check_migrations()
        readiness.check_static_files()
        readiness.check_originals()
        call_command("delete_expired")
        corpus(CorpusVersion.current())  # here, for all workers, and not while the first visitor waits
        # The workers are made by forking: a connection may not be shared, membership of the embedded server may.
        connections.close_all()
        Master(Site(self.stdout)).run()


class Master(Arbiter):
    """gunicorn's first process, for which a closed terminal is the end, and not a wish to read settings again."""

    def init_signals(self):
        """Leave a hang-up ignored where it was: the site was started to outlive its terminal (`nohup`)."""
        hang_up = signal.getsignal(signal.SIGHUP)
        super().init_signals()
        if hang_up is signal.SIG_IGN:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def handle_hup(self):
        """Stop, as for Ctrl-C."""
        self.handle_int()


def end_with_master(arbiter: Arbiter, worker: Worker) -> None:
    """Have a worker end when its master was killed: it would keep the port, and the embedded server, until it notices."""
    end_with_parent(arbiter.pid, signal.SIGKILL)


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
            "bind": host_and_port(settings.LISTEN_ADDRESS, settings.PORT),
            "workers": settings.WEB_WORKERS,
            "worker_class": SiteWorker,
            "threads": settings.WEB_THREADS,
            # Here, not in each worker: what is wrong with the site is said once, and stops the start.
            "preload_app": True,
            # Of the worker as a whole. One request may take longer: while it is sent, its worker tells that it lives.
            "timeout": 60,
            # With a server of its own that must be gone in five seconds, the site does not wait for a long export.
            "graceful_timeout": 2 if settings.EMBEDDED_DATABASE else 20,
            # Longer than a proxy keeps an idle connection (Caddyfile), or it may send where nobody listens any more.
            "keepalive": 5,
            # No max_requests: a worker that replaces itself would cut off the export that it is sending.
            "limit_request_line": 8190,
            "limit_request_fields": 64,
            # Django's BEHIND_TLS_PROXY is the one place that says whether a proxy is believed.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            # Sent by us, so that the log knows how many bytes went out when a visitor leaves halfway.
            "sendfile": False,
            "logger_class": JsonLogger if settings.PRODUCTION else Logger,
            "accesslog": "-" if settings.PRODUCTION else None,
            "loglevel": "info" if settings.PRODUCTION else "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108
            "when_ready": self.when_ready,
            "post_fork": end_with_master,
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self):
        """Return the application."""
        from navo_site.wsgi import application

        return application

    def when_ready(self, arbiter):
        """Say where the site is."""
        ready = f"De site staat op http://{host_and_port(settings.LISTEN_ADDRESS, settings.PORT)}/"
        if settings.PRODUCTION:
            arbiter.log.info(ready)
            if not settings.BEHIND_TLS_PROXY:
                arbiter.log.warning(
                    "BEHIND_TLS_PROXY staat niet aan: ieder verzoek wordt doorverwezen naar https, dat een proxy moet bieden"
                )
            return
        self.output.write(f"{ready} (stoppen: Ctrl-C)")
        self.output.flush()


def host_and_port(address: str, port: int) -> str:
    """As both are written in a URL: an address of IPv6 in brackets."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def check_port(address: str, port: int) -> None:
    """Raise CommandError when the site cannot listen here."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, port))
    except OSError as error:
        raise CommandError(
            f"Op {host_and_port(address, port)} kan de site niet luisteren ({error.strerror}). "
            f"Stop wat daar draait, of kies een andere poort: PORT=8001 ./script/server"
        ) from error
