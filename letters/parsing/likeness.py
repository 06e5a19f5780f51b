"""How alike two sections are that may treat the same subject: by heading, topics, wording, session and council."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from letters.parsing.folding import fold
from letters.parsing.meetings.names import find_councils, is_council_as_heading

#: What evidence weighs. Equal headings are enough by themselves; a session that agrees is never enough.
HEADING, TOPICS, WORDING, SESSION, COUNCIL = 1.0, 0.6, 1.5, 0.3, 0.5
#: What the weaker of heading and topics still adds: often they are one piece of evidence.
BOTH = 0.4
#: From here on the wording alone may bring two sections together, although nothing in their headings is the same.
TELLING_WORDING = 0.3

WORD = re.compile(r"[^\W\d_]{2,}|\d{4}")
#: Words that say nothing about the subject, in headings and in texts.
_STOP_WORDS = """
    aan af al alle als andere bij binnen daar daarbij dat de deze die dit door een en er het hier hun ik in inzake is kan maar
    met na naar niet nog nu of om onder onze ook op over per rond rondom te ten ter tijdens tot tussen uit uw van vanuit verder
    via voor waar wat we welke werd wie wij wordt worden zal zich zijn zij zo zou zullen heeft hebben had hierbij hierover mede
    the of and on in for with to eu europese unie
    navo nato nederland nederlandse nederlands kabinet regering minister ministers bondgenoten bondgenootschap
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
#: In a heading these are how a subject is treated, not the subject: "Steun aan Oekraïne" and "Situatie in Oekraïne" are one.
_MANNER = """
    actuele bespreking bijeenkomst discussie gesprek huidige inzet laatste nederlandse ontwikkeling ontwikkelingen overleg
    relatie relaties samenwerking sessie situatie stand steun toekomst toekomstige versterken versterking voorbereiding voortgang
    werksessie werkdiner werklunch zaken support situation cooperation discussion strengthening
"""
MANNER = frozenset(_MANNER.split())
#: Two words are the same from this many first letters, if that is most of the longer one: "Oekraïne", "Oekraïense".
STEM, MOST = 5, 0.6


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject as one letter treats it. ``topics`` are any keys of topics, ``wider_topics`` those that they fall
    under, ``session`` any key of a session.

    ``other_headings``: under which headings other letters treat it as well. ``texts``: all that stands under it.
    """

    heading: str
    topics: frozenset = frozenset()
    wider_topics: frozenset = frozenset()
    session: int | None = None
    session_title: str = ""
    other_headings: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading, *self.other_headings)


def content_words(text: str) -> frozenset[str]:
    """The words of a heading or a sentence that say what it is about, without case and accents."""
    plain = unicodedata.normalize("NFKD", fold(text))
    words = WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    return frozenset(word for word in words if word not in STOP_WORDS and word not in MANNER)


def scores_of(sections: Sequence[Subject], held: Sequence[Subject]) -> dict[tuple[int, int], float]:
    """How alike each section is to each subject that is held; 1 is much, there is no maximum."""
    texts = [_text_words(one) for one in (*sections, *held)]
    spread = Counter(word for words in texts for word in words)
    rarity = {word: log(1 + len(texts) / number) for word, number in spread.items()}
    return {
        (one, other): _score(
            sections[one], held[other], _wording(texts[one], texts[len(sections) + other], rarity)
        )
        for one in range(len(sections))
        for other in range(len(held))
    }


def _score(one: Subject, other: Subject, wording: float) -> float:
    heading = max(_heading_likeness(first, second) for first in one.headings for second in other.headings)
    topics = _topic_likeness(one, other)
    if not heading and topics <= 0 and wording < TELLING_WORDING:
        return 0.0  # only the session would bring them together
    strong, weak = sorted([HEADING * heading, TOPICS * topics], reverse=True)
    return (
        strong
        + (weak if weak < 0 else BOTH * weak)
        + WORDING * wording
        + SESSION * session_likeness(one, other)
        + COUNCIL * council_likeness(one.heading, other.heading)
    )


def _heading_likeness(one: str, other: str) -> float:
    if one and fold(one) == fold(other):
        return 1.0
    first, second = _heading_words(one), _heading_words(other)
    if not first or not second:
        return 0.0
    shared = shared_words(first, second)
    # Both also say something else: "NAVO-Rusland Raad" and "Mensenrechten in Rusland".
    if shared < min(len(first), len(second)):
        return 0.6 * 2 * shared / (len(first) + len(second))
    return 0.9 * max(2 * shared / (len(first) + len(second)), 0.8)


@lru_cache(maxsize=4096)
def _heading_words(heading: str) -> frozenset[str]:
    return content_words(heading)


def _topic_likeness(one: Subject, other: Subject) -> float:
    if not one.topics or not other.topics:
        return 0.0
    if one.topics == other.topics:
        return 1.0
    if one.topics <= other.topics or other.topics <= one.topics:
        return 0.5
    if one.topics & other.topics:
        return 0.3
    return 0.2 if one.topics & other.wider_topics or one.wider_topics & other.topics else -0.25


def session_likeness(one: Subject, other: Subject) -> int:
    """1 for the same session, by title or number; -1 for two that differ. Sessions are renumbered, so it never decides."""
    if one.session_title and fold(one.session_title) == fold(other.session_title):
        return 1
    if one.session is None or other.session is None:
        return 0
    if one.session != other.session:
        return -1
    if not one.session_title or not other.session_title:
        return 1
    return 1 if shared_words(content_words(one.session_title), content_words(other.session_title)) else 0


def council_likeness(one: str, other: str) -> int:
    """1 for two headings that name the same council, -1 where only one names a council or they name different ones."""
    first, second = _council(one), _council(other)
    return 0 if first == second == "" else 1 if first == second else -1


@lru_cache(maxsize=4096)
def _council(heading: str) -> str:
    return find_councils(heading)[0].format if is_council_as_heading(heading) else ""


def _text_words(subject: Subject) -> frozenset[str]:
    return frozenset(word for text in subject.texts for word in content_words(text) if len(word) > 3)


def _wording(one: frozenset[str], other: frozenset[str], rarity: dict[str, float]) -> float:
    """The cosine of two texts by the rare words that they share: 0 to 1."""
    if not one or not other:
        return 0.0
    shared = sum(rarity[word] ** 2 for word in one & other)
    return shared / sqrt(sum(rarity[word] ** 2 for word in one) * sum(rarity[word] ** 2 for word in other))


def shared_words(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words of the one are also in the other, in this or another form."""
    return sum(any(_alike(word, candidate) for candidate in other) for word in one)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    common = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return common >= STEM and common >= MOST * max(len(one), len(other))
