from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from letters.models.letters import Letter
from letters.parsing.markings import MARKING


class ProblemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(resolved_at__isnull=True)

    def topics_unknown(self):
        """Those that ask for the topic of a section."""
        return self.open().filter(code=Problem.TOPIC_UNKNOWN)

    def blocking(self):
        """Those for which a letter may not be published."""
        return self.open().filter(code=MARKING)


class Problem(models.Model):
    """Something about a letter that a person must decide: the reading was unsure, or contradicts an earlier decision."""

    #: A section names no topic of the list.
    TOPIC_UNKNOWN = "topic_unknown"

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="problems")
    edition = models.ForeignKey(
        "letters.Edition",
        models.CASCADE,
        verbose_name=_("editie"),
        null=True,
        blank=True,
        related_name="problems",
        help_text=_("De editie waarvan de lezing dit vroeg."),
    )
    other_letter = models.ForeignKey(
        Letter,
        models.CASCADE,
        verbose_name=_("andere brief"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("De brief waarmee deze vergeleken moet worden."),
    )
    code = models.SlugField(_("code"), max_length=60)
    field = models.CharField(_("veld"), max_length=120, blank=True)
    message = models.TextField(_("wat er aan de hand is"))
    created_at = models.DateTimeField(_("gemeld op"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("opgelost op"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("opgelost door"), null=True, blank=True, related_name="+"
    )
    resolution = models.CharField(_("waarom het is opgelost"), max_length=500, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("probleem")
        verbose_name_plural = _("problemen")
        ordering = ["letter", "resolved_at", "id"]
        constraints = [
            models.UniqueConstraint(  # of the message its digest: an index entry holds no long text
                "letter",
                "code",
                "field",
                MD5("message"),
                condition=Q(resolved_at__isnull=True),
                name="problem_is_open_once",
            ),
        ]

    def __str__(self):
        return self.message

    @property
    def blocks_publication(self) -> bool:
        return self.code == MARKING

    @property
    def section_key(self) -> int | None:
        """The section that it is about, when it is about one."""
        model, _colon, key = self.field.partition(":")
        return int(key) if model == "section" and key.isdigit() else None
