"""The index as it is in the database, read into columns: of all letters, or of some."""

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from letters.filters.corpus.columns import Column, Sets
from letters.filters.corpus.packed import columns
from letters.filters.corpus.tables import Corpus, Letters, Passages, Positions, latest_first
from letters.models import CorpusVersion, IndexedLetter, IndexedPassage, IndexedPosition, Meeting, TopicSet
from letters.models.index import STANCE_BITS

#: Of fewer sets of topics each is asked for by its key.
SOME_SETS = 1000


def read(keys: list[int] | None = None) -> Corpus:
    """Read all of it, or what is of these letters: of one moment, in a transaction that sees only one."""
    version = CorpusVersion.current()
    letters = _letters(_of(IndexedLetter.objects.all(), keys))
    passages = _passages(_of(IndexedPassage.objects.all(), keys), letters)
    positions = _positions(_of(IndexedPosition.objects.all(), keys), letters, passages)
    return Corpus(version, letters, passages, positions)


def stamps() -> tuple[np.ndarray, np.ndarray]:
    """The keys of all letters, and their stamps."""
    return tuple(columns(IndexedLetter.objects, "pk", "stamp"))


def meetings_begin() -> dict[int, int]:
    """On which day each meeting begins, by its key."""
    keys, days = columns(Meeting.objects, "pk", "start")
    return dict(zip(keys.tolist(), days.tolist(), strict=True))


def _of(rows: QuerySet, keys: list[int] | None) -> QuerySet:
    return rows if keys is None else rows.filter(letter__in=keys)


def _letters(rows: QuerySet) -> Letters:
    found = columns(rows, "pk", "published_at", "stamp", "date", "ordered_on", "begun_on", "has_passages")
    order = newest_first(keys=found[0], ordered_on=found[4])
    keys, *others = (column[order] for column in found)
    of = {
        name: _column_of_letters(rows, name, keys)
        for name in ("kind", "levels", "meetings", "years", "chambers", "signatories")
    }
    return Letters(keys, *others, **of, meetings_begin=meetings_begin())


def newest_first(*, keys: np.ndarray, ordered_on: np.ndarray) -> np.ndarray:
    """The order of letters; those without a day come last."""
    return np.lexsort((-keys, latest_first(ordered_on)))


def _column_of_letters(rows: QuerySet, name: str, letters: np.ndarray) -> Column:
    """The values that letters have in one column of the database: those that have the same come together."""
    groups = list(rows.order_by().values_list(name).annotate(letters=ArrayAgg("pk")))
    sets = [(values,) if isinstance(values, str) else tuple(values) for values, _keys in groups]
    held_by = np.array([key for _values, keys in groups for key in keys], np.int64)
    numbers = np.repeat(np.arange(len(groups), dtype=np.int32), [len(keys) for _values, keys in groups])
    of_letters = np.empty(len(letters), np.int32)
    of_letters[np.argsort(letters)] = numbers[np.argsort(held_by)]
    return Column(Sets((values, values) for values in sets), of_letters)


def _passages(rows: QuerySet, letters: Letters) -> Passages:
    keys, of_letter, place, session, topics, topics_unchecked, stances, stances_unchecked = columns(
        rows,
        *("pk", "letter", "order", "session", "topic_set", "topic_set_unchecked", "stances", "stances_unchecked"),
    )  # fmt: skip
    letter = letters.rows_of_all(of_letter)
    order = np.lexsort((keys, place, letter))
    checked, with_unchecked = _topics(topics[order], topics_unchecked[order])
    return Passages(
        keys[order],
        letters.published_at[letter[order]],
        letters,
        letter[order],
        session=_sessions(session[order]),
        topics=checked,
        stances=_stances(stances[order]),
        topics_unchecked=with_unchecked,
        stances_unchecked=_stances(stances_unchecked[order]),
    )


def _positions(rows: QuerySet, letters: Letters, passages: Passages) -> Positions:
    keys, published_at, of_passage, of_letter, place, start, session, topics, stances, is_checked = columns(
        rows,
        *("pk", "published_at", "paragraph", "letter", "order", "start"),
        *("session", "topic_set", "stances", "is_checked"),
    )
    letter = letters.rows_of_all(of_letter)
    order = np.lexsort((keys, start, place, letter))
    [filed_under] = _topics(topics[order])
    return Positions(
        keys[order],
        published_at[order],
        letters,
        letter[order],
        session=_sessions(session[order]),
        topics=filed_under,
        stances=_stances(stances[order]),
        passage=passages.rows_of_all(of_passage[order]),
        is_checked=is_checked[order],
    )


def _topics(*columns: np.ndarray) -> list[Column]:
    """Columns from those with keys of sets. By their key sets are not known any longer: it may come back with other topics."""
    wanted, places = np.unique(np.concatenate(columns), return_inverse=True)
    rows = TopicSet.objects.values_list("pk", "topics")
    found = dict(rows.filter(pk__in=wanted.tolist()) if len(wanted) < SOME_SETS else rows)
    topics = [tuple(found[key]) for key in wanted.tolist()]
    sets = Sets(zip(topics, topics, strict=True))
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return [Column(sets, numbers) for numbers in np.split(places.astype(np.int32), ends)]


def _sessions(numbers: np.ndarray) -> Column:
    return Column.of_keys(
        Sets((number, (number,) if number else ()) for number in np.unique(numbers).tolist()), numbers
    )


def _stances(bits: np.ndarray) -> Column:
    found = np.unique(bits).tolist()
    pairs = ((one, [pair for pair, bit in STANCE_BITS.items() if one & bit]) for one in found)
    return Column.of_keys(Sets(pairs), bits)
