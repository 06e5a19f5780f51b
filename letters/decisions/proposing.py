"""After people decided what letters promise: which later passages take that up is proposed anew, at once."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.db.models import Q

from letters.ingest import one_at_a_time
from letters.ingest.follow_ups import propose_follow_ups
from letters.models import FollowUp, Letter, Position


@contextmanager
def promises_followed(letters: Iterable[int]) -> Iterator[None]:
    """Around a decision, in its transaction: where it changes what these letters (keys) promise, propose follow-ups anew.

    That is done once the decision is written. It waits for readings, and a reading may wait for the very letters that the
    decision holds. What goes wrong in it is logged: the decision stands.
    """
    letters = list(letters)
    before = _promises(letters)
    yield
    changed = {letter for letter, _promise in before ^ _promises(letters)}
    if changed:
        transaction.on_commit(partial(_propose, changed), robust=True)


def _promises(letters: Collection[int]) -> set[tuple[int, int]]:
    """Letter and key of each promise that a later passage may take up."""
    promises = Position.objects.filter(
        letter__in=letters, stance=Position.Stance.PROMISE, paragraph__isnull=False
    )
    return set(promises.exclude(status=Position.Status.REJECTED).order_by().values_list("letter", "pk"))


@transaction.atomic
def _propose(letters: Collection[int]) -> None:
    """Propose for what these letters promise now, and for passages that were proposed to take up what is no promise any more."""
    one_at_a_time()
    no_promise = FollowUp.objects.filter(promise__letter__in=letters, status=FollowUp.Status.UNCHECKED)
    no_promise = no_promise.exclude(promise__stance=Position.Stance.PROMISE)
    touched = Q(pk__in=letters) | Q(mentions__follow_ups__in=no_promise.order_by())
    for letter in list(Letter.objects.filter(touched).order_by("pk").distinct()):
        propose_follow_ups(letter)
