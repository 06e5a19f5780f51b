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

_PARTICLE = r"(?:van|de|der|den|ter|ten|te|'t|’t|von|VAN|DE|DER|DEN|TER|TEN|TE)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]+"
# "W.B. Hoekstra", "J. S. J. Hillen", "Stef Blok", "E. van Middelkoop", "drs. J.A. Hennis-Plasschaert", "D.J. (Dick) Schoof"
NAME = re.compile(
    rf"(?:(?:drs|dr|mr|ir|prof|ing|Drs|Dr|Mr|Ir|Prof|Ing)\.?\s+)*"
    rf"(?:(?:[A-Z][a-z]?\.\s?){{1,6}}(?:\({_WORD}\)\s)?|{_WORD}\s)"
    rf"(?:(?:{_PARTICLE}|{_WORD}|[A-Z]\.)\s){{0,5}}{_WORD}"
)
# "De Minister van Buitenlandse Zaken,", "DE MINISTER VAN DEFENSIE", "De minister van Defensie, Ruben Brekelmans"
OFFICE_LINE = re.compile(
    rf"(?:de\s+)?(?P<office>{OFFICE})\s*(?:[,:]?\s*$|,\s*(?P<name>\S.*)$)", re.IGNORECASE
)
GREETING = re.compile(
    r"(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?|Met de meeste hoogachting)\s*,?\s*$",
    re.IGNORECASE,
)

# "mede namens de minister van Defensie en de Minister-President", "mede namens de ministers van Buitenlandse Zaken en van Defensie"
_OFFICES = rf"(?:de\s+|het\s+)?(?:{OFFICE}|ministers\s+van\s+{_DEPARTMENT}\s+en\s+(?:van\s+)?{_DEPARTMENT})"
ON_BEHALF = re.compile(
    rf"\bmede\s+namens\s+(?P<who>{_OFFICES}(?:(?:\s*,\s*|\s+en\s+|\s+alsmede\s+){_OFFICES})*)", re.IGNORECASE
)
# "mede namens mijn ambtgenoot van Defensie", "mede namens minister Kaag van Buitenlandse Zaken"
COLLEAGUE = re.compile(
    rf"\bmede\s+namens\s+(?:mijn\s+(?:ambtgenoot|ambtgenote|collega)|minister\s+(?P<name>{_WORD}))\s+(?:van|voor)\s+(?P<department>{_DEPARTMENT})",
    re.IGNORECASE,
)
# "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN DEFENSIE", "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE"
SEVERAL = re.compile(
    rf"\bministers?\s+van\s+(?P<first>{_DEPARTMENT})\s+en\s+(?:van\s+)?(?P<second>{_DEPARTMENT})",
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
        elif len(names) < len(offices) and cells and all(NAME.fullmatch(cell) for cell in cells):
            names += cells[: len(offices) - len(names)]
        else:
            break
        position += 1
    if not offices or (not any(names) and not blocks[position - 1].text.rstrip().endswith(",")):
        return None
    names += [None] * (len(offices) - len(names))
    signatories = tuple(Signatory(name, office) for name, office in zip(names, offices, strict=True))
    return SignatureGroup(start, position, signatories)


def _cells(block: Block) -> list[str]:
    text = f"{block.label} {block.text}" if block.label else block.text
    return [cell for part in text.split("\t") if (cell := part.strip())] if len(text) < 300 else []


def _office(text: str) -> str:
    return department_case(text).strip(" ,")


def on_behalf_of(text: str) -> list[Signatory]:
    """Who is named after "mede namens": they do not sign."""
    found: list[Signatory] = []
    for match in ON_BEHALF.finditer(text):
        found += [Signatory(None, office, signs=False) for office in offices_in(match["who"])]
    for match in COLLEAGUE.finditer(text):
        found.append(
            Signatory(match["name"], department_case(f"minister van {match['department']}"), signs=False)
        )
    return found


def offices_in(text: str) -> list[str]:
    """The offices that a text names, in order: "de ministers van Buitenlandse Zaken en Defensie" holds two."""
    found: list[tuple[int, str]] = []
    for match in SEVERAL.finditer(text):
        found += [(match.start(name), f"minister van {match[name]}") for name in ("first", "second")]
    taken = [match.span() for match in SEVERAL.finditer(text)]
    for match in re.finditer(OFFICE, text, re.IGNORECASE):
        if not any(start <= match.start() < end for start, end in taken):
            found.append((match.start(), match.group()))
    return [_office(office) for _, office in sorted(found)]
