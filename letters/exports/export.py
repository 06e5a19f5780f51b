"""What a writer is given: a view of one list, in words and as rows, at one moment."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from letters.exports import reading
from letters.exports.columns import COLUMNS, Column
from letters.exports.reading import Item
from letters.filters import FilteredList
from letters.filters.choices import ORDERS, RELEVANCE
from letters.models.corpus import read_once

NAMES = {
    "search": _("passages"),
    "positions": _("standpunten"),
    "letters": _("brieven"),
    "commitments": _("passages over toezeggingen"),
}


@dataclass(frozen=True)
class Export:
    """The whole of one view. ``site`` is the address of the site, without the last slash ("https://…")."""

    filtered: FilteredList
    site: str
    made_at: datetime.datetime

    def at_this_moment(self) -> "Export":
        """The same view as the database has it now: asked for in the transaction in which its rows will be read."""
        with read_once():
            filtered = self.filtered.anew()
        return replace(self, filtered=filtered)

    @property
    def list_name(self) -> str:
        """What the rows are: "passages", "standpunten", "brieven", "passages over toezeggingen"."""
        return str(NAMES[self.filtered.route])

    @property
    def title(self) -> str:
        """The filter in words, as the page has it."""
        return self.filtered.title

    @property
    def order(self) -> str:
        return str(ORDERS[self.filtered.order])

    @property
    def address(self) -> str:
        """Where the view stands as a page."""
        return self.absolute(self.filtered.address.url)

    @property
    def file_name(self) -> str:
        """Without extension: "standpunten-oekraine-2021-2023"; letters of ASCII only."""
        chosen = self.filtered.in_words
        words = slugify(f"{self.list_name} {chosen}".replace("–", "-").replace("·", " "))
        return words[:100].strip("-") if chosen else slugify(self.filtered.all_items)

    @property
    def shows_unchecked(self) -> bool:
        return self.filtered.shows_unchecked

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS[self.filtered.route]

    @cached_property
    def count(self) -> int:
        """How many items there are, at the first moment at which this is asked."""
        return self.filtered.hits().items

    def items(self) -> Iterator[Item]:
        """The items in the order of the view, each with what the columns read; some at a time."""
        return reading.items(self.filtered)

    def quotations_by_letter(self) -> Iterator[Item]:
        """The items with those of one letter together, each with what quotes and cites it.

        An order by relevance has the items of a letter apart.
        """
        by_date = {"sorteer": None} if self.filtered.order == RELEVANCE else {}
        return reading.quotations(self.filtered.with_choices(by_date))

    def absolute(self, url: str) -> str:
        return f"{self.site}{url}"
