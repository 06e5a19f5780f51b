"""Plain text, in the layouts in which copies of letters go round.

``blank``: a blank line between paragraphs. ``single``: a paragraph is a line. ``wrapped``: lines of at most 78 characters, no
blank lines; from a Word file with the traces of its export (``[footnoteRef:1]``, ``[bookmark: …]``).
"""

import textwrap
from collections.abc import Iterator

from tests.corpus.editions import SUPERSCRIPTS, date_of, published_blocks, published_notes
from tests.corpus.source import Block, Kind, Letter

WIDTH = 78


def sent(letter: Letter, layout: str) -> bytes:
    lines = [*_letterhead(letter.sent)]
    marks = "word" if layout == "wrapped" else "superscript"
    for number, block in enumerate(letter.edition("sent")):
        lines += _block(block, letter.notes, marks, bookmark=layout == "wrapped" and number % 5 == 3)
    return _laid_out(lines, layout)


def published(letter: Letter, layout: str) -> bytes:
    facts = letter.published
    notes = published_notes(letter)
    lines = [*_chrome(letter, layout), *_head(facts, layout)]
    for block in published_blocks(letter):
        lines += _block(block, notes, "glued")
    if "reprint_note" in facts:
        notes = {"1": facts["reprint_note"]} | notes
    for mark, text in notes.items():
        lines += ["X Noot", mark, text] if layout == "blank" else [f"{mark} {text}"]
    if layout == "blank":
        lines.append("Naar boven")
    return _laid_out(lines, layout)


def _laid_out(lines: list[str], layout: str) -> bytes:
    if layout == "wrapped":
        lines = [
            part
            for line in "\n".join(lines).split("\n")
            for part in textwrap.wrap(line, WIDTH, expand_tabs=False, replace_whitespace=False)
        ]
    return (("\n\n" if layout == "blank" else "\n").join(lines) + "\n").encode()


def _letterhead(facts: dict) -> list[str]:
    if facts["layout"] == "bare":
        return []
    reference = [facts["reference_label"], *facts["reference"]]
    if facts["layout"] == "defence":
        side = [f"| {line} |" for line in (*facts["side"], *reference)]
        subject = [f"Datum | {facts['date']} |", f"Betreft | {facts['subject']} |"]
        return [f"{facts['retour']} | |", *facts["addressee"], *side, *subject, facts["reply"]]
    return [
        facts["ministry"], "\n".join(facts["addressee"]), "\n".join(facts["side"]), *reference,
        f"Datum {facts['date']}\nBetreft {facts['subject']}", "Bijlage(n)", facts["enclosures"],
    ]  # fmt: skip


def _chrome(letter: Letter, layout: str) -> list[str]:
    """What a copy of a web page brings along."""
    facts = letter.published
    first = facts["dossiers"][0][0]
    if layout == "blank":
        return [
            "U bent hier:", "Home", "Datum publicatie | Organisatie | Vergaderjaar | Dossier- en ondernummer",
            f"{facts['chamber']} | {facts['session_year']} | {first} nr. {facts['paper'].split('-')[-1]}",
        ]  # fmt: skip
    if layout == "single":
        return [
            "[overzicht] [activiteiten] [ongeplande activiteiten]", facts["title"],
            f"Nummer: 2031D41170, datum: {date_of(letter)}, bijgewerkt: 2034-03-05 09:12, versie: 1",
            "Preview document (🔗 origineel)",
        ]  # fmt: skip
    return []


def _head(facts: dict, layout: str) -> Iterator[str]:
    for number, title in facts["dossiers"]:
        yield f"{number} {title}" if layout != "wrapped" else number
        if layout == "wrapped":
            yield title
    yield f"{facts['number']} {facts['sender']}" if layout == "single" else facts["number"]
    if layout != "single":
        yield facts["sender"]
    yield facts["addressee"]
    yield facts["dateline"]


def _block(block: Block, notes: dict[str, str], marks: str, bookmark: bool = False) -> list[str]:
    if block.kind == Kind.BREAK:
        return []
    if block.kind == Kind.SIGNATURE:
        return [f"{block.office}\n{block.text}"] if marks == "glued" else [block.office, block.text]
    if block.kind == Kind.ROW:
        return ["\t".join(block.cells)]
    if block.kind == Kind.HEADING:
        return [block.full_heading]
    text = "[bookmark: _Hlk150342748]" if bookmark else ""
    after = []
    for run in block.runs:
        if run.note and marks == "word":
            text += f"[footnoteRef:{run.note}]"
            after.append(f"[{run.note}: {notes[run.note]}]")
        elif run.note:
            text += run.note if marks == "glued" else run.note.translate(SUPERSCRIPTS)
            after += [] if marks == "glued" else [f"{run.note.translate(SUPERSCRIPTS)} {notes[run.note]}"]
        else:
            text += f"*{run.text}*" if run.emphasis and marks == "superscript" else run.text
    text = f"{block.label} {text}".strip()
    return [" ".join([text, *after])] if marks == "word" else [text, *after]
