"""The body of a letter that answers a committee: made ready for its outline, and the outline with its questions marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters.parsing.committee import (
    BARE_NUMBER,
    LABEL_AND_TEXT,
    LONGEST_LINE,
    QUESTIONS_PART,
    REPLY_PART,
    find_questions,
)
from letters.parsing.document import Block, BlockKind, Mark
from letters.parsing.folding import fold
from letters.parsing.headings import could_be_heading
from letters.parsing.parsed_letter import ParsedSection, SectionKind
from letters.parsing.question_labels import ANSWER_LINE, QUESTION_LINE
from letters.parsing.topics.sections import Topics, topics_of_section

LONGEST_LABEL = 20  # characters: what a paragraph has room for beside its text
FEWEST_NUMBERS = 3  # so many bare numbers make a list of questions

# "Vragen en opmerkingen vanuit de fracties", "Volledige agenda"
PART = re.compile(
    r"vragen\s+en\s+opmerkingen\s+(?:vanuit|uit|van)\s+de\s+(?:fracties|commissie)\b|volledige\s+agenda\b",
    re.IGNORECASE,
)
# "I Vragen en …", "II. Antwoord / Reactie …", "III\tVolledige agenda"; in a table of contents also alone on a line
PART_NUMBER = re.compile(r"I{1,3}(?:[.:]?\s+(?=[A-Z])|[.:]?$)")
CONTENTS = re.compile(
    r"(?:inhoud|inhoudsopgave)\s*:?(?:\s+(?:blz|bladzijde|pag|pagina|p)\.?)?", re.IGNORECASE
)
# "De fungerend voorzitter van de commissie,", "Adjunct-griffier van de commissie, Wiskerke"
CHAIR = re.compile(
    r"""(?:de\s+)?(?:(?:fungerend|waarnemend|plaatsvervangend)\s+)?(?:voorzitter|ondervoorzitter|(?:adjunct-?)?griffier)
        \s+van\s+de\s+(?:vaste\s+|algemene\s+)?(?:kamer)?commissie\b[^.]{0,80}""",
    re.VERBOSE | re.IGNORECASE,
)
CHAIR_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*|van|de|der|den|ten|ter|el|'t|’t)(?:\s+[\w’'.-]+){0,4}")


def tidy(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The body without its table of contents and the committee's signatures, and with "Antwoord" or a bare number as the
    label of the paragraph that it stands above.
    """
    kept = _without_chairs(_without_contents(blocks))
    kept = [_without_part_number(block) for block in kept]
    lines = [part for block in kept for part in _label_apart(block)]
    numbers = sum(bool(BARE_NUMBER.fullmatch(block.text)) for block in lines) >= FEWEST_NUMBERS
    folded: list[Block] = []
    waiting: Block | None = None
    for block in lines:
        if waiting is not None:
            if _is_label(block, numbers) or (could_be_heading(block) and QUESTION_LINE.fullmatch(block.text)):
                folded.append(waiting)
            else:
                block = replace(block, label=f"{waiting.text} {block.label}".strip())
            waiting = None
        if _is_label(block, numbers) and not block.label:
            waiting = block
        else:
            folded.append(block)
    return (*folded, waiting) if waiting is not None else tuple(folded)


def _is_label(block: Block, numbers: bool) -> bool:
    text = block.text
    if len(text) > LONGEST_LABEL:
        return False
    return bool(ANSWER_LINE.fullmatch(text) or (numbers and BARE_NUMBER.fullmatch(text)))


def _label_apart(block: Block) -> Iterator[Block]:
    """ "Antwoord: Nederland steunt dit." as a label and a paragraph; a row "1 | Waarom? | Daarom." cell by cell."""
    cells = list(re.finditer(r"[^\t]+", block.text)) if block.kind is BlockKind.TABLE_ROW else []
    if len(cells) > 1 and cells[-2].group().rstrip().endswith("?"):
        number = cells[0].group() if BARE_NUMBER.fullmatch(cells[0].group()) else ""
        for cell in cells[1:] if number else cells:
            yield replace(_part(block, *cell.span()), kind=BlockKind.TEXT, label=number)
            number = ""
    elif found := LABEL_AND_TEXT.match(block.text):
        yield Block(found["label"], page=block.page, bold=True)
        yield _part(block, found.end(), len(block.text))
    else:
        yield block


def _part(block: Block, start: int, end: int) -> Block:
    """The block's ``text[start:end]`` with the marks in it."""
    marks = tuple(
        Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.value)
        for mark in block.marks
        if mark.start <= end and (mark.end > start or mark.start > start)
    )
    return replace(block, text=block.text[start:end], marks=marks)


def _without_contents(blocks: Sequence[Block]) -> Sequence[Block]:
    """A table of contents ends where its first line stands again, as the first heading."""
    for position, block in enumerate(blocks[:20]):
        if CONTENTS.fullmatch(block.text):
            lines = [_in_contents(other.text) for other in blocks[position + 1 :]]
            start = next((number for number, line in enumerate(lines[:3]) if line), len(lines))
            if again := next(
                (number for number, line in enumerate(lines[start + 1 :], start + 1) if line == lines[start]),
                0,
            ):
                return (*blocks[:position], *blocks[position + 1 + again :])
    return blocks


def _in_contents(line: str) -> str:
    """A line as a table of contents compares with a heading: without the part's number and without the page."""
    if len(line) > LONGEST_LINE:
        return ""
    return fold(re.sub(r"[\s.…]+\d{0,3}$", "", PART_NUMBER.sub("", line.strip(), count=1)))


def _without_part_number(block: Block) -> Block:
    """ "I Vragen en opmerkingen vanuit de fracties" is a heading, and "I" no part of it."""
    found = PART_NUMBER.match(block.text)
    if not found or not could_be_heading(block):
        return block
    text = block.text[found.end() :]
    is_part = PART.match(text) or REPLY_PART.fullmatch(text) or QUESTIONS_PART.fullmatch(text)
    return _part(block, found.end(), len(block.text)) if is_part else block


def _without_chairs(blocks: Sequence[Block]) -> list[Block]:
    """Without the names of who chair the committee and keep its minutes: they sign, the minister answers."""
    kept: list[Block] = []
    name_follows = False
    for block in blocks:
        if len(block.text) < LONGEST_LINE and CHAIR.fullmatch(block.text):
            name_follows = block.text.endswith(",") or block.text.lower().endswith("commissie")
            continue
        is_name = name_follows and len(block.text) < 40 and CHAIR_NAME.fullmatch(block.text)
        name_follows = False
        if not is_name:
            kept.append(block)
    return kept


def answer_sections(
    sections: Sequence[ParsedSection], blocks: Sequence[Block], topics: Topics
) -> tuple[ParsedSection, ...]:
    """The sections of answers: questions marked, "Vraag 1" below the heading that it stands under, topics from the text.

    ``blocks`` are the tidied body from which the sections were made, in the same order.
    """
    questions = find_questions(blocks)
    numbers = iter(range(len(blocks)))
    marked: list[ParsedSection] = []
    replies = sum(bool(section.heading and REPLY_PART.fullmatch(section.heading)) for section in sections)
    open_above: dict[int, int] = {}  # depth → the last section of that depth
    for section in sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            place = next((number for number in numbers if blocks[number].text == paragraph.text), None)
            paragraphs.append(replace(paragraph, is_question=place in questions))
        own = section.topics or topics_of_section(
            section.heading, [paragraph.text for paragraph in paragraphs], topics
        )
        if section.heading and section.kind is not SectionKind.ANNEX:
            depth = _depth(section.heading, replies)
            open_above = {other: place for other, place in open_above.items() if other < depth}
            if open_above and depth != _TOPIC:
                parent = open_above[max(open_above)]
                section = replace(section, parent=parent, level=marked[parent].level + 1)
                own = own or marked[parent].topics
            open_above[depth] = len(marked)
        marked.append(replace(section, paragraphs=tuple(paragraphs), topics=own))
    return tuple(marked)


_PART, _FRACTION_OF_PART, _TOPIC, _ONE_QUESTION = range(4)


def _depth(heading: str, replies: int) -> int:
    """A part holds the fractions; a fraction or a topic holds "Vraag 1". The only reply is a part."""
    if PART.match(heading) or (replies == 1 and REPLY_PART.fullmatch(heading)):
        return _PART
    if QUESTION_LINE.fullmatch(heading) or ANSWER_LINE.fullmatch(heading):
        return _ONE_QUESTION
    return _FRACTION_OF_PART if QUESTIONS_PART.fullmatch(heading) else _TOPIC
