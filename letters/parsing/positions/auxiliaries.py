"""What an auxiliary with its infinitives or participles means: "zal … vragen", "heeft … gesteund", "is voorstander"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from letters.parsing.parsed_letter import Stance
from letters.parsing.positions.clauses import Clause, Match, closes
from letters.parsing.positions.verb_forms import Nonfinite
from letters.parsing.positions.verb_meanings import UNKNOWN_RANK, as_wish, meaning_of, unknown_verb
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
#: "Nederland zal worden gevraagd": the Netherlands does nothing here.
_PASSIVES = {"worden", "geworden"}


def auxiliary_matches(clause: Clause) -> Iterator[Match | None]:
    """What an auxiliary's infinitives or participles mean: "zal … doen en daarbij aandacht vragen"."""
    if clause.auxiliary == "passive" or any(clause.words[place].low in _PASSIVES for place in clause.near):
        return
    previous = None
    found = False
    own = _own_meaning(clause)
    for place, readings in nonfinite_words(clause):
        if own is not None and place not in clause.near:
            break  # "gaat ervan uit dat alle landen meedoen"
        if found and not _is_coordinated(clause, previous, place):
            break
        match = (
            as_wish(meaning_of(clause, place, readings))
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
    return unknown_verb(clause, place, stance) if is_plain else None


def nonfinite_words(clause: Clause) -> Iterator[tuple[int, tuple[Nonfinite, ...]]]:
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
    expression = replace(match.expression, stance=Stance.VIEW, rank=UNKNOWN_RANK)
    return replace(match, expression=expression) if unknown else match


def _auxiliary_alone(clause: Clause) -> Match | None:
    """An auxiliary with a meaning of its own ("is voorstander") or with a verb that the rules do not know."""
    match = _own_meaning(clause)
    if match is not None:
        return _withdrawn(clause, match)
    shape, stance = _UNKNOWN.get(clause.auxiliary, (None, None))
    for place in clause.near[2:]:
        if shape and shape.fullmatch(clause.words[place].low) and _is_unknown_verb(clause, place):
            return unknown_verb(clause, place, stance)
    if clause.auxiliary == "want":  # "wil een sterke pijler"
        return unknown_verb(clause, clause.finite, Stance.VIEW)
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
