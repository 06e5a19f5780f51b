"""The index as it is in the database, read into columns."""

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg

from letters.filters.corpus.combinations import Combinations
from letters.filters.corpus.packed import columns
from letters.filters.corpus.tables import Corpus, Letters, Passages, Positions
from letters.filters.corpus.value_sets import ValueSets
from letters.models import CorpusVersion, IndexedLetter, IndexedPassage, IndexedPosition, Meeting, TopicSet


def read_corpus() -> Corpus:
    """Read all of it: of one moment, in a transaction that sees only one."""
    version = CorpusVersion.current()
    letters = _letters()
    topic_sets = _TopicSets()
    passages = _passages(letters, topic_sets)
    return Corpus(version, letters, passages, _positions(letters, passages, topic_sets))


def _letters() -> Letters:
    found = columns(
        IndexedLetter.objects, "pk", "published_at", "date", "ordered_on", "begun_on", "has_passages"
    )
    keys, ordered_on = found[0], found[3]
    order = np.lexsort((-keys, -ordered_on.astype(np.int64)))
    keys, *others = (column[order] for column in found)
    of = {
        name: _sets_of_letters(name, keys)
        for name in ("levels", "meetings", "years", "chambers", "signatories")
    }
    return Letters(
        keys,
        *others,
        kind=_sets_of_letters("kind", keys, one=True),
        **of,
        meetings_begin=_begin(of["meetings"].values),
    )


def _begin(meetings: list[int]) -> np.ndarray:
    keys, starts = columns(Meeting.objects, "pk", "start")
    found = dict(zip(keys.tolist(), starts.tolist(), strict=True))
    return np.array([found[meeting] for meeting in meetings], np.int64)


def _sets_of_letters(column: str, letters: np.ndarray, *, one: bool = False) -> ValueSets:
    """The values that letters have in one column: those that have the same come together."""
    rows = list(IndexedLetter.objects.order_by().values_list(column).annotate(letters=ArrayAgg("pk")))
    held_by = np.array([key for _values, keys in rows for key in keys], np.int64)
    sets = np.repeat(np.arange(len(rows)), [len(keys) for _values, keys in rows])
    of_letters = np.empty(len(letters), np.int32)
    of_letters[np.argsort(letters)] = sets[np.argsort(held_by)]
    return ValueSets([(values,) if one else values for values, _keys in rows], of_letters)


class _TopicSets:
    def __init__(self):
        self.keys, self.sets = [], []
        for key, topics in TopicSet.objects.order_by("pk").values_list("pk", "topics"):
            self.keys.append(key)
            self.sets.append(topics)

    def of(self, keys: np.ndarray) -> ValueSets:
        return ValueSets(self.sets, np.searchsorted(np.array(self.keys, np.int64), keys))


def _sessions(numbers: np.ndarray) -> ValueSets:
    most = int(numbers.max(initial=0))
    return ValueSets([(), *((number,) for number in range(1, most + 1))], numbers)


def _passages(letters: Letters, topic_sets: _TopicSets) -> Passages:
    keys, of_letter, place, session, topics, topics_unchecked, stances, stances_unchecked = columns(
        IndexedPassage.objects,
        *(
            "pk",
            "letter",
            "order",
            "session",
            "topic_set",
            "topic_set_unchecked",
            "stances",
            "stances_unchecked",
        ),
    )
    letter = letters.rows_of(of_letter)
    order = np.lexsort((keys, place, letter))
    letter = letter[order].astype(np.int32)
    return Passages(
        keys[order],
        letters.published_at[letter],
        letters,
        letter,
        session=_sessions(session[order]),
        topics=topic_sets.of(topics[order]),
        stances=Combinations(stances[order]),
        topics_unchecked=topic_sets.of(topics_unchecked[order]),
        stances_unchecked=Combinations(stances_unchecked[order]),
    )


def _positions(letters: Letters, passages: Passages, topic_sets: _TopicSets) -> Positions:
    keys, published_at, of_passage, of_letter, place, start, session, topics, stances, is_checked = columns(
        IndexedPosition.objects,
        *(
            "pk",
            "published_at",
            "paragraph",
            "letter",
            "order",
            "start",
            "session",
            "topic_set",
            "stances",
            "is_checked",
        ),
    )
    letter = letters.rows_of(of_letter)
    order = np.lexsort((keys, start, place, letter))
    return Positions(
        keys[order],
        published_at[order],
        letters,
        letter[order].astype(np.int32),
        session=_sessions(session[order]),
        topics=topic_sets.of(topics[order]),
        stances=Combinations(stances[order]),
        passage=passages.rows_of(of_passage[order]).astype(np.int32),
        is_checked=is_checked[order],
    )
