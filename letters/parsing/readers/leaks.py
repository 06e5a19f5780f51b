"""What a file tells that should not get out, gathered while it is read."""

import re
from collections import Counter
from collections.abc import Iterable

from letters.parsing.document import Leak, LeakKind

MAX_VALUES = 10
MAX_VALUE_LENGTH = 120

#: What programs fill in where nobody gave a name
NOBODY = frozenset(
    {"", "anonymous", "anoniem", "author", "auteur", "user", "gebruiker", "unknown", "onbekend", "un-named", "python-docx",
     "admin", "administrator", "windows user", "windows-gebruiker", "microsoft office user", "microsoft office-gebruiker"}
)  # fmt: skip
#: Names that templates give to properties that hold a person: "Auteur", "Behandeld door", "ContactPersoon", "_AuthorEmail"
PERSONAL_PROPERTY = re.compile(
    r"aut(?:h|eu)(?:or|r)|behandel|steller|medewerker|contact|ondertekenaar|afzender|persoon|^naam$|"
    r"owner|editor|user|manager|e-?mail|telefoon|phone",
    re.IGNORECASE,
)
#: Properties of document systems that only sound so: "TemplateName", "bestandsnaam", "ContentTypeId"
IMPERSONAL_PROPERTY = re.compile(r"bestand|file|template|sjabloon|type|version|versie|system", re.IGNORECASE)
#: "J. Jansen", "A.B. van den Berg", "Jansen, J.", "jan.jansen@minbuza.nl"
PERSONAL_VALUE = re.compile(
    r"(?:[A-Z]\.\s?){1,5}(?:(?:van|de|den|der|ten|ter|te|el|al)\s){0,3}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?"
    r"|[A-Z][\w'’-]+,\s(?:[A-Z]\.\s?){1,5}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
)
LETTERS = re.compile(r"[^\W\d_]")


class Leaks:
    """Values by kind, each once, in the order in which they were met."""

    def __init__(self) -> None:
        self._values: dict[LeakKind, dict[str, None]] = {}

    def __contains__(self, kind: LeakKind) -> bool:
        return kind in self._values

    def add(self, kind: LeakKind, *values: str) -> None:
        """Note that there is something of this ``kind``; empty values say only that."""
        found = self._values.setdefault(kind, {})
        for value in values:
            if len(found) < MAX_VALUES and (short := _short(value)):
                found[short] = None

    def add_author(self, *names: str | None) -> None:
        """Note the persons in a file's properties; what a program filled in is nobody."""
        persons = [name for name in names if name and name.strip().lower() not in NOBODY]
        if persons:
            self.add(LeakKind.AUTHOR, *persons)

    def add_property(self, name: str, value: str) -> None:
        """Note a property that the author or a document system made, if a person seems to be in it."""
        called = PERSONAL_PROPERTY.search(name) and not IMPERSONAL_PROPERTY.search(name)
        if (called and LETTERS.search(value)) or PERSONAL_VALUE.fullmatch(value.strip()):
            self.add_author(value)

    def add_changes(self, authors: Iterable[str | None]) -> None:
        """Note tracked changes, given the author of each."""
        counted = Counter((author or "").strip() or "zonder naam" for author in authors)
        if counted:
            self.add(
                LeakKind.TRACKED_CHANGES,
                *(
                    f"{_short(author, 100)}: {count} {'wijziging' if count == 1 else 'wijzigingen'}"
                    for author, count in counted.most_common(MAX_VALUES)
                ),
            )

    def add_comment(self, author: str | None, text: str) -> None:
        self.add(LeakKind.COMMENTS, ": ".join(filter(None, ((author or "").strip(), text.strip()))))

    def found(self) -> tuple[Leak, ...]:
        return tuple(Leak(kind, tuple(values)) for kind, values in self._values.items())


def _short(value: str, length: int = MAX_VALUE_LENGTH) -> str:
    # A prefix is enough to fold: hidden text may be as long as the letter.
    folded = " ".join(value[: 4 * length].split())
    return folded if len(folded) <= length else folded[: length - 1].rstrip() + "…"
