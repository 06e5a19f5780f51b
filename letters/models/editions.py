import re

from django.core import files
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from letters import originals
from letters.models.letters import Letter
from letters.parsing.leaks import LEAK, problem_field
from letters.parsing.readers.detection import PDF

#: "kst-28676-446.pdf", and what a browser makes of it when there is one already: "kst-28676-446 (1).pdf".
OFFICIAL_PDF = re.compile(r"(?P<number>kst-[0-9A-Z-]{3,30}?)(?: ?\(\d{1,3}\))?\.pdf", re.IGNORECASE)


class EditionQuerySet(models.QuerySet):
    def for_citing(self):
        """What tells whether pages are those of an official paper, without the reading, which is long."""
        return (
            self.defer("reading")
            .annotate(read_session_year=KT("reading__session_year"), read_reference=KT("reading__reference"))
            .prefetch_related("files")
        )


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

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("editie")
        verbose_name_plural = _("edities")
        ordering = ["letter", "added_at", "id"]

    def __str__(self):
        return ", ".join(file.name for file in self.files.all()) or str(self._meta.verbose_name)

    def is_official_pdf_of(self, paper_number: str) -> bool:
        """Whether the text was read from the official PDF of a paper, so that its pages are those that everyone cites.

        That PDF has the paper's number for its name (kst-28676-446.pdf) and prints the session year. The ministry's PDF
        of the same letter, whatever it was named, prints a reference, which the official one never does.
        """
        texts = [file for file in self.files.all() if file.role == File.Role.TEXT]
        names = [OFFICIAL_PDF.fullmatch(file.name) for file in texts if file.media_type == PDF]
        return (
            len(texts) == 1
            and [name and name["number"].lower() for name in names] == [paper_number.lower()]
            and bool(self._read("session_year"))
            and not self._read("reference")
        )

    def _read(self, field: str) -> str | None:
        """What the reading says, without loading the whole of it when the queryset took that part."""
        part = f"read_{field}"
        return getattr(self, part) if hasattr(self, part) else self.reading.get(field)


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
