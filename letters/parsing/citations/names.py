"""Motions and commitments that a letter names: "de motie-Sjoerdsma c.s.", "zoals toegezegd in het AO NAVO van 12 juni 2019"."""

import re
from dataclasses import dataclass

from letters.parsing.citations.reference import Taken
from letters.parsing.dates import MONTHS
from letters.parsing.parsed_letter import CitationKind

LONGEST_NAME = 200  # characters

_UPPER = r"A-ZÀ-ÖØ-ÞĞŞŠČŽİ"
# "van der", "De", "'t", "El"
_BETWEEN = r"(?:[Vv]an(?:\s(?:der?|den|het|['’]t))?|[Dd]e(?:\sla)?|[Dd]e[nr]|[Tt]e[nr]?|[EA]l|['’]t|in\s['’]t|op\sden)"
# A capital that begins no name of a person
_NO_PERSON = r"(?!(?:Kamer|Tweede|Eerste|Handelingen|Aanhangsel|Nederland|NAVO|Navo|Nr\b|TK\b|EK\b))"
_WORD = rf"{_NO_PERSON}[{_UPPER}][{_UPPER}a-zß-öø-ÿğışšžč’'-]{{0,24}}[a-zß-öø-ÿğışšžč]"
# "Van der Staaij", "Jasper van Dijk", "Bruins Slot", "El Yassini"
_PERSON = rf"(?:{_BETWEEN}\s)?{_WORD}(?:\s(?:{_BETWEEN}\s)?{_WORD}){{0,2}}"
# "Sjoerdsma (D66)", "Marijnissen c.s."
_MEMBER = rf"{_PERSON}(?:\s\([^()\d]{{1,24}}(?:66)?\))?(?:,?\sc\.\s?s\.)?"
# "Omtzigt en Van Helvert", "Van der Staaij/Omtzigt", "Boswijk, Piri en Erkens c.s."
_MEMBERS = rf"{_MEMBER}(?:(?:\s?/\s?|,\s(?:en\s)?|\sen\s|\s&\s){_MEMBER}){{0,12}}"
OF_MEMBERS = (
    rf"(?:van\s)?(?:het\s|de\s)?(?:Tweede\s|Eerste\s)?(?:Kamer)?(?:lid|leden|heer|mevrouw)\s{_MEMBERS}"
)

# "motie-Brekelmans c.s.", "motie van het lid Sjoerdsma", "moties Van der Staaij/Omtzigt", "gewijzigde motie van de leden A en B"
MOTION = re.compile(
    rf"\b(?:(?:[Nn]ader\s)?[Gg]ewijzigde\s)?[Mm]oties?(?:\s{OF_MEMBERS}|\s?[-–‑]\s?{_MEMBERS}|\s{_MEMBERS})"
)
# "motie (Kamerstuk …)", "motie over … (Kamerstuk …)": only its number says which
MOTION_WITHOUT_NAME = re.compile(r"\b[Mm]oties?\b")

_MONTH = "|".join(re.escape(month) for month in MONTHS if not month.endswith("."))
# "3 juni 2021", "12 en 13 juni jl.", "3-6-2021"
_DATE = (
    rf"\d{{1,2}}(?:(?:\s?[-–]\s?|\sen\s)\d{{1,2}})?\s(?:{_MONTH})(?:\s(?:19|20)\d\d|,?\s(?:jl\b\.?|jongstleden))?"
    r"|\d{1,2}-\d{1,2}-(?:19|20)\d\d"
)
# A debate of ministers is no debate with parliament: "debat" says with whom
_DEBATE = (
    r"(?:commissiedebat(?:ten)?|AO|VAO|VSO|WGO|algemeen\soverleg|(?:nota|wetgevings)overleg|(?:schriftelijk|mondeling)\soverleg"
    r"|plenaire?\sdebat|(?:tweeminuten|dertigleden|hoofdlijnen|Kamer|spoed)debat|(?:mondelinge?\s)?vragenuur(?:tje)?"
    r"|begrotingsbehandeling|regeling\svan\swerkzaamheden|debat\smet\s(?:uw|de)\s(?:Tweede\s|Eerste\s)?Kamer|Kamerbrief)\b"
)
# "NAVO van 3 juni 2021", "over de top", behind the debate
_WHICH = (
    rf"(?:(?:\s[^.;:()]{{0,80}}?)??\s(?:van|op|d\.d\.)\s(?:{_DATE})"
    rf"|(?:\s(?:over\s(?:de\s|het\s)?)?[{_UPPER}][\w-]{{1,24}}){{1,4}})?"
)
IN_DEBATE = rf"(?:[Tt]ijdens|[Ii]n|[Bb]ij|[Uu]it)\s(?:het\s|de\s|een\s|mijn\s|onze\s)?{_DEBATE}{_WHICH}"
# What stands between the word and the debate; what allies promise one another is no commitment to parliament
_THEN = r"(?:(?:(?!toezegg|bondgeno|lidstaten|landen)[^.;:!?()]){0,100}?\b)??"
# "toezegging gedaan tijdens het commissiedebat NAVO van 3 juni 2021", "toegezegd in het AO NAVO van 12 juni 2019",
# "toezegging aan het lid Belhaj tijdens het AO van 12 juni", "toegezegd aan de leden Piri en Boswijk", "toezegging T03357"
COMMITMENT = re.compile(
    rf"\b(?:[Tt]oezegging(?:en)?|[Tt]oegezegd)\s{_THEN}"
    rf"(?:{IN_DEBATE}|aan\s{OF_MEMBERS}(?:\s{IN_DEBATE})?|(?:met\snummer\s|nr\.\s)?(?:T[0O]\d{{4}}|TZ\d{{6}}-\d{{1,3}})\b)"
)
# "Tijdens het commissiedebat NAVO van 3 juni 2021 heb ik toegezegd", "In het AO zegde de minister toe"
COMMITMENT_BEHIND = re.compile(
    rf"\b{IN_DEBATE}[^.;:!?()]{{0,100}}?\s(?:toegezegd|zegde\s[^.;:!?()]{{1,40}}?\stoe)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """What ``[start:end]`` of a text names. ``is_enough``: by these words alone one knows which."""

    start: int
    end: int
    kind: CitationKind
    is_enough: bool = True


def find_names(text: str, taken: Taken) -> list[Name]:
    """The motions and commitments that a text names, in order; nothing overlaps what is ``taken``."""
    found: list[Name] = []
    for pattern, kind, is_enough in (
        (MOTION, CitationKind.MOTION, True),
        (COMMITMENT, CitationKind.COMMITMENT, True),
        (COMMITMENT_BEHIND, CitationKind.COMMITMENT, True),
        (MOTION_WITHOUT_NAME, CitationKind.MOTION, False),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if end - start <= LONGEST_NAME and taken.take(start, end):
                found.append(Name(start, end, kind, is_enough))
    return sorted(found, key=lambda name: name.start)
