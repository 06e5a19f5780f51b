"""Pages on which a clerk says whether two letters are one, and which edition supplies the text."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import decisions
from letters.admin.comparing import facts, runs
from letters.admin.pages import change_url, compare_url, context, require
from letters.ingest.problems import SAME_LETTER
from letters.models import Edition, Letter, Problem, Submission

#: What the buttons of the comparing page do, and what is said when it is done.
DECISIONS = {
    "attach": (
        decisions.attach,
        gettext_lazy("Het bestand is als editie bij deze brief gevoegd; het concept is er niet meer."),
    ),
    "chamber": (
        decisions.submit_to_other_chamber,
        gettext_lazy("Deze brief heeft nu een tweede aanbieding, met het bestand als editie."),
    ),
    "replace": (decisions.replace, gettext_lazy("Vastgelegd: deze brief vervangt de andere.")),
    "supplement": (decisions.supplement, gettext_lazy("Vastgelegd: deze brief vult de andere aan.")),
    "apart": (decisions.keep_apart, gettext_lazy("Vastgelegd: dit zijn twee verschillende brieven.")),
}
#: After these the draft is gone.
MERGING = {"attach", "chamber"}


class LetterChoices(AutocompleteJsonView):
    """Letters to choose from, told apart by date, number and status: a reprint has the title of what it replaces."""

    def serialize_result(self, obj, to_field_name):
        parts = [str(obj), obj.written_on, obj.paper_number, obj.get_status_display()]
        return {
            **super().serialize_result(obj, to_field_name),
            "text": " · ".join(part for part in parts if part),
        }


class ChooseLetter(AutocompleteSelect):
    def get_url(self):
        return reverse("admin:letters_letter_choices")


class SameLetterForm(forms.Form):
    """The letter that a draft may be the same as."""

    letter = forms.ModelChoiceField(
        label=gettext_lazy("Brief"),
        queryset=Letter.objects.all(),
        widget=ChooseLetter(Letter._meta.get_field("replaces"), admin.site),
        help_text=gettext_lazy("Zoek op onderwerp, Kamerstuknummer, referentie of ondertekenaar."),
    )

    def __init__(self, *args, draft: Letter, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft

    def clean_letter(self):
        if self.cleaned_data["letter"] == self.draft:
            raise ValidationError(_("Dit is het concept zelf. Kies de andere brief."))
        return self.cleaned_data["letter"]


def choose_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose any letter to compare a draft with."""
    require(request, "change_letter")
    draft = get_object_or_404(Letter, pk=pk)
    form = SameLetterForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_valid():
        return redirect(compare_url(draft, form.cleaned_data["letter"]))
    shown = context(request, _("Is dit een brief die er al is?"), draft=draft, form=form)
    return render(request, "admin/letters/letter/choose.html", shown)


def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two letters side by side; the buttons say what they are to each other."""
    require(request, "change_letter")
    draft = Letter.objects.filter(pk=pk).first()
    letter = Letter.objects.filter(pk=other).first()
    if draft is None or letter is None:
        messages.error(
            request, _("Een van de twee brieven is er niet meer: een ander heeft er intussen over beslist.")
        )
        return redirect(change_url(draft or letter) if draft or letter else "admin:letters_letter_changelist")
    if request.method == "POST":
        return _decide(request, draft, letter)
    asked = draft.problems.open().filter(code=SAME_LETTER).select_related("other_letter__text_edition")
    shown = context(
        request,
        _("Is dit dezelfde brief?"),
        draft=draft,
        letter=letter,
        facts=facts(letter, draft),
        runs=runs(_texts(letter), _texts(draft)),
        question=next((problem.message for problem in asked if problem.other_letter_id == letter.pk), ""),
        others=[problem.other_letter for problem in asked if problem.other_letter_id != letter.pk],
        may_attach=draft.first_published_at is None and request.user.has_perm("letters.delete_letter"),
        may_be_other_chamber=_may_be_other_chamber(draft, letter),
    )
    return render(request, "admin/letters/letter/compare.html", shown)


def _decide(request: HttpRequest, draft: Letter, letter: Letter) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice not in DECISIONS:
        messages.error(request, _("Kies een van de knoppen."))
        return redirect(compare_url(draft, letter))
    if choice in MERGING:
        require(request, "delete_letter")
    decide, done = DECISIONS[choice]
    try:
        decide(draft, letter, by=request.user)
    except decisions.Refused as error:
        messages.error(request, str(error))
        return redirect(compare_url(draft, letter))
    messages.success(request, done)
    if choice in MERGING:
        return redirect(change_url(letter))
    left = (
        Problem.objects.open().filter(letter=draft, code=SAME_LETTER).select_related("other_letter").first()
    )
    return redirect(compare_url(draft, left.other_letter) if left else change_url(draft))


def _texts(letter: Letter) -> list[str]:
    return list(letter.paragraphs.order_by("order", "id").values_list("text", flat=True))


def _may_be_other_chamber(draft: Letter, letter: Letter) -> bool:
    """Whether the draft may have gone to a chamber that the letter did not go to, as far as is known."""
    ours, theirs = ({row.chamber for row in one.submissions.all()} - {""} for one in (draft, letter))
    return len(theirs) < len(Submission.Chamber.values) and not ours & theirs


def supply_text(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Show what changes when another edition supplies the text; then let it."""
    require(request, "change_letter")
    chosen = get_object_or_404(Edition.objects.select_related("letter__text_edition"), pk=edition, letter=pk)
    letter = chosen.letter
    try:
        if request.method == "POST":
            decisions.supply_text(chosen, by=request.user)
            messages.success(request, _("De tekst komt nu van “%(edition)s”.") % {"edition": chosen})
            return redirect(change_url(letter))
        change = decisions.preview_text(chosen, by=request.user)
    except decisions.Refused as error:
        messages.error(request, str(error))
        return redirect(change_url(letter))
    shown = context(
        request, _("Andere editie de tekst laten leveren"), letter=letter, edition=chosen, change=change
    )
    return render(request, "admin/letters/letter/text_edition.html", shown)
