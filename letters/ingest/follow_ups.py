"""Propose which earlier promise a later passage takes up. A person decides; what was decided is never proposed anew."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import DateField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from letters.models import CommitmentMention, FollowUp, Letter, Meeting, Position
from letters.parsing.follow_ups import Likeness, likeness, telling_words

#: How long after a promise a letter may still come back to it.
WINDOW = timedelta(days=3 * 366)
#: Proposals for one passage at a time: more is no help to who must choose.
MOST = 3


#: The day of a letter, or of its meeting where the letter does not say.
_MEETING = Meeting.objects.filter(letters=OuterRef("letter")).order_by("start").values("start")[:1]
DAY = Coalesce("letter__date", Subquery(_MEETING), output_field=DateField())


class Candidate(NamedTuple):
    """A promise that a passage may take up."""

    promise: int
    likeness: Likeness
    day: date


def propose_follow_ups(letter: Letter) -> None:
    """Propose for each passage of this letter the promises before it; and where the letter has promises, for the passages after it.

    Only for who has ``one_at_a_time()``: it writes of other letters too.
    """
    mentions = CommitmentMention.objects.standing().annotate(day=DAY)
    promises = letter.positions.filter(stance=Position.Stance.PROMISE)
    wanted = Q(letter=letter)
    if day := promises.annotate(day=DAY).values_list("day", flat=True).first():
        wanted |= Q(day__gt=day, day__lte=day + WINDOW)
    for mention in mentions.filter(wanted).select_related("paragraph__section"):
        _propose(mention)


def _propose(mention: CommitmentMention) -> None:
    """Bring the proposals for one passage up to date: what is no longer among the best goes, unless a person decided on it."""
    wanted = {one.promise: one.likeness for one in _best(mention)}
    for held in FollowUp.objects.select_for_update().filter(mention=mention):
        found = wanted.pop(held.promise_id, None)
        if held.status != FollowUp.Status.UNCHECKED:
            continue
        if found is None:
            held.delete()
        elif (held.likeness, held.shared) != (found.share, list(found.words)):
            held.likeness, held.shared = found.share, list(found.words)
            held.save(update_fields=["likeness", "shared"])
    for promise, found in wanted.items():
        FollowUp.objects.create(
            promise_id=promise, mention=mention, likeness=found.share, shared=list(found.words)
        )


def _best(mention: CommitmentMention) -> list[Candidate]:
    words = telling_words(mention.quotation)
    if not words or mention.day is None:
        return []
    topics = set(mention.paragraph.section.topics.values_list("pk", flat=True))
    found = [
        Candidate(promise.pk, like, promise.day)
        for promise in _promises_before(mention, topics)
        if (like := likeness(telling_words(promise.quotation), words)).is_enough(same_topic=bool(topics))
    ]
    found.sort(
        key=lambda one: (one.likeness.share, len(one.likeness.words), one.day, one.promise), reverse=True
    )
    return found[:MOST]


def _promises_before(mention: CommitmentMention, topics: set[int]) -> Iterable[Position]:
    """The promises of earlier letters: on one of these topics, or any when the passage stands under none."""
    promises = (
        Position.objects.annotate(day=DAY)
        .filter(stance=Position.Stance.PROMISE, paragraph__isnull=False)
        .filter(day__lt=mention.day, day__gte=mention.day - WINDOW)
        .exclude(Q(status=Position.Status.REJECTED) | Q(letter__status=Letter.Status.WITHDRAWN))
    )
    if topics:
        on_topic = Q(topics__in=topics) | Q(paragraph__section__topics__in=topics)
        promises = promises.filter(on_topic).distinct()
    shown = ["sentence", "start", "paragraph__text"]
    return promises.order_by().select_related("paragraph").only("letter", "paragraph", *shown)
