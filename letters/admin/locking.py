from django.contrib.admin.utils import unquote
from django.db import transaction

from letters import decisions


class LocksLetter:
    """For an admin of a letter or of its rows: saving waits until a reading of that letter is done, and sees its result."""

    @staticmethod
    def letter_id(row) -> int:
        return row.letter_id

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic():
            if request.method == "POST" and object_id is not None:
                row = self.get_object(request, unquote(object_id))
                if row is not None:
                    decisions.lock_letters([self.letter_id(row)])
            return super().changeform_view(request, object_id, form_url, extra_context)
