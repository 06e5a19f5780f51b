"""What every decision stands on: a reason to refuse, and the letters held until it is written."""

from collections.abc import Iterable

from letters.models import Letter


class Refused(Exception):
    """A decision that cannot be carried out; the message says why and what to do."""


def lock_letters(pks: Iterable[int]) -> None:
    """Hold these letters until the transaction ends. Rows of theirs that were read before may be stale: read again."""
    list(Letter.objects.select_for_update().filter(pk__in=list(pks)).order_by("pk").values_list("pk"))
