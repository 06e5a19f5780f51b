"""Commitments in letters: what they promise parliament, what they refer to, and what a person linked to what."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from letters.filters import chips, sort_links, years
from letters.filters.commitments import CommitmentList, with_letters
from letters.filters.former import former_topics
from letters.models import CommitmentMention, FollowUp, Position
from letters.templatetags.facets import grouped
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


class CommitmentListView(PagedMixin, UncheckedMixin, TemplateView):
    query_class = CommitmentList
    template_name = "letters/commitment_list.html"

    def get_title(self):
        return self.query.title

    def get_crumb(self):
        return CommitmentList.all_items

    def get_context_data(self, **kwargs):
        filtered = self.query
        paginated = self.paginated(filtered.listed, filtered.counts.items)
        items = with_follow_ups(paginated["page_obj"].object_list)
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


def with_follow_ups(items: list[Position | CommitmentMention]) -> list[Position | CommitmentMention]:
    """The items with what a person confirmed: ``later``, the mentions that take up a promise, and ``earlier``, the promises that a
    mention takes up. The oldest first.
    """
    promises = [one.pk for one in items if isinstance(one, Position)]
    mentions = [mention.pk for mention in map(_mention_of, items) if mention]
    later, earlier = defaultdict(list), defaultdict(list)
    links = FollowUp.objects.public().filter(Q(promise__in=promises) | Q(mention__in=mentions)).order_by()
    for link in links.select_related("promise__paragraph", "mention__paragraph"):
        later[link.promise_id].append(link.mention)
        earlier[link.mention_id].append(link.promise)
    linked = [other for found in (later, earlier) for others in found.values() for other in others]
    with_letters([*items, *linked])
    for one in items:
        mention = _mention_of(one)
        one.later = sorted(later[one.pk], key=_when) if isinstance(one, Position) else []
        one.earlier = sorted(earlier[mention.pk], key=_when) if mention else []
    return items


def _mention_of(row: Position | CommitmentMention) -> CommitmentMention | None:
    return row.mention if isinstance(row, Position) else row


def _when(row) -> tuple:
    return row.letter.date or date.min, row.letter_id, row.paragraph.order, row.start
