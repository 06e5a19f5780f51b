"""From hit to hit: the page of a letter knows its place in the list that one came from, and what comes before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from letters import search
from letters.filters import Address, FilteredList, LetterQuery, Trail, title
from letters.filters.letter_query import MARKS
from letters.models import Letter, Paragraph, Position
from letters.views.pages import PagedMixin

Item = Letter | Paragraph | Position


@dataclass(frozen=True, slots=True)
class Walk:
    """What ``pieces/_walk.html`` shows. ``number`` counts from 1; None when the item is not in the list, or none was named."""

    title: str
    list_url: str
    total: int
    number: int | None
    is_gone: bool  # an item was named, and it is not in the list
    previous_url: str
    next_url: str


def item_of(query: LetterQuery, letter: Letter, paragraphs: Iterable[Paragraph]) -> Item | None:
    """The item at which one is: of the letter that is shown, whatever the address says."""
    if not query.came_from:
        return None
    if query.came_from.model is Letter:
        return letter
    if query.came_from.model is Paragraph:
        return next((one for one in paragraphs if query.hit and one.anchor == query.hit), None)
    shown = [position for one in paragraphs for position in one.shown_positions]
    return next((one for one in shown if str(one.pk) == query.hit), None)


def walk(query: LetterQuery, item: Item | None) -> Walk | None:
    """The way on from an item, and back to the list; None for who came from none."""
    filtered = query.came_from
    if filtered is None:
        return None
    keys = filtered.keys
    places = np.flatnonzero(keys == item.pk) if item else []
    place = int(places[0]) if len(places) else None
    address, around = filtered.address, {}
    if place is not None:
        around = _around(filtered, place, ((MARKS, "uit"),) if not query.shows_marks else ())
        address = _at_page(address, place // PagedMixin.per_page + 1)
    return Walk(
        title=title(filtered.cleaned, filtered.all_items),
        list_url=address.url,
        total=len(keys),
        number=None if place is None else place + 1,
        is_gone=place is None and bool(query.hit or filtered.model is Letter),
        previous_url=around.get(-1, ""),
        next_url=around.get(1, ""),
    )


def _at_page(address: Address, number: int) -> Address:
    return address.setting(pagina=str(number))


def _around(filtered: FilteredList, place: int, more: tuple[tuple[str, str], ...]) -> dict[int, str]:
    """The addresses of the item before (-1) and after (1) this place, as far as they are there."""
    keys = {
        step: int(filtered.keys[place + step]) for step in (-1, 1) if 0 <= place + step < len(filtered.keys)
    }
    rows = filtered.still_public(_rows(filtered)).order_by().in_bulk(list(keys.values()))
    trail = Trail(filtered, more)
    return {step: _url(trail, rows[key]) for step, key in keys.items() if key in rows}


def _rows(filtered: FilteredList) -> QuerySet:
    """Items with what their addresses take, and with the words marked where the list finds them in the text."""
    if filtered.model is Letter:
        return Letter.objects.only("slug")
    if filtered.model is Paragraph:
        rows, headline = (
            Paragraph.objects.select_related("letter").only("anchor", "letter__slug"),
            search.paragraph_headline,
        )
    else:
        rows = Position.objects.select_related("letter", "paragraph").only(
            "letter__slug", "paragraph__anchor"
        )
        headline = search.sentence_headline
    return rows.annotate(headline=headline(filtered.words)) if filtered.words else rows


def _url(trail: Trail, row: Item) -> str:
    url = trail.to(row)
    return url + search.text_fragment(getattr(row, "headline", "")) if "#" in url else url
