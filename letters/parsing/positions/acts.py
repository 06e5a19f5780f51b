"""What a verb with the Netherlands as its subject means: the act, its stance, and the words that show it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.clauses import Clause, Match, closes, match_expression
from letters.parsing.positions.expressions import Expression
from letters.parsing.positions.grammar import agrees, skip_adverbs
from letters.parsing.positions.promises import is_about_this_letter, match_promise, passes_on_this_letter
from letters.parsing.positions.verb_forms import Nonfinite
from letters.parsing.sessions.heads import COUNTS

#: "(heeft) opgeschort", "(heeft) herzien": a participle that the rules do not know
_PARTICIPLE = re.compile(
    r"(?:[a-zà-ÿ]{2,5})?ge[a-zà-ÿ]{3,}(?:d|t|en)|(?:be|ver|ont|her|er)[a-zà-ÿ]{3,}(?:d|t|en)"
)
#: "weggeredeneerd": no noun looks like this
_SEPARATED = re.compile(
    r"(?:op|af|in|weg|los|terug|uit|aan|over|bij|toe|mee|na|om|kwijt|vrij)ge[a-zà-ÿ]{3,}(?:d|t|en)"
)
#: "besprekingen", "verantwoordelijkheden": nouns that look like one
_NOUN_ENDINGS = ("ingen", "heden", "ties")
_INFINITIVE = re.compile(r"\b(?:[a-zà-ÿ]{2,}en|[a-zà-ÿ]*(?:gaan|staan|slaan|doen|zien))")
#: What an unknown verb behind an auxiliary is taken for.
_UNKNOWN = {
    "perfect": (_PARTICIPLE, Stance.ACTION),
    "future": (_INFINITIVE, Stance.ACTION),
    "stay": (_INFINITIVE, Stance.ACTION),
    "want": (_INFINITIVE, Stance.VIEW),
}
_UNKNOWN_RANK = 0.6
_UNLISTED = ".unlisted"
#: "Nederland zal worden gevraagd": the Netherlands does nothing here.
_PASSIVES = {"worden", "geworden"}
#: What is hardly so is not so: "heeft weinig waardering". A small contribution remains one.
_DIMINISHED = set(Stance) - {Stance.VIEW, Stance.ACTION, Stance.PROMISE}
_CONJUNCTIONS = {"en", "maar", "alsmede", "alsook", "doch", "of"}


@dataclass(frozen=True, slots=True)
class Act:
    stance: Stance
    verb: str
    subject: str
    rule: str
    confidence: float
    moment: Moment
    with_others: bool = False
    weak: bool = False
    tells: bool = False  # its clause with "dat" may say more: "gaf aan dat Nederland … steunt"


def find_acts(clause: Clause) -> Iterator[Act]:
    """The acts of one finite verb: one, or as many as it has coordinated infinitives or participles."""
    if clause.auxiliary is not None:
        matches = _auxiliary_matches(clause)
    else:
        meaning = meaning_of(clause, clause.finite, clause.rules.finite.get(clause.verb, ()))
        matches = iter([meaning or _unknown(clause, clause.finite, Stance.ACTION)])
    for match in (_content(clause, found) for found in matches):
        act = act_of(clause, match)
        if act is not None:
            yield act


def following_acts(clause: Clause, used: set[int]) -> Iterator[Act]:
    """The acts of coordinated verbs that share the subject: "… en blijft erop aandringen dat …"."""
    words, rules = clause.words, clause.rules
    for place in clause.far:
        if words[place].low not in _CONJUNCTIONS or place <= clause.speaker.end:
            continue
        verb = skip_adverbs(words, place + 1, rules)
        if verb >= len(words) or verb in used or not agrees(words, verb, clause.speaker.persons, rules):
            continue
        looks_like_infinitive = (
            words[verb].low in rules.infinitives and words[verb].low not in rules.auxiliaries
        )
        if looks_like_infinitive or _has_other_subject(clause, verb):
            continue
        used.add(verb)
        yield from find_acts(clause.with_finite(verb))


def _has_other_subject(clause: Clause, verb: int) -> bool:
    """ "Tijdens de sessie steunde Nederland … en benadrukte | Frankrijk …"."""
    following = clause.words[verb + 1 : verb + 3]
    return clause.speaker.inverted and any(word.low in clause.rules.others for word in following)


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


def _auxiliary_matches(clause: Clause) -> Iterator[Match | None]:
    """What an auxiliary's infinitives or participles mean: "zal … doen en daarbij aandacht vragen"."""
    if clause.auxiliary == "passive" or any(clause.words[place].low in _PASSIVES for place in clause.near):
        return
    previous = None
    found = False
    own = _own_meaning(clause)
    for place, readings in _nonfinite_forms(clause):
        if own is not None and place not in clause.near:
            break  # "gaat ervan uit dat alle landen meedoen"
        if found and not _is_coordinated(clause, previous, place):
            break
        match = (
            _wish(meaning_of(clause, place, readings))
            if clause.auxiliary == "want"
            else meaning_of(clause, place, readings)
        )
        match = match or _unlisted_use(clause, place)
        found = found or (match is not None and match.expression.stance is not None)
        previous = place
        yield match
    if previous is None:
        yield _auxiliary_alone(clause)


def _unlisted_use(clause: Clause, place: int) -> Match | None:
    """A verb that the rules know, in a wording that they do not: "heeft zitting genomen"."""
    _, stance = _UNKNOWN.get(clause.auxiliary, (None, None))
    is_noun = clause.words[place - 1].low in clause.rules.determiners  # "zijn zorgen"
    is_plain = stance is Stance.ACTION and not is_noun and closes(clause.words, place, clause.rules)
    return _unknown(clause, place, stance) if is_plain else None


def _content(clause: Clause, match: Match | None) -> Match | None:
    """ "Streeft ernaar uw Kamer te informeren" promises, "is voornemens deel te nemen" to a meeting says nothing,
    "nam de gelegenheid te baat om het belang te onderstrepen" underlines.
    """
    if match is None or not (match.expression.intends or match.expression.tells):
        return match
    content = next(_contents(clause, match), None)
    if content is None:
        return match
    attends = content.expression.collective and _speaks_for_himself(clause)
    stance = None if attends else content.expression.stance
    if match.expression.tells:
        says_more = stance is not None and not content.expression.weak
    elif stance is None:
        attends = attends or _speaks_for_himself(clause) or content.shown != {content.main}
        says_more = attends and match.expression.stance is Stance.ACTION
    else:
        says_more = stance is Stance.PROMISE
    return replace(content, shown=content.shown | match.shown) if says_more else match


def _contents(clause: Clause, match: Match) -> Iterator[Match]:
    """What the infinitives with "te" mean: "te informeren", "te kunnen informeren"."""
    words = clause.words
    for place in clause.near if match.expression.tells else clause.far:
        readings = clause.rules.infinitives.get(words[place].low, ())
        modal = clause.rules.auxiliaries.get(words[place - 1].low) in ("can", "future", "want")
        if readings and place not in match.shown and words[place - (2 if modal else 1)].low == "te":
            content = meaning_of(clause, place, readings, intended=match.expression.intends)
            if content is not None:
                yield _wish(content) if words[place - 1].low == "willen" else content


def _speaks_for_himself(clause: Clause) -> bool:
    """What a minister means to do in person ("te spreken met") is no act of the country."""
    return clause.speaker.is_person or clause.speaker.person == "first"


def _wish(match: Match | None) -> Match | None:
    """What the Netherlands wants to do, it has not done: "wil tot een groeipad komen" is a view."""
    if match is None or match.expression.stance not in (None, Stance.ACTION):
        return match
    return replace(match, expression=replace(match.expression, stance=Stance.VIEW))


def _nonfinite_forms(clause: Clause) -> Iterator[tuple[int, tuple[Nonfinite, ...]]]:
    """The infinitives or participles that may belong to the auxiliary: those in the nearest clause, or else further on."""
    wants_participle = clause.auxiliary in ("perfect", "be")
    forms = clause.rules.participles if wants_participle else clause.rules.infinitives
    found = False
    for region in (clause.near, clause.far):
        for place in region:
            readings = forms.get(clause.words[place].low, ())
            if wants_participle and not readings and _is_in_cluster(clause, place):
                readings = clause.rules.infinitives.get(clause.words[place].low, ())
            if clause.auxiliary == "be":
                readings = tuple(reading for reading in readings if reading.be)
            if place > clause.finite and readings and (wants_participle or _is_verbal(clause, place)):
                found = True
                yield place, readings
        if found:
            return


def _is_in_cluster(clause: Clause, place: int) -> bool:
    """ "Heeft laten weten", "heeft kunnen instemmen": an infinitive that stands for a participle."""
    words, rules = clause.words, clause.rules
    after = words[place + 1].low if place + 1 < len(words) else ""
    if words[place].low == "laten":
        return bool(_INFINITIVE.fullmatch(after))
    return words[place].low in rules.infinitives and words[place - 1].low in (
        "kunnen",
        "moeten",
        "willen",
        "blijven",
    )


def _is_verbal(clause: Clause, place: int) -> bool:
    """Not "het versterken van", not "te versterken" (but "dient te versterken"), not the first of "blijven steunen"."""
    words, rules = clause.words, clause.rules
    before, low = words[place - 1].low, words[place].low
    after = words[place + 1].low if place + 1 < len(words) else ""
    if low == "zijn" and not closes(words, place, rules):
        return False  # "zal zijn steun uitspreken"
    if before == "te" and not clause.verb.startswith(("dien", "hoef", "blij", "ble")):
        return False
    if before in rules.determiners and (after in ("van", "en") or after in rules.infinitives):
        return False
    return not ((low in rules.auxiliaries or low == "laten") and after in rules.infinitives)


def _is_coordinated(clause: Clause, first: int, second: int) -> bool:
    between = [word.low for word in clause.words[first + 1 : second]]
    return "en" in between and not any(low == "te" or low in clause.rules.complementisers for low in between)


def _own_meaning(clause: Clause) -> Match | None:
    """What an auxiliary means by itself: "is voorstander", "gaat ervan uit"."""
    match = meaning_of(clause, clause.finite, clause.rules.finite.get(clause.verb, ()))
    return match if match is not None and match.expression.stance is not None else None


def _withdrawn(clause: Clause, match: Match) -> Match:
    """ "Heeft zijn bezwaar ontzenuwd": with a participle that the rules do not know it is not what the Netherlands has."""
    unknown = clause.auxiliary == "perfect" and any(
        _SEPARATED.fullmatch(clause.words[place].low) and closes(clause.words, place, clause.rules)
        for place in clause.near[2:]
        if place not in match.shown
    )
    expression = replace(match.expression, stance=Stance.VIEW, rank=_UNKNOWN_RANK)
    return replace(match, expression=expression) if unknown else match


def _auxiliary_alone(clause: Clause) -> Match | None:
    """An auxiliary with a meaning of its own ("is voorstander") or with a verb that the rules do not know."""
    match = _own_meaning(clause)
    if match is not None:
        return _withdrawn(clause, match)
    shape, stance = _UNKNOWN.get(clause.auxiliary, (None, None))
    for place in clause.near[2:]:
        if shape and shape.fullmatch(clause.words[place].low) and _is_unknown_verb(clause, place):
            return _unknown(clause, place, stance)
    if clause.auxiliary == "want":  # "wil een sterke pijler"
        return _unknown(clause, clause.finite, Stance.VIEW)
    return None


def _is_unknown_verb(clause: Clause, place: int) -> bool:
    """Not the nouns of "wil vervoer over grenzen binnen drie dagen"."""
    words, rules = clause.words, clause.rules
    low, before = words[place].low, words[place - 1].low
    known = (
        low in rules.adverbs
        or low in rules.prepositions
        or low in rules.finite
        or low.endswith(_NOUN_ENDINGS)
    )
    of_noun = (
        before in rules.determiners or before in rules.prepositions or before in COUNTS or before.isdigit()
    )
    return not known and not of_noun and closes(words, place, rules)


def _unknown(clause: Clause, place: int, stance: Stance) -> Match | None:
    """A verb that the rules do not know, with the country or the government as its plain subject."""
    if clause.speaker.is_person and clause.auxiliary is None:
        return None  # "de minister opende de tentoonstelling"
    is_plain = clause.speaker.person == "third" or clause.speaker.with_others
    if not is_plain and clause.auxiliary != "perfect":
        return None
    if clause.words[place].low in clause.rules.facts:
        return None
    expression = Expression(
        f"{stance}{_UNLISTED}", clause.words[place].low, stance, rank=_UNKNOWN_RANK, negated=Stance.VIEW
    )
    return Match(expression, frozenset({place}), place)


def act_of(clause: Clause, match: Match | None) -> Act | None:
    if match is None or match.expression.stance is None:
        return None
    expression, stance = match.expression, match.expression.stance
    has_people_as_object = expression.verb in clause.rules.addressing or expression.rule.endswith(_UNLISTED)
    if has_people_as_object and clause.front_may_be_subject and clause.auxiliary != "want":
        return None
    places = match.shown | {clause.finite}
    confidence = expression.rank * match.certainty * clause.speaker.certainty
    negation = clause.negation(match)
    if negation is not None:
        if stance is Stance.ACTION and "nog" in (
            clause.words[negation - 1].low,
            clause.words[negation - 2].low,
        ):
            return None  # "heeft nog geen besluit genomen": nothing done, nothing refused
        neither = (
            clause.is_hedged(negation) or clause.words[negation].low == "noch"
        )  # "verheugd noch bezorgd"
        stance = Stance.VIEW if neither else expression.negated
        places, confidence = places | {negation}, confidence * 0.9
    if negation is None and stance in _DIMINISHED:
        hardly = clause.diminished(match)
        stance, places = (Stance.VIEW, places | hardly) if hardly else (stance, places)
    if _speaks_for_himself(clause) and (
        expression.collective or (expression.spoken and not _is_told_before(clause))
    ):
        return None
    if clause.speaker.is_thing_perhaps and (
        stance is Stance.ACTION or expression.verb in clause.rules.of_things
    ):
        return None
    if stance is None or _is_out_of_place(clause, match, stance):
        return None
    return Act(
        stance=stance,
        verb=clause.text_of(places),
        subject=clause.speaker.name,
        rule=expression.rule,
        confidence=confidence,
        moment=expression.moment
        if expression.moment and negation is None
        else _moment(clause, match, stance),
        with_others=clause.speaker.with_others or clause.names_companions(),
        weak=expression.weak,
        tells=(expression.weak or expression.tells) and negation is None,
    )


def _is_told_before(clause: Clause) -> bool:
    return (
        clause.is_past
        or clause.auxiliary == "perfect"
        or any(clause.words[place].low in ("heb", "heeft", "hebben", "had", "ben") for place in clause.near)
    )


def _is_out_of_place(clause: Clause, match: Match, stance: Stance) -> bool:
    """Not what the Netherlands must or may do, and not what the writer of a letter says to its reader."""
    stands_alone = match.main == clause.finite  # "diende een plan in"
    if (
        clause.auxiliary == "must"
        and not stands_alone
        and not match.expression.must
        and not (clause.verb.startswith("moest") and stance is Stance.VIEW)
    ):
        return True  # but "moest benadrukken", "moet constateren"
    if clause.auxiliary == "can" and stance is Stance.ACTION:
        return True
    if match.expression.weak and is_about_this_letter(clause.words, clause.rules):
        return True
    if stance is Stance.PROMISE:
        return False
    if clause.speaker.person == "third":  # "de minister van Defensie en ik hopen u hiermee …"
        return any(clause.words[place].low == "u" for place in clause.near)
    speaks_to_reader = any(clause.words[place].low in ("u", "uw") for place in clause.near)
    return speaks_to_reader or passes_on_this_letter(clause.words, clause.rules)


def _moment(clause: Clause, match: Match, stance: Stance) -> Moment:
    if stance is Stance.PROMISE or (clause.auxiliary == "future" and not clause.verb.startswith("zou")):
        return Moment.PLANNED  # but "zou graag zien" is said now
    begun = clause.auxiliary == "be" and any(True for _ in _nonfinite_forms(clause))
    done = clause.auxiliary == "perfect" and match.main != clause.finite  # not "heeft begrip"
    return Moment.DELIVERED if clause.is_past or done or begun else Moment.STATED
