from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from letters.admin import beside, completeness
from letters.admin.forms import MeetingForm
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksItself
from letters.admin.notes import NoteInline, SignsNotes
from letters.admin.shown import AgendaTopicForm, KeepsTreated, SessionForm, why_kept
from letters.models import AgendaTopic, Meeting, Session


class SessionInline(admin.TabularInline):
    model = Session
    form = SessionForm
    formset = KeepsTreated
    fields = ["number", "title", "date", "attendance"]
    extra = 0


class AgendaTopicInline(admin.TabularInline):
    """The agenda at a glance; session and topics are chosen on the page of each agenda topic."""

    model = AgendaTopic
    form = AgendaTopicForm
    formset = KeepsTreated
    fields = ["order", "heading", "session", "filed_under"]
    readonly_fields = ["session", "filed_under"]
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("session").prefetch_related("topics__names")

    @admin.display(description=_("onderwerpen"))
    def filed_under(self, agenda_topic):
        return ", ".join(topic.name for topic in agenda_topic.topics.all()) if agenda_topic.pk else "–"


class StaysWhileTreated:
    """For an admin of a row that letters treat: deleting it is refused, with what to do."""

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is not None and (reason := why_kept(row)):
            self.message_user(request, reason, messages.ERROR)
            return redirect(f"admin:letters_{self.opts.model_name}_change", row.pk)
        return super().delete_view(request, object_id, extra_context)


@admin.register(Meeting)
class MeetingAdmin(LocksItself, HistoryAdmin):
    form = MeetingForm
    fields = MeetingForm.Meta.fields
    list_display = ["title", "when", "place", "status", "is_announced"]
    list_filter = [beside.BesideFilter, "body", "status", "format"]
    search_fields = ["slug", "body", "place"]
    date_hierarchy = "start"
    inlines = [SessionInline, AgendaTopicInline]
    change_form_template = "admin/letters/meeting/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("volledigheid/", view(completeness.show), name="letters_meeting_completeness"),
            path("<int:pk>/agenda-naast-verslag/", view(beside.show), name="letters_meeting_beside"),
            *super().get_urls(),
        ]

    @admin.display(description=_("bijeenkomst"))
    def title(self, meeting):
        return meeting.title

    @admin.display(description=_("wanneer"), ordering="start")
    def when(self, meeting):
        return meeting.period

    def has_delete_permission(self, request, obj=None):
        """A meeting that letters treat stays: its agenda and the notes on that would go with it."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.letters.exists())


@admin.register(Session)
class SessionAdmin(LocksItself, StaysWhileTreated, HistoryAdmin):
    """Reached from the meeting and from a letter's sections."""

    form = SessionForm
    list_display = ["meeting", "number", "title", "date"]
    list_select_related = ["meeting"]
    search_fields = ["title", "meeting__slug"]
    autocomplete_fields = ["meeting"]
    fields = ["meeting", "number", "title", "date", "attendance"]

    def has_module_permission(self, request):
        return False


@admin.register(AgendaTopic)
class AgendaTopicAdmin(LocksItself, StaysWhileTreated, SignsNotes, HistoryAdmin):
    form = AgendaTopicForm
    list_display = ["heading", "meeting", "session"]
    list_select_related = ["meeting", "session__meeting"]
    search_fields = ["heading", "meeting__slug"]
    fields = ["meeting", "session", "heading", "order", "topics"]
    autocomplete_fields = ["meeting", "session", "topics"]
    inlines = [NoteInline]
