"""How letters name meetings: a table of wordings, with the body that meets and at which level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

FOREIGN_AFFAIRS = "ministers van Buitenlandse Zaken"
DEFENCE = "ministers van Defensie"
LEADERS = "staatshoofden en regeringsleiders"

NATO, EU, UDCG = "NAVO", "EU", "UDCG"

_NATO = r"(?:NAVO|NATO|Noord[- ]?Atlantische[ -](?:Raad|Verdragsorganisatie)|NAR)"
_S = r"[\s\-–‑]*"


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting named at ``[start:end]``. ``levels`` is empty where the wording leaves the level open."""

    body: str
    levels: tuple[str, ...]
    start: int
    end: int


#: The first wording that matches at a place counts. Real examples stand beside each.
WORDINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), body, levels)
    for pattern, body, levels in (
        # "Ukraine Defence Contact Group (UDCG)", "Defense Contact Group", "Ramstein-bijeenkomst"
        (rf"(?:Ukraine{_S})?Defen[cs]e Contact Group(?:\s*\(UDCG\))?|\bUDCG\b|\bRamstein-(?:bijeenkomst|overleg)", UDCG, (DEFENCE,)),
        # "Raad Buitenlandse Zaken (RBZ) Defensie", "RBZ Defensie", "Defensieraad", "Bestuursraad van het Europees Defensie Agentschap"
        (
            rf"Raad Buitenlandse Zaken(?:{_S}\(RBZ\))?{_S}\(?(?:over )?Defensie\b\)?(?:\s*\(RBZ(?:{_S}Defensie)?\))?|\bRBZ[\s/-]*Defensie\b"
            r"|\b(?:EU-)?Defensieraad\b|Raad Buitenlandse Zaken met (?:de )?(?:ministers van Defensie|defensieministers)",
            EU,
            (DEFENCE,),
        ),
        # "EU-ministers van Defensie", "informele bijeenkomst van EU-defensieministers"
        (rf"\bEU{_S}(?:ministers van Defensie|defensieministers)", EU, (DEFENCE,)),
        (rf"\bEU{_S}ministers van Buitenlandse Zaken|\bGymnich\b", EU, (FOREIGN_AFFAIRS,)),
        # "Raad Buitenlandse Zaken (RBZ)"
        (r"Raad Buitenlandse Zaken(?:\s*\(RBZ\))?|\bRBZ\b", EU, (FOREIGN_AFFAIRS,)),
        (r"\bEuropese Raad\b(?! van)", EU, (LEADERS,)),
        # "NAVO-ministers van Buitenlandse Zaken en (van) Defensie"
        (
            r"ministers van Buitenlandse Zaken en (?:(?:de )?ministers )?(?:van )?Defensie|ministers van Defensie en (?:(?:de )?ministers )?(?:van )?Buitenlandse Zaken"
            r"|Foreign and Defen[cs]e Ministers",
            NATO,
            (FOREIGN_AFFAIRS, DEFENCE),
        ),
        # "NAVO-ministers van Buitenlandse Zaken", "NAVO Foreign Ministers Meeting (FMM)"
        (
            r"ministers van Buitenlandse Zaken|Foreign Minist(?:ers?|erial)(?:['’]s?|s['’])? Meeting(?:\s*\(FMM\))?|\bFMM\b|Foreign Ministerial\b",
            NATO,
            (FOREIGN_AFFAIRS,),
        ),
        # "NAVO-defensieministers", "NAVO Defensie Ministeriële bijeenkomst", "NAVO-Ministers van Defensie (DMM)"
        (
            rf"ministers van Defensie(?:\s*\(DMM\))?|defensieministers\b|defensie{_S}ministeri(?:ë|e)(?:le)?\w*(?: bijeenkomst)?|\bDMM\b"
            r"|Defen[cs]e Minist(?:ers?|erial)(?:['’]s?|s['’])? Meeting(?:\s*\(DMM\))?",
            NATO,
            (DEFENCE,),
        ),
        # "NAVO-top", "NAVO Top", "NATO Summit", "bijeenkomst van staatshoofden en regeringsleiders"
        (
            rf"(?:\bNAVO|\bNATO){_S}(?:top(?:bijeenkomst)?|summit)\b|(?:staatshoofden en )?regeringsleiders(?: en staatshoofden)?\b"
            r"|\b(?:buitengewone |ingelaste |informele )?top(?:bijeenkomst)? van de (?:NAVO|Noord)",
            NATO,
            (LEADERS,),
        ),
        # "NAVO-ministeriële", "ministeriële NAVO-raad", "NAR-ministeriële", "Noord-Atlantische Raad (NAR)": the level stands elsewhere
        (
            rf"{_NATO}{_S}ministeri(?:ë|e)(?:le)?\w*(?: bijeenkomst)?|ministeri(?:ë|e)le {_NATO}(?:{_S}(?:raad|bijeenkomst))?"
            rf"|ministeri(?:ë|e)le bijeenkomst van (?:de )?{_NATO}|\bNAVO{_S}raad\b|Noord[- ]?Atlantische[ -]Raad(?:\s*\(NAR\))?",
            NATO,
            (),
        ),
    )
)
# A meeting that the letter's meeting only prepares, follows or mentions
BESIDE = re.compile(
    r"""(?:\bvoorbereiding(?:en)?\s+(?:op|van|voor)|\baanloop\s+naar|\bvooruitlopend\s+op|\bvooruitblik\s+(?:op|naar)|\bvoorbespreking(?:\s+van)?
        |\brichting|\bvoorafgaand\s+aan|\bna\s+afloop\s+van|\bsinds|\bvolgende|\bvorige|\bkomende|\been\s+eerdere|\ben\s+marge\s+van|\bin\s+de\s+marge\s+van|\bna
        |\bnamens|\bvervolg\s+(?:op|van)|\bopvolging\s+van|\bbesluiten\s+van)
        (?:\s+(?:de|het|een|deze|die|komende|volgende|aanstaande|eerdere|jaarlijkse))*\s+$""",
    re.VERBOSE | re.IGNORECASE,
)
# "BRIEF VAN DE MINISTERS VAN …", "mede namens de ministers van …": who write, not who meet
WRITERS = re.compile(r"\b(?:brief\s+van|namens|en|president,?)\s+(?:de\s+)?$", re.IGNORECASE)
_ATTENDANCE = re.compile(r"^\s*(?:namen|nemen|zullen|waren|zijn|en\s+ik)\b", re.IGNORECASE)


def find_meeting_names(text: str) -> list[MeetingName]:
    """The meetings that ``text`` names as its own, in order, without those that it only refers to."""
    found: list[MeetingName] = []
    for name in _all_names(text):
        before = text[max(0, name.start - 60) : name.start]
        if BESIDE.search(before) or _names_writers(text, name):
            continue
        found.append(name)
    return found


def _all_names(text: str) -> Iterator[MeetingName]:
    taken = 0
    hits = [
        (match.start(), -match.end(), number, match)
        for number, (pattern, _, _) in enumerate(WORDINGS)
        for match in pattern.finditer(text)
    ]
    for start, _, number, match in sorted(hits, key=lambda hit: hit[:3]):
        if start >= taken:
            taken = match.end()
            yield MeetingName(WORDINGS[number][1], WORDINGS[number][2], start, match.end())


def _names_writers(text: str, name: MeetingName) -> bool:
    """Whether "ministers van …" are the ministers of the Netherlands who write or attend, not those of the alliance."""
    if not text[name.start : name.end].lower().startswith("ministers van"):
        return False
    before = text[max(0, name.start - 40) : name.start]
    return bool(WRITERS.search(before) or _ATTENDANCE.match(text[name.end : name.end + 20]))
