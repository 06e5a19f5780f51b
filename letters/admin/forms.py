from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters.admin.shown import KnowsWhatWasShown
from letters.ingest import IngestReport, NotAccepted, Upload, ingest
from letters.models import Letter, Meeting, Paragraph, Problem, Section, Topic
from letters.models.meetings import Level

UNREADABLE_ORIGINAL = _(
    "Een bestand van deze brief kan niet worden gelezen of bewaard. Er is niets veranderd; meld dit de beheerder."
)


def _with_link(error: NotAccepted) -> str:
    """The message, with a link to the letter that it speaks of."""
    if error.letter is None:
        return str(error)
    page = reverse("admin:letters_letter_change", args=[error.letter.pk])
    return format_html('{} <a href="{}">{}</a>', str(error), page, error.letter)


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files; ``clean`` gives a list."""

    widget = SeveralFilesInput(attrs={"accept": ".pdf,.docx,.odt,.txt,.html,.htm,.xml"})

    def clean(self, data, initial=None):
        clean_one = super().clean
        return [clean_one(one, initial) for one in (data or [None])]


class UploadForm(forms.Form):
    """The files of one letter. Reading is part of validation: what cannot be read is an error at the field."""

    files = SeveralFilesField(
        label=_("Bestand van de brief"),
        allow_empty_file=True,  # ``ingest`` says what to do about an empty file
        help_text=_(
            "PDF, Word (.docx), ODT, HTML, XML of platte tekst. Kies alle bestanden van de brief tegelijk: aanbiedingsbrief, "
            "bijlagen en metadata.xml."
        ),
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
            uploads = [Upload(file.name, file.read()) for file in files]
            self.report = ingest(uploads, by=self.user, attach=False)
        except NotAccepted as error:
            raise ValidationError(_with_link(error)) from error
        except OSError as error:
            raise ValidationError(UNREADABLE_ORIGINAL) from error
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


class MeetingForm(KnowsWhatWasShown, forms.ModelForm):
    levels = forms.TypedMultipleChoiceField(
        label=_("Niveau"), choices=Level, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Meeting
        fields = ["body", "format", "levels", "start", "end", "place", "status", "is_announced"]


class SectionForm(KnowsWhatWasShown, forms.ModelForm):
    """A choice that a person makes now must fit the letter; an older one may be of a meeting that was taken off it."""

    class Meta:
        model = Section
        fields = [
            "order", "heading", "kind", "level", "parent", "language", "is_hedged", "session", "agenda_topics", "topics",
        ]  # fmt: skip

    def clean_session(self):
        session = self.cleaned_data["session"]
        if session and session.pk != self.instance.session_id:
            self._refuse_stranger([session])
        return session

    def clean_agenda_topics(self):
        chosen = self.cleaned_data["agenda_topics"]
        self._refuse_stranger(set(chosen) - set(self.instance.agenda_topics.all()))
        return chosen

    def _refuse_stranger(self, rows):
        meetings = set(self.instance.letter.meetings.values_list("pk", flat=True))
        for row in rows:
            if row.meeting_id not in meetings:
                raise ValidationError(
                    _now("“%(row)s” hoort bij een bijeenkomst waar deze brief niet over gaat.") % {"row": row}
                )


class LetterTextField(forms.CharField):
    """The exact words: a browser sends its line ends as CRLF, and spaces at the edges are the letter's own."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ParagraphForm(KnowsWhatWasShown, forms.ModelForm):
    class Meta:
        model = Paragraph
        fields = ["order", "label", "text"]
        field_classes = {"text": LetterTextField}


class ParagraphFormSet(forms.BaseInlineFormSet):
    """The words come from the letter: only a corrected paragraph that the reading no longer has may go."""

    def clean(self):
        super().clean()
        may_go = {problem.field for problem in paragraphs_gone(self.instance)}
        for form in self.deleted_forms:
            if f"paragraph:{form.instance.pk}" not in may_go:
                raise ValidationError(
                    _now("Deze alinea staat in de brief en blijft: “%(text)s”.") % {"text": form.instance}
                )


def paragraphs_gone(section: Section):
    """The open problems about corrected paragraphs of this section that the last reading did not have."""
    fields = [f"paragraph:{key}" for key in section.paragraphs.values_list("pk", flat=True)]
    return Problem.objects.open().filter(letter=section.letter_id, code="paragraph-gone", field__in=fields)


class SubmissionFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """Two rows of this page: the database still knows neither."""
        super().clean()
        numbers = set()
        for form in self.forms:
            number = form.cleaned_data.get("paper_number") if hasattr(form, "cleaned_data") else ""
            if not number or self._should_delete_form(form):
                continue
            if number in numbers:
                form.add_error("paper_number", _now("Dit Kamerstuknummer staat al bij de andere aanbieding."))
            numbers.add(number)


class LetterForm(KnowsWhatWasShown, forms.ModelForm):
    """A letter that visitors read stays with a meeting, or nobody would find it there."""

    def clean_meetings(self):
        meetings = self.cleaned_data["meetings"]
        kind = self.cleaned_data.get("kind", self.instance.kind)
        if self.instance.is_public and kind != Letter.Kind.OTHER and not meetings:
            raise ValidationError(
                _now("Een gepubliceerde brief hoort bij een bijeenkomst. Kies er een, of trek de brief in.")
            )
        return meetings


class TopicNameFormSet(forms.BaseInlineFormSet):
    """Names are unique in the database; here two rows of one form are compared, which no row can do alone."""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("name")]
        rows = [row for row in rows if not row.get("DELETE")]
        preferred = [row["language"] for row in rows if row.get("is_preferred")]
        if len(preferred) != len(set(preferred)):
            raise ValidationError(
                _now("Een onderwerp heeft per taal één naam; maak van de andere een benaming.")
            )
