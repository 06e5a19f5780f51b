"""What a saved address leads to now: one of our own public views, in words, with its results and what is new in it.

An address is read as the page itself reads it: by our own routes and the FilterSet of that page. Whatever else it may be, it
is refused, and where it leads is spelled anew: it cannot lead off the site.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from letters.comparison_sides import title as title_of_comparison
from letters.filters import (
    Address,
    FilteredList,
    LetterList,
    PassageList,
    PositionList,
    Query,
    title,
    topic_choices,
)
from letters.filters.choices import NEWEST, ORDERS, meeting_choices
from letters.filters.commitments import CommitmentList
from letters.filters.comparison_query import SIDES, ComparisonQuery
from letters.filters.former import FormerTopic, former_topics, old_topics
from letters.filters.meetings import CalendarQuery
from letters.filters.topic_query import TopicQuery
from letters.languages import language_of
from letters.models import Bookmark, CorpusVersion, Letter, Position
from letters.models.paths import path_to
from letters.templatetags.facets import grouped

#: "/zoeken/?onderwerp=china&sorteer=oudste"; no host ("//elders.nl"), no backslash, nothing that breaks a line
OWN_ADDRESS = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")


class NoSuchView(Exception):
    """An address that leads to none of our views; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The results of a view now, how many of them became public since a moment, and the results in words."""

    results: int
    new: int
    words: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of ours. ``address`` is its one spelling of now, whole: without a page of the result."""

    address: Address
    kind: str
    title: str
    order: str  # in words, or "" for the usual one
    former: list[FormerTopic]  # the topics by whose old addresses it was asked for
    count: Callable[[datetime], Counted]

    @property
    def words(self) -> str:
        """ "Passages: Oekraïne · 2021–2023 · oudste eerst"."""
        order = f" · {self.order}" if self.order else ""
        return f"{self.kind}: {self.title}{order}"


def read(address: str) -> SavedView:
    """Return the view that an address (path and query) leads to; raise ``NoSuchView`` when that is none of ours."""
    if len(address) > Bookmark.MAX_ADDRESS:
        raise NoSuchView(
            _("Dit adres telt %(length)s tekens. Bewaren kan tot %(most)s: kies minder filters.")
            % {"length": len(address), "most": Bookmark.MAX_ADDRESS}
        )
    if not OWN_ADDRESS.fullmatch(address):
        raise NoSuchView(_("Dit is geen adres van een weergave van deze site."))
    parts = urlsplit(address)
    try:
        with override(
            language_of(parts.path)
        ):  # the view may have been saved in another language than that of the page
            match = resolve(parts.path)
    except Resolver404 as error:
        raise NoSuchView(_("Dit is geen adres van een weergave van deze site.")) from error
    reader = READERS.get(match.url_name)
    if reader is None:
        raise NoSuchView(
            _(
                "Deze pagina is niet te bewaren. Wel te bewaren: een lijst, een brief, een bijeenkomst, een onderwerp."
            )
        )
    query = match.func.view_class.query_class(QueryDict(parts.query), path=parts.path)
    if not query.is_valid():
        raise NoSuchView(query.wrong_values[0].message)
    return reader(query, **match.kwargs)


def _former(topics: list[int]) -> list[FormerTopic]:
    return former_topics(topics, CorpusVersion.current()) if topics else []


def _list(kind: Callable[[], str], in_words: Callable[[int], str]) -> Callable[[FilteredList], SavedView]:
    def reader(query: FilteredList) -> SavedView:
        old = set(old_topics(query))
        topics = [choice.stored for choice in query.cleaned["onderwerp"]] if old else []
        return SavedView(
            address=query.address.without("pagina"),
            kind=kind(),
            title=query.title,
            order="" if query.order == NEWEST else str(ORDERS[query.order]).lower(),
            former=[topic for topic in _former(topics) if topic.slug in old],
            count=lambda since: _count(query, since, in_words),
        )

    return reader


def _letter(query: Query, slug: str) -> SavedView:
    slug = slug.lower()
    seen = Letter.objects.exclude(status=Letter.Status.DRAFT)
    letter = seen.filter(slug=slug).first() or seen.filter(redirects__slug=slug).first()
    if letter is None:
        raise NoSuchView(_("Deze brief is hier niet."))
    if not letter.is_public:
        raise NoSuchView(_("Deze brief is ingetrokken."))
    positions = Position.objects.public(unchecked=_shows_unchecked(query)).filter(letter=letter)

    def count(since: datetime) -> Counted:
        results = positions.count()
        is_new = letter.first_published_at > since
        new = results if is_new else positions.filter(decided_at__gt=since).count()
        return Counted(results, new, _positions(results))

    address = _address(query, "letter", letter.slug)
    return SavedView(address, _("Brief"), letter.title, "", [], count)


def _meeting(query: Query, slug: str) -> SavedView:
    """Of a meeting the letters count: they bring its page what is new."""
    choice = meeting_choices([slug]).get(slug)
    if choice is None:
        raise NoSuchView(_("Deze bijeenkomst is hier niet."))
    letters = LetterList.under(bijeenkomst=(choice,))
    return SavedView(
        query.address,
        _("Bijeenkomst"),
        choice.label,
        "",
        [],
        lambda since: _count(letters, since, _letters),
    )


def _meetings(query: CalendarQuery) -> SavedView:
    """Of the calendar meetings count; new are those that got a letter."""
    meetings = query.of_year

    def count(since: datetime) -> Counted:
        results = meetings.count()
        letters = Letter.objects.public().filter(first_published_at__gt=since)
        new = meetings.filter(letters__in=letters).order_by().distinct().count()
        words = ngettext("%(count)s bijeenkomst", "%(count)s bijeenkomsten", results)
        return Counted(results, new, words % {"count": grouped(results)})

    return SavedView(
        query.address,
        _("Bijeenkomsten"),
        capfirst(", ".join(query.chosen)) or _("Alle bijeenkomsten"),
        "",
        [],
        count,
    )


def _topic(query: TopicQuery, slug: str) -> SavedView:
    choice = topic_choices([slug]).get(slug)
    if choice is None:
        raise NoSuchView(_("Dit onderwerp is er niet."))
    positions = query.positions(choice)
    former = [] if choice.value == slug else _former([choice.stored])
    return SavedView(
        _address(query, "topic", choice.value).without("pagina"),
        _("Onderwerp"),
        title(positions.cleaned, ""),
        "" if positions.order == NEWEST else str(ORDERS[positions.order]).lower(),
        [topic for topic in former if topic.slug == slug],
        lambda since: _count(positions, since, _positions),
    )


def _commitments(query: CommitmentList) -> SavedView:
    old = set(old_topics(query))
    topics = [choice.stored for choice in query.cleaned["onderwerp"]] if old else []
    return SavedView(
        query.address.without("pagina"),
        _("Toezeggingen"),
        title(query.asked, query.all_items),
        "" if query.order == NEWEST else str(ORDERS[query.order]).lower(),
        [topic for topic in _former(topics) if topic.slug in old],
        lambda since: _count(query, since, _passages),
    )


def _comparison(query: ComparisonQuery) -> SavedView:
    """Of a comparison what stands on either side counts."""
    if not query.is_complete:
        raise NoSuchView(_("Kies eerst twee bijeenkomsten om te vergelijken."))
    sides = [query.positions(side) for side in SIDES]

    def count(since: datetime) -> Counted:
        results = sum(side.hits().items for side in sides)
        return Counted(results, sum(side.published_since(since) for side in sides), _positions(results))

    return SavedView(query.address, _("Vergelijking"), title_of_comparison(query), "", [], count)


def _address(query: Query, route: str, slug: str) -> Address:
    """Where the view is now, in the language in which it was saved."""
    with override(language_of(query.path)):
        return Address(path_to(route, slug), query.address.pairs)


def _shows_unchecked(query: Query) -> bool:
    return bool(query.cleaned["ongecontroleerd"])


def _count(filtered: FilteredList, since: datetime, in_words: Callable[[int], str]) -> Counted:
    results = filtered.hits().items
    return Counted(results, filtered.published_since(since), in_words(results))


def _passages(number: int) -> str:
    return ngettext("%(count)s passage", "%(count)s passages", number) % {"count": grouped(number)}


def _positions(number: int) -> str:
    return ngettext("%(count)s standpunt", "%(count)s standpunten", number) % {"count": grouped(number)}


def _letters(number: int) -> str:
    return ngettext("%(count)s brief", "%(count)s brieven", number) % {"count": grouped(number)}


#: The routes of the views that can be saved.
READERS = {
    PassageList.route: _list(lambda: _("Passages"), _passages),
    PositionList.route: _list(lambda: _("Standpunten"), _positions),
    LetterList.route: _list(lambda: _("Brieven"), _letters),
    CommitmentList.route: _commitments,
    "letter": _letter,
    "meeting": _meeting,
    "meetings": _meetings,
    "topic": _topic,
    "comparison": _comparison,
}
