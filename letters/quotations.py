"""What is shown of a position: the whole sentence, and the one before it when it points back."""

import re
from functools import lru_cache

from letters.parsing.sentences import split_sentences

#: "Het kabinet steunt dit beleid onverkort.", "Nederland wees hierop.", "Daarom riep Nederland op …", "Dat steunt
#: Nederland." Not "tijdens deze sessie": that points at what everyone knows, not at the sentence before.
POINTS_BACK = re.compile(
    r"""
    \b(?:dit|deze)\b(?!\s(?:\w+\s)?(?:sessie|bijeenkomst|vergadering|ministeriële|top|brief|week|maand|zomer|jaar)\b)
    | \b(?:hier|daar)(?:aan|achter|bij|door|in|langs|mee|na|om|omtrent|onder|op|over|tegen|tegenover|toe|tussen|uit|van
        |voor|vandaan)?\b
    | \b(?:dergelijke|zulke)\b
    | ^(?:ook\s)?(?:dat|die|zij|hij)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def points_back(sentence: str) -> bool:
    return POINTS_BACK.search(sentence) is not None


@lru_cache(maxsize=2048)  # for each later passage the same promises are compared
def sentence_before(text: str, start: int) -> str:
    """The sentence of a paragraph that ends before ``start``, or "" when there is none."""
    earlier = [sentence.text for sentence in split_sentences(text) if sentence.end <= start]
    return earlier[-1] if earlier else ""
