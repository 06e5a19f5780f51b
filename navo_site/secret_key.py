"""The secret key of a site that was started to try it out: made once, kept in DATA_DIR."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_secret_key(data_dir: Path) -> str:
    """Return the key in `data_dir/secret_key` (mode 0600); make it first where there is none."""
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_whole(path, secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR is {str(data_dir)!r}: {error.strerror} ({error.filename or path}). "
            "It must be a folder that the account that starts the site made itself, and may write."
        ) from error


def _write_whole(path: Path, text: str) -> None:
    """Write a private file that appears all at once, and lose to another process that was first."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
