"""The three lists. What is asked of them lies in ``letters.filters``; here it becomes a page."""

from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from letters import search
from letters.filters import (
    Counts,
    FilteredList,
    LetterList,
    PassageList,
    PositionList,
    chips,
    hints,
    options,
    sort_links,
    suggestions,
    years,
)
from letters.filters.former import former_topics
from letters.templatetags.facets import grouped
from letters.views.exports import ExportMixin
from letters.views.found import NumberMixin, with_hits
from letters.views.pages import PagedMixin, UncheckedMixin

#: The lists over the same filters, with their names.
LISTS = {
    "search": gettext_lazy("Passages"),
    "positions": gettext_lazy("Standpunten"),
    "letters": gettext_lazy("Brieven"),
}


class ListView(PagedMixin, UncheckedMixin, NumberMixin, ExportMixin, TemplateView):
    """One list under the filters that were asked for, a part at a time."""

    query_class: type[FilteredList]
    crumb: str
    empty: str

    def get_title(self):
        return self.query.title

    def get_crumb(self):
        return self.crumb

    def get_context_data(self, **kwargs):
        filtered = self.filtered = self.query
        rows = self.with_context(filtered.model.objects.all())
        paginated = self.paginated(filtered.items(rows), filtered.counts.items)
        chosen = chips(self.asked, self.address)
        unchecked_count = 0 if self.shows_unchecked else filtered.unchecked_count
        return super().get_context_data(
            **paginated,
            items=self.shown(paginated["page_obj"].object_list),
            total=self.total(),
            empty=self.empty,
            lists=self.lists(),
            former=former_topics((choice.stored for choice in self.asked["onderwerp"]), filtered.version),
            q=filtered.typed,
            action=self.address.path,
            facets=options(filtered),
            **self.periods(),
            unchecked=self.unchecked(unchecked_count),
            kept=[("sorteer", value) for value in self.address.values("sorteer")],
            chips=chosen,
            clear_url=self.address.path,
            hints=hints(filtered, self.address),
            suggestions=[] if filtered.counts.items else suggestions(filtered, self.address),
            sort_links=sort_links(filtered, self.address),
            feed_url=self.address.on(f"{filtered.route}-feed").without("sorteer").url,
            unchecked_count=unchecked_count,
            **kwargs,
        )

    def lists(self) -> list[dict]:
        """This list and the two others under the same filters, for ``pieces/_lists.html``."""
        return [
            {"label": label, "url": self.address.on(route).url, "current": route == self.query_class.route}
            for route, label in LISTS.items()
        ]

    def periods(self) -> dict:
        """The years to click and the periods to fill in, for ``pieces/_years.html`` and ``_letter_date.html``."""
        found = years(self.filtered, self.address)
        return {
            "years": found,
            "years_start": found[0].year % 10 + 1 if len(found) > 10 else None,
            "period": self.period("van", "tot"),
            "letter_period": self.period("briefdatum-van", "briefdatum-tot"),
        }

    def period(self, first: str, last: str) -> dict[str, str]:
        return {"start": _value(self.asked[first]), "end": _value(self.asked[last])}

    def unchecked(self, count: int) -> dict | None:
        """The choice of what nobody looked at, where there is something to choose."""
        if not (count or self.shows_unchecked):
            return None
        return {"selected": self.shows_unchecked, "count": count}

    def with_context(self, queryset):
        """The rows with what the page shows of them."""
        raise NotImplementedError

    def shown(self, rows) -> list:
        """The rows of this part, with what was found in them and why they are there."""
        return with_hits(self.filtered, list(rows))

    def total(self) -> str:
        raise NotImplementedError


class PassageListView(ListView):
    query_class = PassageList
    template_name = "letters/passage_list.html"
    crumb = gettext_lazy("Zoeken")
    empty = gettext_lazy("Geen passage voldoet aan alle filters tegelijk.")

    def with_context(self, queryset):
        if self.filtered.words:
            queryset = queryset.annotate(headline=search.paragraph_headline(self.filtered.words))
        return queryset.with_context(unchecked=self.shows_unchecked)

    def total(self):
        items = self.filtered.counts.items
        passages = ngettext("%(count)s passage", "%(count)s passages", items) % {"count": grouped(items)}
        return in_letters(passages, self.filtered.counts)


class PositionListView(ListView):
    query_class = PositionList
    template_name = "letters/position_list.html"
    crumb = gettext_lazy("Standpunten")
    empty = gettext_lazy("Geen nagekeken standpunt voldoet aan alle filters tegelijk.")

    def with_context(self, queryset):
        if self.filtered.words:
            queryset = queryset.annotate(headline=search.headline("sentence", self.filtered.words))
        return queryset.with_context()

    def total(self):
        return positions_in_letters(self.filtered.counts)


class LetterListView(ListView):
    query_class = LetterList
    template_name = "letters/letter_list.html"
    crumb = gettext_lazy("Brieven")
    empty = gettext_lazy("Geen brief voldoet aan alle filters tegelijk.")

    def with_context(self, queryset):
        return queryset.with_context()

    def total(self):
        items = self.filtered.counts.items
        return ngettext("%(count)s brief", "%(count)s brieven", items) % {"count": grouped(items)}


def positions_in_letters(counts: Counts) -> str:
    positions = ngettext("%(count)s standpunt", "%(count)s standpunten", counts.items) % {
        "count": grouped(counts.items)
    }
    return in_letters(positions, counts)


def in_letters(items: str, counts: Counts) -> str:
    """ "38 passages in 21 brieven"."""
    letters = ngettext("%(items)s in %(count)s brief", "%(items)s in %(count)s brieven", counts.letters)
    return letters % {"items": items, "count": grouped(counts.letters)}


def _value(choice) -> str:
    return choice.value if choice else ""
