"""What people linked: of a promise the later passages that take it up, of a passage the earlier promises that it takes up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import Q

from letters.models import CommitmentMention, FollowUp, Letter, Position


def with_letters(rows: Iterable[Position | CommitmentMention]) -> None:
    """Give promises and mentions their letters, with what a citation needs, in as many queries as one of them takes."""
    rows = list(rows)
    letters = Letter.objects.for_citing().in_bulk({row.letter_id for row in rows})
    for row in rows:
        row.letter = letters[row.letter_id]


def with_follow_ups(
    items: Sequence[Position | CommitmentMention],
    give_letters: Callable[[Iterable[Position | CommitmentMention]], None] = with_letters,
) -> None:
    """Give items of ``CommitmentList`` what a person confirmed: ``later``, the mentions that take up a promise, and ``earlier``,
    the promises that a mention takes up. The oldest first. ``give_letters`` gives a letter to them and to the items.
    """
    promises = [one.pk for one in items if isinstance(one, Position)]
    mentions = [mention.pk for mention in map(_mention_of, items) if mention]
    later, earlier = defaultdict(list), defaultdict(list)
    links = FollowUp.objects.public().filter(Q(promise__in=promises) | Q(mention__in=mentions)).order_by()
    for link in links.select_related("promise__paragraph", "mention__paragraph"):
        later[link.promise_id].append(link.mention)
        earlier[link.mention_id].append(link.promise)
    linked = [other for found in (later, earlier) for others in found.values() for other in others]
    give_letters([*items, *linked])
    for one in items:
        mention = _mention_of(one)
        one.later = sorted(later[one.pk], key=_when) if isinstance(one, Position) else []
        one.earlier = sorted(earlier[mention.pk], key=_when) if mention else []


def _mention_of(row: Position | CommitmentMention) -> CommitmentMention | None:
    return row.mention if isinstance(row, Position) else row


def _when(row: Position | CommitmentMention) -> tuple:
    return row.letter.date or date.min, row.letter_id, row.paragraph.order, row.start
