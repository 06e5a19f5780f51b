from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from letters.models.letters import Letter


def signatory_slug(name: str, office: str) -> str:
    """How addresses name a member of the government, also in rows that are written without ``Signatory.save``."""
    return slugify(name or office)


class Signatory(models.Model):
    """A member of the government who signs a letter, or on whose behalf it is sent."""

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="signatories")
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    office = models.CharField(
        _("ambt"), max_length=160, help_text=_("Zonder lidwoord: minister van Defensie.")
    )
    signs = models.BooleanField(_("ondertekent"), default=True, help_text=_("Niet bij “mede namens”."))
    slug = models.SlugField(max_length=160, editable=False, db_index=True)

    class Meta:
        verbose_name = _("bewindspersoon")
        verbose_name_plural = _("bewindspersonen")
        ordering = ["letter", "order", "id"]

    def __str__(self):
        return f"{self.name}, {self.office}" if self.name else self.office

    def save(self, *args, **kwargs):
        self.slug = signatory_slug(self.name, self.office)
        super().save(*args, **kwargs)
