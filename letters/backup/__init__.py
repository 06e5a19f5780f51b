"""Backup and restore: the database and the originals together, in one file that vouches for itself.

``making.back_up`` takes both from one moment while the site runs; ``restoring.restore`` puts back all or nothing. The file
is a zip (``archive``) with a list of what must be in it (``manifest``), a dump by PostgreSQL's own pg_dump, and the originals.
"""
