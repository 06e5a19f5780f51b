"""Topics: the list with counts, and one topic through the years."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from letters.filters import (
    Address,
    Chip,
    NamedTopic,
    PassageList,
    address,
    current_topics,
    facet_options,
    title,
    topic_choices,
    topic_counts,
)
from letters.filters.choices import STANCES
from letters.filters.former import former_topics, fragment
from letters.filters.options import plain
from letters.filters.overview_query import BY, COUNTED, OverviewQuery
from letters.filters.remembered import remembered
from letters.filters.tallies import MEETINGS, YEARS
from letters.filters.topic_query import ORDERS, TopicQuery
from letters.filters.words import periods
from letters.languages import Words
from letters.models import Letter, Meeting, Position, QuotedSentence, Topic, TopicName, by_sentence
from letters.views.chart import chart, latest_two
from letters.views.lists import positions_in_letters
from letters.views.overview import columns_of, meetings_shown, overview, years
from letters.views.pages import NoSuchPage, PagedMixin, UncheckedMixin

#: How many topics "often together with" names.
RELATED = 5

NO_PERIOD = {"van": None, "tot": None}


class TopicListView(PagedMixin, TemplateView):
    """All topics: a list, found by any of their names, and the map."""

    template_name = "letters/topic_list.html"
    query_class = OverviewQuery
    per_page = 100  # meetings of the map

    def get_title(self):
        if self.asked["zoek"]:
            return _("Onderwerpen: “%(words)s”") % {"words": self.asked["zoek"].value}
        return _("Onderwerpen")

    def get_crumb(self):
        return _("Onderwerpen")

    def get_context_data(self, **kwargs):
        every = PassageList()
        topics = counted_topics(every)
        words = self.asked["zoek"].value if self.asked["zoek"] else ""
        return super().get_context_data(
            topics=topics,
            words=words,
            found=topics_named(words, every.version) if words else [],
            all_url=self.address.without("zoek").url,
            kept=[(key, value) for key, value in self.address.pairs if key in (BY, COUNTED)],
            switches=self.switches(),
            **self.overview(every, topics),
            **kwargs,
        )

    def overview(self, passages: PassageList, topics: list["CountedTopic"]) -> dict:
        """The map, by meeting with the links to its other parts."""
        every = passages.with_choices({}, self.query.counted)
        with_level = list(with_levels(topics))
        if self.query.by == YEARS:
            if self.asked["pagina"]:
                raise NoSuchPage(self.address, self.asked["pagina"].stored, 1)
            return {"overview": overview(every, years(every), YEARS, with_level)}
        meetings = meetings_shown()
        paginated = self.paginated(meetings, meetings.count())
        columns = columns_of(paginated["page_obj"].object_list, every)
        return {**paginated, "overview": overview(every, columns, MEETINGS, with_level)}

    def switches(self) -> list[dict]:
        def link(label: str, key: str, value: str) -> dict:
            current = (self.asked[key].value if self.asked[key] else "") == value
            return {"label": label, "url": self.address.setting(**{key: value}).url, "current": current}

        by = [link(_("Per jaar"), BY, ""), link(_("Per bijeenkomst"), BY, "bijeenkomst")]
        counted = [link(_("Passages"), COUNTED, ""), link(_("Nagekeken standpunten"), COUNTED, "standpunten")]
        return [{"label": _("Indeling"), "links": by}, {"label": _("Wat telt"), "links": counted}]


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic with those of its other names that were asked for."""

    topic: NamedTopic
    names: list[str]


def topics_named(words: str, version: str) -> list[FoundTopic]:
    """The topics of which one name holds all the words, whatever their accents and capitals."""
    parts = plain(words).split()
    found = []
    for topic in current_topics():
        names = remembered(version, "names of topics", _names_of_topics).get(topic.pk, [])
        matching = [name for name in names if all(part in plain(name) for part in parts)]
        if matching or all(part in plain(topic.name) for part in parts):
            found.append(FoundTopic(topic, [name for name in matching if name != topic.name]))
    return found


def _names_of_topics() -> dict[int, list[str]]:
    found = defaultdict(list)
    for topic, name, language in TopicName.objects.order_by("name").values_list("topic", "name", "language"):
        found[topic].append(Words(name, language))
    return found


def with_levels(topics: list["CountedTopic"], level: int = 0) -> Iterator[tuple[NamedTopic, int]]:
    """Topics as they are listed, each with how deep it lies."""
    for counted in topics:
        yield counted.topic, level
        yield from with_levels(counted.below, level + 1)


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
    sentences: list[QuotedSentence]


class TopicView(PagedMixin, UncheckedMixin, DetailView):
    """One topic: its positions in order of time, by meeting. An old address leads to where the topic went."""

    model = Topic
    template_name = "letters/topic.html"
    query_class = TopicQuery
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
        return title(self.filtered.cleaned, "")

    def get_crumbs(self):
        return [(_("Onderwerpen"), reverse("topics"))]

    def get_crumb(self):
        return self.object.name

    def get_context_data(self, **kwargs):
        filtered = self.filtered = self.query.positions(self.choice)
        topics = current_topics()
        paginated = self.paginated(
            filtered.items_by_meeting(Position.objects.with_context()), filtered.counts.items
        )
        everything = filtered.with_choices(dict.fromkeys(("standpunt", "moment"), ()) | NO_PERIOD)
        positions = filtered.address.on("positions")
        return super().get_context_data(
            **paginated,
            former=former_topics([self.object.pk], filtered.version),
            timeline=timeline(paginated["page_obj"].object_list),
            total=positions_in_letters(filtered.counts),
            filters=self.filters(),
            chips=self.periods(),
            clear_url=self.address.path if self.query.is_filtered else "",
            chart=chart(filtered, self.address),
            sort_links=self.sort_links(),
            children=[topic for topic in topics if topic.parent_id == self.object.pk],
            related=self.related(topics, everything.with_choices({}, PassageList)),
            comparison_url=self.comparison_url(),
            passages_url=filtered.address.on("search").without("sorteer").url,
            positions_url=positions.url,
            briefing_url=positions.setting(format="docx").url,
            feed_url=filtered.address.on("positions-feed").without("sorteer").url,
            unchecked_count=0 if self.shows_unchecked else filtered.unchecked_count,
            **kwargs,
        )

    def filters(self) -> list[dict]:
        """Stances and moments to choose: each with its count under the other choices, and the view with it or without."""
        return [
            {
                "label": facet.label,
                "options": [
                    {
                        "option": option,
                        "stance": STANCES[option.value].value if facet.key == "standpunt" else "",
                        "url": self.with_or_without(facet.key, option.value, option.selected),
                    }
                    for option in facet_options(self.filtered, facet).values
                ],
            }
            for facet in self.filtered.counted
        ]

    def with_or_without(self, key: str, value: str, selected: bool) -> str:
        if selected:
            return self.address.without_value(key, value).url
        return Address(self.address.path, (*self.address.without("pagina").pairs, (key, value))).url

    def periods(self) -> list[Chip]:
        return [
            Chip(capfirst(label), self.address.without(*keys).url)
            for keys, label in periods(self.filtered.cleaned)
        ]

    def sort_links(self) -> list[dict]:
        return [
            {
                "label": label,
                "url": self.address.setting(sorteer=order).url,
                "current": order == self.filtered.order,
            }
            for order, label in ORDERS.items()
        ]

    def comparison_url(self) -> str:
        """The two latest meetings of this view beside each other; "" when there are no two."""
        keys = latest_two(self.filtered.with_choices({"ongecontroleerd": None}))
        slugs = dict(Meeting.objects.public().filter(pk__in=keys).values_list("pk", "slug"))
        if len(slugs) < 2:
            return ""
        first, second = (slugs[key] for key in keys)
        return address("comparison", eerste=first, tweede=second, onderwerp=self.object.slug).url

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
        items.append(TimelineItem(found[0].meeting, found[0].letter, by_sentence(found)))
    return items
