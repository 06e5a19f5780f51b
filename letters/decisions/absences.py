"""Establish that the agenda or the report of a meeting does not mention one of its agenda topics, or no longer say so."""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.ingest import one_at_a_time
from letters.models import Absence, AgendaTopic, Letter, Section

#: The two that are laid beside each other, in this order. Answers to the committee follow its questions, not the agenda.
KINDS = (Letter.Kind.ANNOTATED_AGENDA, Letter.Kind.REPORT)


@transaction.atomic
def establish_absence(
    agenda_topic: AgendaTopic, kind: str, *, by: User | None, looked_at: Collection[Letter] | None = None
) -> Absence:
    """Say of the public letters of this kind about the meeting that they do not mention this agenda topic.

    ``looked_at``: those in which this person looked, when not surely all. Raises ``Refused`` when there is no such letter,
    when nobody looked in one of them, when the agenda hedges, and when a passage is there.
    """
    one_at_a_time()  # before the letters: a reading may just bring the passage, or give up the agenda topic
    letters = list(Letter.objects.filter(meetings=agenda_topic.meeting_id).order_by("pk"))
    lock_letters(letter.pk for letter in letters)
    letters = list(Letter.objects.filter(pk__in=[letter.pk for letter in letters]))
    passages = agenda_topic.sections.of_standing_letters().select_related("letter")
    if objection := objection_to_absence(agenda_topic, kind, passages, letters):
        raise Refused(objection)
    public = [letter for letter in letters if letter.is_public and letter.kind == kind]
    if looked_at is not None and (others := [letter for letter in public if letter not in looked_at]):
        raise Refused(_("Intussen kwam “%(letter)s” erbij. Lees ook die brief na.") % {"letter": others[0]})
    absence, _is_new = Absence.objects.update_or_create(
        agenda_topic=agenda_topic,
        kind=kind,
        defaults={"established_by": by, "established_at": timezone.now()},
    )
    absence.letters.set(public)
    return absence


@transaction.atomic
def revoke_absence(agenda_topic: AgendaTopic, kind: str, *, by: User | None) -> None:
    """No longer say that the letters of this kind do not mention this agenda topic. Its history keeps who said so."""
    for absence in agenda_topic.absences.select_for_update().filter(kind=kind):
        absence._history_user = by
        absence.delete()


def objection_to_absence(
    agenda_topic: AgendaTopic, kind: str, passages: Iterable[Section], letters: Iterable[Letter]
) -> str:
    """Why nobody may say so, and what to do; "" when it may be said.

    ``passages`` are the sections of standing letters that treat the agenda topic, ``letters`` those about its meeting.
    """
    of_agenda = kind == Letter.Kind.ANNOTATED_AGENDA
    if kind not in KINDS:
        return _("Dit kan alleen van de geannoteerde agenda en van het verslag worden vastgesteld.")
    if not any(letter.is_public and letter.kind == kind for letter in letters):
        return (
            _("Er is geen gepubliceerde agenda van deze bijeenkomst. Voeg haar toe, of publiceer haar eerst.")
            if of_agenda
            else _(
                "Er is geen gepubliceerd verslag van deze bijeenkomst. Voeg het toe, of publiceer het eerst."
            )
        )
    passages = list(passages)
    if there := next((one for one in passages if one.letter.kind == kind), None):
        return (
            _("Bij dit agendapunt hoort al een passage in de agenda: “%(passage)s”.")
            if of_agenda
            else _("Bij dit agendapunt hoort al een passage in het verslag: “%(passage)s”.")
        ) % {"passage": there}
    if not passages:
        return _("Geen enkele brief behandelt dit agendapunt.")
    if not of_agenda and any(one.is_hedged for one in passages):
        return _(
            "De agenda noemt dit onder voorbehoud: dat het verslag zwijgt, zegt dan niets. Is het geen voorbehoud, haal dan bij "
            "dat onderdeel van de agenda het vinkje bij “onder voorbehoud” weg."
        )
    return ""
