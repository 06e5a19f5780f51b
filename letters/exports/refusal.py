"""Why a view does not become a file of the kind that was asked for."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """The message tells a visitor the limit, the number that there is, and what to do."""


def refuse_above(limit: int, count: int, *, file: str, items: str) -> None:
    """Raise ``Refused`` when there are more items than fit: nothing is ever left out of a file."""
    if count > limit:
        message = _(
            "%(file)s kan hooguit %(limit)s %(items)s bevatten; deze weergave heeft er %(count)s. "
            "Kies meer filters, of neem CSV of JSON: die kennen geen grens."
        )
        raise Refused(
            message % {"file": file, "limit": dotted(limit), "count": dotted(count), "items": items}
        )


def dotted(number: int) -> str:
    """ "50.000", as Dutch writes it."""
    return f"{number:,}".replace(",", ".")
