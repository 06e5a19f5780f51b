"""The pages on which a clerk adds a mention of a commitment that the machine missed: choose the letter, then its sentence."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import decisions
from letters.admin.commitment_linking import link_url, refusal
from letters.admin.pages import context, require
from letters.models import CommitmentMention, Letter, Paragraph
from letters.parsing.sentences import Sentence

#: Letters to choose from at a time; sentences with the same words to choose from.
LETTERS, SENTENCES = 20, 10


class LetterWordsForm(forms.Form):
    """Words of a letter, as the admin's list of letters takes them."""

    zoek = forms.CharField(
        label=gettext_lazy("Zoek de brief"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=gettext_lazy("Op onderwerp, Kamerstuknummer, referentie of ondertekenaar."),
    )


class Place(NamedTuple):
    """A sentence to choose."""

    paragraph: Paragraph
    sentence: Sentence


class AddMentionForm(forms.Form):
    """A sentence of the letter, by words of it, and what it does. Of several with these words ``place`` says which."""

    quote = forms.CharField(
        label=gettext_lazy("Zin"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=gettext_lazy("Plak de zin, of een herkenbaar deel; de hele zin wordt het citaat."),
    )
    place = forms.CharField(required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat deze zin doet"), choices=CommitmentMention.Kind, widget=forms.RadioSelect
    )

    def __init__(self, *args, letter: Letter, **kwargs):
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.places: dict[str, Place] = {}

    def clean(self):
        cleaned = super().clean()
        if "quote" in cleaned:
            try:
                self._find(cleaned)
            except decisions.Refused as error:
                raise ValidationError({"quote": str(error)}) from error
        return cleaned

    def _find(self, cleaned: dict) -> None:
        found = decisions.sentences_with(self.letter, cleaned["quote"])
        if len(found) > SENTENCES:
            decisions.find_sentence(self.letter, cleaned["quote"])  # which says what to do
        places = {f"{paragraph.pk}:{one.start}:{one.end}": Place(paragraph, one) for paragraph, one in found}
        if len(places) > 1:
            self.places = places
        chosen = cleaned["place"] if self.places else next(iter(places))
        if chosen in places:
            cleaned["quote"], cleaned["at"] = places[chosen].sentence.text, tuple(map(int, chosen.split(":")))
        else:
            self.add_error(
                "place", _("Deze woorden staan in meer dan één zin. Kies hieronder welke u bedoelt.")
            )

    def save(self, *, by: User) -> CommitmentMention:
        """Raises ``decisions.Refused``."""
        cleaned = self.cleaned_data
        return decisions.add_mention(self.letter, cleaned["quote"], cleaned["kind"], at=cleaned["at"], by=by)


def add(request: HttpRequest) -> HttpResponse:
    """Ask which letter, unless the address says so (``?brief=12``); then its sentence. Afterwards: which promise is it?"""
    require(request, "view_letter", "add_commitmentmention")
    letter = _letter(request.GET.get("brief", ""))
    if letter is None:
        return _choose_letter(request)
    form = AddMentionForm(request.POST if request.method == "POST" else None, letter=letter)
    if form.is_valid():
        try:
            mention = form.save(by=request.user)
        except decisions.Refused as error:
            form.add_error("quote", refusal(error))
        else:
            messages.success(request, _("De vermelding is toegevoegd en telt als nagekeken."))
            return redirect(link_url(mention))
    shown = context(
        request,
        _("Vermelding van een toezegging toevoegen"),
        opts=CommitmentMention._meta,
        letter=letter,
        form=form,
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/letters/commitments/add.html", shown)


def _letter(pk: str) -> Letter | None:
    known = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return Letter.objects.filter(pk=pk).first() if known else None


def _choose_letter(request: HttpRequest) -> HttpResponse:
    if "brief" in request.GET:
        messages.error(request, _("Die brief is er niet meer. Kies een andere."))
    form = LetterWordsForm(request.GET)
    letters = Letter.objects.none()
    if form.is_valid():
        letters, _several = admin.site.get_model_admin(Letter).get_search_results(
            request, Letter.objects.all(), form.cleaned_data["zoek"]
        )
    letters = letters.distinct()
    shown = context(
        request,
        _("Vermelding van een toezegging toevoegen"),
        opts=CommitmentMention._meta,
        form=form,
        letters=letters.prefetch_related("submissions")[:LETTERS],
        total=letters.count(),
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/letters/commitments/choose_letter.html", shown)
