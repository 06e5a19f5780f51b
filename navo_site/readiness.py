"""What must be so before the site may be served. Each check raises CommandError with what to do."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import CommandError
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from letters import originals
from navo_site.embedded_postgres import EmbeddedPostgresError


def check_database() -> None:
    """The database accepts a connection."""
    try:
        connections["default"].ensure_connection()
    except EmbeddedPostgresError:
        raise  # it says itself what to do
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise CommandError(
            f"De database is niet te bereiken ({reason}). Klopt DATABASE_URL, en draait PostgreSQL daar?"
        ) from error


def check_migrations() -> None:
    """The database has the tables of this version of the site."""
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in missing[:3])
        raise CommandError(
            f"De database is nog niet van deze versie: {len(missing)} migraties ontbreken ({names}"
            f"{' …' if missing[3:] else ''}). Voer eerst uit: python manage.py migrate, en daarna load_topics."
        )


def check_originals() -> None:
    """Originals can be written, and read back."""
    try:
        originals.check()
    except OSError as error:
        reason = " ".join(str(error).split())
        raise CommandError(
            f"Originelen van brieven zijn niet te bewaren ({reason}). "
            "Klopt DATA_DIR, of bij opslag in een bucket S3_…, en is er ruimte en toegang om te schrijven?"
        ) from error


def check_static_files() -> None:
    """Style sheets and scripts were collected for this version."""
    if not staticfiles_storage.exists(staticfiles_storage.manifest_name):
        raise CommandError(
            f"In STATIC_ROOT ({settings.STATIC_ROOT}) staan geen verzamelde stijlbladen en scripts. "
            "Voer eerst uit: python manage.py collectstatic --no-input"
        )
