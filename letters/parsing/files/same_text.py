"""Whether two files hold the same text, in other paragraphs and with other dashes and quotes perhaps."""

import re
from collections.abc import Sequence

from letters.parsing.document import Block
from letters.parsing.folding import fold

#: So many words in a row that two files share are no accident.
SHINGLE = 7
FEWEST_SHINGLES = 30
SAME_TEXT = 0.5  # of the shorter file


def share_text(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Whether more than half of the shorter text stands in the other too; a few lines say nothing."""
    ours, theirs = _shingles(one), _shingles(other)
    least = min(len(ours), len(theirs))
    return least >= FEWEST_SHINGLES and len(ours & theirs) > SAME_TEXT * least


def _shingles(blocks: Sequence[Block]) -> frozenset[int]:
    """Every run of words in the text, as hashes: a bundle has hundreds of thousands."""
    words = re.findall(r"\w+", fold(" ".join(block.text for block in blocks)))
    return frozenset(hash(tuple(words[start : start + SHINGLE])) for start in range(len(words) - SHINGLE + 1))
