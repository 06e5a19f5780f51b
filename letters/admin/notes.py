from django.contrib import admin

from letters.models import Note


class NoteInline(admin.StackedInline):
    """Remarks of the editors, wherever they hang; who wrote one is kept, never shown to visitors."""

    model = Note
    fields = ["text", ("is_public", "organisation")]
    extra = 0


class SignsNotes:
    """For an admin with ``NoteInline``: keep who wrote a new note."""

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for note in getattr(formset, "new_objects", []):
            if isinstance(note, Note):
                note.written_by = request.user
                note.save(update_fields=["written_by"])
