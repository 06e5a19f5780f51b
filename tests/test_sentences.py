import json
import time
from pathlib import Path

import pytest

from letters.parsing.sentences import split_sentences

GOLD = Path(__file__).parent / "gold"

#: The paragraph, with a "|" where the next sentence begins.
PARAGRAPHS = [
    # dates and abbreviations that go on
    "Nederland heeft in juli jl. de G7-verklaring medeondertekend.",
    "De aanval van 7 oktober jl. en de reactie daarop kwamen aan de orde.",
    "Op 10 en 11 juni a.s. komen de ministers bijeen.",
    "De brief d.d. 3 mei 2008 van de minister.",
    "Dat geldt o.m. Irak, o.a. Jordanië, bijv. Tunesië en m.n. Libië.",
    "Zie Kamerstuk 28 676, nr. 446 en art. 5 van het verdrag.",
    "Het fregat Zr.Ms. Holland en Hr.Ms. De Ruyter varen ca. 20 dagen resp. 3 weken.",
    "Minister H.G.J. Bruins Slot en J. S. J. Hillen tekenden.",
    "De besprekingen met dhr. Grossi, prof. De Wijk, lt.-gen. Van Uhm en mevr. Kaag duurden kort.",
    "Deelname t/m 2024 i.p.v. 2023 werd m.b.t. Mali besproken.",
    "In Washington D.C. hebben bondgenoten besloten te investeren.",
    # abbreviations that end
    "De aanval van 7 oktober jl. |Aan zowel Israëlische als Palestijnse zijde vielen slachtoffers.",
    "Dit gebeurde in september jl. |Nederland verwelkomde dat.",
    "Het gaat om tanks, munitie, enz. |De levering volgt later.",
    "De top vond plaats in Washington D.C. |Daar is besloten te investeren.",
    "Zie de brief van 3 mei jl. Kamerstuk 28 676, nr. 12.",
    # numbers
    "Dat is besloten op 7 oktober. |8 november jl. besloot het kabinet een schip te sturen.",
    "De uitgaven bedragen 1,95% en 1,93%, De besluitvorming is aan een volgend kabinet.",
    "Het Strategisch Concept dateert uit 2010. |De herziening volgt.",
    "Dat volgt uit artikel 5. |De ministers bevestigden dit.",
    "Zie Kamerstuk 28 676, nr. 5. |De ministers bevestigden dit.",
    "De bijdrage bedroeg 2.500 militairen. |Dat is 3.5 keer zo veel.",
    "De norm is 2%. |Die wordt gehaald.",
    # enumerations
    "De punten zijn: 1. meer aandacht voor eenheid; 2. Het vergroten van de weerbaarheid; 3. behoud van voorsprong.",
    "1. Nederland steunt de missie. |2. Het mandaat wordt verlengd.",
    # quotation marks, brackets, dashes, ellipses
    "De SG sprak van een “historisch besluit.” |Nederland sloot zich daarbij aan.",
    "“Wij staan klaar. Wij leveren”, aldus de SG. |Daarna sloot de vergadering.",
    "De 4-landen (Australië, Japan, Nieuw-Zeeland, Zuid-Korea). |Ook de EU is essentieel.",
    "Dit is eerder gemeld (zie Kamerstuk 28 676. Daar staat meer). |Nu volgt de rest.",
    "De missie (KFOR.) |De EU volgt.",
    "Dat is «ironclad». |‘Ramstein’ vergaderde.",
    "Er volgde … een stilte. |Daarna… |Men ging door.",
    "Wat betekent dit? |Niets! |De missie gaat door.",
    "Het overleg begon laat. |’s Middags werd gesproken over Kosovo.",
    "De tekst [sic] bleef staan. |De rest verviel.",
    # flaws of copies
    "Men sprak over de uitgaven1. |De ministers spraken verder.",
    "De ministers zijn het eens geworden.|De volgende sessie ging over Irak.",
    "Zie www.defensie.nl voor meer. |Daar staat alles.",
]


@pytest.mark.parametrize("marked", PARAGRAPHS)
def test_a_paragraph_falls_apart_where_a_sentence_ends(marked):
    paragraph = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]

    sentences = split_sentences(paragraph)

    assert [sentence.text for sentence in sentences] == expected
    assert [paragraph[sentence.start : sentence.end] for sentence in sentences] == expected


def test_digits_of_a_footnote_behind_the_stop_belong_to_no_sentence():
    sentences = split_sentences("Systemen die burgers beschermen.1 De ministers spraken verder.12")

    assert [sentence.text for sentence in sentences] == [
        "Systemen die burgers beschermen.",
        "De ministers spraken verder.",
    ]


def test_each_cell_of_a_table_row_is_read_by_itself():
    sentences = split_sentences("Nederland\tlevert twee fregatten")

    assert [sentence.text for sentence in sentences] == ["Nederland", "levert twee fregatten"]


def test_an_empty_paragraph_has_no_sentences():
    assert split_sentences("") == ()


@pytest.mark.parametrize("name", ["agenda-2023-11-28.json", "verslag-2021-03-23.json"])
def test_every_sentence_that_a_person_marked_is_one_sentence(name):
    gold = json.loads((GOLD / name).read_text(encoding="utf-8"))
    marked = [position["sentence"] for position in gold["positions"]] + gold["optional"]

    found = {
        " ".join(sentence.text.split())
        for section in gold["sections"]
        for paragraph in section["paragraphs"]
        for sentence in split_sentences(paragraph)
    }

    assert [sentence for sentence in marked if " ".join(sentence.split()) not in found] == []


@pytest.mark.parametrize("unit", [".", "(", "“", "A. ", "a.b", "1. ", "jl. ", "De. ", ")", "\t", "… "])
def test_a_hostile_paragraph_takes_no_more_than_linear_time(unit):
    paragraph = unit * (1_000_000 // len(unit))

    started = time.perf_counter()
    split_sentences(paragraph)

    assert time.perf_counter() - started < 10
