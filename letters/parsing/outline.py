"""The sections of a letter: which lines are headings, of what kind and level, and which paragraphs stand under them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise, takewhile

from letters.parsing.annexes import annex_sections
from letters.parsing.document import Block
from letters.parsing.headings import (
    are_one_series,
    has_styled_headings,
    is_closing,
    is_heading,
    is_only_a_date,
    is_opening,
    is_remainder,
    is_view,
    lists_papers,
    without_numbering,
)
from letters.parsing.meetings.names import find_councils, is_council_as_heading
from letters.parsing.meetings.sections import main_meeting, meeting_as_heading, meeting_in_text
from letters.parsing.parsed_letter import ParsedMeeting, ParsedParagraph, ParsedSection, SectionKind
from letters.parsing.ride_along import find_ride_alongs, rides_along_under, tells_of_the_meeting
from letters.parsing.sessions.heads import COUNCIL, SessionHead, find_session_head
from letters.parsing.topics.sections import Topics, names_above, topics_of_section

LONGEST_ABBREVIATION = 8  # letters


@dataclass(slots=True)
class _Head:
    """A heading with the blocks under it. ``rank`` orders what the format shows: 0 is the most prominent."""

    block: Block | None
    blocks: list[Block]
    rank: int = 0
    session_head: SessionHead | None = None
    meeting: int | None = None

    @property
    def text(self) -> str:
        return self.block.text if self.block else ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections, with the session heads among them in order: ``heads[i]`` belongs to ``sections[i]``.

    ``has_levels``: whether the format itself shows which topics stand below a session head.
    """

    sections: tuple[ParsedSection, ...]
    heads: tuple[SessionHead | None, ...]
    has_levels: bool = False


def find_outline(
    body: Sequence[Block],
    annexes: Sequence[Block],
    meetings: Sequence[ParsedMeeting],
    language: str,
    topics: Topics,
    cover: Sequence[str] = (),
) -> Outline:
    """Build the sections of the body, and behind them those of the annexes. ``cover`` may announce what rides along."""
    heads = _group(body)
    _rank(heads)
    _read_session_heads(heads)
    for head in heads:
        if head.block and not head.session_head:
            head.meeting = meeting_as_heading(head.text, meetings)
    roles = _roles(heads, cover)
    has_levels = _has_levels(heads, roles)
    sections = _body_sections(heads, roles, has_levels, meetings, language, topics)
    session_heads = [head.session_head for head in heads]
    first = len(sections)
    for section in annex_sections(annexes):
        sections.append(
            replace(section, parent=section.parent + first) if section.parent is not None else section
        )
        session_heads.append(None)
    return Outline(tuple(sections), tuple(session_heads), has_levels)


# --- which lines are headings ---------------------------------------------------------------------------------------


def _group(blocks: Sequence[Block]) -> list[_Head]:
    """Every heading with the blocks up to the next; the first group has no heading."""
    styled = has_styled_headings(blocks)
    groups = [_Head(None, [])]
    for position, block in enumerate(blocks):
        if is_heading(blocks, position, styled):
            groups.append(_Head(block, []))
        else:
            groups[-1].blocks.append(block)
    return groups if groups[0].blocks else groups[1:]


def _rank(heads: list[_Head]) -> None:
    """Order the styles of headings by prominence: level, size, bold, capitals, underlined, the rest, then numbering."""
    blocks = [head.block for head in heads if head.block]
    long = [block.capitals for block in blocks if _letters(block.text) > LONGEST_ABBREVIATION]
    in_capitals = sum(long) * 2 > len(long)
    styles = sorted({_style(block, in_capitals) for block in blocks})
    for head in heads:
        if head.block:
            head.rank = styles.index(_style(head.block, in_capitals))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _style(block: Block, in_capitals: bool) -> tuple:
    """``in_capitals``: whether the letter's headings are so; "NAVO 2030" alone does not tell."""
    label = block.label or (re.match(r"[A-Z][.)]|[IVX]+[.)]|\d+(?:\.\d+)*|[a-z]\)", block.text) or [""])[0]
    depth = label.strip(".)").count(".") + 1 if label[:1].isdigit() else 9 if label[:1].islower() else 0
    size = -round(block.size) if block.size else 0
    capitals = in_capitals if _letters(block.text) <= LONGEST_ABBREVIATION else block.capitals
    shown = (block.bold and not block.italic, block.bold, block.capitals and capitals, block.underlined, True)
    return (block.level or 9, size, shown.index(True), depth)


def _read_session_heads(heads: list[_Head]) -> None:
    """Find the heads that open a session. Beside such heads, and as prominent, a council with partners is a session as well."""
    for head in heads:
        head.session_head = find_session_head(head.block) if head.block else None
    ranks = {head.rank for head in heads if head.session_head}
    for head in heads:
        if not head.session_head and head.rank in ranks and _is_council_with_partners(head.text):
            head.session_head = SessionHead(None, without_numbering(head.text), head.text)


def _is_council_with_partners(heading: str) -> bool:
    is_council = is_council_as_heading(heading) or bool(COUNCIL.fullmatch(without_numbering(heading)))
    return is_council and not _is_planning_group(heading)


def _is_planning_group(heading: str) -> bool:
    """The NPG is no form in which the council meets: not all allies are in it, and it meets beside the sessions."""
    return is_council_as_heading(heading) and find_councils(heading)[0].format == "npg"


# --- what kind of sections ------------------------------------------------------------------------------------------


class _Role(Enum):
    """What a heading does. A session or a meeting without topics below it is itself one agenda topic.

    A part has the kind of what it is a part of; a group has no text of its own and stands above topics.
    """

    OPENING = auto()
    SESSION = auto()
    MEETING = auto()
    GROUP = auto()
    TOPIC = auto()
    PART = auto()
    DECISION = auto()
    CLOSING = auto()


KINDS = {
    _Role.OPENING: SectionKind.INTRODUCTION,
    _Role.GROUP: SectionKind.INTRODUCTION,
    _Role.TOPIC: SectionKind.AGENDA_TOPIC,
    _Role.DECISION: SectionKind.DECISION,
    _Role.CLOSING: SectionKind.CLOSING,
}


def _body_sections(
    heads: list[_Head],
    roles: list[_Role],
    has_levels: bool,
    meetings: Sequence[ParsedMeeting],
    language: str,
    topics: Topics,
) -> list[ParsedSection]:
    apart = _standing_apart(heads, roles, meetings)
    sections: list[ParsedSection] = []
    meeting = main_meeting(meetings)
    for number, (head, role, parent) in enumerate(
        zip(heads, roles, _parents(heads, roles, has_levels, apart), strict=True)
    ):
        paragraphs = tuple(map(ParsedParagraph.of, head.blocks))
        heading = _heading_text(head)
        if role is _Role.PART:
            whole = replace(sections[parent], level=sections[parent].level + 1, parent=parent, is_part=True)
            sections.append(replace(whole, heading=heading, paragraphs=paragraphs))
            continue
        kind = KINDS.get(role) or _kind_of_group(heads, roles, number, has_levels, apart)
        if head.meeting is not None:
            meeting = head.meeting
        elif number - 1 in apart or role in {_Role.DECISION, _Role.CLOSING}:
            meeting = main_meeting(meetings)
        section = ParsedSection(
            heading=heading,
            kind=kind,
            level=1 if parent is None else sections[parent].level + 1,
            parent=parent,
            meeting=_told_meeting(head, role, meetings, meeting),
            language=language,
            paragraphs=paragraphs,
        )
        above = names_above(section, sections, meetings)
        found = _topics(section, _with_parts(heads, roles, number), above, topics)
        sections.append(replace(section, topics=found))
    return sections


def _told_meeting(head: _Head, role: _Role, meetings: Sequence[ParsedMeeting], current: int) -> int:
    """The meeting under whose heading a section stands, else the one that a topic says itself."""
    if role not in {_Role.TOPIC, _Role.SESSION} or current != main_meeting(meetings):
        return current
    told = meeting_in_text(head.text, [block.text for block in head.blocks], meetings)
    return current if told is None else told


def _with_parts(heads: list[_Head], roles: list[_Role], number: int) -> list[str]:
    """The text of a section and of its parts."""
    parts = takewhile(lambda other: roles[other] is _Role.PART, range(number + 1, len(heads)))
    return [block.text for part in (number, *parts) for block in heads[part].blocks]


def _topics(section: ParsedSection, texts: list[str], above: list[str], topics: Topics) -> tuple[str, ...]:
    """A session with topics below it says only in its heading what it is about."""
    if section.kind is SectionKind.AGENDA_TOPIC:
        return topics_of_section(section.heading, texts, topics, above)
    return topics_of_section(section.heading, (), topics) if section.kind is SectionKind.SESSION else ()


def _roles(heads: list[_Head], cover: Sequence[str]) -> list[_Role]:
    groups = [(head.text, [block.text for block in head.blocks]) for head in heads]
    ride_alongs = find_ride_alongs(groups, cover)
    roles = [_role(head, number in ride_alongs, first=not number) for number, head in enumerate(heads)]
    below_remainder = False
    for number, head in enumerate(heads):
        texts = [block.text for block in head.blocks]
        if roles[number] is _Role.CLOSING and not texts:
            below_remainder = True
        elif below_remainder and roles[number] is _Role.TOPIC and rides_along_under(texts):
            roles[number] = _Role.DECISION
        elif roles[number] is _Role.CLOSING and is_remainder(head.text) and tells_of_the_meeting(texts):
            roles[number] = _Role.TOPIC
        elif roles[number] is _Role.TOPIC and lists_papers(texts):
            roles[number] = _Role.CLOSING
    return [_Role.GROUP if _is_group(heads, roles, number) else role for number, role in enumerate(roles)]


def _is_group(heads: list[_Head], roles: list[_Role], number: int) -> bool:
    """Whether a heading without text stands above topics: of a lower rank, or where the format shows no ranks with text."""
    if roles[number] is not _Role.TOPIC or heads[number].blocks or number + 1 == len(heads):
        return False
    below = heads[number + 1]
    return roles[number + 1] is _Role.TOPIC and (
        below.rank > heads[number].rank or (below.rank == heads[number].rank and bool(below.blocks))
    )


def _role(head: _Head, rides_along: bool, first: bool) -> _Role:
    if head.block is None:
        return _Role.OPENING
    if head.session_head:
        return _Role.SESSION
    if head.meeting is not None:
        return _Role.MEETING
    if rides_along:
        return _Role.DECISION
    if is_closing(head.text):
        return _Role.CLOSING
    if is_view(head.text):
        return _Role.OPENING if first else _Role.PART
    return _Role.OPENING if is_opening(head.text) or is_only_a_date(head.text) else _Role.TOPIC


def _has_levels(heads: list[_Head], roles: list[_Role]) -> bool:
    """Whether the format shows which headings stand below a session: plain text does not."""
    sessions = [head.rank for head, role in zip(heads, roles, strict=True) if role is _Role.SESSION]
    others = [head.rank for head, role in zip(heads, roles, strict=True) if role is _Role.TOPIC]
    return bool(sessions) and any(rank > min(sessions) for rank in others)


def _standing_apart(heads: list[_Head], roles: list[_Role], meetings: Sequence[ParsedMeeting]) -> set[int]:
    """The headings of a side meeting, with text of their own, behind which the topics of the main meeting go on.

    The format shows it, or else that the main meeting has no heading under which these topics could stand.
    """
    main = main_meeting(meetings)
    main_has_heading = any(head.meeting == main for head in heads)
    found: set[int] = set()
    for number, (head, following) in enumerate(pairwise(heads)):
        if roles[number] is _Role.MEETING and roles[number + 1] is _Role.TOPIC and head.blocks:
            alike = following.rank == head.rank
            if following.rank < head.rank or (alike and head.meeting != main and not main_has_heading):
                found.add(number)
    return found


def _parents(heads: list[_Head], roles: list[_Role], has_levels: bool, apart: set[int]) -> list[int | None]:
    """The topic of a higher level, else the session, else the meeting, under which each section stands."""
    parents: list[int | None] = []
    meeting: int | None = None
    session: int | None = None
    topics: list[int] = []  # that are open, each of a deeper level than the one before
    group: int | None = None  # without text, above topics of its own rank
    whole = 0
    for number, (head, role) in enumerate(zip(heads, roles, strict=True)):
        parent = None
        if role not in {_Role.TOPIC, _Role.GROUP, _Role.PART}:
            topics, group = [], None
        if role is _Role.MEETING:
            meeting, session = None if number in apart else number, None
        elif role is _Role.SESSION:
            parent, session = meeting, number
        elif role is _Role.OPENING:
            parent = meeting
            session = None if is_only_a_date(head.text) else session
        elif role in {_Role.TOPIC, _Role.GROUP}:
            if meeting is not None and _stands_beside(heads, roles, meeting, number):
                meeting = None
            if session is not None and _stands_beside_session(heads, session, number, has_levels):
                session, topics = None, []
            if role is _Role.GROUP or (group is not None and head.rank < heads[group].rank):
                group = None
            while topics and topics[-1] != group and heads[topics[-1]].rank >= head.rank:
                topics.pop()
            if role is _Role.GROUP and heads[number + 1].rank == head.rank:
                group = number
            parent = topics[-1] if topics else meeting if session is None else session
            topics.append(number)
        elif role is _Role.DECISION:
            meeting = session = None
        elif role is _Role.CLOSING:
            session = None
        if role is _Role.PART:
            parent = whole
        else:
            whole = number
        parents.append(parent)
    return parents


def _stands_beside_session(heads: list[_Head], session: int, number: int, has_levels: bool) -> bool:
    """Whether a topic stands beside the head of a session above it: the format shows it, both are counted in one series
    ("2. Werksessie I: …", "3. Kosovo"), or it is a meeting of its own. A head without text holds what is counted below it.
    """
    if heads[number].rank > heads[session].rank:
        return False
    if has_levels or _is_planning_group(heads[number].text):
        return True
    between = [head.block for head in heads[session : number + 1] if head.block]
    return bool(heads[session].blocks) and are_one_series(between)


def _stands_beside(heads: list[_Head], roles: list[_Role], meeting: int, number: int) -> bool:
    """Whether a heading is as prominent as that of the meeting above it, which has its topics at a level of their own.

    A group stands beside a heading that has as little text.
    """
    if heads[number].rank > heads[meeting].rank:
        return False
    below = meeting + 1
    deeper = roles[below] in {_Role.TOPIC, _Role.GROUP} and heads[below].rank > heads[meeting].rank
    return deeper or (roles[number] is _Role.GROUP and not heads[meeting].blocks)


def _kind_of_group(
    heads: list[_Head], roles: list[_Role], number: int, has_levels: bool, apart: set[int]
) -> SectionKind:
    """The kind of a session or a meeting: with topics below it a group, without them a topic itself."""
    below = next((other for other in range(number + 1, len(heads)) if roles[other] is not _Role.PART), number)
    if roles[number] is _Role.MEETING:
        while below + 1 < len(heads) and roles[below] is _Role.OPENING:
            below += 1
    following = roles[below] if below > number else None
    if roles[number] is _Role.MEETING:
        return (
            SectionKind.INTRODUCTION
            if following in {_Role.TOPIC, _Role.GROUP, _Role.SESSION} and number not in apart
            else SectionKind.AGENDA_TOPIC
        )
    has_topics = following in {_Role.TOPIC, _Role.GROUP} and not _stands_beside_session(
        heads, number, below, has_levels
    )
    return SectionKind.SESSION if has_topics else SectionKind.AGENDA_TOPIC


def _heading_text(head: _Head) -> str | None:
    if head.block is None:
        return None
    if head.session_head:
        return head.session_head.title or head.text
    return without_numbering(head.text)
