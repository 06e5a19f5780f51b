"""Civil servants named in a letterhead: they are for the addressee, not for the public."""

import re
from collections.abc import Sequence
from itertools import pairwise

from letters.parsing.document import Block, Leak, LeakKind

#: A letterhead is over by then; an address further on is no contact person.
LONGEST_HEAD = 60  # blocks

# "Contactpersoon", "Behandeld door: J. Jansen", "Steller mr. A. de Vries", "Opgesteld door"
LABEL = re.compile(
    r"^(?:Contactperso(?:on|nen)|Behandeld\s+door|Behandelaar|Behandelend\s+ambtenaar|Steller|Opgesteld\s+door|Inlichtingen(?:\s+bij)?)\b\s*:?\s*(?P<value>.*)$",
    re.IGNORECASE,
)
# "j.jansen@minbuza.nl"; a box of a directorate ("dvb-nw@minbuza.nl", "postbus@mindef.nl") names nobody
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
A_PERSONS_BOX = re.compile(r"^[a-z]{1,3}\.[a-z-]+|^[a-z]+(?:\.[a-z-]+)+@", re.IGNORECASE)
# "T +31 6 12345678", "06-12 34 56 78", "070 348 64 86"
TELEPHONE = re.compile(r"(?<![\d-])(?:\+31[\s(0)-]{0,6}|0)(?:\d[\s-]?){8}\d(?!\d)")
ENDS_THE_VALUE = re.compile(
    r"^(?:Datum|Betreft|Onderwerp|Onze|Ons|Uw|Bijlage|Kopie|Afschrift|Postadres|Bezoekadres|Geachte|Aan\b|>)",
    re.IGNORECASE,
)
MOST_VALUES = 10


def find_contact_persons(blocks: Sequence[Block]) -> tuple[Leak, ...]:
    """What the letterhead tells of persons: the name behind its label, own e-mail addresses and telephone numbers."""
    lines = [cell.strip() for block in blocks[:LONGEST_HEAD] for cell in block.text.split("\t")]
    lines = [line for line in lines if line and len(line) < 200]
    values = [name for line, following in pairwise([*lines, ""]) if (name := _name(line, following))]
    values += [found for line in lines for found in EMAIL.findall(line) if A_PERSONS_BOX.match(found)]
    if values:  # a number without a name is the ministry's own
        values += [found.group().strip() for line in lines for found in TELEPHONE.finditer(line)]
    found = tuple(dict.fromkeys(value[:120] for value in values))[:MOST_VALUES]
    return (Leak(LeakKind.CONTACT_PERSON, found),) if found else ()


def _name(line: str, following: str) -> str | None:
    label = LABEL.match(line)
    if label is None:
        return None
    value = label["value"].strip() or ("" if ENDS_THE_VALUE.match(following) else following)
    return value or None
