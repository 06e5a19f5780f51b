"""Sections that ride along: decisions and messages that have nothing to do with the meeting the letter is about."""

import re
from collections.abc import Sequence

from letters.parsing.sentences import split_sentences

# "Daarnaast maak ik van de gelegenheid gebruik om u te informeren over …", "In deze brief wordt uw Kamer ook geïnformeerd over …",
# "Tevens informeer ik u over …", "Met deze brief wordt u voorts geïnformeerd over …", "Tot slot ga ik in op …"
ANNOUNCEMENT = re.compile(
    r"""(?:\bvan\s+de(?:ze)?\s+gelegenheid\s+gebruik\b
        |\b(?:ook|tevens|daarnaast|voorts|verder|bovendien|tot\s+slot|eveneens)\b[^.]{0,80}\b(?:informeer|informeren|geïnformeerd|bericht|meld|melden|ga\s+ik\s+in|wordt\s+ingegaan|gaan\s+wij\s+in)
        |\b(?:informeer|informeren|geïnformeerd)\b[^.]{0,40}\b(?:ook|tevens|daarnaast|voorts|eveneens)\b)
        [^.]{0,40}?\b(?:over|omtrent|op|inzake)\b(?P<subject>[^.]*)""",
    re.VERBOSE | re.IGNORECASE,
)
# "Het kabinet heeft besloten …", "Het kabinet besluit hiermee tot …"; not "Nederland verwelkomde dit besluit"
DECIDES = re.compile(
    r"\b(?:kabinet|regering|ik|wij|Nederland|Defensie)\b[^.]{0,60}\b(?:besloten|besloot)\b|\b(?:kabinet|regering|Nederland|Defensie)\s+besluit\b|\b(?:heeft|hebben)\s+(?:het\s+kabinet|wij|ik)\s+besloten\b",
    re.IGNORECASE,
)
# "Graag maak ik van de gelegenheid gebruik u te informeren over …" at the start of a section
TAKES_OPPORTUNITY = re.compile(r"[^.]{0,60}\bvan\s+de(?:ze)?\s+gelegenheid\s+gebruik\b", re.IGNORECASE)
# Words that tie a section to the meeting
MEETING_WORDS = re.compile(
    r"\b(?:bondgenoten|bondgenootschap|sessies?|\w*sessie|ministers|bijeenkomst|ministeriële|staatshoofden|regeringsleiders|NAR|NUC|secretaris-generaal|SG|agendapunt|Raad|lidstaten|besproken|gesproken|spraken|spreken|DMM|FMM|UDCG|RBZ|top)\b",
    re.IGNORECASE,
)
# "Uw Kamer ontvangt het verslag van de bijeenkomst", "Hiermee is de motie afgedaan"
TO_PARLIAMENT = re.compile(r"\b(?:Kamer|moties?|toezegging(?:en)?|brief|verslag)\b")
# Words that tell what was discussed there
DISCUSSION = re.compile(
    r"\b(?:\w*sessie|bijeenkomst|ministers|spraken|spreken|gesproken|besproken|agendapunt|bondgenoten\s+\w+en)\b",
    re.IGNORECASE,
)
BEGINNING = 400  # characters
_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_COMMON_WORDS = """
    over deze voor naar door wordt zijn onze nederland nederlandse kamer brief kabinet stand zaken inzake
    rondom bijdrage bijdragen
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def find_ride_alongs(groups: Sequence[tuple[str, Sequence[str]]], cover: Sequence[str] = ()) -> set[int]:
    """The numbers of the groups ``(heading, paragraphs)`` that only ride along. ``cover`` stands above them.

    Either the letter announces them apart from the meeting, the heading says the same and the text tells of no
    discussion; or the text tells a decision of the cabinet and never mentions the meeting; or it starts by saying so.
    """
    announced = [
        match["subject"]
        for paragraphs in (cover, *(paragraphs for _, paragraphs in groups[:2]))
        for text in paragraphs
        for match in ANNOUNCEMENT.finditer(text)
    ]
    found: set[int] = set()
    for number, (heading, paragraphs) in enumerate(groups):
        if not heading:
            continue
        text = " ".join(paragraphs)
        told = text[:BEGINNING]
        of_the_meeting = DISCUSSION.search(told) or (
            _is_one_word(heading)
            and MEETING_WORDS.search(told)  # "Oekraïne": it may be where the decision takes place
        )
        by_announcement = not of_the_meeting and any(_share_words(heading, subject) for subject in announced)
        by_text = bool(DECIDES.search(text[:600])) and not MEETING_WORDS.search(text)
        by_its_own_words = bool(paragraphs) and TAKES_OPPORTUNITY.match(paragraphs[0])
        if by_announcement or by_text or by_its_own_words:
            found.add(number)
    return found


def rides_along_under(paragraphs: Sequence[str]) -> bool:
    """Whether a section below a heading such as "Overige onderwerpen" tells of no discussion at the meeting."""
    return bool(paragraphs) and not DISCUSSION.search(" ".join(paragraphs))


def tells_of_the_meeting(paragraphs: Sequence[str]) -> bool:
    """Whether a section "Overige onderwerpen" is about the meeting: a sentence tells of it, and not of what parliament gets."""
    sentences = (sentence.text for text in paragraphs for sentence in split_sentences(text))
    return any(MEETING_WORDS.search(text) and not TO_PARLIAMENT.search(text) for text in sentences)


def _share_words(heading: str, subject: str) -> bool:
    """Whether the heading's own words return in the announcement: all of them, or most of a long heading."""
    words = {_stem(word) for word in _WORD.findall(heading.lower()) if word not in _COMMON}
    said = {_stem(word) for word in _WORD.findall(subject.lower())}
    return bool(words) and len(words & said) >= max(1, (len(words) + 1) // 2)


def _is_one_word(heading: str) -> bool:
    return len([word for word in _WORD.findall(heading.lower()) if word not in _COMMON]) == 1


def _stem(word: str) -> str:
    return word.rstrip("s")[:7] if len(word) > 7 else re.sub(r"(?:en|s)$", "", word)
