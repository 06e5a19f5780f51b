from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from letters import decisions
from letters.models import Paragraph, Section


class ParagraphInline(admin.StackedInline):
    model = Paragraph
    fields = ["order", "label", "text"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False  # the words come from the letter


@admin.register(Section)
class SectionAdmin(SimpleHistoryAdmin):
    """One part of a letter with its paragraphs; reached from the letter."""

    fields = [
        "letter",
        "order",
        "heading",
        "kind",
        "level",
        "parent",
        "language",
        "session",
        "agenda_topics",
        "topics",
    ]
    readonly_fields = ["letter"]
    autocomplete_fields = ["parent", "session", "agenda_topics", "topics"]
    search_fields = ["heading"]
    inlines = [ParagraphInline]

    def has_add_permission(self, request):
        return False

    def has_module_permission(self, request):
        return False

    def save_formset(self, request, form, formset, change):
        previous = {one.instance.pk: one.initial.get("text") for one in formset.forms}
        super().save_formset(request, form, formset, change)
        for paragraph, changed in formset.changed_objects:
            if "text" in changed:
                decisions.correct_text(paragraph, previous[paragraph.pk])

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "heading" in form.changed_data:
            decisions.carry_heading(obj, form.initial.get("heading") or "")
