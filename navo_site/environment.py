"""Reading settings from the environment: one function per kind of value, each refusing what it does not know.

Every error names the setting, the value got and the values allowed. A secret may stand in a file instead:
`SECRET_KEY_FILE=/run/secrets/secret_key` is read when `SECRET_KEY` itself is not set or empty.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

TRUE = {"1", "true", "yes", "on", "ja"}
FALSE = {"0", "false", "no", "off", "nee"}

# A host that is gone says nothing: seconds to wait for a connection, and milliseconds for an answer to what was sent.
NOTICE_ABSENCE = {"connect_timeout": "3", "tcp_user_timeout": "10000"}

# "brieven.example.nl", ".example.nl" (with all below it), "localhost", "192.0.2.1", "[::1]"
HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)

# "brieven.example.nl": what RFC 4151 allows before the comma, beside an address of e-mail.
DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")

# "redactie@example.nl": enough to notice that it is none.
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

# The same bounds as Django's own check (security.W009): 64 random characters have some forty different ones.
SECRET_LENGTH, SECRET_VARIETY = 50, 10
PLACEHOLDER = re.compile(r"django-insecure|change.?me|example|placeholder|your.?secret|geheim", re.IGNORECASE)


def text(name: str, default: str = "") -> str:
    """Return a setting as it stands, or the contents of the file that `<name>_FILE` names."""
    if value := os.environ.get(name, "").strip():
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not a file of text"
            raise ImproperlyConfigured(
                f"{name}_FILE is {path!r}: {reason}. It must name a readable file that holds {name}."
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


def hosts(name: str, default: tuple[str, ...] = (), *, any_host: bool) -> list[str]:
    """Return comma-separated names of hosts, without scheme or port; `*` (every name) only when `any_host`."""
    values = listing(name, default)
    for value in values:
        if not HOST.fullmatch(value) and not (value == "*" and any_host):
            raise ImproperlyConfigured(
                f"{name} has {value!r}. Allowed: the names of the site without scheme or port, "
                "separated by commas, such as brieven.example.nl."
            )
    return values


def domain(name: str, default: str) -> str:
    """Return the name of a domain, in lower case."""
    value = text(name, default).lower()
    if not DOMAIN.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: one domain name without scheme or port, such as brieven.example.nl."
        )
    return value


def email(name: str, default: str) -> str:
    """Return an address of e-mail."""
    value = text(name, default)
    if not EMAIL.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: one address of e-mail, such as redactie@example.nl."
        )
    return value


def secret(name: str) -> str:
    """Return a secret that cannot be guessed; the message does not repeat it."""
    value = text(name)
    if len(value) < SECRET_LENGTH:
        wrong = f"has {len(value)} characters"
    elif len(set(value)) < SECRET_VARIETY or PLACEHOLDER.search(value):
        wrong = "is a placeholder"
    else:
        return value
    raise ImproperlyConfigured(
        f"{name} {wrong}. Allowed: at least {SECRET_LENGTH} random characters, such as openssl rand -base64 48 gives."
    )


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
        "OPTIONS": NOTICE_ABSENCE | {part: value for part, value in parts.items() if part not in own},
    }


#: What the lists need: room in memory for what a common word finds, or its rows are looked up twice; indexes that are in
#: memory anyway; no compiling of a query that takes less time than that, and no second process for one: to start it takes two of
#: the seven milliseconds in which a common word is found in 100,000 passages, and ten of sixty in a million.
FOR_LISTS = {
    "work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}


def for_visitors(database: dict, seconds: int) -> dict[str, object]:
    """Return the settings of a database for reading only, where no statement may take longer than so many seconds."""
    given = database["OPTIONS"].get("options", "")
    wanted = {"default_transaction_read_only": "on", "statement_timeout": f"{seconds}s", **FOR_LISTS}
    session = " ".join([given, *(f"-c {name}={value}" for name, value in wanted.items())]).strip()
    return database | {"OPTIONS": database["OPTIONS"] | {"options": session}}


def object_storage() -> dict[str, object] | None:
    """Return Django's settings for storage in one bucket of S3-compatible storage, or None when no `S3_…` is set."""
    required = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]
    values = {name: text(name) for name in [*required, "S3_ENDPOINT_URL", "S3_REGION"]}
    given = [name for name, value in values.items() if value]
    if not given:
        return None
    for name in required:
        if not values[name]:
            raise ImproperlyConfigured(
                f"{name} is not set while {given[0]} is. S3 needs {', '.join(required)}."
            )
    endpoint = values["S3_ENDPOINT_URL"]
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            f"S3_ENDPOINT_URL is {endpoint!r}. Allowed: an address such as https://s3.example.nl; without one, Amazon's."
        )
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "S3_BUCKET is set, but django-storages and boto3 are not installed. Install requirements-production.txt."
        )
    return {
        "BACKEND": "navo_site.s3_storage.S3Storage",
        "OPTIONS": {
            "bucket_name": values["S3_BUCKET"],
            "access_key": values["S3_ACCESS_KEY_ID"],
            "secret_key": values["S3_SECRET_ACCESS_KEY"],
            "endpoint_url": endpoint or None,
            "region_name": values["S3_REGION"] or None,
        },
    }
