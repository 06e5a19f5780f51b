#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from navo_site.embedded_postgres.cluster import EmbeddedPostgresError


def main():
    """Run the command; what is wrong with settings or the embedded server is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navo_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
