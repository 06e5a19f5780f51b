"""In which session each topic stands: that of the head above it, else the one that its own words or the introduction tell.

A head that opens a session holds for itself and for what stands below it, not for the other topics of the letter.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count

from letters.parsing.headings import is_remainder
from letters.parsing.meetings.names import find_councils
from letters.parsing.outline import Outline
from letters.parsing.parsed_letter import ParsedSection, SectionKind
from letters.parsing.sessions.heads import SessionHead
from letters.parsing.sessions.prose import Told, content_words, mentioned_sessions
from letters.parsing.sessions.sequence import APART

SHORTEST_STEM = 5  # letters
# Left out where a heading is sought in a sentence: "Top van Riga", "de Top in Riga"
_LINKS = frozenset(["de", "het", "een", "van", "in", "op", "voor", "met", "en"])

# "Tijdens het werkdiner is gesproken over", "De lunch stond in het teken van"
MEAL_MENTION = re.compile(
    r"\b(?:tijdens|bij|in)\s+(?:het|de)\s+(?P<work>werk)?(?P<meal>diner|lunch|ontbijt)\b"
    r"|^(?:Het|De)\s+(?P<its_work>werk)?(?P<itself>diner|lunch|ontbijt)\s+(?:was|is|stond|staat|ging|gaat|werd|wordt|betrof|betreft)\b",
    re.IGNORECASE,
)
REACH_OF_MENTION = 100  # characters

NOTHING = Told(0, {}, {})


def assign_sessions(outline: Outline, prose: Told) -> tuple[list[int | None], int]:
    """The number of each section's session, and how many sessions there are."""
    mentioned = [number for section in outline.sections for number in _own_mentions(section)]
    by_heads = _numbers(outline, NOTHING, 0)
    headed = set(filter(None, by_heads))
    last = max([prose.total, *mentioned, *headed])
    if len(headed) == last:
        return by_heads, last
    if (
        last == 1 and not prose.total
    ):  # one topic names a first session: of the others the letter tells nothing
        return [next(iter(_own_mentions(section)), None) for section in outline.sections], last
    numbers = _numbers(outline, prose, last)
    # heads with only a name that come out too high are sessions that prose tells as well: nobody can say which
    fits = max(filter(None, numbers), default=0) <= last
    return numbers if fits else by_heads, last


def with_sessions(outline: Outline, numbers: Sequence[int | None]) -> list[ParsedSection]:
    """The sections with their numbers. A topic that got another session than the head above it comes out from under it."""
    sections: list[ParsedSection] = []
    for section, number in zip(outline.sections, numbers, strict=True):
        found = replace(section, session=number)
        above = sections[section.parent] if section.parent is not None else None
        if above and section.is_part:
            found = replace(found, level=above.level + 1)
        elif above and outline.heads[section.parent] and number != above.session:
            found = replace(found, parent=above.parent, level=above.level)
        sections.append(found)
    groups = {section.parent for section in sections if not section.is_part}
    return [
        replace(section, kind=SectionKind.AGENDA_TOPIC)
        if section.kind == SectionKind.SESSION
        and (section.parent if section.is_part else place) not in groups
        else section
        for place, section in enumerate(sections)
    ]


def _numbers(outline: Outline, prose: Told, last: int) -> list[int | None]:
    """Number the sections from the first to the last; with ``last`` 0 by the heads alone.

    A head that has only a name takes the next number that no other head prints.
    """
    printed = {head.number for head in outline.heads if head and head.number}
    taken = set(printed)
    numbers: list[int | None] = []
    unclear: set[int] = set()
    # a working dinner that is told beside numbered sessions: its number says nothing about its place
    meals = set(prose.names) if len(prose.names) < prose.total else set()
    highest = 0
    before: int | None = None  # the session of the topics since the last head, once it is told
    for place, (head, section) in enumerate(zip(outline.heads, outline.sections, strict=True)):
        number = None
        if head:
            before = None
            number = head.number or next(other for other in count(highest + 1) if other not in printed)
            taken.add(number)
        elif _is_group_below_head(outline, section):
            number = numbers[section.parent]
        elif section.kind == SectionKind.AGENDA_TOPIC and not section.is_part:
            coming = [other.number for other in outline.heads[place:] if other and other.number]
            free = (set(range(max(highest, 1), min([last + 1, *coming]))) | meals) - taken
            if _stands_below_topic(outline, section, numbers):
                number = before = numbers[section.parent]
            elif is_remainder(section.heading or "") and not outline.has_levels:
                number = before = next(iter(_own_mentions(section)), None)
            elif before is None and _stays_below_head(outline, place, prose, free):
                number = numbers[section.parent]
            elif _is_held_apart(section):
                number = None
            elif (meal := _own_meal(section, prose)) and meal not in taken:
                number = meal
            elif own := _own_mentions(section):
                number = before = own[0] if last and own[0] not in taken else None
            else:
                told = _described(
                    section, prose, free - meals if find_councils(section.heading or "") else free
                )
                carried = before if before and _goes_on(outline, place, prose, before, last) else None
                number = carried if not told else told[0] if len(told) == 1 else None
                before = None if number in meals else number or before
                unclear |= {place} if len(told) > 1 else set()
        highest = max(highest, 0 if number in meals else number or 0)
        numbers.append(number)
    if last and 1 not in taken and (prose.total or not taken):
        numbers = _with_first(outline, numbers, unclear, last, named=bool(prose.names) and not meals)
    return [
        numbers[section.parent] if section.is_part else number
        for section, number in zip(outline.sections, numbers, strict=True)
    ]


def _is_group_below_head(outline: Outline, section: ParsedSection) -> bool:
    """Whether a heading without text stands below the head of a session, above topics."""
    is_group = section.kind == SectionKind.INTRODUCTION and section.parent is not None
    return is_group and outline.heads[section.parent] is not None


def _stands_below_topic(outline: Outline, section: ParsedSection, numbers: Sequence[int | None]) -> bool:
    """Whether a topic stands below another topic, or below a group in a session, whose session it then has."""
    if section.parent is None or outline.heads[section.parent]:
        return False
    is_topic = outline.sections[section.parent].kind == SectionKind.AGENDA_TOPIC
    return is_topic or numbers[section.parent] is not None


def _is_held_apart(section: ParsedSection) -> bool:
    """Whether a topic starts by saying that it was talked of beside the meeting: "In de marge van de bijeenkomst kwamen …"."""
    return bool(section.paragraphs) and APART.match(section.paragraphs[0].text) is not None


def _stays_below_head(outline: Outline, place: int, prose: Told, free: Collection[int]) -> bool:
    """Whether a topic belongs to the head above it.

    Where the format shows no levels, what prose tells of another session is not below it, unless the head would then
    hold nothing.
    """
    section = outline.sections[place]
    above = section.parent
    if above is None or not outline.heads[above]:
        return False
    if outline.has_levels or not (outline.sections[above].paragraphs or place > above + 1):
        return True
    if ((meal := _own_meal(section, prose)) and meal in free) or _is_of_another_meal(
        section, outline.heads[above]
    ):
        return False
    told = _described(section, prose, free)
    return len(told) != 1 or _own_mentions(section) not in ([], told)


def _with_first(
    outline: Outline, numbers: list[int | None], unclear: Collection[int], last: int, named: bool
) -> list[int | None]:
    """Topics before the first whose session is known stand in the first session, where nothing else is possible."""
    known = next((place for place, number in enumerate(numbers) if number), len(numbers))
    if last > 1 and (named or known == len(numbers) or numbers[known] > 2):
        return numbers
    return [
        1
        if number is None
        and section.kind == SectionKind.AGENDA_TOPIC
        and (last == 1 or (place < known and place not in unclear))
        else number
        for place, (section, number) in enumerate(zip(outline.sections, numbers, strict=True))
    ]


def _own_mentions(section: ParsedSection) -> list[int]:
    """The session that the section's own first paragraphs name, if it is a topic."""
    if section.kind != SectionKind.AGENDA_TOPIC or not section.paragraphs:
        return []
    for paragraph in section.paragraphs[:2]:
        numbers = {number for _, _, group in mentioned_sessions(paragraph.text) for number in group}
        if numbers:
            return sorted(numbers) if len(numbers) == 1 else []
    return []


def _own_meal(section: ParsedSection, prose: Told) -> int | None:
    """The meal that the introduction tells and of which the section's first words say that it was held then."""
    found = _meal_at_start(section)
    if not found:
        return None
    meal = (found["meal"] or found["itself"]).lower()
    meals = [number for number, name in prose.names.items() if name and name.lower().endswith(meal)]
    return meals[0] if len(meals) == 1 else None


def _meal_at_start(section: ParsedSection) -> re.Match | None:
    return MEAL_MENTION.search(section.paragraphs[0].text[:REACH_OF_MENTION]) if section.paragraphs else None


def _is_of_another_meal(section: ParsedSection, head: SessionHead) -> bool:
    """Whether a topic says that it was held at a working dinner, and the head above it names no meal."""
    found = _meal_at_start(section)
    if not found or not (found["work"] or found["its_work"]):
        return False
    return (found["meal"] or found["itself"]).lower() not in (head.title or "").lower()


def _described(section: ParsedSection, prose: Told, free: Collection[int]) -> list[int]:
    """The ``free`` sessions of which the introduction has the heading literally, else those with most of its words, else
    those with a topic of it in other words.
    """
    heading = section.heading or ""
    literal = [number for number in free if _plain(heading) in _plain(prose.texts.get(number, ""))]
    if heading and len(literal) == 1:
        return literal
    words = content_words(heading)
    scores = {
        number: sum(any(_akin(word, other) for other in prose.words.get(number, ())) for word in words)
        for number in free
    }
    highest = max(scores.values(), default=0)
    if not highest:
        return [number for number in free if set(section.topics) & prose.topics.get(number, frozenset())]
    return [number for number, score in scores.items() if score == highest]


def _is_told_apart(section: ParsedSection, prose: Told) -> bool:
    """Whether the introduction has a topic's words outside the sessions: "Aansluitend kwam de NAVO-Oekraïne Raad bijeen"."""
    if find_councils(section.heading or ""):  # a meeting of its own
        return True
    words = content_words(section.heading or "")
    return any(_akin(word, other) for word in words for other in prose.apart)


def _goes_on(outline: Outline, place: int, prose: Told, before: int, last: int) -> bool:
    """Whether a topic that nobody told anything of may stand in the session of the one before.

    Not where it is told apart, nor where a whole session, with no topic of its own, is left between it and the next.
    """
    if _is_told_apart(outline.sections[place], prose):
        return False
    free = set(range(before, last + 1))
    for head, section in zip(outline.heads[place + 1 :], outline.sections[place + 1 :], strict=True):
        told = _own_mentions(section) or _described(section, prose, free)
        if head or len(told) == 1:
            return bool(head) or told[0] <= before + 1
    return before == last - len([name for name in prose.names.values() if name] if not prose.in_order else [])


def _plain(text: str) -> str:
    """The words in lower case between spaces, without those that only link."""
    words = re.findall(r"[\w-]+", text.lower())
    return f" {' '.join(word for word in words if word not in _LINKS)} "


def _akin(word: str, other: str) -> bool:
    """Whether two words are the same but for an ending or the rest of a compound: "Georgië", "Georgische"; "Oekraïense"."""
    shorter, longer = sorted((word, other), key=len)
    return longer.startswith(shorter[: max(SHORTEST_STEM, len(shorter) - 2)])
