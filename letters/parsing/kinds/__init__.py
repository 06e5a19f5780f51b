"""What kind of letter it is: an annotated agenda, a report, answers to a committee, or something else."""

import datetime
import re
from collections.abc import Sequence

from letters.parsing.committee import answered_on, has_questions_with_answers, is_answered
from letters.parsing.dates import DateMention, find_dates
from letters.parsing.document import Block
from letters.parsing.kinds.other_papers import (
    is_written_consultation,
    looks_like,
    promises_answers,
    titled_as,
)
from letters.parsing.meetings import Statements
from letters.parsing.parsed_letter import LetterKind, ParsedMeeting, Problem
from letters.parsing.patterns import either

# What parliament holds is no meeting of NATO: "verslag van een commissiedebat", "verslag schriftelijk overleg"
_IN_PARLIAMENT = (
    r"\s+(?:van\s+(?:een|het)\s+)?(?:nader\s+)?"
    r"(?:commissiedebat|notaoverleg|algemeen\s+overleg|schriftelijk\s+overleg|SO\b|plenair)"
)
#: The kinds that are always of a meeting.
OF_A_MEETING = frozenset({LetterKind.ANNOTATED_AGENDA, LetterKind.REPORT})
#: The code of the problem of a paper that is no letter of a minister.
NOT_A_LETTER = "not_a_letter"

ANSWERS = either(
    # "Beantwoording vragen van de vaste commissie", not "Bij beantwoording, datum … vermelden"
    r"\bbeantwoording\b(?!,)(?=.{0,80}\b(?:vragen|commissievragen|overleg|inbreng|commissie|SO)\b)",
    r"\b(?:antwoord(?:en)?|reactie)\b.{0,40}\b(?:vragen|commissievragen)\b",
    r"\blijst\s+van\s+vragen\s+en\s+antwoorden\b",
    r"\breactie\s+op\s+(?:de\s+)?(?:\w+\s+){0,2}(?:vragen|inbreng|schriftelijk\s+overleg|SO\b)",
    # "Schriftelijk overleg over de geannoteerde agenda …" as the subject of a letter
    r"^(?:verslag\s+(?:van\s+(?:een|het)\s+)?)?(?:nader\s+)?schriftelijk\s+overleg\b",
    r"\bnader\s+schriftelijk\s+overleg\b",
    r"\b(?:feitelijke|schriftelijke)\s+vragen\b.{0,80}\bbeantwoord",
    r"\bvragen\b.{0,120}\bte\s+beantwoorden\b",
)
AGENDA = either(
    r"\b(?:geannoteerde?|annotated)\s+(?:concept-?)?agenda\b",
    r"\bconceptagenda\b",
    r"\bagenda\s+(?:voor|van)\s+de\b",
    r"\b(?:kabinets|Nederlandse\s+)inzet\b",
    r"\binzet\s+(?:van\s+(?:het\s+kabinet|Nederland)\s+)?(?:voor|tijdens|bij|NAVO)\b",
    r"\bvooruitblik\b",
)
REPORT = either(
    rf"\bverslag(?:en)?\b(?!{_IN_PARLIAMENT})",
    r"\bterugkoppeling\b",
    r"\bterugblik\b",
    r"\b(?:uitkomst(?:en)?|resultaten)\b",
    r"\bverloop\s+van\b",
)
#: In front of a paper that is not this letter: "in aanvulling op de geannoteerde agenda", "vragen over het verslag"
REFERRED = re.compile(
    r"""\b(?:aanvulling\s+op|vervolg\s+op|verwijzing\s+naar|verwezen\s+naar|kortheidshalve\s+naar|conform|zoals\s+gemeld\s+in|toegezegd\s+in
        |vragen\s+over|opmerkingen\s+over|ontvangt\s+u\s+(?:na\s+afloop|later))
        \s+(?:de|het|een|mijn|onze)?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
WORDS_IN_FRONT = 60  # characters, which hold any of these
# Sentences of a cover letter that hand something over, or say what the letter does
HANDS_OVER = either(
    r"\b(?:bied(?:en)?|aanbied\w*|ontvangt|stuur|sturen|zend(?:en)?|doe|doen|treft|toekomen|geleide|houdende)\b",
    r"\b(?:informeer|informeren|geïnformeerd|bericht|berichten|ga\s+ik|gaan\s+wij)\b",
)
PAST_VERBS = either(
    r"\b(?:vond|vonden|werd|werden|stond|stonden|nam|namen|kwam|kwamen|gaf|gaven|bracht|brachten|riep|riepen)\b",
    r"\b(?:sprak|spraken|bespraken|benadrukten?|verwelkomden?|onderstreepten?)\b",
)
FUTURE_VERBS = either(
    r"\b(?:zal|zullen|vindt|vinden|staat|staan|komt|komen|voornemens|verwachting|voorzien|aanstaande)\b"
)


def find_kind(
    statements: Statements, titles: Sequence[str], blocks: Sequence[Block], is_sent: bool = False
) -> tuple[LetterKind | None, tuple[Problem, ...]]:
    """Say what the letter calls itself; ``None`` when it does not.

    ``titles`` are lines that may be the title of a paper of the chamber itself: those are no letters. ``blocks`` are the
    text, ``is_sent`` says that a minister signs it or is named as its sender.
    """
    lines = [*titles, *statements.headline]
    if not is_sent and (what := _other_paper(lines, blocks)):
        return _no_letter(what)
    if not is_sent and is_written_consultation(lines):
        return LetterKind.COMMITTEE_ANSWERS, ()
    if has_questions_with_answers(blocks):
        return LetterKind.COMMITTEE_ANSWERS, ()
    cover = [sentence for sentence in statements.cover if HANDS_OVER.search(sentence)]
    opening = [sentence for sentence in statements.opening[:6] if HANDS_OVER.search(sentence)]
    for line in (*statements.headline, *cover, *opening):
        if kind := _kind_in(line):
            return kind, ()
    return None, ()


def _other_paper(lines: Sequence[str], blocks: Sequence[Block]) -> str | None:
    """What a paper that no minister sends is instead of a letter; answers of a minister make it one."""
    answered = promises_answers(lines) or is_answered(blocks) or answered_on(lines) is not None
    if is_written_consultation(lines):
        return None if answered else "het verslag van een schriftelijk overleg, zonder antwoorden"
    return titled_as(lines) or looks_like(blocks, answered)


def _no_letter(what: str) -> tuple[LetterKind, tuple[Problem, ...]]:
    return LetterKind.OTHER, (
        Problem(
            NOT_A_LETTER,
            f"Dit lijkt geen brief van een minister te zijn maar {what}. Kies een ander bestand.",
            "kind",
        ),
    )


def _kind_in(line: str) -> LetterKind | None:
    """The kind that a line names first."""
    found: list[tuple[int, LetterKind]] = []
    for kind, pattern in (
        (LetterKind.COMMITTEE_ANSWERS, ANSWERS),
        (LetterKind.ANNOTATED_AGENDA, AGENDA),
        (LetterKind.REPORT, REPORT),
    ):
        found += [
            (match.start(), kind)
            for match in pattern.finditer(line)
            if not REFERRED.search(line[max(match.start() - WORDS_IN_FRONT, 0) : match.start()])
        ]
    return min(found)[1] if found else None


def kind_from_time(
    meetings: Sequence[ParsedMeeting], letter_date: datetime.date | None, text: Sequence[str]
) -> LetterKind | None:
    """What the dates say, else the tense of the first paragraphs, for a letter that does not name its kind."""
    ends = [meeting.end for meeting in meetings if meeting.end]
    starts = [meeting.start for meeting in meetings if meeting.start]
    if letter_date and ends and letter_date > max(ends):
        return LetterKind.REPORT
    if letter_date and starts and letter_date < min(starts):
        return LetterKind.ANNOTATED_AGENDA
    told = {
        mention.relative
        for paragraph in text[:2]
        for mention in find_dates(paragraph)
        if mention.relative and any(_is_of(mention, meeting) for meeting in meetings)
    }
    if len(told) == 1:  # "Op 7 december jl. vond in Brussel …"
        return LetterKind.REPORT if told == {-1} else LetterKind.ANNOTATED_AGENDA
    past = sum(len(PAST_VERBS.findall(paragraph)) for paragraph in text)
    future = sum(len(FUTURE_VERBS.findall(paragraph)) for paragraph in text)
    if past > 2 * future and past > 2:
        return LetterKind.REPORT
    if future > 2 * past and future > 2:
        return LetterKind.ANNOTATED_AGENDA
    return None


def _is_of(mention: DateMention, meeting: ParsedMeeting) -> bool:
    """Whether a date that leaves out the year is that of a meeting."""
    return bool(meeting.start) and mention.first == (meeting.start.day, meeting.start.month)
