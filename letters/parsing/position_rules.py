"""The rules of ``letters/data/positions.toml``, read once and made quick to look up."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.parsing.parsed_letter import Stance
from letters.parsing.verb_forms import Finite, Nonfinite, finite_forms, nonfinite_forms

RULES_FILE = Path(__file__).parent.parent / "data" / "positions.toml"

#: "op verzoek van onder meer Nederland"
_AMONG_OTHERS = "onder meer |onder andere |ook |mede |met name |o\\.m |o\\.a "
#: One or the other sequence of words: "van belang|wenselijk" is (("van", "belang"), ("wenselijk",)).
Choice = tuple[tuple[str, ...], ...]


class RulesError(ValueError):
    """The rules file says something that cannot be; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A name of the Dutch government. ``person`` is "first", "third" or "plural"."""

    words: tuple[str, ...]
    certainty: float
    person: str
    capital: bool = True  # "Defensie" speaks, "defensie" does not
    with_others: bool = False
    is_office: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """One meaning of a verb. ``stance`` is None where the wording is known to be no position."""

    rule: str
    verb: str
    stance: Stance | None
    particle: str = ""
    shown: tuple[Choice, ...] = ()
    about: tuple[Choice, ...] = ()
    negated: Stance | None = None
    weak: bool = False
    rank: float = 0.9
    sure: bool = False
    recipient: bool = True


@dataclass(frozen=True, slots=True)
class Phrase:
    rule: str
    stance: Stance
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rules:
    subjects: dict[str, tuple[Subject, ...]]  # by first word, the longest name first
    agents: tuple[tuple[str, ...], ...]
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
    recipients: tuple[tuple[str, ...], ...]
    receiving: frozenset[str]
    covers: tuple[tuple[str, ...], ...]
    futures: frozenset[str]
    phrases: tuple[Phrase, ...]


@cache
def load_rules() -> Rules:
    """The rules of the site."""
    return read_rules(RULES_FILE)


def read_rules(path: Path) -> Rules:
    """The rules in a file. Raises ``RulesError`` for an expression whose verb has no forms, or an unknown stance."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    expressions = _expressions(data)
    promises = _promises(data)
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
        agents=_sequences(data["agents"]),
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
        expressions=_by_verb(expressions),
        promises=_by_verb(promises),
        recipients=_sequences(data["promises"]["recipients"]),
        receiving=frozenset(data["promises"]["receiving"]),
        covers=_sequences(data["promises"]["covers"]),
        futures=frozenset(data["promises"]["futures"].split()),
        phrases=_phrases(data, subjects),
    )


def _sequences(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    """Longest first, so that "de Benelux-landen" is tried before "de Benelux"."""
    return tuple(sorted((tuple(phrase.lower().split()) for phrase in phrases), key=len, reverse=True))


def _subjects(data: dict) -> tuple[Subject, ...]:
    found = [
        Subject(
            words=tuple(name.lower().split()),
            certainty=entry["certainty"],
            person=entry["person"],
            capital=name[0].isupper(),
            with_others=entry.get("with_others", False),
        )
        for entry in data["subjects"]
        for name in entry["names"]
    ]
    found += [
        Subject(tuple(office.lower().split()), 0.9, "third", capital=False, is_office=True)
        for office in data["offices"]
    ]
    return tuple(sorted(found, key=lambda subject: len(subject.words), reverse=True))


def _stance(name: str, rule: str) -> Stance | None:
    if name == "none":
        return None
    try:
        return Stance(name)
    except ValueError:
        raise RulesError(f"positions.toml: {rule!r} heeft een onbekend stance {name!r}") from None


def _choice(alternatives: str) -> Choice:
    return tuple(tuple(words.lower().split()) for words in alternatives.split("|"))


def _expression(entry: dict, stance: str, negation: dict[str, str]) -> Expression:
    stance = entry.get("stance", stance)
    particle = entry.get("particle", "")
    shown = entry.get("with", [])
    about = entry.get("about", [])
    detail = [*shown, *about][:1]
    rule = f"{stance}.{particle}{entry['verb']}" + "".join(
        f"+{words.split('|')[0].replace(' ', '-')}" for words in detail
    )
    return Expression(
        rule=rule,
        verb=entry["verb"],
        stance=_stance(stance, rule),
        particle=particle,
        shown=tuple(_choice(words) for words in shown),
        about=tuple(_choice(words) for words in about),
        negated=_stance(entry.get("negated", negation.get(stance, "none")), rule),
        weak=entry.get("weak", False),
        rank=entry.get("rank", 0.9),
        sure=entry.get("sure", False),
        recipient=entry.get("recipient", True),
    )


def _expressions(data: dict) -> list[Expression]:
    return [
        _expression(entry, group["stance"], data["negation"])
        for group in data["expressions"]
        for entry in group["list"]
    ]


def _promises(data: dict) -> list[Expression]:
    return [_expression(entry, Stance.PROMISE, data["negation"]) for entry in data["promises"]["list"]]


def _by_verb(expressions: list[Expression]) -> dict[str, tuple[Expression, ...]]:
    """Per verb, as the file has them, except that the bare verb comes last."""
    grouped = defaultdict(list)
    for expression in expressions:
        grouped[expression.verb].append(expression)
    return {verb: tuple(sorted(found, key=_is_bare)) for verb, found in grouped.items()}


def _is_bare(expression: Expression) -> bool:
    return not (expression.particle or expression.shown or expression.about)


def _phrases(data: dict, subjects: tuple[Subject, ...]) -> tuple[Phrase, ...]:
    """Phrases as patterns over the words of a sentence, joined by single spaces in lower case."""
    names = "|".join(re.escape(" ".join(subject.words)) for subject in subjects if subject.person != "first")
    parts = {"{nl}": f"(?:{_AMONG_OTHERS})?(?P<nl>{names})", "…": r"(?:[^ ;]+ ){0,6}?"}
    found = []
    for group in data["phrases"]:
        for phrase in group["list"]:
            pattern = _phrase_pattern(phrase, parts)
            rule = f"{group['stance']}.{'-'.join(re.findall(r'[a-z]+', phrase)[:4])}"
            found.append(Phrase(rule, Stance(group["stance"]), re.compile(pattern)))
    return tuple(found)


def _phrase_pattern(phrase: str, parts: dict[str, str]) -> str:
    """ "voor {nl} is|blijft": each word or alternative followed by a space; "…" brings its own spaces."""
    pieces = []
    for piece in phrase.split():
        if piece == "…":
            pieces.append(parts[piece])
        elif piece == "{nl}":
            pieces.append(parts[piece] + " ")
        else:
            pieces.append(f"(?:{'|'.join(re.escape(word) for word in piece.split('|'))}) ")
    return "(?<![^ ])" + "".join(pieces)
