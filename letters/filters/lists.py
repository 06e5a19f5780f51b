"""The three lists over one form: passages, positions and letters. Pages, feeds, files and API read them from here."""

from functools import cached_property

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from letters import search
from letters.filters import choices, facets
from letters.filters.counts import Counts, count
from letters.filters.facets import YEARS, Facet, Period
from letters.filters.query import ListQuery
from letters.models import Letter, Paragraph, Position
from letters.models.letters import moment


class FilteredList(ListQuery):
    """What is asked of one list, with the answer.

    ``hits`` are the rows of the list, each with its item, letter, section and passage; ``qs`` the items
    themselves, in order and each once; ``counts`` the exact totals, and those of every facet.
    """

    route: str
    all_items: str
    publication: F | Greatest  # when an item became public
    shown_facets: tuple[str, ...]

    soort = facets.kind()
    niveau = facets.level()
    bijeenkomst = facets.meeting()
    sessie = facets.session()
    kamer = facets.chamber()
    bewindspersoon = facets.signatory()

    @property
    def facets(self) -> list[Facet]:
        """The filters that are counted, in the order in which the page shows them."""
        return [self.filters[key] for key in self.shown_facets]

    @property
    def words(self) -> str:
        return self.cleaned["q"].value if self.cleaned["q"] else ""

    @property
    def shows_unchecked(self) -> bool:
        return bool(self.cleaned["ongecontroleerd"])

    @property
    def order(self) -> str:
        return self.cleaned["sorteer"].value if self.cleaned["sorteer"] else choices.NEWEST

    def hits(self) -> QuerySet:
        """All rows before any facet: what is public, holds the words and lies in the period of the letters."""
        raise NotImplementedError

    def ordered(self, matching: QuerySet) -> QuerySet:
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Hits under every filter. The keys of the form that are no facets were asked by ``hits`` itself."""
        for key, value in self.cleaned.items():
            queryset = self.filters[key].filter(queryset, value)
        period = YEARS.condition(self.cleaned)
        return queryset if period is None else queryset.filter(period)

    @property
    def qs(self) -> QuerySet:
        """The items that satisfy every filter, in the order asked for."""
        return self.ordered(self.filter_queryset(self.hits()))

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """The filters in use, each as a condition on hits. Facets of one group share one row, so one condition."""
        found = [(facet.group or facet.key, facet.condition(self.cleaned)) for facet in self.counted]
        return {group: condition for group, condition in found if condition is not None}

    @property
    def counted(self) -> list[Facet | Period]:
        return [*self.facets, YEARS]

    @cached_property
    def counts(self) -> Counts:
        return count(self.hits(), self.conditions, self.counted, self.cleaned)

    def published(self) -> QuerySet:
        """The items with the moment at which each became public (``published_at``), the latest first: a letter of 2009
        that was added today comes before one of last year.
        """
        return self.qs.annotate(published_at=self.publication).order_by("-published_at", "-pk")

    def letter_dates(self, path: str) -> Q:
        start, end = self.cleaned["briefdatum-van"], self.cleaned["briefdatum-tot"]
        condition = Q()
        if start:
            condition &= Q(**{f"{path}date__gte": start.stored})
        if end:
            condition &= Q(**{f"{path}date__lte": end.stored})
        return condition

    def unchecked(self) -> QuerySet:
        """Positions that nobody looked at, in what matches: those that ``ongecontroleerd=ja`` would add."""
        raise NotImplementedError

    def by_date(self, matching: QuerySet, path: str, *then: str) -> QuerySet:
        written = moment(path)
        if self.order == choices.OLDEST:
            return matching.order_by(written.asc(nulls_last=True), f"{path}pk", *then)
        return matching.order_by(written.desc(nulls_last=True), f"-{path}pk", *then)


def _hits(rows: QuerySet, *, item: str, letter: str, section: str, passage: str) -> QuerySet:
    return rows.annotate(
        hit_item=F(item), hit_letter=F(letter), hit_section=F(section), hit_passage=F(passage)
    )


class ListOfPassages(FilteredList):
    """A list whose items are found by their passages."""

    onderwerp = facets.topic(facets.topics_of_passage)
    standpunt = facets.stance("passage", "paragraph")
    moment = facets.moment("passage", "paragraph")

    shown_facets = (
        "onderwerp", "soort", "niveau", "standpunt", "moment", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip


class PassageList(ListOfPassages):
    """Paragraphs of published letters."""

    route = "search"
    all_items = _("Alle passages")
    publication = F("letter__first_published_at")

    def hits(self):
        rows = Paragraph.objects.public().filter(self.letter_dates("letter__"))
        if self.words:
            rows = rows.filter(search.paragraphs_with(self.words))
        return _hits(rows, item="pk", letter="letter", section="section", passage="pk")

    def ordered(self, matching):
        if self.order == choices.RELEVANCE:
            return matching.order_by(
                search.paragraph_rank(self.words).desc(), "-letter__date", "letter", "order", "pk"
            )
        return self.by_date(matching, "letter__", "order", "pk")

    def unchecked(self):
        return unchecked_positions(self.cleaned, paragraph__in=_without_positions(self).values("pk"))


class PositionList(FilteredList):
    """Dutch positions: checked ones, with ``ongecontroleerd=ja`` also those that nobody looked at."""

    route = "positions"
    all_items = _("Alle standpunten")
    publication = Greatest("letter__first_published_at", "decided_at")  # the latest of those that are there

    onderwerp = facets.topic(facets.topics_of_position)
    standpunt = facets.stance("item", "pk")
    moment = facets.moment("item", "pk")

    shown_facets = (
        "onderwerp", "standpunt", "moment", "soort", "niveau", "bijeenkomst", "sessie", "kamer", "bewindspersoon"
    )  # fmt: skip

    def hits(self):
        return self._hits_of(Position.objects.public(unchecked=self.shows_unchecked))

    def _hits_of(self, positions):
        rows = positions.filter(self.letter_dates("letter__"))
        if self.words:
            rows = rows.filter(search=search.words_query(self.words))
        return _hits(rows, item="pk", letter="letter", section="paragraph__section", passage="paragraph")

    def ordered(self, matching):
        if self.order == choices.RELEVANCE:
            return matching.order_by(
                search.rank(self.words).desc(), "-letter__date", "letter", "paragraph__order", "start", "pk"
            )
        return self.by_date(matching, "letter__", "paragraph__order", "start", "pk")

    def unchecked(self):
        with_unchecked = PositionList(cleaned=self.cleaned | {"ongecontroleerd": True})
        rows = Position.objects.public(unchecked=True).awaiting_check()
        return with_unchecked._hits_of(rows).filter(*with_unchecked.conditions.values())


class LetterList(ListOfPassages):
    """Letters with a passage that satisfies the filters. Words may stand in the letter's subject instead."""

    route = "letters"
    all_items = _("Alle brieven")
    publication = F("first_published_at")

    def hits(self):
        """A letter has a hit for each of its paragraphs, or one without passage when it has none."""
        rows = Letter.objects.public().filter(self.letter_dates(""))
        rows = _hits(rows, item="pk", letter="pk", section="paragraphs__section", passage="paragraphs__pk")
        if self.words:
            found = Paragraph.objects.filter(search.paragraphs_with(self.words)).values("pk")
            rows = rows.alias(subject_vector=search.subject_vector())
            rows = rows.filter(Q(hit_passage__in=found) | search.subjects_with(self.words))
        return rows

    @property
    def qs(self):
        hits = self.filter_queryset(self.hits()).order_by()
        return self.ordered(Letter.objects.filter(pk__in=hits.values("hit_item")))

    def ordered(self, matching):
        if self.order == choices.RELEVANCE:
            found = Paragraph.objects.filter(
                search.paragraphs_with(self.words), letter=OuterRef("pk")
            ).order_by()
            best = found.values("letter").annotate(best=Max(search.paragraph_rank(self.words))).values("best")
            return matching.order_by(Subquery(best).desc(nulls_last=True), "-date", "-pk")
        return self.by_date(matching, "")

    def unchecked(self):
        hits = _without_positions(self).filter(hit_passage__isnull=False)
        return unchecked_positions(self.cleaned, paragraph__in=hits.order_by().values("hit_passage"))


def _without_positions(filtered: FilteredList) -> QuerySet:
    """The hits of a list under all filters but those on positions."""
    conditions = [condition for group, condition in filtered.conditions.items() if group != "position"]
    return filtered.hits().filter(*conditions)


def unchecked_positions(cleaned: dict, **where) -> QuerySet:
    rows = Position.objects.public(unchecked=True).awaiting_check().filter(**where)
    for key, column in [("standpunt", "stance"), ("moment", "moment")]:
        chosen = [choice.stored for choice in cleaned[key]]
        if chosen:
            rows = rows.filter(**{f"{column}__in": chosen})
    return rows
