"""The names that a sentence has for the Dutch government: the country, the cabinet, the writer, the ministers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.parsed_letter import Signatory
from letters.parsing.positions.grammar import starts_with
from letters.parsing.positions.rules import Rules, Subject
from letters.parsing.positions.words import Word

#: The names of Dutch ministers in lower case, word by word.
Names = frozenset[tuple[str, ...]]

#: "minister Kuleba", "de Zweedse minister", "haar ambtgenoot": after these "de minister" may be somebody else.
_OTHER_MINISTER = re.compile(
    r"""
    \b(?!Nederlandse)\w+se\s[Mm]inister\b | [Aa]mbtgenoot | [Cc]ollega
    | [Mm]inister\s[A-Z]\w | [Mm]inister\svan\s\w+(?:\sZaken)?\svan\s
    """,
    re.VERBOSE,
)
#: Somebody "hij" may point back to as well
_OTHER_PERSON = re.compile(
    r"""
    \b(?:ambtgenoot | collega | SG | secretaris-generaal | president | premier | (?:bonds)?kanselier | minister
      | staatssecretaris | SACEUR | SACT | voorzitter | commandant | gezant | ambassadeur | generaal | vertegenwoordiger )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "H.G.J.", "IJ.", "Th.", "drs."
_INITIALS = re.compile(r"\b(?:[^\W\d_]{1,3}\.[- ]?)+")
_THE_MINISTERS = {
    title: Subject(("de", title), 0.7, "third", is_person=True)
    for title in ("minister", "staatssecretaris", "bewindsman", "bewindsvrouw")
}


def signatory_names(signatories: Sequence[Signatory]) -> Names:
    """Names as letters use them after a title: "H.G.J. Bruins Slot" gives "bruins slot", "Stef Blok" also "blok"."""
    names = set()
    for signatory in signatories:
        words = _INITIALS.sub("", signatory.name or "").lower().split()
        if words:
            names |= {tuple(words), tuple(words[-1:])}
    return frozenset(names)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in front of a sentence in its paragraph: it may say that "de minister" is somebody else.

    ``pointed_at`` says that the subject of the sentence before is a Dutch minister and that it names nobody else;
    ``subject`` is the name of the Netherlands that is its subject, in lower case.
    """

    text: str = ""
    pointed_at: bool = False
    subject: str = ""


def names_a_person(text: str) -> bool:
    """Whether "hij" behind this text may point back to somebody in it."""
    return bool(_OTHER_PERSON.search(text))


def mention_at(
    words: list[Word], place: int, before: Before, names: Names, rules: Rules
) -> tuple[Subject, int] | None:
    """The Dutch subject that is named at ``place``, and where its name ends."""
    if before.pointed_at and words[place].low in rules.pronouns:
        return Subject((words[place].low,), 0.8, "third", is_person=True), place + 1
    for subject in rules.subjects.get(words[place].low, ()):
        if starts_with(words, place, subject.words) and (words[place].capital or not subject.capital):
            return _complete(words, subject, place + len(subject.words), names, rules)
    if words[place].low in rules.titles:
        end = _name_end(words, place + 1, names, rules)
        subject = Subject((words[place].low,), 0.9, "third", is_person=True)
        return (subject, end) if end is not None else None
    title = words[place + 1].low if words[place].low == "de" and place + 1 < len(words) else ""
    minister = _THE_MINISTERS.get(title)
    if minister is not None and not _OTHER_MINISTER.search(before.text):
        following = words[place + 2] if len(words) > place + 2 else None
        if following is None or not (following.capital or following.low in ("van", "voor")):
            return minister, place + 2
    return _pronoun(words, place, before.subject, rules) if before.subject else None


def _pronoun(words: list[Word], place: int, pointed_at: str, rules: Rules) -> tuple[Subject, int] | None:
    """ "Het" behind "het kabinet" or "Nederland", "zij" behind "de regering"; not "het | voorstel"."""
    low = words[place].low
    if "regering" in pointed_at:
        return (Subject((low,), 0.7, "third"), place + 1) if low in ("zij", "ze") else None
    following = words[place + 1].low if place + 1 < len(words) else ""
    behind = (rules.finite, rules.auxiliaries, rules.adverbs, rules.prepositions)
    if low not in rules.neuter_pronoun or not any(following in known for known in behind):
        return None
    if any(word.capital or word.low in rules.others or word.low == "regering" for word in words[1:place]):
        return None  # "dan kan Moldavië erop rekenen dat het …"
    return Subject((low,), 0.6, "third", is_thing_perhaps=True), place + 1


def _complete(
    words: list[Word], subject: Subject, end: int, names: Names, rules: Rules
) -> tuple[Subject, int] | None:
    """ "De minister van Defensie" and "de regering", unless "van Oekraïne" or a name that is not Dutch follows."""
    if subject.words[0] == "de" and _is_of_elsewhere(words, end):
        return None
    if subject.is_office and end < len(words) and words[end].capital:
        name_end = _name_end(words, end, names, rules)
        return (subject, name_end) if name_end is not None else None
    return subject, end


def _is_of_elsewhere(words: list[Word], end: int) -> bool:
    """Whether "van Oekraïne", "van het VK" or "in Bagdad" stands here."""
    following = words[end : end + 3]
    if len(following) < 2 or following[0].low not in ("van", "in", "te") or following[1].low == "nederland":
        return False
    return following[1].capital or (following[1].low in ("de", "het") and following[-1].capital)


def _name_end(words: list[Word], place: int, names: Names, rules: Rules) -> int | None:
    """Where the name of a Dutch minister ends that begins here, with or without a first name."""
    for start in (place, place + 1):
        for name in (*rules.ministers, *names):
            if starts_with(words, start, name):
                return start + len(name)
    return None
