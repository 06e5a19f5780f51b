"""A parsed letter as JSON: without loss for storage, and in the form of gold for checking.

The form of gold is described in ``tests/gold/README.md``.
"""

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable
from enum import StrEnum
from functools import cache, partial
from typing import Any

from letters.parsing.parsed_letter import PARSER_VERSION, ParsedLetter, ParsedSection, SectionKind

#: Types of values that are the same in JSON.
PLAIN = {str, int, float, bool, type(None)}


def to_json(letter: ParsedLetter) -> dict[str, Any]:
    """Everything in the letter as JSON values; ``from_json`` gives the same letter back."""
    return {"parser_version": PARSER_VERSION, **_plain(letter)}


def from_json(data: dict[str, Any]) -> ParsedLetter:
    """Build the letter that ``to_json`` wrote. Raises ``TypeError`` for keys that no parsed letter has."""
    values = {key: value for key, value in data.items() if key != "parser_version"}
    return _build(ParsedLetter, values)


def _plain(value: Any) -> Any:
    if type(value) in PLAIN:
        return value
    if dataclasses.is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _build(cls: type, data: dict[str, Any]) -> Any:
    hints = _hints(cls)
    if unknown := set(data) - set(hints):
        raise TypeError(f"{cls.__name__} has no {sorted(unknown)}; it has {sorted(hints)}")
    return cls(**{name: _typed(hints[name], value) for name, value in data.items()})


def _typed(hint: Any, value: Any) -> Any:
    return None if value is None else _builder(hint)(value)


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a type out of its JSON; a letter has thousands of values of a few types."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _builder(next(part for part in typing.get_args(hint) if part is not type(None)))
    if origin is tuple:
        item = typing.get_args(hint)[0]
        return lambda values: tuple(_typed(item, value) for value in values)
    if dataclasses.is_dataclass(hint):
        return partial(_build, hint)
    if hint is datetime.date:
        return datetime.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda value: value


def to_gold_form(letter: ParsedLetter) -> dict[str, Any]:
    """The letter with the keys of gold, and ``problems``."""
    return {
        "kind": letter.kind.value,
        "language": letter.language,
        "date": _plain(letter.date),
        "reference": letter.reference,
        "paper": letter.paper,
        "dossiers": list(letter.dossiers),
        "chamber": letter.chamber,
        "ministry": letter.ministry,
        "department": letter.department,
        "subject": letter.subject,
        "signatories": _plain(letter.signatories),
        "meetings": [
            {
                "body": meeting.body,
                "level": " en ".join(meeting.levels) or None,
                "start": _plain(meeting.start),
                "end": _plain(meeting.end),
                "place": meeting.place,
            }
            for meeting in letter.meetings
        ],
        "sessions": _plain(letter.sessions),
        "agenda_topics": [
            {
                "heading": section.heading,
                "session": section.session,
                "topics": list(section.topics),
                "paragraphs": len(section.paragraphs) + _paragraphs_of_parts(letter.sections, number),
            }
            for number, section in enumerate(letter.sections)
            if section.kind == SectionKind.AGENDA_TOPIC and not section.is_part
        ],
        "introduction_paragraphs": _introduction_paragraphs(letter.sections),
        "footnotes": [
            {"mark": note.mark, "after": note.after, "text": note.text} for note in letter.footnotes
        ],
        "citations": _papers(letter),
        "annexes": _annexes(letter.sections),
        "positions": _positions(letter),
        "sections": [
            {
                "heading": section.heading,
                "kind": section.kind.value,
                "paragraphs": [paragraph.text for paragraph in section.paragraphs],
            }
            for section in letter.sections
        ],
        "problems": _plain(letter.problems),
    }


def _papers(letter: ParsedLetter) -> list[str]:
    """The papers of parliament that the letter cites, each once; gold names neither proceedings nor what has no number."""
    papers = [citation.paper for citation in letter.citations if (citation.paper or "").startswith("kst-")]
    return list(dict.fromkeys(papers))


def _paragraphs_of_parts(sections: tuple[ParsedSection, ...], number: int) -> int:
    return sum(
        len(section.paragraphs) for section in sections if section.is_part and section.parent == number
    )


def _introduction_paragraphs(sections: tuple[ParsedSection, ...]) -> int:
    count = 0
    for section in sections:
        if section.kind in {SectionKind.SESSION, SectionKind.AGENDA_TOPIC, SectionKind.ANNEX}:
            break
        count += len(section.paragraphs)
    return count


def _annexes(sections: tuple[ParsedSection, ...]) -> list[dict[str, Any]]:
    annexes: dict[int, dict[str, Any]] = {}
    for number, section in enumerate(sections):
        if section.kind != SectionKind.ANNEX:
            continue
        top = number if section.parent is None else section.parent
        annex = annexes.setdefault(
            top, {"title": sections[top].heading, "language": sections[top].language, "paragraphs": 0}
        )
        annex["paragraphs"] += len(section.paragraphs)
    return list(annexes.values())


def _positions(letter: ParsedLetter) -> list[dict[str, Any]]:
    """Each sentence once, with all the stances that it takes and the nearest heading above it."""
    headings: list[str | None] = []
    for section in letter.sections:
        headings += [section.heading] * len(section.paragraphs)
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for position in letter.positions:
        key = (position.paragraph, position.sentence)
        entry = found.setdefault(
            key, {"sentence": position.sentence, "under": headings[position.paragraph], "stance": []}
        )
        if position.stance.value not in entry["stance"]:
            entry["stance"].append(position.stance.value)
    return list(found.values())
