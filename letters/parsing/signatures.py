"""Who signs, and on whose behalf as well: "De Minister van Defensie, R.P. Brekelmans", "mede namens …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.document import Block
from letters.parsing.names import DEPARTMENTS, department_case
from letters.parsing.parsed_letter import Signatory

_DEPARTMENT = "(?:" + "|".join(re.escape(name) for name in DEPARTMENTS) + ")"
_POST = rf"(?:minister|staatssecretaris)\s+(?:van|voor)\s+{_DEPARTMENT}"
_PREMIER = rf"(?:vice-?)?minister-president(?:\s*,?\s+minister\s+van\s+{_DEPARTMENT})?"
OFFICE = rf"(?:{_PREMIER}|{_POST})(?:\s+a\.i\.)?"

_PARTICLE = r"(?:van|de|der|den|ter|ten|te|'t|’t|‘t|in|op|von|la|VAN|DE|DER|DEN|TER|TEN|TE)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]+"
_TITLE = r"(?:drs|dr|mr|ir|prof|ing|Drs|Dr|Mr|Ir|Prof|Ing|DRS|DR|MR|IR)\.?"
# "W.B. Hoekstra", "J. S. J. Hillen", "Stef Blok", "E. van Middelkoop", "drs. J.A. Hennis-Plasschaert", "D.J. (Dick) Schoof",
# "A.Th.B. Bijleveld-Schouten", "Mr. dr. J.P. Balkenende", "K.H. Ollongren MA"
NAME = re.compile(
    rf"(?:{_TITLE}\s+)*"
    rf"(?:(?:[A-Z][a-z]{{0,2}}\.\s?){{1,6}}(?:\({_WORD}\)\s)?|{_WORD}\s)"
    rf"(?:(?:{_PARTICLE}|{_WORD}|[A-Z]\.)\s){{0,5}}{_WORD}(?:,?\s(?:MA|MSc|LLM|MPA|RA))?"
)
# "De Minister van Buitenlandse Zaken,", "DE MINISTER VAN DEFENSIE", "De minister van Defensie, Ruben Brekelmans"
OFFICE_LINE = re.compile(
    rf"(?:namens\s+deze[n]?,?\s+)?(?:de\s+)?(?P<office>{OFFICE})\s*(?:[,:]?\s*$|,\s*(?P<name>\S.*)$)",
    re.IGNORECASE,
)
# Between two signatures that a PDF put on one line: "…, W.B. Hoekstra De Minister van Defensie, …"
NEXT_OFFICE = re.compile(rf"(?<=[\w,])\s+(?=de\s+{OFFICE}\s*(?:,|$))", re.IGNORECASE)
# "D.M. van Weel R.P. Brekelmans", "drs. D.M. van Weel drs. R.P. Brekelmans"
NEXT_NAME = re.compile(rf"(?<=[a-zà-ÿ])\s+(?=(?:{_TITLE}\s+)*(?:[A-Z]\.){{2}})")
INITIALS = re.compile(rf"(?:{_TITLE}\s+)*[A-Z][a-z]{{0,2}}\.")
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
    rf"\bmede\s+namens\s+(?:mijn\s+(?:ambtgeno(?:ot|te|ten)|collega(?:[’']s)?)|minister\s+(?P<name>{_WORD}))\s+(?P<departments>(?:van|voor)\s+{_DEPARTMENT}(?:{_MORE}){{0,2}})",
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
        if (
            cells
            and all(found)
            and all(match["name"] is None or NAME.fullmatch(match["name"]) for match in found)
        ):
            for match in found:
                offices.append(_office(match["office"]))
                if match["name"]:
                    names += [None] * (len(offices) - 1 - len(names)) + [match["name"]]
        elif len(names) < len(offices) and (found_names := _names(cells, len(offices) - len(names))):
            names += found_names
        else:
            break
        position += 1
    if not offices:
        return _name_first(blocks, start)
    if not any(names) and not blocks[position - 1].text.rstrip().endswith(","):
        return None
    names += [None] * (len(offices) - len(names))
    signatories = tuple(Signatory(name, office) for name, office in zip(names, offices, strict=True))
    return SignatureGroup(start, position, signatories)


def _names(cells: Sequence[str], wanted: int) -> list[str]:
    """The names that stand in a line below ``wanted`` offices; a PDF may put two of them together."""
    if len(cells) < wanted:
        cells = [name for cell in cells for name in NEXT_NAME.split(cell)]
    return list(cells[:wanted]) if all(NAME.fullmatch(cell) for cell in cells) else []


def _name_first(blocks: Sequence[Block], start: int) -> SignatureGroup | None:
    """ "Stef Blok" above "Minister van Buitenlandse Zaken"; above "De Minister …" only initials surely are a name."""
    if start + 1 >= len(blocks):
        return None
    name, office = blocks[start].text.strip(" ,"), OFFICE_LINE.fullmatch(blocks[start + 1].text)
    if not office or office["name"] or not NAME.fullmatch(name):
        return None
    if not INITIALS.match(name) and not blocks[start + 1].text.startswith("Minister"):
        return None
    return SignatureGroup(start, start + 2, (Signatory(name, _office(office["office"])),))


def _cells(block: Block) -> list[str]:
    text = f"{block.label} {block.text}" if block.label else block.text
    if len(text) >= 300:
        return []
    parts = [
        piece
        for part in text.split("\t")
        for piece in NEXT_OFFICE.split(GREETING_IN_FRONT.sub("", part.strip()))
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
