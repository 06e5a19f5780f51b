"""Reading settings from the environment: one function per kind of value, each refusing what it does not know.

Every error names the setting, the value got and the values allowed. A secret may stand in a file instead:
`SECRET_KEY_FILE=/run/secrets/secret_key` is read when `SECRET_KEY` itself is not set.
"""

import os
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

TRUE = {"1", "true", "yes", "on", "ja"}
FALSE = {"0", "false", "no", "off", "nee"}


def text(name: str, default: str = "") -> str:
    """Return a setting as it stands, or the contents of the file that `<name>_FILE` names."""
    if name in os.environ:
        return os.environ[name].strip()
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE is {path!r}: {error.strerror}. It must name a readable file that holds {name}."
            ) from error
    return default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes or no."""
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}. Allowed: 1 (yes) or 0 (no).")
    return value in TRUE


def integer(name: str, default: int, minimum: int, maximum: int) -> int:
    """Return a whole number from minimum to maximum, both included."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and minimum <= int(value) <= maximum):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: a whole number from {minimum} to {maximum}."
        )
    return int(value)


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the parts of a comma-separated value."""
    parts = [part.strip() for part in text(name).split(",")]
    return [part for part in parts if part] or list(default)


def origins(name: str) -> list[str]:
    """Return comma-separated origins, such as `https://brieven.example.nl`."""
    values = listing(name)
    for value in values:
        if not value.startswith(("https://", "http://")):
            raise ImproperlyConfigured(
                f"{name} has {value!r}. Allowed: origins with scheme, such as https://brieven.example.nl."
            )
    return values


def folder(name: str, default: Path) -> Path:
    """Return an absolute path; a relative one is taken from the working directory."""
    return Path(text(name) or default).expanduser().absolute()


def database(name: str) -> dict[str, object] | None:
    """Return Django's settings for a `postgresql://user:password@host:port/name?sslmode=require`, or None.

    PostgreSQL's own library reads the address, so all that it allows is allowed:
    https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    """
    address = text(name)
    if not address:
        return None
    allowed = "Allowed: postgresql://user:password@host:5432/database, special characters percent-encoded."
    scheme = address.split("://")[0]
    if "://" not in address or scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} is not an address of PostgreSQL (it starts with {scheme[:12]!r}). {allowed}"
        )
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        # The message of the library may quote the address, and with it a password: it is not repeated here.
        raise ImproperlyConfigured(f"{name} cannot be read as an address of PostgreSQL. {allowed}") from error
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database. {allowed}")
    own = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{setting: str(parts.get(part) or "") for part, setting in own.items()},
        "OPTIONS": {part: value for part, value in parts.items() if part not in own},
    }
