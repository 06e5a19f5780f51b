"""Backup and restore: the database and the originals together, in one file that vouches for itself.

``back_up`` takes both from one moment while the site runs; ``restore`` puts back all or nothing. The file is a zip
(``archive``) with a list of what must be in it (``manifest``), a dump by PostgreSQL's own pg_dump, and the originals.
"""

from letters.backup.errors import BackupError
from letters.backup.making import back_up
from letters.backup.restoring import restore

__all__ = ["BackupError", "back_up", "restore"]
