"""The controlled topics of ``letters/data/topics.toml``, and which of them a text names."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TOPICS_FILE = Path(__file__).parents[2] / "data" / "topics.toml"

#: "oekraine", "2030", "2%", "3,5%"; "NAVO2030" and "NAVO-2030" are both "navo" and "2030"
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+")
#: Abbreviations so short that they are also words ("DIP", "MAP", "RAP") count in capitals only.
_LONGEST_CAPITALS_ONLY = 3

#: The words of an alias, with for each whether it must stand in capitals.
_Pattern = tuple[str, ...]


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
    parent: str | None = None
    headings: tuple[str, ...] = ()  # words that name it only when they are a whole heading

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the topic is called, each once."""
        return tuple(dict.fromkeys([self.name, self.name_en, *self.aliases, *self.aliases_en]))


@cache
def read_topics() -> tuple[TopicEntry, ...]:
    """The topics in the order of the file. Raises ``TopicsError`` for an unknown parent or a name claimed twice."""
    data = tomllib.loads(TOPICS_FILE.read_text(encoding="utf-8"))
    topics = tuple(
        TopicEntry(
            **{
                **entry,
                "aliases": tuple(entry["aliases"]),
                "aliases_en": tuple(entry["aliases_en"]),
                "headings": tuple(entry.get("headings", ())),
            }
        )
        for entry in data["topics"]
    )
    slugs = {topic.slug for topic in topics}
    owners: dict[_Pattern, str] = {}
    for topic in topics:
        if topic.parent is not None and topic.parent not in slugs:
            raise TopicsError(
                f"topics.toml: {topic.slug} valt onder {topic.parent!r}, dat niet in de lijst staat"
            )
        for name in topic.names:
            owner = owners.setdefault(_words(name), topic.slug)
            if owner != topic.slug:
                raise TopicsError(f"topics.toml: {name!r} staat bij {owner} en bij {topic.slug}; kies er één")
    return topics


@cache
def load_vocabulary() -> dict[str, tuple[str, ...]]:
    """Each topic's slug with its names and aliases in both languages."""
    return {topic.slug: topic.names for topic in read_topics()}


def match_topics(text: str, vocabulary: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The slugs of the topics that a text names, in order of appearance, each once.

    Whole words; case, accents and hyphens do not matter, except that abbreviations of up to three letters must be in
    capitals. Where aliases overlap the longest wins: "NATO Ukraine Council" names one topic, not also "NATO Ukraine".
    """
    index = _index(tuple((slug, tuple(names)) for slug, names in vocabulary.items()))
    found = list(_WORD.finditer(_plain(text)))
    words = [match.group().lower() for match in found]
    capitals = [match.group().isupper() for match in found]
    slugs: dict[str, None] = {}
    if alone := _headings().get(tuple(words)):
        return (alone,) if alone in vocabulary else ()
    place = 0
    while place < len(words):
        for pattern, slug, must_be_capitals in index.get(words[place], ()):
            end = place + len(pattern)
            if tuple(words[place:end]) == pattern and (not must_be_capitals or all(capitals[place:end])):
                slugs.setdefault(slug)
                place = end
                break
        else:
            place += 1
    return tuple(slugs)


@cache
def _headings() -> dict[_Pattern, str]:
    """The whole headings that name a topic although their words in a text do not."""
    return {_words(heading): topic.slug for topic in read_topics() for heading in topic.headings}


@lru_cache(maxsize=8)
def _index(
    vocabulary: tuple[tuple[str, tuple[str, ...]], ...],
) -> dict[str, list[tuple[_Pattern, str, bool]]]:
    """The aliases by their first word, the longest first. "defensie-industrie" is also found as "defensieindustrie"."""
    index: dict[str, list[tuple[_Pattern, str, bool]]] = {}
    for slug, names in vocabulary:
        for name in names:
            must_be_capitals = name.isupper() and name.isalpha() and len(name) <= _LONGEST_CAPITALS_ONLY
            for pattern in {_words(name), _words(name.replace("-", ""))} - {()}:
                index.setdefault(pattern[0], []).append((pattern, slug, must_be_capitals))
    for patterns in index.values():
        patterns.sort(key=lambda found: -len(found[0]))
    return index


def _words(name: str) -> _Pattern:
    return tuple(match.group().lower() for match in _WORD.finditer(_plain(name)))


def _plain(text: str) -> str:
    """The text without accents: "Oekraïne" as "Oekraine"."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
