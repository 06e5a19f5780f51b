"""Each row of a list can say why it is there."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from letters.filters import LetterList, PassageList, PositionList
from letters.filters.why import first_passages, reasons
from tests.factories import (
    make_letter,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_topic,
)
from tests.listed import items_of
from tests.reading import text

pytestmark = pytest.mark.django_db


def why(query: str, of=PassageList) -> list[list[str]]:
    """The reasons of all rows of a list, the oldest row first."""
    filtered = of(QueryDict(query), path="/zoeken/")
    assert filtered.is_valid(), filtered.errors
    unchecked = {"unchecked": filtered.shows_unchecked} if of is PassageList else {}
    items = sorted(items_of(filtered, of.model.objects.with_context(**unchecked)), key=lambda item: item.pk)
    if of is LetterList:
        passages = first_passages(filtered, items)
        for letter in items:
            letter.passage = passages.get(letter.pk)
    told = reasons(filtered, items)
    return [told.get(item.pk, []) for item in items]


def test_a_list_of_everything_gives_no_reasons():
    make_passage()

    assert why("") == [[]]
    assert why("ongecontroleerd=ja&sorteer=oudste") == [[]]


def test_words_are_named_in_the_form_in_which_they_stand_there():
    make_passage("Bondgenoten geven meer steun aan Oekraïne.")

    assert why("q=oekraine steun -china") == [
        ["Gevonden: “Oekraïne” (gezocht: oekraine), “steun”", "Zonder “china”"]
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ('"steun aan oekraïne"', "Gevonden: “steun aan oekraïne” bij elkaar"),
        ("oekr*", "Gevonden: “Oekraïne” (gezocht: oekr*)"),
        ("china OR steun", "Gevonden: “steun”"),
    ],
)
def test_phrases_prefixes_and_alternatives_are_named_too(words, reason):
    make_passage("Bondgenoten geven meer steun aan Oekraïne.")

    assert why(f"q={words}") == [[reason]]


def test_english_words_are_explained_by_english():
    passage = make_passage("Allies agreed on capabilities.")
    passage.language = "en"
    passage.save()

    assert why("q=capability") == [["Gevonden: “capabilities” (gezocht: capability)"]]


def test_a_topic_comes_from_the_heading_or_from_a_position():
    security = make_topic("veiligheid", "Veiligheid")
    china = make_topic("china", "China", parent=security)
    section = make_section(make_letter(), "Opkomende machten", topics=[china])
    make_paragraph(section, "Over zeldzame aarde.")
    other = make_paragraph(make_section(make_letter(), "Rondvraag"), "Nederland steunt dit.")
    make_position(other, topics=[china], verb="steunt")

    assert why("onderwerp=veiligheid") == [
        ["Onderwerp China: van het onderdeel “Opkomende machten”"],
        ["Onderwerp China: van het standpunt “steunt” zelf"],
    ]


def test_a_position_with_topics_of_its_own_is_not_explained_by_its_heading():
    china, rusland = make_topic("china", "China"), make_topic("rusland", "Rusland")
    section = make_section(make_letter(), "Opkomende machten", topics=[china])
    make_position(make_paragraph(section, "Nederland steunt dit."), topics=[rusland])
    make_position(make_paragraph(section, "Nederland steunt dat."))

    assert why("onderwerp=rusland&onderwerp=china", PositionList) == [
        ["Onderwerp Rusland: van het standpunt “steunt” zelf"],
        ["Onderwerp China: van het onderdeel “Opkomende machten”"],
    ]


def test_the_position_that_has_the_stance_is_named():
    passage = make_passage("Nederland steunt dit. Nederland zal oproepen tot meer.")
    make_position(passage, "Nederland steunt dit.", stance="support", verb="steunt")
    make_position(
        passage, "Nederland zal oproepen tot meer.", stance="call", moment="planned", verb="zal oproepen tot"
    )

    assert why("standpunt=roept-op") == [["Standpunt: roept op of vraagt (“zal oproepen tot”), voorgenomen"]]


def test_unchecked_and_rejected_positions_are_no_reason_unless_asked_for():
    passage = make_passage("Nederland steunt dit. Nederland verwelkomt dat.")
    make_position(passage, "Nederland steunt dit.", verb="steunt")
    make_position(passage, "Nederland verwelkomt dat.", verb="verwelkomt", status="unchecked")

    assert why("standpunt=steunt") == [["Standpunt: steunt of verwelkomt (“steunt”), gesteld"]]
    assert [len(told) for told in why("ongecontroleerd=ja&standpunt=steunt")] == [2]


def test_filters_on_the_letter_are_told():
    make_passage(kind="report")

    assert why("soort=verslag&van=2023") == [
        ["De brief is van de soort verslag", "De bijeenkomst was in de gekozen periode: vanaf 2023"]
    ]


def test_a_letter_is_explained_by_its_first_passage_or_its_subject():
    section = make_section(make_letter(subject="Verslag"))
    make_paragraph(section, "Over handel.")
    make_paragraph(section, "Over munitie.", anchor="7")
    make_paragraph(section, "Nog meer munitie.")
    make_passage("Over iets anders.", subject="Munitie")

    assert why("q=munitie", LetterList) == [
        ["Gevonden: “munitie”"],
        ["De woorden staan in het onderwerp van de brief"],
    ]


def test_a_letter_is_explained_by_a_topic_too_and_leads_to_the_passage(client):
    letter = make_letter(slug="brief")
    make_paragraph(make_section(letter, "Rondvraag"), "Over munitie.", anchor="1")
    make_paragraph(
        make_section(letter, "Azië", topics=[make_topic("china", "China")]), "Over handel.", anchor="2"
    )

    response = client.get("/brieven/?onderwerp=china")

    assert why("onderwerp=china", LetterList) == [["Onderwerp China: van het onderdeel “Azië”"]]
    assert "Eerste passage: al. 2" in text(response)
    assert 'href="/brieven/brief/?lijst=brieven&amp;onderwerp=china#al-2"' in response.content.decode()


def test_a_letter_shows_its_first_passage_with_a_link_to_it(client):
    letter = make_letter(slug="brief")
    section = make_section(letter)
    make_paragraph(section, "Over handel.", anchor="1")
    make_paragraph(section, "Over <b>munitie</b>.", anchor="2")

    response = client.get("/brieven/?q=munitie")

    html = response.content.decode()
    assert "Over &lt;b&gt;<mark>munitie</mark>&lt;/b&gt;." in html
    assert (
        'href="/brieven/brief/?lijst=brieven&amp;q=munitie#al-2:~:text=Over%20%3Cb%3Emunitie%3C%2Fb%3E."'
        in html
    )


def test_every_list_shows_why(client):
    make_position(make_passage("Nederland steunt Oekraïne."))

    for path in ["/zoeken/", "/standpunten/", "/brieven/"]:
        assert "Waarom dit resultaat? Gevonden: “Oekraïne”" in text(client.get(path, {"q": "Oekraïne"}))
        assert "Waarom dit resultaat?" not in text(client.get(path))


@pytest.mark.parametrize("path", ["/zoeken/", "/standpunten/", "/brieven/"])
def test_why_takes_as_many_queries_for_many_rows_as_for_one(client, path):
    china = make_topic("china")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(f"{path}?onderwerp=china&q=steunt&soort=verslag&standpunt=steunt")
        assert response.status_code == 200
        return len(captured)

    def make_rows(number: int) -> None:
        for _row in range(number):
            passage = make_passage("Nederland steunt dit.", topics=[china], kind="report")
            make_position(passage, topics=[china])

    make_rows(2)
    queries()  # names of topics are read once
    before = queries()
    make_rows(8)

    assert queries() == before
