from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.admin import unknown_topics
from letters.admin.forms import MergeTopicForm, TopicNameFormSet
from letters.admin.history import HistoryAdmin
from letters.models import Topic, TopicName


class TopicNameInline(admin.TabularInline):
    model = TopicName
    formset = TopicNameFormSet
    fields = ["name", "language", "is_preferred"]
    extra = 1


@admin.register(Topic)
class TopicAdmin(HistoryAdmin):
    list_display = ["name", "slug", "parent"]
    search_fields = ["slug", "names__name"]
    fields = ["slug", "parent", "description"]
    autocomplete_fields = ["parent"]
    inlines = [TopicNameInline]
    change_form_template = "admin/letters/topic/change_form.html"

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .current()
            .select_related("parent")
            .prefetch_related("names", "parent__names")
        )

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/samenvoegen/", view(self.merge), name="letters_topic_merge"),
            path("onbekend/<int:pk>/", view(unknown_topics.answer), name="letters_topic_unknown"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request, obj=None):
        return False  # its address is in people's bookmarks: merge it instead

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            decisions.rename_topic_address(obj, form.initial["slug"])

    @admin.display(description=_("onderwerp"))
    def name(self, topic):
        return topic.name

    def merge(self, request, pk):
        """Choose the topic that this one is merged into, then merge."""
        topic = get_object_or_404(Topic.objects.current(), pk=pk)
        form = MergeTopicForm(request.POST if request.method == "POST" else None, topic=topic)
        if not self.has_change_permission(request, topic):
            raise PermissionDenied
        if form.is_valid():
            try:
                decisions.merge_topic(topic, form.cleaned_data["into"])
                self.message_user(
                    request, _now("De onderwerpen zijn samengevoegd; het oude adres verwijst door.")
                )
                return redirect("admin:letters_topic_changelist")
            except decisions.Refused as error:
                self.message_user(request, str(error), messages.ERROR)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Onderwerp samenvoegen"),
            "opts": Topic._meta,
            "topic": topic,
            "form": form,
            "back": reverse("admin:letters_topic_change", args=[pk]),
        }
        return render(request, "admin/letters/topic/merge.html", context)
