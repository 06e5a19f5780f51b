""" "Bedoelt u …?" from the words of published letters, and topics that a query names."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from letters.filters import PassageList, hints
from letters.filters.hints import TopicHint
from letters.filters.spelling import Spelling, nearest, unknown_words
from tests.factories import make_letter, make_paragraph, make_passage, make_section, make_topic
from tests.reading import text

pytestmark = pytest.mark.django_db


def hints_for(**query):
    filtered = PassageList(QueryDict(urlencode(sorted(query.items()))), path="/zoeken/")
    assert filtered.is_valid(), filtered.errors
    return hints(filtered, filtered.address)


@pytest.fixture
def passages():
    make_passage("Nederland gaf steun aan Oekraïne.", kind="report")
    make_passage("De lastenverdeling binnen de NAVO, en steun aan bondgenoten.", kind="report")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oekrainne", "oekraïne"),
        ("Oekrianne", "Oekraïne"),
        ("LASTENVREDELING", "LASTENVERDELING"),
        ("steun -china oekrainne", "steun -china oekraïne"),
        ('"steun aan oekrainne"', '"steun aan oekraïne"'),
        ("oekrainne OR lastenvredeling", "oekraïne OR lastenverdeling"),
    ],
)
def test_a_misspelt_word_is_replaced_and_the_rest_kept(passages, typed, meant):
    assert hints_for(q=typed).spelling.words == meant


@pytest.mark.parametrize(
    "typed",
    [
        "oekraine",  # the same word to the stemmer
        "steunen",
        "de het een",
        "oekrai*",
        "-oekrainne steun",
        "28676",
        "stikstofbeleid",  # nothing like it
        "oekrainne munitie",  # the other spelling finds nothing either
    ],
)
def test_what_is_known_or_hopeless_gets_no_other_spelling(passages, typed):
    assert hints_for(q=typed).spelling is None


def test_the_other_spelling_keeps_the_filters_and_tells_what_it_gives(passages):
    found = hints_for(q="oekrainne", soort="verslag").spelling

    assert found == Spelling("oekraïne", "/zoeken/?q=oekra%C3%AFne&soort=verslag", 1)


def test_words_of_drafts_and_withdrawn_letters_are_never_suggested():
    for status in ["draft", "withdrawn"]:
        make_paragraph(make_section(make_letter(status=status)), "Kernwapenbeleid")

    assert nearest(["kernwapenbelied"]) == {}
    assert unknown_words("kernwapenbeleid") == ["kernwapenbeleid"]


def test_of_words_as_near_the_one_in_most_letters_is_meant():
    for word in ["staken", "steken", "steken"]:
        make_passage(word)

    assert nearest(["stiken"]) == {"stiken": "steken"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oekrainne", "oekraïne"),
        ("zelensy", "zelensky"),
        ("bondgenoten", ""),  # known
        ("bondgenooten", ""),  # the same word to the stemmer
        ("lastenvredelingen", ""),  # three letters away
        ("afschrikkig", "afschrikking"),
        ("afshrikkng", "afschrikking"),
        ("spenje", "spanje"),
        ("meden", "melden"),
        ("meldt", ""),  # of five letters only one may differ
        ("zegt", ""),  # a common word that is not there: too short to be another
        ("deed", ""),
        ("iran", ""),
        ("denken", ""),  # two away from a word of six letters
        ("brieven", ""),
        ("poetin", ""),
        ("waarom", ""),  # "daarom" begins otherwise
        ("zeggen", ""),
        ("wapens", ""),
    ],
)
def test_only_a_word_near_enough_for_its_length_is_meant(typed, meant):
    make_passage(
        "Oekraïne Zelensky bondgenoten lastenverdeling afschrikking Spanje zet melden deel irak delen bieden moeten daarom"
        " tegen namens"
    )

    assert nearest(unknown_words(typed)).get(typed, "") == meant


def test_a_question_in_common_words_proposes_no_others(passages):
    make_passage("Nederland zet zich in.")

    found = hints_for(q="wat zegt Nederland over Oekraïne")

    assert (found.spelling, found.unknown) == (None, ("zegt",))


def test_a_word_that_is_nowhere_is_told(client, passages):
    response = client.get("/zoeken/?q=stikstofbeleid")

    assert "“stikstofbeleid” staat in geen van de gepubliceerde brieven." in text(response)


def test_another_spelling_is_a_link_and_markup_in_it_is_text(client, passages):
    response = client.get("/zoeken/?q=oekrainne+OR+%3Ci%3E")

    assert (
        '<a href="/zoeken/?q=oekra%C3%AFne+OR+%3Ci%3E">oekraïne OR &lt;i&gt;</a>' in response.content.decode()
    )


@pytest.mark.parametrize(
    "typed", ["lastenverdeling", "Burden Sharing", "burden-sharing", "steun burden sharing Rusland"]
)
def test_a_query_that_names_a_topic_by_any_of_its_names_offers_that_topic(typed):
    topic = make_topic("burden-sharing", "Lastenverdeling", aliases=["burden sharing"])
    make_passage("Over de NAVO-norm.", topics=[topic])

    url = "/zoeken/?onderwerp=burden-sharing"
    assert hints_for(q=typed).topics == (
        TopicHint("Lastenverdeling", "/onderwerpen/burden-sharing/", url, 1),
    )


def test_a_topic_is_offered_under_the_other_filters_that_were_chosen():
    topic = make_topic("china")
    make_passage("Over zeldzame aarde.", topics=[topic], kind="report")
    make_passage("Over handel.", topics=[topic], kind="annotated_agenda")

    [offered] = hints_for(q="china", soort="verslag", sorteer="relevantie").topics

    assert (offered.url, offered.count) == ("/zoeken/?onderwerp=china&soort=verslag", 1)


def test_a_topic_without_results_or_chosen_already_is_not_offered():
    topic = make_topic("china")

    assert hints_for(q="china").topics == ()

    make_passage("Over zeldzame aarde.", topics=[topic])

    assert hints_for(q="china", onderwerp="china").topics == ()
