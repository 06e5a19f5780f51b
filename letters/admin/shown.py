"""Forms that know what was on screen: what a reading or a colleague changed meanwhile is not overwritten unseen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now


class KnowsWhatWasShown:
    """For a ``ModelForm``: each field also sends what it showed, and saving is a three-way merge with that as its base.

    What this person left alone keeps the value that the row has now. What both changed is said at the field, and saving
    once more writes this person's value. A form that does not send what it showed is saved as it is.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.knows = not self.is_bound or any(
            self.add_initial_prefix(name) in self.data for name in self.fields
        )
        for field in self.fields.values():
            field.show_hidden_initial = self.knows

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is not None and self.knows:
            for name in [name for name in self.fields if name in cleaned]:
                self._merge(name, cleaned)
        return cleaned

    def _merge(self, name: str, cleaned: dict) -> None:
        bound = self[name]
        hidden = bound.field.hidden_widget()
        shown = hidden.value_from_datadict(self.data, self.files, bound.html_initial_name)
        if not _differs(bound.field, bound.initial, shown):
            return
        if name not in self.changed_data:
            del cleaned[name]  # not written: the row keeps what it has now
        elif _differs(bound.field, bound.initial, bound.data):
            self._show_again(bound, hidden)
            self.add_error(
                name,
                _now("Intussen gewijzigd in “%(value)s”. Sla nog eens op om uw eigen waarde te bewaren.")
                % {"value": self._in_words(name)},
            )

    def _show_again(self, bound: forms.BoundField, hidden: forms.Widget) -> None:
        """Let the page that says so show the value of now: saving that page is a choice."""
        value = bound.field.prepare_value(bound.initial)
        self.data = self.data.copy()
        if isinstance(hidden, forms.MultipleHiddenInput):
            self.data.setlist(bound.html_initial_name, [str(one) for one in value or []])
        else:
            self.data[bound.html_initial_name] = "" if value is None else str(value)

    def _in_words(self, name: str) -> str:
        value = getattr(self.instance, name)
        if hasattr(value, "all"):
            value = ", ".join(str(row) for row in value.all())
        elif hasattr(self.instance, f"get_{name}_display"):
            value = getattr(self.instance, f"get_{name}_display")()
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        return str(value) if value not in (None, "") else _now("niets")


def _differs(field: forms.Field, current: Any, sent: Any) -> bool:
    """Whether what a browser sent is another value than the row has; spaces that a browser takes off are no difference."""
    if isinstance(current, str) and isinstance(sent, str):
        return current.replace("\r\n", "\n").strip() != sent.replace("\r\n", "\n").strip()
    return field.has_changed(current, sent)


class SignatoryForm(KnowsWhatWasShown, forms.ModelForm):
    pass


class SubmissionForm(KnowsWhatWasShown, forms.ModelForm):
    pass


class SessionForm(KnowsWhatWasShown, forms.ModelForm):
    pass


class AgendaTopicForm(KnowsWhatWasShown, forms.ModelForm):
    pass


class PositionForm(KnowsWhatWasShown, forms.ModelForm):
    pass


class SectionRowForm(KnowsWhatWasShown, forms.ModelForm):
    """A section among the others of its letter."""


def has_stale_rows(response: Any) -> bool:
    """Whether a page with errors speaks of rows that are not there any more."""
    formsets = getattr(response, "context_data", None) or {}
    return any(
        form.instance.pk is None and "id" in form.errors
        for inline in formsets.get("inline_admin_formsets", [])
        for form in inline.formset.initial_forms
    )


class KeepsTreated(forms.BaseInlineFormSet):
    """Sessions or agenda topics of a meeting: what letters treat, or what has notes, is not deleted in passing."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if reason := why_kept(form.instance):
                raise ValidationError(reason)


def why_kept(row: Any) -> str:
    """Why a session or an agenda topic may not be deleted, and what to do; "" when it may."""
    sections = list(row.sections.select_related("letter")[:3])
    if sections:
        letters = ", ".join(dict.fromkeys(f"“{section.letter}”" for section in sections))
        return _now(
            "“%(row)s” wordt behandeld in %(letters)s. Kies daar eerst iets anders bij het onderdeel; daarna kan dit weg."
        ) % {"row": row, "letters": letters}
    if hasattr(row, "notes") and row.notes.exists():
        return _now("Bij “%(row)s” horen notities. Verplaats of verwijder die eerst.") % {"row": row}
    if hasattr(row, "absences") and (absence := row.absences.first()):
        return _now("Van “%(row)s” is vastgesteld: %(absence)s. Trek dat eerst in.") % {
            "row": row,
            "absence": absence,
        }
    return ""
