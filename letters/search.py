"""Full-text search in PostgreSQL's core: what a visitor typed as a query, and the words found marked for the page.

A paragraph is searched with the configuration of its own language; each language has its own query, or a word that
one of them drops as a stop word would empty the other, and ``-minus`` would mean something else.
"""

import re

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Q, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIGURATIONS = {"nl": "dutch", "en": "english"}

#: Private-use characters around a word that was found: ``ts_headline`` passes HTML through, so it may not write any.
MARK_START, MARK_STOP = "\ue000", "\ue001"
_MARKED = re.compile(f"{MARK_START}([^{MARK_START}{MARK_STOP}]*){MARK_STOP}")
_STRAY = re.compile(f"[{MARK_START}{MARK_STOP}]")


def words_query(words: str, language: str = "nl") -> SearchQuery:
    """What was typed, in the syntax of web search: ``words "a phrase" OR -minus``; never a syntax error."""
    return SearchQuery(words, config=CONFIGURATIONS[language], search_type="websearch")


def paragraphs_with(words: str) -> Q:
    """The condition on paragraphs that hold the words, each in its own language."""
    condition = Q()
    for language in CONFIGURATIONS:
        condition |= Q(language=language, search=words_query(words, language))
    return condition


def subjects_with(words: str) -> Q:
    """The condition on letters annotated with ``subject_vector`` whose subject holds the words."""
    return Q(subject_vector=words_query(words))


def subject_vector() -> SearchVector:
    return SearchVector("subject", config="dutch")


def rank(words: str) -> SearchRank:
    return SearchRank(F("search"), words_query(words))


def paragraph_rank(words: str) -> Case:
    return _by_language(lambda language: SearchRank(F("search"), words_query(words, language)))


def paragraph_headline(words: str) -> Case:
    return _by_language(lambda language: headline("text", words, language))


def headline(column: str, words: str, language: str = "nl") -> SearchHeadline:
    """The whole text of a column with the words found between ``MARK_START`` and ``MARK_STOP``."""
    return SearchHeadline(
        column,
        words_query(words, language),
        config=CONFIGURATIONS[language],
        start_sel=MARK_START,
        stop_sel=MARK_STOP,
        highlight_all=True,
    )


def marked(text: str) -> SafeString:
    """A headline as HTML: everything escaped, then the words found in ``<mark>``."""
    html = _MARKED.sub(r"<mark>\1</mark>", escape(text))
    return mark_safe(_STRAY.sub("", html))  # noqa: S308 - escaped on the line above


def _by_language(expression) -> Case:
    return Case(When(language="en", then=expression("en")), default=expression("nl"))
