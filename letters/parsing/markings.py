"""Markings that keep a document from the public: classifications, "ter vertrouwelijke inzage", embargo, concept.

Classifications: Besluit voorschrift informatiebeveiliging rijksdienst (VIRBI 2013/2025), those of NATO (C-M(2002)49) and
of the EU (Council Decision 2013/488/EU). NATO UNCLASSIFIED and "Ongerubriceerd" keep nothing from anyone.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from letters.parsing.document import Document
from letters.parsing.parsed_letter import Problem

#: The code of the problem that a marking becomes; such a problem keeps a letter from being published.
MARKING = "marking"

#: Longer than this a line is a sentence, in which "concept" and "vertrouwelijk" are words like any other.
WORDS_OF_A_MARKING = 8

# Names of classifications, which mean nothing else: these count wherever they stand.
CLASSIFICATION = re.compile(
    r"""\b(?:
        (?i:departementaal|dep\.?)[\s-]*(?i:vertrouwelijk)   # "Departementaal Vertrouwelijk", "DEP. VERTROUWELIJK"
      | DEP\.?[\s-]?V\b                                     # "DEP.V"
      | (?i:stg\.?|staatsgeheim)[\s-]*(?i:zeer\s+geheim|geheim|confidentieel|[zgc]\b)   # "Stg. Geheim", "STG.C"
      | (?:NATO|NAVO|Nato|Navo)[\s-]*(?:RESTRICTED|CONFIDENTIAL|SECRET|Restricted|Confidential|Secret)\b
      | COSMIC[\s-]+TOP[\s-]+SECRET\b
      | RESTREINT\s+UE | CONFIDENTIEL\s+UE | (?:TR[EÈ]S\s+)?SECRET\s+UE | EU[\s-]+(?:RESTRICTED|CONFIDENTIAL|(?:TOP\s+)?SECRET)\b
    )""",
    re.VERBOSE,
)
# "Stg." or "STAATSGEHEIM" alone on a line, "Rubricering: Vertrouwelijk", "Merking: personeelsvertrouwelijk"
LABELLED = re.compile(
    r"^(?:rubricering|merking|classificatie|vertrouwelijkheid)\s*[:\s]\s*(?!(?:on|niet[\s-])gerubriceerd|unclassified|openbaar|geen\b|n\.?v\.?t)\S",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"""^\W*(?:
        stg\.? | staatsgeheim | (?:zeer\s+)?geheim | (?:strikt\s+|zeer\s+)?vertrouwelijk(?:\s+stuk)? | \w+vertrouwelijk
      | (?:niet|nog\s+niet)\s+(?:openbaar|voor\s+publicatie|verspreiden) | (?:alleen\s+)?(?:voor\s+)?intern\s+gebruik
      | (?:onder\s+)?embargo\b.* | (?:strikt\s+)?onder\s+embargo\b.*
      | concept(?:[\s-]?(?:versie|brief|tekst|stuk|verslag|antwoord(?:en)?))?
        (?:[\s-]+(?:versie|v\.?)?\s*[\d.]+|\s+d\.?d\.?.*|\s+van\s+\d.*)?
      | draft(?:\s+version)?\s*(?:v\.?\s*)?[\d.]*
      | concept\s*[–—:-]\s*(?:niet|nog\s+niet|geen|vertrouwelijk|intern)\b.*
    )\W*$""",
    re.VERBOSE | re.IGNORECASE,
)
# "Hierbij ontvangt u ter vertrouwelijke inzage …", "vertrouwelijk ter inzage gelegd"
FOR_CONFIDENTIAL_READING = re.compile(
    r"\bter\s+vertrouwelijke\s+(?:inzage|kennisneming|lezing)\b|\bvertrouwelijk\s+ter\s+(?:inzage|kennisneming)\b",
    re.IGNORECASE,
)
# "Onder embargo tot 4 juli 12.00 uur", "embargo: 4 juli"; not "het wapenembargo tegen Libië"
EMBARGO = re.compile(
    r"\b(?:onder|strikt)\s+embargo\s+(?:tot|t/m|t\.e\.m\.)|(?<![\w-])embargo\s*(?::|tot\s+(?:en\s+met\s+)?\d)",
    re.IGNORECASE,
)
# "Deze brief is vertrouwelijk", "De inhoud van deze brief is vertrouwelijk"
SAYS_SO = re.compile(
    r"\b(?:deze|dit)\s+(?:brief|document|stuk|verslag|agenda|bijlage)\s+(?:is|blijft|dient\s+\w+)\s+(?:\w+\s+)?(?:vertrouwelijk|geheim|niet\s+openbaar)\b",
    re.IGNORECASE,
)
ANYWHERE = (CLASSIFICATION, FOR_CONFIDENTIAL_READING, EMBARGO, SAYS_SO)
# "concept-verslag v2.docx", "verslag (embargo).pdf"; not "conceptagenda"
IN_A_NAME = re.compile(r"(?<![a-z])(?:concept|draft|vertrouwelijk|embargo|geheim)(?![a-z])", re.IGNORECASE)


def find_markings(document: Document, name: str) -> tuple[str, ...]:
    """The markings on a file called ``name``, as printed, each once: a line of its own or the words in a sentence."""
    lines = [*document.margins, *(cell for block in document.blocks for cell in block.text.split("\t"))]
    lines += [note.text for note in document.notes]
    found = [marking for line in lines if (marking := _marking(line))]
    if IN_A_NAME.search(PurePath(name).stem):
        found.append(PurePath(name).name)
    once: dict[str, str] = {}
    for marking in found:
        once.setdefault(marking.casefold(), marking)
    return tuple(once.values())


def without_markings(document: Document) -> Document:
    """The document without the lines that are a marking and nothing else: they are no words of the letter."""
    blocks = tuple(block for block in document.blocks if not _is_marking(block.text))
    return replace(document, blocks=blocks) if blocks else document


def _is_marking(line: str) -> bool:
    line = " ".join(line.split())
    if len(line.split()) > WORDS_OF_A_MARKING:
        return False
    bare = line.strip(" .*-–—|[]()")
    return bool(
        ALONE.match(line) or LABELLED.match(line) or any(pattern.fullmatch(bare) for pattern in ANYWHERE)
    )


def _marking(line: str) -> str | None:
    line = " ".join(line.split())
    if len(line.split()) <= WORDS_OF_A_MARKING and (ALONE.match(line) or LABELLED.match(line)):
        return line
    found = next((match for pattern in ANYWHERE if (match := pattern.search(line))), None)
    return found.group() if found else None


def marking_problems(markings: Iterable[str]) -> list[Problem]:
    """One problem a marking; while it is open the letter cannot be published."""
    return [
        Problem(
            MARKING,
            f"Hierop staat “{marking}”. Publiceren kan pas als bij dit probleem staat wie besloot dat de brief "
            "openbaar mag, en waarom.",
        )
        for marking in markings
    ]
