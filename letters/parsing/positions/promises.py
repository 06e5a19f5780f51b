"""What the government promises the Kamer: to inform it, to send it something, to come back to a subject.

Passing on this letter ("Hierbij informeer ik uw Kamer") and telling what was sent before ("Uw Kamer is geïnformeerd")
are no promises; a promise to allies or to Ukraine is an action.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letters.parsing.positions.clauses import LONGEST_CLAUSE, Clause, Match, find_choice, places_of
from letters.parsing.positions.grammar import starts_with
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.words import Word

_PASSIVE_FUTURE = {"wordt", "worden", "word", "zal", "zullen", "zult"}
#: A passive of these is nothing that reaches the Kamer: "is uw Kamer toegezegd".
_NOT_PASSIVE = {"zeggen", "betrekken"}


@dataclass(frozen=True, slots=True)
class PassivePromise:
    """The places of the finite verb and of all words that show the promise."""

    finite: int
    places: frozenset[int]
    rule: str


def match_promise(
    clause: Clause, verbs: Sequence[str], main: int, particle: str = "", *, intended: bool = False
) -> Match | None:
    """The promise that a verb makes, now or as what is intended. Its expression has no stance where it only looks like one."""
    for expression in (e for verb in verbs for e in clause.rules.promises.get(verb, ())):
        shown = places_of(clause, expression, clause.far, main, particle)
        if shown is None:
            continue
        addressed = any(found.start in clause.far for found in _recipients(clause.words, clause.rules))
        if not addressed and (expression.recipient or clause.speaker.name in ("Nederland", "NL")):
            continue
        past = clause.is_past or (clause.auxiliary in ("perfect", "be") and not intended)
        later = (
            intended or expression.sure or clause.auxiliary in ("future", "stay") or _speaks_of_later(clause)
        )
        tells_now = clause.auxiliary == "can" and expression.verb in (
            "melden",
            "berichten",
        )  # "kan ik u melden dat"
        if past or not later or tells_now or passes_on_this_letter(clause.words, clause.rules):
            expression = replace(expression, stance=None)
        return Match(expression, shown, main)
    return None


def find_passive_promise(words: list[Word], rules: Rules) -> PassivePromise | None:
    """ "Hierover wordt uw Kamer nader geïnformeerd", "Uw Kamer zal voor de zomer een brief ontvangen"."""
    recipient = next(_recipients(words, rules), None)
    if recipient is None or passes_on_this_letter(words, rules):
        return None
    found = (_promise_at(words, finite, recipient, rules) for finite in range(len(words)))
    return next((promise for promise in found if promise is not None), None)


def passes_on_this_letter(words: list[Word], rules: Rules) -> bool:
    """Whether the sentence is about this letter or its annex: "Met deze brief voldoe ik aan het verzoek"."""
    return any(_covers(words, place, cover) for place in range(len(words)) for cover in rules.covers)


def _covers(words: list[Word], place: int, cover: tuple[str, ...]) -> bool:
    """Whether the words speak of this letter; "in de bijlage | bij het projectenoverzicht" speaks of another paper."""
    if not starts_with(words, place, cover):
        return False
    behind = place + len(cover)
    is_of_another = cover[-1] == "bijlage" and starts_with(words, behind, ("bij",))
    is_of_this = starts_with(words, behind + 1, ("deze",)) or starts_with(words, behind + 1, ("dit",))
    return not is_of_another or is_of_this


def is_about_this_letter(words: list[Word], rules: Rules) -> bool:
    """ "In de volgende paragrafen gaat het kabinet in op …"; not "hierbij", which may be said of a meeting."""
    covers = [cover for cover in rules.covers if len(cover) > 1]
    return any(starts_with(words, place, cover) for place in range(len(words)) for cover in covers)


def _speaks_of_later(clause: Clause) -> bool:
    """ "Later", "in het voorjaar", "voor 1 juli", "in mei"; not "over de top van 24 juni"."""
    words = clause.words
    in_a_month = any(
        starts_with(words, place, ("in", month)) and not starts_with(words, place + 2, ("jl",))
        for place in range(len(words) - 1)
        for month in clause.rules.months
    )
    before_a_date = any(
        words[place].low in ("voor", "vóór") and words[place + 1].low.isdigit()
        for place in range(len(words) - 1)
    )
    return before_a_date or in_a_month or any(word.low in clause.rules.futures for word in words)


def _recipients(words: list[Word], rules: Rules) -> Iterator[range]:
    for place in range(len(words)):
        for recipient in rules.recipients.get(words[place].low, ()):
            if starts_with(words, place, recipient):
                yield range(place, place + len(recipient))


def _promise_at(words: list[Word], finite: int, recipient: range, rules: Rules) -> PassivePromise | None:
    beside = finite in (recipient.start - 1, recipient.stop)
    person = "plural" if words[recipient.stop - 1].low.endswith("s") else "third"
    if beside and any(
        reading.verb in rules.receiving and not reading.past and person in reading.persons
        for reading in rules.finite.get(words[finite].low, ())
    ):
        return PassivePromise(finite, frozenset({finite}), "promise.ontvangen")
    if words[finite].low not in _PASSIVE_FUTURE or (finite > 0 and words[finite - 1].low == "te"):
        return None
    clause = range(finite + 1, min(len(words), finite + LONGEST_CLAUSE))
    is_passive = words[finite].low.startswith("word") or any(words[place].low == "worden" for place in clause)
    for place in clause:
        if is_passive:
            promise = _participle_promise(words, finite, place, clause, rules)
            if promise is not None:
                return promise
        elif words[place].low in rules.receiving and beside:
            return PassivePromise(finite, frozenset({finite, place}), "promise.ontvangen")
    return None


def _participle_promise(
    words: list[Word], finite: int, place: int, clause: range, rules: Rules
) -> PassivePromise | None:
    for reading in rules.participles.get(words[place].low, ()):
        for expression in rules.promises.get(reading.verb, ()):
            if expression.particle != reading.particle or expression.verb in _NOT_PASSIVE:
                continue
            shown = [find_choice(words, choice, clause) for choice in expression.shown]
            if all(shown):
                return PassivePromise(finite, frozenset({finite, place}.union(*shown)), expression.rule)
    return None
