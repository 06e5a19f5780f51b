from django.db import models
from django.utils.translation import gettext_lazy as _


class Decided(models.Model):
    """A proposal of the machine on which a person decides; visitors see what was checked. Written by ``letters.decisions``."""

    class Status(models.TextChoices):
        UNCHECKED = "unchecked", _("nog niet nagekeken")
        CHECKED = "checked", _("nagekeken")
        REJECTED = "rejected", _("afgewezen")

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.UNCHECKED, editable=False, db_index=True
    )
    decided_at = models.DateTimeField(_("beoordeeld op"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("beoordeeld door"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_checked(self) -> bool:
        return self.status == self.Status.CHECKED
