"""How wide the lines of a wrapped text are: so wide that the next word did not fit.

A mail program breaks lines at a number of characters, a page at a width in which an "i" takes less than an "m". Where nearly every
line of a text obeys one of the two, the width tells where a paragraph ends: at a line that had room for the next word. Copies of
web pages are wrapped raggedly; there the lengths of lines only make it likely.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from letters.parsing.readers.text_rows import LIST_LABEL, cells_of

TERMINAL = tuple('.?!:;»”"')
UNWRAPPED_LINE = 160  # characters; wrapped text has few lines this long: a copy of a web page joins two at a link or in italics
STRAY_LINES = 0.25
MINIMAL_WRAP = 55
BROKEN_LINES = 0.4  # in wrapped text at least so many of the long lines stop in the middle of a sentence
SLACK = 8  # a line wrapped raggedly may stay this much shorter than the width although the next word would have fitted
FEWEST_LINES = 6
MOST_ASTRAY = 0.04
ABOUT = 0.015  # what a width in print may be wrong by
MARK_WIDTH = 15  # characters that the mark of a note may have taken before it was read: "[footnoteRef:12]"

# Widths in fonts without serifs (Arial, Verdana), that of most letters: about 1.2
_WIDTHS = {
    character: width
    for width, characters in (
        (0.5, "ijl'"), (0.6, "fI .,:;’‘/|!"), (0.75, "t-()rJ\"[]"), (1.1, "cksvxyz–“”"), (1.3, "EPTYZ"), (1.4, "ABKSVX"),
        (1.5, "CDHNRU&"), (1.6, "wGOQ"), (1.85, "mM%—"), (2.0, "W"),
    )
    for character in characters
}  # fmt: skip


def in_print(text: str) -> float:
    """About how wide a text is on a page, in the average width of a letter."""
    return sum(_WIDTHS.get(character, 1.2) for character in text)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The width of the lines. ``is_exact``: a line that had room for the next word ends a paragraph.

    Else a line shorter than ``width`` is broken off on purpose; one that also ends a sentence, when it is shorter than
    ``width_of_sentence``.
    """

    width: float
    width_of_sentence: float
    is_exact: bool
    measure: Callable[[str], float] = len

    def is_full(self, line: str, following: str, ended: bool) -> bool:
        """Whether there was no room for the first word of the ``following`` line."""
        needed = self.measure(f"{line} {_first_word(following)}")
        if not self.is_exact:
            return needed > (self.width_of_sentence if ended else self.width - SLACK)
        unsure = self.width * ABOUT if self.measure is in_print else 0
        return needed > self.width - unsure - (MARK_WIDTH if "\ue000" in line else 0)

    def is_long(self, line: str) -> bool:
        return self.measure(line) > self.width / 2


def find_wrapping(
    lines: Sequence[str], pairs: Iterable[tuple[str, str]], ended: Callable[[str], bool]
) -> Wrapping | None:
    """How the lines are wrapped; ``None`` when every line is a paragraph. ``pairs`` stand right below each other."""
    lengths = [len(line) for line in lines if len(line) > MINIMAL_WRAP]
    if len(lengths) < 3 or sum(length > UNWRAPPED_LINE for length in lengths) > STRAY_LINES * len(lengths):
        return None
    long = [line for line in lines[:-1] if len(line) > MINIMAL_WRAP]
    broken = sorted(len(line) for line in long if not ended(line))
    if len(broken) < max(2, BROKEN_LINES * len(long)):
        return None
    within = [
        (line, following)
        for line, following in pairs
        if len(line) > MINIMAL_WRAP
        and following.strip()[:1].islower()
        and not (ended(line) or "\ue000" in line or LIST_LABEL.match(following.strip()) or cells_of(line))
    ]
    found = [_fitting(within, len, 0), _fitting(within, in_print, ABOUT)]
    ragged = Wrapping(broken[len(broken) // 2], broken[len(broken) * 3 // 4], is_exact=False)
    return next(filter(None, found), ragged)


def _fitting(
    pairs: Sequence[tuple[str, str]], measure: Callable[[str], float], unsure: float
) -> Wrapping | None:
    """The width that the lines keep to in this measure, if there is one; ``unsure``: the part by which it may be wrong."""
    if len(pairs) < FEWEST_LINES:
        return None
    full = sorted(measure(line) for line, _ in pairs)
    needed = sorted(measure(f"{line} {_first_word(following)}") for line, following in pairs)

    def astray(width: float) -> int:
        return (
            len(full) - bisect_right(full, width * (1 + unsure)) + bisect_right(needed, width * (1 - unsure))
        )

    width = min(full, key=lambda width: (astray(width), -width))
    if astray(width) > MOST_ASTRAY * len(pairs):
        return None
    return Wrapping(width, width, is_exact=True, measure=measure)


def _first_word(line: str) -> str:
    return line.split(None, 1)[0] if line.strip() else ""
