import json
from pathlib import Path

import pytest

from letters.parsing.document import Block
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import ParsedMeeting
from letters.parsing.topics import (
    find_topics,
    load_vocabulary,
    match_topics,
    names_no_subject,
    read_topics,
)
from letters.parsing.topics.sections import topics_of_section

GOLD = Path(__file__).parent / "gold"

TEXTS = [
    # names, adjectives and abbreviations
    ("Oekraïne", ["oekraine"]),
    ("De Oekraïense hervormingen", ["oekraine"]),
    ("NATO Ukraine Council (NUC)", ["oekraine"]),
    ("Ukraine Defence Contact Group", ["oekraine"]),
    ("De UDCG", ["oekraine"]),
    ("Resolute Support Missie Afghanistan", ["afghanistan"]),
    ("Defensieuitgaven (burden sharing) en defensie-industrie", ["burden-sharing", "defensie-industrie"]),
    ("Nucleaire Planning Groep", ["nucleair"]),
    # in order of appearance, each once
    ("Rusland, China en nogmaals Rusland", ["rusland", "china"]),
    ("China en de Indo-Pacific", ["china", "indo-pacific"]),
    # case, accents, hyphens and spaces
    ("OEKRAÏNE", ["oekraine"]),
    ("oekraine", ["oekraine"]),
    ("NAVO2030, NAVO-2030 en NAVO 2030", ["navo-2030"]),
    ("defensieindustrie", ["defensie-industrie"]),
    ("defensie industrie", ["defensie-industrie"]),
    ("EU–NAVO", ["eu-navo"]),
    ("Oekraïne-beleid", ["oekraine"]),
    ("China’s marine", ["china"]),
    # compounds, where the list knows the second part
    ("Oekraïnebeleid", ["oekraine"]),
    ("Cyberstrategie en veiligheidsbeleid", ["cyber"]),
    ("Defensie-industriebeleid", ["defensie-industrie"]),
    ("Weerbaarheidsdoelstellingen", ["weerbaarheid"]),
    ("Het klimaatakkoord", ["klimaat"]),
    # inflections
    ("Afghaanse en Georgische hervormingen", ["afghanistan", "zwarte-zee"]),
    ("Noord-Koreaanse raketten", ["indo-pacific"]),
    ("Servische en Kosovaarse vertegenwoordigers", ["westelijke-balkan"]),
    # as ministers headed their letters through the years
    ("Operatiën", ["missies-en-operaties"]),
    ("Capaciteiten en transformatie", ["capaciteiten", "commandostructuur"]),
    ("Nieuwe commandostructuur", ["commandostructuur"]),
    ("Euro-Atlantische Partnerschapsraad", ["partnerschappen"]),
    ("Deterrence and Defence Posture Review", ["afschrikking-en-verdediging"]),
    ("Prague Capabilities Commitment", ["capaciteiten"]),
    ("Smart Defence", ["capaciteiten"]),
    ("Toekomst van de NAVO en de rol van partnerschappen", ["navo-2030", "partnerschappen"]),
    ("Framework Nations Concept", ["capaciteiten"]),
    ("Verdeling van de lasten", ["burden-sharing"]),
    ("Uitgavennorm van 5%", ["burden-sharing"]),
    ("Geïntegreerde lucht- en raketverdediging", ["raketverdediging"]),
    ("COVID-19", ["weerbaarheid"]),
    ("Kritieke onderzeese infrastructuur", ["maritiem"]),
    ("NAVO-Georgië Commissie", ["zwarte-zee"]),
    ("Akkoorden van Minsk", ["oekraine"]),
    ("Strijd tegen ISIS", ["terrorisme"]),
    ("Werkdiner met de EU", ["eu-navo"]),
    ("EU-missie in Kosovo", ["westelijke-balkan"]),
    # a heading names what a sentence only mentions
    ("Partners", ["partnerschappen"]),
    ("Nederland roept partners op om meer te leveren.", []),
    ("Ruimte", ["ruimte"]),
    ("Het kabinet acht het van belang dat daarvoor ruimte is.", []),
    ("Nederland kondigde een pakket drones aan.", []),
    ("Met de Europese Unie was men het eens.”", []),
    ("Het kabinet spreekt zich niet uit voor een uitbreiding van de taken.", []),
    ("Nederland riep China op tot terughoudendheid.", ["china"]),
    # whole words only
    ("De machinale Chinakool", []),
    ("Iraniërs", []),
    # the longest wins
    ("NAVO-missie in Irak", ["irak"]),
    ("NAVO-Rusland Raad", ["rusland"]),
    ("toetreding van Finland en Zweden", ["open-deur"]),
    ("samenwerking tussen de EU en de NAVO", ["eu-navo"]),
    ("nucleaire afschrikking", ["nucleair"]),
    # abbreviations that are also words
    ("De DIP is afgesproken", ["burden-sharing"]),
    ("Een dip in de uitgaven", []),
    # words that headings use alone
    ("Operaties", ["missies-en-operaties"]),
    ("Lopende operaties", ["missies-en-operaties"]),
    ("Operaties in Afghanistan", ["missies-en-operaties", "afghanistan"]),
    ("Hervormingen", ["commandostructuur"]),
    ("NAVO-hervormingen", ["commandostructuur"]),
    ("Klimaat en energie", ["klimaat", "energieveiligheid"]),
    ("Uitgaven aan defensie en industrie", ["burden-sharing", "defensie-industrie"]),
    ("Hervormingen in het justitiële stelsel", []),
    ("Lunch met partners uit de Indo-Pacific", ["indo-pacific"]),
    ("Diner met partners", ["partnerschappen"]),
    # nothing of the field
    ("Algemeen", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_has_the_topics_that_it_names(text, expected):
    assert list(match_topics(text, load_vocabulary())) == expected


@pytest.mark.parametrize("name", ["agenda-2023-11-28.json", "verslag-2021-03-23.json"])
def test_headings_have_the_topics_that_a_person_gave_them(name):
    gold = json.loads((GOLD / name).read_text(encoding="utf-8"))
    expected = {topic["heading"]: topic["topics"] for topic in gold["agenda_topics"]}

    found = {heading: list(match_topics(heading, load_vocabulary())) for heading in expected}

    assert found == expected


NUC = ParsedMeeting("NAVO", ("ministers van Buitenlandse Zaken",), None, None, format="nuc")
TALK = "De ministers spraken hier uitvoerig over."


def topics_in_outline(*lines, meetings=()):
    blocks = [line if isinstance(line, Block) else Block(line) for line in lines]
    sections = find_outline(blocks, (), meetings, "nl", find_topics(load_vocabulary())).sections
    return {section.heading: list(section.topics) for section in sections}


def test_a_heading_without_topic_has_that_of_the_one_heading_it_stands_under():
    found = topics_in_outline(
        Block("Sessie 1: NATO-Ukraine Council", bold=True),
        Block("Situatie aan het front", italic=True),
        TALK,
        Block("Luchtverdediging", italic=True),
        TALK,
        Block("Overige onderwerpen", italic=True),
        TALK,
        Block("Sessie 2: China en Rusland", bold=True),
        Block("Vooruitzichten", italic=True),
        TALK,
    )

    assert found == {
        "NATO-Ukraine Council": ["oekraine"],
        "Situatie aan het front": ["oekraine"],
        "Luchtverdediging": ["afschrikking-en-verdediging"],
        "Overige onderwerpen": [],
        "China en Rusland": ["china", "rusland"],
        "Vooruitzichten": [],
    }


def test_a_heading_behind_a_session_with_text_of_its_own_may_stand_beside_it():
    assert topics_in_outline("Sessie 1: Oekraïne", TALK, "Vooruitzichten", TALK) == {
        "Oekraïne": ["oekraine"],
        "Vooruitzichten": [],
    }


def test_a_heading_without_topic_has_that_of_a_meeting_on_one_subject():
    assert topics_in_outline("Humanitaire situatie", TALK, meetings=[NUC]) == {
        "Humanitaire situatie": ["oekraine"]
    }


def test_a_text_rules_only_where_other_topics_together_are_named_less_than_half_as_often():
    topics = find_topics(load_vocabulary())
    ruling = (
        "Georgië vroeg om steun. De Georgische minister sprak. Over Georgië was men het eens. Men at samen."
    )

    assert topics_of_section("Avondsessie", [ruling], topics) == ("zwarte-zee",)
    assert topics_of_section("Avondsessie", [ruling, "Ook Rusland en China kwamen aan bod."], topics) == ()


def test_a_vocabulary_of_ones_own_is_used():
    assert match_topics("Mali en de Sahel", {"mali": ["Mali", "MINUSMA"]}) == ("mali",)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Sessie 2", True),
        ("Werksessie III", True),
        ("Werkdiner", True),
        ("Overige onderwerpen", True),
        ("Introductie", True),
        ("Avondsessie ministers van Buitenlandse Zaken", True),
        ("Raad Buitenlandse Zaken Defensie", True),
        ("Noord-Atlantische Raad", True),
        ("Darfur", False),
        ("Humanitaire situatie", False),
        ("Ontmoeting met jongeren", False),
        ("Voorbereiding van de top in Riga", False),
    ],
)
def test_a_heading_of_only_words_for_meeting_names_no_subject(heading, expected):
    assert names_no_subject(heading) is expected


def test_the_list_is_that_of_the_field():
    assert 30 <= len(read_topics()) <= 40
    assert {
        *("oekraine", "china", "indo-pacific", "burden-sharing", "defensie-industrie", "westelijke-balkan"),
        *("midden-oosten", "afghanistan", "zuidflank", "navo-2030", "rusland", "wapenbeheersing", "irak"),
        *(
            "afschrikking-en-verdediging",
            "nucleair",
            "hybride",
            "cyber",
            "eu-navo",
            "open-deur",
            "partnerschappen",
        ),
        *(
            "weerbaarheid",
            "klimaat",
            "terrorisme",
            "ruimte",
            "maritiem",
            "raketverdediging",
            "commandostructuur",
        ),
        "vrouwen-vrede-veiligheid",
    } <= {topic.slug for topic in read_topics()}


@pytest.mark.parametrize("topic", read_topics(), ids=lambda topic: topic.slug)
def test_each_name_finds_its_own_topic_only(topic):
    found = {name: match_topics(name, load_vocabulary()) for name in topic.names}

    assert found == dict.fromkeys(topic.names, (topic.slug,))


def test_no_name_stands_twice_in_one_language():
    dutch = [name.lower() for topic in read_topics() for name in (topic.name, *topic.aliases)]
    weak = [name.lower() for topic in read_topics() for name in topic.weak]
    english = [name.lower() for topic in read_topics() for name in (topic.name_en, *topic.aliases_en)]

    assert sorted(dutch) == sorted(set(dutch))
    assert sorted(english) == sorted(set(english))
    assert sorted(weak) == sorted(set(weak))
