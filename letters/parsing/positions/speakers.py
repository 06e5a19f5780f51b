"""Where a sentence lets the Netherlands speak or act, and where it only names it.

The word in front of the name decides: a finite verb ("Daarom verwelkomde ook Nederland"), nothing or a comma ("Nederland
verwelkomde"), "waaronder", "door", or something that makes it no subject ("van Nederland", "dat Nederland").
"""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile

from letters.parsing.positions.grammar import (
    agrees,
    clause_start,
    skip_adverbs,
    skip_adverbs_back,
    starts_with,
)
from letters.parsing.positions.mentions import Before, Names, mention_at
from letters.parsing.positions.rules import Rules, Subject
from letters.parsing.positions.words import Word

_CLAUSE_MARKS = {",", ";", ":"}
_JOINING = {"en", "alsook", "evenals", "alsmede"}
_CONJUNCTIONS = {"maar", "want", "doch", "dus", "of", *_JOINING}
#: Between a subject and its verb: "Nederland, als gastland, …", "Nederland en Duitsland …", "Nederland samen met …"
_INSERTED = {",", "samen", "als", "naast", "met", *_JOINING}
#: How many words may stand between a subject and its verb: "Nederland en een aantal gelijkgezinde bondgenoten spraken"
_REACH = 16
#: How many words may stand behind "waaronder Nederland" before the group ends: "waaronder Nederland, Canada en Noorwegen,"
_GROUP_REACH = 10
_POINTING = {"dit", "dat", "het", "er", "deze"}
_COPULAS = {"is", "zijn", "was", "waren", "blijft", "blijven", "gaat", "ging", "betreft"}
#: No sentence lets the Netherlands speak more often; bounds the work on hostile text.
_MOST_SPEAKERS = 12
#: "realiseert", "herstructureerde": no other word ends so
_LOAN_VERB = re.compile(r"[a-zà-ÿ]{3,}eer(?:t|de)")
#: "traint", "verdubbelde"
_VERB_SHAPE = re.compile(r"[a-zà-ÿ]+(?:[^aeiou]t|[aeiou]{2}t|[dt]e)")


class Role(Enum):
    SUBJECT = auto()  # of a main clause whose finite verb stands at ``finite``
    SUBORDINATE = auto()  # "waarbij Nederland …"
    CONTENT = auto()  # "dat Nederland …", which counts only behind a verb that tells
    AGENT = auto()  # "door Nederland"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The Netherlands at ``words[start:end]``. ``inverted``: the verb stands in front of it."""

    name: str
    start: int
    end: int
    person: str
    certainty: float
    role: Role
    finite: int = -1
    inverted: bool = False
    with_others: bool = False
    is_person: bool = False
    is_thing_perhaps: bool = False  # "het", which may be no country
    is_framed: bool = False  # "dat neemt niet weg dat Nederland …"

    @property
    def persons(self) -> set[str]:
        """The forms that the verb may have: "Nederland en Duitsland hebben", "zowel Nederland als Duitsland heeft"."""
        return {self.person, "plural"} if self.with_others else {self.person}


def find_speakers(words: list[Word], before: Before, names: Names, rules: Rules) -> list[Speaker]:
    """The speakers of a sentence in order. ``names`` are those of Dutch ministers."""
    found = []
    place = 0
    while place < len(words) and len(found) < _MOST_SPEAKERS:
        agent = next(
            (
                phrase
                for phrase in rules.agents.get(words[place].low, ())
                if starts_with(words, place, phrase)
            ),
            None,
        )
        mention = None if agent else mention_at(words, place, before, names, rules)
        end = place + len(agent) if agent else mention[1] if mention else place + 1
        speaker = None
        if agent:
            speaker = Speaker(_text(words, place, end), place, end, "third", 0.95, Role.AGENT)
        elif mention:
            speaker = _speaker(words, place, end, mention[0], rules)
        if speaker is not None:
            found.append(speaker)
        place = end
    return found


def is_attributed_to_others(words: list[Word], rules: Rules) -> bool:
    """Whether the sentence says whose words these are: "Volgens SACEUR …", "…, aldus de SG"."""
    for place, word in enumerate(words[:-1]):
        if (word.low, place) != ("volgens", 0) and not starts_with(words, place - 1, (",", "aldus")):
            continue
        ours = rules.subjects.get(words[place + 1].low, ())
        if not any(starts_with(words, place + 1, subject.words) for subject in ours):
            named = takewhile(lambda word: word.low not in rules.auxiliaries, words[place + 1 : place + 4])
            return any(word.low in rules.others or word.capital for word in named)
    return False


def _text(words: list[Word], start: int, end: int) -> str:
    return " ".join(word.text for word in words[start:end])


def _speaker(words: list[Word], start: int, end: int, subject: Subject, rules: Rules) -> Speaker | None:
    joined = end + 1 < len(words) and words[end].low in _JOINING and words[end + 1].low not in rules.finite
    joined = joined or _row_follows(words, end, rules)
    speaker = Speaker(
        name=_text(words, start, end),
        start=start,
        end=end,
        person=subject.person,
        certainty=subject.certainty,
        role=Role.SUBJECT,
        with_others=subject.with_others or joined,
        is_person=subject.is_person,
        is_thing_perhaps=subject.is_thing_perhaps,
    )
    before = skip_adverbs_back(words, start, rules)
    if before >= 0 and (words[before].low in _JOINING or _joins_both(words, before)):
        own = _with_own_clause(words, before, speaker, rules)
        return own or _joined_speaker(words, before, replace(speaker, with_others=True), rules)
    return _speaker_behind(words, before, speaker, rules)


def _with_own_clause(words: list[Word], conjunction: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "De SG stelde een fonds voor en | Nederland steunde dit": no row of names stands in front of "en"."""
    before = words[conjunction - 1] if conjunction > 0 else None
    if before is None or words[conjunction].low != "en" or before.capital or before.low in rules.others:
        return None
    return None if before.low in (",", "zowel") else _with_verb_behind(words, speaker, rules)


def _row_follows(words: list[Word], end: int, rules: Rules) -> bool:
    """ "Namen Nederland | , België en Duitsland deel"."""
    names = list(takewhile(lambda word: _is_part_of_row(word, rules), words[end : end + 8]))
    return len(names) > 3 and names[0].low == "," and names[1].capital and names[-2].low == "en"


def _joins_both(words: list[Word], place: int) -> bool:
    """ "Zowel de VS | als | Nederland"."""
    return words[place].low == "als" and any(word.low == "zowel" for word in words[max(0, place - 8) : place])


def _speaker_behind(words: list[Word], before: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """The speaker, given the place of the word that decides about it (-1: the sentence begins with it)."""
    low = words[before].low if before >= 0 else ""
    behind = words[speaker.end].low if speaker.end < len(words) else ""
    if low == "," and behind in rules.included:
        return _group(words, before, replace(speaker, end=speaker.end + 1), rules)
    if (
        low == "als" and before > 0 and words[before - 1].low in rules.others
    ):  # "landen als Nederland en Noorwegen"
        return _with_verb_behind(words, replace(speaker, with_others=True, person="plural"), rules)
    if low == "namens" and before > 0 and rules.auxiliaries.get(words[before - 1].low) in ("passive", "be"):
        return replace(speaker, role=Role.AGENT)
    if low in rules.including or starts_with(words, before - 1, ("onder", "wie")):
        return _group(words, before, speaker, rules)
    if low == "door":
        return replace(speaker, role=Role.AGENT)
    if low in ("namens", "naast") and before == 0:
        return _with_verb_behind(words, replace(speaker, with_others=True), rules)
    if low in rules.prepositions:
        return None
    if low in rules.complementisers:
        framed = any(starts_with(words, before + 1 - len(frame), frame) for frame in rules.frames)
        if framed or low in rules.telling or _describes_what_is_meant(words, before, rules):
            return replace(speaker, role=Role.SUBORDINATE, is_framed=framed)
        return replace(speaker, role=Role.CONTENT) if low == "dat" else None
    if low == "" or low in _CLAUSE_MARKS or low in _CONJUNCTIONS:
        return _with_verb_behind(words, speaker, rules)
    is_verb = agrees(words, before, speaker.persons, rules) or _is_unknown_verb(words, before, speaker, rules)
    if (
        before > 0
        and is_verb
        and words[before - 1].low != "te"
        and not _somebody_else_speaks(words, before, rules)
    ):
        return replace(speaker, finite=before, inverted=True)
    return None


def _describes_what_is_meant(words: list[Word], relative: int, rules: Rules) -> bool:
    """ "Dit is een stap | die | Nederland toejuicht"; not "het is een misverstand | dat | Nederland …"."""
    front = [word.low for word in words[:relative]]
    copula = next((place for place, low in enumerate(front[:-1]) if low in _COPULAS), None)
    if copula is None or not rules.complementisers.isdisjoint(front[1:copula]):
        return False
    if words[relative].low not in ("die", "dat") and not words[relative].low.startswith("waar"):
        return False
    article = front[copula + 1]
    if words[relative].low == "dat":  # "het is staand beleid dat Nederland …" is no relative clause
        is_predicate = article in ("een", "iets") or front[copula + 1 : copula + 3] == ["om", "een"]
    else:
        is_predicate = article in ("een", "de", "het", "iets") or (front[0] in _POINTING and copula == 1)
    return is_predicate and rules.doubtful.isdisjoint(front) and rules.negations.isdisjoint(front)


def _is_unknown_verb(words: list[Word], place: int, speaker: Speaker, rules: Rules) -> bool:
    """ "Daarmee bundelt | Nederland": what looks like a verb behind a phrase, not "met bondgenoot | Nederland"."""
    if speaker.person != "third" or place == 0:
        return False
    if _LOAN_VERB.fullmatch(words[place].low):
        return True
    before = words[place - 1].low
    is_noun = before in rules.prepositions or before in rules.determiners
    return not is_noun and _looks_finite(words[place], rules) and _opens_phrase(words[0].low, rules)


def _joined_speaker(words: list[Word], conjunction: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "Duitsland en Nederland": what stands in front of the whole row decides."""
    place = conjunction - 1
    while place > 0 and (_is_part_of_row(words[place], rules) or words[place].low == "zowel"):
        place -= 1
    low = words[max(place, 0)].low
    if low in rules.prepositions or low in rules.complementisers:
        return _speaker_behind(words, place, speaker, rules)
    plural = replace(speaker, person="plural")
    if place > 0 and agrees(words, place, {"plural"}, rules):
        return replace(plural, finite=place, inverted=True)
    return _with_verb_behind(words, plural, rules) or _with_verb_behind(words, speaker, rules)


def _is_part_of_row(word: Word, rules: Rules) -> bool:
    if word.low in rules.prepositions or word.low in rules.finite or word.low in rules.auxiliaries:
        return False
    return word.capital or word.low in (",", "de", "het", "en")


def _with_verb_behind(words: list[Word], speaker: Speaker, rules: Rules) -> Speaker | None:
    """The speaker with the finite verb behind it: "Nederland verwelkomde", "Nederland, als gastland, verwelkomde"."""
    place = skip_adverbs(words, speaker.end, rules)
    if place >= len(words):
        return None
    if agrees(words, place, speaker.persons, rules) or words[place].low in rules.facts:
        return replace(speaker, finite=place)
    if words[place].low in _INSERTED:
        return _with_far_verb(words, place, speaker, rules)
    if place == speaker.end and speaker.person == "third" and _looks_finite(words[place], rules):
        return replace(speaker, finite=place)
    return None


def _with_far_verb(words: list[Word], place: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "Nederland en een aantal andere landen | spraken": the verb behind what is inserted at ``place``."""
    is_row = words[place].low in _JOINING or words[place].low == "samen"
    speaker = replace(speaker, with_others=speaker.with_others or is_row)
    between_commas = words[place].low == ","
    for far in range(place + 1, min(place + _REACH, len(words))):
        low = words[far].low
        if low in (";", ":") or (low in rules.complementisers and not between_commas):
            return None
        if agrees(words, far, speaker.persons | {"plural"}, rules):
            before = words[skip_adverbs_back(words, far, rules)]
            if not between_commas or before.low == "," or before.capital:
                return replace(speaker, finite=far, with_others=speaker.with_others or before.capital)
    return None


def _looks_finite(word: Word, rules: Rules) -> bool:
    """Whether this may be a verb that the rules do not know."""
    if word.capital or len(word.low) < 4 or not _VERB_SHAPE.fullmatch(word.low):
        return False
    small_words = (rules.facts, rules.prepositions, rules.adverbs, rules.complementisers, rules.determiners)
    return not any(word.low in known for known in (*small_words, rules.negations))


def _group(words: list[Word], before: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "Een aantal bondgenoten, waaronder Nederland, pleitte": the verb behind the group, or else in front of it."""
    speaker = replace(speaker, with_others=True, certainty=speaker.certainty * 0.95)
    start = clause_start(words, before)
    behind = skip_adverbs(words, speaker.end, rules)
    if words[before - 1].low != "," and behind < len(words) and agrees(words, behind, speaker.persons, rules):
        return replace(speaker, finite=behind)
    for place in range(speaker.end, min(speaker.end + _GROUP_REACH, len(words))):
        verb = skip_adverbs(words, place + 1, rules)
        if words[place].low == "," and verb < len(words) and agrees(words, verb, speaker.persons, rules):
            return None if words[start].low in rules.prepositions else replace(speaker, finite=verb)
    if words[start].low == "door":  # "Door diverse landen, Nederland incluis, is benadrukt"
        return replace(speaker, role=Role.AGENT)
    opener = next((p for p in range(before - 1, start, -1) if words[p].low in rules.complementisers), None)
    if opener is not None and words[opener].low not in (
        "die",
        "dat",
    ):  # "waarna veel landen, waaronder Nederland, …"
        is_told = words[opener].low in rules.telling
        return replace(speaker, role=Role.SUBORDINATE, person="plural") if is_told else None
    verb = next((place for place in range(start, before) if agrees(words, place, speaker.persons, rules)), 0)
    if rules.auxiliaries.get(words[verb].low) in ("passive", "be") and any(
        word.low == "door" for word in words[verb:before]
    ):  # "werd door veel bondgenoten, waaronder Nederland, gesteund"
        return replace(speaker, role=Role.AGENT)
    if verb == 0 or _somebody_else_speaks(words, verb, rules):
        return None
    return replace(speaker, finite=verb, inverted=True)


def _somebody_else_speaks(words: list[Word], finite: int, rules: Rules) -> bool:
    """Whether another actor stands in front of the verb: "De SG | bedankte | Nederland", "Frankrijk | vroeg | Nederland"."""
    start = clause_start(words, finite)
    comma = next((place for place in range(finite - 1, start - 1, -1) if words[place].low == ","), start - 1)
    front = words[comma + 1 : finite] or words[start:finite]
    front = [word for word in front if word.low not in ("ook", "maar", "en", "zowel")]
    opener = words[start].low
    if comma == finite - 1 and opener == "dat":
        return False  # "Dat alle bondgenoten meedoen, | verheugt | Nederland"
    if len(front) == 1 and front[0].low in rules.fronted:
        return False  # "Zorgen | uitte | Nederland over …"
    if not front or (_opens_phrase(opener, rules) and all(word.capital for word in front)):
        return False  # "Samen met België, Denemarken en Noorwegen | heeft | Nederland"
    first = front[0].low
    if first not in rules.others and (
        _opens_phrase(first, rules) or first in rules.complementisers - {"die", "dat"}
    ):
        return False
    end = next((i for i, word in enumerate(front) if _ends_noun_phrase(word, rules)), len(front))
    if any(word.low in rules.others or word.low.startswith("motie-") for word in front[:end]):
        return True
    is_name = first not in rules.determiners and all(word.capital for word in front)
    return is_name and end == len(front) <= 3


def _opens_phrase(low: str, rules: Rules) -> bool:
    """ "Daarom", "Hierbij", "Uiteindelijk", "In", "Evenmin": behind such a beginning the subject follows the verb."""
    if low in rules.prepositions or low in rules.adverbs or low in rules.negations or low in rules.comparing:
        return True
    return low.startswith(("hier", "daar")) or low.endswith(("lijk", "weg", "zijds"))


def _ends_noun_phrase(word: Word, rules: Rules) -> bool:
    return (
        word.low in rules.prepositions
        or word.low == ","
        or word.low in rules.complementisers - {"die", "dat"}
    )
