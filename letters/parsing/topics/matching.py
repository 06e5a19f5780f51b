"""Find names of topics in a text. Where the names come from is no matter of this module."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

#: From a text to the slugs of the topics that it names.
Topics = Callable[[str], tuple[str, ...]]
#: The words of a name.
Pattern = tuple[str, ...]

#: "oekraine", "2030", "2%", "3,5%"; "NAVO2030" and "NAVO-2030" are both "navo" and "2030"
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+")
#: How a sentence ends, and a heading does not: "steunt.", "steunt.”", "steunt;"
_SENTENCE_END = re.compile(r"[.;!?…][\"'”’»)\]]*\s*\Z")
#: Accents apart from their letter: the trema of "Oekraïne"
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: What binds the parts of a compound: "EU-missie"
_HYPHENS = frozenset("-‐‑–")
#: Abbreviations so short that they are also words ("DIP", "MAP", "RAP") count in capitals only.
LONGEST_CAPITALS_ONLY = 3
#: First parts of compounds are no shorter.
_SHORTEST_STEM = 4


class _Name(NamedTuple):
    """One name of a topic as it is looked for. ``capitals``: only in capitals. ``weak``: only in a heading."""

    pattern: Pattern
    slug: str
    capitals: bool
    weak: bool


#: The names by their first two words, or the only one; the longest first.
_Index = dict[Pattern, list[_Name]]


def topic_finder(
    vocabulary: Mapping[str, Sequence[str]],
    *,
    weak: Collection[Pattern] = (),
    headings: Mapping[Pattern, str] | None = None,
    tails: tuple[str, ...] = (),
) -> Topics:
    """What ``letters.parsing.topics.find_topics`` says; ``headings`` are whole headings, ``tails`` second parts of compounds."""
    index = _index(vocabulary, weak)

    def topics(text: str) -> tuple[str, ...]:
        text = _plain(text)
        found = list(_WORD.finditer(text))
        words = [match[0].lower() for match in found]
        if headings and (alone := headings.get(tuple(words))):
            return (alone,) if alone in vocabulary else ()
        is_sentence = bool(_SENTENCE_END.search(text))
        slugs: dict[str, None] = {}
        place = 0
        for start in range(len(words)):
            if start < place:
                continue  # inside the name before
            for name in _names_at(words, start, tails, index):
                end = start + len(name.pattern)
                if (
                    _stands(name.pattern, words[start:end], tails)
                    and not (name.capitals and not all(match.group().isupper() for match in found[start:end]))
                    and not (name.weak and (is_sentence or _is_in_compound(text, found[end - 1])))
                ):
                    slugs.setdefault(name.slug)
                    place = end
                    break
        return tuple(slugs)

    return topics


@lru_cache(maxsize=8192)
def words_of(name: str) -> Pattern:
    """The words of a name, without what does not matter: "EU–NAVO" is "eu" and "navo"."""
    return tuple(match.group().lower() for match in _WORD.finditer(_plain(name)))


def _names_at(words: Sequence[str], start: int, tails: tuple[str, ...], index: _Index) -> list[_Name]:
    """The names that may begin with a word, the longest first, then those that it may be a compound of."""
    word, pair = words[start], tuple(words[start : start + 2])
    names = index.get(pair, []) if len(pair) == 2 else []
    if names or (len(pair) == 2 and pair[1].endswith(tails)):
        names = [*names, *(name for stem in _stems(pair[-1], tails) for name in index.get((word, stem), ()))]
    if alone := index.get((word,)):
        names = [*names, *alone]
    if word.endswith(tails):
        names = [*names, *(name for stem in _stems(word, tails) for name in index.get((stem,), ()))]
    return names


@lru_cache(maxsize=4096)
def _stems(word: str, tails: tuple[str, ...]) -> tuple[str, ...]:
    """The first parts that a compound may have: "veiligheidsbeleid" is "veiligheids" or "veiligheid" and "beleid"."""
    parts = [word.removesuffix(tail) for tail in tails if word.endswith(tail)]
    found = dict.fromkeys([*parts, *(part.removesuffix("s") for part in parts)])
    return tuple(part for part in found if len(part) >= _SHORTEST_STEM)


def _stands(pattern: Pattern, words: Sequence[str], tails: tuple[str, ...]) -> bool:
    """Whether these are the words of a name; the last may be a compound of which the name has the first part."""
    if len(words) < len(pattern):
        return False
    *before, last = words
    return tuple(before) == pattern[:-1] and (last == pattern[-1] or pattern[-1] in _stems(last, tails))


def _is_in_compound(text: str, last: re.Match) -> bool:
    """Whether a hyphen follows: "EU-missie" is no word of its own."""
    return text[last.end() : last.end() + 1] in _HYPHENS


def _index(vocabulary: Mapping[str, Sequence[str]], weak: Collection[Pattern]) -> _Index:
    """ "defensie-industrie" is also found as "defensieindustrie"."""
    index: _Index = {}
    for slug, names in vocabulary.items():
        for name in names:
            capitals = len(name) <= LONGEST_CAPITALS_ONLY and name.isupper() and name.isalpha()
            pattern = words_of(name)
            joined = words_of(name.replace("-", "")) if "-" in name else pattern
            for words in {pattern, joined} - {()}:
                index.setdefault(words[:2], []).append(_Name(words, slug, capitals, pattern in weak))
    for found in index.values():
        found.sort(key=lambda name: -len(name.pattern))
    return index


def _plain(text: str) -> str:
    """The text without accents: "Oekraïne" as "Oekraine"."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
