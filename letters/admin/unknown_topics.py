"""The page on which a clerk says what a section is about whose heading names no topic of the list."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters import decisions
from letters.admin.pages import change_url, context, require
from letters.models import Letter, Problem, Section, Topic, TopicName
from letters.parsing.folding import fold

#: How much of the section is shown: enough to tell what it is about.
PARAGRAPHS_SHOWN = 3


class Answers:
    """For a form that answers a problem about the topic of a section, which has this heading."""

    def __init__(self, *args, problem: Problem, heading: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.problem, self.heading = problem, heading


class ChooseTopicsForm(Answers, forms.Form):
    """Topics of the list for this section."""

    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Onderwerpen"),
        queryset=Topic.objects.current(),
        widget=AutocompleteSelectMultiple(
            Section._meta.get_field("topics"), admin.site, attrs={"data-width": "100%"}
        ),
    )
    permissions = ["change_section"]

    def decide(self, user) -> str:
        count = decisions.choose_topics(self.problem, self.cleaned_data["topics"], by=user)
        return _given(count)


class AliasForm(Answers, forms.Form):
    """A further name of a topic of the list."""

    topic = forms.ModelChoiceField(label=gettext_lazy("Onderwerp"), queryset=Topic.objects.none())
    name = forms.CharField(label=gettext_lazy("Benaming"), max_length=120, widget=AdminTextInputWidget)
    permissions = ["change_section", "change_topic"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.current().by_name()
        self.fields["name"].initial = self.heading[:120]

    def clean_name(self):
        return _free_name(self.cleaned_data["name"])

    def decide(self, user) -> str:
        topic, name = self.cleaned_data["topic"], self.cleaned_data["name"]
        count = decisions.add_alias(self.problem, topic, name, by=user)
        said = _("“%(name)s” is nu een benaming van “%(topic)s”.") % {"name": name, "topic": topic}
        return f"{said} {_given(count)}"


class NewTopicForm(Answers, forms.ModelForm):
    """A topic that is not in the list yet."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120, widget=AdminTextInputWidget)
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Valt onder"), queryset=Topic.objects.none(), required=False
    )
    permissions = ["change_section", "change_topic", "add_topic"]

    class Meta:
        model = Topic
        fields = ["name", "slug", "parent"]
        widgets = {"slug": AdminTextInputWidget}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Topic.objects.current().by_name()
        self.fields["name"].initial = self.heading[:120]
        self.fields["slug"].initial = slugify(self.heading)[:80].strip("-")

    def clean_name(self):
        return _free_name(self.cleaned_data["name"])

    def decide(self, user) -> str:
        topic = decisions.make_topic(self.problem, **self.cleaned_data, by=user)
        count = topic.sections.count()
        return _("Het onderwerp “%(topic)s” is gemaakt.") % {"topic": topic} + f" {_given(count)}"


class NoTopicForm(Answers, forms.Form):
    """It names nothing that visitors look for."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom"),
        max_length=500,
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Mag leeg blijven."),
    )
    permissions = ["change_problem"]

    def decide(self, user) -> str:
        count = decisions.leave_without_topic(self.problem, by=user, reason=self.cleaned_data["reason"])
        return ngettext(
            "De vraag is beantwoord: geen onderwerp.",
            "%(count)s vragen over deze kop zijn beantwoord: geen onderwerp.",
            count,
        ) % {"count": count}


FORMS = {"kies": ChooseTopicsForm, "benaming": AliasForm, "nieuw": NewTopicForm, "geen": NoTopicForm}


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the section, and carry out the one of four answers that was sent."""
    require(request, "view_letter")
    problem = get_object_or_404(Problem.objects.select_related("letter"), pk=pk, code=Problem.TOPIC_UNKNOWN)
    section = Section.objects.filter(pk=problem.section_key).first()
    if problem.resolved_at is not None or section is None:
        messages.info(request, _("Deze vraag is intussen beantwoord."))
        return redirect(_back(request, problem.letter))
    allowed = {name: form for name, form in FORMS.items() if _may(request, form.permissions)}
    chosen = request.POST.get("answer") if request.method == "POST" else None
    if request.method == "POST":
        require(request, *FORMS.get(chosen, ChooseTopicsForm).permissions)
    shown = {
        name: form(
            request.POST if name == chosen else None, prefix=name, problem=problem, heading=section.heading
        )
        for name, form in allowed.items()
    }
    if chosen in shown and shown[chosen].is_valid():
        try:
            messages.success(request, shown[chosen].decide(request.user))
            return redirect(_back(request, problem.letter))
        except decisions.Refused as error:
            messages.error(request, str(error))
    page = context(
        request,
        _("Waarover gaat “%(heading)s”?") % {"heading": section.heading},
        problem=problem,
        letter=problem.letter,
        section=section,
        paragraphs=section.paragraphs.all()[:PARAGRAPHS_SHOWN],
        others=_letters_with(section),
        forms=shown,
        media=sum((form.media for form in shown.values()), forms.Media()),
    )
    return render(request, "admin/letters/topic/unknown.html", page)


def _may(request: HttpRequest, permissions: Iterable[str]) -> bool:
    return request.user.has_perms([f"letters.{permission}" for permission in permissions])


def _back(request: HttpRequest, letter: Letter) -> str:
    """The checking desk, where such questions wait; else the letter."""
    if request.user.has_perms(["letters.view_letter", "letters.change_position"]):
        return reverse("admin:letters_letter_check", args=[letter.pk])
    return change_url(letter)


def _letters_with(section: Section) -> list[Section]:
    """The other sections with this heading of which the topic is asked: one answer may hold for all."""
    keys = [problem.section_key for problem in Problem.objects.topics_unknown()]
    others = Section.objects.filter(pk__in=keys).exclude(pk=section.pk).select_related("letter")
    return [other for other in others if fold(other.heading) == fold(section.heading)]


def _free_name(name: str) -> str:
    """A name as it is kept. Raises ``ValidationError`` when a topic has it already."""
    name = " ".join(name.split())
    taken = TopicName.objects.filter(name__iexact=name).select_related("topic").first()
    if taken is not None:
        raise ValidationError(
            _("Dit is al een benaming van “%(topic)s”. Kies dat onderwerp.") % {"topic": taken.topic}
        )
    return name


def _given(count: int) -> str:
    if not count:
        return _("Dit onderdeel had intussen al een onderwerp.")
    return ngettext(
        "%(count)s onderdeel kreeg het onderwerp.", "%(count)s onderdelen kregen het onderwerp.", count
    ) % {"count": count}
