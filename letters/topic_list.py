"""The controlled list of topics in the database: filled from ``letters/data/topics.toml``, kept by people afterwards."""

from dataclasses import dataclass

from django.db import transaction

from letters.models import Topic, TopicName, TopicRedirect
from letters.parsing.topics import TopicEntry, read_topics


@dataclass(slots=True)
class Added:
    """How many topics and names were new."""

    topics: int = 0
    names: int = 0


@transaction.atomic
def load_topics() -> Added:
    """Add the topics and names of the data file that it never brought before.

    What staff renamed, merged, moved or deleted stays so: ``Topic.loaded_names`` remembers what the file brought, and
    a redirect where a topic went.
    """
    added = Added()
    for entry in sorted(read_topics(), key=lambda entry: entry.parent is not None):  # parents first
        redirect = TopicRedirect.objects.filter(slug=entry.slug).select_related("topic").first()
        topic = redirect.topic if redirect else Topic.objects.filter(slug=entry.slug).first()
        if topic is None:
            parent = Topic.objects.filter(slug=entry.parent).first() if entry.parent else None
            topic = Topic.objects.create(slug=entry.slug, parent=parent)
            added.topics += 1
        added.names += _add_names(topic, entry)
    return added


def _add_names(topic: Topic, entry: TopicEntry) -> int:
    """Add the names that are new in the file; one that another topic has by now stays there."""
    wanted = [
        (entry.name, "nl", True),
        (entry.name_en, "en", True),
        *((name, "nl", False) for name in entry.aliases),
        *((name, "en", False) for name in entry.aliases_en),
    ]
    fresh = [item for item in wanted if item[0] not in topic.loaded_names]
    if not fresh:
        return 0
    added = 0
    for name, language, is_preferred in fresh:
        taken = TopicName.objects.filter(name__iexact=name)
        if taken.exclude(topic=topic).exists() or taken.filter(language=language).exists():
            continue
        has_name = topic.names.filter(language=language, is_preferred=True).exists()
        TopicName.objects.create(
            topic=topic, name=name, language=language, is_preferred=is_preferred and not has_name
        )
        added += 1
    topic.loaded_names = sorted({*topic.loaded_names, *(name for name, _language, _preferred in wanted)})
    topic.save(update_fields=["loaded_names"])
    return added
