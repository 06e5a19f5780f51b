"""The controlled topics of ``letters/data/topics.toml``, and which of them a text names."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from letters.parsing.topics.matching import LONGEST_CAPITALS_ONLY, Pattern, Topics, topic_finder, words_of

TOPICS_FILE = Path(__file__).parents[2] / "data" / "topics.toml"


class TopicsError(ValueError):
    """The list of topics contradicts itself; the message names the topic and the word."""


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One topic of the list. Names and aliases are Dutch and English as the file has them; ``parent`` is a slug."""

    slug: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()  # aliases that name it in a heading, and say too little in a sentence
    parent: str | None = None
    headings: tuple[str, ...] = ()  # words that name it only when they are a whole heading

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the topic is called, each once."""
        return tuple(dict.fromkeys([self.name, self.name_en, *self.aliases, *self.aliases_en, *self.weak]))


@cache
def _read_file() -> dict:
    return tomllib.loads(TOPICS_FILE.read_text(encoding="utf-8"))


@cache
def read_topics() -> tuple[TopicEntry, ...]:
    """The topics in the order of the file. Raises ``TopicsError`` for an unknown parent or a name claimed twice."""
    topics = tuple(
        TopicEntry(
            **{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        )
        for entry in _read_file()["topics"]
    )
    slugs = {topic.slug for topic in topics}
    owners: dict[Pattern, str] = {}
    for topic in topics:
        if topic.parent is not None and topic.parent not in slugs:
            raise TopicsError(
                f"topics.toml: {topic.slug} valt onder {topic.parent!r}, dat niet in de lijst staat"
            )
        for name in topic.names:
            owner = owners.setdefault(words_of(name), topic.slug)
            if owner != topic.slug:
                raise TopicsError(f"topics.toml: {name!r} staat bij {owner} en bij {topic.slug}; kies er één")
    return topics


@cache
def load_vocabulary() -> dict[str, tuple[str, ...]]:
    """Each topic's slug with its names and aliases in both languages."""
    return {topic.slug: topic.names for topic in read_topics()}


def find_topics(vocabulary: Mapping[str, Sequence[str]]) -> Topics:
    """What finds the slugs of the topics that a text names, in order of appearance, each once.

    ``vocabulary`` has each topic's slug with its names and aliases. Whole words; case, accents and hyphens do not matter,
    except that abbreviations of up to three letters must be in capitals. Where aliases overlap the longest wins: "NATO
    Ukraine Council" names one topic, not also "NATO Ukraine". A compound counts for its first part where the list knows the
    second ("Oekraïnebeleid"). What the list calls weak counts in a heading, and in a text that ends as a sentence does not.
    """
    return _finder(tuple((slug, _distinct(names)) for slug, names in sorted(vocabulary.items())))


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names without what makes no difference, so that the same list in another order or case is known again.

    (To prepare 1,600 names takes 4 ms; a child process that reads a letter has those of the file from its parent.)
    """
    return tuple(sorted({name if len(name) <= LONGEST_CAPITALS_ONLY else name.lower() for name in names}))


@lru_cache(maxsize=8)
def _finder(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> Topics:
    topics = read_topics()
    return topic_finder(
        dict(vocabulary),
        weak={words_of(name) for topic in topics for name in topic.weak},
        headings={words_of(heading): topic.slug for topic in topics for heading in topic.headings},
        tails=tuple(_read_file()["tails"]),
    )


def match_topics(text: str, vocabulary: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The slugs of the topics that one text names: ``find_topics``."""
    return find_topics(vocabulary)(text)


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(word for words in _read_file()["generic"] for word in words_of(words))


def names_no_subject(heading: str) -> bool:
    """Whether a heading says only that something was discussed: "Sessie 2", "Werkdiner", "Overige onderwerpen"."""
    return all(word in _generic_words() or word.isdigit() for word in words_of(heading))
