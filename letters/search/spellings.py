"""One thing written in several ways: "F-16", "F16" and "F 16", "defensie-industrie" and "defensieindustrie".

To PostgreSQL's parser "F16" is one word, "F 16" are two, and "F-16" is a letter before a negative number. How paragraphs are kept
stays as it is: a query asks for each way of writing. Between quotation marks stands what is sought to the letter.
"""

import re
from dataclasses import replace
from itertools import pairwise

from letters.search.query import Term, TypedQuery
from letters.search.stop_words import STOP_WORDS

#: Between the parts of "F-16", "defensie-industrie", "AWACS/AGS".
_JOINT = re.compile(r"[^\w]+|_+")
_HYPHEN = re.compile(r"[-‑–]")
#: Between the letters and the digits of "F-16", "F16", "5G", "Leopard-2A6" (the first of two).
_BORDER = re.compile(r"(?<=[^\W\d_])[-‑–]?(?=\d) | (?<=\d)[-‑–]?(?=[^\W\d_])", re.VERBOSE)
_LETTERS = re.compile(r"[^\W\d_]+")
#: "F" and "16", "Leopard" and "2A6", "5" and "G": two words that may be written as one.
_LETTERS_THEN_DIGITS = re.compile(r"[^\W\d_]+ \d[^\W_]*|\d+ [^\W\d_]+")


def spellings(text: str, language: str) -> list[str]:
    """The ways in which a word may be written: as it was typed first, then with its parts apart, joined and hyphened."""
    found = [text, _JOINT.sub(" ", text), _HYPHEN.sub("", text)]
    # A stop word is not sought: "in 2023" apart would be any 2023, and joined is all that "in2023" can be.
    if STOP_WORDS[language].isdisjoint(_LETTERS.findall(text.lower())):
        found += [_BORDER.sub(joint, text, count=1) for joint in ("", "-", " ")]
    return list(dict.fromkeys(found))


def joined_words(typed: TypedQuery) -> list[Term]:
    """Words that follow each other, as one: "F16" of ``F 16``."""
    groups = pairwise(typed.required)
    pairs = [(left[0], right[0]) for left, right in groups if len(left) == len(right) == 1]
    return [joined for first, second in pairs if (joined := _joined(first, second))]


def with_joined_words(typed: TypedQuery) -> TypedQuery:
    """``F 16``, which asks for both words, with "F16" as good as either: so both, or the two in one."""
    joined = joined_words(typed)
    required = [
        (*group, *[one for one in joined if one.start <= group[0].start and group[0].end <= one.end])
        for group in typed.required
    ]
    return replace(typed, required=tuple(required))


def _joined(first: Term, second: Term) -> Term | None:
    """Two words that follow each other as one, when one has letters and the other digits."""
    is_apart = second.start - first.end == 1
    if not is_apart or any(term.is_phrase or term.is_prefix for term in (first, second)):
        return None
    if not _LETTERS_THEN_DIGITS.fullmatch(f"{first.text} {second.text}"):
        return None
    return Term(first.text + second.text, first.start, second.end)
