from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from letters import decisions
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksLetter
from letters.admin.notes import NoteInline, SignsNotes
from letters.admin.shown import PositionForm
from letters.decisions.proposing import promises_followed
from letters.models import Position


@admin.register(Position)
class PositionAdmin(LocksLetter, SignsNotes, HistoryAdmin):
    """All positions of all letters; new ones are added on the checking page of their letter, by quoting."""

    form = PositionForm
    list_display = ["sentence", "stance", "verb", "moment", "status", "confidence", "letter"]
    list_filter = ["status", "stance", "moment", "with_others"]
    list_select_related = ["letter"]
    list_per_page = 50
    search_fields = ["sentence", "verb"]
    fields = [
        "letter", "sentence", "stance", "verb", "moment", "with_others", "topics",
        "status", "subject", "rule", "confidence", "decided_at", "decided_by",
    ]  # fmt: skip
    readonly_fields = [
        "letter",
        "sentence",
        "status",
        "subject",
        "rule",
        "confidence",
        "decided_at",
        "decided_by",
    ]
    autocomplete_fields = ["topics"]
    actions = ["mark_checked", "mark_rejected"]
    inlines = [NoteInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # what is wrong is rejected, so that no reading proposes it again

    def save_model(self, request, obj, form, change):
        obj._history_user = request.user
        with promises_followed([obj.letter_id]):
            obj.save(update_fields=[name for name in form.changed_data if name != "topics"])

    @admin.action(description=_("Nagekeken: klopt"), permissions=["change"])
    def mark_checked(self, request, queryset):
        self._decide(request, queryset, Position.Status.CHECKED)

    @admin.action(description=_("Afwijzen"), permissions=["change"])
    def mark_rejected(self, request, queryset):
        self._decide(request, queryset, Position.Status.REJECTED)

    def _decide(self, request, queryset, status):
        try:
            count = decisions.decide(queryset, status, by=request.user)
        except decisions.Refused as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(
                request,
                ngettext("%(count)s standpunt gewijzigd.", "%(count)s standpunten gewijzigd.", count)
                % {"count": count},
            )
