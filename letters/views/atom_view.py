"""What every feed of a list does: the entries of one page in the order in which things became public, with what is gone."""

from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from letters import licence, search
from letters.atom import Atom, Entry, tag
from letters.filters import FilteredList
from letters.models import CommitmentMention, Letter, Position, Publication, Submission
from letters.views import feed_contents
from letters.views.pages import NoSuchPage

#: What a feed leaves out of its address: it has one order, and one format.
NOT_OF_A_FEED = ("sorteer", "format")
ENTRIES = 50  # of one page; the others follow by ``rel="next"``


class Place(NamedTuple):
    """Where an item stands in a feed: at the moment of its publication, or of its withdrawal. The latest come first."""

    at: datetime
    pk: int
    published_at: datetime  # for the last time, where it was taken back in between
    is_gone: bool


class AtomView(View):
    """What a feed answers, once its address was read."""

    query_class: type[FilteredList]
    route: str  # of the list that it follows
    model: type[Model]
    kind: str  # in ids
    gone: staticmethod

    def get(self, request):
        if any(self.query.asked_address.values(key) for key in NOT_OF_A_FEED):
            return HttpResponsePermanentRedirect(self.query.asked_address.without(*NOT_OF_A_FEED).url)
        number = self.asked["pagina"].stored if self.asked["pagina"] else 1
        places = self.places(number)
        self.words = self.query.title
        self.site = request.build_absolute_uri("/").rstrip("/")
        list_address = self.address.on(self.route)
        feed = Atom(
            id=tag(f"{self.prefix}{self.route}?{list_address.url.partition('?')[2]}".rstrip("?")),
            title=f"{self.words} – {_('NAVO-brieven')}",
            subtitle=_("In volgorde van publicatie op deze site; wat is ingetrokken blijft vermeld."),
            url=self.absolute(list_address.url),
            feed_url=self.absolute(self.address.url),
            language=get_language(),
            author=_("NAVO-brieven"),
            rights=licence.in_words(),
            entries=self.entries(places[:ENTRIES]),
            links=self.links(number, is_last=len(places) <= ENTRIES),
        )
        return HttpResponse(feed.xml(), content_type=feed.content_type)

    @property
    def prefix(self) -> str:
        """In another language it is another feed, of the same entries."""
        return "" if get_language() == settings.LANGUAGE_CODE else f"{get_language()}/"

    def absolute(self, path: str) -> str:
        return f"{self.site}{path}"

    def links(self, number: int, *, is_last: bool) -> dict[str, str]:
        """The other pages of the feed (RFC 5005)."""
        pages = {"first": 1} | ({"previous": number - 1} if number > 1 else {})
        pages |= {} if is_last else {"next": number + 1}
        return {
            relation: self.absolute(self.address.setting(pagina=str(page)).url)
            for relation, page in pages.items()
        }

    def places(self, number: int) -> list[Place]:
        """The places of one page, and of the entry after it when there is one."""
        start = (number - 1) * ENTRIES
        end = start + ENTRIES + 1
        gone = [Place(*place, is_gone=True) for place in self.gone(self.asked)]
        skipped = max(0, start - len(gone))  # so many come before this page, whatever stands between them
        here = self.query.published(slice(skipped, end))
        both = merge(
            [Place(at, pk, at, False) for at, pk in here],
            gone,
            key=lambda place: (place.at, place.pk),
            reverse=True,
        )
        found = list(islice(both, start - skipped, end - skipped))
        if not found and number > 1:
            total = self.query.hits().items + len(gone)
            raise NoSuchPage(self.address, number, max(1, -(-total // ENTRIES)))
        return found

    def entries(self, places: list[Place]) -> list[Entry]:
        rows = self.items([place.pk for place in places if not place.is_gone])
        gone = self.gone_items([place.pk for place in places if place.is_gone])
        return [
            self.gone_entry(gone[place.pk], place) if place.is_gone else self.entry(rows[place.pk], place)
            for place in places
            if place.pk in (gone if place.is_gone else rows)
        ]

    def items(self, keys: list[int]) -> dict:
        """What is public now of the items with these keys."""
        rows = self.query.still_public(self.rows(keys)).in_bulk()
        self.complete(list(rows.values()))
        return rows

    def gone_items(self, keys: list[int]) -> dict:
        return self.gone_rows(self.model, keys).in_bulk() if keys else {}

    def rows(self, keys: list[int]) -> QuerySet:
        """The items with all that their entries say, and in ``changed_at`` when they last changed as far as is known."""
        raise NotImplementedError

    def complete(self, rows: list) -> None:
        """Put beside the rows of one page what their queryset cannot say."""

    def entry_id(self, row) -> str:
        return tag(f"{self.kind}/{row.pk}")

    def entry_title(self, row) -> str:
        raise NotImplementedError

    def letter(self, row) -> Letter:
        return row.letter

    def content(self, row) -> str:
        """HTML."""
        raise NotImplementedError

    def published(self, row, place: Place) -> datetime:
        """When a visitor could first read the item here: once told it never changes (RFC 4287 §4.2.9), nor when it is gone."""
        return place.published_at

    def updated(self, row, place: Place) -> datetime:
        return max(filter(None, [place.published_at, row.changed_at]))

    def entry(self, row, place: Place) -> Entry:
        letter = self.letter(row)
        return Entry(
            id=self.entry_id(row),
            title=self.entry_title(row),
            url=self.absolute(row.get_absolute_url()),
            published=self.published(row, place),
            updated=self.updated(row, place),
            content=self.content(row),
            authors=tuple(str(one) for one in letter.signatories.all() if one.signs),
        )

    def gone_rows(self, model: type[Model], keys: list[int]) -> QuerySet:
        """The items that are gone, with the reason for withdrawing their letter: nothing else of them is told."""
        letter = "pk" if model is Letter else "letter"
        log = Publication.objects.filter(letter=OuterRef(letter), action=Publication.Action.WITHDRAWN)
        reason = Subquery(log.order_by("-at").values("reason")[:1])
        rows = model.objects.filter(pk__in=keys).annotate(reason=reason)
        return rows if model is Letter else rows.select_related("letter")

    def gone_entry(self, row, place: Place) -> Entry:
        day = date_format(localtime(place.at), "j F Y")
        words = {"day": day, "reason": self.reason(row)}
        return Entry(
            id=self.entry_id(row),
            title=_("Ingetrokken op %(day)s") % words,
            url=self.absolute(self.letter(row).get_absolute_url()),
            published=self.published(row, place),
            updated=place.at,
            content=feed_contents.of_gone(**words),
        )

    def reason(self, row) -> str:
        return row.reason or ""


def last_written(model: type[Model], **key) -> Subquery:
    """The last row of the history of a model's rows with this key."""
    return Subquery(model.history.filter(**key).order_by("-history_date").values("history_date")[:1])


def first_public(
    *, unchecked: bool, model: type[Position | CommitmentMention] = Position, **was: str
) -> Greatest:
    """When visitors could first read a row that people decide on: of its history the first row with such a status, while its
    letter was there. ``was``: what else had to hold of it.

    What is checked once more has another ``decided_at``, so the rows of before tell; without any, the row itself.
    """
    history = model.history
    statuses = [Position.Status.CHECKED, *([Position.Status.UNCHECKED] if unchecked else [])]
    next_row = history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by("history_id")
    shown = (
        history.filter(id=OuterRef("pk"), status__in=statuses, paragraph__isnull=False, **was)
        .annotate(until=Subquery(next_row.values("history_date")[:1]))
        .filter(Q(until=None) | Q(until__gt=F("letter__first_published_at")))
        .order_by("history_id")
        .annotate(since=Coalesce("decided_at", "history_date"))
    )
    return Greatest(
        "letter__first_published_at", Coalesce(Subquery(shown.values("since")[:1]), F("decided_at"))
    )


def changed(letter: str, *also: Subquery) -> Greatest:
    """When what is told of a letter last changed: published again, or a number given."""
    log = Publication.objects.filter(letter=OuterRef(letter), action=Publication.Action.PUBLISHED)
    published = Subquery(log.order_by("-at").values("at")[:1])
    return Greatest(published, last_written(Submission, letter=OuterRef(letter)), *also)


def letter_in_short(letter: Letter) -> str:
    """ "Verslag, 23–24 maart 2021"."""
    meeting = next(iter(letter.meetings.all()), None)
    return capfirst(f"{letter.get_kind_display()}, {meeting.period if meeting else letter.written_on}")


def found_words(row) -> list[str]:
    forms = search.found_forms(getattr(row, "headline", ""))
    quoted = ", ".join(f"“{form}”" for form in forms)
    return [_("Gevonden: %(words)s") % {"words": quoted}] if forms else []
