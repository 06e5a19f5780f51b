""" "Bedoelt u …?": another spelling of the words that no published letter holds, from the words that they do hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from letters import search
from letters.filters.address import Address
from letters.filters.choices import Choice
from letters.filters.filtered_list import FilteredList
from letters.filters.other_views import items_with
from letters.models import LetterWords, Word

#: A word that may be misspelt; numbers and what holds them are what they are.
_WORD = re.compile(r"[^\W\d_]{4,40}")
#: From how many letters on a word may differ in one, and in two. A shorter word has many others near it: "zegt" is no "zet".
ONE_EDIT, TWO_EDITS = 5, 8
#: Words of one query that another spelling is sought for.
MOST_UNKNOWN = 3
#: Words equally near of which is counted in how many letters they stand.
MOST_ALIKE = 12
_CHARACTER = re.compile(r"\w")

#: Those of the words that are neither in a published letter, nor have the stem of one that is, nor are stop words.
_UNKNOWN = """
    SELECT typed FROM unnest(%s::text[]) AS typed
    WHERE NOT EXISTS (SELECT FROM letters_word WHERE word = typed)
    AND ts_lexize('dutch_stem', typed) <> '{}' AND ts_lexize('english_stem', typed) <> '{}'
    AND NOT EXISTS (
        SELECT FROM letters_word WHERE (ts_lexize('dutch_stem', word))[1] = (ts_lexize('dutch_stem', typed))[1]
    )
    AND NOT EXISTS (
        SELECT FROM letters_word WHERE (ts_lexize('english_stem', word))[1] = (ts_lexize('english_stem', typed))[1]
    )
"""

_LETTERS_WITH = """
    SELECT word, (SELECT count(*) FROM letters_letterwords WHERE words @> ARRAY[word]) FROM unnest(%s::text[]) AS word
"""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was perhaps meant, with the same operators and filters, and how many items that gives."""

    words: str
    url: str
    count: int


def spelling(filtered: FilteredList, address: Address, unknown: list[str]) -> Spelling | None:
    """The view's words with others for those that are ``unknown``, when the view with that spelling has items."""
    typed = search.folded(filtered.words)
    places = list(_places(typed))
    meant = nearest(unknown)
    if not meant:
        return None
    for start, end, word in reversed(places):
        if word in meant:
            typed = typed[:start] + _as_written(meant[word], typed[start:end]) + typed[end:]
    count = items_with(filtered, {"q": Choice(typed, f"“{typed}”", typed)})
    return Spelling(typed, address.setting(q=typed).url, count) if count else None


def _places(typed: str):
    """The words that are looked for, with where they stand. What has a minus or a star may be any letters."""
    for term in search.parse_query(typed).terms:
        if not term.is_prefix:
            for match in _WORD.finditer(typed, term.start, term.end):
                around = typed[match.start() - 1 : match.start()] + typed[match.end() : match.end() + 1]
                if not _CHARACTER.search(around):
                    yield match.start(), match.end(), match.group().lower()


def unknown_words(text: str) -> list[str]:
    """Those words of a query, in small letters, that are found in no published letter in any form."""
    words = {word for _start, _end, word in _places(search.folded(text))}
    if not words:
        return []
    with connections[Word.objects.db].cursor() as cursor:
        cursor.execute(_UNKNOWN, [sorted(words)])
        return [word for (word,) in cursor.fetchall()]


def nearest(words: Sequence[str]) -> dict[str, str]:
    """For each word the one of published letters that differs in the fewest letters, of those the one in most letters.

    Words without any near are not in it. Two queries at most, however many words.
    """
    reach = {word: _reach(word) for word in words if len(word) >= ONE_EDIT}
    reach = dict(list(reach.items())[:MOST_UNKNOWN])
    lengths = {len(word) + more for word, most in reach.items() for more in range(-most, most + 1)}
    known = Word.objects.alias(length=Length("word")).filter(length__in=lengths).order_by()
    known = list(known.values_list("word", flat=True))
    alike = {word: _alike(word, known, most) for word, most in reach.items()}
    frequent = _letters_with({one for near in alike.values() if len(near) > 1 for one in near})
    return {word: max(near, key=lambda one: frequent.get(one, 0)) for word, near in alike.items() if near}


def _reach(word: str) -> int:
    return 1 if len(word) < TWO_EDITS else 2


def _alike(word: str, known: Sequence[str], most: int) -> list[str]:
    """The words that differ least from one, in at most so many letters, and never in the first: there few mistype
    (K. Kukich, Techniques for automatically correcting words in text, 1992, https://doi.org/10.1145/146370.146380), and what
    differs there is mostly another word.
    """
    known = [one for one in known if one.startswith(word[0])]
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    fewest = min((distance for _word, distance, _place in near), default=0)
    return sorted(one for one, distance, _place in near if distance == fewest)[:MOST_ALIKE]


def _letters_with(words: set[str]) -> dict[str, int]:
    """In how many published letters each of the words stands."""
    if not words:
        return {}
    with connections[LetterWords.objects.db].cursor() as cursor:
        cursor.execute(_LETTERS_WITH, [sorted(words)])
        return dict(cursor.fetchall())


def _as_written(word: str, typed: str) -> str:
    """With the capitals of what was typed."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word
