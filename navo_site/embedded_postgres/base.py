"""Django's PostgreSQL backend on a server of our own: connecting starts it or joins it."""

from django.conf import settings
from django.db.backends.postgresql import base

from .cluster import PORT, ROLE, cluster_under


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the server under `settings.DATA_DIR`; the rest is Django's."""

    def get_connection_params(self):
        """Return what psycopg needs; also after a crash, since each new connection looks whether the server runs."""
        cluster = cluster_under(settings.DATA_DIR)
        # All four are given, so that no PGHOST, PGPORT or PGUSER of the person who starts the site interferes.
        return super().get_connection_params() | {"host": str(cluster.join()), "port": PORT, "user": ROLE}
