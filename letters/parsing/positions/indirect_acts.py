"""Positions in which the Netherlands is not the subject of a main clause.

"Er is door Nederland op gewezen", "waarbij Nederland benadrukte", "een van de landen die het voorstel steunden".
"""

from dataclasses import replace

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.acts import Act, act_of
from letters.parsing.positions.clauses import Clause, Match, closes
from letters.parsing.positions.grammar import (
    FUTURE,
    begins_clause,
    clause_start,
    skip_adverbs_back,
)
from letters.parsing.positions.promises import PassivePromise
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.speakers import Role, Speaker
from letters.parsing.positions.verb_meanings import meaning_of
from letters.parsing.positions.words import Word

#: How far an auxiliary or a participle may stand from "door Nederland" or behind "waarbij Nederland".
_REACH = 30


def find_passive_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """ "Er is door Nederland op gewezen dat …", "werd mede door Nederland gesteund", "werd gedeeld, ook door Nederland"."""
    start = clause_start(words, speaker.start)
    door = skip_adverbs_back(words, speaker.start, rules)
    if words[door].low == "door" and words[door - 1].low in rules.determiners - {"zijn"}:
        return None  # "de door Nederland ingediende tekst werd aanvaard"
    participle = _participle_before(words, start, speaker, rules)
    for place in range(speaker.start - 1, start - 1, -1):
        if words[place].low == "," and participle is None and not speaker.with_others:
            break
        if words[place].low in rules.complementisers and place > start:
            return None  # "de F-16's die door Nederland zijn geleverd"
    end = min(len(words), speaker.end + _REACH)
    around = range(max(start, speaker.start - _REACH), end)
    finite = next(
        (place for place in around if rules.auxiliaries.get(words[place].low) in ("passive", "be")), None
    )
    is_elliptic = participle is not None and (finite is None or finite > speaker.end)
    if is_elliptic:
        finite = participle if words[participle - 1].low in (",", *rules.adverbs) else None
    if finite is None:
        return None
    clause = Clause(words, replace(speaker, finite=min(finite, speaker.start)), rules)
    for place in range(speaker.end, end) if participle is None else (participle,):
        if words[place].low in rules.complementisers:
            break
        match = meaning_of(clause, place, rules.participles.get(words[place].low, ()))
        act = act_of(clause, match and replace(match, certainty=0.7 if is_elliptic else 0.9))
        is_told = act is not None and (participle is None or act.stance is not Stance.ACTION)
        if is_told and act.stance is not Stance.PROMISE:
            helpers = [p for p in around if words[p].low in FUTURE and p < place]
            verb = clause.text_of(match.shown | {finite, *helpers[:1]})
            return replace(act, verb=verb, moment=_told_moment(words, [finite, *helpers]))
    return None


def _told_moment(words: list[Word], places: list[int]) -> Moment:
    """What the helping verbs at these places say: "zal worden", "werd", "wordt"; "is" with a participle is the past."""
    lows = {words[place].low for place in places}
    if lows & FUTURE:
        return Moment.PLANNED
    return Moment.STATED if lows & {"wordt", "worden"} else Moment.DELIVERED


def _participle_before(words: list[Word], start: int, speaker: Speaker, rules: Rules) -> int | None:
    """ "Werd breed gedeeld, ook door Nederland", "Canada, gesteund door Nederland, wees op": the participle in front."""
    if speaker.with_others:
        return None
    door = skip_adverbs_back(words, speaker.start, rules)
    if door < 0 or words[door].low != "door":
        return None
    place = skip_adverbs_back(words, door, rules)
    if place > start and words[place].low == ",":
        place -= 1
    return place if place > start and words[place].low in rules.participles else None


def find_subordinate_act(words: list[Word], speaker: Speaker, rules: Rules) -> Act | None:
    """ "…, waarbij Nederland het belang van een geleidelijke afbouw benadrukte", "zoals Nederland heeft voorgesteld"."""
    end = min(len(words), speaker.end + _REACH)
    clause = Clause(words, replace(speaker, finite=speaker.end - 1), rules)
    kinds = {rules.auxiliaries.get(words[place].low) for place in range(speaker.end, end)}
    for place in range(speaker.end, end):
        low = words[place].low
        if low in (";", ":") or begins_clause(words, place, speaker.end, rules):
            break
        if not closes(words, place, rules):
            continue
        finite = [
            r for r in (*rules.finite.get(low, ()), *rules.joined.get(low, ())) if speaker.person in r.persons
        ]
        readings = finite or (rules.participles.get(low, ()) if "perfect" in kinds else ())
        if not readings and kinds & {"future", "can", "stay"} and words[place - 1].low != "te":
            readings = rules.infinitives.get(low, ())
        match = meaning_of(clause, place, readings)
        act = act_of(clause, match and replace(match, certainty=0.75))
        told = act is not None and (act.stance is not Stance.ACTION or speaker.is_framed)
        if told and act.stance is not Stance.PROMISE:
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
        if act.stance is Stance.PROMISE and speaker.person != "first":
            return None
        if act.stance is Stance.VIEW or (act.stance is Stance.ACTION and "can" in helpers):
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


def passive_promise_act(words: list[Word], promise: PassivePromise) -> Act:
    verb = " ".join(words[place].text for place in sorted(promise.places))
    return Act(Stance.PROMISE, verb, "", promise.rule, 0.85, Moment.PLANNED)
