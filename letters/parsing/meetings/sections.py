"""To which of a letter's meetings a section belongs, by its heading or by its own words."""

from collections.abc import Sequence

from letters.parsing.meetings.names import (
    NATO,
    MeetingName,
    could_be_of_any_body,
    find_councils,
    find_meeting_names,
    meetings_as_heading,
)
from letters.parsing.parsed_letter import ParsedMeeting
from letters.parsing.sentences import split_sentences


def main_meeting(meetings: Sequence[ParsedMeeting]) -> int:
    """The meeting that a letter treats under its topics where it does not say so: that of NATO."""
    return next((number for number, meeting in enumerate(meetings) if meeting.body == NATO), 0)


def meeting_as_heading(text: str, meetings: Sequence[ParsedMeeting]) -> int | None:
    """The one of ``meetings`` that a heading names and nothing else."""
    named = _numbers(meetings_as_heading(text), meetings)
    return named[0] if named else None


def meeting_in_text(heading: str, paragraphs: Sequence[str], meetings: Sequence[ParsedMeeting]) -> int | None:
    """The one of ``meetings`` that a topic is about: its heading names it, else its first sentence does, and its
    paragraphs name no other.
    """
    if len(meetings) < 2:
        return None
    if named := set(_numbers(find_meeting_names(heading), meetings)):
        return named.pop() if len(named) == 1 else None
    if not paragraphs:
        return None
    first, *_ = [sentence.text for sentence in split_sentences(paragraphs[0])] or [""]
    opening = set(_numbers(_certain_names(first), meetings))
    anywhere = {number for text in paragraphs for number in _numbers(_certain_names(text), meetings)}
    if any(find_councils(text) for text in paragraphs):
        anywhere.add(main_meeting(meetings))
    return opening.pop() if len(opening) == 1 and opening == anywhere else None


def _certain_names(text: str) -> list[MeetingName]:
    return [name for name in find_meeting_names(text) if not could_be_of_any_body(name, text)]


def _numbers(names: Sequence[MeetingName], meetings: Sequence[ParsedMeeting]) -> list[int]:
    """The meetings that these names mean, each as its place in ``meetings``."""
    found: list[int] = []
    for name in names:
        found += [
            number
            for number, meeting in enumerate(meetings)
            if meeting.body == name.body and (not name.levels or set(name.levels) & set(meeting.levels))
        ][:1]
    return sorted(set(found))
