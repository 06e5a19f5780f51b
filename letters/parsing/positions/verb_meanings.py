"""What one verb form with the Netherlands as its subject means: by the rules, or by its shape when they do not know it."""

from dataclasses import replace

from letters.parsing.parsed_letter import Stance
from letters.parsing.positions.clauses import Clause, Match, match_expression
from letters.parsing.positions.expressions import Expression
from letters.parsing.positions.promises import match_promise

UNKNOWN_RANK = 0.6
UNLISTED = ".unlisted"


def meaning_of(clause: Clause, place: int, readings: tuple, *, intended: bool = False) -> Match | None:
    """What the verb form at ``place`` means, given the verbs (with a joined particle or not) that it may belong to."""
    for particle in dict.fromkeys(reading.particle for reading in readings):
        verbs = [reading.verb for reading in readings if reading.particle == particle]
        match = match_promise(clause, verbs, place, particle, intended=intended) or match_expression(
            clause, verbs, place, particle
        )
        if match is not None:
            return match
    return None


def unknown_verb(clause: Clause, place: int, stance: Stance) -> Match | None:
    """A verb that the rules do not know, with the country or the government as its plain subject."""
    if clause.speaker.is_person and clause.auxiliary is None:
        return None  # "de minister opende de tentoonstelling"
    is_plain = clause.speaker.person == "third" or clause.speaker.with_others
    if not is_plain and clause.auxiliary != "perfect":
        return None
    if clause.words[place].low in clause.rules.facts:
        return None
    expression = Expression(
        f"{stance}{UNLISTED}", clause.words[place].low, stance, rank=UNKNOWN_RANK, negated=Stance.VIEW
    )
    return Match(expression, frozenset({place}), place)


def as_wish(match: Match | None) -> Match | None:
    """What the Netherlands wants to do, it has not done: "wil tot een groeipad komen" is a view."""
    if match is None or match.expression.stance not in (None, Stance.ACTION):
        return match
    return replace(match, expression=replace(match.expression, stance=Stance.VIEW))
