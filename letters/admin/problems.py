"""What the computer asked about a letter, on the letter's own page: settle it, for a marking with the reason."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.models import Problem


def fix_url(problem: Problem) -> str:
    """The page on which a clerk answers a problem, or puts right what it is about."""
    if problem.other_letter_id:
        return reverse("admin:letters_letter_compare", args=[problem.letter_id, problem.other_letter_id])
    if problem.code == Problem.TOPIC_UNKNOWN:
        return reverse("admin:letters_topic_unknown", args=[problem.pk])
    if problem.section_key is not None:
        return reverse("admin:letters_section_change", args=[problem.section_key])
    return reverse("admin:letters_letter_change", args=[problem.letter_id])


class ProblemForm(forms.ModelForm):
    """A problem cannot be rewritten, only settled."""

    resolved = forms.BooleanField(label=_("Opgelost"), required=False)
    resolution = forms.CharField(
        label=_("Waarom"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"size": 40}),
        help_text=_("Nodig bij een markering: wie besloot dat de brief openbaar mag, en waarom."),
    )

    class Meta:
        model = Problem
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.code == Problem.TOPIC_UNKNOWN:
            page = format_html('<a href="{}">{}</a>', fix_url(self.instance), _now("Kies een onderwerp"))
            self.fields["resolved"].help_text = page

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("resolution") and not cleaned.get("resolved"):
            raise ValidationError(_now("Zet ook een vinkje bij “Opgelost”, of laat de reden leeg."))
        if cleaned.get("resolved") and self.instance.blocks_publication and not cleaned.get("resolution"):
            self.add_error(
                "resolution", _now("Schrijf op wie besloot dat deze brief openbaar mag, en waarom.")
            )
        return cleaned


class ProblemInline(admin.StackedInline):
    """Its heading is the problem itself, which needs the width of the page on a telephone too."""

    model = Problem
    fk_name = "letter"
    form = ProblemForm
    fields = [("resolved", "resolution")]
    extra = 0
    can_delete = False
    verbose_name_plural = _("problemen: wat de computer niet zeker wist")

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).open()


def settle_problems(formset: forms.BaseModelFormSet, *, by: User | None) -> None:
    """Carry out what a formset of ``ProblemForm`` says; any other formset is left alone."""
    for form in formset.forms:
        if isinstance(form, ProblemForm) and "resolved" in form.changed_data:
            decisions.resolve(form.instance, by=by, reason=form.cleaned_data["resolution"])
