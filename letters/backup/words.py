"""What backup and restore tell people: why they refuse, and numbers with their nouns."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format

LETTERS, ORIGINALS = ("brief", "brieven"), ("origineel", "originelen")
#: What people know their data by; all other tables are just rows.
KNOWN_AS = {
    "letters_letter": LETTERS,
    "letters_meeting": ("bijeenkomst", "bijeenkomsten"),
    "letters_topic": ("onderwerp", "onderwerpen"),
    "letters_note": ("notitie", "notities"),
    "auth_user": ("account", "accounts"),
}


class BackupError(Exception):
    """A backup or restore that did not happen; the message says why and what to do, in Dutch."""


class NotWhole(BackupError):
    """The file is not a backup of this site, or not all of it is as it was written."""


def numbered(number: int, noun: tuple[str, str]) -> str:
    """Return "1 brief", "1.204 brieven"."""
    return f"{number_format(number, 0, force_grouping=True)} {noun[number != 1]}"


def contents(letters: int, originals: int) -> str:
    return f"{numbered(letters, LETTERS)}, {numbered(originals, ORIGINALS)}"


def tables_held(rows: Mapping[str, int]) -> str:
    """Return "2 brieven, 1 account, samen 1.234 rijen in 25 tabellen" for the number of rows of each table."""
    known = [numbered(rows[table], noun) for table, noun in KNOWN_AS.items() if table in rows]
    everything = numbered(sum(rows.values()), ("rij", "rijen"))
    return ", ".join([*known, f"samen {everything} in {numbered(len(rows), ('tabel', 'tabellen'))}"])


def lost(originals: Mapping[str, Sequence[str]]) -> str:
    """Return the sentence about originals that were missing or damaged, with the letters that have them."""
    letters = sorted({letter for letters in originals.values() for letter in letters})
    verb = "ontbreekt of is beschadigd" if len(originals) == 1 else "ontbreken of zijn beschadigd"
    return f"{numbered(len(originals), ORIGINALS)} {verb}, van {', '.join(letters)}."
