"""Positions in which the Netherlands is not the subject of a main clause.

"Er is door Nederland op gewezen", "waarbij Nederland benadrukte", "voor Nederland is van belang", "stemt Nederland hoopvol".
"""

from dataclasses import replace

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.acts import Act, act_of, meaning_of
from letters.parsing.positions.clauses import Clause, Match, closes
from letters.parsing.positions.grammar import clause_start, skip_adverbs_back, starts_with
from letters.parsing.positions.promises import PassivePromise, passes_on_this_letter
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.speakers import Role, Speaker
from letters.parsing.positions.words import Word

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
    clause = Clause(words, replace(speaker, finite=speaker.end - 1), rules)
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
            return replace(act, verb=_shown(clause, match), moment=Moment.STATED if now else Moment.DELIVERED)
    return None


def tell_content(clause: Clause, act: Act, speakers: list[Speaker]) -> Act:
    """What "dat Nederland …" says behind a verb that tells, or else the act itself: "liet weten dat Nederland bereid is"."""
    content = None
    for speaker in speakers:
        opening = skip_adverbs_back(clause.words, speaker.start, clause.rules)
        if act.tells and speaker.role is Role.CONTENT and opening == clause.near.stop - 1:
            content = _content_act(clause.words, speaker, clause.rules)
    if content is None:
        return act
    return replace(
        act,
        stance=content.stance,
        verb=f"{act.verb} {content.verb}",
        rule=content.rule,
        confidence=min(act.confidence, content.confidence),
        weak=False,
    )


def _content_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """The act of "dat Nederland … zal leveren"; None for what it must do, wants or thinks."""
    clause = Clause(words, replace(speaker, finite=speaker.end - 1), rules)
    helpers = {rules.auxiliaries.get(words[place].low) for place in clause.near}
    if helpers & {"must", "want", "passive"}:
        return None
    for place in clause.near[1:]:
        match = meaning_of(clause, place, _content_readings(clause, place, helpers))
        act = act_of(clause, match and replace(match, certainty=0.85))
        if act is None or not match.shown.issubset(clause.near):
            continue
        if act.stance in (Stance.VIEW, Stance.PROMISE) or (act.stance is Stance.ACTION and "can" in helpers):
            return None
        return replace(act, verb=_shown(clause, match))
    return None


def _shown(clause: Clause, match: Match) -> str:
    return clause.text_of(match.shown | ({clause.negation(match)} - {None}))


def _content_readings(clause: Clause, place: int, helpers: set[str | None]) -> tuple:
    """What the verb at ``place`` may be at the end of a clause: "levert", "geleverd heeft", "zal leveren"."""
    words, rules = clause.words, clause.rules
    low, following = words[place].low, words[place + 1 : place + 2]
    is_helper = low in rules.auxiliaries
    ends = closes(words, place, rules) or any(word.low in rules.auxiliaries for word in following)
    if not ends and not is_helper:
        return ()
    finite = [
        r
        for r in (*rules.finite.get(low, ()), *rules.joined.get(low, ()))
        if clause.speaker.persons & r.persons
    ]
    if finite:
        return tuple(finite)
    if helpers & {"perfect", "be"} and low in rules.participles:
        is_be = "perfect" not in helpers
        return tuple(reading for reading in rules.participles[low] if reading.be or not is_be)
    if helpers & {"future", "can", "stay"} and words[place - 1].low not in ("te", *rules.determiners):
        return rules.infinitives.get(low, ())
    return ()


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
    present = {word.low for word in words}
    for phrase in rules.phrases:
        if phrase.leads is not leads or any(map(present.isdisjoint, phrase.needs)):
            continue
        match = phrase.pattern.search(line)
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
