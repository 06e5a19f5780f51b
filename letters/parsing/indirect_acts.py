"""Positions in which the Netherlands is not the subject of a main clause.

"Er is door Nederland op gewezen", "waarbij Nederland benadrukte", "voor Nederland is van belang", "stemt Nederland hoopvol".
"""

from dataclasses import replace

from letters.parsing.acts import Act, act_of, meaning_of
from letters.parsing.clauses import Clause, closes
from letters.parsing.grammar import clause_start
from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.position_rules import Phrase, Rules
from letters.parsing.promises import PassivePromise
from letters.parsing.speakers import Speaker
from letters.parsing.words import Word

#: How far an auxiliary or a participle may stand from "door Nederland" or behind "waarbij Nederland".
_REACH = 30


def find_passive_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """ "Er is door Nederland op gewezen dat …", "werd mede door Nederland gesteund"."""
    start = clause_start(words, speaker.start)
    for place in range(speaker.start - 1, start - 1, -1):
        if words[place].low == ",":
            break
        if words[place].low in rules.complementisers:
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


def find_phrase_act(words: list[Word], rules: Rules) -> Act | None:
    """ "Voor Nederland blijft …", "op aandringen van Nederland": a position without a verb of its own."""
    line = "".join(f"{word.low} " for word in words)
    for phrase in rules.phrases:
        match = phrase.pattern.search(line)
        if match is not None:
            wording = _wording(words, line, match.span())
            subject = _wording(words, line, match.span("nl")) if "nl" in match.re.groupindex else ""
            return Act(phrase.stance, wording, subject, phrase.rule, 0.75, Moment.STATED)
    return None


def _wording(words: list[Word], line: str, span: tuple[int, int]) -> str:
    """The letter's own words at ``line[start:end]``, where each word of the line is followed by a space."""
    first = line.count(" ", 0, span[0])
    last = first + len(line[slice(*span)].split())
    return " ".join(word.text for word in words[first:last])


def passive_promise_act(words: list[Word], promise: PassivePromise) -> Act:
    verb = " ".join(words[place].text for place in sorted(promise.places))
    return Act(Stance.PROMISE, verb, "", promise.rule, 0.85, Moment.PLANNED)
