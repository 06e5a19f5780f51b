"""Where the server's own files live, and under which account it runs.

For an ordinary user that is the data folder, and that user. PostgreSQL refuses to run as root: for root the files are in a
folder below /var/lib that `location` in the data folder names, and the server runs under a number that is nobody's account,
so that no process of `nobody` or of a daemon can read the data. What the server may write (`data`, `run`) is its own; the
rest is root's.
"""

import logging
import os
import pwd
import secrets
import shutil
import tempfile
from pathlib import Path

from . import EmbeddedPostgresError

HOMES_FOR_ROOT = Path("/var/lib")
HOME_PREFIX = "navo-brieven-"
# Numbers that no account has: systemd hands them to services for as long as they run (systemd.io/UIDS-GIDS).
NUMBERS_WITHOUT_ACCOUNT = range(61184, 65520)
# `initdb` wants to know the name of the account it runs under. It gets the data of an empty database into its hands.
ACCOUNT_THAT_MAKES_DATA = "nobody"

Account = dict[str, object]  # arguments of `subprocess`; empty: our own

logger = logging.getLogger(__name__)


def home_of(folder: Path) -> Path:
    """Return the folder with the files of the server whose data folder is `folder`; make it where there is none yet."""
    location = folder / "location"
    _refuse_data_of_another(folder, location)
    if os.geteuid() != 0:
        return folder
    if not location.exists():
        _make_home(folder, location)
    home = _read(location)
    if not home.is_dir():
        raise EmbeddedPostgresError(
            f"The database was kept in {home}, which is gone. Put it back, or remove {location} to start empty."
        )
    if _belongs_to(home) != folder and home.stat().st_uid == 0:
        _write_whole(home / "belongs-to", folder)  # the data folder was moved
    return home


def account_of(data: Path) -> Account:
    """Return the account for the server: the owner of its data."""
    if os.geteuid() != 0:
        return {}
    owner = data.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def account_that_makes_data() -> Account:
    """Return the account for `initdb`."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam(ACCOUNT_THAT_MAKES_DATA)
    except KeyError:
        raise EmbeddedPostgresError(
            f"PostgreSQL refuses to run as root, and there is no account {ACCOUNT_THAT_MAKES_DATA!r} to use instead. "
            "Start the site as an ordinary user, or set DATABASE_URL."
        ) from None
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def new_account() -> Account:
    """Return an account for the server of a new cluster, which it shares with nothing else on this machine."""
    if os.geteuid() != 0:
        return {}
    taken = {account.pw_uid for account in pwd.getpwall()} | {home.stat().st_uid for home in _data_folders()}
    number = secrets.choice([number for number in NUMBERS_WITHOUT_ACCOUNT if number not in taken])
    return {"user": number, "group": number, "extra_groups": []}


def give(folder: Path, account: Account) -> None:
    """Make a folder, and all that is in it, the account's own."""
    if account:
        for path in [*folder.rglob("*"), folder]:
            os.chown(path, account["user"], account["group"], follow_symlinks=False)


def _make_home(folder: Path, location: Path) -> None:
    """Make a home and note it on both sides; what an earlier start that was killed had made of it is removed.

    Tells of homes whose data folder was thrown away: this is when that has happened.
    """
    for home in HOMES_FOR_ROOT.glob(f"{HOME_PREFIX}*"):
        owner = _belongs_to(home)
        if owner == folder and not (home / "data").exists():
            shutil.rmtree(home)
        elif owner and not _is_home_of(home, owner):
            logger.warning(
                "%s holds the database of %s, which is gone. If that was thrown away, and not moved: rm -r %s",
                home,
                owner,
                home,
            )
    home = Path(tempfile.mkdtemp(prefix=HOME_PREFIX, dir=HOMES_FOR_ROOT))
    _write_whole(home / "belongs-to", folder)
    home.chmod(0o711)  # the server may pass through it
    _write_whole(location, home)


def _write_whole(path: Path, content: Path) -> None:
    """Write a path to a file that is there whole or not at all, also after a crash."""
    aside = path.with_name(f"{path.name}.unfinished")
    with aside.open("wb") as file:
        file.write(os.fsencode(content))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync(path.parent)


def _read(path: Path) -> Path:
    return Path(os.fsdecode(path.read_bytes().rstrip(b"\n")))


def sync(folder: Path) -> None:
    """Have the disk keep the names in a folder, such as that of a file that was renamed."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _refuse_data_of_another(folder: Path, location: Path) -> None:
    maker = 0 if location.exists() else folder.stat().st_uid
    if maker != os.geteuid():
        raise EmbeddedPostgresError(was_made_by(maker, folder))


def was_made_by(maker: int, folder: Path) -> str:
    """Say whose data it is, and what to do."""
    try:
        name = pwd.getpwuid(maker).pw_name
    except KeyError:
        name = f"account {maker}"
    return f"The data in {folder} was made by {name}. Start the site as {name}, or choose another DATA_DIR."


def _belongs_to(home: Path) -> Path | None:
    try:
        return _read(home / "belongs-to")
    except OSError:
        return None


def _is_home_of(home: Path, folder: Path) -> bool:
    try:
        return _read(folder / "location") == home
    except OSError:
        return False


def _data_folders() -> list[Path]:
    return list(HOMES_FOR_ROOT.glob(f"{HOME_PREFIX}*/data"))
