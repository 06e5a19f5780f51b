"""What a verb with the Netherlands as its subject means: the act, its stance, and the words that show it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.auxiliaries import auxiliary_matches, nonfinite_words
from letters.parsing.positions.clauses import Clause, Match
from letters.parsing.positions.grammar import agrees, skip_adverbs
from letters.parsing.positions.promises import is_about_this_letter, passes_on_this_letter
from letters.parsing.positions.verb_meanings import UNLISTED, as_wish, meaning_of, unknown_verb

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
        matches = auxiliary_matches(clause)
    else:
        meaning = meaning_of(clause, clause.finite, clause.rules.finite.get(clause.verb, ()))
        matches = iter([meaning or unknown_verb(clause, clause.finite, Stance.ACTION)])
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
                yield as_wish(content) if words[place - 1].low == "willen" else content


def _speaks_for_himself(clause: Clause) -> bool:
    """What a minister means to do in person ("te spreken met") is no act of the country."""
    return clause.speaker.is_person or clause.speaker.person == "first"


def act_of(clause: Clause, match: Match | None) -> Act | None:
    if match is None or match.expression.stance is None:
        return None
    expression, stance = match.expression, match.expression.stance
    has_people_as_object = expression.verb in clause.rules.addressing or expression.rule.endswith(UNLISTED)
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
    begun = clause.auxiliary == "be" and any(True for _ in nonfinite_words(clause))
    done = clause.auxiliary == "perfect" and match.main != clause.finite  # not "heeft begrip"
    return Moment.DELIVERED if clause.is_past or done or begun else Moment.STATED
