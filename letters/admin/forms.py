from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters import decisions
from letters.ingest import IngestReport, NotAccepted, Upload, ingest
from letters.models import Letter, Meeting, Position, Problem, Topic
from letters.models.meetings import Level


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files; ``clean`` gives a list."""

    widget = SeveralFilesInput(attrs={"accept": ".pdf,.docx,.txt"})

    def clean(self, data, initial=None):
        clean_one = super().clean
        return [clean_one(one, initial) for one in (data or [None])]


class UploadForm(forms.Form):
    """The files of one letter. Reading is part of validation: what cannot be read is an error at the field."""

    files = SeveralFilesField(
        label=_("Bestand van de brief"),
        allow_empty_file=True,  # ``ingest`` says what to do about an empty file
        help_text=_("PDF, Word (.docx) of platte tekst. Kies meer bestanden als de brief uit delen bestaat."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.report: IngestReport | None = None

    def clean_files(self):
        files = self.cleaned_data["files"]
        for file in files:
            if file.size > settings.MAX_UPLOAD_BYTES:
                raise ValidationError(
                    _now("“%(name)s” is groter dan %(limit)s MB. Splits het bestand of sla het kleiner op.")
                    % {"name": file.name, "limit": settings.MAX_UPLOAD_MB}
                )
        try:
            self.report = ingest([Upload(file.name, file.read()) for file in files], by=self.user)
        except NotAccepted as error:
            raise ValidationError(str(error)) from error
        return files


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        help_text=_("Bezoekers die het adres van de brief openen, lezen deze reden."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
    )


class MergeTopicForm(forms.Form):
    into = forms.ModelChoiceField(label=_("Samenvoegen met"), queryset=Topic.objects.none())

    def __init__(self, *args, topic, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Topic.objects.current().exclude(pk=topic.pk).by_name()


class MeetingForm(forms.ModelForm):
    levels = forms.TypedMultipleChoiceField(
        label=_("Niveau"), choices=Level, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Meeting
        fields = ["body", "format", "levels", "start", "end", "place", "status", "is_announced"]


class ProblemForm(forms.ModelForm):
    """A problem cannot be rewritten, only settled."""

    resolved = forms.BooleanField(label=_("Opgelost"), required=False)

    class Meta:
        model = Problem
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["resolved"] = self.instance.resolved_at is not None
        self.fields["resolved"].disabled = self.instance.resolved_at is not None


class DecisionForm(forms.ModelForm):
    """Check or reject one proposal, after correcting it where needed."""

    class Meta:
        model = Position
        fields = ["stance", "verb", "moment", "with_others"]
        widgets = {"verb": forms.TextInput(attrs={"size": 24})}


class AddPositionForm(forms.Form):
    """A position that the machine missed, pointed out by quoting its sentence."""

    quote = forms.CharField(
        label=_("Citaat"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("Plak de zin, of een herkenbaar deel; de hele zin wordt het citaat."),
    )
    stance = forms.ChoiceField(label=_("Standpunt"), choices=Position.Stance)
    verb = forms.CharField(label=_("Werkwoord in de brief"), max_length=120, required=False)
    moment = forms.ChoiceField(label=_("Moment"), choices=Position.Moment, initial=Position.Moment.STATED)
    with_others = forms.BooleanField(label=_("Samen met anderen"), required=False)

    def __init__(self, *args, letter: Letter, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.letter, self.user = letter, user

    def clean_quote(self):
        try:
            decisions.find_sentence(self.letter, self.cleaned_data["quote"])
        except decisions.Refused as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["quote"]

    def save(self) -> Position:
        return decisions.add_position(self.letter, by=self.user, **self.cleaned_data)
