from django.core import files
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from letters import originals
from letters.models.letters import Letter
from letters.parsing.leaks import LEAK, problem_field


class Edition(models.Model):
    """One version of a letter as it was uploaded, with the machine's reading of it."""

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="editions")
    added_at = models.DateTimeField(_("toegevoegd op"), auto_now_add=True)
    added_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("toegevoegd door"),
        null=True,
        blank=True,
        related_name="+",
    )
    parser_version = models.PositiveSmallIntegerField(_("versie van de lezer"), default=0, editable=False)
    reading = models.JSONField(_("lezing"), default=dict, editable=False)

    class Meta:
        verbose_name = _("editie")
        verbose_name_plural = _("edities")
        ordering = ["letter", "added_at", "id"]

    def __str__(self):
        return ", ".join(file.name for file in self.files.all()) or str(self._meta.verbose_name)


class FileQuerySet(models.QuerySet):
    def public(self):
        """Originals that a clerk marked public, of letters that are published."""
        return self.filter(is_public=True, edition__letter__in=Letter.objects.public())


class File(models.Model):
    """An original as it came in. Its bytes lie in ``letters.originals`` under their SHA-256 and never change."""

    class Role(models.TextChoices):
        TEXT = "text", _("tekst")
        COVER = "cover", _("aanbiedingsbrief")
        ANNEX = "annex", _("bijlage")
        METADATA = "metadata", _("metadata")

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name=_("editie"), related_name="files")
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.TEXT)
    name = models.CharField(_("bestandsnaam"), max_length=255)
    media_type = models.CharField(_("soort bestand"), max_length=120, editable=False)
    size = models.PositiveBigIntegerField(_("grootte in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False, db_index=True)
    is_public = models.BooleanField(
        _("openbaar"), default=False, help_text=_("Bezoekers kunnen het origineel dan downloaden.")
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "sha256"], name="file_is_once_in_an_edition"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("original", args=[self.pk])

    def clean(self):
        # Of the letter: the same bytes in two editions are asked about once.
        asked = self.edition.letter.problems.open().filter(code=LEAK, field=problem_field(self.sha256))
        if self.is_public and (problem := asked.first()):
            raise ValidationError({"is_public": problem.message})
        if self.is_public and (problem := self.edition.letter.problems.blocking().first()):
            raise ValidationError({"is_public": problem.message})

    def open(self) -> files.File:
        """The bytes. Raises ``OSError``: ``FileNotFoundError`` when they are gone."""
        return originals.open(self.sha256)
