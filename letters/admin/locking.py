from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from letters import decisions
from letters.admin.shown import has_stale_rows
from letters.ingest import one_at_a_time


class LocksItself:
    """For an admin of a row that several people change: saving waits for whoever is saving it, and sees the result.

    Rows of the page that are gone by then cannot be saved: the page is shown anew, and says so.
    """

    def lock(self, row) -> None:
        self.model._default_manager.select_for_update().filter(pk=row.pk).first()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic():
            if request.method == "POST" and object_id is not None:
                one_at_a_time()  # before the row: a letter and its meeting, held in turn by two, would wait for ever
                row = self.get_object(request, unquote(object_id))
                if row is not None:
                    self.lock(row)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and object_id is not None and has_stale_rows(response):
            self.message_user(
                request,
                _(
                    "Niets is bewaard: intussen zijn rijen van deze pagina verwijderd of vervangen, door een collega of een nieuwe "
                    "lezing. Hieronder staat alles zoals het nu is; breng uw wijzigingen daarin aan."
                ),
                messages.ERROR,
            )
            return redirect(request.path)
        return response


class LocksLetter(LocksItself):
    """For an admin of a letter or of its rows: saving waits until a reading of that letter is done, and sees its result."""

    @staticmethod
    def letter_id(row) -> int:
        return row.letter_id

    def lock(self, row) -> None:
        decisions.lock_letters([self.letter_id(row)])
