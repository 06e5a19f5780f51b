"""The site's settings, for tests: the same, on data of their own."""

import fcntl
import itertools
import os
import shutil
from pathlib import Path


def free_data_dir() -> tuple[Path, int]:
    """Return the first test folder that no other test run holds, with the lock that keeps it ours till we end."""
    for number in itertools.count(1):
        folder = Path(__file__).resolve().parent.parent / f".data/test-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "test-run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return folder, lock
    raise AssertionError("count() has no end")


TEST_DATA_DIR, TEST_RUN_LOCK = free_data_dir()
os.environ["DATA_DIR"] = str(TEST_DATA_DIR)
shutil.rmtree(TEST_DATA_DIR / "originals", ignore_errors=True)

from navo_site.settings import *  # noqa: E402, F403

# In the test process a page names its static files as they are; the browser's site serves them collected and hashed.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["tests.hashers.QuickPasswordHasher"]

# A test sees what it saved without committing it, which only its own connection can.
del DATABASES["public"]  # noqa: F405
PUBLIC_DATABASE = "default"
