"""What a file tells that should not get out with it: what its reader saw, and the persons in its letterhead."""

from dataclasses import replace

from letters.parsing.document import Document, Leak, LeakKind
from letters.parsing.leaks.contact_persons import find_contact_persons
from letters.parsing.parsed_letter import Problem

#: The code of the problem that leaks become: the letter may be published, the file not before this is settled.
LEAK = "leak"

IN_WORDS = {
    LeakKind.TRACKED_CHANGES: "bijgehouden wijzigingen",
    LeakKind.COMMENTS: "opmerkingen in de kantlijn",
    LeakKind.HIDDEN_TEXT: "verborgen tekst",
    LeakKind.AUTHOR: "namen in de eigenschappen van het bestand",
    LeakKind.ATTACHMENT: "bestanden in het bestand",
    LeakKind.CONTACT_PERSON: "gegevens van contactpersonen",
}
#: How many pieces of what leaks a message repeats.
MOST_SHOWN = 3


def find_leaks(document: Document, name: str) -> tuple[Leak, ...]:
    """All that the file called ``name`` leaks, one ``Leak`` for each kind."""
    found = (*document.leaks, *find_contact_persons(document.blocks))
    return tuple(replace(leak, file=name) for leak in found)


def problem_field(sha256: str) -> str:
    """What the problem of a leaking file is about: the file with these bytes, in whichever edition it stands."""
    return f"file:{sha256}"


def leak_problems(leaks: tuple[Leak, ...], name: str, sha256: str) -> list[Problem]:
    """One problem for the file called ``name`` if it leaks."""
    if not leaks:
        return []
    parts = []
    for leak in leaks:
        shown = ", ".join(f"“{value}”" for value in leak.values[:MOST_SHOWN])
        more = " en meer" if len(leak.values) > MOST_SHOWN else ""
        parts.append(IN_WORDS[leak.kind] + (f" ({shown}{more})" if shown else ""))
    message = (
        f"In “{name}” staat wat niet voor bezoekers bedoeld is: {'; '.join(parts)}. In de tekst op de site komt dit "
        "niet. Lever een versie zonder dit alles aan als bezoekers het bestand mogen downloaden."
    )
    return [Problem(LEAK, message, problem_field(sha256))]
