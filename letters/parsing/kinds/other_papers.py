"""Papers that are no letter of a minister although they speak of one: debates, questions of fractions, motions, agendas.

What a paper calls itself decides; where it has no title, its body shows it, unless a minister signs or is the sender.
"""

import re
from collections.abc import Sequence

from letters.parsing.document import Block
from letters.parsing.language import language_of
from letters.parsing.patterns import either

LINES_OF_TITLE = 14
LONGEST_TITLE = 240
FEWEST_TURNS = 3
FEWEST_LINES = 3

DEBATE = "het verslag van een debat in de Kamer"
AGENDA = "de agenda of besluitenlijst van een commissie"
CONTRIBUTION = "de inbreng van fracties, zonder antwoorden"
OF_MEMBERS = "antwoorden op schriftelijke vragen van Kamerleden"

# In front of a title: "Nr. 389 ", "2025D20112 ", "28 676, nr. 44 "
NUMBER_IN_FRONT = re.compile(
    r"^(?:(?:\d{2}\s?\d{3}(?:-\d+)?,?\s+)?[Nn]r\.\s*\S+\s+|\d{4}[DZ]\d{4,6}\s+|[A-Z]{1,2}\s+(?=VERSLAG\b))"
)

_REPORT_OF = r"^(?:gewijzigd\s+|geredigeerd\s+|ongecorrigeerd\s+)?(?:woordelijk\s+|stenografisch\s+)?verslag\s+van\s+(?:een|het)\s+"
_DEBATES = r"commissie|nota|wetgevings|rondetafel|plenair\s+|tweeminuten|dertigleden|spoed|interpellatie"
#: What a title says → what the paper is. The first that matches counts.
TITLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        # "Inbreng verslag van een schriftelijk overleg", "Inbreng schriftelijk overleg"
        either(
            r"^inbreng\s+verslag\b",
            r"^inbreng\s+(?:(?:voor|van)\s+(?:een|het)\s+)?(?:schriftelijk\s+overleg|SO\b)",
        ),
        CONTRIBUTION,
    ),
    (
        # "VERSLAG VAN EEN COMMISSIEDEBAT", "Verslag van een algemeen overleg, gehouden op 10 februari 2022"
        either(
            rf"{_REPORT_OF}(?:voortgezet\s+)?(?:{_DEBATES})?(?:debat|overleg|gesprek)\b",
            rf"{_REPORT_OF}(?:voortgezet\s+)?(?:algemeen\s+overleg|ronde\s?tafel|hoorzitting|(?:technische\s+)?briefing|werkbezoek)",
            r"^(?:ongecorrigeerd\s+)?stenogram\b",
            r"^(?:ongecorrigeerd\s+)?(?:stenografisch|woordelijk)\s+verslag\b",
            r"^(?:plenair\s+debat|commissiedebat|notaoverleg|wetgevingsoverleg|tweeminutendebat|rondetafelgesprek)\b",
            r"^Handelingen\s+(?:I{1,2}|TK|EK|Tweede\s+Kamer|Eerste\s+Kamer)\b.{0,60}$",
            r"^Aan\s+de\s+orde\s+(?:is|zijn)\b",
        ),
        DEBATE,
    ),
    (
        either(r"^(?:(?:nader\s+)?gewijzigde\s+|aangehouden\s+)?motie\s+van\s+(?:het\s+lid|de\s+leden)\b"),
        "een motie",
    ),
    (
        # "Convocatie", "Agenda procedurevergadering", "Besluitenlijst van de procedurevergadering van 3 mei"
        either(
            r"^convocatie\b",
            r"^(?:herziene\s+|gewijzigde\s+)?(?:agenda|besluitenlijst|oproep)\b.{0,40}\b(?:procedurevergadering|commissie(?:vergadering)?|regeling\s+van\s+werkzaamheden)\b",
            r"^(?:besluitenlijst|procedurevergadering|stemmingslijst|stemmingsuitslagen)\b",
        ),
        AGENDA,
    ),
    (
        # "Vergaderjaar 2024-2025 | Aanhangsel van de Handelingen |", "Antwoord schriftelijke vragen : …"
        either(
            r"^(?:vergaderjaar\s+[\d–-]+\s+)?Aanhangsel\s+van\s+de\s+Handelingen\b.{0,40}$",
            r"^Vragen\s+gesteld\s+door\s+de\s+leden\s+der\s+Kamer\b",
            r"^Antwoord\s+schriftelijke\s+vragen\s*:",
        ),
        OF_MEMBERS,
    ),
    (
        # "Verslag van een bijeenkomst : …", "19 291 Parlementaire Assemblée van de NAVO"
        either(
            r"^verslag\s+van\s+een\s+(?:bijeenkomst|delegatie)\s*:",
            r"^(?:\d{2}\s?\d{3}\s+|verslag\b.{0,60}\s)?(?:NAVO\s+)?Parlementaire\s+Assembl[eé]e\b",
        ),
        "het verslag van een delegatie van de Kamer",
    ),
    (
        # "BRIEF VAN DE ALGEMENE REKENKAMER", "Brief van het Presidium", "BRIEF VAN DE VASTE COMMISSIE VOOR DEFENSIE"
        either(
            r"^brief\s+van\s+(?:de|het)\s+(?!.*(?:\b(?:minister|staatssecretaris|bewindsperso|kabinet|regering)))\w{4,}"
        ),
        "een brief van een ander dan een minister",
    ),
    (
        # "Nr. 6 NOTA VAN WIJZIGING", "MEMORIE VAN TOELICHTING", "NOTA NAAR AANLEIDING VAN HET VERSLAG"
        either(
            r"^(?:\w+\s+)?nota\s+(?:van\s+wijziging|naar\s+aanleiding\s+van)\b",
            r"^memorie\s+van\s+(?:toelichting|antwoord)\b",
            r"^(?:gewijzigd\s+)?(?:voorstel\s+van\s+(?:rijks)?wet|amendement\s+van)\b",
            r"^advies\s+(?:van\s+de\s+)?(?:afdeling\s+advisering|raad\s+van\s+state)\b",
        ),
        "een stuk bij een wetsvoorstel",
    ),
    (either(r"^(?:toespraak|speech)\s+(?:van|door)\b"), "een toespraak"),
    (either(r"^(?:persbericht|nieuwsbericht|press\s+release|persverklaring)\b"), "een persbericht"),
    (
        either(r"^(?:beslisnota|nota\s+ter\s+(?:beslissing|informatie|ondertekening))\b"),
        "een interne nota bij een brief",
    ),
)
# "LIJST VAN VRAGEN", "Vragen van de leden A en B aan de Minister van Defensie (ingezonden 26 juni 2017)"
LIST_OF_QUESTIONS = either(
    r"^lijst\s+van\s+vragen\b(?!\s+en\s+antwoorden)",
    r"^feitelijke\s+vragen\b",
    r"^(?:schriftelijke\s+)?vragen\s+van\s+(?:het\s+lid|de\s+leden)\b.{3,160}\baan\s+de\b",
)
# "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "LIJST VAN VRAGEN EN ANTWOORDEN", "Verslag houdende een lijst van vragen en antwoorden"
WRITTEN_CONSULTATION = either(
    r"^verslag\s+van\s+een\s+(?:nader\s+)?schriftelijk\s+overleg\b",
    r"^(?:verslag\s+houdende\s+(?:een\s+)?)?lijst\s+van\s+vragen\s+en\s+antwoorden\b",
)
WITH_ANSWERS = re.compile(r"\bvragen\s+en\s+antwoorden\b", re.IGNORECASE)

# "De voorzitter:", "De heer Sjoerdsma (D66):", "Mevrouw Van der Wal (VVD) : Voorzitter.", "Minister Ollongren:"
TURN = re.compile(
    r"""(?:^|(?<=[.?!…]\s))(?:
          De\s+(?:fungerend\s+)?voorzitter
        | (?:De\s+heer|Mevrouw|Het\s+lid)\s+[^():.]{2,40}?\s?\([A-Z][\w/+ -]{1,25}\)
        | (?:Minister|Staatssecretaris|De\s+heer|Mevrouw)\s+[A-ZÀ-Þ][^():.,]{1,30}
        )\s?:(?=\s|$)""",
    re.VERBOSE,
)
# "heeft op 10 februari 2022 overleg gevoerd met", "brengt de commissie bijgaand geredigeerd woordelijk verslag uit"
HELD_A_DEBATE = either(
    r"\bcommissies?\b.{0,200}\b(?:heeft|hebben)\s+op\s+.{4,40}\s+(?:overleg|gesprek)\w*\s+gevoerd\s+met\b",
    r"^De\s+(?:beraadslaging|vergadering)\s+wordt\s+(?:hervat|heropend|geopend|geschorst|gesloten)\b",
    r"\bbreng(?:t|en)\s+de\s+commissies?\s+bijgaand\s+(?:\w+\s+){0,3}verslag\s+uit\b",
)
# "hebben de onderstaande fracties de behoefte vragen en opmerkingen voor te leggen aan de minister"
LAYS_QUESTIONS_BEFORE = re.compile(
    r"\bfracties?\b.{0,40}\bbehoefte\b.{0,40}\bvragen\b.{0,60}\bvoor\s+te\s+leggen\b", re.IGNORECASE
)
MOTION = (
    re.compile(r"\bgehoord\s+de\s+beraadslaging\b", re.IGNORECASE),
    re.compile(r"\bgaat\s+over\s+tot\s+de\s+orde\s+van\s+de\s+dag\b", re.IGNORECASE),
)
# "Voortouwcommissie: vaste commissie voor Defensie", "Activiteit: Commissiedebat", "Agendapunt: Geannoteerde agenda …"
COMMITTEE_AGENDA = re.compile(
    r"(?:Voortouwcommissie|Volgcommissie|Activiteit|Agendapunt)\s*:\s*\S", re.IGNORECASE
)


def bare_title(line: str) -> str:
    """A title without the number of the paper in front: "Nr. 389 VERSLAG …"."""
    return NUMBER_IN_FRONT.sub("", line, count=1).strip()


def is_written_consultation(lines: Sequence[str]) -> bool:
    """Whether the paper calls itself a written consultation, or a list of questions and answers."""
    return any(WRITTEN_CONSULTATION.match(line) for line in _titles(lines))


def promises_answers(lines: Sequence[str]) -> bool:
    """Whether a paper's own title says that answers are in it."""
    return any(WRITTEN_CONSULTATION.match(line) and WITH_ANSWERS.search(line) for line in _titles(lines))


def titled_as(lines: Sequence[str]) -> str | None:
    """What a paper with these first lines is, in Dutch, if it calls itself something else than a letter."""
    for line in _titles(lines):
        for pattern, what in TITLES:
            if pattern.match(line) and not _is_sentence(line):
                return what
    return None


def looks_like(blocks: Sequence[Block], answered: bool) -> str | None:
    """What the text of a paper that no minister sends shows it to be."""
    texts = [block.text for block in blocks]
    if not answered and any(LIST_OF_QUESTIONS.match(line) for line in _titles(texts[:LINES_OF_TITLE])):
        return "een lijst van vragen, zonder antwoorden"
    if sum(len(TURN.findall(text)) for text in texts) >= FEWEST_TURNS:
        return DEBATE
    if any(HELD_A_DEBATE.search(text) for text in texts[:40]):
        return DEBATE
    if not answered and any(LAYS_QUESTIONS_BEFORE.search(text) for text in texts[:30]):
        return CONTRIBUTION
    if sum(bool(COMMITTEE_AGENDA.match(text)) for text in texts[:40]) >= FEWEST_LINES:
        return AGENDA
    if all(any(pattern.search(text) for text in texts[:40]) for pattern in MOTION):
        return "een motie"
    whole = " ".join(texts)
    return "een verklaring in het Engels, zonder brief erbij" if language_of(whole) == "en" else None


def _is_sentence(line: str) -> bool:
    return line.endswith(".") and not line.endswith(("c.s.", "e.a."))


def _titles(lines: Sequence[str]) -> list[str]:
    return [bare_title(line) for line in lines if len(line) <= LONGEST_TITLE]
