#!/usr/bin/env python
"""Django's command line for this site."""

import errno
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

from navo_site.embedded_postgres import EmbeddedPostgresError

# What a disk or a folder refuses. Any other OSError is a mistake of ours, and keeps its traceback.
REFUSED = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


def main():
    """Run the command. What the machine, the settings or the database refuse is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navo_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        sys.exit(f"{error}")
    except (OperationalError, InterfaceError) as error:
        sys.exit(
            f"De database doet niet wat gevraagd is: {first_line(error)}. Start opnieuw als dat is verholpen."
        )
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        sys.exit(f"{error.filename or 'De schijf'}: {error.strerror}. Start opnieuw als dat is verholpen.")
    except KeyboardInterrupt:
        sys.exit("Gestopt.")


def first_line(error):
    """Return the first line of what PostgreSQL said; the others say it again for each address that was tried."""
    return (str(error).strip().splitlines() or ["zij zegt niet waarom"])[0].removesuffix(".")


if __name__ == "__main__":
    main()
