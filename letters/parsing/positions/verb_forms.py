"""The forms of the verbs in ``letters/data/positions/verbs.toml``, to look up what a word may be a form of."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finite:
    verb: str
    persons: frozenset[str]
    past: bool
    particle: str = ""  # joined, in a subordinate clause: "opriep"


@dataclass(frozen=True, slots=True)
class Nonfinite:
    verb: str
    particle: str = ""
    be: bool = False  # its perfect takes "is"


def _persons(forms: list[str]) -> list[frozenset[str]]:
    """ik, hij, wij; where ik and hij are alike the file gives the form once."""
    names = [["first"], ["third"], ["plural"]] if len(forms) == 3 else [["first", "third"], ["plural"]]
    return [frozenset(name) for name in names]


def finite_forms(verbs: dict, particles: dict[str, set[str]]) -> dict[str, tuple[Finite, ...]]:
    """Finite forms by themselves, or (given particles) joined with a particle, as subordinate clauses have them."""
    found = defaultdict(list)
    for verb, entry in verbs.items():
        for tense in ("present", "past"):
            forms = entry[tense].split()
            for alternatives, persons in zip(forms, _persons(forms), strict=True):
                for form in alternatives.split("|"):  # "zei|zegde"
                    found[form].append(Finite(verb, persons, tense == "past"))
                    for particle in particles.get(verb, ()):
                        found[particle + form].append(Finite(verb, persons, tense == "past", particle))
    return {form: tuple(readings) for form, readings in found.items()}


def nonfinite_forms(
    verbs: dict, particles: dict[str, set[str]], kind: str
) -> dict[str, tuple[Nonfinite, ...]]:
    found = defaultdict(list)
    for verb, entry in verbs.items():
        form = entry["participle"] if kind == "participle" else verb
        for particle in ("", *sorted(particles.get(verb, ()))):
            found[particle + form].append(Nonfinite(verb, particle, entry.get("be", False)))
    return {form: tuple(readings) for form, readings in found.items()}
