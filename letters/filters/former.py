"""Topics that were renamed or merged: what they were called, and how a page that an old address leads to says so.

The redirect names the old address behind a ``#``. A page of a topic holds a line for each address that the topic had, and
the browser shows the one that was asked for: the page is the same for everyone, and its address says nothing of the past.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from letters.filters.query import Query
from letters.filters.remembered import remembered
from letters.models import Topic, TopicName, TopicRedirect

ALL = "voorheen"  # the fragment that shows the lines of all topics on a page


@dataclass(frozen=True, slots=True)
class FormerTopic:
    """An address that a topic had, with the name that belonged to it as far as that is known."""

    slug: str
    name: str
    now: str
    is_merged: bool

    def __str__(self):
        words = (
            _("“%(name)s” is samengevoegd met “%(now)s”.")
            if self.is_merged
            else _("“%(name)s” heet nu “%(now)s”.")
        )
        return words % {"name": self.name, "now": self.now}

    @property
    def anchor(self) -> str:
        return f"{ALL}-{self.slug}"


def former_topics(topics: Iterable[int], version: str) -> list[FormerTopic]:
    """The addresses that these topics had, or that topics had which were merged into them, by their keys.

    ``version``: of the corpus; all of them are read once for it.
    """
    every = remembered(version, "former topics", _every_former_topic)
    return [former for topic in topics for former in every.get(topic, [])]


def _every_former_topic() -> dict[int, list[FormerTopic]]:
    gone = Topic.objects.exclude(merged_into=None)
    merged = dict(gone.values_list("slug", "merged_into"))
    old = merged | dict(TopicRedirect.objects.values_list("slug", "topic"))
    names = TopicName.objects.filter(topic__in=old.values()).values_list("topic", "name")
    spelled = {(topic, slugify(name)): name for topic, name in names}
    now = {topic.pk: topic.name for topic in Topic.objects.filter(pk__in=old.values()).named()}
    found = defaultdict(list)
    for slug, topic in sorted(old.items()):
        name = spelled.get((topic, slug), in_words(slug))
        found[topic].append(FormerTopic(slug, name, now[topic], is_merged=slug in merged))
    return dict(found)


def in_words(slug: str) -> str:
    """ "Steun oekraine", where no name tells how it was written."""
    return capfirst(slug.replace("-", " "))


def old_topics(query: Query) -> list[str]:
    """The old addresses of topics by which a view was asked for."""
    chosen = {choice.value for choice in query.cleaned.get("onderwerp", ())}
    return [slug for slug in query.data.getlist("onderwerp") if slug and slug not in chosen]


def fragment(slugs: list[str]) -> str:
    """What a redirect adds to the address of a view that was asked for by these old addresses of topics."""
    if not slugs:
        return ""
    return f"#{ALL}-{slugs[0]}" if len(slugs) == 1 else f"#{ALL}"
