"""Words found, marked for the page: whole, or as a snippet of the sentences around them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from letters.parsing.sentences import split_sentences

#: Private-use characters around a word that was found: ``ts_headline`` passes HTML through, so it may not write any.
MARK_START, MARK_STOP = "\ue000", "\ue001"
_MARKED = re.compile(f"{MARK_START}([^{MARK_START}{MARK_STOP}]*){MARK_STOP}")
_STRAY = re.compile(f"[{MARK_START}{MARK_STOP}]")
#: Between the marks of "F" and "-16", or of "F" and "16" with the hyphen left out: one thing to who reads it.
_SEAM = re.compile(f"{MARK_STOP}([-‑–]?){MARK_START}")

#: A paragraph of at most so many characters is shown whole.
LONG = 700
#: Of a longer one sentences are shown until there are so many characters, but always the first with a hit.
SNIPPET = 420
_ELLIPSIS = "…"
#: Of a longer sentence these first words lead there. Not its first and last few: a letter says "Het kabinet acht het" often,
#: and a browser takes the first of those for the beginning.
_MOST_WORDS = 40


def marked(text: str) -> SafeString:
    """A headline as HTML: everything escaped, then the words found in ``<mark>``."""
    html = _MARKED.sub(r"<mark>\1</mark>", escape(_SEAM.sub(r"\1", text)))
    return mark_safe(_STRAY.sub("", html))  # noqa: S308 - escaped on the line above


def found_forms(headline: str) -> list[str]:
    """The words that were found, as they stand in the text, each once."""
    return list(dict.fromkeys(_MARKED.findall(_SEAM.sub(r"\1", headline))))


def found_spans(headline: str) -> list[tuple[int, int]]:
    """Where the words that were found stand in the text without marks: pairs of start and end."""
    joined = _SEAM.sub(r"\1", headline)
    before = len(MARK_START) + len(MARK_STOP)  # characters that each earlier word adds
    return [
        (found.start() - place * before, found.end() - (place + 1) * before)
        for place, found in enumerate(_MARKED.finditer(joined))
    ]


def unmarked(headline: str) -> str:
    return _STRAY.sub("", headline)


def snippet(headline: str) -> str:
    """The part of a long paragraph around its hits: whole sentences, with … where some are left out. A short one stays whole."""
    if len(headline) <= LONG:
        return headline
    sentences = _sentences(headline)
    shown = _around_hits(sentences)
    parts = [_ELLIPSIS] if shown[0] > 0 else []
    for place, following in pairwise([*shown, len(sentences)]):
        parts.append(sentences[place])
        if following > place + 1:
            parts.append(_ELLIPSIS)
    return " ".join(parts)


def _around_hits(sentences: Sequence[str]) -> list[int]:
    """Which sentences a snippet shows: those with a hit as far as they fit, else what follows the first."""
    with_hits = [place for place, sentence in enumerate(sentences) if MARK_START in sentence] or [0]
    shown, length = with_hits[:1], len(sentences[with_hits[0]])
    nearby = [place for hit in with_hits[:1] for place in (hit + 1, hit - 1)]
    for place in [*with_hits[1:], *nearby]:
        if place in shown or not 0 <= place < len(sentences):
            continue
        if length + len(sentences[place]) <= SNIPPET:
            shown.append(place)
            length += len(sentences[place])
    return sorted(shown)


@lru_cache(maxsize=64)  # of a page: a long paragraph is shown in part, and its link leads to a sentence
def _sentences(headline: str) -> tuple[str, ...]:
    """The sentences of a headline, with its marks. The splitter sees the text without them."""
    marks = [mark.start() - before for before, mark in enumerate(_STRAY.finditer(headline))]

    def place(character: int) -> int:
        """Where a character of the text stands in the headline."""
        return character + bisect_right(marks, character)

    found = []
    for sentence in split_sentences(unmarked(headline)):
        start, end = place(sentence.start), place(sentence.end - 1) + 1
        start -= headline[start - 1 : start] == MARK_START
        end += headline[end : end + 1] == MARK_STOP
        found.append(headline[start:end])
    return tuple(found) or (headline,)


def text_fragment(headline: str) -> str:
    """What leads a browser to the first sentence with a hit, behind the ``#`` of an address; "" without one.

    It names that sentence whole. A browser that does not know it goes to the paragraph.
    https://wicg.github.io/scroll-to-text-fragment/
    """
    hit = next((sentence for sentence in _sentences(headline) if MARK_START in sentence), "")
    words = " ".join(unmarked(hit).split()[:_MOST_WORDS])
    return ":~:text=" + quote(words, safe="").replace("-", "%2D") if words else ""
