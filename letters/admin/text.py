from django.contrib import admin

from letters import decisions
from letters.admin.forms import ParagraphForm, ParagraphFormSet, SectionForm, paragraphs_gone
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksLetter
from letters.models import Paragraph, Section


class ParagraphInline(admin.StackedInline):
    model = Paragraph
    form = ParagraphForm
    formset = ParagraphFormSet
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False  # the words come from the letter

    def has_delete_permission(self, request, obj=None):
        return obj is not None and paragraphs_gone(obj).exists()


@admin.register(Section)
class SectionAdmin(LocksLetter, HistoryAdmin):
    """One part of a letter with its paragraphs; reached from the letter."""

    form = SectionForm
    fields = ["letter", *SectionForm.Meta.fields]
    readonly_fields = ["letter"]
    autocomplete_fields = ["parent", "session", "agenda_topics", "topics"]
    search_fields = ["heading"]
    inlines = [ParagraphInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # the parts come from the letter

    def has_module_permission(self, request):
        return False

    def save_formset(self, request, form, formset, change):
        previous = {one.instance.pk: one.initial.get("text") for one in formset.forms}
        asked = {problem.field: problem for problem in paragraphs_gone(form.instance)}
        super().save_formset(request, form, formset, change)
        for name in previous.keys() - set(form.instance.paragraphs.values_list("pk", flat=True)):
            decisions.resolve(asked[f"paragraph:{name}"], by=request.user)
        for paragraph, changed in formset.changed_objects:
            if "text" in changed:
                decisions.correct_text(paragraph, previous[paragraph.pk])

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "heading" in form.changed_data:
            decisions.carry_heading(obj, form.initial.get("heading") or "")

    def save_related(self, request, form, formsets, change):
        previous = [topic.pk for topic in form.instance.topics.all()]
        super().save_related(request, form, formsets, change)
        if "topics" in form.changed_data:
            decisions.carry_topics(form.instance, previous, by=request.user)
