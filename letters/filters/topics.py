"""All topics, read once for a version of the corpus: by each address that they have or had, and with what falls under them."""

from collections.abc import Iterable
from dataclasses import dataclass

from letters.filters.choices import Choice
from letters.filters.remembered import remembered
from letters.models import CorpusVersion, Topic, TopicRedirect


@dataclass(frozen=True, slots=True)
class Topics:
    by_slug: dict[str, Choice]  # old addresses too; the choice carries the slug of now
    names: dict[int, str]
    parents: dict[int, int | None]


def topic_choices(slugs: Iterable[str]) -> dict[str, Choice]:
    """Topics by any slug they have or had."""
    every = _every_topic().by_slug
    return {slug: every[slug] for slug in slugs if slug in every}


def names_of_topics_below(keys: Iterable[int]) -> dict[int, str]:
    """The names of these topics and of everything that falls under them: a parent filters its children too."""
    every = _every_topic()
    below = set(keys)
    for _level in range(Topic.LEVELS):
        below |= {topic for topic, parent in every.parents.items() if parent in below}
    return {topic: every.names[topic] for topic in below if topic in every.names}


def _every_topic() -> Topics:
    return remembered(CorpusVersion.current(), "topics", _read_topics)


def _read_topics() -> Topics:
    topics = {topic.pk: topic for topic in Topic.objects.named().select_related("merged_into")}
    slugs = {topic.slug: topic.pk for topic in topics.values()}
    slugs |= dict(TopicRedirect.objects.exclude(slug__in=slugs).values_list("slug", "topic"))
    current = {slug: topics[topics[key].current.pk] for slug, key in slugs.items()}
    return Topics(
        {slug: Choice(topic.slug, topic.name, topic.pk) for slug, topic in current.items()},
        {topic.pk: topic.name for topic in topics.values()},
        {topic.pk: topic.parent_id for topic in topics.values()},
    )
