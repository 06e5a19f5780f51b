class BackupError(Exception):
    """A backup or restore that did not happen; the message says why and what to do, in Dutch."""


class NotWritten(BackupError):
    """The file of the backup cannot be written where it should stand."""


class NotWhole(BackupError):
    """The file is not a backup of this site, or not every byte of it is as it was written."""


class OtherVersion(BackupError):
    """The backup needs another version of the site, or of PostgreSQL, than there is here."""


class ProgramMissing(BackupError):
    """A program of PostgreSQL is not installed, or is too old."""


class ProgramFailed(BackupError):
    """A program of PostgreSQL gave up; the message has its own words."""


class DatabaseFailed(BackupError):
    """The database cannot be reached, or refused what was asked; the message has its own words."""


class OriginalsFailed(BackupError):
    """The storage of originals cannot be read or written; the message has its own words."""


class NothingToKeep(BackupError):
    """There is no database, or it has no tables of this site."""


class TargetInUse(BackupError):
    """Others are connected to the database that is to be replaced."""


class TargetHoldsData(BackupError):
    """The database holds data already, and nobody said that it may be replaced."""


class NotTheSame(BackupError):
    """What was put back is not what the backup says it must be."""
