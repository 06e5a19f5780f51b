from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BookmarkQuerySet(models.QuerySet):
    def of(self, user):
        """What someone saved, the latest first."""
        return self.filter(owner=user).order_by("-created_at", "-pk")

    def shared_with(self, user):
        """What colleagues share who still have an account."""
        shared = self.filter(is_shared=True, owner__is_active=True).exclude(owner=user)
        return shared.select_related("owner").order_by("-created_at", "-pk")

    def open_to(self, user):
        """Their own, and what colleagues share."""
        return self.filter(Q(owner=user) | Q(pk__in=self.shared_with(user).order_by()))


class Bookmark(models.Model):
    """A view that someone with an account saved under a name, and shares with colleagues or not.

    ``address`` is path and query, with every filter and the order, as it was spelled then: ``letters.views.saved`` reads
    where it leads now. Visitors keep theirs in their own browser. It is personal, so it is not in the admin: who may see it
    is its owner, and when shared a colleague.
    """

    #: Of one person: what is listed and counted for them stays bounded.
    MOST = 500
    MAX_ADDRESS = 2000  # characters; an index of PostgreSQL takes 2,700 bytes
    MAX_NAME = 200

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("van"), related_name="bookmarks"
    )
    name = models.CharField(_("naam"), max_length=MAX_NAME)
    address = models.CharField(_("adres"), max_length=MAX_ADDRESS)
    is_shared = models.BooleanField(_("delen met collega’s"), default=False)
    created_at = models.DateTimeField(_("bewaard op"), default=timezone.now)
    opened_at = models.DateTimeField(_("laatst geopend"), default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde weergave")
        verbose_name_plural = _("bewaarde weergaven")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "address"],
                name="bookmark_is_once_of_an_owner",
                violation_error_message=_("Deze weergave hebt u al bewaard."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("bookmark", args=[self.pk])

    def note_opened(self) -> None:
        """From now on is new what was published later."""
        Bookmark.objects.filter(pk=self.pk).update(opened_at=timezone.now())
