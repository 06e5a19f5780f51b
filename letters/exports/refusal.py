"""Why a view does not become a file of the kind that was asked for."""

from django.utils.translation import gettext as _

from letters.exports.export import Export


class Refused(Exception):
    """The message tells a visitor the limit, the number that there is, and what to do."""


def too_many(name: str, limit: int, export: Export) -> Refused:
    """What to raise when the view has more items than a file of the kind "Word" may hold."""
    message = _(
        "Een %(name)s-bestand kan hooguit %(limit)s %(items)s bevatten; deze weergave heeft er %(count)s. "
        "Kies meer filters, of neem CSV of JSON: die kennen geen grens."
    )
    words = {"name": name, "limit": dotted(limit), "items": export.list_name, "count": dotted(export.count)}
    return Refused(message % words)


def dotted(number: int) -> str:
    """ "50.000", as Dutch writes it."""
    return f"{number:,}".replace(",", ".")
