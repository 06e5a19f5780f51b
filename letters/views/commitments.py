"""Commitments in letters: what they promise parliament, what they refer to, and what a person linked to what."""

from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from letters.filters import chips, sort_links, years
from letters.filters.commitments import CommitmentList
from letters.filters.follow_ups import with_follow_ups
from letters.filters.former import former_topics
from letters.templatetags.facets import grouped
from letters.views.exports import ExportMixin
from letters.views.lists import in_letters
from letters.views.pages import PagedMixin, UncheckedMixin

#: Where each chamber keeps its own register of commitments.
REGISTERS = [
    (
        gettext_lazy("Toezeggingen van de Tweede Kamer"),
        "https://www.tweedekamer.nl/kamerstukken/toezeggingen",
    ),
    (gettext_lazy("Toezeggingen van de Eerste Kamer"), "https://www.eerstekamer.nl/toezeggingen"),
]


class CommitmentListView(PagedMixin, UncheckedMixin, ExportMixin, TemplateView):
    query_class = CommitmentList
    template_name = "letters/commitment_list.html"

    def get_title(self):
        return self.query.title

    def get_crumb(self):
        return CommitmentList.all_items

    def get_context_data(self, **kwargs):
        filtered = self.query
        paginated = self.paginated(filtered.listed, filtered.counts.items)
        items = paginated["page_obj"].object_list
        with_follow_ups(items)
        found = years(filtered, self.address)
        unchecked_count = 0 if self.shows_unchecked else filtered.unchecked_count
        return super().get_context_data(
            **paginated,
            items=items,
            heading=CommitmentList.all_items,
            total=self.total(filtered),
            registers=REGISTERS,
            former=former_topics((choice.stored for choice in self.asked["onderwerp"]), filtered.version),
            q=filtered.typed,
            action=self.address.path,
            facets=filtered.facet_options,
            years=found,
            years_start=found[0].year % 10 + 1 if len(found) > 10 else None,
            period=self.period("van", "tot"),
            letter_period=self.period("briefdatum-van", "briefdatum-tot"),
            unchecked_choice=bool(unchecked_count or self.shows_unchecked),
            unchecked_count=unchecked_count,
            shows_unchecked=self.shows_unchecked,
            kept=[("sorteer", value) for value in self.address.values("sorteer")],
            chips=chips(filtered.asked, self.address),
            clear_url=self.address.path,
            sort_links=[
                link for link in sort_links(filtered, self.address) if "relevantie" not in link["url"]
            ],
            feed_url=self.address.on("commitments-feed").without("sorteer").url,
            **kwargs,
        )

    def period(self, first: str, last: str) -> dict[str, str]:
        return {
            side: self.asked[key].value if self.asked[key] else ""
            for side, key in (("start", first), ("end", last))
        }

    def total(self, filtered: CommitmentList) -> str:
        items = filtered.counts.items
        passages = ngettext("%(count)s passage", "%(count)s passages", items) % {"count": grouped(items)}
        return in_letters(passages, filtered.counts)
