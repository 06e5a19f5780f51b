"""Lines of plain text that are parts of one paragraph, put together again."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from letters.parsing.readers.text_loose_notes import NOTE_WORDS, NUMBERED_NOTE
from letters.parsing.readers.text_rows import LIST_LABEL, cells_of
from letters.parsing.readers.text_widths import MINIMAL_WRAP, TERMINAL, Wrapping, find_wrapping

# Lines that begin something new whatever stands above them: "28 676 NAVO", "Nr. 446", "Aan de Voorzitter …",
# "Den Haag, 3 mei 2021", "Datum 3 mei 2021", "Geachte voorzitter,", "De Minister van Defensie,", "Werksessie 2: …"
HEAD_LINE = re.compile(
    r"""\d{2}\ \d{3}(?:-\d{1,2})?(?:\s+[A-Z]|\s*$) | Nr\.\ ?\d+\b | BRIEF\ VAN\b | Aan\ de\ [Vv]oorzitter\b
      | (?:Den\ Haag|['’‘]s-Gravenhage),\ \d{1,2}\ [a-z]{3,9}\ \d{4}$
      | (?:Datum|Betreft|Onderwerp|Kenmerk)\b\s*:?\s*\S | (?:Zeer\ )?Geachte\ [^.]{1,40},?$ | Hoogachtend,?$
      | D[Ee]\ (?:[Mm]inister|MINISTER)(?:-[Pp]resident,)?\ (?:[Vv]an|[Vv]oor|VAN|VOOR)\ [^.]{4,60},$
      | (?:Werk)?[Ss]essie\ (?:\d|[IVX]+)\b(?!\ [a-z](?!ver\b|nzake\b))
      | (?:Agenda|Introductie|Inleiding|Algemeen|Samenvatting|Tot\ slot|Overig)$""",
    re.VERBOSE,
)
# A row written with pipes that goes on in the next line: "Betreft | Verslag van de bijeenkomst", "van 3 mei |"
ROW_BROKEN_OFF = re.compile(r"\w \| [^|]*[^|\s]\s*$")
ROW_END = re.compile(r"^[^|]+\|$")
# No sentence and no title ends so: "… hoort te blijven en dat de"
UNFINISHED = re.compile(
    r"\b(?:de|het|een|der|van|voor|met|bij|naar|tegen|tussen|door|en|of|als|dat|die|welke|niet\ alleen"
    r"|op|in|aan|onder|over|om|te|uit|per|tot|hun|haar|deze|dit|ook|maar|dan)$",
    re.IGNORECASE,
)
# Behind the end of a sentence: the mark of a footnote, or the number that a web copy made of it
MARK_AT_END = re.compile(r"(?:\ue000[^\ue001]{1,4}\ue001|(?<=[a-zà-ÿ)»”’][.!?:;])\d{1,2})$")
# Behind a line that does not end a sentence this starts one: "Op uitnodiging", "De ministers"; not "De Hoop Scheffer"
SENTENCE_START = re.compile(
    r"(?:(?:De|Het|Een|Dit|Deze|Dat|Als|Ook|Er|Om|Ik|Wij|Zij|Verder|Daarnaast|Vervolgens|Hierbij|Voorts|Daarbij|Alle|Veel|Enkele"
    r"|Verschillende|Tevens)\s+[a-zà-ÿ\d]|(?:Op|In|Tijdens|Met|Voor|Bij|Naar|Na|Over|Onder|Door|Sinds|Namens)\s+\S)"
)
# "2. het vergroten van de weerbaarheid;" in the middle of a line: the "3." below it goes on
ENUMERATED = re.compile(r"(?<=\s)(\d{1,2})[.)]\s+(?=[a-zà-ÿ])")
FLOWED = 0.95  # where lines that go on end in a blank, at least so many of them do, and at most so few of the others
FEWEST_FLOWED = 6
DOUBLE_SPACED = 0.95  # at least so many lines of a page with a blank line below each line have one
BLANK_BETWEEN = 0.15  # where blank lines part paragraphs, at most so many end without one


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text of a file is laid out.

    ``blank_between``: whether blank lines part the paragraphs, so that lines right below each other are one. ``step``: how
    much further the number of a next line is, 2 where every line has a blank one below it.
    """

    wrapping: Wrapping | None
    blank_between: bool = False
    step: int = 1


def join_lines(
    lines: list[str], note_places: frozenset[int], wrapped_as: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Put wrapped lines, and paragraphs that a footnote cut in two, together again.

    ``note_places`` are the numbers of lines from which a footnote was taken out, ``wrapped_as`` the longer form that a line had
    when it was wrapped.
    """
    numbered = [(number, line.rstrip()) for number, line in enumerate(lines) if line.strip()]
    layout = layout_of(numbered)
    flowed = _flowed(lines, numbered, layout)
    places = sorted(note_places)
    joined: list[str] = []
    for position, (number, line) in enumerate(numbered):
        if not joined:
            joined.append(line)
            continue
        before, previous = numbered[position - 1]
        following = numbered[position + 1][1] if position + 1 < len(numbered) else ""
        note_between = bisect_right(places, number) > bisect_right(places, before)
        blank_between = number - before > layout.step and not note_between
        if note_between:
            continues = _is_cut(joined[-1], line)
        elif blank_between:
            continues = _is_cut(previous, line) and len(previous) > MINIMAL_WRAP
        elif flowed:
            continues = before in flowed
        else:
            printed = wrapped_as.get(previous, previous)
            continues = _wraps(previous, line, following, joined[-1], layout, printed)
        if continues:
            joined[-1] = _glue(joined[-1], line.strip())
        else:
            joined.append(line)
    return joined


def layout_of(numbered: Sequence[tuple[int, str]]) -> Layout:
    """How the lines are laid out, each given with its number; those without text are left out."""
    gaps = [other - number for (number, _), (other, _) in pairwise(numbered)]
    if len(gaps) - gaps.count(1) > DOUBLE_SPACED * max(len(gaps), 1):
        layout = _layout(numbered, 2)
        if layout.wrapping and layout.wrapping.is_exact:
            return layout
    return _layout(numbered, 1)


def _layout(numbered: Sequence[tuple[int, str]], step: int) -> Layout:
    beside = _beside(numbered, step)
    lines = [line for _, line in numbered if not HEAD_LINE.match(line)]
    wrapping = find_wrapping(lines, beside, ends_sentence)
    if wrapping is None:
        return Layout(None)
    apart = sum(
        other - number > step and ends_sentence(line) for (number, line), (other, _) in pairwise(numbered)
    )
    together = sum(
        ends_sentence(line)
        and not wrapping.is_full(line, following, ended=True)
        and not LIST_LABEL.match(following.strip())
        for line, following in beside
    )
    return Layout(wrapping, blank_between=apart > 2 and together <= BLANK_BETWEEN * apart, step=step)


def _beside(numbered: Sequence[tuple[int, str]], step: int) -> list[tuple[str, str]]:
    """Lines that stand right below each other, as far as the second may go on from the first."""
    return [
        (line, following)
        for (number, line), (other, following) in pairwise(numbered)
        if other - number <= step and not HEAD_LINE.match(following)
    ]


def _flowed(lines: Sequence[str], numbered: Sequence[tuple[int, str]], layout: Layout) -> frozenset[int]:
    """The numbers of lines that end in a blank, if mail that marks so what goes on (RFC 3676) wrote the text."""
    wrapping = layout.wrapping
    if wrapping is None:
        return frozenset()
    soft = {number for number, _ in numbered if lines[number].endswith(" ")}
    goes_on = [
        number in soft
        for (number, line), (other, following) in pairwise(numbered)
        if other - number == 1 and following[:1].islower() and not ends_sentence(line)
    ]
    ends = [
        number in soft
        for (number, line), (_, following) in pairwise(numbered)
        if ends_sentence(line) and not wrapping.is_full(line, following, ended=True)
    ]
    marked = sum(goes_on) >= max(FEWEST_FLOWED, FLOWED * len(goes_on))
    return frozenset(soft) if marked and sum(ends) <= (1 - FLOWED) * len(ends) else frozenset()


def _is_cut(previous: str, line: str) -> bool:
    if ends_sentence(previous) or LIST_LABEL.match(line.strip()) or HEAD_LINE.match(line.strip()):
        return False
    return line.strip()[0].islower() or bool(UNFINISHED.search(previous))


def ends_sentence(line: str) -> bool:
    return MARK_AT_END.sub("", line).endswith(TERMINAL)


def _wraps(previous: str, line: str, following: str, whole: str, layout: Layout, printed: str) -> bool:
    """Whether ``line`` goes on where ``previous``, the line right above it, broke off.

    ``whole``: what was joined before it; ``printed``: how the line above was when it was wrapped.
    """
    text = line.strip()
    if ROW_BROKEN_OFF.search(previous) and ROW_END.search(text):
        return True
    wrapping = layout.wrapping
    if wrapping is None or cells_of(previous) or cells_of(line):
        return False
    ended = ends_sentence(previous)
    if ended and (note := NUMBERED_NOTE.match(text)) and NOTE_WORDS.match(note[2]):
        return False
    is_full = wrapping.is_full(printed, text, ended)
    if LIST_LABEL.match(text) or HEAD_LINE.match(text):
        return (is_full and not ended and wrapping.is_exact and previous != whole) or _goes_on_counting(
            text, whole, is_full
        )
    if _in_capitals(previous) and not any(map(str.islower, text)):
        return is_full
    if _in_capitals(previous) != _in_capitals(text):  # a title in capitals, and what follows it
        return False
    if not ended and (text[0].islower() or UNFINISHED.search(previous)):
        return wrapping.is_long(printed)
    if not is_full:
        return ended and layout.blank_between and not wrapping.is_exact and wrapping.is_long(previous)
    if not ended:
        is_first = previous == whole and not UNFINISHED.search(previous)
        return not (is_first and previous.strip()[0].isupper() and SENTENCE_START.match(text))
    if layout.blank_between:
        return True
    return not (_looks_like_heading(text, following, wrapping) and following.strip()[:1].isupper())


def _looks_like_heading(text: str, following: str, wrapping: Wrapping) -> bool:
    """Whether a line that ends no sentence stops on purpose, with room for the next word."""
    if text.endswith((*TERMINAL, ",")) or not text[0].isupper():
        return False
    if wrapping.is_exact:
        return not wrapping.is_full(text, following, ended=False)
    return wrapping.measure(text) < 0.7 * wrapping.width


def _goes_on_counting(text: str, whole: str, is_full: bool) -> bool:
    """Whether a line that starts with "3." goes on in a sentence that counts "1." and "2." inside it."""
    counted = ENUMERATED.findall(whole)
    label = LIST_LABEL.match(text)
    return bool(is_full and counted and label and label[1].rstrip(".)") == str(int(counted[-1]) + 1))


def _in_capitals(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) > 12


def _glue(first: str, second: str) -> str:
    is_cut = (
        first[-1:] in ("-", "‑") and first[-2:-1].isalnum()
    )  # not by a search through all that was joined before
    if is_cut and not re.match(r"(?:en|of|als)\b", second):
        return first + second
    return f"{first} {second}"
