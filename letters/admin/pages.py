"""What the clerks' own pages share: who may open them, what stands around them, and addresses."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from letters.models import Letter


def change_url(letter: Letter) -> str:
    return reverse("admin:letters_letter_change", args=[letter.pk])


def compare_url(draft: Letter, letter: Letter) -> str:
    return reverse("admin:letters_letter_compare", args=[draft.pk, letter.pk])


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise ``PermissionDenied`` unless the user has all of these permissions of this app."""
    if not request.user.has_perms([f"letters.{permission}" for permission in permissions]):
        raise PermissionDenied


def context(request: HttpRequest, title: str, **more) -> dict:
    """What every page of the admin shows, and ``more``."""
    return {**admin.site.each_context(request), "title": title, "opts": Letter._meta, **more}
