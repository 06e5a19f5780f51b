"""Which letters wait for a clerk, as a filter of their list."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WaitingFilter(admin.SimpleListFilter):
    """Letters with proposals to check, or with questions of the computer; counted by ``LetterAdmin.get_queryset``."""

    title = _("nakijken")
    parameter_name = "nakijken"

    def lookups(self, request, model_admin):
        return [("open", _("Nog na te kijken")), ("klaar", _("Klaar"))]

    def queryset(self, request, queryset):
        waits = Q(unchecked_count__gt=0) | Q(problem_count__gt=0)
        if self.value() == "open":
            return queryset.filter(waits)
        if self.value() == "klaar":
            return queryset.exclude(waits)
        return queryset
