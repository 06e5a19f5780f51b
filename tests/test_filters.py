"""The query string: one reading, one spelling, and a message for what it does not know."""

import datetime

import pytest
from django.http import QueryDict

from letters.filters import PassageList, title
from letters.models import TopicRedirect
from tests.factories import make_letter, make_meeting, make_passage, make_signatory, make_topic

pytestmark = pytest.mark.django_db


def read(query: str) -> PassageList:
    form = PassageList(QueryDict(query), path="/zoeken/")
    form.is_valid()
    return form


def in_words(query: str) -> str:
    form = read(query)
    assert not form.errors
    return title(form.cleaned, PassageList.all_items)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("", ""),
        ("soort=verslag&kamer=eerste-kamer", "kamer=eerste-kamer&soort=verslag"),  # keys sorted
        ("soort=verslag&soort=beantwoording", "soort=beantwoording&soort=verslag"),  # values sorted
        ("soort=verslag&soort=verslag", "soort=verslag"),  # no doubles
        ("soort=&q=&van=&tot=", ""),  # what a form without script sends along
        ("q=++nieuwe++dreiging+", "q=nieuwe+dreiging"),  # white space folded
        ("q=+", ""),
        ("sorteer=nieuwste&pagina=1", ""),  # defaults
        ("pagina=02", "pagina=2"),
        ("sessie=01", "sessie=1"),
        ("van=2021-01-01&tot=2023-12-31", "tot=2023&van=2021"),  # a whole year is written as a year
        ("van=2021-06-14", "van=2021-06-14"),
        ("sorteer=relevantie", ""),  # nothing to rank by
        ("sorteer=relevantie&q=navo", "q=navo&sorteer=relevantie"),
        ("utm_source=brief&fbclid=x&gclid=y", ""),  # how someone came here is no part of the view
        ("briefdatum-tot=2022&briefdatum-van=2021", "briefdatum-tot=2022&briefdatum-van=2021"),
    ],
)
def test_a_view_has_one_spelling(given, canonical):
    form = read(given)

    assert form.errors == {}
    assert form.address.url.removeprefix("/zoeken/").removeprefix("?") == canonical
    assert form.is_canonical(given) == (given == canonical)


def test_how_a_value_is_quoted_does_not_make_another_spelling():
    form = read("q=a+b%2A")

    assert form.is_canonical("q=a%20b*")


@pytest.mark.parametrize(
    ("query", "key", "words"),
    [
        ("soort=notulen", "soort", "geannoteerde-agenda"),
        ("niveau=keizers", "niveau", "regeringsleiders"),
        ("standpunt=mild", "standpunt", "wijst-af"),
        ("moment=ooit", "moment", "voorgenomen"),
        ("kamer=derde-kamer", "kamer", "tweede-kamer"),
        ("onderwerp=bestaat-niet", "onderwerp", "bestaat-niet"),
        ("bijeenkomst=bestaat-niet", "bijeenkomst", "bestaat-niet"),
        ("bewindspersoon=niemand", "bewindspersoon", "niemand"),
        ("sessie=0", "sessie", "1 tot en met 99"),
        ("sessie=-1", "sessie", "1 tot en met 99"),
        ("sessie=99999999999999", "sessie", "1 tot en met 99"),
        ("van=gisteren", "van", "2021-06-14"),
        ("van=2021-02-30", "van", "2021-06-14"),
        ("van=0000", "van", "2021-06-14"),
        ("tot=²⁰²³", "tot", "2021-06-14"),
        ("van=2023&tot=2021", "van", "Draai ze om"),
        ("briefdatum-van=2023&briefdatum-tot=2021", "briefdatum-van", "Draai ze om"),
        ("ongecontroleerd=nee", "ongecontroleerd", "ja"),
        ("sorteer=mooiste", "sorteer", "nieuwste, oudste, relevantie"),
        ("pagina=0", "pagina", "vanaf 1"),
        ("pagina=zz", "pagina", "vanaf 1"),
        ("pagina=1&pagina=2", "pagina", "één waarde"),
        ("q=a&q=b", "q", "één waarde"),
        ("q=" + "x" * 10_000, "q", "10000 tekens"),
        ("q=a%00b", "q", "niet in tekst"),
        ("onderwerp=a%00b", "onderwerp", "a�b"),
        ("jaar=2021", "jaar", "onderwerp"),
        ("%00=1", "�", "kent deze pagina niet"),
    ],
)
def test_an_unknown_key_or_value_is_named_with_what_is_allowed(query, key, words):
    (problem,) = read(query).wrong_values

    assert problem.key == key
    assert words in problem.message
    assert "\0" not in problem.message


def test_a_wrong_value_leads_to_the_view_without_it():
    (problem,) = read("soort=verslag&soort=notulen&van=2021").wrong_values

    assert problem.without.url == "/zoeken/?soort=verslag&van=2021"


def test_every_wrong_value_is_reported():
    problems = read("soort=notulen&soort=stukken&kleur=rood").wrong_values

    assert [problem.key for problem in problems] == ["soort", "soort", "kleur"]


def test_a_year_as_the_end_of_a_period_is_its_last_day():
    cleaned = read("van=2021&tot=2023").cleaned

    assert cleaned["van"].stored == datetime.date(2021, 1, 1)
    assert cleaned["tot"].stored == datetime.date(2023, 12, 31)


def test_the_old_address_of_a_renamed_topic_becomes_the_new_one():
    topic = make_topic("lastenverdeling")
    TopicRedirect.objects.create(slug="burden-sharing", topic=topic)

    assert read("onderwerp=burden-sharing").address.url == "/zoeken/?onderwerp=lastenverdeling"


def test_a_merged_topic_becomes_the_one_it_was_merged_into():
    kept = make_topic("oekraine")
    middle = make_topic("kyiv", merged_into=kept)
    make_topic("kiev", merged_into=middle)

    assert read("onderwerp=kiev&onderwerp=kyiv").address.url == "/zoeken/?onderwerp=oekraine"


def test_meetings_and_people_of_drafts_are_unknown():
    meeting = make_meeting()
    draft = make_letter(status="draft", meetings=[meeting])
    make_signatory(draft, name="Stef Blok")

    problems = read(f"bijeenkomst={meeting.slug}&bewindspersoon=stef-blok").wrong_values

    assert [problem.key for problem in problems] == ["bijeenkomst", "bewindspersoon"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Alle passages"),
        (
            "onderwerp=oekraine&van=2021&tot=2023&q=capaciteitsopbouw",
            "Oekraïne · 2021–2023 · “capaciteitsopbouw”",
        ),
        ("onderwerp=oekraine&onderwerp=china", "Oekraïne of China"),
        ("soort=verslag", "Verslag"),
        ("standpunt=steunt&moment=ingebracht", "Steunt of verwelkomt · gedaan of ingebracht"),
        ("van=2021&tot=2021", "2021"),
        ("van=2021", "Vanaf 2021"),
        ("tot=2021-06-14", "Tot en met 14 juni 2021"),
        ("van=2021-06-14&tot=2022", "14 juni 2021 – 2022"),
        ("briefdatum-van=2021", "Brief vanaf 2021"),
        ("sessie=2&kamer=eerste-kamer", "Sessie 2 · Eerste Kamer"),
        ("sorteer=oudste&ongecontroleerd=ja", "Alle passages · ook niet nagekeken standpunten"),
    ],
)
def test_the_title_of_a_view_is_its_filter_in_words(query, words):
    make_topic("oekraine", "Oekraïne")
    make_topic("china", "China")

    assert in_words(query) == words


def test_the_title_names_meeting_and_person():
    meeting = make_meeting("2023-11-28", end=datetime.date(2023, 11, 29))
    passage = make_passage(meeting=meeting)
    make_signatory(passage.letter, name="Hanke Bruins Slot")

    assert (
        in_words(f"bijeenkomst={meeting.slug}&bewindspersoon=hanke-bruins-slot")
        == "NAVO-ministers van Buitenlandse Zaken, 28–29 november 2023 · Hanke Bruins Slot"
    )
