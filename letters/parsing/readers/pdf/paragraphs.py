"""Lines become paragraphs: where does one end, and what runs on over the page?"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from letters.parsing.readers.hyphenation import LINE_END
from letters.parsing.readers.pdf.labels import LABEL, LABEL_AND_VALUE, UNIT
from letters.parsing.readers.pdf.layout import Layout
from letters.parsing.readers.pdf.lines import TAB, Line, is_apart
from letters.parsing.readers.pdf.text_columns import flows_on, shares_column

#: A distance between baselines this many times the usual one parts paragraphs.
GAP = 1.22
#: In ems: text that begins this much further to the right is indented.
INDENT = 0.8
#: In ems: how much too short a line must be, with room for the next word, to have been ended on purpose.
SLACK = 0.15
#: The same, where no full stop says that something ended.
CLEAR_SLACK = 2.0
SENTENCE_END = re.compile(r"[.!?:;…][\"'’”»)\]]*$")
#: A line in a narrow column goes on if it ends or the next one begins so: "Directie Noord-Afrika en / Midden-Oosten"
GOES_ON = re.compile(r"(?:\b(?:en|van|de|der|het|voor|met|aan|in|op|te|&)|,)$", re.IGNORECASE)
ADDRESS = re.compile(r"(?:www\.|https?:|\S+@)")
#: In line distances: no further below does a sentence go on that something interrupts.
INTERRUPTION = 6
#: Word processors leave no paragraph with fewer lines than this on either side of a page break (widow control).
WIDOW_LINES = 2
#: In line distances: what footnotes take between the text and themselves.
NOTE_SPACE = 1.5
#: Italics that come this near to the right edge are rather a quotation that runs on than a heading.
LONG_QUOTATION = 0.1
#: A page that ends this many lines early was ended by the author.
EARLY_LINES = 8


def paragraphs(
    pages: Sequence[Sequence[Line]], floors: Sequence[float | None], usual: Layout
) -> list[list[Line]]:
    """Group the lines of all pages, in reading order, into paragraphs.

    ``floors`` says for each page how high its footnotes reach, if it has any.
    """
    found: list[list[Line]] = []
    for page in pages:
        for at, line in enumerate(page):
            begins = not found or _begins(found[-1], line, usual.on(found[-1][-1].page))
            if not begins and at == 0 and not line.flow:
                previous = found[-1][-1]
                begins = _had_room(previous, page, floors[previous.page], usual)
            if begins:
                found.append([line])
            else:
                found[-1].append(line)
    return found


def _had_room(previous: Line, page: Sequence[Line], floor: float | None, usual: Layout) -> bool:
    """Whether a paragraph that goes on here would have had its next line at the foot of the page before.

    That page has room for one more line, and enough lines follow here to leave more than a widow.
    """
    lowest = usual.bottom if floor is None else floor + NOTE_SPACE * usual.pitch
    has_room = previous.y - usual.pitch >= lowest - 0.1 * usual.pitch
    following = page[: WIDOW_LINES + 1]
    goes_on = all(line.y - below.y <= GAP * usual.pitch for line, below in pairwise(following))
    complete = not page[0].text[:1].islower() and bool(SENTENCE_END.search(previous.text))
    return complete and has_room and len(following) > WIDOW_LINES and goes_on


def ends_page_early(paragraph: Sequence[Line], usual: Layout) -> bool:
    """Whether a paragraph leaves so much of its page empty that the text was broken off there on purpose."""
    return paragraph[-1].y - usual.bottom > EARLY_LINES * usual.pitch


def _begins(paragraph: list[Line], line: Line, usual: Layout) -> bool:
    """Whether ``line`` begins a new paragraph behind the lines of ``paragraph``."""
    previous = paragraph[-1]
    if previous.column != line.column or not flows_on(previous, line):
        return True
    if line.column:
        return _begins_in_column(previous, line)
    if previous.flow:
        usual = replace(usual, right=previous.limit)
    elif previous.limit < math.inf:
        if LABEL_AND_VALUE.match(line.text):
            return True  # the next row of the letterhead
        if LABEL_AND_VALUE.match(paragraph[0].text):  # a value may be long, an address has its lines
            usual = replace(usual, right=min(usual.right, previous.limit))
    if abs(previous.size - line.size) > 0.08 * usual.size:
        return True
    if LINE_END.search(previous.text):
        return shares_column(previous, line) and previous.y - line.y > 2 * GAP * usual.pitch
    if shares_column(previous, line):
        distance = previous.y - line.y
        pitch = _pitch(paragraph, usual)
        if distance < 0 or distance > GAP * pitch:
            return (
                distance < 0 or distance > INTERRUPTION * pitch or not _is_interrupted(previous, line, usual)
            )
    if _changes_style(previous, line, usual) or _begins_cell(paragraph, line):
        return True
    if shares_column(previous, line) and _changes_indent(paragraph, line, usual):
        return True
    return _was_ended(previous, line, usual)


def _is_interrupted(previous: Line, line: Line, usual: Layout) -> bool:
    """Whether a sentence goes on below something that stood in between, such as the foot of a page in a copy."""
    return (
        line.text[:1].islower()
        and not line.label
        and not SENTENCE_END.search(previous.text)
        and abs(previous.x0 - line.x0) <= 3
        and previous.style == line.style
        and not _would_fit(previous, line, usual)
    )


def _pitch(paragraph: list[Line], usual: Layout) -> float:
    """The distance within this paragraph, where it shows one; an annex may be set wider than the letter."""
    distances = [line.y - below.y for line, below in pairwise(paragraph) if shares_column(line, below)]
    return max(usual.pitch * paragraph[0].size / usual.size, max(distances, default=0.0))


def _begins_in_column(previous: Line, line: Line) -> bool:
    goes_on = GOES_ON.search(previous.text) or LINE_END.search(previous.text)
    begins_low = line.text[:1].islower() and not ADDRESS.match(line.text)
    near = previous.y - line.y < 1.75 * line.size
    return not (
        near and (goes_on or begins_low or _is_broken_name(previous, line)) and previous.style == line.style
    )


def _is_broken_name(previous: Line, line: Line) -> bool:
    """Whether the bold name of who writes is too long for a narrow column: "Directie / Veiligheidsbeleid"."""
    return (
        line.bold
        and bool(UNIT.match(previous.text))
        and not UNIT.match(line.text)
        and not LABEL.fullmatch(line.text)
        and not _fits(previous, line, previous.limit)
    )


def _changes_style(previous: Line, line: Line, usual: Layout) -> bool:
    if previous.style == line.style:
        return False
    if any(previous.style) and not _same_style(previous.words[-1], line.words[0]):
        return _would_fit(previous, line, usual) or line.text[:1].isupper()
    if any(line.style) and not _same_style(previous.words[-1], line.words[0]):
        if (
            line.italic
            and not line.bold
            and line.x1 > usual.right - LONG_QUOTATION * (usual.right - usual.left)
        ):
            return False
        return bool(SENTENCE_END.search(previous.text)) or _would_fit(previous, line, usual)
    return False


def _same_style(piece, other) -> bool:
    return (piece.bold, piece.italic, piece.underlined) == (other.bold, other.italic, other.underlined)


def _begins_cell(paragraph: list[Line], line: Line) -> bool:
    """A row of cells stands alone; what is set under its second cell goes on with that."""
    if any(piece.text == TAB for piece in line.pieces):
        return True
    first = paragraph[0]
    if all(piece.text != TAB for piece in first.pieces):
        return False
    return abs(line.x0 - first.text_x0) > 3


def _changes_indent(paragraph: list[Line], line: Line, usual: Layout) -> bool:
    previous, first = paragraph[-1], paragraph[0]
    em = usual.size
    if _is_centred(previous, usual) and _is_centred(line, usual):
        return False
    step = line.x0 - previous.x0
    hangs = abs(line.x0 - first.text_x0) <= 3
    if hangs and len(paragraph) == 1:
        return False
    if line.label and (abs(step) > INDENT * em or (first.label and abs(line.x0 - first.x0) <= 3)):
        return True
    if step > INDENT * em:
        return True
    if step < -INDENT * em:
        is_first_line_indent = len(paragraph) == 1 and not _would_fit(previous, line, usual)
        return not is_first_line_indent
    return False


def _is_centred(line: Line, usual: Layout) -> bool:
    middle = (usual.left + usual.right) / 2
    return line.x0 - usual.left > 2 * usual.size and abs((line.x0 + line.x1) / 2 - middle) < 0.25 * usual.size


def _was_ended(previous: Line, line: Line, usual: Layout) -> bool:
    """Whether ``previous`` stops although the next word would have fitted on it."""
    text = previous.text
    if not shares_column(previous, line) and text.endswith(":"):
        return True
    begins_low = line.text[:1].islower()
    if begins_low or not _would_fit(previous, line, usual):
        return False
    if previous.bold and line.bold and text.rsplit(TAB)[-1].isupper() and line.text.isupper():
        return False  # a title in capitals, broken by hand
    return bool(SENTENCE_END.search(text) or line.label) or _would_fit(previous, line, usual, CLEAR_SLACK)


def _would_fit(previous: Line, line: Line, usual: Layout, slack: float = SLACK) -> bool:
    """Whether the first word of ``line`` would have fitted behind ``previous``, with ``slack`` ems to spare."""
    return _fits(previous, line, usual.right - slack * line.size)


def _fits(previous: Line, line: Line, right: float) -> bool:
    end = line.pieces[0].words()[0]
    for piece, following in pairwise(line.pieces):
        if piece.sides or is_apart(piece, following) or TAB in (piece.text, following.text):
            break
        end = following.words()[0]
    width = end.x1 - line.x0
    return previous.x1 + 0.28 * line.size + width < right
