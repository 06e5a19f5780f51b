"""A typed query as PostgreSQL's, for each language by its own configuration.

A paragraph is searched with the configuration of its own language; each language has its own query, or a word that
one of them drops as a stop word would empty the other, and ``-minus`` would mean something else. What was typed goes to the
database as parameters of its own functions; the operators between them are ours.
"""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchQueryCombinable,
    SearchQueryField,
    SearchRank,
    SearchVector,
)
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When

from letters.search.marks import MARK_START, MARK_STOP
from letters.search.prefixes import completions
from letters.search.query import Term, TypedQuery, parse_query
from letters.search.spellings import spellings, with_joined_words
from letters.search.stop_words import counting

CONFIGURATIONS = {"nl": "dutch", "en": "english"}

#: True of any text, for what only excludes and for stop words alone: an empty query would find nothing.
_ANYTHING = "'nergensgeschreven' | !'nergensgeschreven'"
#: The Dutch stemmer leaves out these accents: "Oekraïne" is kept as "oekrain".
_KEPT_AS = str.maketrans("äëïöüáéíóú", "aeiouaeiou")


class Without(SearchQueryCombinable, Func):
    """What does not answer a query. Django turns only the simplest queries round."""

    template = "!!(%(expressions)s)"
    output_field = SearchQueryField()
    config = None  # the combinations that Django makes take it from their parts


def words_query(words: str, language: str = "nl") -> SearchQueryCombinable:
    """What was typed, as a query in one language: an expression for lookups, ranks and headlines.

    A query of stop words only finds everything; one that only excludes finds all that does not hold those words.
    """
    typed = parse_query(words)
    meant = _meant(typed)
    return typed_query(meant, language) if meant or not typed else _anything()


def _meant(typed: TypedQuery) -> TypedQuery:
    return with_joined_words(counting(typed))


def _anything() -> SearchQuery:
    return SearchQuery(_ANYTHING, config="simple", search_type="raw")


def typed_query(typed: TypedQuery, language: str = "nl") -> SearchQueryCombinable:
    parts = [reduce(or_, [term_query(term, language) for term in group]) for group in typed.required]
    if typed.excluded and not parts:
        parts = [_anything()]
    parts += [Without(term_query(term, language)) for term in typed.excluded]
    return reduce(and_, parts) if parts else SearchQuery("", config=CONFIGURATIONS[language])


def term_query(term: Term, language: str = "nl") -> SearchQueryCombinable:
    """One word, phrase or prefix; a word in each of its ``spellings``."""
    configuration = CONFIGURATIONS[language]
    if term.is_prefix:
        return _prefix(term.text.lower(), language)
    if term.is_phrase:
        return _phrase(term.text, configuration)
    return reduce(or_, [_phrase(spelling, configuration) for spelling in spellings(term.text, language)])


def _phrase(text: str, configuration: str) -> SearchQuery:
    return SearchQuery(text, config=configuration, search_type="phrase")


def _prefix(prefix: str, language: str) -> SearchQueryCombinable:
    """What begins so as it stands, or has the stem of a word that begins so."""
    as_kept = prefix.translate(_KEPT_AS) if language == "nl" else prefix
    # Not apart: "F1*" would be a word with an F before a number with a 1.
    together = [spelling for spelling in spellings(as_kept, language) if " " not in spelling]
    written = " | ".join(f"{_literal(spelling)}:*" for spelling in together)
    begins = SearchQuery(written, config="simple", search_type="raw")
    stems = " | ".join(_literal(word) for word in completions(prefix, language))
    return begins | SearchQuery(stems, config=CONFIGURATIONS[language], search_type="raw")


def _literal(word: str) -> str:
    """A word in the notation of ``to_tsquery``, which has operators of its own. Terms hold no backslash."""
    return "'" + word.replace("'", "''") + "'"


def paragraphs_with(words: str) -> Q:
    """The condition on paragraphs that hold the words, each in its own language."""
    condition = Q()
    for language in CONFIGURATIONS:
        condition |= Q(language=language, search=words_query(words, language))
    return condition


class LanguageIs(SearchQueryCombinable, Func):
    """The query for passages in a language: in the search index that is one of their words, which nobody can type."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()
    config = None  # the combinations that Django makes take it from their parts

    def __init__(self, language: str):
        super().__init__(Value(f"'={language}'"))


#: Of stop words only, the query of a language is empty: beside it alone the language would find all that is written in it.
_IN_NO_LANGUAGE = LanguageIs("")


def passages_query(words: str) -> SearchQueryCombinable:
    """What was typed, as one query for the search index: each language with its own.

    With the language in the query, and not in a condition beside it, the words of each hit need not be read again: of a
    word in one of seven passages that took half of the time.
    """
    return reduce(
        or_,
        [
            LanguageIs(language) & (_IN_NO_LANGUAGE | words_query(words, language))
            for language in CONFIGURATIONS
        ],
    )


def subjects_with(words: str) -> Q:
    """The condition on letters annotated with ``subject_vector`` whose subject holds the words."""
    return Q(subject_vector=words_query(words))


def subject_vector() -> SearchVector:
    return SearchVector("subject", config="dutch")


def rank(words: str, path: str = "") -> SearchRank:
    """How well a position answers the words; ``path`` leads to it from the rows that are ranked."""
    return SearchRank(F(f"{path}search"), words_query(words))


def paragraph_rank(words: str, path: str = "") -> Case:
    """How well a paragraph answers the words; ``path`` leads to it from the rows that are ranked."""
    return _by_language(lambda language: SearchRank(F(f"{path}search"), words_query(words, language)), path)


def paragraph_headline(words: str | TypedQuery) -> Case:
    return _by_language(lambda language: headline("text", words, language))


def sentence_headline(words: str | TypedQuery) -> SearchHeadline:
    return headline("sentence", words)


def paragraph_where_found(words: str) -> Case:
    """As ``paragraph_headline`` where a list finds the paragraph by these words, else ""."""
    return _where_found(words, "language", dict.fromkeys(CONFIGURATIONS, "search"))


def footnotes_where_found(footnotes: QuerySet, words: str) -> QuerySet:
    """Footnotes with ``headline``: their text with the words marked where it holds them as a paragraph would, else ""."""
    vectors = {
        f"search_{language}": SearchVector("text", config=configuration)
        for language, configuration in CONFIGURATIONS.items()
    }
    columns = {language: f"search_{language}" for language in CONFIGURATIONS}
    return footnotes.alias(**vectors).annotate(headline=_where_found(words, "paragraph__language", columns))


def sentence_where_found(words: str) -> Case:
    """As ``sentence_headline`` where a list finds the position by these words, else ""."""
    return Case(
        When(search=words_query(words), then=sentence_headline(words)),
        default=Value(""),
        output_field=TextField(),
    )


def _where_found(words: str, language_in: str, vectors: dict[str, str]) -> Case:
    found = [
        When(
            **{language_in: language, vectors[language]: words_query(words, language)},
            then=headline("text", words, language),
        )
        for language in CONFIGURATIONS
    ]
    return Case(*found, default=Value(""), output_field=TextField())


def headline(column: str, words: str | TypedQuery, language: str = "nl") -> SearchHeadline:
    """The whole text of a column with the words found between ``MARK_START`` and ``MARK_STOP``."""
    typed = _meant(parse_query(words)) if isinstance(words, str) else words
    return SearchHeadline(
        column,
        typed_query(typed, language),
        config=CONFIGURATIONS[language],
        start_sel=MARK_START,
        stop_sel=MARK_STOP,
        highlight_all=True,
    )


def _by_language(expression, path: str = "") -> Case:
    return Case(When(**{f"{path}language": "en"}, then=expression("en")), default=expression("nl"))
