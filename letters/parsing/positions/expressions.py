"""What the wordings in ``meanings.toml`` and ``promises.toml`` of ``letters/data/positions/`` mean."""

import re
from collections import defaultdict
from dataclasses import dataclass

from letters.parsing.parsed_letter import Moment, Stance

#: What "zich" is called by ik and wij.
_REFLEXIVES = ("zich", "mij", "me", "ons")
#: One or the other sequence of words: "van belang|wenselijk" is (("van", "belang"), ("wenselijk",)).
Choice = tuple[tuple[str, ...], ...]
#: "@zorg": the words of a list
_LIST = re.compile(r"@(\w+)")


class RulesError(ValueError):
    """The rules file says something that cannot be; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One meaning of a verb. ``stance`` is None where the wording is known to be no position."""

    rule: str
    verb: str
    stance: Stance | None
    particle: str = ""
    shown: tuple[Choice, ...] = ()
    about: tuple[Choice, ...] = ()
    without: tuple[Choice, ...] = ()
    negated: Stance | None = None
    weak: bool = False
    rank: float = 0.9
    sure: bool = False
    recipient: bool = True
    tells: bool = False  # its infinitive tells the act: "laat weten … te steunen"
    intends: bool = False  # what is intended says more: "streeft ernaar uw Kamer te informeren"
    moment: Moment | None = None  # when the wording itself tells: "is voornemens"
    collective: bool = False  # an act of the country, not of a minister in person: "neemt deel aan de missie"
    spoken: bool = (
        False  # by a minister in person: only in the past, since in the present he tells it to the Kamer
    )
    must: bool = False  # what the Netherlands must say, it says: "moet vaststellen"


def stance_named(name: str, rule: str) -> Stance | None:
    if name == "none":
        return None
    try:
        return Stance(name)
    except ValueError:
        raise RulesError(f"data/positions: {rule!r} heeft een onbekend stance {name!r}") from None


def with_lists(wording: str, lists: dict[str, str]) -> str:
    """A wording with the words of a list for its name: "@zorg" becomes "zorg|zorgen|bezorgdheid"."""
    try:
        return _LIST.sub(lambda match: "|".join(lists[match[1]].split()), wording)
    except KeyError as error:
        raise RulesError(
            f"data/positions: {wording!r} noemt een lijst {error} die niet onder [lists] staat"
        ) from None


def _choice(alternatives: str, lists: dict[str, str]) -> Choice:
    """The alternatives as words; "zich" stands for what ik and wij say too."""
    found = []
    for words in with_lists(alternatives, lists).lower().split("|"):
        reflexives = _REFLEXIVES if "zich" in words.split() else ("",)
        found += [
            tuple(pronoun if word == "zich" else word for word in words.split()) for pronoun in reflexives
        ]
    return tuple(found)


def _expression(entry: dict, stance: str, data: dict) -> Expression:
    stance = entry.get("stance", stance)
    particle = entry.get("particle", "")
    shown = entry.get("with", [])
    about = entry.get("about", [])
    detail = [*shown, *about][:1]
    rule = f"{stance}.{particle}{entry['verb']}" + "".join(
        f"+{words.split('|')[0].replace(' ', '-').lstrip('@')}" for words in detail
    )
    return Expression(
        rule=rule,
        verb=entry["verb"],
        stance=stance_named(stance, rule),
        particle=particle,
        shown=tuple(_choice(words, data["lists"]) for words in shown),
        about=tuple(_choice(words, data["lists"]) for words in about),
        without=tuple(_choice(words, data["lists"]) for words in entry.get("without", [])),
        negated=stance_named(entry.get("negated", data["negation"].get(stance, "none")), rule),
        weak=entry.get("weak", False),
        rank=entry.get("rank", 0.9),
        sure=entry.get("sure", False),
        recipient=entry.get("recipient", True),
        tells=entry.get("tells", False),
        intends=entry.get("intends", False),
        must=entry.get("must", False),
        collective=entry.get("collective", False),
        spoken=entry.get("spoken", False),
        moment=Moment(entry["moment"]) if "moment" in entry else None,
    )


def read_expressions(data: dict) -> list[Expression]:
    return [
        _expression(entry, group["stance"], data) for group in data["expressions"] for entry in group["list"]
    ]


def read_promises(data: dict) -> list[Expression]:
    return [_expression(entry, Stance.PROMISE, data) for entry in data["promises"]["list"]]


def fronted_words(expressions: list[Expression]) -> frozenset[str]:
    """Words of the expressions that may open a sentence by themselves: "Zorgen uitte Nederland", "Tevreden is het kabinet"."""
    choices = [choice for expression in expressions for choice in (*expression.shown, *expression.about)]
    return frozenset(words[0] for choice in choices for words in choice if len(words) == 1)


def by_verb(expressions: list[Expression]) -> dict[str, tuple[Expression, ...]]:
    """Per verb, as the file has them, except that the bare verb comes last."""
    grouped = defaultdict(list)
    for expression in expressions:
        grouped[expression.verb].append(expression)
    return {verb: tuple(sorted(found, key=_is_bare)) for verb, found in grouped.items()}


def _is_bare(expression: Expression) -> bool:
    return not (expression.particle or expression.shown or expression.about)
