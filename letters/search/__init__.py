"""Full-text search in PostgreSQL's core: what a visitor typed as a query, and the words found marked for the page."""

from letters.search.expressions import (
    CONFIGURATIONS,
    headline,
    paragraph_headline,
    paragraph_rank,
    paragraphs_with,
    passages_query,
    rank,
    sentence_headline,
    subject_vector,
    subjects_with,
    term_query,
    typed_query,
    words_query,
)
from letters.search.marks import MARK_START, MARK_STOP, found_forms, marked, snippet, text_fragment, unmarked
from letters.search.numbers import TypedNumber, read_number
from letters.search.query import Term, TypedQuery, folded, only, parse_query
from letters.search.spellings import joined_words
from letters.search.stop_words import counting, uncounted

__all__ = [
    "CONFIGURATIONS",
    "MARK_START",
    "MARK_STOP",
    "Term",
    "TypedNumber",
    "TypedQuery",
    "counting",
    "folded",
    "found_forms",
    "headline",
    "joined_words",
    "marked",
    "only",
    "paragraph_headline",
    "paragraph_rank",
    "paragraphs_with",
    "parse_query",
    "passages_query",
    "rank",
    "read_number",
    "sentence_headline",
    "snippet",
    "subject_vector",
    "subjects_with",
    "term_query",
    "text_fragment",
    "typed_query",
    "uncounted",
    "unmarked",
    "words_query",
]
