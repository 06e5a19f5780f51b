from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.models.letters import Letter
from letters.models.meetings import AgendaTopic
from letters.models.text import Section


class AbsenceQuerySet(models.QuerySet):
    def public(self):
        """Those that a visitor can verify: agenda topic and letters are public, and nothing contradicts it."""
        topics = AgendaTopic.objects.public().order_by()
        return self.holding().filter(Exists(_held().public()), agenda_topic__in=topics.values("pk"))

    def holding(self):
        """Those without a passage found since, a hedging agenda, or a public letter in which nobody looked."""
        passages = Section.objects.of_standing_letters().filter(agenda_topics=OuterRef("agenda_topic"))
        looked_at = Absence.letters.through.objects.filter(absence=OuterRef(OuterRef("pk")))
        return (
            self.exclude(Exists(passages.filter(letter__kind=OuterRef("kind"))))
            .exclude(Exists(passages.filter(is_hedged=True)), kind=Letter.Kind.REPORT)
            .exclude(Exists(_held().public().exclude(pk__in=looked_at.values("letter"))))
        )


def _held() -> models.QuerySet[Letter]:
    """The letters of an absence's kind about the meeting of its agenda topic."""
    return Letter.objects.filter(meetings=OuterRef("agenda_topic__meeting"), kind=OuterRef("kind"))


class Absence(models.Model):
    """A person established that the letters of one kind about a meeting do not mention one of its agenda topics.

    Visitors read it as "niet genoemd in het verslag" or "niet genoemd in de agenda". That a program found no passage
    is no reason to say so: only ``letters.decisions`` writes these rows.
    """

    agenda_topic = models.ForeignKey(
        AgendaTopic, models.CASCADE, verbose_name=_("agendapunt"), related_name="absences"
    )
    kind = models.CharField(_("soort brief"), max_length=20, choices=Letter.Kind)
    letters = models.ManyToManyField(
        Letter,
        verbose_name=_("brieven"),
        related_name="absences",
        help_text=_("De brieven waarin is gekeken: over een brief die later komt zegt dit niets."),
    )
    established_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("vastgesteld door"),
        null=True,
        blank=True,
        related_name="+",
    )
    established_at = models.DateTimeField(_("vastgesteld op"))

    history = HistoricalRecords(m2m_fields=[letters])
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("niet genoemd")
        verbose_name_plural = _("niet genoemd")
        ordering = ["agenda_topic", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda_topic", "kind"], name="absence_is_established_once_for_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Letter.Kind.OTHER), name="absence_is_from_a_letter_about_the_meeting"
            ),
        ]

    def __str__(self):
        """What visitors read: "niet genoemd in het verslag"."""
        return {
            Letter.Kind.ANNOTATED_AGENDA: _now("niet genoemd in de agenda"),
            Letter.Kind.REPORT: _now("niet genoemd in het verslag"),
            Letter.Kind.COMMITTEE_ANSWERS: _now("niet genoemd in de beantwoording"),
        }[Letter.Kind(self.kind)]
