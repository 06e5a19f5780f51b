"""Gold of a letter in the form of ``tests/gold/README.md``.

Nothing here reads a letter: paragraphs, footnotes and headings are those of the source, and what they mean (kind, meetings,
sessions, topics, stances) was written there by its author.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from tests.corpus.source import Block, Kind, Letter

TEXT = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
NOT_SAID = {
    "date": None, "reference": None, "paper": None, "dossiers": [], "chamber": None, "ministry": None, "department": None,
    "subject": None, "language": "nl", "signatories": [], "meetings": [], "sessions": [], "citations": [],
}  # fmt: skip


def gold_of(letter: Letter, sent: Sequence[str], published: Sequence[str]) -> dict[str, Any]:
    """Gold for the files of the ministry's and of the official edition; ``metadata.xml`` adds the title to a paper without one."""
    facts = dict(letter.gold)
    sent_only, published_only = facts.pop("sent", {}), facts.pop("published", {})
    sections = _sections(letter)
    common = NOT_SAID | facts | {
        "introduction_paragraphs": _introduction(sections),
        "sections": [
            {"heading": section["heading"], "kind": section["kind"], "paragraphs": section["paragraphs"]}
            for section in sections
        ],
        "agenda_topics": _agenda_topics(sections),
        "footnotes": _footnotes(letter),
        "positions": _positions(letter, optional=False),
        "optional": [item["sentence"] for item in _positions(letter, optional=True)],
        "annexes": [
            {
                "title": section["heading"],
                "language": section["language"],
                "paragraphs": len(section["paragraphs"]),
            }
            for section in sections
            if section["kind"] == "annex"
        ],
    }  # fmt: skip
    as_published = {key: NOT_SAID[key] for key in sent_only} | published_only
    editions = dict.fromkeys(published, as_published)
    for name in published:
        if "metadata.xml" in name and not as_published.get("subject"):
            editions[name] = as_published | {"subject": letter.published["title"]}
    first, *others = [*sent, *published]
    part = {"part": "achtergehouden"} if letter.held_out else {}
    gold = {"file": first, "also": others, **part, **common, **sent_only, "editions": editions}
    return _iso(gold)


def _sections(letter: Letter) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = [_section(None, "introduction")]
    for block in letter.blocks:
        if block.kind == Kind.HEADING:
            is_part = block.is_a == "part"
            kind = sections[-1]["kind"] if is_part else block.is_a
            sections.append(_section(block.text, kind, is_part, block.attributes))
        elif block.kind in TEXT:
            sections[-1]["paragraphs"].append(block.text)
    return sections if sections[0]["paragraphs"] else sections[1:]


def _section(heading: str | None, kind: str, is_part: bool = False, attributes: dict | None = None) -> dict:
    attributes = attributes or {}
    session = attributes.get("session")
    return {
        "heading": heading,
        "kind": kind,
        "is_part": is_part,
        "session": int(session) if session else None,
        "topics": [slug for slug in attributes.get("topics", "").split(",") if slug],
        "language": attributes.get("language", "nl"),
        "paragraphs": [],
    }


def _introduction(sections: list[dict[str, Any]]) -> int:
    """Paragraphs before the first session or agenda topic."""
    count = 0
    for section in sections:
        if section["kind"] != "introduction":
            break
        count += len(section["paragraphs"])
    return count


def _agenda_topics(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    topics: list[dict[str, Any]] = []
    for section in sections:
        if section["kind"] != "agenda_topic":
            continue
        if section["is_part"]:
            topics[-1]["paragraphs"] += len(section["paragraphs"])
        else:
            topics.append(
                {
                    "heading": section["heading"],
                    "session": section["session"],
                    "topics": section["topics"],
                    "paragraphs": len(section["paragraphs"]),
                }
            )
    return topics


def _footnotes(letter: Letter) -> list[dict[str, str]]:
    notes = []
    if note := letter.published.get("reprint_note"):  # at the paper's number: "Nr. 7 HERDRUK1"
        notes.append({"mark": "1", "after": "HERDRUK", "text": note})
    for block in letter.blocks:
        before = ""
        for run in block.runs:
            if run.note:
                after = " ".join(before.split()[-3:])
                notes.append({"mark": run.note, "after": after, "text": letter.notes[run.note]})
            before += run.text
    return notes


def _positions(letter: Letter, optional: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    under: Block | None = None
    for block in letter.blocks:
        if block.kind == Kind.HEADING:
            under = block
        found += [
            {
                "sentence": position.sentence,
                "under": under.text if under else None,
                "stance": list(position.stances),
            }
            for position in block.positions
            if optional == (not position.stances)
        ]
    return found


def _iso(value: Any) -> Any:
    """Dates as JSON has them; TOML knows no null, there it is an empty text."""
    if isinstance(value, dict):
        return {key: _iso(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_iso(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else (None if value == "" else value)
