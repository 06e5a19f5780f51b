from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.models.letters import Letter
from letters.models.meetings import AgendaTopic
from letters.models.positions import Position


class NoteQuerySet(models.QuerySet):
    def public(self):
        """Explanations meant for visitors. What they hang on must itself be public: callers reach them through that."""
        return self.filter(is_public=True)


class Note(models.Model):
    """A remark by the editors on a letter, an agenda topic or a position: internal, or public as *toelichting*."""

    letter = models.ForeignKey(
        Letter, models.CASCADE, verbose_name=_("brief"), null=True, blank=True, related_name="notes"
    )
    agenda_topic = models.ForeignKey(
        AgendaTopic, models.CASCADE, verbose_name=_("agendapunt"), null=True, blank=True, related_name="notes"
    )
    position = models.ForeignKey(
        Position, models.CASCADE, verbose_name=_("standpunt"), null=True, blank=True, related_name="notes"
    )
    text = models.TextField(_("tekst"))
    is_public = models.BooleanField(
        _("openbaar"), default=False, help_text=_("Bezoekers lezen dit als toelichting, buiten het citaat.")
    )
    organisation = models.CharField(
        _("organisatie"),
        max_length=120,
        blank=True,
        help_text=_("Staat bij een openbare toelichting; nooit uw naam."),
    )
    written_at = models.DateTimeField(_("geschreven op"), auto_now_add=True)
    written_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("geschreven door"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("notitie")
        verbose_name_plural = _("notities")
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(letter__isnull=False, agenda_topic__isnull=True, position__isnull=True)
                    | Q(letter__isnull=True, agenda_topic__isnull=False, position__isnull=True)
                    | Q(letter__isnull=True, agenda_topic__isnull=True, position__isnull=False)
                ),
                name="note_is_on_one_thing",
                violation_error_message=_(
                    "Een notitie hoort bij één brief, één agendapunt of één standpunt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(organisation=""),
                name="public_note_names_its_organisation",
                violation_error_message=_("Noem bij een openbare toelichting de organisatie."),
            ),
        ]

    def __str__(self):
        return self.text[:80]
