"""Compare a reading with gold, field by field: what was right, what is missing and what is too much.

The form of gold and what counts as equal are described in ``tests/gold/README.md``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from letters.parsing import folding

SCALARS = (
    "kind", "language", "date", "reference", "paper", "chamber", "ministry", "department", "subject", "introduction_paragraphs",
)  # fmt: skip
_LIST_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-•·])\s+")


@dataclass(frozen=True, slots=True)
class Score:
    """How many values were read, how many gold holds, and how many of the two are the same."""

    read: int
    expected: int
    right: int
    difference: str = ""

    def __add__(self, other: "Score") -> "Score":
        return Score(self.read + other.read, self.expected + other.expected, self.right + other.right)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.read + self.expected
        return 2 * self.right / both if both else 1.0


NOTHING = Score(0, 0, 0)


def fold(text: Any) -> str:
    """What is left of a text when white space, dashes, quotes, case and a list number in front do not count."""
    if text is None:
        return ""
    return _LIST_NUMBER.sub("", folding.fold(str(text)))


def compare(read: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, Score]:
    """Score every field that gold holds. Both are in the form of gold."""
    scores = {name: _same(read[name], gold[name]) for name in SCALARS if name in gold}
    for name, compare_field in FIELDS.items():
        if name in gold:
            scores |= compare_field(read, gold)
    return scores


def _same(read: Any, gold: Any) -> Score:
    equal = fold(read) == fold(gold)
    return Score(1, 1, int(equal), "" if equal else f"{read!r} in plaats van {gold!r}")


def _lists(read: Iterable[Any], gold: Iterable[Any]) -> Score:
    """Compare as bags: the order does not count, how often does."""
    ours, theirs = Counter(list(read)), Counter(list(gold))
    right = sum((ours & theirs).values())
    extra, missing = list((ours - theirs).elements()), list((theirs - ours).elements())
    words = [f"te veel: {extra}"] * bool(extra) + [f"ontbreekt: {missing}"] * bool(missing)
    return Score(sum(ours.values()), sum(theirs.values()), right, "; ".join(words))


def _bag(name: str, *keys: str) -> Callable[[Mapping, Mapping], dict[str, Score]]:
    """Compare a list of objects on some of their keys, or of plain values when there are no keys."""

    def compare_field(read: Mapping, gold: Mapping) -> dict[str, Score]:
        def folded(item: Any) -> Any:
            return tuple(fold(item[key]) for key in keys) if keys else fold(item)

        return {name: _lists(map(folded, read[name]), map(folded, gold[name]))}

    return compare_field


def _agenda_topics(read: Mapping, gold: Mapping) -> dict[str, Score]:
    """The headings, and for each heading that both hold its session, paragraphs and topics."""
    ours = {fold(item["heading"]): item for item in read["agenda_topics"]}
    theirs = {fold(item["heading"]): item for item in gold["agenda_topics"]}
    headings = _lists(
        [fold(item["heading"]) for item in read["agenda_topics"]],
        [fold(item["heading"]) for item in gold["agenda_topics"]],
    )
    shared = [(name, ours[name], theirs[name]) for name in theirs if name in ours]
    scores = {"agenda_topics": headings}
    for key in ("session", "paragraphs"):
        wrong = [
            f"{name}: {mine[key]!r} in plaats van {its[key]!r}"
            for name, mine, its in shared
            if mine[key] != its[key]
        ]
        scores[f"agenda_topics.{key}"] = Score(
            len(shared), len(theirs), len(shared) - len(wrong), "; ".join(wrong)
        )
    scores["agenda_topics.topics"] = _lists(
        [(name, slug) for name, mine, _ in shared for slug in mine["topics"]],
        [(name, slug) for name, its in theirs.items() for slug in its["topics"]],
    )
    return scores


def _sections(read: Mapping, gold: Mapping) -> dict[str, Score]:
    """The headings with their kind, and every paragraph in order."""
    ours = [fold(text) for section in read["sections"] for text in section["paragraphs"]]
    theirs = [fold(text) for section in gold["sections"] for text in section["paragraphs"]]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    wrong = [
        f"{[text[:60] for text in ours[a:b]]} in plaats van {[text[:60] for text in theirs[c:d]]}"
        for operation, a, b, c, d in matcher.get_opcodes()
        if operation != "equal"
    ]
    headings = [
        [(fold(section["heading"]), section["kind"]) for section in side["sections"]] for side in (read, gold)
    ]
    return {
        "sections": _lists(*headings),
        "sections.paragraphs": Score(len(ours), len(theirs), right, "; ".join(wrong)),
    }


def _footnotes(read: Mapping, gold: Mapping) -> dict[str, Score]:
    """A note is right with its mark, its text (or how that begins), and the words in front of the mark."""
    left = list(read["footnotes"])
    missing: list[str] = []
    for note in gold["footnotes"]:
        match = next((ours for ours in left if _same_note(ours, note)), None)
        if match:
            left.remove(match)
        else:
            missing.append(f"{note['mark']} na {note['after']!r}")
    expected = len(gold["footnotes"])
    words = [f"ontbreekt: {missing}"] * bool(missing) + [
        f"te veel: {[(ours['mark'], ours['after']) for ours in left]}"
    ] * bool(left)
    return {"footnotes": Score(len(read["footnotes"]), expected, expected - len(missing), "; ".join(words))}


def _same_note(ours: Mapping, gold: Mapping) -> bool:
    after, expected = fold(ours["after"]), fold(gold["after"])
    text, expected_text = fold(ours["text"]), fold(gold.get("text") or gold["text_starts"])
    same_text = text == expected_text if gold.get("text") else text.startswith(expected_text)
    return (
        str(ours["mark"]) == str(gold["mark"])
        and same_text
        and (after.endswith(expected) or expected.endswith(after))
    )


def _positions(read: Mapping, gold: Mapping) -> dict[str, Score]:
    """Whether the sentences are found, under their heading, and with stances that gold allows.

    ``positions.stance`` counts those that are found with such a stance, ``positions.stance_accuracy`` only among the found.
    """
    optional = {fold(sentence) for sentence in gold.get("optional", ())}
    ours = {
        fold(item["sentence"]): item for item in read["positions"] if fold(item["sentence"]) not in optional
    }
    theirs = {fold(item["sentence"]): item for item in gold["positions"]}
    found = _lists(ours, theirs)
    shared = [name for name in theirs if name in ours]
    strange = [
        name
        for name in shared
        if not ours[name]["stance"] or set(ours[name]["stance"]) - set(theirs[name]["stance"])
    ]
    elsewhere = [name for name in shared if fold(ours[name]["under"]) != fold(theirs[name]["under"])]
    wrong = [
        f"{ours[name]['stance']} in plaats van {theirs[name]['stance']}: {name[:80]}" for name in strange
    ]
    return {
        "positions": found,
        "positions.stance": Score(found.read, found.expected, found.right - len(strange), "; ".join(wrong)),
        "positions.stance_accuracy": Score(len(shared), len(shared), len(shared) - len(strange)),
        "positions.under": Score(
            len(shared), len(shared), len(shared) - len(elsewhere), "; ".join(elsewhere)
        ),
    }


def _joined(read: Mapping, gold: Mapping) -> dict[str, Score]:
    """Texts that a page break or footnote had cut must stand whole in one paragraph."""
    paragraphs = [fold(text) for section in read["sections"] for text in section["paragraphs"]]
    broken = [
        text
        for text in gold["joined_paragraphs"]
        if not any(fold(text) in paragraph for paragraph in paragraphs)
    ]
    expected = len(gold["joined_paragraphs"])
    return {"joined_paragraphs": Score(expected, expected, expected - len(broken), "; ".join(broken))}


FIELDS: dict[str, Callable[[Mapping, Mapping], dict[str, Score]]] = {
    "dossiers": _bag("dossiers"),
    "signatories": _bag("signatories", "name", "office", "signs"),
    "meetings": _bag("meetings", "body", "level", "start", "end", "place"),
    "sessions": _bag("sessions", "number", "date", "title"),
    "agenda_topics": _agenda_topics,
    "sections": _sections,
    "footnotes": _footnotes,
    "citations": _bag("citations"),
    "annexes": _bag("annexes", "title", "language", "paragraphs"),
    "positions": _positions,
    "joined_paragraphs": _joined,
}
