"""The list of commitments in letters: new promises, and passages that refer to an earlier one or fulfil one.

Promises are positions, which the corpus in memory has; mentions of earlier ones are few, and join them there as rows of one table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from django.db.models import Prefetch, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, facets, fields
from letters.filters.corpus import Corpus, OfLetters
from letters.filters.corpus.columns import Column, Sets
from letters.filters.corpus.packed import microseconds
from letters.filters.filtered_list import FilteredList
from letters.filters.hits import Hits
from letters.filters.lists import PassageList
from letters.filters.options import FacetOptions
from letters.filters.query import Key
from letters.filters.remembered import remembered
from letters.filters.words import KEYS, title
from letters.models import CommitmentMention, Note, Position
from letters.models.index import STANCE_BITS
from letters.models.text import with_meetings

ORDERS = {key: choices.ORDERS[key] for key in (choices.NEWEST, choices.OLDEST)}


class CommitmentKind(TextChoices):
    """What a letter does: it promises, refers to an earlier promise, or fulfils one."""

    NEW = "new", _("nieuwe toezegging")
    REFERS = CommitmentMention.Kind.REFERS.value, CommitmentMention.Kind.REFERS.label
    FULFILS = CommitmentMention.Kind.FULFILS.value, CommitmentMention.Kind.FULFILS.label


KINDS = {
    "nieuw": CommitmentKind.NEW,
    "verwijst": CommitmentKind.REFERS,
    "komt-na": CommitmentKind.FULFILS,
}
#: What one sentence may do: one of the three, or promise something and speak of an earlier promise.
_KINDS = Sets(
    (key, key.split())
    for key in (
        *CommitmentKind.values,
        *(f"{CommitmentKind.NEW} {kind}" for kind in CommitmentMention.Kind.values),
    )
)
_PROMISES = [pair for pair in STANCE_BITS if pair[0] == Position.Stance.PROMISE]
_NO_STANCE = Sets([("none", ())])


@dataclass(frozen=True)
class Commitments(OfLetters):
    """Keys are those of promises, and those of mentions below zero. ``passage``: the row in the passages.

    One sentence may promise something and refer to an earlier promise: that is one row, of the promise, and ``joined`` has the
    mention by the promise's key.
    """

    passage: np.ndarray
    is_checked: np.ndarray
    kinds: Column
    joined: dict[int, int]


def commitments(corpus: Corpus) -> Commitments:
    """All that visitors can see, with what nobody looked at yet: the newest letter first, within it as they stand there."""
    positions, passages = corpus.positions, corpus.passages
    promises = np.flatnonzero(positions.stances.having(_PROMISES))
    joined, apart = _mentions()
    among = passages.rows_of(np.array([row.paragraph for row in apart], np.int64))
    known = set(passages.keys[among].tolist())
    apart = [row for row in apart if row.paragraph in known]  # the corpus may be a moment older
    passage = np.concatenate([positions.passage[promises], among]).astype(np.intp)
    letter = passages.letter[passage]
    order = np.lexsort((passage, letter))
    kinds = [_together(CommitmentKind.NEW, joined.get(key)) for key in positions.keys[promises].tolist()]
    kinds += [_together(row.kind) for row in apart]

    def column(name: str) -> Column:
        of_promises = getattr(positions, name).taking(promises)
        return of_promises.followed_by(getattr(passages, name).taking(among)).taking(order)

    def numbers(of_promises: np.ndarray, of_mentions: Iterable) -> np.ndarray:
        return np.concatenate([of_promises, np.array([*of_mentions], of_promises.dtype)])[order]

    return Commitments(
        keys=numbers(positions.keys[promises], (-row.pk for row in apart)),
        published_at=numbers(
            positions.published_at[promises],
            np.maximum(passages.published_at[among], [row.decided_at for row in apart]),
        ),
        letters=corpus.letters,
        letter=letter[order],
        session=column("session"),
        topics=column("topics"),
        stances=Column(_NO_STANCE, np.zeros(len(order), np.int32)),
        passage=passage[order],
        is_checked=numbers(positions.is_checked[promises], (row.is_checked for row in apart)),
        kinds=Column.of_keys(_KINDS, np.array(kinds, str)[order]),
        joined={promise: row.pk for promise, row in joined.items()},
    )


class _Mention(NamedTuple):
    paragraph: int
    pk: int
    kind: str
    is_checked: bool
    decided_at: int  # microseconds since 2000; 0 when nobody decided


def _mentions() -> tuple[dict[int, _Mention], list[_Mention]]:
    """Those in the sentence of a promise that is checked or not as they are, by the promise's key; and the others."""
    place = ["paragraph_id", "start", "status", "pk"]
    found = CommitmentMention.objects.public(unchecked=True).order_by("paragraph_id", "start")
    beside = Position.objects.public(unchecked=True).filter(
        stance=Position.Stance.PROMISE, paragraph__in=found.order_by().values("paragraph")
    )
    promises = {row[:3]: row[3] for row in beside.order_by().values_list(*place)}
    joined, apart = {}, []
    for paragraph, start, status, pk, kind, decided_at in found.values_list(*place, "kind", "decided_at"):
        decided = microseconds(decided_at) if decided_at else 0
        mention = _Mention(paragraph, pk, kind, status == Position.Status.CHECKED, decided)
        promise = promises.get((paragraph, start, status))
        if promise is None:
            apart.append(mention)
        else:
            joined[promise] = mention
    return joined, apart


def _together(kind: str, mention: _Mention | None = None) -> str:
    """The key of the set of what one sentence does."""
    return f"{kind} {mention.kind}" if mention else str(kind)


class KindFacet(facets.RowFacet):
    def having(self, table: Commitments, cleaned, unchecked):
        chosen = self.chosen(cleaned)
        return table.kinds.having(chosen) if chosen else None

    def count(self, hits, cleaned, unchecked):
        return hits.count(hits.table.kinds)


def kinds_of(row: Position | CommitmentMention) -> list[CommitmentKind]:
    """What a sentence does; a promise that also speaks of an earlier one has that as its ``mention``."""
    if isinstance(row, CommitmentMention):
        return [CommitmentKind(row.kind)]
    mention = getattr(row, "mention", None)
    return [CommitmentKind.NEW, *([CommitmentKind(mention.kind)] if mention else [])]


def kind() -> facets.Facet:
    def names(found, version):
        """Asked anew each time: the words are in the language of the page."""
        return {member.value: (key, str(member.label)) for key, member in KINDS.items()}

    return KindFacet(fields.TableField(_("soort"), KINDS), _("Soort"), names)


class AllValues(FacetOptions):
    """A facet that shows all its values on the page of the list: there are few ministers and topics."""

    @cached_property
    def shown(self):
        return self.values


@dataclass(frozen=True, slots=True)
class CommitmentItems:
    """Promises and mentions in order, of which any part can be taken: only those are read."""

    filtered: "CommitmentList"
    promises: QuerySet
    mentions: QuerySet

    def __getitem__(self, part: slice) -> list[Position | CommitmentMention]:
        keys = self.filtered.keys[part].tolist()
        found = self.filtered.by_key(keys, self.promises, self.mentions)
        return [found[key] for key in keys if key in found]


class CommitmentList(FilteredList):
    """What letters promise parliament, and where they speak of what was promised before."""

    route = "commitments"
    all_items = _("Toezeggingen in brieven")
    shown_facets = ("soort", "onderwerp", "bewindspersoon")

    niveau = bijeenkomst = sessie = kamer = standpunt = moment = None
    soort = kind()
    sorteer = Key(fields.WordField("sorteer", ORDERS))
    ongecontroleerd = Key(fields.WordField("ongecontroleerd", {"ja": _("ook wat niemand nakeek")}))

    @property
    def asked(self) -> dict:
        """What is chosen, with nothing for the keys that only other lists have."""
        return {**dict.fromkeys(KEYS, ()), **self.cleaned}

    @property
    def title(self) -> str:
        """ "Toezeggingen in brieven · Oekraïne · 2021"."""
        every, words = str(self.all_items), title(self.asked, self.all_items)
        return words if words.startswith(every) else f"{every} · {words}"

    @property
    def in_words(self) -> str:
        return title(self.asked, "")

    @cached_property
    def table(self) -> Commitments:
        return remembered(self.version, "commitments", lambda: commitments(self.corpus))

    @property
    def facet_options(self) -> list[AllValues]:
        return [self._options(facet) for facet in self.facets]

    def _options(self, facet: facets.Facet) -> AllValues:
        counted = self.counts.values.get(facet.key, {})
        chosen = {choice.value: choice for choice in self.cleaned[facet.key]}
        names = facet.named(counted, self.version)
        return AllValues(facet.key, facet.label, names, counted, chosen, facet.by_count, "")

    def with_words(self):
        if not self.words:
            return None
        passages = PassageList(cleaned=self.cleaned)
        passages.version, passages.corpus = self.version, self.corpus
        return self.corpus.passages.flagged(passages.rows_with_words)[self.table.passage]

    def find(self, without):
        rows = super().find(without).rows
        return Hits(self.table, rows if self.shows_unchecked else rows[self.table.is_checked[rows]])

    @property
    def unchecked_count(self):
        return int(np.count_nonzero(~self.table.is_checked[super().find("").rows]))

    @property
    def listed(self) -> CommitmentItems:
        """The items in order, each as the page shows it; their letters are read together: ``with_letters``."""
        shown = with_meetings("paragraph__section__agenda_topics")
        notes = Prefetch("notes", Note.objects.public(), to_attr="public_notes")
        return CommitmentItems(
            self,
            Position.objects.with_context().prefetch_related(None).prefetch_related(shown, notes),
            CommitmentMention.objects.with_context().prefetch_related(None).prefetch_related(shown),
        )

    def by_key(
        self, keys: Iterable[int], promises: QuerySet, mentions: QuerySet
    ) -> dict[int, Position | CommitmentMention]:
        """The items with these keys of ``table``, as the querysets have them, as far as they are public now.

        A promise has as ``mention`` what its sentence says of an earlier promise, or None.
        """
        joined = {key: self.table.joined[key] for key in keys if key in self.table.joined}
        promises = promises.public(unchecked=self.shows_unchecked).filter(stance=Position.Stance.PROMISE)
        mentions = mentions.public(unchecked=self.shows_unchecked)
        of_promises = promises.in_bulk([key for key in keys if key > 0])
        of_mentions = mentions.in_bulk([*(-key for key in keys if key < 0), *joined.values()])
        for pk, promise in of_promises.items():
            promise.mention = of_mentions.get(joined.get(pk))
        return of_promises | {-pk: mention for pk, mention in of_mentions.items()}
