"""The rules of ``letters/data/positions.toml``, read once and made quick to look up."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.parsing.parsed_letter import Stance
from letters.parsing.positions.expressions import (
    Expression,
    RulesError,
    by_verb,
    fronted_words,
    read_expressions,
    read_promises,
    stance_named,
)
from letters.parsing.positions.verb_forms import Finite, Nonfinite, finite_forms, nonfinite_forms

RULES_FILE = Path(__file__).parents[2] / "data" / "positions.toml"

#: "op verzoek van onder meer Nederland"
_AMONG_OTHERS = "onder meer |onder andere |ook |mede |met name |o\\.m |o\\.a "


@dataclass(frozen=True, slots=True)
class Subject:
    """A name of the Dutch government. ``person`` is "first", "third" or "plural"."""

    words: tuple[str, ...]
    certainty: float
    person: str
    capital: bool = True  # "Defensie" speaks, "defensie" does not
    with_others: bool = False
    is_office: bool = False
    is_person: bool = False  # "hij" in the next sentence may point back to it


@dataclass(frozen=True, slots=True)
class Phrase:
    rule: str
    stance: Stance
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]  # a sentence without one word of each cannot match
    negated: Stance | None
    leads: bool


@dataclass(frozen=True, slots=True)
class Rules:
    subjects: dict[str, tuple[Subject, ...]]  # by first word, the longest name first
    agents: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    titles: frozenset[str]
    ministers: tuple[tuple[str, ...], ...]
    others: frozenset[str]
    adverbs: frozenset[str]
    adverb_phrases: tuple[tuple[str, ...], ...]
    prepositions: frozenset[str]
    complementisers: frozenset[str]
    telling: frozenset[str]
    including: frozenset[str]
    facts: frozenset[str]
    determiners: frozenset[str]
    negations: frozenset[str]
    not_negating: tuple[tuple[str, ...], ...]
    auxiliaries: dict[str, str]
    finite: dict[str, tuple[Finite, ...]]
    joined: dict[str, tuple[Finite, ...]]
    participles: dict[str, tuple[Nonfinite, ...]]
    infinitives: dict[str, tuple[Nonfinite, ...]]
    expressions: dict[str, tuple[Expression, ...]]
    promises: dict[str, tuple[Expression, ...]]
    recipients: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    receiving: frozenset[str]
    covers: tuple[tuple[str, ...], ...]
    futures: frozenset[str]
    fronted: frozenset[str]
    pronouns: frozenset[str]
    frames: tuple[tuple[str, ...], ...]
    addressing: frozenset[str]
    times: frozenset[str]
    member_verbs: frozenset[str]
    member_groups: frozenset[str]
    phrases: tuple[Phrase, ...]


@cache
def load_rules() -> Rules:
    """The rules of the site."""
    return read_rules(RULES_FILE)


def read_rules(path: Path) -> Rules:
    """The rules in a file. Raises ``RulesError`` for an expression whose verb has no forms, or an unknown stance."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    expressions = read_expressions(data)
    promises = read_promises(data)
    particles = defaultdict(set)
    for expression in [*expressions, *promises]:
        if expression.verb not in data["verbs"]:
            raise RulesError(
                f"positions.toml: {expression.rule!r} gebruikt een werkwoord zonder vormen onder [verbs]"
            )
        if expression.particle:
            particles[expression.verb].add(expression.particle)
    subjects = _subjects(data)
    return Rules(
        subjects={
            word: tuple(s for s in subjects if s.words[0] == word) for word in {s.words[0] for s in subjects}
        },
        agents=_by_first_word(data["agents"]),
        titles=frozenset(data["titles"]),
        ministers=_sequences(data["ministers"]),
        others=frozenset((data["others"] + data["countries"]).split()),
        adverbs=frozenset(data["adverbs"].split()),
        adverb_phrases=_sequences(data["adverb_phrases"]),
        prepositions=frozenset(data["prepositions"].split()),
        complementisers=frozenset(data["complementisers"].split()),
        telling=frozenset(data["telling_complementisers"]),
        including=frozenset(data["including"]),
        facts=frozenset(data["facts"].split()),
        determiners=frozenset(data["determiners"].split()),
        negations=frozenset(data["negations"]),
        not_negating=_sequences(data["not_negating"]),
        auxiliaries={form: kind for kind, forms in data["auxiliaries"].items() for form in forms.split()},
        finite=finite_forms(data["verbs"], {}),
        joined=finite_forms(data["verbs"], particles),
        participles=nonfinite_forms(data["verbs"], particles, "participle"),
        infinitives=nonfinite_forms(data["verbs"], particles, "infinitive"),
        expressions=by_verb(expressions),
        promises=by_verb(promises),
        recipients=_by_first_word(data["promises"]["recipients"]),
        receiving=frozenset(data["promises"]["receiving"]),
        covers=_sequences(data["promises"]["covers"]),
        futures=frozenset(data["promises"]["futures"].split()),
        fronted=fronted_words(expressions),
        pronouns=frozenset(data["pronouns"].split()),
        frames=_sequences(data["telling_frames"]),
        addressing=frozenset(data["addressing"].split()),
        times=frozenset(data["times"].split()),
        member_verbs=frozenset(data["membership"]["verbs"]),
        member_groups=frozenset(data["membership"]["groups"]),
        phrases=_phrases(data, subjects),
    )


def _sequences(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    """Longest first, so that "de Benelux-landen" is tried before "de Benelux"."""
    return tuple(sorted((tuple(phrase.lower().split()) for phrase in phrases), key=len, reverse=True))


def _by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    sequences = _sequences(phrases)
    return {
        word: tuple(s for s in sequences if s[0] == word) for word in {sequence[0] for sequence in sequences}
    }


def _subjects(data: dict) -> tuple[Subject, ...]:
    titles = set(data["titles"])
    found = [
        Subject(
            words=tuple(name.lower().split()),
            certainty=entry["certainty"],
            person=entry["person"],
            capital=name[0].isupper(),
            with_others=entry.get("with_others", False),
            is_person=not titles.isdisjoint(name.lower().split()),
        )
        for entry in data["subjects"]
        for name in entry["names"]
    ]
    found += [
        Subject(tuple(office.lower().split()), 0.9, "third", capital=False, is_office=True, is_person=True)
        for office in data["offices"]
    ]
    return tuple(sorted(found, key=lambda subject: len(subject.words), reverse=True))


def _phrases(data: dict, subjects: tuple[Subject, ...]) -> tuple[Phrase, ...]:
    """Phrases as patterns over the words of a sentence, joined by single spaces in lower case."""
    names = "|".join(re.escape(" ".join(subject.words)) for subject in subjects if subject.person != "first")
    recipients = "|".join(map(re.escape, data["promises"]["recipients"])).lower()
    parts = {
        "{nl}": f"(?:{_AMONG_OTHERS})?(?P<nl>{names}) ",
        "{mij}": f"(?:{_AMONG_OTHERS})?(?P<nl>{names}|mij|ons) ",
        "{kamer}": f"(?:{recipients}) ",
        "^": r"(?<![\s\S])",
        "…": r"(?:[^ ;]+ ){0,8}?",
    }
    found = []
    for group in data["phrases"]:
        for phrase in group["list"]:
            rule = f"{group['stance']}.{'-'.join(re.findall(r'[a-z]+', phrase)[:4])}"
            negated = group.get("negated", group["stance"])
            found.append(
                Phrase(
                    rule=rule,
                    stance=Stance(group["stance"]),
                    pattern=re.compile(_phrase_pattern(phrase, parts)),
                    needs=tuple(
                        frozenset(piece.split("|")) for piece in phrase.split() if piece not in parts
                    ),
                    negated=stance_named(negated, rule),
                    leads=group.get("leads", False),
                )
            )
    return tuple(found)


def _phrase_pattern(phrase: str, parts: dict[str, str]) -> str:
    """ "voor {nl} is|blijft": each word or alternative followed by a space; "…" brings its own spaces."""
    pieces = []
    for piece in phrase.split():
        if piece in parts:
            pieces.append(parts[piece])
        else:
            pieces.append(f"(?:{'|'.join(re.escape(word) for word in piece.split('|'))}) ")
    return "(?<![^ ])" + "".join(pieces)
