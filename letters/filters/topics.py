"""All topics, read once for a version of the corpus: by each address that they have or had, and with what falls under them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from letters.filters.choices import Choice
from letters.filters.remembered import remembered
from letters.models import CorpusVersion, Topic, TopicRedirect


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic, in the language of the page. One that was merged lives on in another."""

    pk: int
    parent_id: int | None
    is_merged: bool
    slug: str
    name: str

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Topics:
    by_key: dict[int, NamedTopic]  # in the order of their names
    by_slug: dict[str, Choice]  # old addresses too; the choice carries the slug of now


def topic_choices(slugs: Iterable[str]) -> dict[str, Choice]:
    """Topics by any slug they have or had."""
    every = _topics().by_slug
    return {slug: every[slug] for slug in slugs if slug in every}


def current_topics() -> list[NamedTopic]:
    """The topics in use, by name."""
    return [topic for topic in every_topic().values() if not topic.is_merged]


def every_topic() -> dict[int, NamedTopic]:
    """All topics by key, in the order of their names."""
    return _topics().by_key


def names_of_topics_below(keys: Iterable[int]) -> dict[int, str]:
    """The names of these topics and of everything that falls under them: a parent filters its children too."""
    every, below = every_topic(), set(keys)
    for _level in range(Topic.LEVELS):
        below |= {key for key, topic in every.items() if topic.parent_id in below}
    return {key: every[key].name for key in below if key in every}


def _topics() -> Topics:
    return remembered(CorpusVersion.current(), "topics", _read_topics)


def _read_topics() -> Topics:
    topics = {topic.pk: topic for topic in Topic.objects.by_name().select_related("merged_into")}
    slugs = {topic.slug: topic.pk for topic in topics.values()}
    slugs |= dict(TopicRedirect.objects.exclude(slug__in=slugs).values_list("slug", "topic"))
    current = {slug: topics[topics[key].current.pk] for slug, key in slugs.items()}
    return Topics(
        {
            key: NamedTopic(key, topic.parent_id, topic.merged_into_id is not None, topic.slug, topic.name)
            for key, topic in topics.items()
        },
        {slug: Choice(topic.slug, topic.name, topic.pk) for slug, topic in current.items()},
    )
