"""Small questions about Dutch word order that the rules for positions share."""

from collections.abc import Sequence
from itertools import takewhile

from letters.parsing.positions.rules import Rules
from letters.parsing.positions.words import Word

FUTURE = {"zal", "zullen", "gaat", "gaan"}
_MARKS = {",", ";", ":"}
#: Auxiliary forms of ik alone, and those that ik and hij share.
_FIRST_PERSON = {"heb", "ben", "word", "ga", "blijf", "wens"}
_FIRST_AND_THIRD = {
    *("had", "was", "werd", "zal", "zou", "wil", "wilde", "kan", "kon"),
    *("moet", "moest", "mag", "mocht", "bleef"),
}


def starts_with(words: Sequence[Word], place: int, sequence: Sequence[str]) -> bool:
    """Whether these words, in lower case, stand at ``place``."""
    if place < 0 or len(words) - place < len(sequence) or words[place].low != sequence[0]:
        return False
    return all(words[place + i].low == expected for i, expected in enumerate(sequence))


def skip_adverbs(words: list[Word], place: int, rules: Rules) -> int:
    """The next place at or behind ``place`` where no adverb stands."""
    while place < len(words):
        phrase = next((p for p in rules.adverb_phrases if starts_with(words, place, p)), None)
        if phrase is None and words[place].low not in rules.adverbs:
            break
        place += len(phrase) if phrase else 1
    return place


def skip_adverbs_back(words: list[Word], place: int, rules: Rules) -> int:
    """The last place before ``place`` where no adverb stands, or -1."""
    place -= 1
    while place >= 0:
        phrase = next((p for p in rules.adverb_phrases if starts_with(words, place + 1 - len(p), p)), None)
        if phrase is None and words[place].low not in rules.adverbs:
            break
        place -= len(phrase) if phrase else 1
    return place


def clause_start(words: list[Word], place: int) -> int:
    """Where the stretch between ";" or ":" begins in which ``place`` lies."""
    return next((back + 1 for back in range(place, -1, -1) if words[back].low in (";", ":")), 0)


def begins_clause(words: list[Word], place: int, body: int, rules: Rules) -> bool:
    """Whether a subordinate clause begins at ``place``; not at "steunt | dat besluit", "noemt dit | als voorbeeld".

    ``body`` is the place behind the verb and its subject, where "die" and "dat" may point.
    """
    low = words[place].low
    if low not in rules.complementisers:
        return False
    if low == "dat" and place + 1 < len(words) and words[place + 1].low in rules.neuter:
        return False
    if low != "als" and (low not in ("die", "dat") or place != body):
        return True
    following = takewhile(lambda word: word.low not in _MARKS, words[place + 1 :])
    return low != "die" and any(word.low in rules.verb_forms for word in following)


def agrees(words: list[Word], place: int, persons: set[str], rules: Rules) -> bool:
    """Whether a finite verb stands here that goes with one of the persons ("first", "third", "plural")."""
    low = words[place].low
    if low in rules.prepositions or low in rules.complementisers or (place and words[place - 1].low == "te"):
        return False  # "te vroeg"
    if low in rules.auxiliaries:
        return bool(persons & _auxiliary_persons(low))
    return any(persons & reading.persons for reading in rules.finite.get(low, ()))


def _auxiliary_persons(low: str) -> set[str]:
    if low in _FIRST_PERSON:
        return {"first"}
    if low in _FIRST_AND_THIRD:
        return {"first", "third"}
    return {"plural"} if low.endswith("en") or low in ("zijn", "gaan") else {"third"}
