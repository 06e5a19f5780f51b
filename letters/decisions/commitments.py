"""Check, reject and reopen mentions of commitments, and say which promise a later passage takes up."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.decisions.meanwhile import Overtaken
from letters.decisions.positions import DECIDED, set_status
from letters.ingest import one_at_a_time
from letters.ingest.follow_ups import propose_follow_ups
from letters.models import CommitmentMention, FollowUp, Position


@transaction.atomic
def decide_mentions(
    mentions: Iterable[CommitmentMention],
    status: str,
    *,
    by: User | None,
    kind: str = "",
    seen: dict[int, str] | None = None,
) -> int:
    """Check, reject or reopen mentions, after giving them ``kind``; return how many changed.

    ``seen`` has, by key, the status that was on screen: of another nothing is written, and ``Overtaken`` says so.
    """
    one_at_a_time()  # before the letters: which promises they take up is proposed anew
    wanted = {mention.pk: mention.letter_id for mention in mentions}
    lock_letters(wanted.values())
    found = list(CommitmentMention.objects.filter(pk__in=wanted).select_related("letter").order_by("pk"))
    _refuse_gone_or_overtaken(found, wanted, seen)
    changed = []
    for mention in found:
        if status == CommitmentMention.Status.CHECKED and mention.paragraph_id is None:
            raise Refused(
                _("“%(sentence)s” staat niet meer in de brief. Wijs de vermelding af.")
                % {"sentence": mention.sentence}
            )
        if mention.status != status or (kind and mention.kind != kind):
            mention.kind = kind or mention.kind
            set_status(mention, Position.Status(status), by=by)
            mention._history_user = by
            mention.save(update_fields=["kind", *DECIDED])
            changed.append(mention)
    for letter in {mention.letter_id: mention.letter for mention in changed}.values():
        propose_follow_ups(letter)
    return len(changed)


@transaction.atomic
def decide_follow_ups(
    follow_ups: Iterable[FollowUp], status: str, *, by: User | None, seen: dict[int, str] | None = None
) -> int:
    """Confirm, reject or reopen that a passage takes up a promise; return how many changed. ``seen`` as for mentions.

    Raises ``Refused`` unless the promise and the passage were both checked and are public.
    """
    wanted = {one.pk: {one.promise.letter_id, one.mention.letter_id} for one in follow_ups}
    lock_letters({pk for pks in wanted.values() for pk in pks})
    found = list(FollowUp.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    _refuse_gone_or_overtaken(found, wanted, seen)
    if status == FollowUp.Status.CHECKED:
        promises = Position.objects.public().filter(
            pk__in=[one.promise_id for one in found], stance=Position.Stance.PROMISE
        )
        mentions = CommitmentMention.objects.public().filter(pk__in=[one.mention_id for one in found])
        checked = set(promises.values_list("pk", flat=True)), set(mentions.values_list("pk", flat=True))
        if any(one.promise_id not in checked[0] or one.mention_id not in checked[1] for one in found):
            raise Refused(
                _("Kijk eerst de toezegging en de latere passage zelf na, en publiceer hun brieven.")
            )
    changed = [one for one in found if one.status != status]
    for one in changed:
        set_status(one, Position.Status(status), by=by)
        one._history_user = by
        one.save(update_fields=DECIDED)
    return len(changed)


def _refuse_gone_or_overtaken(found: list, wanted: dict, seen: dict[int, str] | None) -> None:
    if len(found) < len(wanted):
        raise Refused(_("De brief is intussen opnieuw gelezen. Bekijk de voorstellen zoals zij nu zijn."))
    for row in found:
        if seen and seen.get(row.pk, row.status) != row.status:
            raise Overtaken(
                _("Een collega besliste dit intussen: %(status)s. Uw keuze is niet bewaard.")
                % {"status": row.get_status_display()}
            )
