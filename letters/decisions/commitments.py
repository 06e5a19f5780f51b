"""Check, reject, reopen and add mentions of commitments, and say which promise a later passage takes up."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.decisions.meanwhile import Overtaken
from letters.decisions.positions import DECIDED, find_sentence, sentence_at, set_status
from letters.ingest import one_at_a_time
from letters.ingest.follow_ups import DAY, propose_follow_ups
from letters.models import CommitmentMention, FollowUp, Letter, Position
from letters.parsing.follow_ups import likeness, telling_words


class DecidedAlready(Refused):
    """What is added is there already, and somebody decided on it: on ``row``."""

    def __init__(self, message: str, row: CommitmentMention | FollowUp):
        super().__init__(message)
        self.row = row


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
def add_mention(
    letter: Letter, quote: str, kind: str, *, by: User | None, at: tuple[int, int, int] | None = None
) -> CommitmentMention:
    """Add a mention that the machine missed, by quoting (part of) its sentence; it counts as checked.

    ``at`` says where the quoted words stand (key of the paragraph, start, end), for a sentence that comes twice. Raises
    ``DecidedAlready`` when somebody decided on this sentence before: it is one mention, of one kind.
    """
    one_at_a_time()  # before the letter: which promises it takes up is proposed at once
    lock_letters([letter.pk])
    paragraph, sentence = sentence_at(letter, *at, quote) if at else find_sentence(letter, quote)
    if paragraph.is_question:
        raise Refused(
            _("Dit zijn woorden van Kamerleden die de brief herhaalt; daarin spreekt geen bewindspersoon.")
        )
    span = {"paragraph": paragraph, "start": sentence.start, "end": sentence.end}
    mention = CommitmentMention.objects.filter(**span).first()
    if mention is not None and mention.is_decided:
        raise DecidedAlready(_why_not_added(mention, kind), mention)
    mention = mention or CommitmentMention(letter=letter, sentence=sentence.text, **span)
    mention.kind = kind
    set_status(mention, Position.Status.CHECKED, by=by)
    mention._history_user = by
    mention.save(update_fields=["kind", *DECIDED] if mention.pk else None)
    propose_follow_ups(letter)
    return mention


def _why_not_added(mention: CommitmentMention, kind: str) -> str:
    if not mention.is_checked:
        return _(
            "Deze zin is afgewezen. Kies daar alsnog wat zij doet, als zij wel van een toezegging spreekt."
        )
    if mention.kind == kind:
        return _("Deze vermelding staat al bij deze zin, nagekeken.")
    return _("Deze zin is al nagekeken: “%(kind)s”. Kies daar de andere soort als die niet klopt.") % {
        "kind": mention.get_kind_display()
    }


def promises_before(mention: CommitmentMention) -> QuerySet[Position]:
    """The promises that a person may say this passage takes up: public, and of a letter of an earlier day (``day``).

    Of an earlier day than the letter's, or its meeting's: without either there are none.
    """
    day = CommitmentMention.objects.annotate(day=DAY).values_list("day", flat=True).get(pk=mention.pk)
    promises = Position.objects.public().filter(stance=Position.Stance.PROMISE).annotate(day=DAY)
    return promises.filter(day__lt=day) if day else promises.none()


@transaction.atomic
def add_follow_up(promise: Position, mention: CommitmentMention, *, by: User | None) -> FollowUp:
    """Say that a passage takes up a promise, also one that the machine does not propose; it counts as checked.

    Raises ``Refused`` unless both are checked and public, and the promise is of an earlier letter; ``DecidedAlready`` when
    somebody decided on this pair before.
    """
    one_at_a_time()  # before the letters: a reading may just be proposing the same
    lock_letters([promise.letter_id, mention.letter_id])
    _refuse_unless_public({promise.pk}, {mention.pk})
    if not promises_before(mention).filter(pk=promise.pk).exists():
        raise Refused(
            _(
                "Alleen een toezegging uit een eerdere brief kan worden gekozen. Klopt de volgorde niet, verbeter dan de datum van "
                "de brief."
            )
        )
    follow_up = FollowUp.objects.select_for_update().filter(promise=promise, mention=mention).first()
    if follow_up is not None and follow_up.is_checked:
        raise DecidedAlready(_("Deze toezegging is al bevestigd."), follow_up)
    if follow_up is not None and follow_up.status == FollowUp.Status.REJECTED:
        raise DecidedAlready(
            _("Deze toezegging is eerder afgewezen. Kies daar alsnog “Ja” als zij het wel is."), follow_up
        )
    if follow_up is None:
        alike = likeness(telling_words(promise.quotation), telling_words(mention.quotation))
        follow_up = FollowUp(promise=promise, mention=mention, likeness=alike.share, shared=list(alike.words))
    set_status(follow_up, Position.Status.CHECKED, by=by)
    follow_up._history_user = by
    follow_up.save(update_fields=DECIDED if follow_up.pk else None)
    return follow_up


@transaction.atomic
def decide_follow_ups(
    follow_ups: Iterable[FollowUp], status: str, *, by: User | None, seen: dict[int, str] | None = None
) -> int:
    """Confirm, reject or reopen that a passage takes up a promise; return how many changed. ``seen`` as for mentions.

    Raises ``Refused`` unless the promise and the passage were both checked and are public.
    """
    one_at_a_time()  # before the letters: a reading may just be proposing anew, one passage after the other
    wanted = {one.pk: {one.promise.letter_id, one.mention.letter_id} for one in follow_ups}
    lock_letters({pk for pks in wanted.values() for pk in pks})
    found = list(FollowUp.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    _refuse_gone_or_overtaken(found, wanted, seen)
    if status == FollowUp.Status.CHECKED:
        _refuse_unless_public({one.promise_id for one in found}, {one.mention_id for one in found})
    changed = [one for one in found if one.status != status]
    for one in changed:
        set_status(one, Position.Status(status), by=by)
        one._history_user = by
        one.save(update_fields=DECIDED)
    return len(changed)


def _refuse_unless_public(promises: set[int], mentions: set[int]) -> None:
    public = Position.objects.public().filter(stance=Position.Stance.PROMISE, pk__in=promises)
    if public.count() < len(promises) or CommitmentMention.objects.public().filter(
        pk__in=mentions
    ).count() < len(mentions):
        raise Refused(_("Kijk eerst de toezegging en de latere passage zelf na, en publiceer hun brieven."))


def _refuse_gone_or_overtaken(found: list, wanted: dict, seen: dict[int, str] | None) -> None:
    if len(found) < len(wanted):
        raise Refused(_("De brief is intussen opnieuw gelezen. Bekijk de voorstellen zoals zij nu zijn."))
    for row in found:
        if seen and seen.get(row.pk, row.status) != row.status:
            raise Overtaken(
                _("Een collega besliste dit intussen: %(status)s. Uw keuze is niet bewaard.")
                % {"status": row.get_status_display()}
            )
