"""Topics: the list with counts, and one topic through the years."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from letters.filters import (
    Items,
    PagedQuery,
    PassageList,
    PositionList,
    address,
    options,
    topic_choices,
    topic_counts,
)
from letters.filters.choices import STANCES
from letters.filters.former import former_topics, fragment
from letters.models import Letter, Meeting, Position, Topic
from letters.views.lists import positions_in_letters
from letters.views.pages import PagedMixin, PageMixin, UncheckedMixin

#: How many topics "often together with" names.
RELATED = 5


class TopicListView(PageMixin, TemplateView):
    template_name = "letters/topic_list.html"

    def get_title(self):
        return _("Onderwerpen")

    def get_context_data(self, **kwargs):
        return super().get_context_data(topics=counted_topics(), **kwargs)


def counted_topics() -> list[Topic]:
    """The topics that fall under no other, by name, each with ``passages`` and its ``below``, counted likewise."""
    counts = topic_counts()
    topics = list(Topic.objects.current().by_name())
    for topic in topics:
        topic.passages = counts.get(str(topic.pk), 0)
        topic.below = [child for child in topics if child.parent_id == topic.pk]
    return [topic for topic in topics if topic.parent_id is None]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """The positions on a topic in one letter, for ``pieces/_timeline_item.html``."""

    meeting: Meeting | None
    letter: Letter
    positions: list[Position]


class PositionsOnTopic(PositionList):
    """Of these positions a topic's page counts only the stances."""

    @property
    def counted(self):
        return [self.filters["standpunt"]]


class TopicView(PagedMixin, UncheckedMixin, DetailView):
    """One topic: its positions in order of time, by meeting. An old address leads to where the topic went."""

    model = Topic
    template_name = "letters/topic.html"
    query_class = PagedQuery
    per_page = 50

    def get(self, request, *args, slug, **kwargs):
        choice = topic_choices([slug]).get(slug)
        if choice is None:
            raise Http404(_("Dit onderwerp is er niet."))
        if choice.value != slug:
            query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
            here = reverse("topic", args=[choice.value]) + query + fragment([slug])
            return redirect(here, permanent=True)
        self.choice = choice
        return super().get(request, *args, slug=slug, **kwargs)

    def get_queryset(self):
        return Topic.objects.current().named().select_related("parent").prefetch_related("names")

    def get_title(self):
        return self.object.name

    def get_crumbs(self):
        return [(_("Onderwerpen"), reverse("topics"))]

    def get_context_data(self, **kwargs):
        asked = {"onderwerp": (self.choice,), "ongecontroleerd": self.asked["ongecontroleerd"]}
        filtered = PositionsOnTopic.under(**asked)
        paginated = self.paginated(
            Items(filtered.keys_by_meeting, Position.objects.with_context()), filtered.counts.items
        )
        return super().get_context_data(
            **paginated,
            former=former_topics([self.object.pk], filtered.version),
            timeline=timeline(paginated["page_obj"].object_list),
            total=positions_in_letters(filtered.counts),
            stances=self.stances(filtered),
            children=Topic.objects.current().filter(parent=self.object).by_name(),
            related=self.related(filtered.with_choices({}, PassageList)),
            passages_url=address("search", onderwerp=self.object.slug).url,
            positions_url=address("positions", onderwerp=self.object.slug).url,
            unchecked_count=0 if self.shows_unchecked else filtered.unchecked_count,
            **kwargs,
        )

    def stances(self, filtered: PositionList) -> list[dict]:
        """Each stance with its count and the list of those positions."""
        facet = next(facet for facet in options(filtered) if facet.key == "standpunt")
        here = self.address.on("positions").setting(onderwerp=self.object.slug)
        return [
            {
                "option": option,
                "slug": STANCES[option.value].value,
                "url": here.setting(standpunt=option.value).url,
            }
            for option in facet.values
        ]

    def related(self, passages: PassageList) -> list[Topic]:
        """The topics that most passages on this one are on too, its own parent and children left out."""
        family = {str(self.object.pk), str(self.object.parent_id)}
        counts = topic_counts(passages)
        topics = (
            Topic.objects.current().filter(pk__in=set(counts) - family).exclude(parent=self.object).named()
        )
        return sorted(topics, key=lambda topic: (-counts[str(topic.pk)], topic.name.casefold()))[:RELATED]


def timeline(positions) -> list[TimelineItem]:
    """Positions in order, gathered by letter and meeting."""

    def place(position):
        return position.letter_id, position.meeting.pk if position.meeting else None

    items = []
    for _place, group in groupby(positions, key=place):
        found = list(group)
        items.append(TimelineItem(found[0].meeting, found[0].letter, found))
    return items
