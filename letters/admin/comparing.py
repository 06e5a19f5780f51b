"""Two letters side by side: what is known of each, and their texts paragraph by paragraph with the words that differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from django.utils.translation import gettext as _

from letters.ingest.merge import align
from letters.models import Letter
from letters.parsing.folding import fold

#: Fewer equal paragraphs than this in a row are shown; more are folded away.
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    left: str
    right: str
    is_compared: bool = True  # not for what differs between any two letters: their status, their files

    @property
    def differs(self) -> bool:
        return self.is_compared and bool(self.left and self.right) and fold(self.left) != fold(self.right)


@dataclass(frozen=True, slots=True)
class Pair:
    """One paragraph of each text, or of one: pieces of text, each with whether the other text has it otherwise."""

    left: tuple[tuple[bool, str], ...]
    right: tuple[tuple[bool, str], ...]

    @property
    def is_equal(self) -> bool:
        return not any(differs for differs, _words in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Run:
    """Pairs that follow each other. ``is_folded``: equal on both sides, and many."""

    pairs: tuple[Pair, ...]
    is_folded: bool


def facts(left: Letter, right: Letter) -> list[Fact]:
    """What is known of both letters, in the order in which a person compares them."""
    pairs = list(zip(_facts(left), _facts(right), strict=True))
    ends = {0, len(pairs) - 1}
    return [Fact(name, a, b, place not in ends) for place, ((name, a), (_name, b)) in enumerate(pairs)]


def _facts(letter: Letter) -> list[tuple[str, str]]:
    submissions = list(letter.submissions.all())
    return [
        (_("Status"), letter.get_status_display()),
        (_("Soort"), letter.get_kind_display()),
        (_("Datum"), letter.written_on if letter.date else ""),
        (_("Betreft"), letter.subject),
        (_("Bijeenkomsten"), "; ".join(str(meeting) for meeting in letter.meetings.all())),
        (_("Kamer"), ", ".join(row.get_chamber_display() for row in submissions if row.chamber)),
        (_("Kamerstuknummer"), ", ".join(row.paper_number for row in submissions if row.paper_number)),
        (_("Onze referentie"), ", ".join(row.reference for row in submissions if row.reference)),
        (_("Bewindspersonen"), "; ".join(str(row) for row in letter.signatories.all())),
        (_("Ministeries"), ", ".join(letter.ministries)),
        (_("Bestanden"), "; ".join(str(edition) for edition in letter.editions.all())),
    ]


def runs(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    """Both texts aligned, in the order of the right one; what only the left one has stands where it was."""
    pairs = _pairs(left, right)
    grouped = [(equal, tuple(group)) for equal, group in groupby(pairs, key=lambda pair: pair.is_equal)]
    return [Run(group, equal and len(group) > MOST_SHOWN) for equal, group in grouped]


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    places = align(left, right)
    alone = [index for index in range(len(left)) if index not in set(places)]
    pairs = []
    for text, place in zip(right, places, strict=True):
        while place is not None and alone and alone[0] < place:
            pairs.append(Pair(((True, left[alone.pop(0)]),), ()))
        pairs.append(_compared(left[place], text) if place is not None else Pair((), ((True, text),)))
    return pairs + [Pair(((True, left[index]),), ()) for index in alone]


def _compared(left: str, right: str) -> Pair:
    """Mark the words that differ; dashes, quotes and case that editions write differently are no difference."""
    a, b = left.split(), right.split()
    matcher = SequenceMatcher(None, [fold(word) for word in a], [fold(word) for word in b], autojunk=False)
    codes = matcher.get_opcodes()
    return Pair(
        tuple((tag != "equal", " ".join(a[i:j])) for tag, i, j, _k, _l in codes if j > i),
        tuple((tag != "equal", " ".join(b[k:l])) for tag, _i, _j, k, l in codes if l > k),  # noqa: E741
    )
