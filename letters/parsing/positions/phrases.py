"""Positions in set phrases, without a verb of the Netherlands' own: "voor Nederland is van belang", "stemt Nederland hoopvol"."""

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.acts import Act
from letters.parsing.positions.grammar import FUTURE, starts_with
from letters.parsing.positions.promises import passes_on_this_letter
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.words import Word

_ENDS_REACH = {",", ";", ":"}


def find_phrase_act(
    words: list[Word], rules: Rules, *, leads: bool = False, pointed_at: bool = False
) -> tuple[Act, range] | None:
    """ "Voor Nederland blijft …", "op aandringen van Nederland": a position without a verb of its own, and its place.

    ``leads``: only the phrases in which the Netherlands is not the subject of the verb beside it ("stemt Nederland hoopvol").
    ``pointed_at``: the sentence before has the Netherlands as its subject, so that "naar zijn oordeel" may be its judgement.
    """
    line = "".join(f"{word.low} " for word in words)
    present = {word.low for word in words}
    for phrase in rules.phrases:
        if (
            phrase.leads is not leads
            or (phrase.points_back and not pointed_at)
            or any(map(present.isdisjoint, phrase.needs))
        ):
            continue
        match = phrase.pattern.search(line)
        if match is not None and phrase.stance is None:
            return None
        if match is None or (phrase.stance is Stance.PROMISE and passes_on_this_letter(words, rules)):
            continue
        places = _places(line, match.span())
        named = _places(line, match.span("nl")) if "nl" in match.re.groupindex else range(0)
        denial = _denial(words, places, rules)
        stance = phrase.stance if denial is None else phrase.negated
        if denial is None and stance is not Stance.PROMISE and _is_diminished(words, places, rules):
            stance = Stance.VIEW
        if stance is not None:
            shown = {*places} if denial is None or stance is phrase.stance else {*places, denial}
            wording, subject = (
                " ".join(words[place].text for place in sorted(part)).replace(" ,", ",")
                for part in (shown, named)
            )
            return Act(
                stance,
                wording,
                subject,
                phrase.rule,
                phrase.rank,
                _phrase_moment(words, places, stance, rules),
            ), places
    return None


def _phrase_moment(words: list[Word], places: range, stance: Stance, rules: Rules) -> Moment:
    """By the verb in the phrase: "de boodschap van Nederland was", "zal zijn"; a promise is about later."""
    lows = {words[place].low for place in places}
    if stance is Stance.PROMISE or lows & FUTURE:
        return Moment.PLANNED
    readings = [rules.finite[low] for low in lows if low in rules.finite]
    is_past = any(all(reading.past for reading in of_word) for of_word in readings)
    return Moment.DELIVERED if is_past else Moment.STATED


def _places(line: str, span: tuple[int, int]) -> range:
    """Which words stand at ``line[start:end]``, where each word of the line is followed by a space."""
    first = line.count(" ", 0, span[0])
    return range(first, first + len(line[slice(*span)].split()))


def _is_diminished(words: list[Word], places: range, rules: Rules) -> bool:
    """ "Kan nauwelijks | op de steun van Nederland rekenen", "heeft weinig steun van het kabinet"."""
    around = range(max(0, places.start - 2), places.stop)
    phrases = (*rules.diminishing, *rules.diminishing_verbs)
    return any(starts_with(words, place, phrase) for place in around for phrase in phrases)


def _denial(words: list[Word], places: range, rules: Rules) -> int | None:
    """Where a "niet" or "geen" stands in or beside the phrase: "verheugt Nederland | niet", "kan niet | op steun …"."""
    for place in range(max(0, places.start - 2), min(len(words), places.stop + 2)):
        low = words[place].low
        if low in rules.negations and not any(
            starts_with(words, place + 1, phrase) for phrase in rules.not_negating
        ):
            between = words[places.stop : place] or words[place + 1 : places.start]
            if not any(word.low in _ENDS_REACH or word.low in rules.complementisers for word in between):
                return place
    return None
