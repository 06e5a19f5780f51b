"""Topics: the list with counts, and one topic through the years."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from letters.filters import (
    NamedTopic,
    PagedQuery,
    PassageList,
    PositionList,
    address,
    current_topics,
    facet_options,
    topic_choices,
    topic_counts,
)
from letters.filters.choices import STANCES
from letters.filters.former import former_topics, fragment
from letters.filters.remembered import remembered
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
        return super().get_context_data(topics=counted_topics(PassageList()), **kwargs)


@dataclass(frozen=True, slots=True)
class CountedTopic:
    """A topic with the number of passages on it and on what falls under it, for ``pieces/_counted_topics.html``."""

    topic: NamedTopic
    passages: int
    below: list["CountedTopic"]


def counted_topics(every: PassageList) -> list[CountedTopic]:
    """The topics that fall under no other, by name, each with those below it; counted in ``every`` passage."""
    counts = remembered(every.version, "passages on each topic", lambda: topic_counts(every))
    below = defaultdict(list)
    for topic in current_topics():
        below[topic.parent_id].append(topic)

    def counted(topic: NamedTopic) -> CountedTopic:
        return CountedTopic(
            topic, counts.get(str(topic.pk), 0), [counted(child) for child in below.get(topic.pk, [])]
        )

    return [counted(topic) for topic in below[None]]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """The positions on a topic in one letter."""

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
        return Topic.objects.current().select_related("parent").prefetch_related("names", "parent__names")

    def get_title(self):
        return self.object.name

    def get_crumbs(self):
        return [(_("Onderwerpen"), reverse("topics"))]

    def get_context_data(self, **kwargs):
        asked = {"onderwerp": (self.choice,), "ongecontroleerd": self.asked["ongecontroleerd"]}
        filtered = PositionsOnTopic.under(**asked)
        topics = current_topics()
        paginated = self.paginated(
            filtered.items_by_meeting(Position.objects.with_context()), filtered.counts.items
        )
        return super().get_context_data(
            **paginated,
            former=former_topics([self.object.pk], filtered.version),
            timeline=timeline(paginated["page_obj"].object_list),
            total=positions_in_letters(filtered.counts),
            stances=self.stances(filtered),
            children=[topic for topic in topics if topic.parent_id == self.object.pk],
            related=self.related(topics, filtered.with_choices({}, PassageList)),
            passages_url=address("search", onderwerp=self.object.slug).url,
            positions_url=address("positions", onderwerp=self.object.slug).url,
            unchecked_count=0 if self.shows_unchecked else filtered.unchecked_count,
            **kwargs,
        )

    def stances(self, filtered: PositionList) -> list[dict]:
        """Each stance with its count and the list of those positions."""
        facet = facet_options(filtered, filtered.filters["standpunt"])
        here = self.address.on("positions").setting(onderwerp=self.object.slug)
        return [
            {
                "option": option,
                "slug": STANCES[option.value].value,
                "url": here.setting(standpunt=option.value).url,
            }
            for option in facet.values
        ]

    def related(self, topics: list[NamedTopic], passages: PassageList) -> list[NamedTopic]:
        """Of the topics those that most passages on this one are on too, its own parent and children left out."""
        topic, counts = self.object, topic_counts(passages)
        others = [
            (counts[str(other.pk)], other)
            for other in topics
            if str(other.pk) in counts
            and other.pk not in {topic.pk, topic.parent_id}
            and other.parent_id != topic.pk
        ]
        others.sort(key=lambda pair: (-pair[0], pair[1].name.casefold()))
        return [other for _number, other in others[:RELATED]]


def timeline(positions) -> list[TimelineItem]:
    """Positions in order, gathered by letter and meeting."""

    def place(position):
        return position.letter_id, position.meeting.pk if position.meeting else None

    items = []
    for _place, group in groupby(positions, key=place):
        found = list(group)
        items.append(TimelineItem(found[0].meeting, found[0].letter, found))
    return items
