from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from letters.admin.forms import MeetingForm
from letters.admin.notes import NoteInline, SignsNotes
from letters.models import AgendaTopic, Meeting, Session


class SessionInline(admin.TabularInline):
    model = Session
    fields = ["number", "title", "date", "attendance"]
    extra = 0


class AgendaTopicInline(admin.TabularInline):
    model = AgendaTopic
    fields = ["order", "heading", "session", "topics"]
    autocomplete_fields = ["session", "topics"]
    extra = 0
    show_change_link = True


@admin.register(Meeting)
class MeetingAdmin(SimpleHistoryAdmin):
    form = MeetingForm
    list_display = ["title", "period", "place", "status", "is_announced"]
    list_filter = ["body", "status", "format"]
    search_fields = ["slug", "body", "place"]
    date_hierarchy = "start"
    inlines = [SessionInline, AgendaTopicInline]


@admin.register(Session)
class SessionAdmin(SimpleHistoryAdmin):
    """Reached from the meeting and from a letter's sections."""

    list_display = ["meeting", "number", "title", "date"]
    list_select_related = ["meeting"]
    search_fields = ["title", "meeting__slug"]
    autocomplete_fields = ["meeting"]
    exclude = ["read"]

    def has_module_permission(self, request):
        return False


@admin.register(AgendaTopic)
class AgendaTopicAdmin(SignsNotes, SimpleHistoryAdmin):
    list_display = ["heading", "meeting", "session"]
    list_select_related = ["meeting", "session__meeting"]
    search_fields = ["heading", "meeting__slug"]
    autocomplete_fields = ["meeting", "session", "topics"]
    inlines = [NoteInline]
