"""How letters name meetings: a table of wordings, with the body that meets and at which level."""

import re
from dataclasses import dataclass

from letters.parsing.dates import DATE
from letters.parsing.names import IN_PLACE, IN_TOWN
from letters.parsing.patterns import either

FOREIGN_AFFAIRS = "ministers van Buitenlandse Zaken"
DEFENCE = "ministers van Defensie"
LEADERS = "staatshoofden en regeringsleiders"

NATO, EU, UDCG, EDA = "NAVO", "EU", "UDCG", "EDA"

_NATO = r"(?:NAVO|NATO|Noord[- ]?Atlantische[ -](?:Raad|Verdragsorganisatie)|NAR)"
_S = r"[\s\-–‑]*"

# Beside the meeting's name in a heading: "Verslag informele bijeenkomst NAVO-ministers van Defensie"
WORDS_AROUND = re.compile(
    r"\b(?:informele?|formele|buitengewone|ingelaste|ministeri\w+|bijeenkomst\w*|vergadering|zitting|verslag|terugkoppeling|uitkomsten?|(?:concept)?agenda|geannoteerde|aangepaste|NAVO|NATO|EU|van|de|het|op|in|en|te)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting named at ``[start:end]``. ``levels`` is empty where the wording leaves the level open.

    ``format`` is a council that may also be a session of another meeting: "nuc" or "npg".
    """

    body: str
    levels: tuple[str, ...]
    start: int
    end: int
    own: bool = True
    format: str = ""


_OF_NATO = rf"(?:\b(?:NAVO|NATO){_S})?"
_MINISTERIAL = r"ministeri(?:ë|e)(?:le)?\w*(?: bijeenkomst)?"

#: Body, levels, and the wordings for them. Of two that start at one place the first in the table counts.
WORDINGS = (
    (
        EDA,
        (DEFENCE,),
        either(
            # "EDA-Bestuursraad", "Bestuursraad van het Europees Defensie Agentschap (EDA)", "Steering Board van het EDA"
            r"\bEDA[ -](?:Bestuursraad|Steering Board)\b",
            rf"\b(?:Bestuursraad|Steering Board)(?: van)?(?: het)? (?:EDA\b|Europe(?:es|se) Defensie{_S}Agentschap(?:\s*\(EDA\))?)",
        ),
    ),
    (
        UDCG,
        (DEFENCE,),
        either(
            rf"(?:Ukraine{_S})?Defen[cs]e Contact Group(?:\s*\(UDCG\))?",
            r"\bUDCG\b",
            r"\bRamstein-(?:bijeenkomst|overleg)",
        ),
    ),
    (
        EU,
        (DEFENCE,),
        either(
            # "Raad Buitenlandse Zaken (RBZ) Defensie", "Raad Buitenlandse Zaken Defensie (RBZ Defensie)"
            rf"Raad Buitenlandse Zaken(?:{_S}\(RBZ\))?[\s/–‑-]*\(?(?:over )?Defensie\b\)?(?:\s*\(RBZ(?:{_S}(?:Defensie|D))?\))?",
            # "Raad Buitenlandse Zaken (RBZ) met Ministers van Defensie", "RBZ/Defensie", "RAZEB in de samenstelling van …"
            r"(?:Raad Buitenlandse Zaken(?:\s*\(RBZ\))?|\bRBZ|\bRAZEB)"
            r" (?:met|in de samenstelling van|op het niveau van) (?:de )?(?:EU-)?(?:ministers van Defensie|defensieministers)",
            r"\bRBZ[\s/-]*\(?Defensie\b\)?",
            r"(?:Foreign Affairs Council|\bFAC)[ /-]*\(?Defen[cs]e\b\)?",
            r"\b(?:EU-)?Defensieraad\b",
            rf"\bEU{_S}(?:ministers van Defensie|defensieministers)",
        ),
    ),
    (
        EU,
        (FOREIGN_AFFAIRS,),
        either(
            r"Raad Buitenlandse Zaken(?:\s*\(RBZ\))?",
            r"\bRBZ\b",
            r"Raad (?:voor )?Algemene Zaken en Externe Betrekkingen(?:\s*\(RAZEB\))?|\bRAZEB\b",
            rf"\bEU{_S}ministers van Buitenlandse Zaken",
            r"\bGymnich\b",
        ),
    ),
    (EU, (LEADERS,), either(r"\bEuropese Raad\b(?! van)")),
    (
        NATO,
        (FOREIGN_AFFAIRS, DEFENCE),
        either(
            rf"{_OF_NATO}ministers van Buitenlandse Zaken en (?:(?:de )?ministers )?(?:van )?Defensie",
            rf"{_OF_NATO}ministers van Defensie en (?:(?:de )?ministers )?(?:van )?Buitenlandse Zaken",
            r"Foreign and Defen[cs]e Ministers",
        ),
    ),
    (
        NATO,
        (FOREIGN_AFFAIRS,),
        either(
            rf"{_OF_NATO}ministers van Buitenlandse Zaken",
            # "NAVO Foreign Ministers Meeting (FMM)", "Foreign Ministers’ Meeting"
            r"Foreign Minist(?:ers?|erial)(?:['’]s?|s['’])? Meeting(?:\s*\(FMM\))?",
            r"Foreign Ministerial\b",
            r"\bFMM\b",
        ),
    ),
    (
        NATO,
        (DEFENCE,),
        either(
            # "NAVO-Ministers van Defensie (DMM)", "NAVO-defensieministers", "NAVO Defensie Ministeriële bijeenkomst"
            rf"{_OF_NATO}ministers van Defensie(?:\s*\(DMM\))?",
            rf"{_OF_NATO}defensieministers\b",
            rf"{_OF_NATO}defensie{_S}{_MINISTERIAL}",
            r"Defen[cs]e Minist(?:ers?|erial)(?:['’]s?|s['’])? Meeting(?:\s*\(DMM\))?",
            r"\bDMM\b",
        ),
    ),
    (
        NATO,
        (LEADERS,),
        either(
            # "NAVO-top", "NAVO Top", "NATO Summit", "bijeenkomst van staatshoofden en regeringsleiders"
            rf"\b(?:NAVO|NATO){_S}(?:top(?:bijeenkomst)?|summit)\b",
            r"\btop(?:bijeenkomst)? van de (?:NAVO|Noord[- ]?Atlantische (?:Verdragsorganisatie|Raad))",
            rf"\b(?:NAVO|NATO){_S}leiders(?:bijeenkomst)?\b",
            r"(?:staatshoofden en )?regeringsleiders(?: en staatshoofden)?\b",
        ),
    ),
    (
        NATO,
        (),  # these leave the level to the rest of the letter
        either(
            # "NAVO-ministeriële", "NAR-ministeriële", "ministeriële NAVO-raad", "Noord-Atlantische Raad (NAR)"
            rf"{_NATO}{_S}{_MINISTERIAL}",
            rf"ministeri(?:ë|e)le {_NATO}(?:{_S}(?:raad|bijeenkomst))?",
            rf"ministeri(?:ë|e)le bijeenkomst(?:en)? van (?:de )?{_NATO}",
            rf"ministeri(?:ë|e)le van de {_NATO}",
            rf"\bNAVO{_S}(?:minister)?raad\b",
            rf"\bNAVO{_S}ministersbijeenkomst\b",
            # "De NAVO-ministers vergaderden op 14 februari"
            r"\b(?:NAVO|NATO)-ministers\b(?!\s+(?:van|en)\b)",
            r"Noord[- ]?Atlantische[ -]Raad(?:\s*\(NAR\))?",
        ),
    ),
)
# Councils that mostly meet as a session of another meeting, and sometimes by themselves
COUNCILS = (
    (
        "nuc",
        either(
            r"\bNAVO[- –]?Oekraïne[- –](?:Raad|Commissie)(?:\s*\(NUC\))?",
            r"\b(?:NATO|NAVO)[- –]Ukraine (?:Council|Commission)(?:\s*\(NUC\))?",
            r"\bNUC\b",
        ),
    ),
    ("npg", either(r"\bNuclear Planning Group\b", r"\bNucleaire Planning\s?groep\b", r"\bNPG\b")),
)
# A meeting that the letter's meeting only prepares, follows or mentions: what stands in front of its name
BESIDE = re.compile(
    r"""\b(?:voorbereiding(?:en)?\s+(?:op|van|voor)|voorbespreking(?:\s+van)?|vooruitblik(?:\s+(?:op|naar))?|vooruitlopend\s+op
        |aanloop\s+naar|voorafgaand\s+aan|richting|sinds|na|na\s+afloop\s+van|(?:en|in\s+de)\s+marge\s+van|een\s+eerdere
        |(?:commissie|nota|plenaire?\s+|tweeminuten)?debat(?:\s+(?:over|van|inzake))?|algemeen\s+overleg(?:\s+(?:over|van|inzake))?
        |vervolg\s+(?:op|van)|opvolging\s+van|besluiten\s+van|volgende|vorige|komende|namens)
        (?:\s+(?:de|het|een|deze|die|komende|volgende|aanstaande|eerdere|jaarlijkse|(?:NAVO-?)?bijeenkomst|van))*\s+$""",
    re.VERBOSE | re.IGNORECASE,
)
# "BRIEF VAN DE MINISTERS VAN …", "mede namens de ministers van …": who write, not who meet
WRITERS = re.compile(r"\b(?:brief\s+van|namens|en|president,?)\s+(?:de\s+)?$", re.IGNORECASE)
# "ministers van Defensie": of NATO, unless the text only speaks of another body
_OF_ANY_BODY = re.compile(r"(?:defensie)?ministers\b|(?:staatshoofden|regeringsleiders)\b", re.IGNORECASE)
_SPEAKS_OF_NATO = re.compile(_NATO, re.IGNORECASE)
_ATTENDANCE = re.compile(r"\s*(?:namen|nemen|zullen|waren|zijn|en\s+ik)\b", re.IGNORECASE)


def find_meeting_names(text: str) -> list[MeetingName]:
    """The meetings that ``text`` names as its own, in order, without those that it only refers to."""
    return [name for name in all_meeting_names(text) if name.own]


def could_be_of_any_body(name: MeetingName, text: str) -> bool:
    """Whether only the office is named, "ministers van Defensie", in a text that does not speak of NATO."""
    is_office = name.body == NATO and _OF_ANY_BODY.match(text, name.start)
    return bool(is_office) and not _SPEAKS_OF_NATO.search(text)


def all_meeting_names(text: str) -> list[MeetingName]:
    """Every meeting that ``text`` names, in order; ``own`` is false for those that it only refers to."""
    hits = [
        (match.start(), number, match.end())
        for number, (_, _, pattern) in enumerate(WORDINGS)
        for match in pattern.finditer(text)
    ]
    found: list[MeetingName] = []
    for start, number, end in sorted(hits):
        if not found or start >= found[-1].end:
            body, levels, _ = WORDINGS[number]
            own = not BESIDE.search(text[max(0, start - 60) : start]) and not _names_writers(text, start, end)
            found.append(MeetingName(body, levels, start, end, own))
    return found


def find_councils(text: str) -> list[MeetingName]:
    """Councils of NATO that ``text`` names: they are a letter's meeting only where it names no other."""
    found = [
        MeetingName(NATO, (), match.start(), match.end(), format=code)
        for code, pattern in COUNCILS
        for match in pattern.finditer(text)
        if not BESIDE.search(text[max(0, match.start() - 60) : match.start()])
    ]
    return sorted(found, key=lambda name: name.start)[:1]


def is_council_as_heading(text: str) -> bool:
    """Whether a heading names such a council and nothing else: "NAVO-Oekraïne Raad (NUC)"."""
    councils = find_councils(text)
    left = text
    for _, pattern in COUNCILS:
        left = pattern.sub(" ", left)
    return bool(councils) and not re.search(r"[^\W\d_]{3,}", WORDS_AROUND.sub(" ", left))


def meetings_as_heading(text: str) -> list[MeetingName]:
    """The meetings that a heading names and nothing else: "Ukraine Defence Contact Group (UDCG)"."""
    names = find_meeting_names(text)
    left = IN_TOWN.sub(" ", IN_PLACE.sub(" ", DATE.sub(" ", text)))
    for name in names:
        left = left.replace(text[name.start : name.end], " ")
    return [] if re.search(r"[^\W\d_]{3,}", WORDS_AROUND.sub(" ", left)) else names


def _names_writers(text: str, start: int, end: int) -> bool:
    """Whether "ministers van …" are the ministers of the Netherlands who write or attend, not those of the alliance."""
    if not text[start:end].lower().startswith("ministers van"):
        return False
    return bool(WRITERS.search(text[max(0, start - 40) : start]) or _ATTENDANCE.match(text[end : end + 20]))
