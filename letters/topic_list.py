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
    a redirect where a topic went. A name that some topic has already stays there.
    """
    added = Added()
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    topics |= {redirect.slug: redirect.topic for redirect in TopicRedirect.objects.select_related("topic")}
    held = list(TopicName.objects.all())
    owner = {name.name.lower(): name.topic_id for name in held}
    named = {(name.topic_id, name.language) for name in held if name.is_preferred}
    new_names = []
    for entry in sorted(read_topics(), key=lambda entry: entry.parent is not None):  # parents first
        topic = topics.get(entry.slug)
        if topic is None:
            topic = topics[entry.slug] = Topic.objects.create(
                slug=entry.slug, parent=topics.get(entry.parent)
            )
            added.topics += 1
        brought = set(topic.loaded_names)
        for name, language, is_preferred in _names(entry):
            if name not in brought and owner.setdefault(name.lower(), topic.pk) == topic.pk:
                is_preferred = is_preferred and (topic.pk, language) not in named
                new_names.append(
                    TopicName(topic=topic, name=name, language=language, is_preferred=is_preferred)
                )
        if not brought.issuperset(entry.names):
            topic.loaded_names = sorted(brought.union(entry.names))
            topic.save(update_fields=["loaded_names"])
    added.names = len(TopicName.objects.bulk_create(new_names, ignore_conflicts=True))
    return added


def _names(entry: TopicEntry) -> list[tuple[str, str, bool]]:
    """Each name with its language and whether it is *the* name in that language."""
    own = {entry.name.lower(), entry.name_en.lower()}  # a topic's own name may be weak too
    return [
        (entry.name, "nl", True),
        (entry.name_en, "en", True),
        *((name, "nl", False) for name in (*entry.aliases, *entry.weak) if name.lower() not in own),
        *((name, "en", False) for name in entry.aliases_en),
    ]
