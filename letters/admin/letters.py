from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.admin import deciding, desk, editions
from letters.admin.editions import LetterChoices
from letters.admin.forms import LetterForm, SubmissionFormSet
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksLetter
from letters.admin.notes import NoteInline, SignsNotes
from letters.admin.problems import ProblemInline, settle_problems
from letters.admin.shown import SectionRowForm, SignatoryForm, SubmissionForm
from letters.admin.waiting import WaitingFilter
from letters.ingest.moving import move_to_meetings
from letters.models import Edition, File, Letter, Publication, Section, Signatory, Submission


class SectionInline(admin.StackedInline):
    """The parts of the letter at a glance; what they treat is chosen on the page of each."""

    model = Section
    form = SectionRowForm
    fields = [("heading", "kind"), ("session", "treated", "filed_under")]
    readonly_fields = ["session", "treated", "filed_under"]
    extra = 0
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False  # the parts come from the letter

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("session__meeting", "parent")
            .prefetch_related("topics__names", "agenda_topics")
        )

    @admin.display(description=_("agendapunten"))
    def treated(self, section):
        return "; ".join(str(topic) for topic in section.agenda_topics.all()) or "–"

    @admin.display(description=_("onderwerpen"))
    def filed_under(self, section):
        return ", ".join(topic.name for topic in section.topics.all()) or "–"


class SignatoryInline(admin.TabularInline):
    model = Signatory
    form = SignatoryForm
    fields = ["order", "name", "office", "signs"]
    extra = 0


class SubmissionInline(admin.StackedInline):
    model = Submission
    form = SubmissionForm
    formset = SubmissionFormSet
    fields = [("chamber", "date", "reference"), ("paper_number", "dossiers", "session_year")]
    extra = 0


class PublicationInline(admin.TabularInline):
    model = Publication
    fields = readonly_fields = ["action", "at", "by", "reason"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Letter)
class LetterAdmin(LocksLetter, SignsNotes, HistoryAdmin):
    form = LetterForm
    list_display = ["title", "kind", "unchecked_positions", "open_problems", "date", "status"]
    list_filter = [WaitingFilter, "status", "kind"]
    search_fields = [
        "subject",
        "slug",
        "submissions__paper_number",
        "submissions__reference",
        "signatories__name",
    ]
    ordering = Letter._meta.ordering
    date_hierarchy = "date"
    fieldsets = [
        (None, {"fields": ["status", "kind", "subject", "date", "meetings"]}),
        (_("Afzender"), {"fields": ["ministries", "department"]}),
        (_("Samenhang"), {"fields": ["replaces", "supplements", "language"], "classes": ["collapse"]}),
        (_("Originelen"), {"fields": ["originals"]}),
    ]
    readonly_fields = ["status", "originals"]
    autocomplete_fields = ["meetings", "replaces", "supplements"]
    inlines = [ProblemInline, SectionInline, SignatoryInline, SubmissionInline, NoteInline, PublicationInline]
    change_form_template = "admin/letters/letter/change_form.html"

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                problem_count=Count("problems", Q(problems__resolved_at=None), distinct=True),
                unchecked_count=Count("positions", Q(positions__status="unchecked"), distinct=True),
            )
        )

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/publiceren/", view(desk.publish), name="letters_letter_publish"),
            path("<int:pk>/intrekken/", view(desk.withdraw), name="letters_letter_withdraw"),
            path("<int:pk>/opnieuw-lezen/", view(desk.reread), name="letters_letter_reread"),
            *deciding.urls(self.admin_site),
            path("<int:pk>/zelfde-brief/", view(editions.choose_same), name="letters_letter_same"),
            path(
                "kiezen/",
                view(LetterChoices.as_view(admin_site=self.admin_site)),
                name="letters_letter_choices",
            ),
            path("<int:pk>/vergelijken/<int:other>/", view(editions.compare), name="letters_letter_compare"),
            path("<int:pk>/tekst/<int:edition>/", view(editions.supply_text), name="letters_letter_text"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """A letter begins with its file."""
        return desk.upload(request)

    @staticmethod
    def letter_id(row):
        return row.pk

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Without the stock button to delete: the page has its own, which says what it does."""
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "show_delete": False}
        )

    def delete_view(self, request, object_id, extra_context=None):
        """The stock page stops at the edition that supplies the text."""
        return desk.discard(request, object_id)

    def has_delete_permission(self, request, obj=None):
        """A letter that was ever public is withdrawn, never deleted: its address must go on saying so."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.first_published_at is None)

    @admin.display(description=_("brief"), ordering="subject")
    def title(self, letter):
        return letter.title

    @admin.display(description=_("problemen"), ordering="problem_count")
    def open_problems(self, letter):
        return letter.problem_count or "–"

    @admin.display(description=_("na te kijken"), ordering="unchecked_count")
    def unchecked_positions(self, letter):
        if not letter.unchecked_count:
            return "–"
        page = reverse("admin:letters_letter_check", args=[letter.pk])
        return format_html('<a href="{}">{}</a>', page, letter.unchecked_count)

    @admin.display(description=_("edities"))
    def originals(self, letter):
        """Each edition with its files, and which one supplies the text."""
        held = letter.editions.prefetch_related("files")
        return format_html_join(
            "", "<p>{} {}</p>", ((self._files(one), self._supplies(letter, one)) for one in held)
        )

    def _files(self, edition):
        page = reverse("admin:letters_edition_change", args=[edition.pk])
        return format_html_join(
            ", ",
            '<a href="{}">{}</a> (<a href="{}">{}</a>)',
            (
                (
                    file.get_absolute_url(),
                    file.name,
                    page,
                    _("openbaar") if file.is_public else _("alleen voor redactie"),
                )
                for file in edition.files.all()
            ),
        )

    def _supplies(self, letter, edition):
        if edition.pk == letter.text_edition_id:
            return format_html("<strong>{}</strong>", _("levert de tekst"))
        page = reverse("admin:letters_letter_text", args=[letter.pk, edition.pk])
        return format_html('<a href="{}">{}</a>', page, _("deze de tekst laten leveren"))

    def save_formset(self, request, form, formset, change):
        headings = {
            form.instance.pk: form.initial.get("heading") for form in formset.forms if form.instance.pk
        }
        super().save_formset(request, form, formset, change)
        settle_problems(formset, by=request.user)
        for one in formset.forms:
            if (
                isinstance(one.instance, Section)
                and "heading" in one.changed_data
                and one.instance.pk in headings
            ):
                decisions.carry_heading(one.instance, headings[one.instance.pk] or "")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "meetings" in form.changed_data:
            move_to_meetings(form.instance)
        address = form.instance.slug
        form.instance.readdress()
        if form.instance.slug != address:
            form.instance.save(update_fields=["slug"])


class FileInline(admin.TabularInline):
    model = File
    fields = ["name", "role", "media_type", "size", "is_public"]
    readonly_fields = ["name", "media_type", "size"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Where a clerk says whether visitors may download an original; reached from the letter."""

    fields = readonly_fields = ["letter", "added_at", "added_by", "parser_version"]
    inlines = [FileInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        return False
