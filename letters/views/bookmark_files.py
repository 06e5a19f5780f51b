"""Saved views as a file: what staff and visitors export, and import again on either side.

``{"format": "navo-brieven-bewaard", "version": 1, "views": [{"name": …, "address": "/zoeken/?…", "saved": "2026-11-22T…Z",
"opened": "2026-11-22T…Z"}]}``. A visitor's browser keeps the same under ``static/saved.js``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, now
from django.utils.translation import gettext as _

from letters.models import Bookmark
from letters.views.saved import NoSuchView, read

FORMAT, VERSION = "navo-brieven-bewaard", 1
FILE_NAME = "navo-brieven-bewaard.json"


class NoBookmarks(Exception):
    """A file that holds no saved views; the message says what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    address: str
    saved: datetime
    opened: datetime


def written(bookmarks: Iterable[Bookmark]) -> bytes:
    views = [
        {
            "name": bookmark.name,
            "address": bookmark.address,
            "saved": bookmark.created_at.isoformat(),
            "opened": bookmark.opened_at.isoformat(),
        }
        for bookmark in bookmarks
    ]
    content = {"format": FORMAT, "version": VERSION, "views": views}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_entries(content: bytes) -> list[Entry]:
    """Return what the file holds, each address once; raise ``NoBookmarks`` for any other file."""
    try:
        read = json.loads(content)
        if read["format"] != FORMAT:
            raise ValueError
        version, views = read["version"], read["views"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        message = _("Dit bestand bevat geen bewaarde weergaven. Kies een bestand dat deze site uitvoerde.")
        raise NoBookmarks(message) from error
    if version != VERSION:
        message = _("Dit bestand komt van een nieuwere versie van de site. Voer het hier opnieuw uit.")
        raise NoBookmarks(message)
    try:
        entries = [_entry(view) for view in views]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        message = _("Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.")
        raise NoBookmarks(message) from error
    return list({entry.address: entry for entry in entries}.values())


def _entry(view: dict) -> Entry:
    name, address = view["name"].strip(), view["address"]
    if not name or not isinstance(address, str) or "\0" in name:
        raise ValueError
    f"{name}{address}".encode()  # half a character ("\ud800") cannot be kept: a ValueError
    return Entry(name[: Bookmark.MAX_NAME], address, _moment(view.get("saved")), _moment(view.get("opened")))


def _moment(text: str | None) -> datetime:
    """A moment with its time zone; now for none, and for one that is still to come."""
    moment = parse_datetime(text) if text else None
    return min(moment.astimezone(UTC), now()) if moment and not is_naive(moment) else now()


@dataclass(frozen=True, slots=True)
class Imported:
    """How many views were added, how many the owner had, and of the others why not."""

    added: int
    known: int
    refused: list[str]


@transaction.atomic
def import_entries(entries: list[Entry], owner: User) -> Imported:
    """Add to what someone saved. What they have stays as it is: also its name, and when it was opened."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # two imports at once would add the same
    has = set(owner.bookmarks.values_list("address", flat=True))
    added, known, refused = [], 0, []
    for entry in entries:
        try:
            address = read(entry.address).address.url
        except NoSuchView as error:
            refused.append(f"{entry.name}: {error}")
            continue
        if address in has:
            known += 1
        elif len(has) >= Bookmark.MOST:
            refused.append(f"{entry.name}: {too_many()}")
        else:
            has.add(address)
            added.append(
                Bookmark(
                    owner=owner,
                    name=entry.name,
                    address=address,
                    created_at=entry.saved,
                    opened_at=entry.opened,
                )
            )
    Bookmark.objects.bulk_create(added)
    return Imported(len(added), known, refused)


def too_many() -> str:
    return _("U hebt al %(most)s weergaven bewaard. Verwijder er eerst een.") % {"most": Bookmark.MOST}
