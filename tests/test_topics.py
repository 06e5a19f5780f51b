import json
from pathlib import Path

import pytest

from letters.parsing.topics import load_vocabulary, match_topics, read_topics

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
    ("Oekraïnebeleid", []),
    ("Oekraïne-beleid", ["oekraine"]),
    ("China’s marine", ["china"]),
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
    ("Partners", ["partnerschappen"]),
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


def test_a_vocabulary_of_ones_own_is_used():
    assert match_topics("Mali en de Sahel", {"mali": ["Mali", "MINUSMA"]}) == ("mali",)


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
    english = [name.lower() for topic in read_topics() for name in (topic.name_en, *topic.aliases_en)]

    assert sorted(dutch) == sorted(set(dutch))
    assert sorted(english) == sorted(set(english))
