"""The sections of a letter: which lines are headings, of what kind and level, and which paragraphs stand under them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from letters.parsing.dates import DATE, find_dates
from letters.parsing.document import Block, BlockKind
from letters.parsing.headings import (
    ANNEX,
    LONGEST_TITLE,
    could_be_heading,
    is_closing,
    is_opening,
    without_numbering,
)
from letters.parsing.language import language_of
from letters.parsing.meeting_names import find_meeting_names
from letters.parsing.parsed_letter import ParsedMeeting, ParsedParagraph, ParsedSection, SectionKind
from letters.parsing.ride_along import find_ride_alongs
from letters.parsing.session_heads import SessionHead, find_session_head

Topics = Callable[[str], tuple[str, ...]]


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
    for section in _annex_sections(annexes):
        sections.append(
            replace(section, parent=section.parent + first) if section.parent is not None else section
        )
        session_heads.append(None)
    return Outline(tuple(sections), tuple(session_heads))


# --- which lines are headings ---------------------------------------------------------------------------------------


def _group(blocks: Sequence[Block]) -> list[_Head]:
    """Every heading with the blocks up to the next; the first group has no heading."""
    styled = _has_styled_headings(blocks)
    groups = [_Head(None, [])]
    for position, block in enumerate(blocks):
        if _is_heading(blocks, position, styled):
            groups.append(_Head(block, []))
        else:
            groups[-1].blocks.append(block)
    return groups if groups[0].blocks else groups[1:]


def _has_styled_headings(blocks: Sequence[Block]) -> bool:
    """Whether the format itself shows headings, so that a plain short line is none."""
    return sum(_is_styled(block) and could_be_heading(block) for block in blocks) > 1


def _is_styled(block: Block) -> bool:
    return block.kind == BlockKind.HEADING or block.bold or block.italic


def _is_heading(blocks: Sequence[Block], position: int, styled: bool) -> bool:
    block = blocks[position]
    if not could_be_heading(block):
        return False
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if find_session_head(block):
        return True
    if styled:
        return _is_styled(block)
    if following is None:
        return False
    if block.label and (
        _same_list(block, following) or (position and _same_list(block, blocks[position - 1]))
    ):
        return False
    return not block.text.endswith(":") or following.kind != BlockKind.LIST_ITEM


def _same_list(item: Block, neighbour: Block) -> bool:
    """Whether two blocks are counted in one way: "1." and "2.", not "1." and "–", nor "1." and "1.1"."""
    if not item.label or not neighbour.label:
        return False
    shapes = [re.sub(r"\d+", "1", re.sub(r"[a-zA-Z]+", "a", block.label)) for block in (item, neighbour)]
    return shapes[0] == shapes[1]


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
    if not names:
        return None
    left = text
    for name in reversed(names):
        left = left[: name.start] + left[name.end :]
    left = re.sub(
        r"\b(?:informele?|ministeri\w+|bijeenkomst\w*|verslag|agenda|geannoteerde|NAVO|NATO|EU|van|de|het|op|in|en|te)\b",
        " ",
        left,
        flags=re.IGNORECASE,
    )
    if re.search(r"[^\W\d_]{3,}", DATE.sub(" ", left).replace("Brussel", "")):
        return None
    for number, meeting in enumerate(meetings):
        if any(
            meeting.body == name.body and (not name.levels or set(name.levels) & set(meeting.levels))
            for name in names
        ):
            return number
    return None


# --- what kind of sections ------------------------------------------------------------------------------------------


def _body_sections(
    heads: list[_Head], language: str, topics: Topics
) -> tuple[list[ParsedSection], list[SessionHead | None]]:
    ride_alongs = find_ride_alongs([(head.text, [block.text for block in head.blocks]) for head in heads])
    session_ranks = {head.rank for head in heads if head.session_head}
    below = (
        any(head.rank > min(session_ranks) for head in heads if head.block and not head.session_head)
        if session_ranks
        else False
    )
    sections: list[ParsedSection] = []
    found: list[SessionHead | None] = []
    meeting, meeting_parent, session_parent = 0, None, None
    for number, head in enumerate(heads):
        kind, parent, level = SectionKind.AGENDA_TOPIC, None, 1
        following = heads[number + 1] if number + 1 < len(heads) else None
        if head.block is None:
            kind = SectionKind.INTRODUCTION
        elif head.session_head:
            kind = (
                SectionKind.SESSION
                if _has_subheadings(head, following, ride_alongs, number, below)
                else SectionKind.AGENDA_TOPIC
            )
            session_parent, parent = len(sections), meeting_parent
        elif head.meeting is not None:
            meeting, meeting_parent, session_parent = head.meeting, len(sections), None
            kind = (
                SectionKind.INTRODUCTION
                if following and _is_topic_head(following, number + 1, ride_alongs)
                else SectionKind.AGENDA_TOPIC
            )
        elif number in ride_alongs:
            kind, session_parent, meeting_parent = SectionKind.DECISION, None, None
        elif is_closing(head.text):
            kind, session_parent = SectionKind.CLOSING, None
        elif is_opening(head.text) or _is_only_a_date(head.text):
            kind = SectionKind.INTRODUCTION
        else:
            if below and head.rank <= min(session_ranks):
                session_parent = None
            parent = session_parent if session_parent is not None else meeting_parent
        if parent is not None:
            level = sections[parent].level + 1
        heading = _heading_text(head)
        sections.append(
            ParsedSection(
                heading=heading,
                kind=kind,
                level=level,
                parent=parent,
                session=None,
                meeting=meeting,
                topics=topics(heading)
                if heading and kind in {SectionKind.AGENDA_TOPIC, SectionKind.SESSION}
                else (),
                language=language,
                paragraphs=tuple(map(_paragraph, head.blocks)),
            )
        )
        found.append(head.session_head)
    return sections, found


def _is_topic_head(head: _Head, number: int, ride_alongs: set[int]) -> bool:
    return (
        head.meeting is None
        and number not in ride_alongs
        and not is_closing(head.text)
        and not _is_only_a_date(head.text)
    )


def _has_subheadings(
    head: _Head, following: _Head | None, ride_alongs: set[int], number: int, below: bool
) -> bool:
    """Whether a session holds headings of its own; without, it is itself one agenda topic."""
    if following is None or following.session_head or not _is_topic_head(following, number + 1, ride_alongs):
        return False
    return following.rank > head.rank if below else True


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


def _paragraph(block: Block) -> ParsedParagraph:
    return ParsedParagraph(block.text, block.marks, block.page, block.label)


# --- annexes --------------------------------------------------------------------------------------------------------


def _annex_sections(blocks: Sequence[Block]) -> list[ParsedSection]:
    """Each annex with its title, its subtitle left out; headings inside it are sections under it."""
    sections: list[ParsedSection] = []
    styled = _has_styled_headings(blocks)
    top: int | None = None
    position = 0
    while position < len(blocks):
        block = blocks[position]
        starts = top is None or bool(ANNEX.match(block.text) and could_be_heading(block))
        if starts:
            title, position = _annex_title(blocks, position)
            top = len(sections)
            sections.append(ParsedSection(title, SectionKind.ANNEX))
            continue
        if _is_heading(blocks, position, styled) and not find_session_head(block):
            sections.append(
                ParsedSection(without_numbering(block.text), SectionKind.ANNEX, level=2, parent=top)
            )
        else:
            sections[-1] = replace(sections[-1], paragraphs=(*sections[-1].paragraphs, _paragraph(block)))
        position += 1
    return [replace(section, language=_language(section, sections)) for section in sections]


def _annex_title(blocks: Sequence[Block], position: int) -> tuple[str | None, int]:
    block = blocks[position]
    if not could_be_heading(block, LONGEST_TITLE):
        return None, position
    title, position = block.text, position + 1
    annex = ANNEX.match(title)
    if annex and annex["title"]:
        title = annex["title"]
    elif annex and position < len(blocks) and could_be_heading(blocks[position], LONGEST_TITLE):
        title, position = blocks[position].text, position + 1
    if (
        position + 1 < len(blocks)
        and could_be_heading(blocks[position], LONGEST_TITLE)
        and not blocks[position].label
    ):
        is_subtitle = find_dates(blocks[position].text) or re.match(
            r"Issued|Published|Vastgesteld|Uitgegeven", blocks[position].text
        )
        position += bool(is_subtitle)
    return title, position


def _language(section: ParsedSection, sections: list[ParsedSection]) -> str:
    own = " ".join(paragraph.text for paragraph in section.paragraphs)
    text = own or " ".join(paragraph.text for other in sections for paragraph in other.paragraphs)
    return language_of(text) or "nl"
