"""Each list as a feed, with all its filters, in the order in which things became public."""

from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from letters import licence, search
from letters.atom import Atom, Entry, tag
from letters.filters import FilteredList, LetterList, PassageList, PositionList, address, title, topic_choices
from letters.filters.gone import gone_letters, gone_passages, gone_positions
from letters.filters.why import first_passages, reasons
from letters.models import Letter, Note, Paragraph, Position, Publication, Section, Submission
from letters.views import feed_contents
from letters.views.pages import NoSuchPage, PageMixin

#: What a feed leaves out of its address: it has one order, and one format.
NOT_OF_A_FEED = ("sorteer", "format")
ENTRIES = 50  # of one page; the others follow by ``rel="next"``
QUOTED = 3  # positions of a letter that its entry quotes; it tells how many there are


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
        self.words = title(self.asked, self.query_class.all_items)
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
        gone_keys = [place.pk for place in places if place.is_gone]
        keys = [place.pk for place in places if not place.is_gone]
        rows = self.query.still_public(self.rows(keys)).in_bulk()
        gone = self.gone_rows(gone_keys).in_bulk() if gone_keys else {}
        self.complete(list(rows.values()))
        return [
            self.gone_entry(gone[place.pk], place) if place.is_gone else self.entry(rows[place.pk], place)
            for place in places
            if place.pk in (gone if place.is_gone else rows)
        ]

    def rows(self, keys: list[int]) -> QuerySet:
        """The items with all that their entries say, and in ``changed_at`` when they last changed as far as is known."""
        raise NotImplementedError

    def complete(self, rows: list) -> None:
        """Put beside the rows of one page what their queryset cannot say."""

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
            id=tag(f"{self.kind}/{row.pk}"),
            title=self.entry_title(row),
            url=self.absolute(row.get_absolute_url()),
            published=self.published(row, place),
            updated=self.updated(row, place),
            content=self.content(row),
            authors=tuple(str(one) for one in letter.signatories.all() if one.signs),
        )

    def gone_rows(self, keys: list[int]) -> QuerySet:
        """The items that are gone, with the reason for withdrawing their letter: nothing else of them is told."""
        letter = "pk" if self.model is Letter else "letter"
        log = Publication.objects.filter(letter=OuterRef(letter), action=Publication.Action.WITHDRAWN)
        reason = Subquery(log.order_by("-at").values("reason")[:1])
        rows = self.model.objects.filter(pk__in=keys).annotate(reason=reason)
        return rows if self.model is Letter else rows.select_related("letter")

    def gone_entry(self, row, place: Place) -> Entry:
        day = date_format(localtime(place.at), "j F Y")
        words = {"day": day, "reason": self.reason(row)}
        return Entry(
            id=tag(f"{self.kind}/{row.pk}"),
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


def first_public(statuses: list[str]) -> Greatest:
    """When visitors could first read a position: of its history the first row with such a status, while its letter was there.

    What is checked once more has another ``decided_at``, so the rows of before tell; without any, the position itself.
    """
    history = Position.history
    next_row = history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by("history_id")
    shown = (
        history.filter(id=OuterRef("pk"), status__in=statuses, paragraph__isnull=False)
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


class PassageFeed(PageMixin, AtomView):
    query_class, route = PassageList, "search"
    model, kind = Paragraph, "passage"
    gone = staticmethod(gone_passages)

    def rows(self, keys):
        # Who corrects words does so in the section's form, which writes the section too.
        corrected = last_written(Section, id=OuterRef("section"))
        checked = last_written(Position, paragraph=OuterRef("pk"))
        rows = Paragraph.objects.filter(pk__in=keys).annotate(
            changed_at=changed("letter", corrected, checked)
        )
        if self.query.words:
            rows = rows.annotate(headline=search.paragraph_headline(self.query.words))
        return (
            rows.select_related("section")
            .defer("search", "read", "marks", "section__read")
            .prefetch_related(Prefetch("letter", Letter.objects.for_citing()))
            .with_positions(unchecked=self.query.shows_unchecked)
        )

    def entry_title(self, row):
        return f"{letter_in_short(row.letter)}: {row.section.title} ({_('al.')} {row.anchor})"

    def content(self, row):
        return feed_contents.of_passage(row, self.words, self.why(row))

    def why(self, row: Paragraph) -> list[str]:
        """The reasons why a passage is in this feed, beside the filter itself."""
        stances, moments = ({choice.stored for choice in self.asked[key]} for key in ["standpunt", "moment"])
        matching = [
            f"“{position.sentence}”"
            for position in row.shown_positions
            if (stances or moments)
            and (not stances or position.stance in stances)
            and (not moments or position.moment in moments)
        ]
        return [*(_("Standpunt: %(words)s") % {"words": words} for words in matching), *found_words(row)]


class PositionFeed(PageMixin, AtomView):
    query_class, route = PositionList, "positions"
    model, kind = Position, "position"
    gone = staticmethod(gone_positions)

    def rows(self, keys):
        corrected = last_written(Section, id=OuterRef("paragraph__section"))
        checked = last_written(Position, id=OuterRef("pk"))
        rows = Position.objects.filter(pk__in=keys).annotate(
            changed_at=changed("letter", corrected, checked), first_public_at=self.first_public()
        )
        if self.query.words:
            rows = rows.annotate(headline=search.headline("sentence", self.query.words))
        return (
            rows.select_related("paragraph__section")
            .defer(
                "search",
                "read",
                "paragraph__search",
                "paragraph__read",
                "paragraph__marks",
                "paragraph__section__read",
            )
            .prefetch_related(
                Prefetch("letter", Letter.objects.for_citing()),
                Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
            )
        )

    def entry_title(self, row):
        said = f"{capfirst(row.name)}: {row.verb or row.get_stance_display()}"
        return f"{said} – {letter_in_short(row.letter)}: {row.paragraph.section.title}"

    def gone_rows(self, keys):
        return super().gone_rows(keys).annotate(first_public_at=self.first_public())

    def first_public(self) -> Greatest:
        unchecked = [Position.Status.UNCHECKED] if self.query.shows_unchecked else []
        return first_public([Position.Status.CHECKED, *unchecked])

    def published(self, row, place):
        return row.first_public_at

    def content(self, row):
        return feed_contents.of_position(row, self.words, found_words(row))

    def reason(self, row):
        if row.letter.status == Letter.Status.WITHDRAWN:
            return row.reason
        if row.paragraph_id is None:
            return _("Deze woorden staan niet meer in de brief.")
        if row.status == Position.Status.REJECTED:
            return _("Bij nader inzien is dit geen standpunt van Nederland, of niet dit standpunt.")
        return _("Dit standpunt wordt opnieuw nagekeken.")


class LetterFeed(PageMixin, AtomView):
    query_class, route = LetterList, "letters"
    model, kind = Letter, "letter"
    gone = staticmethod(gone_letters)

    def rows(self, keys):
        written = [
            last_written(Letter, id=OuterRef("pk")),
            last_written(Section, letter=OuterRef("pk")),
            last_written(Position, letter=OuterRef("pk")),
        ]
        rows = Letter.objects.filter(pk__in=keys).annotate(changed_at=changed("pk", *written))
        return rows.with_context().defer("read", "anchors")

    def complete(self, rows):
        passages, positions = first_passages(self.query, rows), self.positions(rows)
        for letter in rows:
            letter.passage = passages.get(letter.pk)
            letter.position_count, letter.quoted = positions.get(letter.pk, (0, []))
        self.reasons = reasons(self.query, rows)

    def positions(self, letters: list[Letter]) -> dict[int, tuple[int, list[Position]]]:
        """By letter, how many of its positions satisfy the filters beside the words, and the first of them."""
        filtered = self.query.with_choices({"q": None}, PositionList)
        satisfying = filtered.in_letters(letter.pk for letter in letters)
        quoted = [pk for positions in satisfying.values() for pk in positions[:QUOTED]]
        shown = Position.objects.only("stance", "verb", "sentence", "status")
        rows = filtered.still_public(shown).in_bulk(quoted)
        return {
            letter: (len(positions), [rows[pk] for pk in positions[:QUOTED] if pk in rows])
            for letter, positions in satisfying.items()
        }

    def content(self, row):
        return feed_contents.of_letter(row, self.words, self.reasons.get(row.pk, []), self.site)

    def entry_title(self, row):
        return row.title

    def letter(self, row):
        return row


def letter_in_short(letter: Letter) -> str:
    """ "Verslag, 23–24 maart 2021"."""
    meeting = next(iter(letter.meetings.all()), None)
    return capfirst(f"{letter.get_kind_display()}, {meeting.period if meeting else letter.written_on}")


def found_words(row) -> list[str]:
    forms = search.found_forms(getattr(row, "headline", ""))
    quoted = ", ".join(f"“{form}”" for form in forms)
    return [_("Gevonden: %(words)s") % {"words": quoted}] if forms else []


def topic_feed(request, slug: str):
    """The feed of a topic: its positions, as on its page."""
    choice = topic_choices([slug]).get(slug)
    if choice is None:
        raise Http404(_("Dit onderwerp is er niet."))
    return redirect(address("positions-feed", onderwerp=choice.value).url, permanent=True)
