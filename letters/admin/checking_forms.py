"""What a clerk sends from the checking desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.models import Letter, Position


class DecisionForm(forms.ModelForm):
    """Check or reject one proposal, after correcting it where needed; ``seen`` is the version that was on screen."""

    seen = forms.CharField(required=False)

    class Meta:
        model = Position
        fields = ["stance", "verb", "moment", "with_others"]

    @property
    def corrections(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}

    @property
    def versions(self) -> dict[int, str]:
        """What ``decisions.decide`` wants to know was seen."""
        return {self.instance.pk: self.cleaned_data["seen"]} if self.cleaned_data["seen"] else {}

    @property
    def all_errors(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class PointsAtSentence(forms.Form):
    """One sentence of the letter, by quoting it; or exactly, by the place of selected words in a paragraph."""

    quote = forms.CharField(
        label=_("Citaat"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
        help_text=_("Plak de zin, of een herkenbaar deel; de hele zin wordt het citaat."),
    )
    paragraph = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, letter: Letter, **kwargs):
        super().__init__(*args, **kwargs)
        self.letter = letter

    def clean(self):
        cleaned = super().clean()
        place = [cleaned.pop(name, None) for name in ("paragraph", "start", "end")]
        cleaned["at"] = None if None in place else tuple(place)
        if "quote" in cleaned:
            try:
                self.sentence = self._find(cleaned["quote"], cleaned["at"])
            except decisions.Refused as error:
                raise ValidationError({"quote": str(error)}) from error
        return cleaned

    def _find(self, quote: str, at: tuple[int, int, int] | None):
        if at:
            return decisions.sentence_at(self.letter, *at, quote)
        return decisions.find_sentence(self.letter, quote)

    @property
    def all_errors(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class AddPositionForm(PointsAtSentence):
    """A position that the machine missed, on the sentence that is pointed at."""

    stance = forms.ChoiceField(
        label=_("Standpunt"),
        choices=[
            ("", _("Kies …")),
            *((value, f"{key} {label}") for key, (value, label) in enumerate(Position.Stance.choices, 1)),
        ],
    )
    verb = forms.CharField(label=_("Werkwoord"), max_length=120, required=False)
    moment = forms.ChoiceField(label=_("Moment"), choices=Position.Moment, initial=Position.Moment.STATED)
    with_others = forms.BooleanField(label=_("Samen met anderen"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def save(self) -> Position:
        return decisions.add_position(self.letter, by=self.user, **self.cleaned_data)


class SureForm(forms.Form):
    """From which confidence on proposals are shown to be accepted together."""

    least = forms.IntegerField(label=_("Zekerheid vanaf"), min_value=0, max_value=100)

    @property
    def share(self) -> float:
        return self.cleaned_data["least"] / 100


def seen_versions(data) -> dict[int, str]:
    """The versions by key that a preview showed, from values like ``12:9f3ac…``. Raises ``ValidationError``."""
    try:
        return {int(pk): version for pk, version in (value.split(":") for value in data.getlist("seen"))}
    except ValueError as error:
        raise ValidationError(_now("Deze lijst is niet leesbaar. Laad de pagina opnieuw.")) from error
