"""What a visitor asks of the pages: a ``Query`` reads the query string, the lists answer, ``Address`` spells a view."""

from letters.filters.address import Address, address
from letters.filters.choices import key_of
from letters.filters.counts import Counts
from letters.filters.facet_query import FacetQuery
from letters.filters.filtered_list import FilteredList, Items
from letters.filters.hints import Hints, hints, letter_asked_for
from letters.filters.letter_query import LetterQuery, Trail
from letters.filters.lists import LetterList, PassageList, PositionList
from letters.filters.options import facet_options, options, topic_counts, years
from letters.filters.query import PagedQuery, Query, UncheckedQuery, WrongValue
from letters.filters.suggestions import Suggestion, suggestions
from letters.filters.topics import NamedTopic, current_topics, every_topic, topic_choices
from letters.filters.words import Chip, chips, sort_links, title

__all__ = [
    "Address",
    "Chip",
    "Counts",
    "FacetQuery",
    "FilteredList",
    "Hints",
    "Items",
    "LetterList",
    "LetterQuery",
    "NamedTopic",
    "PagedQuery",
    "PassageList",
    "PositionList",
    "Query",
    "Suggestion",
    "Trail",
    "UncheckedQuery",
    "WrongValue",
    "address",
    "chips",
    "current_topics",
    "every_topic",
    "facet_options",
    "hints",
    "key_of",
    "letter_asked_for",
    "options",
    "sort_links",
    "suggestions",
    "title",
    "topic_choices",
    "topic_counts",
    "years",
]
