"""The three lists. What is asked of them lies in ``letters.filters``; here it becomes a page."""

from django.utils.translation import gettext as _
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
    options,
    sort_links,
    title,
    years,
)
from letters.views.pages import PagedMixin, UncheckedMixin

#: What the filter form keeps, having no field of its own in the filter column.
KEPT = ["sorteer", "ongecontroleerd", "briefdatum-van", "briefdatum-tot"]


class ListView(PagedMixin, UncheckedMixin, TemplateView):
    """One list under the filters that were asked for, a part at a time."""

    query_class: type[FilteredList]
    crumb: str
    empty: str

    def get_title(self):
        return title(self.asked, self.query_class.all_items)

    def get_crumb(self):
        return self.crumb

    def get_context_data(self, **kwargs):
        filtered = self.filtered = self.query
        paginated = self.paginated(self.with_context(filtered.qs), filtered.counts.items)
        chosen = chips(self.asked, self.address)
        return super().get_context_data(
            **paginated,
            items=self.shown(paginated["page_obj"].object_list),
            total=self.total(),
            empty=self.empty,
            q=filtered.words,
            action=self.address.path,
            facets=options(filtered),
            years=years(filtered, self.address),
            period={"start": _value(self.asked["van"]), "end": _value(self.asked["tot"])},
            kept=[(key, value) for key in KEPT for value in self.address.values(key)],
            chips=chosen,
            clear_url=self.address.path,
            suggestions=[
                {"label": _("Zonder %(filter)s") % {"filter": chip.label}, "url": chip.remove_url}
                for chip in chosen
            ],
            sort_links=sort_links(filtered, self.address),
            unchecked_count=0 if self.shows_unchecked else filtered.unchecked().count(),
            **kwargs,
        )

    def with_context(self, queryset):
        """The rows with what the page shows of them."""
        raise NotImplementedError

    def shown(self, rows) -> list:
        """The rows of this part, with the words that were sought marked in ``highlighted``."""
        rows = list(rows)
        for row in rows:
            if self.filtered.words:
                row.highlighted = search.marked(row.headline)
        return rows

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
        passages = ngettext("%(count)s passage", "%(count)s passages", items) % {"count": items}
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

    def shown(self, rows):
        return list(rows)

    def total(self):
        items = self.filtered.counts.items
        return ngettext("%(count)s brief", "%(count)s brieven", items) % {"count": items}


def positions_in_letters(counts: Counts) -> str:
    positions = ngettext("%(count)s standpunt", "%(count)s standpunten", counts.items) % {
        "count": counts.items
    }
    return in_letters(positions, counts)


def in_letters(items: str, counts: Counts) -> str:
    """ "38 passages in 21 brieven"."""
    letters = ngettext("%(items)s in %(count)s brief", "%(items)s in %(count)s brieven", counts.letters)
    return letters % {"items": items, "count": counts.letters}


def _value(choice) -> str:
    return choice.value if choice else ""
