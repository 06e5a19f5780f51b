"""The sections of a letter: which lines are headings, of what kind and level, and which paragraphs stand under them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from letters.parsing.annexes import annex_sections
from letters.parsing.dates import DATE, find_dates
from letters.parsing.document import Block
from letters.parsing.headings import (
    has_styled_headings,
    is_closing,
    is_heading,
    is_opening,
    without_numbering,
)
from letters.parsing.meeting_names import find_meeting_names
from letters.parsing.names import IN_PLACE
from letters.parsing.parsed_letter import ParsedMeeting, ParsedParagraph, ParsedSection, SectionKind
from letters.parsing.ride_along import find_ride_alongs
from letters.parsing.session_heads import SessionHead, find_session_head

Topics = Callable[[str], tuple[str, ...]]
ABOUT_TOPICS = frozenset({SectionKind.AGENDA_TOPIC, SectionKind.SESSION})

# Beside the meeting's name in a heading: "Verslag informele bijeenkomst NAVO-ministers van Defensie"
WORDS_AROUND_A_MEETING = re.compile(
    r"\b(?:informele?|ministeri\w+|bijeenkomst\w*|verslag|agenda|geannoteerde|NAVO|NATO|EU|van|de|het|op|in|en|te)\b",
    re.IGNORECASE,
)


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
    """The sections, with the session heads among them in order: ``heads[i]`` belongs to ``sections[i]``."""

    sections: tuple[ParsedSection, ...]
    heads: tuple[SessionHead | None, ...]


def find_outline(
    body: Sequence[Block],
    annexes: Sequence[Block],
    meetings: Sequence[ParsedMeeting],
    language: str,
    topics: Topics,
) -> Outline:
    """Build the sections of the body, and behind them those of the annexes."""
    heads = _group(body)
    _rank(heads)
    for head in heads:
        if head.block:
            head.session_head = find_session_head(head.block)
            head.meeting = None if head.session_head else _meeting_of(head.text, meetings)
    sections, session_heads = _body_sections(heads, language, topics)
    first = len(sections)
    for section in annex_sections(annexes):
        sections.append(
            replace(section, parent=section.parent + first) if section.parent is not None else section
        )
        session_heads.append(None)
    return Outline(tuple(sections), tuple(session_heads))


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
    """Order the styles of headings by prominence: level, size, bold before italic before plain, then numbering."""
    styles = sorted({_style(head.block) for head in heads if head.block})
    for head in heads:
        if head.block:
            head.rank = styles.index(_style(head.block))


def _style(block: Block) -> tuple:
    label = block.label or (re.match(r"[A-Z][.)]|[IVX]+[.)]|\d+(?:\.\d+)*", block.text) or [""])[0]
    depth = label.strip(".)").count(".") + 1 if label[:1].isdigit() else 0
    size = -round(block.size) if block.size else 0
    appearance = 0 if block.bold and not block.italic else 1 if block.bold else 2 if block.capitals else 3
    return (block.level or 9, size, appearance, depth)


def _meeting_of(text: str, meetings: Sequence[ParsedMeeting]) -> int | None:
    """The meeting that a heading names and nothing else: "Ukraine Defence Contact Group (UDCG)"."""
    names = find_meeting_names(text)
    left = IN_PLACE.sub(" ", DATE.sub(" ", text))
    for name in names:
        left = left.replace(text[name.start : name.end], " ")
    if not names or re.search(r"[^\W\d_]{3,}", WORDS_AROUND_A_MEETING.sub(" ", left)):
        return None
    for number, meeting in enumerate(meetings):
        for name in names:
            if meeting.body == name.body and (not name.levels or set(name.levels) & set(meeting.levels)):
                return number
    return None


# --- what kind of sections ------------------------------------------------------------------------------------------


class _Role(Enum):
    """What a heading does. A session or a meeting without topics below it is itself one agenda topic."""

    OPENING = auto()
    SESSION = auto()
    MEETING = auto()
    TOPIC = auto()
    DECISION = auto()
    CLOSING = auto()


KINDS = {
    _Role.OPENING: SectionKind.INTRODUCTION,
    _Role.TOPIC: SectionKind.AGENDA_TOPIC,
    _Role.DECISION: SectionKind.DECISION,
    _Role.CLOSING: SectionKind.CLOSING,
}


def _body_sections(
    heads: list[_Head], language: str, topics: Topics
) -> tuple[list[ParsedSection], list[SessionHead | None]]:
    roles = _roles(heads)
    has_levels = _has_levels(heads, roles)
    sections: list[ParsedSection] = []
    for number, (head, role, parent) in enumerate(
        zip(heads, roles, _parents(heads, roles, has_levels), strict=True)
    ):
        kind = KINDS.get(role) or _kind_of_group(heads, roles, number, has_levels)
        meeting = next(
            (other.meeting for other in reversed(heads[: number + 1]) if other.meeting is not None), 0
        )
        heading = _heading_text(head)
        section = ParsedSection(
            heading=heading,
            kind=kind,
            level=1 if parent is None else sections[parent].level + 1,
            parent=parent,
            meeting=meeting,
            topics=topics(heading) if heading and kind in ABOUT_TOPICS else (),
            language=language,
            paragraphs=tuple(map(ParsedParagraph.of, head.blocks)),
        )
        sections.append(section)
    return sections, [head.session_head for head in heads]


def _roles(heads: list[_Head]) -> list[_Role]:
    ride_alongs = find_ride_alongs([(head.text, [block.text for block in head.blocks]) for head in heads])
    return [_role(head, number in ride_alongs) for number, head in enumerate(heads)]


def _role(head: _Head, rides_along: bool) -> _Role:
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
    return _Role.OPENING if is_opening(head.text) or _is_only_a_date(head.text) else _Role.TOPIC


def _has_levels(heads: list[_Head], roles: list[_Role]) -> bool:
    """Whether the format shows which headings stand below a session: plain text does not."""
    sessions = [head.rank for head, role in zip(heads, roles, strict=True) if role is _Role.SESSION]
    others = [head.rank for head, role in zip(heads, roles, strict=True) if role is _Role.TOPIC]
    return bool(sessions) and any(rank > min(sessions) for rank in others)


def _parents(heads: list[_Head], roles: list[_Role], has_levels: bool) -> list[int | None]:
    """The session, else the meeting, under which each section stands."""
    parents: list[int | None] = []
    meeting: int | None = None
    session: int | None = None
    for number, (head, role) in enumerate(zip(heads, roles, strict=True)):
        parent = None
        if role is _Role.MEETING:
            meeting, session = number, None
        elif role is _Role.SESSION:
            parent, session = meeting, number
        elif role is _Role.TOPIC:
            if session is not None and has_levels and head.rank <= heads[session].rank:
                session = None
            parent = meeting if session is None else session
        elif role is _Role.DECISION:
            meeting = session = None
        elif role is _Role.CLOSING:
            session = None
        parents.append(parent)
    return parents


def _kind_of_group(heads: list[_Head], roles: list[_Role], number: int, has_levels: bool) -> SectionKind:
    """The kind of a session or a meeting: with topics below it a group, without them a topic itself."""
    following = roles[number + 1] if number + 1 < len(heads) else None
    if roles[number] is _Role.MEETING:
        return (
            SectionKind.INTRODUCTION
            if following in {_Role.TOPIC, _Role.SESSION}
            else SectionKind.AGENDA_TOPIC
        )
    below = following is _Role.TOPIC and (not has_levels or heads[number + 1].rank > heads[number].rank)
    return SectionKind.SESSION if below else SectionKind.AGENDA_TOPIC


def _is_only_a_date(text: str) -> bool:
    """A day as heading: "Woensdag 12 februari"."""
    dates = find_dates(text)
    return bool(dates) and not re.search(r"[^\W\d_]", text[: dates[0].start] + text[dates[0].end :])


def _heading_text(head: _Head) -> str | None:
    if head.block is None:
        return None
    if head.session_head:
        return head.session_head.title or head.text
    return without_numbering(head.text)
