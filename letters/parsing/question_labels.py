"""The lines above a question and above its answer, where a letter prints them in turn: "Vraag 1", "Antwoord"."""

import re

# "3", "1 en 2", "5 t/m 7", "12a"
NUMBERS = r"\d{1,3}[a-z]?(?:(?:\s*,\s*|\s*[–-]\s*|\s+en\s+|\s+t/m\s+|\s+tot\s+en\s+met\s+)\d{1,3}[a-z]?)*"
_SEVERAL_BY = r"(?:de\s+)?(?:minister|staatssecretaris|bewindsperso)\w*(?:\s+(?:van|voor|en)\s+[\w ]{3,60})?"
BY = rf"(?:van|door|namens)\s+(?:(?:het\s+)?kabinet|(?:de\s+)?regering|{_SEVERAL_BY})"

# "Vraag 1", "Vragen 3 en 4:", "Vraag", "Vraag 2 (VVD)"
QUESTION_LINE = re.compile(
    rf"(?:vraag|vragen\s+(?={NUMBERS}))\s*(?:{NUMBERS})?(?:\s+\([^()]{{2,60}}\))?\s*[:.]?", re.IGNORECASE
)
# "Antwoorden op de vragen van de leden van de D66-fractie", "Reactie op de inbreng van de SP-fractie"
_ASKED = r"(?:vragen(?:\s+en\s+opmerkingen)?|inbreng)"
_TO_FRACTION = rf"op\s+(?:de\s+)?{_ASKED}\s+van\s+(?:de\s+)?(?:leden|fractie|[\w/-]+-fractie)\b.{{0,100}}"
# "Antwoord", "Antwoord 3:", "Antwoord op vraag 3", "Antwoord van het kabinet:", "Reactie van de minister", "Antwoord minister"
ANSWER_LINE = re.compile(
    rf"""(?:antwoord(?:en)?|reactie|beantwoording)(?:
            \s+{_TO_FRACTION}
          | (?:\s+(?:op\s+)?(?:(?:de\s+)?(?:vraag|vragen)\s+)?{NUMBERS})?(?:\s+(?:{BY}|minister|kabinet))?\s*[:.]?
        )""",
    re.VERBOSE | re.IGNORECASE,
)


def is_question_label(text: str) -> bool:
    """Whether a line says only that a question or an answer follows."""
    return bool(QUESTION_LINE.fullmatch(text) or ANSWER_LINE.fullmatch(text))
