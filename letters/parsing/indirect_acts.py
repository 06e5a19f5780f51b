"""Positions in which the Netherlands is not the subject of a main clause.

"Er is door Nederland op gewezen", "waarbij Nederland benadrukte", "voor Nederland is van belang", "stemt Nederland hoopvol".
"""

from dataclasses import replace

from letters.parsing.acts import Act, act_of, meaning_of
from letters.parsing.clauses import Clause, closes
from letters.parsing.grammar import clause_start, starts_with
from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.position_rules import Rules
from letters.parsing.promises import PassivePromise, passes_on_this_letter
from letters.parsing.speakers import Speaker
from letters.parsing.words import Word

#: How far an auxiliary or a participle may stand from "door Nederland" or behind "waarbij Nederland".
_REACH = 30
_ENDS_REACH = {",", ";", ":"}


def find_passive_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """ "Er is door Nederland op gewezen dat …", "werd mede door Nederland gesteund"."""
    start = clause_start(words, speaker.start)
    for place in range(speaker.start - 1, start - 1, -1):
        if words[place].low == ",":
            break
        if words[place].low in rules.complementisers and place > start:
            return None  # "de F-16's die door Nederland zijn geleverd"
    end = min(len(words), speaker.end + _REACH)
    around = range(max(start, speaker.start - _REACH), end)
    finite = next(
        (place for place in around if rules.auxiliaries.get(words[place].low) in ("passive", "be")), None
    )
    if finite is None:
        return None
    clause = Clause(words, replace(speaker, finite=min(finite, speaker.start)), rules)
    for place in range(speaker.end, end):
        if words[place].low in rules.complementisers:
            break
        match = meaning_of(clause, place, rules.participles.get(words[place].low, ()))
        act = act_of(clause, match and replace(match, certainty=0.9))
        if act is not None and act.stance is not Stance.PROMISE:
            now = words[finite].low in ("wordt", "worden")
            verb = clause.text_of(match.shown | {finite})
            return replace(act, verb=verb, moment=Moment.STATED if now else Moment.DELIVERED)
    return None


def find_subordinate_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """ "…, waarbij Nederland het belang van een geleidelijke afbouw benadrukte", "zoals Nederland heeft voorgesteld"."""
    end = min(len(words), speaker.end + _REACH)
    clause = Clause(words, replace(speaker, finite=speaker.end), rules)
    kinds = {rules.auxiliaries.get(words[place].low) for place in range(speaker.end, end)}
    for place in range(speaker.end, end):
        low = words[place].low
        if low in rules.complementisers or low in (";", ":"):
            break
        if not closes(words, place, rules):
            continue
        finite = [
            r for r in (*rules.finite.get(low, ()), *rules.joined.get(low, ())) if speaker.person in r.persons
        ]
        readings = finite or (rules.participles.get(low, ()) if "perfect" in kinds else ())
        match = meaning_of(clause, place, readings)
        act = act_of(clause, match and replace(match, certainty=0.75))
        if act is not None and act.stance not in (Stance.PROMISE, Stance.ACTION):
            now = bool(finite) and not finite[0].past
            return replace(
                act, verb=clause.text_of(match.shown), moment=Moment.STATED if now else Moment.DELIVERED
            )
    return None


def find_member_act(clause: Clause) -> Act | None:
    """ "Nederland was een van de landen die het voorstel steunden", "behoorde tot de bondgenoten die aandrongen"."""
    words, rules = clause.words, clause.rules
    if rules.member_verbs.isdisjoint(reading.verb for reading in rules.finite.get(clause.verb, ())):
        return None
    for place in clause.near[:-1]:
        if words[place].low in rules.negations:
            return None
        if words[place].low in rules.member_groups and words[place + 1].low == "die":
            group = replace(clause.speaker, end=place + 2, person="plural", with_others=True)
            act = find_subordinate_act(words, group, rules)
            return replace(act, weak=True) if act is not None else None
    return None


def find_phrase_act(words: list[Word], rules: Rules, *, leads: bool = False) -> tuple[Act, range] | None:
    """ "Voor Nederland blijft …", "op aandringen van Nederland": a position without a verb of its own, and its place.

    ``leads``: only the phrases in which the Netherlands is not the subject of the verb beside it ("stemt Nederland hoopvol").
    """
    line = "".join(f"{word.low} " for word in words)
    for phrase in rules.phrases:
        match = phrase.pattern.search(line) if phrase.leads is leads else None
        if match is None or (phrase.stance is Stance.PROMISE and passes_on_this_letter(words, rules)):
            continue
        places = _places(line, match.span())
        named = _places(line, match.span("nl")) if "nl" in match.re.groupindex else range(0)
        denial = _denial(words, places, rules)
        stance = phrase.stance if denial is None else phrase.negated
        if stance is not None:
            shown = {*places} if denial is None or stance is phrase.stance else {*places, denial}
            wording, subject = (
                " ".join(words[place].text for place in sorted(part)) for part in (shown, named)
            )
            return Act(stance, wording, subject, phrase.rule, 0.75, Moment.STATED), places
    return None


def _places(line: str, span: tuple[int, int]) -> range:
    """Which words stand at ``line[start:end]``, where each word of the line is followed by a space."""
    first = line.count(" ", 0, span[0])
    return range(first, first + len(line[slice(*span)].split()))


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


def passive_promise_act(words: list[Word], promise: PassivePromise) -> Act:
    verb = " ".join(words[place].text for place in sorted(promise.places))
    return Act(Stance.PROMISE, verb, "", promise.rule, 0.85, Moment.PLANNED)
