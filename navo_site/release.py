"""Which version of the site this is: what differs when anything of it differs that a page is made of."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

#: What pages are made of: code and its data, templates, translations, style sheets, and which packages.
SOURCES = ["letters", "navo_site", "templates", "locale", "static", "requirements.txt"]
#: What pages show of how this site was set up.
SETTINGS = ["TAG_AUTHORITY", "CONTACT_EMAIL", "DEBUG"]


@cache
def release() -> str:
    """A digest of all files of the site and what pages show of its settings: the same on every machine.

    Not a setting, which one would forget to change, and not the commit: an image has none, and files may be edited.
    """
    digest = sha256(repr([getattr(settings, name) for name in SETTINGS]).encode())
    for path in _files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        digest.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    sources = [settings.BASE_DIR / source for source in SOURCES]
    found = [path for source in sources for path in ([source] if source.is_file() else source.rglob("*"))]
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")
