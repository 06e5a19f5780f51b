"""Which sentences say what the Netherlands wants, thinks, does or promises.

Per sentence: find where the Netherlands speaks (``speakers``). Dutch has the finite verb second, so the word in front of a name
tells whether it is the subject of a main clause ("Nederland verwelkomde …", "Daarom verwelkomde ook Nederland …") or not ("een
bijdrage van Nederland", "dat Nederland …"). Then look up what the verb means (``acts``, ``promises``). The words themselves
are data: ``letters/data/positions/``.
"""

from collections.abc import Iterator
from dataclasses import replace

from letters.parsing.committee import is_said_by_members
from letters.parsing.parsed_letter import ParsedLetter, ParsedPosition, ParsedSection, SectionKind
from letters.parsing.positions.acts import Act, find_acts, following_acts
from letters.parsing.positions.clauses import Clause
from letters.parsing.positions.follow_on import find_follow_on
from letters.parsing.positions.indirect_acts import (
    find_member_act,
    find_passive_act,
    find_subordinate_act,
    passive_promise_act,
    tell_content,
)
from letters.parsing.positions.mentions import Before, Names, names_a_person, signatory_names
from letters.parsing.positions.phrases import find_phrase_act
from letters.parsing.positions.promises import find_passive_promise
from letters.parsing.positions.rules import Rules, load_rules
from letters.parsing.positions.speakers import Role, Speaker, find_speakers, is_attributed_to_others
from letters.parsing.positions.words import Word, words_of
from letters.parsing.sentences import split_sentences

#: No minister writes a sentence of more characters; whatever it is, rules about sentences do not hold for it.
LONGEST_SENTENCE = 1500
#: How much of the paragraph in front of a sentence may tell who "de minister" is.
_CONTEXT = 600
_CLOSING_MARKS = "\"'”’»)"


def find_positions(letter: ParsedLetter) -> tuple[ParsedPosition, ...]:
    """The Dutch positions of a letter in order. A sentence with two acts gives two, with the same span.

    Annexes, sections in another language than Dutch, and the questions of a committee are left out; footnotes are no
    paragraphs.
    """
    rules = load_rules()
    names = signatory_names(letter.signatories)
    positions: list[ParsedPosition] = []
    number = 0
    for section in letter.sections:
        for paragraph in section.paragraphs:
            if _is_read(section) and not paragraph.is_question:
                positions += _paragraph_positions(paragraph.text, number, names, rules)
            number += 1
    return tuple(positions)


def _is_read(section: ParsedSection) -> bool:
    return section.kind is not SectionKind.ANNEX and section.language == "nl"


def _paragraph_positions(text: str, paragraph: int, names: Names, rules: Rules) -> Iterator[ParsedPosition]:
    before = Before()
    acts: list[Act] = []
    for sentence in split_sentences(text):
        if len(sentence.text) > LONGEST_SENTENCE:
            before, acts = Before(), []
            continue
        before = replace(before, text=text[max(0, sentence.start - _CONTEXT) : sentence.start])
        words = words_of(sentence.text)
        speakers = find_speakers(words, before, names, rules)
        acts = _sentence_acts(sentence.text, words, speakers, before, rules) or _following_act(
            words, acts, speakers, rules
        )
        before = _said_before(sentence.text, words, speakers, acts, before)
        for act in acts:
            yield ParsedPosition(
                paragraph=paragraph,
                start=sentence.start,
                end=sentence.end,
                sentence=sentence.text,
                stance=act.stance,
                verb=act.verb,
                subject=act.subject,
                rule=act.rule,
                confidence=round(act.confidence, 2),
                moment=act.moment,
                with_others=act.with_others,
            )


def _following_act(
    words: list[Word], previous: list[Act], speakers: list[Speaker], rules: Rules
) -> list[Act]:
    speaks = any(speaker.role in (Role.SUBJECT, Role.AGENT) for speaker in speakers)
    act = None if speaks else find_follow_on(words, previous, rules)
    return [act] if act is not None else []


def _said_before(
    sentence: str, words: list[Word], speakers: list[Speaker], acts: list[Act], before: Before
) -> Before:
    """What "hij", "het" and "zij" in the next sentence may point back to: the subject of this one, or "voor Nederland"."""
    subject = next((speaker for speaker in speakers if speaker.role is Role.SUBJECT), None)
    if subject is None and acts:
        return Before(subject=acts[0].subject.lower())
    if subject is None or subject.with_others:
        return Before()
    if subject.is_thing_perhaps or (not subject.is_person and subject.name.lower() in ("zij", "ze")):
        return replace(before, pointed_at=False)
    if not subject.is_person:
        return Before(subject=subject.name.lower() if subject.person == "third" else "")
    start, end = words[subject.start].start, words[subject.end - 1].end
    return Before(pointed_at=not names_a_person(sentence[:start] + sentence[end:]))


def _sentence_acts(
    sentence: str, words: list[Word], speakers: list[Speaker], before: Before, rules: Rules
) -> list[Act]:
    """The acts of a sentence, one per stance; a weak one ("gaf aan dat") only when there is no other."""
    if sentence.rstrip(_CLOSING_MARKS).endswith("?") or is_said_by_members(sentence):
        return []
    if is_attributed_to_others(words, rules):
        return []
    acts = _direct_acts(words, speakers, rules) or _indirect_acts(words, speakers, before, rules)
    strong = [act for act in acts if not act.weak]
    per_stance: dict[str, Act] = {}
    for act in strong or acts:
        per_stance.setdefault(act.stance, act)
    return list(per_stance.values())


def _direct_acts(words: list[Word], speakers: list[Speaker], rules: Rules) -> list[Act]:
    """What main clauses with the Netherlands as their subject say, and promises in the passive."""
    acts: list[Act] = []
    used: set[int] = set()
    leading = find_phrase_act(words, rules, leads=True)
    if leading is not None:
        act, places = leading
        used.update(places)
        acts.append(act)
    promise = find_passive_promise(words, rules)
    if promise is not None:
        used.add(promise.finite)
        acts.append(passive_promise_act(words, promise))
    for speaker in speakers:
        if speaker.role is Role.SUBJECT and speaker.finite not in used:
            used.add(speaker.finite)
            clause = Clause(words, speaker, rules)
            member = find_member_act(clause)
            acts += [member] if member else [tell_content(clause, act, speakers) for act in find_acts(clause)]
            acts += following_acts(clause, used)
    return acts


def _indirect_acts(words: list[Word], speakers: list[Speaker], before: Before, rules: Rules) -> list[Act]:
    """ "Er is door Nederland op gewezen", "waarbij Nederland benadrukte", or else "voor Nederland is van belang"."""
    finders = {Role.AGENT: find_passive_act, Role.SUBORDINATE: find_subordinate_act}
    found = [finders[speaker.role](words, speaker, rules) for speaker in speakers if speaker.role in finders]
    acts = [act for act in found if act is not None] or [_phrase_act(words, before, rules)]
    return [act for act in acts if act is not None]


def _phrase_act(words: list[Word], before: Before, rules: Rules) -> Act | None:
    found = find_phrase_act(words, rules, pointed_at=bool(before.subject) or before.pointed_at)
    return found[0] if found is not None else None
