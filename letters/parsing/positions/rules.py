"""The rules of ``letters/data/positions/``, read once and made quick to look up."""

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
    with_lists,
)
from letters.parsing.positions.verb_forms import Finite, Nonfinite, finite_forms, nonfinite_forms

RULES_FOLDER = Path(__file__).parents[2] / "data" / "positions"

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
    is_thing_perhaps: bool = False  # "het"
    is_person: bool = False  # "hij" in the next sentence may point back to it


@dataclass(frozen=True, slots=True)
class Phrase:
    rule: str
    stance: Stance | None  # None: known to be no position
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]  # a sentence without one word of each cannot match
    negated: Stance | None
    leads: bool
    rank: float
    points_back: bool  # only behind a sentence with a Dutch subject


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
    comparing: frozenset[str]
    together: tuple[tuple[str, ...], ...]
    doubtful: frozenset[str]
    included: frozenset[str]
    complementisers: frozenset[str]
    telling: frozenset[str]
    including: frozenset[str]
    facts: frozenset[str]
    determiners: frozenset[str]
    neuter: frozenset[str]
    negations: frozenset[str]
    not_negating: tuple[tuple[str, ...], ...]
    diminishing: tuple[tuple[str, ...], ...]
    diminishing_verbs: tuple[tuple[str, ...], ...]
    hedging: tuple[tuple[str, ...], ...]
    auxiliaries: dict[str, str]
    finite: dict[str, tuple[Finite, ...]]
    joined: dict[str, tuple[Finite, ...]]
    participles: dict[str, tuple[Nonfinite, ...]]
    infinitives: dict[str, tuple[Nonfinite, ...]]
    verb_forms: frozenset[str]  # all of the above
    expressions: dict[str, tuple[Expression, ...]]
    promises: dict[str, tuple[Expression, ...]]
    recipients: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    receiving: frozenset[str]
    covers: tuple[tuple[str, ...], ...]
    futures: frozenset[str]
    months: frozenset[str]
    fronted: frozenset[str]
    pronouns: frozenset[str]
    neuter_pronoun: frozenset[str]
    of_things: frozenset[str]
    frames: tuple[tuple[str, ...], ...]
    addressing: frozenset[str]
    times: frozenset[str]
    member_verbs: frozenset[str]
    member_groups: frozenset[str]
    phrases: tuple[Phrase, ...]
    follow_on_openers: tuple[tuple[str, ...], ...]
    follow_on_judgement: re.Pattern[str]


@cache
def load_rules() -> Rules:
    """The rules of the site."""
    return read_rules(RULES_FOLDER)


def read_rules(folder: Path) -> Rules:
    """The rules in the files of a folder. Raises ``RulesError`` for an expression whose verb has no forms, or an unknown stance."""
    data: dict = {}
    for path in sorted(folder.glob("*.toml")):
        data |= tomllib.loads(path.read_text(encoding="utf-8"))
    expressions = read_expressions(data)
    promises = read_promises(data)
    particles = defaultdict(set)
    for expression in [*expressions, *promises]:
        if expression.verb not in data["verbs"]:
            raise RulesError(
                f"data/positions: {expression.rule!r} gebruikt een werkwoord zonder vormen onder [verbs]"
            )
        if expression.particle:
            particles[expression.verb].add(expression.particle)
    subjects = _subjects(data)
    parts = _parts(data, subjects)
    auxiliaries = {form: kind for kind, forms in data["auxiliaries"].items() for form in forms.split()}
    joined = finite_forms(data["verbs"], particles)
    participles = nonfinite_forms(data["verbs"], particles, "participle")
    infinitives = nonfinite_forms(data["verbs"], particles, "infinitive")
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
        comparing=frozenset(data["comparing"]),
        together=_sequences(data["together"]),
        doubtful=frozenset(data["doubtful"].split()),
        included=frozenset(data["included"]),
        complementisers=frozenset(data["complementisers"].split()),
        telling=frozenset(data["telling_complementisers"]),
        including=frozenset(data["including"]),
        facts=frozenset(data["facts"].split()),
        determiners=frozenset(data["determiners"].split()),
        neuter=frozenset(data["neuter"].split()),
        negations=frozenset(data["negations"]),
        not_negating=_sequences(data["not_negating"]),
        diminishing=_sequences(data["diminishing"]),
        diminishing_verbs=_sequences(data["diminishing_verbs"]),
        hedging=_sequences(data["hedging"]),
        auxiliaries=auxiliaries,
        finite=finite_forms(data["verbs"], {}),
        joined=joined,
        participles=participles,
        infinitives=infinitives,
        verb_forms=frozenset([*auxiliaries, *joined, *participles, *infinitives]),
        expressions=by_verb(expressions),
        promises=by_verb(promises),
        recipients=_by_first_word(data["promises"]["recipients"]),
        receiving=frozenset(data["promises"]["receiving"]),
        covers=_sequences(data["promises"]["covers"]),
        futures=frozenset(data["promises"]["futures"].split()),
        months=frozenset(data["promises"]["months"].split()),
        fronted=fronted_words(expressions),
        pronouns=frozenset(data["pronouns"].split()),
        neuter_pronoun=frozenset(data["neuter_pronoun"].split()),
        of_things=frozenset(data["of_things"].split()),
        frames=_sequences(data["telling_frames"]),
        addressing=frozenset(data["addressing"].split()),
        times=frozenset(data["times"].split()),
        member_verbs=frozenset(data["membership"]["verbs"]),
        member_groups=frozenset(data["membership"]["groups"]),
        phrases=_phrases(data, parts),
        follow_on_openers=_sequences(data["follow_on"]["openers"]),
        follow_on_judgement=re.compile(
            _phrase_pattern(with_lists(data["follow_on"]["judgement"], data["lists"]), parts)
        ),
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


def _parts(data: dict, subjects: tuple[Subject, ...]) -> dict[str, str]:
    """What the marks in a phrase stand for, as patterns over words that are each followed by a space."""
    names = "|".join(re.escape(" ".join(subject.words)) for subject in subjects if subject.person != "first")
    recipients = "|".join(map(re.escape, data["promises"]["recipients"])).lower()
    return {
        "{nl}": f"(?:{_AMONG_OTHERS})?(?P<nl>{names}) ",
        "{mij}": f"(?:{_AMONG_OTHERS})?(?P<nl>{names}|mij|ons) ",
        "{kamer}": f"(?:{recipients}) ",
        "^": r"(?<![\s\S])",
        "…": r"(?:[^ ;]+ ){0,8}?",
        "~": r"(?:[^ ;,]+ ){0,3}?",
    }


def _phrases(data: dict, parts: dict[str, str]) -> tuple[Phrase, ...]:
    """Phrases as patterns over the words of a sentence, joined by single spaces in lower case."""
    found = []
    for group in data["phrases"]:
        for wording in group["list"]:
            phrase = with_lists(wording, data["lists"])
            rule = f"{group['stance']}.{'-'.join(re.findall(r'[a-z]+', wording)[:4])}"
            negated = group.get("negated", group["stance"])
            found.append(
                Phrase(
                    rule=rule,
                    stance=stance_named(group["stance"], rule),
                    pattern=re.compile(_phrase_pattern(phrase, parts)),
                    needs=tuple(
                        frozenset(piece.split("|"))
                        for piece in phrase.split()
                        if piece not in parts and not piece.startswith("!")
                    ),
                    negated=stance_named(negated, rule),
                    leads=group.get("leads", False),
                    rank=group.get("rank", 0.75),
                    points_back=group.get("points_back", False),
                )
            )
    return tuple(found)


def _phrase_pattern(phrase: str, parts: dict[str, str]) -> str:
    """ "voor {nl} is|blijft": each word or alternative followed by a space; "…" brings its own spaces."""
    pieces = []
    for piece in phrase.split():
        if piece in parts:
            pieces.append(parts[piece])
        elif piece.startswith("!"):  # "volgt !op|uit": not in front of these
            pieces.append(f"(?!(?:{'|'.join(map(re.escape, piece[1:].split('|')))}) )")
        else:
            pieces.append(f"(?:{'|'.join(re.escape(word) for word in piece.split('|'))}) ")
    return "(?<![^ ])" + "".join(pieces)
