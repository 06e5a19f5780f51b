"""What a page of results says on top of them: the letter that a typed number belongs to, the topic that the words name, how
they are perhaps spelt, the year that is among them, and which of them do not count.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.urls import reverse

from letters import search
from letters.filters.address import Address
from letters.filters.filtered_list import FilteredList
from letters.filters.other_views import items_with
from letters.filters.spelling import Spelling, spelling, unknown_words
from letters.filters.topics import topic_choices
from letters.filters.typed_year import YearHint, year_hint
from letters.models import CorpusVersion, Letter, TopicName
from letters.parsing.topics import find_topics
from letters.parsing.topics.matching import Topics

#: Topics that are offered; words that name more are about all of them.
MOST_TOPICS = 3


@dataclass(frozen=True, slots=True)
class NumberHint:
    """A number that was typed, with the published letter that has it, else where the paper itself is to be read."""

    number: str
    letter: Letter | None
    official_url: str


@dataclass(frozen=True, slots=True)
class TopicHint:
    """A topic that the words name. ``url``: the view by that topic instead of by those words, with ``count`` items."""

    name: str
    page_url: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Hints:
    number: NumberHint | None = None
    topics: tuple[TopicHint, ...] = ()
    spelling: Spelling | None = None
    unknown: tuple[str, ...] = ()  # words that no published letter holds, and nothing like them
    year: YearHint | None = None
    uncounted: tuple[str, ...] = ()  # stop words that were asked for, or left out, in vain
    without_words: bool = False  # whether nothing else was typed

    def __bool__(self):
        return bool(
            self.number or self.topics or self.spelling or self.unknown or self.year or self.uncounted
        )


def hints(filtered: FilteredList, address: Address) -> Hints:
    """What there is to say about the words of a view at ``address``; nothing about a view without words."""
    uncounted = tuple(search.uncounted(search.parse_query(filtered.typed)))
    if not filtered.words:
        return Hints(uncounted=uncounted, without_words=True)
    number = number_hint(filtered.words)
    if number:
        return Hints(number=number)
    unknown = unknown_words(filtered.words)
    spelt = spelling(filtered, address, unknown) if unknown else None
    return Hints(
        topics=topic_hints(filtered, address),
        spelling=spelt,
        unknown=() if spelt else tuple(unknown),
        year=None if unknown else year_hint(filtered, address),
        uncounted=uncounted,
    )


def number_hint(words: str) -> NumberHint | None:
    """The number that the words are, when they are nothing else and something can be said of it."""
    typed = search.read_number(words)
    if typed is None:
        return None
    letter = _letter_with(typed)
    if letter is None and not typed.official_url:
        return None  # a word with digits in it
    return NumberHint(typed.paper or typed.reference, letter, typed.official_url)


def letter_asked_for(filtered: FilteredList, address: Address) -> Letter | None:
    """The letter to go to: its number is all that was asked. Under filters, or between quotation marks, it is a question."""
    if {key for key, _value in address.pairs} - {"q", "sorteer"}:
        return None
    hint = number_hint(filtered.words)
    return hint.letter if hint else None


def _letter_with(typed: search.TypedNumber) -> Letter | None:
    """The published letter with a number; None also when several have it, as letters of one day may share a reference."""
    has_it = (
        Q(submissions__paper_number=typed.paper)
        if typed.paper
        else Q(submissions__reference__iexact=typed.reference)
    )
    found = Letter.objects.public().filter(has_it).order_by().distinct()[:2]
    return found[0] if len(found) == 1 else None


def topic_hints(filtered: FilteredList, address: Address) -> tuple[TopicHint, ...]:
    """The topics that the words name by any of their names, unless the view has them already."""
    looked_for = " ".join(
        term.text for term in search.parse_query(filtered.words).terms if not term.is_prefix
    )
    chosen = {choice.value for choice in filtered.cleaned["onderwerp"]}
    find = _topic_finder(CorpusVersion.current())
    named = [slug for slug in find(looked_for) if slug not in chosen][:MOST_TOPICS]
    topics = topic_choices(named) if named else {}
    return tuple(hint for slug in named if (hint := _topic_hint(filtered, address, topics[slug])))


@lru_cache(maxsize=2)
def _topic_finder(version: str) -> Topics:
    """What finds topics by the names that they have in this version of the corpus: 1,600 names, read once."""
    vocabulary: dict[str, list[str]] = defaultdict(list)
    names = TopicName.objects.filter(topic__merged_into=None).order_by()
    for slug, name in names.values_list("topic__slug", "name"):
        vocabulary[slug].append(name)
    return find_topics(vocabulary)


def _topic_hint(filtered, address, choice) -> TopicHint | None:
    count = items_with(filtered, {"q": None, "sorteer": None, "onderwerp": (choice,)})
    if not count:
        return None
    url = address.without("q", "sorteer").setting(onderwerp=choice.value).url
    return TopicHint(choice.label, reverse("topic", args=[choice.value]), url, count)
