"""Words that stand everywhere, and what is left of a query without them."""

import pytest
from django.db import connection

from letters import search
from letters.search.stop_words import STOP_WORDS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_stop_words_are_those_of_the_server(db, language):
    name = search.CONFIGURATIONS[language]
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'")
        [folder] = cursor.fetchone()
        cursor.execute("SELECT pg_read_file(%s)", [f"{folder}/tsearch_data/{name}.stop"])
        [listed] = cursor.fetchone()

    assert STOP_WORDS[language] == frozenset(listed.split())


@pytest.mark.parametrize(
    ("typed", "uncounted"),
    [
        ("de het", ["de", "het"]),
        ('"de het"', ["de", "het"]),
        ("De de DE", ["de"]),
        ("of the", ["of", "the"]),
        ("de OR een", ["de", "een"]),
        ("de oorlog", []),  # beside other words nobody misses it
        ("oorlog -de", ["de"]),
        ("de -het", ["de", "het"]),
        ("de -oorlog", ["de"]),
        ("it", ["it"]),
        ("IT", []),  # in capitals an abbreviation: a word to Dutch texts
        ("oorlog -IT", []),
        ("de the", []),
        ("de*", []),
        ("oorlog", []),
        ("& |", []),
        ("", []),
    ],
)
def test_words_that_do_not_count_are_named(typed, uncounted):
    assert search.uncounted(search.parse_query(typed)) == uncounted
