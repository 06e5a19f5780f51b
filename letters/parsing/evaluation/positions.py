"""How the positions that were read compare with gold, act by act: too much, missed, another stance, or the contrary.

Gold holds sentences with the stances that a careful reader accepts (``tests/gold/README.md``); what was read has a stance per
act, with the rule that found it and how sure that rule is. One is laid beside the other here, so that who mends rules sees
which one went wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from letters.parsing.evaluation.comparison import Score, fold
from letters.parsing.parsed_letter import ParsedPosition, Stance

#: Which stances say the contrary of a printed one. Who opposes says no; who supports, calls for, proposes, does or promises
#: something says yes; condemning and worrying are contrary to supporting alone. A view may be either.
CONTRARY: dict[Stance, frozenset[Stance]] = {
    Stance.SUPPORT: frozenset({Stance.OPPOSE, Stance.CONDEMNATION, Stance.CONCERN}),
    Stance.CALL: frozenset({Stance.OPPOSE}),
    Stance.PROPOSAL: frozenset({Stance.OPPOSE}),
    Stance.ACTION: frozenset({Stance.OPPOSE}),
    Stance.PROMISE: frozenset({Stance.OPPOSE}),
    Stance.OPPOSE: frozenset(
        {Stance.SUPPORT, Stance.CALL, Stance.PROPOSAL, Stance.ACTION, Stance.PROMISE}
    ),
    Stance.CONDEMNATION: frozenset({Stance.SUPPORT}),
    Stance.CONCERN: frozenset({Stance.SUPPORT}),
    Stance.VIEW: frozenset(),
}  # fmt: skip

#: Confidence from … up to; clerks accept "all above x".
CONFIDENCES = ((0.9, 1.01), (0.8, 0.9), (0.0, 0.8))


class Verdict(StrEnum):
    """What is to be said of one position, in the words of the report."""

    RIGHT = "goed"
    EXTRA = "te veel"
    MISSED = "gemist"
    OTHER_STANCE = "andere stance"
    REVERSED = "omgedraaid"


@dataclass(frozen=True, slots=True)
class Judged:
    """One position that was read, or one of gold that was not: then ``read`` is ``None``.

    ``accepted`` are the stances that gold accepts, none where gold has no such position. ``moment`` and ``with_others`` say
    whether those are right, ``None`` where gold does not tell them.
    """

    sentence: str
    accepted: tuple[str, ...]
    read: ParsedPosition | None = None
    moment: bool | None = None
    with_others: bool | None = None

    @property
    def verdict(self) -> Verdict:
        if self.read is None:
            return Verdict.MISSED
        if not self.accepted:
            return Verdict.EXTRA
        if self.read.stance in self.accepted:
            return Verdict.RIGHT
        return Verdict.REVERSED if is_reversed(self.read.stance, self.accepted) else Verdict.OTHER_STANCE


def is_reversed(printed: Stance, accepted: Iterable[str]) -> bool:
    """Whether a stance says the contrary of all that gold accepts; that gold also accepts a view takes nothing away from that."""
    clear = set(accepted) - {Stance.VIEW}
    return bool(clear) and clear <= CONTRARY[printed]


def judge(read: Iterable[ParsedPosition], gold: Mapping[str, Any]) -> tuple[Judged, ...]:
    """Every position that was read, in order, and then those of gold that were missed; optional sentences are left out."""
    optional = {fold(sentence) for sentence in gold.get("optional", ())}
    theirs = {fold(item["sentence"]): item for item in gold["positions"]}
    judged: list[Judged] = []
    found: set[str] = set()
    for position in read:
        sentence = fold(position.sentence)
        if sentence not in optional:
            found.add(sentence)
            judged.append(_judged(position, theirs.get(sentence)))
    missed = [item for sentence, item in theirs.items() if sentence not in found]
    return (*judged, *(Judged(item["sentence"], tuple(item["stance"])) for item in missed))


def _judged(position: ParsedPosition, item: Mapping[str, Any] | None) -> Judged:
    if item is None:
        return Judged(position.sentence, (), position)
    moments = item.get("moment")
    if isinstance(moments, str):
        moments = [moments]
    return Judged(
        position.sentence,
        tuple(item["stance"]),
        position,
        moment=None if moments is None else position.moment in moments,
        with_others=None if item.get("with_others") is None else position.with_others == item["with_others"],
    )


def detail_scores(judged: Iterable[Judged]) -> dict[str, Score]:
    """How often moment and with_others are right, of the acts of which gold tells them; nothing where it tells none."""
    scores: dict[str, Score] = {}
    judged = tuple(judged)
    for name in ("moment", "with_others"):
        told = [one for one in judged if getattr(one, name) is not None]
        wrong = [one.sentence[:80] for one in told if not getattr(one, name)]
        if told:
            scores[f"positions.{name}"] = Score(
                len(told), len(told), len(told) - len(wrong), "; ".join(wrong)
            )
    return scores


def confusion(judged: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """How often gold's stance was printed as which: the printed one itself where gold accepts it, else the first of gold's."""
    return Counter(
        (one.read.stance if one.verdict is Verdict.RIGHT else one.accepted[0], one.read.stance)
        for one in judged
        if one.read and one.accepted
    )


def calibration(judged: Iterable[Judged]) -> list[tuple[float, int, int]]:
    """From which confidence, how many acts were read with it, and how many of those are right."""
    read = [one for one in judged if one.read]
    rows = []
    for least, below in CONFIDENCES:
        some = [one for one in read if least <= one.read.confidence < below]
        rows.append((least, len(some), sum(one.verdict is Verdict.RIGHT for one in some)))
    return rows


def verdicts_per_rule(judged: Iterable[Judged]) -> dict[str, Counter[Verdict]]:
    """How often each rule that found anything was right or wrong."""
    rules: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in judged:
        if one.read:
            rules[one.read.rule][one.verdict] += 1
    return dict(rules)
