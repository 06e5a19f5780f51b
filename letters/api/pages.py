"""A part of a result, with links to the others. Nothing is cut off or rounded: what does not exist is an error."""

from collections.abc import Iterable
from http import HTTPStatus

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letters.api import queries
from letters.api.keys import api_key
from letters.api.problems import Problem
from letters.filters import Address


class Page:
    """The part of ``query``'s result that it asks for. Raises ``Problem`` (404) beyond the last one."""

    def __init__(self, query: queries.Parts):
        self.query, self.total = query, query.total
        self.number, self.size = query.page, query.page_size
        self.last = max(1, -(-self.total // self.size))
        if self.number > self.last:
            message = _("Pagina %(number)s bestaat niet: de laatste is %(last)s.")
            raise Problem(HTTPStatus.NOT_FOUND, message % {"number": self.number, "last": self.last})

    def take(self, rows: QuerySet) -> Iterable:
        """Of all rows those of this part, in order."""
        start = (self.number - 1) * self.size
        return self.query.items(rows)[start : start + self.size]

    def place(self, origin: str) -> dict:
        """Where this part is in the whole, as ``parts.Part`` describes it."""
        return {
            "totaal": self.total,
            "pagina": self.number,
            "paginaGrootte": self.size,
            "paginas": self.last,
            "links": self.links(origin),
        }

    def links(self, origin: str) -> dict[str, str | None]:
        """Absolute addresses; null where there is no such page."""
        pairs = tuple((api_key(key), value) for key, value in self.query.address.pairs)
        here = Address(f"{origin}{self.query.path}", pairs)

        def to(number: int) -> str | None:
            return here.setting(pagina=str(number)).url if 1 <= number <= self.last else None

        return {
            "zelf": to(self.number),
            "eerste": to(1),
            "vorige": to(self.number - 1),
            "volgende": to(self.number + 1),
            "laatste": to(self.last),
        }
