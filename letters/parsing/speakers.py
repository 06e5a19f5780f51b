"""Where a sentence lets the Netherlands speak or act, and where it only names it.

The word in front of the name decides: a finite verb ("Daarom verwelkomde ook Nederland"), nothing or a comma ("Nederland
verwelkomde"), "waaronder", "door", or something that makes it no subject ("van Nederland", "dat Nederland").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from letters.parsing.parsed_letter import Signatory
from letters.parsing.position_rules import Rules, Subject
from letters.parsing.words import Word

_CLAUSE_MARKS = {",", ";", ":"}
_CONJUNCTIONS = {"en", "maar", "want", "doch", "dus", "of", "alsook", "evenals", "alsmede"}
_JOINING = {"en", "alsook", "evenals", "alsmede"}
#: How many words may stand between a subject and its verb: "Nederland en een aantal gelijkgezinde bondgenoten spraken"
_REACH = 16
#: "minister Kuleba", "de Zweedse minister", "haar ambtgenoot": after these "de minister" may be somebody else.
_OTHER_MINISTER = re.compile(
    r"\b\w+(?:se|nse|jnse) [Mm]inister\b|[Aa]mbtgenoot|[Cc]ollega|[Mm]inister (?!van |voor |die |heeft |zal )[A-Z]|[Mm]inister van \w+(?: Zaken)? van "
)
#: "realiseert", "herstructureerde": no other word ends so
_LOAN_VERB = re.compile(r"[a-zà-ÿ]{3,}eer(?:t|de)")
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.[- ]?)+")


class Role(Enum):
    SUBJECT = auto()  # of a main clause whose finite verb stands at ``finite``
    SUBORDINATE = auto()  # "waarbij Nederland …"
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


def signatory_names(signatories: Sequence[Signatory]) -> frozenset[tuple[str, ...]]:
    """Names as letters use them after a title: "H.G.J. Bruins Slot" gives "bruins slot", "Stef Blok" also "blok"."""
    names = set()
    for signatory in signatories:
        words = _INITIALS.sub("", signatory.name or "").lower().split()
        if words:
            names |= {tuple(words), tuple(words[-1:])}
    return frozenset(names)


def find_speakers(words: list[Word], before: str, names: frozenset[tuple[str, ...]], rules: Rules) -> list[Speaker]:
    """The speakers of a sentence in order. ``before`` is the text in front of it, ``names`` those of Dutch ministers."""
    found = []
    place = 0
    while place < len(words):
        agent = next((phrase for phrase in rules.agents if starts_with(words, place, phrase)), None)
        if agent is not None:
            name = " ".join(word.text for word in words[place : place + len(agent)])
            found.append(Speaker(name, place, place + len(agent), "third", 0.95, Role.AGENT))
            place += len(agent)
            continue
        mention = _mention(words, place, before, names, rules)
        if mention is None:
            place += 1
            continue
        subject, end = mention
        speaker = _speaker(words, place, end, subject, rules)
        if speaker is not None:
            found.append(speaker)
        place = end
    return found


def is_attributed_to_others(words: list[Word], rules: Rules) -> bool:
    """Whether the sentence says whose words these are: "Volgens SACEUR …", "…, aldus de SG"."""
    for place, word in enumerate(words[:-1]):
        is_attribution = (word.low == "volgens" and place == 0) or (word.low == "aldus" and place > 0 and words[place - 1].low == ",")
        ours = rules.subjects.get(words[place + 1].low, ())
        if is_attribution and not any(starts_with(words, place + 1, subject.words) for subject in ours):
            return any(following.low in rules.others or following.capital for following in words[place + 1 : place + 4])
    return False


def starts_with(words: Sequence[Word], place: int, sequence: Sequence[str]) -> bool:
    if len(words) - place < len(sequence) or words[place].low != sequence[0]:
        return False
    return all(words[place + i].low == expected for i, expected in enumerate(sequence))


def skip_adverbs(words: list[Word], place: int, rules: Rules) -> int:
    """The next place at or behind ``place`` where no adverb stands."""
    while place < len(words):
        phrase = next((p for p in rules.adverb_phrases if starts_with(words, place, p)), None)
        if phrase:
            place += len(phrase)
        elif words[place].low in rules.adverbs:
            place += 1
        else:
            break
    return place


def _skip_adverbs_back(words: list[Word], place: int, rules: Rules) -> int:
    """The last place before ``place`` where no adverb stands, or -1."""
    place -= 1
    while place >= 0:
        phrase = next(
            (p for p in rules.adverb_phrases if place + 1 >= len(p) and starts_with(words, place + 1 - len(p), p)), None
        )
        if phrase:
            place -= len(phrase)
        elif words[place].low in rules.adverbs:
            place -= 1
        else:
            break
    return place


def _mention(
    words: list[Word], place: int, before: str, names: frozenset[tuple[str, ...]], rules: Rules
) -> tuple[Subject, int] | None:
    for subject in rules.subjects.get(words[place].low, ()):
        if starts_with(words, place, subject.words) and (words[place].capital or not subject.capital):
            end = place + len(subject.words)
            if subject.is_office:
                return _office(words, subject, end, names, rules)
            if subject.words == ("de", "regering") and _is_foreign(words, end):
                return None
            return subject, end
    if words[place].low in rules.titles:
        end = _name_end(words, place + 1, names, rules)
        if end is not None:
            return Subject((words[place].low,), 0.9, "third"), end
    if starts_with(words, place, ("de", "minister")) and not _OTHER_MINISTER.search(before):
        following = words[place + 2] if len(words) > place + 2 else None
        if following is None or not (following.capital or following.low in ("van", "voor")):
            return Subject(("de", "minister"), 0.7, "third"), place + 2
    return None


def _office(
    words: list[Word], subject: Subject, end: int, names: frozenset[tuple[str, ...]], rules: Rules
) -> tuple[Subject, int] | None:
    """ "De minister van Defensie", unless "van Oekraïne" or a name that is not Dutch follows."""
    if _is_foreign(words, end):
        return None
    if end < len(words) and words[end].capital:
        name_end = _name_end(words, end, names, rules)
        return (subject, name_end) if name_end is not None else None
    return subject, end


def _is_foreign(words: list[Word], end: int) -> bool:
    return len(words) > end + 1 and words[end].low in ("van", "in", "te") and words[end + 1].low != "nederland" and (
        words[end + 1].capital or (words[end + 1].low in ("de", "het") and len(words) > end + 2 and words[end + 2].capital)
    )


def _name_end(words: list[Word], place: int, names: frozenset[tuple[str, ...]], rules: Rules) -> int | None:
    """Where the name of a Dutch minister ends that begins here, with or without a first name."""
    for skipped in (0, 1):
        for name in (*rules.ministers, *names):
            if starts_with(words, place + skipped, name):
                return place + skipped + len(name)
    return None


def _speaker(words: list[Word], start: int, end: int, subject: Subject, rules: Rules) -> Speaker | None:
    name = " ".join(word.text for word in words[start:end])
    joined = end + 1 < len(words) and words[end].low in _JOINING and words[end + 1].low not in rules.finite
    speaker = Speaker(
        name, start, end, subject.person, subject.certainty, Role.SUBJECT, with_others=subject.with_others or joined
    )
    before = _skip_adverbs_back(words, start, rules)
    low = words[before].low if before >= 0 else ""
    if low in _JOINING:
        return _joined_speaker(words, before, replace(speaker, with_others=True), rules)
    return _speaker_after(words, before, low, speaker, rules)


def _speaker_after(words: list[Word], before: int, low: str, speaker: Speaker, rules: Rules) -> Speaker | None:
    """The speaker, given the word ``low`` at ``before`` that decides about it ("" at the start of the sentence)."""
    if low in rules.including or (low == "wie" and words[before - 1].low == "onder"):
        return _group(words, before, speaker, rules)
    if low == "door":
        return replace(speaker, role=Role.AGENT)
    if low == "namens":
        return _with_verb_behind(words, speaker, rules, any_person=True) if before == 0 else None
    if low in rules.prepositions:
        return None
    if low in rules.complementisers:
        return replace(speaker, role=Role.SUBORDINATE) if low in rules.telling else None
    if low == "" or low in _CLAUSE_MARKS or low in _CONJUNCTIONS:
        return _with_verb_behind(words, speaker, rules)
    is_verb = before > 0 and (agrees(words, before, speaker, rules) or _LOAN_VERB.fullmatch(low))
    if is_verb and words[before - 1].low != "te":
        if somebody_else_speaks(words, before, rules):
            return None
        return replace(speaker, finite=before, inverted=True)
    return None


def _joined_speaker(words: list[Word], conjunction: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "Duitsland en Nederland": what stands in front of the whole row decides."""
    place = conjunction - 1
    while place >= 0 and (words[place].capital or words[place].low in (",", "de", "het", "en")) and place > 0:
        if words[place].low in rules.prepositions or words[place].low in rules.finite or words[place].low in rules.auxiliaries:
            break
        place -= 1
    row_starts_sentence = place <= 0 and (words[0].capital and words[0].low not in rules.prepositions)
    if row_starts_sentence and words[0].low not in rules.adverbs:
        return _with_verb_behind(words, replace(speaker, person="plural"), rules) or _with_verb_behind(words, speaker, rules)
    low = words[place].low
    if low in rules.prepositions or low in rules.complementisers:
        return _speaker_after(words, place, low, speaker, rules)
    if place > 0 and agrees(words, place, replace(speaker, person="plural"), rules):
        return replace(speaker, finite=place, inverted=True, person="plural")
    return _with_verb_behind(words, speaker, rules, any_person=True)


def agrees(words: list[Word], place: int, speaker: Speaker, rules: Rules) -> bool:
    """Whether a finite verb that may go with the speaker stands here."""
    low = words[place].low
    if low in rules.prepositions or low in rules.complementisers:
        return False
    persons = {speaker.person} | ({"plural"} if speaker.with_others else set())
    if low in rules.auxiliaries:
        return bool(persons & _auxiliary_persons(low))
    return any(persons & reading.persons for reading in rules.finite.get(low, ()))


#: Auxiliary forms of ik alone, and those that ik and hij share.
_FIRST_PERSON = {"heb", "ben", "word", "ga", "blijf", "wens"}
_FIRST_AND_THIRD = {"had", "was", "werd", "zal", "zou", "wil", "wilde", "kan", "kon", "moet", "moest", "mag", "mocht", "bleef", "wenste"}


def _auxiliary_persons(low: str) -> set[str]:
    if low in _FIRST_PERSON:
        return {"first"}
    if low in _FIRST_AND_THIRD:
        return {"first", "third"}
    return {"plural"} if low.endswith("en") or low in ("zijn", "gaan") else {"third"}


def _with_verb_behind(
    words: list[Word], speaker: Speaker, rules: Rules, *, any_person: bool = False
) -> Speaker | None:
    """The speaker with the finite verb behind it: "Nederland verwelkomde", "Nederland, als gastland, verwelkomde"."""
    if any_person:
        speaker = replace(speaker, with_others=True)
    place = skip_adverbs(words, speaker.end, rules)
    if place >= len(words):
        return None
    if agrees(words, place, speaker, rules):
        return replace(speaker, finite=place)
    if words[place].low in {",", "samen", "als", "naast", "met", *_JOINING}:
        return _with_far_verb(words, place, speaker, rules)
    if place == speaker.end and speaker.person == "third" and _looks_finite(words[place], rules):
        return replace(speaker, finite=place)
    return None


def _with_far_verb(words: list[Word], place: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    row = words[place].low in _JOINING or words[place].low == "samen"
    speaker = replace(speaker, with_others=speaker.with_others or row)
    inserted = words[place].low == ","
    for far in range(place + 1, min(place + _REACH, len(words))):
        low = words[far].low
        if low in (";", ":"):
            return None
        if low in rules.complementisers and not inserted:
            return None
        if agrees(words, far, replace(speaker, with_others=True), rules) and (not inserted or _follows_comma(words, far, rules)):
            return replace(speaker, finite=far)
    return None


def _follows_comma(words: list[Word], place: int, rules: Rules) -> bool:
    """Behind an inserted phrase the verb comes after its comma; in a row of names after the last name."""
    before = _skip_adverbs_back(words, place, rules)
    return words[before].low == "," or words[before].capital


def _looks_finite(word: Word, rules: Rules) -> bool:
    """A verb that the rules do not know: "traint", "verdubbelde"."""
    return (
        not word.capital
        and len(word.low) > 3
        and re.search(r"(?:[^aeiou]t|[aeiou]{2}t|[dt]e)$", word.low) is not None
        and word.low not in rules.facts | rules.prepositions | rules.adverbs | rules.complementisers | rules.determiners | rules.negations
    )


def _group(words: list[Word], before: int, speaker: Speaker, rules: Rules) -> Speaker | None:
    """ "Een aantal bondgenoten, waaronder Nederland, pleitte": the verb behind the group, or else in front of it."""
    speaker = replace(speaker, with_others=True, certainty=speaker.certainty * 0.95)
    for place in range(speaker.end, min(speaker.end + 10, len(words))):
        if words[place].low == ",":
            verb = skip_adverbs(words, place + 1, rules)
            if verb < len(words) and agrees(words, verb, speaker, rules):
                starts_with_preposition = words[clause_start(words, before - 1)].low in rules.prepositions
                return None if starts_with_preposition else replace(speaker, finite=verb)
    for place in range(clause_start(words, before), before):
        if agrees(words, place, speaker, rules):
            if place == 0 or somebody_else_speaks(words, place, rules):
                return None
            return replace(speaker, finite=place, inverted=True)
    return None


def clause_start(words: list[Word], place: int) -> int:
    """Where the stretch between ";" or ":" begins in which ``place`` lies."""
    for back in range(place, -1, -1):
        if words[back].low in (";", ":"):
            return back + 1
    return 0


def somebody_else_speaks(words: list[Word], finite: int, rules: Rules) -> bool:
    """Whether another actor stands in front of the verb: "De SG | bedankte | Nederland", "Frankrijk | vroeg | Nederland"."""
    front = list(_front(words, finite))
    if not front:
        front = words[clause_start(words, finite) : finite]
    front = [word for word in front if word.low not in ("ook", "maar", "en", "zowel")]
    if not front:
        return False
    opener = words[clause_start(words, finite)].low
    if (opener in rules.prepositions or opener in rules.adverbs) and all(word.capital or word.low == "en" for word in front):
        return False  # the end of a row: "Samen met België, Denemarken en Noorwegen | heeft | Nederland"
    first = front[0].low
    if first in rules.others:
        return True
    if first in rules.prepositions or first in rules.adverbs or first in rules.negations:
        return False
    if first in rules.complementisers - {"die", "dat"}:
        return False
    if first.startswith(("hier", "daar")) or first.endswith(("lijk", "weg")):
        return False
    noun_phrase = []
    for word in front:
        if word.low in rules.prepositions or word.low in _CLAUSE_MARKS or word.low in rules.complementisers - {"die", "dat"}:
            break
        noun_phrase.append(word)
    if any(word.low in rules.others or word.low.split("-")[0] in ("motie",) for word in noun_phrase):
        return True
    is_name = first not in rules.determiners and all(word.capital for word in noun_phrase)
    return is_name and len(noun_phrase) == len(front) <= 3


def _front(words: list[Word], finite: int) -> Iterator[Word]:
    """The words between the last comma and the verb."""
    start = finite
    while start > 0 and words[start - 1].low not in _CLAUSE_MARKS:
        start -= 1
    yield from words[start:finite]
