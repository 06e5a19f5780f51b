"""Who signs, and on whose behalf as well: "De Minister van Defensie, R.P. Brekelmans", "mede namens …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.document import Block
from letters.parsing.letterhead.person_names import could_be_name, has_initials, is_name, opens_text
from letters.parsing.names import DEPARTMENTS, department_case
from letters.parsing.parsed_letter import Signatory

_DEPARTMENT = "(?:" + "|".join(re.escape(name) for name in DEPARTMENTS) + ")"
_POST = rf"(?:minister|staatssecretaris)\s+(?:van|voor)\s+{_DEPARTMENT}"
_PREMIER = rf"(?:vice-?)?minister-president(?:\s*,?\s+minister\s+van\s+{_DEPARTMENT})?"
OFFICE = rf"(?:{_PREMIER}|{_POST})(?:\s+a\.i\.)?"

PREMIER, SECOND_OFFICE = "minister-president", "minister van Algemene Zaken"

# "De Minister van Buitenlandse Zaken,", "DE MINISTER VAN DEFENSIE", "De minister van Defensie, Ruben Brekelmans"
OFFICE_LINE = re.compile(
    rf"(?:namens\s+deze[n]?,?\s+)?(?:de\s+)?(?P<office>{OFFICE})\s*(?:[,:]?\s*$|,\s*(?P<name>\S.*)$)",
    re.IGNORECASE,
)
# "DE MINISTER VAN DEFENSIE Ruben Brekelmans": the name is not in capitals
NAME_BEHIND_CAPITALS = re.compile(
    r"^(DE\s+(?:MINISTER|STAATSSECRETARIS)(?:-PRESIDENT)?(?:\s+V(?:AN|OOR)\s+[A-Z][A-Z ]{2,60}?)?)\s+(?=[A-ZÀ-Þ](?:\.|[a-zà-ÿ]))"
)
# Between two signatures that a PDF put on one line: "…, W.B. Hoekstra De Minister van Defensie, …"
NEXT_OFFICE = re.compile(rf"(?<=[\w,])\s+(?=de\s+{OFFICE}\s*(?:,|$))", re.IGNORECASE)
# "D.M. van Weel R.P. Brekelmans", "drs. D.M. van Weel drs. K. Bos"
NEXT_NAME = re.compile(
    r"(?<=[^\W\d_]{2})\s+(?=(?:mevrouw\s|mw\.\s|de\s+heer\s|(?:(?:drs|dr|mr|ir|prof|ing)\.?\s+)+)?[^\W\d_a-z][^\W\d_]{0,2}\.)"
)
# "Hoogachtend, De Minister van Defensie," on one line
GREETING_IN_FRONT = re.compile(r"^(?:Hoogachtend|Met vriendelijke groet)\s*,?\s+(?=de\s)", re.IGNORECASE)
GREETING = re.compile(
    r"(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?|Met de meeste hoogachting)\s*,?\s*$",
    re.IGNORECASE,
)

# "mede namens de minister van Defensie en de Minister-President", "mede namens de ministers van Buitenlandse Zaken en van Defensie"
_MORE = rf"(?:\s*,\s*|\s*,?\s+en\s+)(?:(?:van|voor)\s+)?{_DEPARTMENT}"
# "ministers van Buitenlandse Zaken en Defensie", "minister van Buitenlandse Zaken en van Defensie",
# "ministers van Buitenlandse Zaken, van Defensie en voor Buitenlandse Handel en Ontwikkelingssamenwerking"
SEVERAL = re.compile(
    rf"\b(?:ministers\s+(?:van|voor)\s+{_DEPARTMENT}(?:{_MORE}){{1,3}}|minister\s+van\s+{_DEPARTMENT}\s+en\s+van\s+{_DEPARTMENT})",
    re.IGNORECASE,
)
# "MINISTER EN STAATSSECRETARIS VAN DEFENSIE", "minister en de staatssecretaris van Buitenlandse Zaken"
BOTH = re.compile(
    rf"\bminister\s+en\s+(?:de\s+)?(?=(?P<other>staatssecretaris(?P<of>\s+(?:van|voor)\s+{_DEPARTMENT})))",
    re.IGNORECASE,
)
_DEPARTMENT_IN_LIST = re.compile(rf"(?:(?P<link>van|voor)\s+)?(?P<department>{_DEPARTMENT})", re.IGNORECASE)
_OFFICES = rf"(?:de\s+|het\s+)?(?:{OFFICE}|ministers\s+(?:van|voor)\s+{_DEPARTMENT}(?:{_MORE}){{1,3}})"
ON_BEHALF = re.compile(
    rf"\bmede\s+namens\s+(?P<who>{_OFFICES}(?:(?:\s*,\s*|\s*,?\s+(?:en|alsmede)\s+){_OFFICES})*)",
    re.IGNORECASE,
)
# "mede namens mijn ambtgenoot van Defensie", "mede namens minister Kaag van Buitenlandse Zaken",
# "mede namens mijn collega’s van Defensie en Algemene Zaken"
COLLEAGUE = re.compile(
    rf"\bmede\s+namens\s+(?:mijn\s+(?:ambtgeno(?:ot|te|ten)|collega(?:[’']s)?)|minister\s+(?P<name>[^\W\d_][\w’'-]+))\s+(?P<departments>(?:van|voor)\s+{_DEPARTMENT}(?:{_MORE}){{0,2}})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SignatureGroup:
    """The signatures that stand together in ``blocks[start:end]``."""

    start: int
    end: int
    signatories: tuple[Signatory, ...]


def find_signatures(blocks: Sequence[Block]) -> list[SignatureGroup]:
    """Groups of offices with names, on one line, on two, or beside each other in a row of a table."""
    groups: list[SignatureGroup] = []
    position = 0
    while position < len(blocks):
        group = _group(blocks, position)
        if group:
            groups.append(group)
        position = group.end if group else position + 1
    return groups


def _group(blocks: Sequence[Block], start: int) -> SignatureGroup | None:
    offices: list[str] = []
    names: list[str | None] = []
    position = start
    while position < len(blocks):
        cells = _cells(blocks[position])
        if cells and not offices and all(GREETING.match(cell) for cell in cells):
            position += 1
            continue
        found = [OFFICE_LINE.match(cell) for cell in cells]
        if cells and all(found) and all(match["name"] is None or is_name(match["name"]) for match in found):
            for match in found:
                office = _office(match["office"])
                if offices[-1:] == [PREMIER] and office == SECOND_OFFICE and len(names) < len(offices):
                    offices[-1] = f"{PREMIER}, {SECOND_OFFICE}"  # on a line of its own
                else:
                    offices.append(office)
                if match["name"]:
                    names += [None] * (len(offices) - 1 - len(names)) + [match["name"]]
        elif len(names) < len(offices) and (
            found_names := _names(cells, len(offices) - len(names)) or _unusual_name(blocks, start, position)
        ):
            names += found_names
        else:
            break
        position += 1
    if not offices:
        return _name_first(blocks, start)
    if not any(names) and not _waits_for_name(blocks[position - 1]) and position < len(blocks):
        return None  # the letter's last line is a signature: there is nothing that it could be the heading of
    names += [None] * (len(offices) - len(names))
    signatories = tuple(Signatory(name, office) for name, office in zip(names, offices, strict=True))
    return SignatureGroup(start, position, signatories)


def _names(cells: Sequence[str], wanted: int) -> list[str]:
    """The names that stand in a line below ``wanted`` offices; a PDF may put two of them together."""
    if len(cells) < wanted:
        cells = [name for cell in cells for name in NEXT_NAME.split(cell)]
    return list(cells[:wanted]) if all(map(is_name, cells)) else []


def _unusual_name(blocks: Sequence[Block], start: int, position: int) -> list[str]:
    """The line below an office, where its form is that of no name known: what else could it be there?

    A comma or "Hoogachtend" tells that a name follows. One word alone is a name only when no text follows that it could head.
    """
    cells, above = _cells(blocks[position]), blocks[position - 1]
    if len(cells) != 1 or not could_be_name(cells[0]):
        return []
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    closes = following is None or bool(OFFICE_LINE.match(following.text)) or opens_text(following.text)
    announced = _waits_for_name(above) or bool(GREETING.match(blocks[start].text))
    return cells if closes or (announced and len(cells[0].split()) > 1) else []


def _waits_for_name(block: Block) -> bool:
    return block.text.rstrip().endswith(",")


def _name_first(blocks: Sequence[Block], start: int) -> SignatureGroup | None:
    """ "Stef Blok" above "Minister van Buitenlandse Zaken"; above "De Minister …" only initials surely are a name."""
    if start + 1 >= len(blocks):
        return None
    name, office = blocks[start].text.strip(" ,"), OFFICE_LINE.fullmatch(blocks[start + 1].text)
    if not office or office["name"] or not is_name(name):
        return None
    if not has_initials(name) and not blocks[start + 1].text.startswith("Minister"):
        return None
    return SignatureGroup(start, start + 2, (Signatory(name, _office(office["office"])),))


def _cells(block: Block) -> list[str]:
    text = f"{block.label} {block.text}" if block.label else block.text
    if len(text) >= 300:
        return []
    parts = [
        piece
        for part in text.split("\t")
        for piece in NEXT_OFFICE.split(
            NAME_BEHIND_CAPITALS.sub(r"\1, ", GREETING_IN_FRONT.sub("", part.strip()))
        )
    ]
    return [cell for part in parts if (cell := part.strip())]


def _office(text: str) -> str:
    return department_case(text).strip(" ,")


def on_behalf_of(text: str) -> list[Signatory]:
    """Who is named after "mede namens": they do not sign."""
    found: list[Signatory] = []
    for match in ON_BEHALF.finditer(text):
        found += [Signatory(None, office, signs=False) for office in offices_in(match["who"])]
    for match in COLLEAGUE.finditer(text):
        found += [
            Signatory(match["name"], office, signs=False) for _, office in _listed(match["departments"], 0)
        ]
    return found


def offices_in(text: str) -> list[str]:
    """The offices that a text names, in order: "de ministers van Buitenlandse Zaken en Defensie" holds two."""
    found: list[tuple[int, str]] = []
    for match in SEVERAL.finditer(text):
        found += _listed(match.group(), match.start())
    found += [(match.start(), f"minister{match['of']}") for match in BOTH.finditer(text)]
    taken = [match.span() for match in SEVERAL.finditer(text)]
    for match in re.finditer(OFFICE, text, re.IGNORECASE):
        if not any(start <= match.start() < end for start, end in taken):
            found.append((match.start(), match.group()))
    return [_office(office) for _, office in sorted(found)]


def _listed(text: str, start: int) -> list[tuple[int, str]]:
    """The office of each department in a list, with its place; "van" goes on for those without a word of their own."""
    found: list[tuple[int, str]] = []
    link = "van"
    for match in _DEPARTMENT_IN_LIST.finditer(text):
        link = (match["link"] or link).lower()
        found.append((start + match.start(), _office(f"minister {link} {match['department']}")))
    return found
