"""A PostgreSQL server of our own, for trying out and for tests: `base` is the database backend, `cluster` the server."""

from django.db import OperationalError


class EmbeddedPostgresError(OperationalError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""
