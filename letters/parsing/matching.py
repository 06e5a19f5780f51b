"""Which sections of two letters about one meeting treat the same subject: agenda and report, in any order of arrival.

A pair is made only when nothing else is nearly as good: a wrong pair lays an intention beside somebody else's outcome,
which is worse than no pair.
"""

from collections import Counter
from collections.abc import Sequence

from letters.parsing.folding import fold
from letters.parsing.likeness import (
    SESSION,
    Subject,
    content_words,
    council_likeness,
    scores_of,
    session_likeness,
    shared_words,
)

#: Pairs that tell which session of the one letter is which of the other.
SURE = 0.85
#: A pair scores at least this, and this much more than any other pair with one of the two. The same topic is not enough: a
#: session or some of the wording must agree as well.
THRESHOLD, MARGIN = 0.75, 0.15


def match_subjects(sections: Sequence[Subject], held: Sequence[Subject]) -> list[tuple[int, ...]]:
    """For each section of a letter the indexes of the subjects ``held`` already that it treats; mostly one or none.

    Several where it treats under one heading what was held apart. Several sections may treat one held subject where that
    was held under one heading ("China en Rusland").
    """
    found: list[tuple[int, ...]] = [()] * len(sections)
    scores = scores_of(sections, held)
    moved = _moved_sessions([pair for pair in _pairs(scores) if scores[pair] >= SURE], sections, held)
    for one, other in scores:
        if scores[one, other] and (sections[one].session, held[other].session) in moved:
            scores[one, other] += SESSION  # that they differ says nothing: the session has another number now
    for section, subject in _pairs(scores):
        found[section] = (subject,)
    _add_parts(sections, held, found)
    return found


def needs_texts(sections: Sequence[Subject], held: Sequence[Subject]) -> bool:
    """Whether headings leave open what belongs together, so that the texts of what is held must be compared too."""
    counts = Counter(fold(subject.heading) for subject in held)
    own = Counter(fold(section.heading) for section in sections)
    return bool(held) and any(number > 1 or counts[heading] != 1 for heading, number in own.items())


def _moved_sessions(
    sure: Sequence[tuple[int, int]], sections: Sequence[Subject], held: Sequence[Subject]
) -> frozenset[tuple[int | None, int | None]]:
    """The sessions that sure pairs show to be one although they differ: (of the sections, of what is held)."""
    seen = {
        (sections[one].session, held[other].session)
        for one, other in sure
        if sections[one].session is not None and held[other].session is not None
    }
    own = Counter(session for session, _other in seen)
    return frozenset((session, other) for session, other in seen if session != other and own[session] == 1)


def _pairs(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best pairs first, one for each; where another pair is nearly as good, none: that is for a person."""
    pairs: list[tuple[int, int]] = []
    left = {pair: score for pair, score in scores.items() if score > THRESHOLD - MARGIN}
    while True:
        of_section, of_held = _by_end(left, 0), _by_end(left, 1)
        clear = [
            pair
            for pair in sorted(left, key=lambda pair: (-left[pair], pair))
            if left[pair] >= THRESHOLD and _is_clear(pair, left, of_section, of_held)
        ]
        if not clear:
            return pairs
        taken = [set(), set()]
        for pair in clear:  # the best first: another of them may share an end with it
            if pair[0] not in taken[0] and pair[1] not in taken[1]:
                pairs.append(pair)
                taken[0].add(pair[0])
                taken[1].add(pair[1])
        left = {
            pair: score for pair, score in left.items() if pair[0] not in taken[0] and pair[1] not in taken[1]
        }


def _by_end(left: dict[tuple[int, int], float], end: int) -> dict[int, list[tuple[int, int]]]:
    """The pairs of each section (0) or of each held subject (1), the best first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for pair in sorted(left, key=lambda pair: (-left[pair], pair)):
        found.setdefault(pair[end], []).append(pair)
    return found


def _is_clear(
    pair: tuple[int, int],
    left: dict[tuple[int, int], float],
    of_section: dict[int, list[tuple[int, int]]],
    of_held: dict[int, list[tuple[int, int]]],
) -> bool:
    """Whether neither of the two could as well belong to another, that has no better one itself."""
    for rivals, best_of_other, end in ((of_section[pair[0]], of_held, 1), (of_held[pair[1]], of_section, 0)):
        for rival in rivals:
            if left[rival] <= left[pair] - MARGIN:
                break
            if rival != pair and left[best_of_other[rival[end]][0]] <= left[rival]:
                return False
    return True


def _add_parts(sections: Sequence[Subject], held: Sequence[Subject], found: list[tuple[int, ...]]) -> None:
    """Bring together what one letter treats under one heading that names it, and the other apart."""
    taken = {subject for subjects in found for subject in subjects}
    for number, section in enumerate(sections):
        named = [held[subject] for subject in found[number]]
        for subject in (one for one in range(len(held)) if one not in taken):
            if _is_part(held[subject], section, named):
                found[number] = (*found[number], subject)
                named.append(held[subject])
                taken.add(subject)
    for number, section in enumerate(sections):
        if found[number]:
            continue
        wholes = [
            subject
            for subject in range(len(held))
            if _is_part(
                section, held[subject], [one for at, one in enumerate(sections) if subject in found[at]]
            )
        ]
        if len(wholes) == 1:
            found[number] = (wholes[0],)


def _is_part(part: Subject, whole: Subject, others: Sequence[Subject]) -> bool:
    """Whether the heading of ``whole`` also names ``part``, beside what it has in common with ``others``."""
    renumbered = any(session_likeness(part, other) > 0 for other in others)
    if (session_likeness(part, whole) < 0 and not renumbered) or council_likeness(
        part.heading, whole.heading
    ) < 0:
        return False
    words, all_words = content_words(part.heading), content_words(whole.heading)
    beside = {word for other in others for word in content_words(other.heading)}
    by_words = (
        bool(words) and shared_words(words, all_words) == len(words) and not shared_words(words, beside)
    )
    topics_beside = frozenset(key for other in others for key in other.topics)
    by_topics = bool(part.topics) and part.topics < whole.topics and not part.topics & topics_beside
    return (by_words and len(words) < len(all_words)) or by_topics
