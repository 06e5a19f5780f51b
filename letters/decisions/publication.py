"""Publish a letter, withdraw it, or throw away a draft."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.anchors import give_anchors
from letters.decisions.locking import Refused
from letters.ingest import one_at_a_time
from letters.ingest.follow_ups import propose_follow_ups
from letters.ingest.meetings import fill_shared
from letters.ingest.problems import SAME_LETTER
from letters.models import AgendaTopic, Letter, Publication


@transaction.atomic
def publish(letter: Letter, *, by: User | None) -> None:
    """Make a letter public. Its paragraphs get their anchors now, for ever."""
    one_at_a_time()  # before the letter: its address must be free
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.is_public:
        return
    if not letter.paragraphs.exists():
        raise Refused(_("“%(letter)s” heeft geen tekst. Lees eerst het bestand in.") % {"letter": letter})
    if not letter.meetings.exists() and letter.kind != Letter.Kind.OTHER:
        raise Refused(
            _(
                "“%(letter)s” hoort nog bij geen bijeenkomst. Kies die eerst, anders vindt niemand de brief daar."
            )
            % {"letter": letter}
        )
    if marking := letter.problems.blocking().first():
        raise Refused(
            _("“%(letter)s” is niet gepubliceerd. %(marking)s") % {"letter": letter, "marking": marking}
        )
    if question := letter.problems.open().filter(code=SAME_LETTER).first():
        raise Refused(
            _("“%(letter)s” is niet gepubliceerd. %(question)s") % {"letter": letter, "question": question}
        )
    was_withdrawn, now = letter.status == Letter.Status.WITHDRAWN, timezone.now()
    letter.readdress()  # before the first moment of publication: a draft's address was never public
    letter.status = Letter.Status.PUBLISHED
    letter.first_published_at = letter.first_published_at or now
    letter.save()
    give_anchors(letter)
    fill_shared(letter)
    if (
        was_withdrawn
    ):  # of a letter off the site no promise is proposed; those of a draft are there since it was read
        propose_follow_ups(letter)
    Publication.objects.create(letter=letter, action=Publication.Action.PUBLISHED, at=now, by=by)


@transaction.atomic
def withdraw(letter: Letter, *, by: User | None, reason: str) -> None:
    """Take a published letter off the site; its address says from then on that it was withdrawn, when and why."""
    one_at_a_time()  # before the letter: its words go, and who publishes another of its meeting holds all words
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not letter.is_public:
        raise Refused(
            _("“%(letter)s” is niet gepubliceerd en kan dus niet worden ingetrokken.") % {"letter": letter}
        )
    if not reason.strip():
        raise Refused(_("Geef een reden: bezoekers van het adres lezen die."))
    letter.status = Letter.Status.WITHDRAWN
    letter.save()
    Publication.objects.create(
        letter=letter, action=Publication.Action.WITHDRAWN, at=timezone.now(), by=by, reason=reason.strip()
    )


@transaction.atomic
def discard_draft(letter: Letter) -> None:
    """Delete a letter that was never public, with its reading and the agenda topics that only this reading made."""
    one_at_a_time()  # a reading that is written now may just have found this draft, and ask about it
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.first_published_at is not None:
        raise Refused(
            _("“%(letter)s” is openbaar geweest en blijft bestaan. Trek de brief in.") % {"letter": letter}
        )
    AgendaTopic.objects.filter(read__letter=letter.pk, notes=None).exclude(
        pk__in=AgendaTopic.objects.filter(sections__letter__in=Letter.objects.exclude(pk=letter.pk))
    ).delete()
    letter.text_edition = None
    letter.save(update_fields=["text_edition"])
    letter.delete()
